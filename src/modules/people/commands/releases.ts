import type { ContactId, LocalDate, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, HOUR_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { can } from "../policy.ts";
import {
  COUNTS_STAND_DAYS,
  ENDED_RELEASES_A_PAGE,
  RELEASE_HOURS,
  type CountsReason,
  type DisclosureReason,
} from "../rules.ts";
import { parseAddress } from "../schema.ts";
import {
  activeRoles,
  findDisclosure,
  insertRelease,
  listEndedRows,
  listReleaseRows,
  lockRelease,
  signReleaseRow,
  useReleaseRow,
  type ReleaseRow,
  type ReleaseTold,
} from "../store/releases.ts";

export type ReleaseRefusal = {
  readonly code: "not_allowed" | "unknown_release" | "needs_another_person" | "not_possible" | "month_not_over";
};

/** What is to leave the house: counts of a month, or the answer about a telephone, which nobody sees here. */
export interface Release {
  readonly id: string;
  readonly kind: "counts" | "disclosure";
  readonly month: LocalDate | undefined;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  /** People who signed: two let it out. */
  readonly signed: 0 | 1 | 2;
  /** Whoever asks signed it: a second signature is somebody else's. */
  readonly mine: boolean;
  /** Why it was asked for; undefined for what is older than the list. */
  readonly reason: CountsReason | DisclosureReason | undefined;
  /** Who asked, as colleagues see her; undefined where it was asked on the server. */
  readonly askedBy: string | undefined;
  readonly takenAt: Date | undefined;
}

/** Asks for the counts of a month that stands, and signs first. `month` is its first day. */
export async function askCounts(
  ctx: Context,
  { month, reason }: { readonly month: LocalDate; readonly reason: CountsReason },
): Promise<Outcome<{ id: string }, ReleaseRefusal>> {
  const by = signerOf(ctx);
  if (by === undefined) return refuse({ code: "not_allowed" });
  const next = `${addDays(`${month.slice(0, 7)}-28` as LocalDate, 5).slice(0, 7)}-01` as LocalDate;
  if (addDays(next, COUNTS_STAND_DAYS) > ctx.now.toISOString().slice(0, 10)) return refuse({ code: "month_not_over" });
  const id = newId<string>();
  await transaction(ctx, "console", async (tx) => {
    await insertRelease(tx, {
      id,
      kind: "counts",
      month,
      reason,
      askedAt: ctx.now,
      expiresAt: endOf(ctx),
      firstId: by,
    });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "people.counts_asked", purpose: reason }]);
  });
  return accept({ id });
}

export async function listReleases(ctx: Context): Promise<Outcome<Release[], ReleaseRefusal>> {
  const by = signerOf(ctx);
  if (by === undefined) return refuse({ code: "not_allowed" });
  const found = await transaction(ctx, "console", (tx) => listReleaseRows(tx, ctx.now));
  return accept(found.map((one) => releaseOf(one, by)));
}

/** Those that were taken away or whose hours passed, the newest first; `before` is the last one of the page before. */
export async function listEndedReleases(
  ctx: Context,
  before?: string,
): Promise<Outcome<{ readonly releases: Release[]; readonly more: boolean }, ReleaseRefusal>> {
  const by = signerOf(ctx);
  if (by === undefined) return refuse({ code: "not_allowed" });
  const most = ENDED_RELEASES_A_PAGE;
  const found = await transaction(ctx, "console", (tx) => listEndedRows(tx, ctx.now, before, most + 1));
  return accept({ releases: found.slice(0, most).map((one) => releaseOf(one, by)), more: found.length > most });
}

function releaseOf(told: ReleaseTold, by: StaffId): Release {
  const { firstId, secondId, usedAt, month, reason, askedBy, ...one } = told;
  return {
    ...one,
    month: month ?? undefined,
    signed: secondId !== null ? 2 : firstId !== null ? 1 : 0,
    mine: firstId === by || secondId === by,
    reason: reason ?? undefined,
    askedBy: askedBy ?? undefined,
    takenAt: usedAt ?? undefined,
  };
}

/** One signature. Two of two people let it out, once. */
export function signRelease(ctx: Context, id: string): Promise<Outcome<void, ReleaseRefusal>> {
  return withRelease(ctx, id, async (tx, release, by) => {
    if (release.usedAt !== null || release.secondId !== null) return refuse({ code: "not_possible" });
    if (release.firstId === by) return refuse({ code: "needs_another_person" });
    await signReleaseRow(tx, id, release.firstId === null ? "first" : "second", by, ctx.now);
    await insertAudit(tx, [
      { ...ctx, at: ctx.now, action: `people.${release.kind}_signed`, purpose: purposeOf(ctx, release) },
    ]);
    return accept(undefined);
  });
}

