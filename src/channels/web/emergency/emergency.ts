import type { FastifyInstance } from "fastify";
import type { Web } from "../shell.tsx";
import { appointmentUrls, noticeUrls } from "../urls.ts";
import { anybody, goTo, serve, type Admit, type Visit } from "../visit/visit.tsx";
import { askPage } from "./ask.page.tsx";
import { figuresPage } from "./figures.page.tsx";
import { noticeCardPage, noticeCodePage, noticeContactPage, noticePage } from "./notice.pages.tsx";
import { eraseNoticePage, noticeDataFile } from "./own-data.pages.tsx";
import { admitOwn, type OpenedNotice, onePage, reviewPage, whoPage, withdrawPage } from "./one.pages.tsx";

/** Asking for urgent attention, and seeing what was answered. */
export function serveEmergencies(app: FastifyInstance, web: Web): void {
  for (const route of [askPage, figuresPage, noticePage, noticeContactPage])
    serve(app, web, "emergency", route, anybody);
  for (const route of [noticeCodePage, noticeCardPage]) serve(app, web, "emergency", route, withVisit);
  serve(app, web, "emergency", eraseNoticePage, ownOrErased);
  for (const route of [onePage, withdrawPage, reviewPage, whoPage, noticeDataFile])
    serve(app, web, "emergency", route, admitOwn);
}

/** The form sent twice: what this visit erased is gone, and that is told as it was the first time. */
const ownOrErased: Admit<OpenedNotice> = (arrival) => {
  const { id } = arrival.request.params as { id: string };
  return arrival.request.method === "POST" && arrival.draft.erased === id
    ? { answered: goTo(arrival, appointmentUrls.erased(arrival.language)) }
    : admitOwn(arrival);
};

/** A code or a card belongs to a visit that has begun. */
const withVisit: Admit<Visit> = (arrival) => {
  const { session } = arrival;
  return session ? { ...arrival, session } : { answered: goTo(arrival, noticeUrls.contact(arrival.language)) };
};
