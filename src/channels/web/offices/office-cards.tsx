import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import type { NearOffice, Office } from "#modules/offices/index.ts";
import { isWeekly } from "#modules/schedules/index.ts";
import type { SpecialDayView } from "#channels/documents/special-day.ts";
import { Card, CardList, Tag } from "#ui/index.ts";
import type { Seen } from "../public-page.ts";
import { SpecialDayCard } from "../special-days/card.tsx";
import { areaName } from "../texts/areas.ts";
import { dayInWords, distanceInWords } from "../texts/format.ts";
import { officeTexts } from "../texts/offices.ts";
import { requestTexts } from "../texts/request.ts";
import { publicUrls } from "../urls.ts";
import { soonestDay } from "./free-days.tsx";

/** What most people come for: the group that a list tells the first day of. */
export const USUAL_GROUP: ServiceGroup = "documentacion";

/** A special day at a venue, and how far that is. */
export interface NearDay {
  readonly view: SpecialDayView;
  readonly km: number;
}

/** The nearest offices and special days, nearest first. */
export function NearCards({
  seen,
  near,
  days = [],
  country,
  group,
}: {
  seen: Seen;
  near: readonly NearOffice[];
  days?: readonly NearDay[];
  country: "US" | "CA";
  group: ServiceGroup;
}) {
  const { language, snapshot, today, drawn } = seen;
  const t = officeTexts(language);
  const soonest = (day: LocalDate | undefined, office: Office): string => {
    const groups = snapshot.offices.get(office.id);
    if (!groups?.has(group)) return t(groups ? "notHere" : "notYet");
    if (isWeekly(drawn.get(office.id)?.get(group))) return requestTexts(language)("sharedCard");
    return day ? t("soonest", { day: dayInWords(day, language, today) }) : t("none");
  };
  const offices = near.map(({ office, km, serves }) => ({
    km,
    card: (
      <Card
        key={office.id}
        href={publicUrls.office(office.id)(language)}
        title={office.shortName[language]}
        titleAs="h3"
        pictogram="office"
      >
        <p>
          {distanceInWords(km, country, language)}
          <br />
          {areaName(office.state, language)}
        </p>
        <p>{soonest(soonestDay(snapshot, office.id, group), office)}</p>
        {serves === "whole" && (
          <p>
            <Tag tone="success">{t("serves")}</Tag>
          </p>
        )}
      </Card>
    ),
  }));
  const special = days.map(({ view, km }) => ({
    km,
    card: (
      <SpecialDayCard key={view.day.id} view={view} language={language} today={today}>
        <p>{distanceInWords(km, country, language)}</p>
      </SpecialDayCard>
    ),
  }));
  return <CardList>{[...offices, ...special].sort((a, b) => a.km - b.km).map(({ card }) => card)}</CardList>;
}
