import { QUICKNET, roundAt, timeOfRound } from "#kernel/quicknet.ts";
import { addDays, localDateAt, SECOND_MS } from "#kernel/time.ts";
import { listDrawSteps } from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { DRAW_ZONE } from "../rules/cycle.ts";
import { documentLine } from "../rules/lines.ts";
import { openingText } from "../rules/documents.ts";
import { policyOf } from "../rules/policy.ts";
import { insertDocuments, insertDraw, isOpenAlready } from "../store/draws.ts";
import { sumShows } from "../store/shows.ts";
import type { BeaconSource, Digest, Draw, DrawId, DrawKind, Hours, Opening, Policy } from "../types.ts";
import { operatorOf, signedNote } from "./notes.ts";

/** Days back from the opening over which it is counted who came (four weeks: an attack is seen, and forgotten when it is over). */
const SHOW_DAYS = 28;

/** Cosignatures without which a verifier says unproven (hardening.md 4): two at least, and more than half of the list. */
const LEAST_WITNESSES = 2;

/** A draw to open. A second round follows the one before it in the list. */
export interface Round {
  readonly kind: DrawKind;
  readonly hours: Hours;
}

/**
 * Opens a draw and announces its second round: everything that could be chosen later is fixed here, the rounds of the
 * beacon above all. Undefined when one of that kind is open already, or no office draws anything.
 */
export async function openDraws(ctx: Context, rounds: readonly [Round, Round?]): Promise<DrawId | undefined> {
  try {
    return await transaction(ctx, "worker", async (tx) => {
      const steps = stepsByGroup(await listDrawSteps(tx, ctx.now));
      if (Object.keys(steps).length === 0) return undefined;
      const policy = policyOf(ctx, await sumShows(tx, addDays(localDateAt(ctx.now, DRAW_ZONE), -SHOW_DAYS)));
      let first: DrawId | undefined;
      for (const { kind, hours } of rounds.filter((one) => one !== undefined)) {
        const beacon = sourceOf(ctx, hours.drawsAt);
        const round = beacon.source === "drand" ? beacon.round : null;
        const drawsAt = round === null ? hours.drawsAt : new Date(timeOfRound(round) * SECOND_MS);
        const draw = { id: newId<DrawId>(), follows: first ?? null, kind, steps, round, ...hours, drawsAt };
        await insertDraw(tx, draw);
        await insertDocuments(tx, draw.id, [
          { seq: 1, kind: "opening", line: await openingLine(ctx, draw, beacon, policy) },
        ]);
        first ??= draw.id;
      }
      return first;
    });
  } catch (error) {
    if (isOpenAlready(error)) return undefined;
    throw error;
  }
}

export function stepsByGroup(steps: Awaited<ReturnType<typeof listDrawSteps>>): Draw["steps"] {
  return Object.fromEntries(steps.map((one) => [one.serviceGroup, one.stepMinutes]));
}

function sourceOf(ctx: Context, drawsAt: Date): BeaconSource {
  if (ctx.beacon.source === "operator") return { source: "operator" };
  return { source: "drand", chain: QUICKNET.chain as Digest, round: roundAt(seconds(drawsAt)) };
}

async function openingLine(
  ctx: Context,
  draw: Omit<Draw, "state" | "root" | "seed">,
  beacon: BeaconSource,
  policy: Policy,
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
    policy,
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
