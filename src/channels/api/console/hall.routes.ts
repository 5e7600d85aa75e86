import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import {
  callNext,
  getHallPlan,
  markPriority,
  park,
  passOn,
  readBoard,
  secondPriority,
  undoPriority,
  setHallPlan,
  unpark,
  type VisitOutcome,
} from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { hall, visitAnswer } from "./contract.ts";
import { hallPlanView } from "./door-contract.ts";
import { officeOf, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { callNextBody, hallPlan, passBody, priorityBody, serveBody, visitParams } from "./requests.ts";
import { viewVisit } from "./views.ts";

/** Turns from station to station, at the caller's office. */
export function hallRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");
  const answer = { response: { 200: visitAnswer, ...problems(404, 409, 422) } };
  const visitOr = (reply: FastifyReply, outcome: VisitOutcome) =>
    outcome.ok ? { visit: viewVisit(outcome.value, services.clock.now()) } : refused(reply, outcome.refusal);

  app.get("/hall", { schema: { response: { 200: hall } } }, async (request) => {
    const { calls, stations, inside } = await readBoard(context(request), officeOf(request));
    return {
      calls: calls.map((one) => ({ ...one, calledAt: one.calledAt.toISOString() })),
      stations: [...stations],
      inside,
    };
  });
  app.put(
    "/hall/plan",
    { schema: { body: hallPlan, response: { 200: hallPlanView, ...problems(403, 409, 422) } } },
    async (request, reply) => {
      const saved = await setHallPlan(context(request), officeOf(request), request.body);
      return saved.ok ? request.body : refused(reply, saved.refusal);
    },
  );
  app.get("/hall/plan", { schema: { response: { 200: hallPlanView } } }, async (request) => {
    const { stations, routes, walkIns } = await getHallPlan(context(request), officeOf(request));
    return {
      stations: [...stations].map(([station, counters]) => ({ station, counters })),
      routes: [...routes].map(([service, through]) => ({ service, stations: [...through] })),
      walkIns,
    };
  });
  app.post("/calls", { schema: { body: callNextBody, ...answer } }, async (request, reply) =>
    visitOr(reply, await callNext(context(request), request.body)),
  );
  app.post("/visits/:id/pass", { schema: { params: visitParams, body: passBody, ...answer } }, async (request, reply) =>
    visitOr(reply, await passOn(context(request), { visitId: request.params.id, ...request.body })),
  );
  app.post(
    "/visits/:id/park",
    { schema: { params: visitParams, body: serveBody, ...answer } },
    async (request, reply) =>
      visitOr(reply, await park(context(request), { visitId: request.params.id, ...request.body })),
  );
  app.post(
    "/visits/:id/unpark",
    { schema: { params: visitParams, body: serveBody, ...answer } },
    async (request, reply) =>
      visitOr(reply, await unpark(context(request), { visitId: request.params.id, ...request.body })),
  );
  app.post(
    "/visits/:id/priority",
    { schema: { params: visitParams, body: priorityBody, ...answer } },
    async (request, reply) =>
      visitOr(reply, await markPriority(context(request), { visitId: request.params.id, ...request.body })),
  );
  app.post(
    "/visits/:id/priority/second",
    { schema: { params: visitParams, body: serveBody, ...answer } },
    async (request, reply) =>
      visitOr(reply, await secondPriority(context(request), { visitId: request.params.id, ...request.body })),
  );
  app.post(
    "/visits/:id/priority/undo",
    { schema: { params: visitParams, body: serveBody, ...answer } },
    async (request, reply) =>
      visitOr(reply, await undoPriority(context(request), { visitId: request.params.id, ...request.body })),
  );
}
