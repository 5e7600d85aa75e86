import { canonicalJson } from "#kernel/canonical-json.ts";
import { sha256Hex } from "#kernel/digest.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays } from "#kernel/time.ts";
import { can } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { listSigners, readAnnex, readDay, readStock, type Annex } from "../queries/closing.ts";
import { closedDays } from "../queries/party.ts";
import { closingPage, isClosable, judgeSignature, type SignedSoFar } from "../rules/closing.ts";
import { paperOf, workingDayAfter } from "../rules/papers.ts";
import { daysOfStock, isLow, STOCK_DAYS } from "../rules/stock.ts";
import { findClosing, haveDay, signFirst, signSecond, type Closing } from "../store/closings.ts";
import { BLANKS, type Blank, type ClosingPage, type ClosingRefusal } from "../types.ts";
import { atDesk, note, type Desk } from "./office.ts";
import { offersFor } from "./quotes.ts";

/** Longest span in which five working days lie. */
const OUTLOOK_DAYS = 21;

/** For how long the stock lasts: not part of what is signed, for people book while it is. */
export interface Outlook {
  readonly blank: Blank;
  readonly pieces: number;
  /** Of the next working days those for which it is enough. */
  readonly days: number;
  readonly low: boolean;
}

export interface Signature {
  readonly name: string;
  readonly at: Date;
}

export interface ClosingView {
  readonly page: ClosingPage;
  readonly digest: string;
  /** Of these very figures. */
  readonly signatures: readonly Signature[];
  /** Somebody signed, and then the figures changed. */
  readonly changedSince: Signature | null;
  readonly annex: Annex;
  readonly outlook: readonly Outlook[];
}

/** The page of a day as it stands, or as two people signed it. */
export function getClosing(
  ctx: Context,
  { on }: { readonly on?: LocalDate | undefined },
): Promise<Outcome<ClosingView, ClosingRefusal>> {
  return atDesk(ctx, "issue_documents", (desk) => viewOf(ctx, desk, on ?? desk.today));
}

/** Signs the page that the screen showed; `digest` says which. The second signature of the same figures closes the day for good. */
export function signClosing(
  ctx: Context,
  { on, digest }: { readonly on: LocalDate; readonly digest: string },
): Promise<Outcome<ClosingView, ClosingRefusal>> {
  return atDesk(ctx, "issue_documents", async (desk): Promise<Outcome<ClosingView, ClosingRefusal>> => {
    const { tx, officeId, staffId, today } = desk;
    if (!isClosable(on, today)) return refuse({ code: "day_not_closable" });
    await haveDay(tx, officeId, on);
    const so = await signedSoFar(desk, await findClosing(tx, officeId, on));
    const page = await pageOf(desk, on);
    const now = digestOf(page);
    const leads = can(ctx.actor, "account_for_day", officeId);
    const judged = judgeSignature(so, { digest: now, seen: digest }, { staffId, leads });
    if (!judged.ok) return judged;
    if (judged.value === "first") await signFirst(tx, { page, digest: now }, staffId, ctx.now);
    else await signSecond(tx, page, staffId, ctx.now);
    await note(ctx, tx, { action: `closing.sign_${judged.value}`, officeId });
    return viewOf(ctx, desk, on);
  });
}

async function viewOf(ctx: Context, desk: Desk, on: LocalDate): Promise<Outcome<ClosingView, ClosingRefusal>> {
  const { tx, officeId, today } = desk;
  const closing = await findClosing(tx, officeId, on);
  // A page that was signed can be read for ever, with what was corrected since.
  if (!closing && !isClosable(on, today)) return refuse({ code: "day_not_closable" });
  const isClosed = closing !== undefined && closing.secondBy !== null;
  const page = isClosed ? closing.page : await pageOf(desk, on);
  const digest = isClosed ? closing.digest : digestOf(page);
  const signatures = closing ? await namesOf(desk, closing) : [];
  const stands = closing?.digest === digest;
  return accept({
    page,
    digest,
    signatures: stands ? signatures : [],
    changedSince: stands ? null : (signatures[0] ?? null),
    annex: await readAnnex(tx, officeId, on),
    outlook: await outlookOf(desk),
  });
}

async function pageOf({ tx, network, office, officeId }: Desk, on: LocalDate): Promise<ClosingPage> {
  const { issuedUnpaid, ...facts } = await readDay(tx, officeId, on, office.zone);
  const costs = ({ service }: { service: string }): boolean => {
    const known = network.serviceBySlug.get(service);
    return known !== undefined && paperOf(known) !== undefined && (offersFor(known, 0, [], on)[0]?.cents ?? 0) > 0;
  };
  return closingPage({
    ...facts,
    issuedUnpaid: issuedUnpaid.filter(costs).reduce((sum, one) => sum + one.count, 0),
  });
}

function digestOf(page: ClosingPage): string {
  return sha256Hex(canonicalJson(page));
}

async function signedSoFar({ tx, officeId }: Desk, closing: Closing | undefined): Promise<SignedSoFar | undefined> {
  if (!closing) return undefined;
  const [first] = await listSigners(tx, [closing.firstBy]);
  const actor = first && { kind: "staff" as const, staffId: first.id, officeId, role: first.role };
  return { ...closing, firstLeads: actor !== undefined && can(actor, "account_for_day", officeId) };
}

async function namesOf({ tx }: Desk, { firstBy, firstAt, secondBy, secondAt }: Closing): Promise<Signature[]> {
  const signed = [{ id: firstBy, at: firstAt }, ...(secondBy && secondAt ? [{ id: secondBy, at: secondAt }] : [])];
  const staff = await listSigners(
    tx,
    signed.map((one) => one.id),
  );
  return signed.map(({ id, at }) => ({ name: staff.find((one) => one.id === id)?.name ?? "", at }));
}

async function outlookOf({ tx, network, officeId, today }: Desk): Promise<Outlook[]> {
  const closed = await closedDays(tx, officeId, today, addDays(today, OUTLOOK_DAYS));
  const days = Array.from({ length: STOCK_DAYS }, (_, i) => workingDayAfter(today, i + 1, closed));
  const needs = await readStock(tx, officeId, today, days.at(-1)!);
  const blankOf = (slug: string): Blank | null => {
    const service = network.serviceBySlug.get(slug);
    return (service && paperOf(service)?.blank) ?? null;
  };
  return BLANKS.map((blank): Outlook => {
    const pieces = needs.pieces.find((one) => one.blank === blank)?.pieces ?? 0;
    const pending = needs.pending.find((one) => one.blank === blank)?.count ?? 0;
    // A Saturday is served from what must last until the next working day.
    const booked = days.map((day, i) =>
      needs.booked
        .filter(
          (one) => blankOf(one.service) === blank && one.localDate <= day && one.localDate > (days[i - 1] ?? today),
        )
        .reduce((sum, one) => sum + one.count, 0),
    );
    const lasts = daysOfStock(pieces, pending, booked);
    return { blank, pieces, days: lasts, low: isLow(lasts) };
  });
}
