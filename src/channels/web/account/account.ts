import type { FastifyInstance } from "fastify";
import type { Web } from "../shell.tsx";
import { accountUrls } from "../urls.ts";
import { anybody, goTo, serve, type Admit, type Visit } from "../visit/visit.tsx";
import { accountPage } from "./account.page.tsx";
import { changes } from "./changes.pages.tsx";
import { cardPage, codePage, contactPage, signInPage } from "./enter.pages.tsx";
import { inAccount } from "./entering.ts";
import { makePage, newPinPage } from "./make.pages.tsx";
import { newPasskeyPage } from "./passkey.page.tsx";
import { undoPage } from "./undo.page.tsx";

const PURPOSE = "own account";

/** An account, for whoever wants one: nothing else of the service asks for it. */
export function serveAccount(app: FastifyInstance, web: Web): void {
  for (const route of [accountPage, contactPage, cardPage, signInPage, undoPage])
    serve(app, web, PURPOSE, route, anybody);
  for (const route of [codePage, makePage]) serve(app, web, PURPOSE, route, withVisit);
  for (const route of [newPinPage, newPasskeyPage, ...changes]) serve(app, web, PURPOSE, route, inAccount);
}

/** A code belongs to a visit that has begun. */
const withVisit: Admit<Visit> = (arrival) =>
  arrival.session
    ? { ...arrival, session: arrival.session }
    : { answered: goTo(arrival, accountUrls.page(arrival.language)) };
