import type { BookingId, ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import type { Context } from "#platform/context.ts";
import { parseFolio } from "#kernel/folio.ts";
import { openedHere, rememberOpened } from "#modules/booking/index.ts";
import { rows, run, sql } from "#platform/db/index.ts";
import { mayReview } from "../rules/answering.ts";
import { emergencyNumber } from "../rules/asking.ts";
import { isOpenAt } from "../rules/hours.ts";
import type { EmergencyAnswer, EmergencyId, EmergencyState, NoReason } from "../types.ts";
import { listOpenStretches } from "./hours.ts";

/** A request as whoever asked sees it. What happened is not in it: a telephone may be read by whom it happened with. */
export interface OwnEmergency {
  readonly id: EmergencyId;
  readonly officeId: OfficeId;
  /** Undefined while a telephone waits to be called. */
  readonly contactId: ContactId | undefined;
  readonly state: Exclude<EmergencyState, "proposed">;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly answer: EmergencyAnswer["kind"] | undefined;
  readonly service: ServiceSlug | undefined;
  readonly people: number | undefined;
  readonly localDate: LocalDate | undefined;
  readonly startsAt: Date | undefined;
  readonly reason: NoReason | undefined;
  /** What the office wrote; empty when nothing. */
  readonly words: string;
  readonly bookingId: BookingId | undefined;
  readonly mayReview: boolean;
}

interface Row {
  readonly id: EmergencyId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId | null;
  /** Asked in this visit. */
  readonly mine: boolean;
  readonly state: EmergencyState;
  readonly reviewed: boolean;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly proposal: EmergencyAnswer["kind"] | null;
  readonly service: ServiceSlug | null;
  readonly people: number | null;
  readonly localDate: LocalDate | null;
  readonly startsAt: Date | null;
  readonly reason: NoReason | null;
  readonly sealed: Buffer | null;
  readonly bookingId: BookingId | null;
}

/** Most that one person is shown: she has one open at a time, and the others are of a month. */
const MOST_SHOWN = 10;

/**
 * What this visit asked, and of what its verified contact asked what the visit may see, the latest first: with the contact
 * alone nothing is seen, for whom somebody fears may have the telephone (hardening 18).
 */
export async function listOwnEmergencies(ctx: Context): Promise<OwnEmergency[]> {
  const opened = await openedHere(ctx);
  return (await listAsked(ctx)).filter(({ id, mine }) => mine || opened(id)).map(({ mine: _, ...own }) => own);
}

async function listAsked(ctx: Context): Promise<(OwnEmergency & { readonly mine: boolean })[]> {
  const { actor } = ctx;
  if (actor.kind !== "citizen" && actor.kind !== "visitor") return [];
  const contactId = actor.kind === "citizen" ? actor.contactId : undefined;
  const found = await ctx.database.transaction("citizen_reader", { contactId }, async (tx) => {
    // Row level security shows what is that visit's or that contact's and nothing else.
    const scoped = run(tx, sql`select set_config('app.session_id', ${actor.sessionId ?? ""}, true)`);
    const own = rows<Row>(
      tx,
      sql`select id, office_id as "officeId", contact_id as "contactId", session_id is not distinct from ${actor.sessionId ?? null}::uuid as mine, state, reviewed, asked_at as "askedAt", due_at as "dueAt", proposal, service, people,
            to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", reason, answer_sealed as sealed, booking_id as "bookingId"
          from emergencies.requests order by asked_at desc limit ${MOST_SHOWN}`,
    );
    return (await Promise.all([scoped, own]))[1];
  });
  const told = found.map((row) => ({ ...row, signed: row.state !== "asked" && row.state !== "proposed" }));
  const written = told.filter((row) => row.signed && row.sealed !== null);
  const opened = await ctx.keyring.open(
    written.map((row) => ({ field: "emergencies.answer" as const, row: row.id, sealed: row.sealed! })),
  );
  const words = new Map(written.map((row, i) => [row.id, opened[i] ?? ""]));
  return told.map(({ signed, ...row }) => ({
    id: row.id,
    mine: row.mine,
    officeId: row.officeId,
    contactId: row.contactId ?? undefined,
    // What one person proposes is no answer yet, and nobody is told of it.
    state: row.state === "proposed" ? "asked" : row.state,
    askedAt: row.askedAt,
    dueAt: row.dueAt,
    answer: signed ? (row.proposal ?? undefined) : undefined,
    service: signed ? (row.service ?? undefined) : undefined,
    people: signed ? (row.people ?? undefined) : undefined,
    localDate: signed ? (row.localDate ?? undefined) : undefined,
    startsAt: signed ? (row.startsAt ?? undefined) : undefined,
    reason: signed ? (row.reason ?? undefined) : undefined,
    words: words.get(row.id) ?? "",
    bookingId: row.bookingId ?? undefined,
    mayReview: mayReview(row),
  }));
}

export async function getOwnEmergency(ctx: Context, id: EmergencyId): Promise<OwnEmergency | undefined> {
  return (await listOwnEmergencies(ctx)).find((one) => one.id === id);
}

/** One of the contact's by the number on its receipt, which opens it to this visit; undefined for any other. */
export async function openEmergencyByNumber(ctx: Context, typed: string): Promise<EmergencyId | undefined> {
  const number = parseFolio(typed);
  const found = number && (await listAsked(ctx)).find((one) => emergencyNumber(one.id) === number);
  if (found) await rememberOpened(ctx, [found.id]);
  return found?.id;
}

/** Whether somebody sits there at this moment: otherwise the line on duty is what helps. */
export async function isOfficeOpen(ctx: Pick<Context, "database" | "now">, officeId: OfficeId): Promise<boolean> {
  const stretches = await ctx.database.reading("citizen_reader", (tx) => listOpenStretches(tx, officeId, ctx.now));
  return isOpenAt(ctx.now, stretches);
}
