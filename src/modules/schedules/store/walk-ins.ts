import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { newId } from "#platform/random.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";

/** Minutes of a step of a walk-in's session: every service of the reference data takes a whole number of them. */
export const WALK_IN_STEP_MINUTES = 5;

/** A stretch at a counter of its own, for one person and service group. */
export interface WalkInStretch {
  readonly serviceGroup: ServiceGroup;
  /** Milliseconds UTC. */
  readonly startsAt: number;
  readonly steps: number;
}

/**
 * The session of that group for whoever comes without an appointment: one a day, closed to every offer from its first
 * moment. The row is locked, so that two desks take different counters.
 */
async function lockWalkInSession(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  serviceGroup: ServiceGroup,
  at: Date,
): Promise<SessionId> {
  const DAY_HOURS = 24;
  await run(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended(${`walk-ins ${officeId} ${localDate} ${serviceGroup}`}, 0))`,
  );
  const [known] = await rows<{ id: SessionId }>(
    tx,
    sql`select id from schedules.sessions where office_id = ${officeId} and local_date = ${localDate} and service_group = ${serviceGroup} and kind = 'walk_in'`,
  );
  if (known) return known.id;
  const id = newId<SessionId>();
  await run(
    tx,
    sql`insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes, state)
        values (${officeId}, ${id}, ${serviceGroup}, 'walk_in', ${localDate}, ${at}, ${new Date(at.getTime() + DAY_HOURS * 3_600_000)}, 1, ${WALK_IN_STEP_MINUTES}, 'closed')`,
  );
  return id;
}

/** Makes places that only the holder can have: each stretch at a counter that no other walk-in of the day has had. */
export async function makeWalkInPlaces(
  tx: Tx,
  wanted: {
    readonly officeId: OfficeId;
    readonly localDate: LocalDate;
    readonly holder: string;
    readonly until: Date;
    readonly stretches: readonly WalkInStretch[];
  },
): Promise<void> {
  const { officeId, localDate, holder, until } = wanted;
  // In one order everywhere, so that two desks never wait for each other in a circle.
  for (const group of [...new Set(wanted.stretches.map((one) => one.serviceGroup))].sort()) {
    const own = wanted.stretches.filter((one) => one.serviceGroup === group);
    const sessionId = await lockWalkInSession(tx, officeId, localDate, group, new Date(own[0]!.startsAt));
    await run(
      tx,
      sql`with last as (select coalesce(max(counter), 0) as counter from schedules.places where office_id = ${officeId} and session_id = ${sessionId})
          insert into schedules.places (office_id, session_id, starts_at, counter, band, pool, state, held_until, holder)
          select ${officeId}, ${sessionId}, to_timestamp(t.starts_at / 1000) + n * make_interval(mins => ${WALK_IN_STEP_MINUTES}), last.counter + t.ordinal, 'morning', 'walk_in', 'held', ${until}, ${holder}::uuid
          from last, unnest(${own.map((one) => one.startsAt)}::float8[], ${own.map((one) => one.steps)}::int[]) with ordinality as t (starts_at, steps, ordinal)
          cross join lateral generate_series(0, t.steps - 1) n`,
    );
  }
}

/** Nobody has what was made for somebody who was not booked after all. */
export async function dropWalkInPlaces(tx: Tx, officeId: OfficeId, holder: string): Promise<void> {
  await run(
    tx,
    sql`update schedules.places set state = 'withdrawn', held_until = null, holder = null where office_id = ${officeId} and pool = 'walk_in' and state = 'held' and holder = ${holder}`,
  );
}
