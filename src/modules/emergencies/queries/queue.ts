import type { LocalDate, OfficeId, ServiceSlug, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import type {
  EmergencyAnswer,
  EmergencyId,
  EmergencyKind,
  EmergencyState,
  NeededBy,
  NoReason,
  SealedEmergency,
} from "../types.ts";

/** A line of an office's queue: what happened and by when, no name and no telephone. */
export interface QueuedEmergency {
  readonly id: EmergencyId;
  readonly state: EmergencyState;
  readonly version: number;
  readonly reviewed: boolean;
  /** Missing when its key is gone. */
  readonly kind: EmergencyKind | undefined;
  readonly neededBy: NeededBy | undefined;
  /** The person waits for a call. */
  readonly byPhone: boolean;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly proposal: EmergencyAnswer["kind"] | null;
  readonly proposedAt: Date | null;
  readonly proposedBy: StaffId | null;
  readonly service: ServiceSlug | null;
  readonly people: number | null;
  readonly localDate: LocalDate | null;
  readonly startsAt: Date | null;
  readonly reason: NoReason | null;
  readonly signedAt: Date | null;
  readonly signedHow: "two" | "alone" | null;
}

/** One of them, opened by whoever answers it: a line of the audit log each time. */
export interface OpenedEmergency extends QueuedEmergency {
  /** To be called back. */
  readonly phone: string | undefined;
  readonly words: string;
}

interface Row extends Omit<QueuedEmergency, "kind" | "neededBy"> {
  readonly sealed: Buffer;
  readonly words: Buffer | null;
}

/** Hours for which what was answered stays on the screen. */
const SHOWN_HOURS = 24;
const MOST_LISTED = 200;

/** What waits at the caller's office, what was due first before the rest; then what was answered in the last day and what is to come. */
export async function listQueue(
  ctx: Context,
  officeId: OfficeId,
): Promise<Outcome<QueuedEmergency[], { code: "not_allowed" }>> {
  if (!can(ctx.actor, "answer_emergencies", officeId)) return refuse({ code: "not_allowed" });
  const found = await transaction(ctx, "console", async (tx) => {
    const list = await rows<Row>(
      tx,
      sql`select id, state, version, reviewed, contact_id is null as "byPhone", asked_at as "askedAt", due_at as "dueAt", proposal, proposed_at as "proposedAt", proposed_by as "proposedBy",
            service, people, to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", reason, signed_at as "signedAt", signed_how as "signedHow", sealed, null as words
          from emergencies.requests
          where office_id = ${officeId} and (state in ('asked', 'proposed') or state = 'granted' and starts_at > ${ctx.now} or signed_at > ${new Date(ctx.now.getTime() - SHOWN_HOURS * HOUR_MS)})
          order by state in ('asked', 'proposed') desc, due_at, id limit ${MOST_LISTED}`,
    );
    if (list.length > 0)
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "emergency.list", officeId, count: list.length }]);
    return list;
  });
  return accept((await open(ctx, found)).map(({ phone: _, words: __, ...line }) => line));
}

/** How many wait for an answer, and how many of those are late: counts of nobody, for which nothing is opened. */
export async function countWaiting(
  ctx: Context,
  officeId: OfficeId,
): Promise<Outcome<{ waiting: number; late: number }, { code: "not_allowed" }>> {
  if (!can(ctx.actor, "answer_emergencies", officeId)) return refuse({ code: "not_allowed" });
  const [counts] = await transaction(ctx, "console", (tx) =>
    rows<{ waiting: number; late: number }>(
      tx,
      sql`select count(*)::int as waiting, (count(*) filter (where due_at <= ${ctx.now}))::int as late
          from emergencies.requests where office_id = ${officeId} and state in ('asked', 'proposed')`,
    ),
  );
  return accept(counts!);
}

/** One request with its telephone and what was written. */
export async function openEmergency(
  ctx: Context,
  officeId: OfficeId,
  id: EmergencyId,
): Promise<Outcome<OpenedEmergency, { code: "not_allowed" } | { code: "unknown_emergency" }>> {
  if (!can(ctx.actor, "answer_emergencies", officeId)) return refuse({ code: "not_allowed" });
  const [subject] = await ctx.keyring.digest("subject", [id]);
  const found = await transaction(ctx, "console", async (tx) => {
    const list = await rows<Row>(
      tx,
      sql`select id, state, version, reviewed, contact_id is null as "byPhone", asked_at as "askedAt", due_at as "dueAt", proposal, proposed_at as "proposedAt", proposed_by as "proposedBy",
            service, people, to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", reason, signed_at as "signedAt", signed_how as "signedHow", sealed, answer_sealed as words
          from emergencies.requests where office_id = ${officeId} and id = ${id}`,
    );
    if (list.length > 0)
      await insertAudit(tx, [
        { ...ctx, at: ctx.now, action: "emergency.read", officeId, subject: subject![0]!.digest },
      ]);
    return list;
  });
  const [opened] = await open(ctx, found);
  return opened ? accept(opened) : refuse({ code: "unknown_emergency" });
}

async function open(ctx: Pick<Context, "keyring">, found: readonly Row[]): Promise<OpenedEmergency[]> {
  const written = found.filter((row) => row.words !== null);
  const [asked, answers] = await Promise.all([
    ctx.keyring.open(found.map((row) => ({ field: "emergencies.request" as const, row: row.id, sealed: row.sealed }))),
    ctx.keyring.open(written.map((row) => ({ field: "emergencies.answer" as const, row: row.id, sealed: row.words! }))),
  ]);
  return found.map(({ sealed: _, words: __, ...row }, i) => {
    const plain = asked[i] === undefined ? undefined : (JSON.parse(asked[i]) as SealedEmergency);
    const words = answers[written.findIndex((one) => one.id === row.id)] ?? "";
    return { ...row, kind: plain?.kind, neededBy: plain?.neededBy, phone: plain?.phone, words };
  });
}
