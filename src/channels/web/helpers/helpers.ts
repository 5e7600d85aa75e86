import type { FastifyInstance } from "fastify";
import type { HelperSession } from "#modules/helpers/index.ts";
import type { Web } from "../shell.tsx";
import { anybody, serve, type Admit, type Arrival } from "../visit/visit.tsx";
import { askPage, askedPage } from "./ask.page.tsx";
import { doorPage, signInPage } from "./door.page.tsx";
import { deskPage } from "./desk.page.tsx";
import { enrolPage, registerPage, registeredPage } from "./enrol.page.tsx";
import { endHelpPage, helpPage, leavePage, othersPage } from "./help.page.tsx";
import { readHelper } from "./signed-in.ts";

const PURPOSE = "helpers";

/** One request of a helper that is signed in. */
export interface AtDesk extends Arrival {
  readonly helper: HelperSession;
}

/** Registered helpers: how one asks, signs in, helps one person, and sees what it may be proud of. */
export function serveHelpers(app: FastifyInstance, web: Web): void {
  for (const route of [askPage, askedPage, enrolPage, registerPage, registeredPage, signInPage, endHelpPage])
    serve(app, web, PURPOSE, route, anybody);
  for (const route of [deskPage, helpPage, leavePage, othersPage]) serve(app, web, PURPOSE, route, atDesk);
}

/** Only for who is signed in; everybody else is shown the door, whatever her cookie says. */
const atDesk: Admit<AtDesk> = async (arrival) => {
  const helper = await readHelper(arrival.web.services, arrival.request);
  return helper ? { ...arrival, helper } : { answered: doorPage(arrival, undefined) };
};
