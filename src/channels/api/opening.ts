import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { BIRTH_DATE_TRIES_PER_DAY, localDate, openOwn } from "#modules/booking/index.ts";
import { problem } from "#platform/http/index.ts";
import type { Services } from "#platform/context.ts";
import { callerOf } from "./caller.ts";
import { problems } from "./problems.ts";

/** Of the examples: that of the person in the others. */
const BIRTHDAY = "1990-05-17";
/** Seconds of a day: what is counted by the day is free again then at the latest. */
const DAY_SECONDS = 86_400;

/** What an earlier session filed: the contact is not the person, so it opens to who also knows a folio or a birth date. */
export function openingRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/bookings/open",
    {
      schema: {
        tags: ["bookings"],
        security: [{ session: [] }],
        summary: "Open what another session filed with this contact: its folio, its request number or a birth date",
        description: `A folio may be typed as often as one likes, ${BIRTH_DATE_TRIES_PER_DAY} birth dates a day for each contact. Where somebody said that her situation is delicate, the folio alone opens.`,
        body: z
          .strictObject({
            folio: z.string().max(40).optional(),
            bornOn: localDate.optional().meta({ example: BIRTHDAY }),
          })
          .refine((body) => (body.folio === undefined) !== (body.bornOn === undefined), "folio or bornOn, one of them")
          .meta({ example: { bornOn: BIRTHDAY } }),
        response: {
          200: z.object({ bookings: z.array(z.string()), requests: z.array(z.string()) }).describe("Their ids"),
          ...problems(422, 429),
        },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const { folio, bornOn } = request.body;
      const proof = folio === undefined ? { bornOn: bornOn! } : { folio };
      const outcome = await openOwn(caller.ctx, caller.contactId, proof);
      if (outcome.ok) return { bookings: [...outcome.value.bookings], requests: [...outcome.value.requests] };
      return outcome.refusal.code === "too_many_tries"
        ? problem(
            reply.header("retry-after", DAY_SECONDS),
            429,
            outcome.refusal.code,
            "As many birth dates as a contact tries in a day. The folio opens at once.",
          )
        : problem(reply, 422, outcome.refusal.code, "This contact has nothing with that folio or birth date.");
    },
  );
}
