import type { ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { allocationEvent } from "../events.ts";
import { optionProblemOf } from "../rules/leaf.ts";
import { DRAW_POLICY } from "../rules/policy.ts";
import { needOfParty } from "../rules/seats.ts";
import { optionsWithin } from "../rules/wishes.ts";
import { insertEnding, removeLeaf } from "../store/filings.ts";
import {
  insertRequest,
  listOpenRequests,
  lockContact,
  lockRequest,
  moveRequest,
  rewriteRequest,
  type NewRequest,
} from "../store/requests.ts";
import type { Draw, DrawId, RequestId } from "../types.ts";
import { endLeaf, enter, keepOpenDraw } from "./enter.ts";

export type FileRefusal =
  /** No draw is open at this moment, or none of these services is drawn. */
  | { readonly code: "no_draw" }
  | { readonly code: "bad_options" }
  | { readonly code: "too_many_people"; readonly most: number }
  /** The same contact has asked for a service of that kind already: it can change that request. */
  | { readonly code: "already_filed"; readonly requestId: RequestId }
  | { readonly code: "unknown_request" };

export interface Filed {
  readonly requestId: RequestId;
  readonly drawId: DrawId;
  /** The signed note that this leaf will be in that draw's tree. */
  readonly promise: string;
}
export type Prepared = Omit<NewRequest, "id"> & { readonly subject: Buffer };

/** Files a household's request into the open draw. First and last minute are alike. `mostPeople` bounds what one contact has asked for. */
export function fileRequest(
  ctx: Context,
  id: RequestId,
  prepared: Prepared,
  mostPeople: number,
): Promise<Outcome<Filed, FileRefusal>> {
  return filing(ctx, prepared, async (tx, draw) => {
    const open = await listOpenRequests(tx, prepared.contactId);
    const groups = new Set(prepared.needs.map((need) => need.group));
    const same = open.find((one) => one.groups.some((group) => groups.has(group)));
    if (same) return refuse({ code: "already_filed", requestId: same.id });
    const people = open.reduce((sum, one) => sum + one.people, prepared.people);
    if (people > mostPeople) return refuse({ code: "too_many_people", most: mostPeople });
    await insertRequest(tx, { ...prepared, id }, ctx.now);
    const [filed] = await enter(ctx, tx, draw, [{ ...prepared, id }]);
    await leaveTrace(ctx, tx, "allocation.file", prepared);
    const { actor, now } = ctx;
    const more = { persons: prepared.people, ...(actor.kind === "citizen" && { device: actor.sessionId }) };
    await insertEvents(tx, [allocationEvent("allocation.filed", { id, contactId: prepared.contactId }, now, more)]);
    return accept({ requestId: id, drawId: draw.id, promise: filed!.promise });
  });
}

/** Writes a standing request anew before the lock: another leaf, whose promise ends the one before. */
export function changeRequest(ctx: Context, id: RequestId, prepared: Prepared): Promise<Outcome<Filed, FileRefusal>> {
  return filing(ctx, prepared, async (tx, draw) => {
    const locked = await lockRequest(tx, { id, contactId: prepared.contactId });
    if (!locked) return refuse({ code: "unknown_request" });
    // What is being drawn was promised: until its result nothing of the request changes.
    if (locked.isDrawn) return refuse({ code: "no_draw" });
    await rewriteRequest(tx, { ...prepared, id }, ctx.now);
    const former = await removeLeaf(tx, draw.id, id);
    const before = former ? { app: former.app, replaces: former.leaf } : {};
    const [filed] = await enter(ctx, tx, draw, [{ ...prepared, id, ...before }]);
    const { promise } = filed!;
    if (former) await insertEnding(tx, { drawId: draw.id, leaf: former.leaf, requestId: id, promise, at: ctx.now });
    await leaveTrace(ctx, tx, "allocation.change", prepared);
    return accept({ requestId: id, drawId: draw.id, promise });
  });
}

async function filing(
  ctx: Context,
  prepared: Prepared,
  work: (tx: Tx, draw: Draw) => Promise<Outcome<Filed, FileRefusal>>,
): Promise<Outcome<Filed, FileRefusal>> {
  const { options } = prepared;
  const wellFormed =
    options.length > 0 &&
    options.length <= DRAW_POLICY.maxOptions &&
    options.every((option) => optionProblemOf(option, DRAW_POLICY) === undefined);
  if (!wellFormed) return refuse({ code: "bad_options" });
  return transaction(ctx, "citizen_writer", async (tx) => {
    await lockContact(tx, prepared.contactId);
    const draw = await keepOpenDraw(ctx, tx);
    if (!draw || needOfParty(prepared.needs, draw.steps) === undefined) return refuse({ code: "no_draw" });
    if (optionsWithin(options, draw).length === 0) return refuse({ code: "bad_options" });
    return work(tx, draw);
  });
}

export interface Withdrawn {
  /** The signed note that the promise of that leaf is over; null when the draw is locked, and the leaf stands until its result. */
  readonly promise: string | null;
}

/** Takes a request back. Costs nothing; after the lock its leaf stays in, and it is withdrawn from what comes after. */
export async function withdrawRequest(
  ctx: Context,
  request: { readonly id: RequestId; readonly contactId: ContactId; readonly subject: Buffer },
): Promise<Outcome<Withdrawn, { readonly code: "unknown_request" }>> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    await lockContact(tx, request.contactId);
    const draw = await keepOpenDraw(ctx, tx);
    if (!(await moveRequest(tx, request, ["standing"], "withdrawn", ctx.now)))
      return refuse({ code: "unknown_request" });
    await leaveTrace(ctx, tx, "allocation.withdraw", request);
    return accept({ promise: draw ? ((await endLeaf(ctx, tx, draw.id, request.id)) ?? null) : null });
  });
}

/** One line of the audit log, with the pseudonym of the request. */
function leaveTrace(ctx: Context, tx: Tx, action: string, { subject }: { readonly subject: Buffer }): Promise<void> {
  return insertAudit(tx, [{ ...ctx, at: ctx.now, action, subject }]);
}
