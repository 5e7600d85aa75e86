import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { openCaller } from "#modules/booking/index.ts";
import { askCodeOfCaller } from "#modules/people/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { tooMany } from "../rate-limit.ts";
import { callerBody, callerCode, callerCodeBody, callerFile } from "./caller-contract.ts";
import { requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";

/** Whoever is on the line of an agent: by her folio, her code or her number, and always her birth date. */
export function callerRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "desk");
  const onRequest = requireAction(services, "answer_talks");

  app.post(
    "/callers/code",
    { onRequest, schema: { body: callerCodeBody, response: { 200: callerCode, ...problems(403, 422, 429) } } },
    async (request, reply) => {
      const ctx = context(request);
      const asked = await askCodeOfCaller(ctx, request.body);
      if (asked.ok) return { token: asked.value.token, expiresAt: asked.value.expiresAt.toISOString() };
      const { refusal } = asked;
      if (refusal.code === "too_many_codes")
        return tooMany(reply, refusal.code, "Several codes went there already. Wait.", refusal.retryAt, ctx.now);
      return refused(reply, refusal);
    },
  );

  app.post(
    "/callers/open",
    { onRequest, schema: { body: callerBody, response: { 200: callerFile, ...problems(403, 404, 422, 429) } } },
    async (request, reply) => {
      const { by, bornOn, nth, reason } = request.body;
      const outcome = await openCaller(context(request), { by, bornOn, nth, reason });
      if (!outcome.ok) return refused(reply, outcome.refusal);
      const { bookings, requests, ...file } = outcome.value;
      return {
        ...file,
        requests: requests.map((one) => ({ ...one, offices: [...one.offices], services: [...one.services] })),
        bookings: bookings.map((one) => ({
          ...one,
          services: [...one.services],
          startsAt: one.startsAt.toISOString(),
        })),
      };
    },
  );
}
