import type { LocalDate } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { figuresOf, type Figures } from "../rules/figures.ts";
import { readLanguages, readTotals } from "../store/entries.ts";
import { listApprovals, listHelperRows, lockHelper, type HelperRow } from "../store/helpers.ts";
import type { HelperId, HelperKind, HelperReason, HelperState, SealedHelper } from "../types.ts";

/** Helpers of one list; there are 53 offices. */
const MOST_SHOWN = 300;

/** A line of the list. Name and place are empty when their key is gone. */
export interface HelperLine {
  readonly id: HelperId;
  readonly kind: HelperKind;
  readonly state: HelperState;
  readonly name: string;
  readonly place: string;
  readonly peopleAWeek: number;
  readonly askedAt: Date;
}

export interface OpenedHelper extends HelperLine {
  readonly version: number;
  readonly answers: string;
  readonly contact: string;
  readonly reason: HelperReason | null;
  readonly approvedAt: Date | null;
  readonly endsOn: LocalDate;
  /** Houses that said yes, in their order. */
  readonly approvals: readonly { readonly house: string; readonly at: Date; readonly mine: boolean }[];
  readonly figures: Figures;
}

/** All helpers, those that wait first. One line of the audit log tells how many were seen. */
export async function listHelpers(ctx: Context): Promise<Outcome<HelperLine[], { readonly code: "not_allowed" }>> {
  if (!maySee(ctx)) return refuse({ code: "not_allowed" });
  const found = await transaction(ctx, "console", async (tx) => {
    const lines = await listHelperRows(tx, MOST_SHOWN);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "helpers.listed", count: lines.length }]);
    return lines;
  });
  const opened = await openRows(ctx, found);
  return accept(found.map((row, i) => viewLine(row, opened[i]!)));
}

/** One helper with who answers for it; each reading is a line of the audit log. */
export async function openHelper(
  ctx: Context,
  id: HelperId,
): Promise<Outcome<OpenedHelper, { readonly code: "not_allowed" | "unknown_helper" }>> {
  const { actor } = ctx;
  if (!maySee(ctx) || actor.kind !== "staff") return refuse({ code: "not_allowed" });
  const [subject] = await ctx.keyring.digest("subject", [id]);
  const read = await transaction(ctx, "console", async (tx) => {
    const row = await lockHelper(tx, id);
    if (!row) return undefined;
    const totals = await readTotals(tx, id);
    const figures = figuresOf(totals.persons, totals, await readLanguages(tx, id));
    await insertAudit(tx, [
      { ...ctx, at: ctx.now, action: "helpers.opened", officeId: actor.officeId, subject: subject![0]!.digest },
    ]);
    return { row, figures, approvals: await listApprovals(tx, id) };
  });
  if (!read) return refuse({ code: "unknown_helper" });
  const { row, figures, approvals } = read;
  const [plain] = await openRows(ctx, [row]);
  const { version, reason, approvedAt, endsOn } = row;
  return accept({
    ...viewLine(row, plain!),
    answers: plain!.answers,
    contact: plain!.contact,
    version,
    reason,
    approvedAt,
    endsOn,
    approvals: approvals.map(({ staffId, house, at }) => ({ house, at, mine: staffId === actor.staffId })),
    figures,
  });
}

function maySee({ actor }: Context): boolean {
  return actor.kind === "staff" && can(actor, "see_helpers", actor.officeId);
}

async function openRows(ctx: Context, found: readonly HelperRow[]): Promise<SealedHelper[]> {
  const opened = await ctx.keyring.open(
    found.map(({ id, sealed }) => ({ field: "helpers.helper" as const, row: id, sealed })),
  );
  return opened.map((plain) =>
    plain === undefined ? { name: "", place: "", answers: "", contact: "" } : (JSON.parse(plain) as SealedHelper),
  );
}

function viewLine({ id, kind, state, peopleAWeek, askedAt }: HelperRow, { name, place }: SealedHelper): HelperLine {
  return { id, kind, state, name, place, peopleAWeek, askedAt };
}
