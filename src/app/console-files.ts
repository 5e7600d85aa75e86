import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** The console's files under /consola. Any address below it is the one page, which finds its own way. */
export async function serveConsole(app: FastifyInstance, dist: string): Promise<void> {
  const root = join(dist, "console");
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, {
    root,
    prefix: "/consola/",
    wildcard: false,
    decorateReply: true,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      void reply.setHeader(
        "cache-control",
        path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
  const page = (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header("cache-control", "no-cache").sendFile("index.html", root);
  app.get("/consola", page);
  app.get("/consola/*", page);
}
