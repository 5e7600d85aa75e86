import type { SpecialDayView } from "#channels/documents/special-day.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { PublicVenue } from "#modules/schedules/index.ts";
import { Notice } from "#ui/index.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import type { Language } from "../texts/texts.ts";
import { headlineOf, WhenAndWhere } from "./card.tsx";
import { venueMap } from "./days.ts";

/** Where one goes, and that it is not the consulate: on every page between the choice and the confirmation. */
export function VenueNotice({ view, language, today }: { view: SpecialDayView; language: Language; today: LocalDate }) {
  const t = specialDayTexts(language);
  const { venue } = view.day;
  return (
    <Notice tone="info" title={headlineOf(view, language)}>
      <p>
        <WhenAndWhere view={view} language={language} today={today} />
      </p>
      {venue && (
        <p>
          <b>{t("notOffice")}</b>
        </p>
      )}
    </Notice>
  );
}

/** Its address as a line for each part, with the way in and the map. */
export function VenueAddress({ venue, language }: { venue: PublicVenue; language: Language }) {
  const t = specialDayTexts(language);
  return (
    <>
      <span translate="no">
        {venue.name}
        <br />
        {venue.street}
        <br />
        {venue.city}, {venue.region}
      </span>
      {venue.wayIn !== "" && (
        <>
          <br />
          {venue.wayIn}
        </>
      )}
      <br />
      <a href={venueMap(venue)} rel="noreferrer">
        {t("map")}
      </a>
    </>
  );
}