/** Takes the counts away: the month that they are of, once, while both who signed may still sign. */
export function takeCounts(ctx: Context, id: string): Promise<Outcome<{ month: LocalDate }, ReleaseRefusal>> {
  return withRelease(ctx, id, async (tx, release) => {
    if (release.kind !== "counts" || release.usedAt !== null) return refuse({ code: "not_possible" });
    if (!(await twoStand(tx, release))) return refuse({ code: "needs_another_person" });
    await useReleaseRow(tx, id, ctx.now);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "people.counts_taken", purpose: purposeOf(ctx, release) }]);
    return accept({ month: release.month! });
  });
}

/**
 * What stands in the way of an answer about a telephone (`npm run manage -- disclosure`): asks two people the first time, for which it needs a reason, and is
 * used up once both have signed. The line of the answer stands under the pseudonym of the contact, if there is one, so that
 * she sees it. `answered` runs in the same transaction, so that no answer is without its line in the log.
 */
export async function disclose<T>(
  ctx: Context,
  { phone, reason }: { readonly phone: string; readonly reason: DisclosureReason | undefined },
  answered: (tx: Tx, subjects: readonly Buffer[]) => Promise<T>,
  whose: (tx: Tx) => Promise<ContactId | undefined>,
): Promise<
  | { readonly answer: T }
  | { readonly needsReason: true }
  | { readonly signed: 0 | 1; readonly expiresAt: Date }
  | undefined
> {
  const parsed = parseAddress("sms", phone);
  if (!parsed) return undefined;
  const [versions] = await ctx.keyring.digest("contact", [parsed.key]);
  const subjects = versions!.map((one) => Buffer.from(one.digest));
  return transaction(ctx, "worker", async (tx) => {
    const before = await findDisclosure(tx, subjects, ctx.now);
    if (before && (await twoStand(tx, before))) {
      await useReleaseRow(tx, before.id, ctx.now);
      const contactId = await whose(tx);
      const [subject] = contactId === undefined ? [] : await ctx.keyring.digest("subject", [contactId]);
      await insertAudit(tx, [
        {
          ...ctx,
          at: ctx.now,
          action: "people.disclosed",
          purpose: purposeOf(ctx, before),
          subject: subject?.[0]?.digest,
        },
      ]);
      return { answer: await answered(tx, subjects) };
    }
    if (before) return { signed: before.firstId === null ? 0 : 1, expiresAt: before.expiresAt };
    if (reason === undefined) return { needsReason: true };
    const expiresAt = endOf(ctx);
    const id = newId<string>();
    const subject = subjects[0]!;
    await insertRelease(tx, {
      id,
      kind: "disclosure",
      month: null,
      subject,
      reason,
      askedAt: ctx.now,
      expiresAt,
      firstId: null,
    });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "people.disclosure_asked", purpose: reason }]);
    return { signed: 0, expiresAt };
  });
}

async function twoStand(tx: Tx, { firstId, secondId }: ReleaseRow): Promise<boolean> {
  if (firstId === null || secondId === null) return false;
  const active = await activeRoles(tx, [firstId, secondId]);
  return (
    active.filter(({ id, role }) => can({ kind: "staff", staffId: id, role, officeId: undefined }, "sign_release"))
      .length === 2
  );
}

function withRelease<T>(
  ctx: Context,
  id: string,
  work: (tx: Tx, release: ReleaseRow, by: StaffId) => Promise<Outcome<T, ReleaseRefusal>>,
): Promise<Outcome<T, ReleaseRefusal>> {
  const by = signerOf(ctx);
  if (by === undefined) return Promise.resolve(refuse({ code: "not_allowed" }));
  return transaction(ctx, "console", async (tx) => {
    const release = await lockRelease(tx, id, ctx.now);
    return release ? work(tx, release, by) : refuse({ code: "unknown_release" });
  });
}

function signerOf({ actor }: Context): StaffId | undefined {
  return actor.kind === "staff" && can(actor, "sign_release") ? (actor.staffId as StaffId) : undefined;
}

/** The reason, as the log has it. */
const purposeOf = ({ purpose }: Context, { reason }: ReleaseRow): string => reason ?? purpose;

const endOf = ({ now }: Context): Date => new Date(now.getTime() + RELEASE_HOURS * HOUR_MS);
