import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { OpenPlace } from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";
import { rows, run, sql } from "#platform/db/index.ts";
import { newId } from "#platform/random.ts";

/** Most people come for documents; how full a day is, is told by these. */
export const COUNTED_GROUP: ServiceGroup = "documentacion";

/** The places of one office on one day that nobody has. */
export interface OfficeDay {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly open: OpenPlace[];
  /** Places for documents, taken ones included. */
  readonly places: number;
}

interface SessionRow {
  readonly officeId: OfficeId;
  readonly sessionId: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counters: number;
  readonly stepMinutes: number;
}

/** The open days between two dates, by office in order of date. Reads sessions and what is taken of them, not every place. */
export async function readCalendar(
  services: Pick<Services, "database">,
  from: LocalDate,
  to: LocalDate,
): Promise<Map<OfficeId, OfficeDay[]>> {
  const [sessions, taken] = await services.database.transaction("worker", {}, (tx) =>
    Promise.all([
      rows<SessionRow>(
        tx,
        sql`select office_id as "officeId", id as "sessionId", service_group as "serviceGroup", local_date::text as "localDate",
                   starts_at as "startsAt", ends_at as "endsAt", counters, step_minutes as "stepMinutes"
            from schedules.sessions where local_date between ${from}::date and ${to}::date and state = 'open' order by office_id, local_date, starts_at, service_group, id`,
      ),
      rows<{ sessionId: SessionId; startsAt: Date; counter: number }>(
        tx,
        sql`select p.session_id as "sessionId", p.starts_at as "startsAt", p.counter from schedules.places p
            join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
            where s.local_date between ${from}::date and ${to}::date and p.state <> 'open'`,
      ),
    ]),
  );
  const gone = new Set(taken.map((one) => placeKey(one.sessionId, one.startsAt.getTime(), one.counter)));
  const offices = new Map<OfficeId, OfficeDay[]>();
  for (const session of sessions) {
    const days = offices.get(session.officeId) ?? [];
    offices.set(session.officeId, days);
    let day = days.at(-1);
    if (day?.localDate !== session.localDate)
      days.push((day = { officeId: session.officeId, localDate: session.localDate, open: [], places: 0 }));
    const all = placesOf(session);
    day.open.push(...all.filter((one) => !gone.has(placeKey(one.sessionId, one.startsAt, one.counter))));
    if (session.serviceGroup === COUNTED_GROUP) days[days.length - 1] = { ...day, places: day.places + all.length };
  }
  return offices;
}

/** Opens an office beyond its own calendar, as for the consulate's extraordinary Saturdays. Its places come with the next filling. */
export async function openExtraordinary(
  services: Pick<Services, "database">,
  session: {
    officeId: OfficeId;
    localDate: LocalDate;
    startsAt: Date;
    endsAt: Date;
    counters: number;
    stepMinutes: number;
  },
): Promise<void> {
  const { officeId, localDate, startsAt, endsAt, counters, stepMinutes } = session;
  await services.database.transaction("worker", {}, (tx) =>
    run(
      tx,
      sql`insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes)
          values (${officeId}, ${newId()}, 'documentacion', 'extraordinary', ${localDate}, ${startsAt}, ${endsAt}, ${counters}, ${stepMinutes})`,
    ),
  );
}

export function placeKey(sessionId: SessionId, startsAt: number, counter: number): string {
  return `${sessionId} ${startsAt} ${counter}`;
}

function placesOf({ sessionId, serviceGroup, startsAt, endsAt, counters, stepMinutes }: SessionRow): OpenPlace[] {
  const places: OpenPlace[] = [];
  const stepMs = stepMinutes * MINUTE_MS;
  for (let at = startsAt.getTime(); at + stepMs <= endsAt.getTime(); at += stepMs) {
    for (let counter = 1; counter <= counters; counter += 1)
      places.push({ sessionId, serviceGroup, startsAt: at, counter, stepMinutes });
  }
  return places;
}
