import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { SECOND_MS } from "#kernel/time.ts";
import {
  getDrawMonitor,
  getDrawsAhead,
  getWaits,
  isPastCeiling,
  listPublicDraws,
  listRegimes,
  setRegime,
  type DrawMonitor as Monitor,
  type OfficeWait,
  type PublicDraw,
  type RegimeRow as Regime,
} from "#modules/allocation/index.ts";
import { can } from "#modules/people/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import {
  drawMonitor,
  draws,
  regimeSet,
  type DrawHead,
  type DrawMonitor,
  type RegimeRow,
  type WaitRow,
} from "./draw-contract.ts";
import { memberOf, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { drawParams, regimeBody } from "./requests.ts";

/** Two months of weekly draws with their second rounds. */
const MOST_DRAWS = 20;

/** Draws for whoever answers for an office, and for headquarters: hours, supply, demand, result, offers, and the switch. */
export function drawRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const contextOf = (request: FastifyRequest) => staffContext(services, request, "office");
  const maySee = (request: FastifyRequest) => can(contextOf(request).actor, "see_draws", memberOf(request).officeId);

  app.get("/draws", { schema: { response: { 200: draws, ...problems(403) } } }, async (request, reply) => {
    if (!maySee(request)) return refused(reply, { code: "not_allowed" });
    const ctx = contextOf(request);
    const { officeId } = memberOf(request);
    const [all, ahead, regimes, waits] = await Promise.all([
      listPublicDraws(services),
      getDrawsAhead(services),
      listRegimes(ctx, officeId),
      getWaits(services),
    ]);
    return {
      // An hour's handful of places is nothing to watch over; it stands on the public page.
      draws: all
        .filter(({ kind }) => kind !== "short")
        .slice(0, MOST_DRAWS)
        .map(viewHead),
      ahead: ahead.map(({ first }) => viewHours(first)),
      regimes: regimes.map(viewRegime),
      waits: waits.filter((one) => officeId === undefined || one.officeId === officeId).map(viewWait),
      maySet: can(ctx.actor, "set_regime"),
    };
  });

  app.get(
    "/draws/:id",
    { schema: { params: drawParams, response: { 200: drawMonitor, ...problems(403, 404) } } },
    async (request, reply) => {
      if (!maySee(request)) return refused(reply, { code: "not_allowed" });
      const found = await getDrawMonitor(contextOf(request), request.params.id, memberOf(request).officeId);
      return found ? viewMonitor(found) : refused(reply, { code: "unknown_draw" });
    },
  );

  app.post(
    "/regimes",
    { schema: { body: regimeBody, response: { 200: regimeSet, ...problems(403, 404, 409) } } },
    async (request, reply) => {
      const outcome = await setRegime(contextOf(request), request.body);
      return outcome.ok ? { regime: outcome.value.regime } : refused(reply, outcome.refusal);
    },
  );
}

type Timed = Pick<PublicDraw, "opensAt" | "locksAt" | "drawsAt" | "answersBy" | "horizonFrom" | "horizonTo">;

function viewHours({ opensAt, locksAt, drawsAt, answersBy, horizonFrom, horizonTo }: Timed) {
  return {
    opensAt: opensAt.toISOString(),
    locksAt: locksAt.toISOString(),
    drawsAt: drawsAt.toISOString(),
    answersBy: answersBy.toISOString(),
    horizonFrom,
    horizonTo,
  };
}

function viewHead(draw: Omit<PublicDraw, "rowsArePublic">): DrawHead {
  const { id, kind, state, follows } = draw;
  return { id, kind, state, follows, ...viewHours(draw) };
}

function viewRegime({ officeId, serviceGroup, release, measures }: Regime): RegimeRow {
  return {
    officeId,
    serviceGroup,
    regime: release?.regime ?? "immediate",
    drawsFrom: release?.regime === "draw" ? release.drawsFrom : null,
    decidedBy: release?.decidedBy ?? "measure",
    decidedAt: release?.decidedAt.toISOString() ?? null,
    measures: measures.map(({ measuredAt, regime, asked, places, ratio, decision, reason }) => ({
      at: measuredAt.toISOString(),
      regime,
      asked,
      places,
      ratio,
      decision,
      reason,
    })),
  };
}

function viewWait({ officeId, serviceGroup, wait, waiting, proposal }: OfficeWait): WaitRow {
  const { weeks, more } = wait ?? { weeks: null, more: false };
  return {
    officeId,
    serviceGroup,
    weeks,
    more,
    past: wait !== null && isPastCeiling(wait),
    waiting: [...waiting],
    proposal,
  };
}

function viewMonitor({ published, supply, days, offers }: Monitor): DrawMonitor {
  const { draw, other, opening, manifest, witnesses, beacon, result, places, households } = published;
  return {
    draw: viewHead(draw),
    second: draw.follows === null ? (other ?? null) : null,
    round: draw.round,
    witnesses: { asked: opening.witnesses.length, needed: opening.quorum, signed: [...witnesses] },
    manifest: manifest
      ? {
          at: new Date(manifest.at * SECOND_MS).toISOString(),
          entries: manifest.count,
          people: manifest.persons,
          root: manifest.root,
        }
      : null,
    beacon: beacon ? { randomness: beacon.randomness } : null,
    result: result ? { served: result.served, waiting: result.waiting } : null,
    supply: [...supply],
    days: [...days],
    places: places.map(({ office, ...sums }) => ({ officeId: office, ...sums })),
    households: households.map(({ office, ...sums }) => ({ officeId: office, ...sums })),
    offers: offers.map(({ office, ...answers }) => ({ officeId: office, ...answers })),
  };
}
