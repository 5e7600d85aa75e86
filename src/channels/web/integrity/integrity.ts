import type { FastifyInstance } from "fastify";
import type { Web } from "../shell.tsx";
import { anybody, serve } from "../visit/visit.tsx";
import { exceptionsPage } from "./exceptions.page.tsx";
import { integrityFiguresPage } from "./figures.page.tsx";

/** What everybody may read of how appointments are kept from being sold. */
export function serveIntegrity(app: FastifyInstance, web: Web): void {
  serve(app, web, "integrity", integrityFiguresPage, anybody);
  serve(app, web, "integrity", exceptionsPage, anybody);
}
