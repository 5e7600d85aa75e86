import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { DAY_MS } from "#kernel/time.ts";
import { listHeads } from "#platform/audit-heads.ts";
import type { Services } from "#platform/context.ts";

/** Whoever watches fetches at least once a month. Our own number. */
const SHOWN_DAYS = 31;
/** A head is signed each hour. */
const FOR_MINUTES = "public, max-age=600";

const headsShape = z.object({
  key: z.string().describe("Ed25519, 32 bytes in hex"),
  heads: z.array(
    z.object({
      at: z.string().describe("UTC"),
      hash: z.string().describe("SHA-256 of the whole log until then, in hex"),
      signature: z.string().describe("of `ventanilla audit head 1`, the time and the hash, a line each"),
    }),
  ),
});

/** Where the audit log ends, hour by hour: a hash and nothing of what is in it. */
export function openAuditRoutes(root: FastifyInstance, services: Services): void {
  root.withTypeProvider<ZodTypeProvider>().get(
    "/audit-heads",
    {
      schema: {
        tags: ["open"],
        summary: "Signed heads of the audit log",
        description: `Of the last ${SHOWN_DAYS} days. Keep a copy: a log that is rewritten later no longer leads to these.`,
        response: { 200: headsShape },
      },
    },
    async (_request, reply) => {
      const since = new Date(services.clock.now().getTime() - SHOWN_DAYS * DAY_MS);
      const heads = await services.database.reading("report", (tx) => listHeads(tx, since));
      void reply.header("cache-control", FOR_MINUTES);
      return {
        key: await services.keyring.publicKey("audit"),
        heads: heads.map(({ at, hash, signature }) => ({ at: at.toISOString(), hash, signature })),
      };
    },
  );
}
