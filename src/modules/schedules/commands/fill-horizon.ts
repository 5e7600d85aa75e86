import { addDays, DAY_MS, localDateAt } from "#kernel/time.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { listOfficeZones, type OfficeZone } from "../queries/calendars.ts";
import { layPlaces, withCount } from "../rules/layout.ts";
import { planSessions, stepsOf } from "../rules/sessions.ts";
import {
  insertLaidPlaces,
  insertPlaces,
  insertSessions,
  listClosures,
  listSessionsToFill,
  listTemplates,
  tryLockHorizon,
  type SessionToFill,
} from "../store/sessions.ts";
import { planOffice } from "./set-release.ts";

/** Weeks ahead for which there are places. */
export const HORIZON_WEEKS = 8;
/** Offices filled at once: each keeps one connection of the worker's pool busy. */
const LANES = 2;

export interface Filled {
  readonly sessions: number;
  readonly places: number;
}

/**
 * Creates the sessions and places of every office from its own today to the end of the horizon. What
 * exists is never touched, so it may run at any time, twice at once, and beside bookings.
 */
export async function fillHorizon(ctx: Context, options: { readonly weeks?: number } = {}): Promise<Filled> {
  const weeks = options.weeks ?? HORIZON_WEEKS;
  // An office is new or gone by its own calendar; a day more or less at this edge creates nothing twice.
  const today = new Date(ctx.now.getTime() - DAY_MS).toISOString().slice(0, 10) as LocalDate;
  const waiting = await transaction(ctx, "worker", (tx) => listOfficeZones(tx, today));
  const filled = { sessions: 0, places: 0 };
  const lane = async (): Promise<void> => {
    for (let office = waiting.shift(); office !== undefined; office = waiting.shift()) {
      const own = office;
      const one = await transaction(ctx, "worker", (tx) => fillOffice(tx, own, ctx.now, weeks));
      filled.sessions += one.sessions;
      filled.places += one.places;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return filled;
}

/** Writes the places of sessions that have too few. Returns how many are new. */
export async function fillSessions(
  tx: Tx,
  officeId: OfficeId,
  zone: string,
  sessions: readonly SessionToFill[],
): Promise<number> {
  const plain = sessions.filter((one) => !one.layout);
  const steps = plain.flatMap((session) => stepsOf(session, zone).map((step) => ({ ...step, sessionId: session.id })));
  const laid = sessions.flatMap(({ layout, id, ...session }) =>
    layout ? layPlaces({ ...session, layout }, zone).map((place) => ({ ...place, sessionId: id })) : [],
  );
  return (await insertPlaces(tx, officeId, steps)) + (await insertLaidPlaces(tx, officeId, laid));
}

async function fillOffice(tx: Tx, office: OfficeZone, now: Date, weeks: number): Promise<Filled> {
  if (!(await tryLockHorizon(tx, office.id))) return { sessions: 0, places: 0 };
  const from = localDateAt(now, office.zone);
  const to = addDays(from, weeks * 7 - 1);
  const [templates, closures] = await Promise.all([
    listTemplates(tx, office.id),
    listClosures(tx, office.id, from, to),
  ]);
  const planned = planSessions(templates, { zone: office.zone, closedOn: new Set(closures) }, from, to);
  const sessions = await insertSessions(
    tx,
    office.id,
    planned.map((one) => withCount(one, office.zone)),
  );
  const places = await fillSessions(tx, office.id, office.zone, await listSessionsToFill(tx, office.id, from, to));
  // In the same transaction: what is to be drawn is never to be seen as open.
  await planOffice(tx, office.id, office.zone);
  return { sessions, places };
}
