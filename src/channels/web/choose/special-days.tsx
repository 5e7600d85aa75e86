import type { LocalDate } from "#kernel/ids.ts";
import type { ApplicantRequest } from "#modules/booking/index.ts";
import { distanceKm, type GeoPoint, type Office } from "#modules/offices/index.ts";
import type { SpecialDayView } from "#channels/documents/special-day.ts";
import { Button } from "#ui/index.ts";
import { headlineOf, WhenAndWhere } from "../special-days/card.tsx";
import { levelOn } from "../special-days/days.ts";
import { chooseTexts } from "../texts/choose.ts";
import { distanceInWords } from "../texts/format.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import type { Language } from "../texts/texts.ts";
import { groupsOf } from "../visit/party.ts";
import type { Arrival } from "../visit/visit.tsx";

/** Special days shown among the offices. */
const NEAREST_DAYS = 4;

interface Wanted {
  readonly arrival: Arrival;
  readonly requests: readonly ApplicantRequest[];
  /** Special days at venues that can be chosen in place of an office. */
  readonly specialDays?: readonly SpecialDayView[] | undefined;
  /** One that was being read: shown first. */
  readonly firstDay?: string | undefined;
}

export interface NearDay {
  readonly view: SpecialDayView;
  readonly km: number | undefined;
}

/** Special days with room for all that is wanted: those near the place, or the one that was being read. */
export function specialDaysFor(
  { arrival, requests, specialDays = [], firstDay }: Wanted,
  search: { readonly todos: string },
  point: GeoPoint | undefined,
): NearDay[] {
  const groups = groupsOf(requests, arrival.network);
  const availability = arrival.web.snapshot.current();
  const open = specialDays.filter(({ day }) => (levelOn(availability, day, groups) ?? "none") !== "none");
  if (point) {
    const near = open.map((view) => ({ view, km: distanceKm(point, view.day.venue!) }));
    return near.sort((a, b) => a.km - b.km).slice(0, NEAREST_DAYS);
  }
  return open.flatMap((view) => (view.day.id === firstDay && search.todos === "" ? [{ view, km: undefined }] : []));
}

/** One of them, chosen like an office. */
export function SpecialDayOffer({
  view,
  km,
  language,
  today,
  country,
}: NearDay & { language: Language; today: LocalDate; country: Office["country"] }) {
  const t = specialDayTexts(language);
  const { id } = view.day;
  const headline = headlineOf(view, language);
  return (
    <section className="offer" aria-labelledby={`day-${id} when-${id}`}>
      <h3 id={`day-${id}`}>{headline}</h3>
      {km !== undefined && (
        <p>{chooseTexts(language)("distance", { distance: distanceInWords(km, country, language) })}</p>
      )}
      <p id={`when-${id}`}>
        <WhenAndWhere view={view} language={language} today={today} />
        <br />
        {t("notOffice")}
      </p>
      <Button tone="secondary" name="jornada" value={id}>
        {t("chooseDay")} <span className="vh">{headline}</span>
      </Button>
    </section>
  );
}
