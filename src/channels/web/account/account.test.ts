import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signId } from "#platform/keyring/signed-id.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { softwareAuthenticator } from "#modules/people/people.fixtures.ts";
import {
  aMorningInFresno,
  answerUpToDay,
  aVisitor,
  bookFirstHour,
  bookingIdOf,
  folioOf,
  newestDigits,
  PERSONS,
  type Visitor,
} from "../visit/visitor.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

async function confirm(visitor: Visitor, address: string): Promise<LightMyRequestResponse> {
  await visitor.post("/mi-cuenta/contacto", { forma: "email", correo: address });
  expect(visitor.at).toBe("/mi-cuenta/codigo");
  return visitor.post("/mi-cuenta/codigo", { codigo: await newestDigits(web.services) });
}

/** Somebody who has made an account, with what she wrote on paper. */
async function aHolder(address: string) {
  const visitor = aVisitor(web);
  await confirm(visitor, address);
  const page = await visitor.post("/mi-cuenta/hacer");
  const pin = /PIN<\/span> <strong[^>]*>(\d{3})-(?:<wbr\/?>)?(\d{3})/.exec(page.body);
  return { visitor, folio: folioOf(page), pin: `${pin?.[1]}${pin?.[2]}` };
}
const enter = async ({ folio, pin }: { folio: string; pin: string }) => {
  const visitor = aVisitor(web);
  return { visitor, page: await visitor.post("/mi-cuenta/tarjeta", { folio, pin }) };
};

/** The options and the signed challenge of the form that the script shows. */
function offeredBy(page: LightMyRequestResponse) {
  const [, json = ""] = /data-options="([^"]+)"/.exec(page.body) ?? [];
  const options = JSON.parse(json.replaceAll("&quot;", '"')) as { challenge: string };
  return { ...options, reto: /name="reto" value="([^"]+)"/.exec(page.body)?.[1] ?? "" };
}

/** A page without what differs each time. */
const masked = ({ statusCode, body }: LightMyRequestResponse): string =>
  `${statusCode} ${body
    .replace(/data-options="[^"]*"/g, "")
    .replace(/name="reto" value="[^"]*"/g, "")
    .replaceAll(/\/d\/[\w-]+/g, "")}`;

test("what was booked in an account opens elsewhere by PIN or passkey alone, and by the telephone alone not at all", async () => {
  const holder = await aHolder("rosa@ejemplo.example.org");
  await answerUpToDay(holder.visitor, [{ person: PERSONS.rosa, services: ["matricula-consular"] }]);
  const booked = await bookFirstHour(holder.visitor, web.services, "unused@ejemplo.example.org");
  const id = bookingIdOf(holder.visitor);
  expect(folioOf(booked)).not.toBe("");

  const elsewhere = await enter(holder);
  expect(elsewhere.visitor.at).toBe("/mi-cuenta");
  expect((await elsewhere.visitor.get("/mi-cita")).body).toContain(`/mi-cita/${id}`);
  expect((await elsewhere.visitor.get(`/mi-cita/${id}`)).statusCode).toBe(200);

  const asked = await elsewhere.visitor.get("/mi-cuenta/llave/nueva");
  const device = softwareAuthenticator(web.services.publicOrigin);
  const { challenge, reto } = offeredBy(asked);
  const kept = await elsewhere.visitor.post("/mi-cuenta/llave/nueva", {
    reto,
    respuesta: JSON.stringify(device.register(challenge)),
  });
  expect(kept.body).toContain("Ya puede entrar como abre este teléfono.");

  const third = aVisitor(web);
  const offered = offeredBy(await third.get("/mi-cuenta"));
  const answer = { reto: offered.reto, respuesta: JSON.stringify(device.signIn(offered.challenge)) };
  expect((await third.post("/mi-cuenta/llave", answer)).body).toContain("r•••@ejemplo.example.org");
  expect((await third.get(`/mi-cita/${id}`)).statusCode).toBe(200);

  web.services.clock.advance(16 * MINUTE_MS);
  const onlyTelephone = aVisitor(web);
  const door = await confirm(onlyTelephone, "rosa@ejemplo.example.org");
  expect((await onlyTelephone.get(`/mi-cita/${id}`)).statusCode).toBe(404);
  // And its page is that of a contact that nobody ever made an account with.
  const nobody = aVisitor(web);
  expect(masked(door)).toBe(masked(await confirm(nobody, "rita@ejemplo.example.org")));
});

