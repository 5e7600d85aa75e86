import { localTimeAt } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import {
  NO_EXTRAS,
  storedOf,
  type Extras,
  type Layout,
  type PlaceCounts,
  type PlannedRow,
  type PlanOfDays,
  type SpecialDay,
  type Template,
  type Venue,
} from "#modules/schedules/index.ts";
import type {
  Layout as LayoutView,
  PlanMonth,
  PlanSession,
  PlanTemplate,
  PlanWeek,
  SpecialDay as SpecialDayView,
  Venue as VenueView,
} from "./plan-contract.ts";

type WithLayout = Omit<Layout, keyof Extras>;

function viewLayout(
  { serviceGroup, opens, closes, counters, stepMinutes }: WithLayout,
  extras: Partial<Layout> | null | undefined,
): LayoutView {
  const { breaks, percent, overbook = 0, reserves, stations } = { ...NO_EXTRAS, ...extras };
  return {
    serviceGroup,
    opens,
    closes,
    counters,
    stepMinutes,
    breaks,
    percent,
    overbook,
    reserves,
    stations: [...stations],
  };
}

export function viewSpecialDay(
  day: SpecialDay,
  { venues, resources, circuits }: Pick<PlanOfDays, "venues" | "resources" | "circuits">,
): SpecialDayView {
  const venue = venues.find((one) => one.id === day.venueId);
  return {
    id: day.id,
    kind: day.kind,
    state: day.state,
    localDate: day.localDate,
    venue: venue ? { id: venue.id, name: venue.name, city: venue.city } : null,
    circuit: circuits.find((one) => one.id === day.circuitId) ?? null,
    resources: resources
      .filter((one) => day.resources.includes(one.id))
      .map(({ id, kind, name }) => ({ id, kind, name })),
    sessions: day.sessions.map((one) => viewLayout(one, one)),
    revision: day.revision,
    publishedAt: day.publishedAt?.toISOString() ?? null,
    givenOut: day.givenOut,
    stored: storedOf(day),
  };
}

export function viewVenue({ hasPhoto, ...venue }: Venue): VenueView {
  return { ...venue, photo: hasPhoto ? `/api/v1/console/plan/venues/${venue.id}/photo` : null };
}

function viewSession(row: PlannedRow, zone: string): PlanSession {
  const { layout, startsAt, endsAt, byCounter, ...session } = row;
  const hours = { opens: localTimeAt(startsAt, zone), closes: localTimeAt(endsAt, zone) };
  return {
    ...session,
    ...hours,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    layout: viewLayout({ ...session, ...hours }, layout),
    places: sumOf(byCounter),
    byCounter: [...byCounter],
  };
}

function sumOf(counts: readonly PlaceCounts[]): PlaceCounts {
  const of = (name: keyof PlaceCounts): number => counts.reduce((sum, one) => sum + one[name], 0);
  return { all: of("all"), free: of("free"), kept: of("kept"), taken: of("taken"), cut: of("cut") };
}

function viewTemplate(template: Template): PlanTemplate {
  const { id, kind, weekdays, validFrom, validTo, layout, ...own } = template;
  return { ...viewLayout(own, layout), id, kind, weekdays: [...weekdays], validFrom, validTo };
}

export function viewWeek(plan: PlanOfDays, days: readonly LocalDate[], today: LocalDate, zone: string): PlanWeek {
  return {
    from: days[0]!,
    today,
    days: days.map((localDate) => ({
      localDate,
      closed: plan.closures.get(localDate) ?? null,
      sessions: plan.sessions.filter((one) => one.localDate === localDate).map((one) => viewSession(one, zone)),
      specialDays: plan.specialDays
        .filter((one) => one.localDate === localDate)
        .map((one) => viewSpecialDay(one, plan)),
    })),
    templates: plan.templates.map(viewTemplate),
  };
}

export function viewMonth(plan: PlanOfDays, month: string, days: readonly LocalDate[], today: LocalDate): PlanMonth {
  return {
    month,
    today,
    days: days.map((localDate) => ({
      localDate,
      closed: plan.closures.get(localDate) ?? null,
      places: sumOf(plan.sessions.filter((one) => one.localDate === localDate).flatMap((one) => one.byCounter)),
      specialDays: plan.specialDays
        .filter((one) => one.localDate === localDate)
        .map(({ id, kind, state, venueId }) => ({
          id,
          kind,
          state,
          city: plan.venues.find((one) => one.id === venueId)?.city ?? null,
        })),
    })),
  };
}
