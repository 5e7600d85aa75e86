import type { LocalDate, OfficeId, VisitId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { can } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { ALARM_SHOWN_HOURS } from "../rules/alarm.ts";
import { interpretedMonths, type InterpretedMonth } from "../rules/interpreted.ts";

/** A call for help that nobody ended. */
export interface StandingAlarm {
  readonly id: string;
  readonly staffId: string;
  /** Personal, for colleagues of the same office. */
  readonly name: string;
  readonly counter: number | null;
  readonly raisedAt: Date;
  /** Who goes. */
  readonly seenBy: string | null;
}

/** Somebody waits for an interpreter, or speaks through one. */
export interface UnderWay {
  readonly id: string;
  readonly visitId: VisitId;
  readonly language: string;
  readonly askedAt: Date;
  readonly connectedAt: Date | null;
}

/** What needs a colleague at an office now. */
export interface Care {
  readonly alarms: readonly StandingAlarm[];
  readonly interpretations: readonly UnderWay[];
  /** Where interpreters are called: the office's own line, or that of the network. */
  readonly line: string | null;
}

/** For whoever works at an office, whatever her role. */
export async function getCare(ctx: Context): Promise<Outcome<Care, { readonly code: "not_allowed" }>> {
  const { actor, now } = ctx;
  if (actor.kind !== "staff" || actor.officeId === undefined) return refuse({ code: "not_allowed" });
  const officeId = actor.officeId as OfficeId;
  const since = new Date(now.getTime() - ALARM_SHOWN_HOURS * HOUR_MS);
  return transaction(ctx, "console", async (tx) =>
    accept({
      alarms: await listAlarms(tx, officeId, since),
      interpretations: can(actor, "receive", officeId) ? await listUnderWay(tx, officeId, since) : [],
      line: await findLine(tx, officeId),
    }),
  );
}

function listAlarms(tx: Tx, officeId: OfficeId, since: Date): Promise<StandingAlarm[]> {
  return rows(
    tx,
    sql`select a.id, a.staff_id as "staffId", s.name, a.counter, a.raised_at as "raisedAt", g.name as "seenBy"
        from visits.alarms a join people.staff s on s.id = a.staff_id left join people.staff g on g.id = a.seen_by
        where a.office_id = ${officeId} and a.undone_at is null and a.ended_at is null and a.raised_at >= ${since} order by a.raised_at`,
  );
}

function listUnderWay(tx: Tx, officeId: OfficeId, since: Date): Promise<UnderWay[]> {
  return rows(
    tx,
    sql`select id, visit_id as "visitId", language, asked_at as "askedAt", connected_at as "connectedAt" from visits.interpretations
        where office_id = ${officeId} and ended_at is null and asked_at >= ${since} order by asked_at`,
  );
}

async function findLine(tx: Tx, officeId: OfficeId): Promise<string | null> {
  const [line] = await rows<{ phone: string }>(
    tx,
    sql`select phone from visits.interpreter_lines where scope in (${officeId}, 'network') order by scope = 'network' limit 1`,
  );
  return line?.phone ?? null;
}

/** The request of a visit that is under way. */
export async function findUnderWay(tx: Tx, officeId: OfficeId, visitId: VisitId): Promise<UnderWay | undefined> {
  const [found] = await rows<UnderWay>(
    tx,
    sql`select id, visit_id as "visitId", language, asked_at as "askedAt", connected_at as "connectedAt" from visits.interpretations
        where office_id = ${officeId} and visit_id = ${visitId} and ended_at is null`,
  );
  return found;
}

/** The own line of an office, or of the network; null where there is none. */
export async function getInterpreterLine(ctx: Context, scope: OfficeId | "network"): Promise<string | null> {
  const [line] = await transaction(ctx, "console", (tx) =>
    rows<{ phone: string }>(tx, sql`select phone from visits.interpreter_lines where scope = ${scope}`),
  );
  return line?.phone ?? null;
}

/** How long people waited for interpreters and spoke through them, by language; months that are over, small numbers left out. */
export async function getInterpretedReport(
  ctx: Context,
  officeId: OfficeId,
  before: LocalDate,
): Promise<Outcome<InterpretedMonth[], { readonly code: "not_allowed" }>> {
  if (!can(ctx.actor, "read_counts", officeId)) return refuse({ code: "not_allowed" });
  const found = await ctx.database.reading("report", (tx) => listInterpreted(tx, officeId, before));
  return accept(interpretedMonths(found));
}

function listInterpreted(tx: Tx, officeId: OfficeId, before: LocalDate) {
  return rows<{
    month: LocalDate;
    language: string;
    measure: "wait" | "talk" | "nobody";
    minutes: number;
    count: number;
  }>(
    tx,
    sql`select to_char(month, 'YYYY-MM-DD') as month, language, measure, minutes, count from visits.interpreted
        where office_id = ${officeId} and month < ${before} and month >= ${before}::date - interval '12 months'`,
  );
}
