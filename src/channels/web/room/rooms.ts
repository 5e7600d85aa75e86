import type { FastifyInstance } from "fastify";
import type { Web } from "../shell.tsx";
import { serve } from "../visit/visit.tsx";
import { cardPage, codePage, contactPage } from "./identify.pages.tsx";
import { atRoom, atRoomWithVisit, inLine } from "./line.tsx";
import { servePublished } from "./published.ts";
import { roomPage } from "./room.page.tsx";
import { timePage } from "./time.page.tsx";

/** The line before an opening: entering it, waiting in it, and choosing when it is one's turn. */
export function serveRooms(app: FastifyInstance, web: Web): void {
  serve(app, web, "room", roomPage, atRoom);
  for (const page of [contactPage, codePage, cardPage]) serve(app, web, "room", page, atRoomWithVisit);
  serve(app, web, "room", timePage, inLine);
  servePublished(app, web.services);
}
