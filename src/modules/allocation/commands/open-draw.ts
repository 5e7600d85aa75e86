import { QUICKNET, roundAt, timeOfRound } from "#kernel/quicknet.ts";
import { transaction, type Context } from "#platform/context.ts";
import { isDatabaseError } from "#platform/db/index.ts";
import { newId } from "#platform/random.ts";
import type { Cycle } from "../rules/cycle.ts";
import { documentLine } from "../rules/lines.ts";
import { openingText } from "../rules/documents.ts";
import { DRAW_POLICY } from "../rules/policy.ts";
import { insertDocuments, insertDraw, listDrawSteps } from "../store/draws.ts";
import type { BeaconSource, Digest, Draw, DrawId, DrawKind, Opening } from "../types.ts";
import { operatorOf, signedNote } from "./notes.ts";

const SECOND_MS = 1000;
const UNIQUE_VIOLATION = "23505";
/** Cosignatures without which a verifier says unproven (hardening.md 4): two at least, and more than half of the list. */
const LEAST_WITNESSES = 2;

/**
 * Opens a draw and announces its second round: everything that could be chosen later is fixed here, the rounds of the
 * beacon above all. Undefined when one is open already, or no office draws anything.
 */
export async function openDraws(ctx: Context, cycle: Cycle, kind: "weekly" | "demo"): Promise<DrawId | undefined> {
  const [first, second] = [newId<DrawId>(), newId<DrawId>()];
  try {
    return await transaction(ctx, "worker", async (tx) => {
      const steps = Object.fromEntries((await listDrawSteps(tx)).map((one) => [one.serviceGroup, one.stepMinutes]));
      if (Object.keys(steps).length === 0) return undefined;
      const rounds: [DrawId, DrawId | null, DrawKind, Cycle["first"]][] = [
        [first, null, kind, cycle.first],
        [second, first, "second", cycle.second],
      ];
      for (const [id, follows, ofKind, hours] of rounds) {
        const beacon = sourceOf(ctx, hours.drawsAt);
        const round = beacon.source === "drand" ? beacon.round : null;
        const drawsAt = round === null ? hours.drawsAt : new Date(timeOfRound(round) * SECOND_MS);
        const draw = { id, follows, kind: ofKind, steps, round, ...hours, drawsAt };
        await insertDraw(tx, draw);
        await insertDocuments(tx, id, [{ seq: 1, kind: "opening", line: await openingLine(ctx, draw, beacon) }]);
      }
      return first;
    });
  } catch (error) {
    if (isDatabaseError(error) && error.code === UNIQUE_VIOLATION) return undefined;
    throw error;
  }
}

function sourceOf(ctx: Context, drawsAt: Date): BeaconSource {
  if (ctx.beacon.source === "operator") return { source: "operator" };
  return { source: "drand", chain: QUICKNET.chain as Digest, round: roundAt(seconds(drawsAt)) };
}

async function openingLine(
  ctx: Context,
  draw: Omit<Draw, "state" | "root" | "seed">,
  beacon: BeaconSource,
): Promise<string> {
  const operator = await operatorOf(ctx);
  const witnesses = ctx.witnesses.map(({ name, key }) => ({ name, key }));
  const opening: Opening = {
    v: 1,
    draw: draw.id,
    follows: draw.follows,
    opensAt: seconds(draw.opensAt),
    locksAt: seconds(draw.locksAt),
    drawsAt: seconds(draw.drawsAt),
    beacon,
    policy: DRAW_POLICY,
    operator,
    witnesses,
    quorum: Math.max(LEAST_WITNESSES, Math.floor(witnesses.length / 2) + 1),
  };
  return documentLine("opening", {
    body: opening,
    note: await signedNote(ctx, operator, openingText(operator.name, opening)),
  });
}

/** Whole seconds since 1970, as the papers have them. */
export function seconds(at: Date): number {
  return Math.floor(at.getTime() / SECOND_MS);
}
