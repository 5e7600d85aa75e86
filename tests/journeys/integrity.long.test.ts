import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { book } from "#modules/booking/index.ts";
import { judgeAdvert, reportAdvert } from "#modules/adverts/index.ts";
import { recordResale } from "#modules/integrity/index.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { aReport } from "../../src/modules/adverts/adverts.fixtures.ts";
import { aMiddleman, anAnalyst, askAll, settleDown } from "../../src/modules/integrity/integrity.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf, misfitsOf, NARROW } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button } from "./steps.ts";

const stage = openStage();
/** Where somebody who looks at the pages finds their pictures; without it none is taken. */
const SHOTS = process.env["VENTANILLA_SHOTS"];
async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

test("a doubt is read as sentences and opened with names; that two adults filed for one child is a task of which nobody hears", async () => {
  const { services } = stage.app;
  const { wanted } = await aSession(services, { steps: 4, counters: 8, localDate: "2026-12-07" as LocalDate });
  const contacts = await someContacts(services, 2);
  const child = { bornOn: "2019-02-03" as LocalDate, parents: [{ part: "comes" }] };
  for (const contactId of contacts) {
    const applicants = [anApplicant(77, { ...child, services: ["pasaporte-menor-3-a-17"] } as never)];
    const outcome = await book(citizen(services, contactId), { contactId, wanted, applicants });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
  }
  // What the program itself has still to do with these bookings would ask for them anew in the middle of it.
  await stage.app.application.dispatcher.drain();
  await askAll(services);
  const page = await aVisitor(stage, { viewport: { width: 1280, height: 900 } });
  await signInByButton(page, stage.app, "Integridad Karina");
  await page.goto(`${stage.app.origin}/consola/dudas`);
  const doubt = page.getByRole("listitem").filter({ hasText: "Dos contactos, una persona" }).first();
  await doubt.getByText("La pidieron dos contactos.").waitFor();
  expect(await page.content()).not.toContain("Inventada");
  await button(doubt, "Abrir con nombres").click();
  await doubt.getByText("Dos personas adultas, una niña o un niño").waitFor();
  await doubt.getByText("Contacto 2").waitFor();
  expect([...(await faultsOf(page)), ...(await misfitsOf(page, "main"))]).toEqual([]);
  await picture(page, "doubts-1280");
  await page.setViewportSize(NARROW);
  expect(await misfitsOf(page, "main")).toEqual([]);
  await picture(page, "doubts-320");
  await button(doubt, "Son gemelos u homónimos").click();
  await page.getByText("Decidido. A nadie se le avisa.").waitFor();
  const told = await services.adminQuery("select kind from messaging.messages where contact_id = any($1)", [contacts]);
  expect(told.filter(({ kind }) => kind !== "confirmed")).toEqual([]);
});

test("an analyst reads why a group is flagged, sees it as a picture, and asks with one key", async () => {
  const { services } = stage.app;
  const { his } = await aMiddleman(services);
  // One of his contacts stands in an advert that two people confirmed.
  const by = [await anAnalyst(services), await anAnalyst(services)];
  const filed = await reportAdvert(by[0]!, aReport());
  if (!filed.ok) throw new Error(filed.refusal.code);
  await judgeAdvert(by[1]!, { id: filed.value.id, version: 1 }, "confirmed");
  const ctx = systemContext(services, "test");
  await transaction(ctx, "worker", (tx) =>
    recordResale(ctx, tx, [{ contactId: his[0]!.contactId, advertId: filed.value.id }]),
  );
  await settleDown(services);
  const page = await aVisitor(stage, { viewport: { width: 1280, height: 900 } });
  await signInByButton(page, stage.app, "Integridad Karina");
  await page.goto(`${stage.app.origin}/consola/integridad`);
  await page.getByText("Muchas personas reservaron desde un mismo navegador.").waitFor();
  await page.getByText("El contacto está en un anuncio de reventa confirmado.").waitFor();
  await page.getByRole("img", { name: /12 contactos y 1 navegador/ }).waitFor();
  expect([...(await faultsOf(page)), ...(await misfitsOf(page))]).toEqual([]);
  await button(page, /^Preguntar por 1 cita/).waitFor();
  await page.keyboard.press("p");
  await page.getByText("Se escribió a cada familia. Su lugar sigue apartado.").waitFor();
  await page.getByText(/Antes de cancelar falta: 2 intentos, otro medio, una llamada, 72 h más/).waitFor();
});

test("headquarters reads what stands out of what a member of staff did, as sentences, and of nobody else a name", async () => {
  const { services } = stage.app;
  await services.adminQuery(
    `insert into integrity.agent_alarms (staff_id, sign, count, of, peers_count, peers_of, found_on, last_on)
     select id, sign, 24, 40, 6, 150, '2026-11-20', '2026-11-23' from unnest('{attested,one_seller}'::text[]) sign,
       (select id from people.staff where role = 'clerk' and office_id = 'fresno' order by id limit 1) one`,
  );
  const page = await aVisitor(stage, { viewport: { width: 1280, height: 900 } });
  await signInByButton(page, stage.app, "Oficinas centrales");
  await page.goto(`${stage.app.origin}/consola/alertas`);
  await page.getByText("De 40 fechas que dio, 24 fueron con la palabra de una colega.").waitFor();
  await page.getByText("Sus colegas: 6 de 150.").waitFor();
  expect([...(await faultsOf(page)), ...(await misfitsOf(page, "main"))]).toEqual([]);
  await picture(page, "alarms-1280");
  await page.setViewportSize(NARROW);
  expect(await misfitsOf(page, "main")).toEqual([]);
});