test("a passkey that is not known, a known one with a false answer and no answer at all are one page", async () => {
  const holder = await aHolder("juana@ejemplo.example.org");
  const { challenge, reto } = offeredBy(await holder.visitor.get("/mi-cuenta/llave/nueva"));
  const device = softwareAuthenticator(web.services.publicOrigin);
  await holder.visitor.post("/mi-cuenta/llave/nueva", { reto, respuesta: JSON.stringify(device.register(challenge)) });
  const tryWith = async (respond: (challenge: string) => string) => {
    const visitor = aVisitor(web);
    const offered = offeredBy(await visitor.get("/mi-cuenta"));
    return masked(
      await visitor.post("/mi-cuenta/llave", { reto: offered.reto, respuesta: respond(offered.challenge) }),
    );
  };
  const nobody = await tryWith(() => "");
  expect(nobody).toContain("401");
  const stranger = softwareAuthenticator(web.services.publicOrigin);
  expect(await tryWith((asked) => JSON.stringify(stranger.signIn(asked)))).toBe(nobody);
  expect(await tryWith(() => JSON.stringify(device.signIn("another challenge")))).toBe(nobody);
});

test("the PIN is shown once, and what decides asks for it again when it is older than ten minutes", async () => {
  const holder = await aHolder("ana@ejemplo.example.org");
  expect((await holder.visitor.post("/mi-cuenta/hacer")).body).not.toContain(holder.pin.slice(0, 3) + "-");
  web.services.clock.advance(11 * MINUTE_MS);
  const own = await holder.visitor.get("/mi-cuenta");
  const [, contact = ""] = /name="contacto"[^>]*value="([0-9a-f-]{36})"/.exec(own.body) ?? [];
  expect(await holder.visitor.post("/mi-cuenta/avisos", { contacto: "ninguno" })).toMatchObject({ statusCode: 401 });
  const { visitor } = await enter(holder);
  expect((await visitor.post("/mi-cuenta/avisos", { contacto: "ninguno" })).body).toContain(
    "Así le escribimos desde ahora.",
  );
  expect((await visitor.post("/mi-cuenta/avisos", { contacto: "otro" })).statusCode).toBe(422);
  expect((await visitor.post("/mi-cuenta/avisos", { contacto: contact })).body).toContain(
    "Así le escribimos desde ahora.",
  );
  // Everywhere else it is closed by one press, at the next request.
  expect((await visitor.post("/mi-cuenta/cerrar-otras")).body).toContain("Solo queda abierta esta visita.");
  expect((await holder.visitor.get("/mi-cuenta")).body).toContain("La cuenta no es obligatoria.");
});

test("opening the link of the notice changes nothing and looks the same for an invented one", async () => {
  const holder = await aHolder("elena@ejemplo.example.org");
  web.services.clock.advance(MINUTE_MS);
  const thief = aVisitor(web);
  await confirm(thief, "otra@ejemplo.example.org");
  await thief.post("/mi-cuenta/tarjeta?unir=si", { folio: holder.folio, pin: holder.pin });
  const [joined] = await web.services.adminQuery<{ id: string }>(
    "select id from people.account_contacts order by joined_at desc limit 1",
  );
  const token = await signId(web.services.keyring, "undo", joined!.id);
  const anybody = aVisitor(web);
  const asked = await anybody.get(`/d/${token}`);
  expect(masked(asked)).toBe(masked(await anybody.get("/d/invented")));
  expect((await thief.get("/mi-cuenta")).body).toContain("o•••@ejemplo.example.org");
  expect((await anybody.post(`/d/${token}`)).body).toContain("Ya lo quitamos");
  expect((await thief.get("/mi-cuenta")).body).toContain("La cuenta no es obligatoria.");
  expect(masked(await anybody.post(`/d/${token}`))).toBe(masked(await anybody.post("/d/invented")));
});
