import { addDays, daysBetween, instantOf, weekdayOf, MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { PlannedSession, Step, Template } from "../types.ts";

/** Local hour at which midday begins; fixed in db/migrations/0004_schedules.sql. */
const MIDDAY_FROM = "11:00";
/** Local hour at which the afternoon begins. */
const AFTERNOON_FROM = "14:00";

/**
 * The sessions that an office's templates ask for between two days, both included.
 *
 * A template speaks of the wall clock, so the office opens at the same local hour before and after the
 * clocks change. A closed day has none.
 */
export function planSessions(
  templates: readonly Template[],
  office: { readonly zone: string; readonly closedOn: ReadonlySet<LocalDate> },
  from: LocalDate,
  to: LocalDate,
): PlannedSession[] {
  const planned: PlannedSession[] = [];
  const instants = new Map<string, Date>();
  const at = (date: LocalDate, time: string): Date => {
    const key = `${date} ${time}`;
    const known = instants.get(key) ?? instantOf(date, time, office.zone);
    instants.set(key, known);
    return known;
  };
  for (let day = 0; day <= daysBetween(from, to); day += 1) {
    const localDate = addDays(from, day);
    if (office.closedOn.has(localDate)) continue;
    const weekday = weekdayOf(localDate);
    for (const template of templates) {
      if (!template.weekdays.includes(weekday) || !isValidOn(template, localDate)) continue;
      planned.push({
        templateId: template.id,
        serviceGroup: template.serviceGroup,
        kind: template.kind,
        localDate,
        startsAt: at(localDate, template.opens),
        endsAt: at(localDate, template.closes),
        counters: template.counters,
        stepMinutes: template.stepMinutes,
        layout: template.layout,
      });
    }
  }
  return planned;
}

/**
 * The steps of one session, first to last; a step that would end after closing is not offered.
 *
 * Steps are real minutes between the two instants, so a session across the hour of the clock change has
 * the places that its real length allows and none at a local time that does not exist. The parts of the
 * day are computed here and not by the server, whose zone rules may be of another year than ours.
 */
export function stepsOf(
  session: Pick<PlannedSession, "localDate" | "startsAt" | "endsAt" | "stepMinutes">,
  zone: string,
): Step[] {
  const middayAt = instantOf(session.localDate, MIDDAY_FROM, zone).getTime();
  const afternoonAt = instantOf(session.localDate, AFTERNOON_FROM, zone).getTime();
  const stepMs = session.stepMinutes * MINUTE_MS;
  const steps: Step[] = [];
  for (let startsAt = session.startsAt.getTime(); startsAt + stepMs <= session.endsAt.getTime(); startsAt += stepMs) {
    steps.push({ startsAt, band: startsAt < middayAt ? "morning" : startsAt < afternoonAt ? "midday" : "afternoon" });
  }
  return steps;
}

function isValidOn(template: Template, date: LocalDate): boolean {
  return template.validFrom <= date && (template.validTo === null || date <= template.validTo);
}
