import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { uuid } from "#modules/booking/index.ts";
import { DEVICE_KINDS, listDevices, offerDevice, revokeDevice } from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";

/** An answer without a body. */
const over = z.undefined();
const kind = z.enum(DEVICE_KINDS);
const devices = z.strictObject({
  devices: z.array(z.strictObject({ id: z.string(), kind, enrolledAt: z.string() })),
});
const offered = z.strictObject({ code: z.string(), until: z.string() });

/** Screens and kiosks of the caller's own office: enrolled with a code, and revoked. */
export function deviceRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "office");

  app.get("/devices", { schema: { response: { 200: devices, ...problems(403) } } }, async (request, reply) => {
    const outcome = await listDevices(context(request));
    if (!outcome.ok) return refused(reply, outcome.refusal);
    return {
      devices: outcome.value.map(({ id, kind, enrolledAt }) => ({ id, kind, enrolledAt: enrolledAt.toISOString() })),
    };
  });
  app.post(
    "/devices",
    { schema: { body: z.strictObject({ kind }), response: { 200: offered, ...problems(403) } } },
    async (request, reply) => {
      const outcome = await offerDevice(context(request), request.body);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return { code: outcome.value.code, until: outcome.value.until.toISOString() };
    },
  );
  app.post(
    "/devices/:id/revoke",
    { schema: { params: z.strictObject({ id: uuid }), response: { 204: over, ...problems(403, 404) } } },
    async (request, reply) => {
      const outcome = await revokeDevice(context(request), { deviceId: request.params.id });
      return outcome.ok ? reply.code(204).send() : refused(reply, outcome.refusal);
    },
  );
}
