import type { LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import type { OfficeId } from "#kernel/ids.ts";
import { aDrawWorld, DRAWN_DAY } from "#tests/support/draw-world.ts";
import { setRelease } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { answerUpToDay, verifyByEmail, type Member, type Visitor } from "../visit/visitor.fixtures.ts";

const LOS_ANGELES = "los-angeles" as OfficeId;

/** Fresno and Los Ángeles draw their documents, and a draw is open. */
export async function twoOfficesThatDraw(services: TestServices, places: { hours?: number; counters?: number } = {}) {
  const session = { localDate: DRAWN_DAY, opens: "09:00", steps: 4, counters: 2 };
  await aSession(services, { ...session, officeId: LOS_ANGELES });
  await setRelease(systemContext(services, "test"), {
    officeId: LOS_ANGELES,
    serviceGroup: "documentacion",
    regime: "draw",
    drawsFrom: DRAWN_DAY,
    demand: null,
    decidedAt: services.clock.now(),
    decidedBy: "staff",
  });
  return aDrawWorld(services, places);
}

/** From the notice of Fresno to the review, by the answers that stand there already, but for what is given. */
export async function askUpToReview(
  visitor: Visitor,
  services: TestServices,
  members: readonly Member[],
  address: string,
  answers: { readonly offices?: readonly string[]; readonly until?: Readonly<Record<string, string>> } = {},
): Promise<LightMyRequestResponse> {
  await answerUpToDay(visitor, members);
  expect(visitor.at).toBe("/cita/dia");
  await visitor.post("/cita/dia");
  expect(visitor.at).toBe("/cita/pedir/consulados");
  await visitor.post(visitor.at, { consulado: answers.offices ?? ["fresno"] });
  expect(visitor.at).toBe("/cita/pedir/dias");
  await visitor.post(visitor.at, { dia: ["1", "2", "3", "4", "5"], parte: ["morning", "midday", "afternoon"] });
  expect(visitor.at).toBe("/cita/pedir/fechas");
  await visitor.post(visitor.at, { desde: "ya", hasta: "siempre", importa: "dia", ...answers.until });
  expect(visitor.at).toBe("/cita/pedir/situacion");
  await visitor.post(visitor.at);
  expect(visitor.at).toBe("/cita/contacto");
  const page = await verifyByEmail(visitor, services, address);
  expect(visitor.at).toBe("/cita/pedir/revisar");
  return page;
}

/** Sends the request; `auto` is the ticked box that confirms a place by itself. */
export async function send(visitor: Visitor, auto: boolean): Promise<string> {
  await visitor.post("/cita/pedir/revisar", auto ? { confirmar: "1" } : {});
  const id = /\/mi-solicitud\/([0-9a-f-]{36})\?listo=enviada/.exec(visitor.at)?.[1];
  expect(id, visitor.at).toBeDefined();
  return id!;
}
