import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { readSignedId } from "#platform/keyring/signed-id.ts";
import { countArrived, findAskedVisit, listSheets, type AskedVisit } from "../queries/survey.ts";
import {
  countsOfReply,
  countsOfTally,
  forgetMarkAfter,
  isAskedOn,
  isTally,
  monthOf,
  peopleOf,
  type SurveyReply,
  type SurveyTally,
} from "../rules/survey.ts";
import { addCounts, deleteMarks, hasMark, insertMark, insertSheet, lockSheets, undoSheet } from "../store/survey.ts";
import { inHall } from "./office.ts";

/** Whether a link may answer. An invented one and one that is over are `closed` alike. */
export type SurveyState = "open" | "answered" | "closed";

export async function surveyState(ctx: Context, token: string): Promise<SurveyState> {
  const asked = await findAsked(ctx, token);
  if (!asked) return "closed";
  const marked = await transaction(ctx, "citizen_writer", (tx) => hasMark(tx, asked.marks));
  return marked ? "answered" : "open";
}

/**
 * Adds what somebody said of her visit to the sums of its office and of this month. Nothing else stays but a mark that the
 * link was used, which says neither of what office it was nor what was said. A second answer changes nothing.
 */
export async function answerSurvey(ctx: Context, token: string, reply: SurveyReply): Promise<SurveyState> {
  const asked = await findAsked(ctx, token);
  if (!asked) return "closed";
  const { visit, marks, today } = asked;
  return transaction(ctx, "citizen_writer", async (tx) => {
    if (!(await insertMark(tx, marks, forgetMarkAfter(visit.localDate)))) return "answered";
    await addCounts(tx, visit.officeId, monthOf(today), countsOfReply(reply));
    return "open";
  });
}

interface Asked {
  readonly visit: AskedVisit;
  /** The mark of this link under every live key; the one to write first. */
  readonly marks: readonly Uint8Array[];
  /** In the zone of the visit's office. */
  readonly today: LocalDate;
}

async function findAsked(ctx: Context, token: string): Promise<Asked | undefined> {
  const bookingId = (await readSignedId(ctx.keyring, "survey", token)) as BookingId | undefined;
  if (bookingId === undefined) return undefined;
  const visit = await ctx.database.reading("report", (tx) => findAskedVisit(tx, bookingId));
  const zone = visit && (await getNetwork(ctx)).officeById.get(visit.officeId)?.zone;
  if (!visit || zone === undefined) return undefined;
  const today = localDateAt(ctx.now, zone);
  if (!isAskedOn(today, visit.localDate)) return undefined;
  const [digests] = await ctx.keyring.digest("survey", [bookingId]);
  return { visit, marks: digests!.map((one) => one.digest), today };
}

export type SheetOfSurveyRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "wrong_tally" }
  /** More papers than people came this month. */
  | { readonly code: "more_than_came" }
  | { readonly code: "nothing_to_undo" };

/** Papers of this month that the own office typed in; people counts whoever answered the first question. */
export interface TypedPapers {
  readonly month: LocalDate;
  readonly sheets: readonly { readonly id: string; readonly enteredAt: Date; readonly people: number }[];
}

/** The papers that were typed in this month, in the zone of the own office. */
export function listSurveySheets(ctx: Context): Promise<Outcome<TypedPapers, SheetOfSurveyRefusal>> {
  return inHall(ctx, "read_counts", async ({ tx, officeId, today }) =>
    accept(await papersOf(tx, officeId, monthOf(today))),
  );
}

/**
 * Types in what was counted on paper: it counts in this month, so that a month that was told does not change. The same
 * `id` again is once. There are never more papers than people who came in the month.
 */
export function enterSurveySheet(
  ctx: Context,
  input: { readonly id: string; readonly tally: SurveyTally },
): Promise<Outcome<TypedPapers, SheetOfSurveyRefusal>> {
  return inHall(ctx, "read_counts", async (hall): Promise<Outcome<TypedPapers, SheetOfSurveyRefusal>> => {
    const { tx, officeId, today, staffId } = hall;
    if (!isTally(input.tally)) return refuse({ code: "wrong_tally" });
    const counts = countsOfTally(input.tally);
    const month = monthOf(today);
    await lockSheets(tx, officeId);
    const typed = await listSheets(tx, officeId, month);
    const others = typed.filter(({ id }) => id !== input.id).reduce((sum, one) => sum + peopleOf(one.counts), 0);
    if (others + peopleOf(counts) > (await countArrived(tx, officeId, month)))
      return refuse({ code: "more_than_came" });
    if (await insertSheet(tx, officeId, { id: input.id, month, counts, staffId, at: ctx.now }))
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "survey.type_in", officeId, count: peopleOf(counts) }]);
    return accept(await papersOf(tx, officeId, month));
  });
}

/** Takes papers of this month back that were typed in wrongly. */
export function undoSurveySheet(ctx: Context, id: string): Promise<Outcome<TypedPapers, SheetOfSurveyRefusal>> {
  return inHall(
    ctx,
    "read_counts",
    async ({ tx, officeId, today }): Promise<Outcome<TypedPapers, SheetOfSurveyRefusal>> => {
      const month = monthOf(today);
      if (!(await undoSheet(tx, officeId, id, month, ctx.now))) return refuse({ code: "nothing_to_undo" });
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "survey.take_back", officeId }]);
      return accept(await papersOf(tx, officeId, month));
    },
  );
}

async function papersOf(
  tx: Parameters<typeof listSheets>[0],
  officeId: OfficeId,
  month: LocalDate,
): Promise<TypedPapers> {
  const sheets = await listSheets(tx, officeId, month);
  return { month, sheets: sheets.map(({ id, enteredAt, counts }) => ({ id, enteredAt, people: peopleOf(counts) })) };
}

/** Forgets which links were used, a month at a time. Returns how many. */
export function forgetSurveyMarks(ctx: Context): Promise<number> {
  return transaction(ctx, "worker", (tx) => deleteMarks(tx, localDateAt(ctx.now, "UTC")));
}
