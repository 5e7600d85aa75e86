import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { DAY_MS, instantOf } from "#kernel/time.ts";
import type { ServiceSlug } from "#kernel/ids.ts";
import { book } from "#modules/booking/index.ts";
import { TODAY } from "#tests/support/application.ts";
import { anApplicant, citizen, FRESNO, FRESNO_ZONE, someContacts } from "#tests/support/fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button } from "./steps.ts";

const DESK = { viewport: { width: 1280, height: 800 } };
const stage = openStage();
let people = 0;

/** Somebody who is expected in Fresno today, booked the day before. */
async function expected(hour: string, name: string, bornOn = "1990-05-05"): Promise<void> {
  const { services } = stage.app;
  const [contactId] = await someContacts(services, 1);
  const ctx = citizen(services, contactId!);
  const wanted = { officeId: FRESNO, localDate: TODAY, startsAt: instantOf(TODAY, hour, FRESNO_ZONE) };
  const own = { givenNames: name, firstSurname: "Inventada", services: ["pasaporte-adulto" as ServiceSlug], bornOn };
  const applicants = [anApplicant((people += 1), own as never)];
  const then = { ...ctx, now: new Date(wanted.startsAt.getTime() - DAY_MS) };
  const booked = await book(then, { contactId: contactId!, wanted, applicants });
  if (!booked.ok) throw new Error(booked.refusal.code);
}
const row = (page: Page, text: string) =>
  page.getByRole("list", { name: "Grupos" }).getByRole("listitem").filter({ hasText: text });
const tab = (page: Page, name: string) =>
  page.getByRole("group", { name: "Estado del día" }).getByRole("button", { name });

test("a supervisor opens stations; two clerks call by one key, pass on, set aside and let an emergency go first together", async () => {
  const { app } = stage;
  await expected("10:30", "Rosa");
  await expected("10:45", "Elena");
  await expected("11:00", "Saúl", "1950-02-02");

  const boss = await aVisitor(stage, DESK);
  await signInByButton(boss, app, "Supervisión");
  await button(boss, "Estaciones").click();
  const dialog = boss.getByRole("dialog", { name: "Estaciones de la sala" });
  await dialog.getByLabel("Filtro: ventanillas").fill("2");
  await dialog.getByLabel("Captura: ventanillas").fill("3");
  await dialog.getByLabel("Se recibe desde").fill("09:00");
  await dialog.getByLabel("Hasta").fill("13:00");
  expect(await faultsOf(boss)).toEqual([]);
  await button(boss, "Guardar estaciones").click();
  await boss.getByText("Estaciones guardadas.").waitFor();

  for (const name of ["Rosa", "Elena", "Saúl"])
    await row(boss, name)
      .getByRole("button", { name: /^Llegó/ })
      .click();
  await boss.getByRole("button", { name: "Filtro: 3 turnos esperan" }).waitFor();

  const clerk = await aVisitor(stage, DESK);
  await signInByButton(clerk, app, "Ventanilla");
  await clerk.getByRole("button", { name: "Filtro: 3 turnos esperan" }).waitFor();
  // Nobody's hour has come: whoever has priority is not before an earlier hour for that.
  await button(clerk, "Llamar al siguiente").click();
  await clerk.getByRole("dialog").getByRole("button").filter({ hasText: /^1/ }).click();
  await clerk.getByText(/^Turno mazorca 1: en llamada\.$/).waitFor();
  await clerk.getByRole("heading", { name: /Rosa Inventada/, level: 2 }).waitFor();
  await clerk.keyboard.press("a");
  await clerk
    .getByRole("button", { name: /^Pasa a Captura/ })
    .first()
    .waitFor();
  expect(await faultsOf(clerk)).toEqual([]);
  await clerk.keyboard.press("p");
  await clerk.getByText("pasa a la estación siguiente").waitFor();
  await clerk.getByRole("button", { name: "Captura: 1 turno espera" }).waitFor();
  await clerk.keyboard.press("Escape");

  // One station stops for a while: who is past it goes on.
  await button(boss, "Suspender un servicio").click();
  const stopping = boss.getByRole("dialog", { name: "Suspender un servicio" });
  await stopping.getByLabel("Filtro").check();
  await stopping.getByLabel(/^Próxima noticia/).fill("12:30");
  expect(await faultsOf(boss)).toEqual([]);
  await button(boss, "Suspender y avisar").click();
  await boss.getByText("Filtro: suspendido. Próxima noticia a las 12:30.").waitFor();
  await tab(boss, "En espera").click();
  await row(boss, "Elena Inventada").getByText("Suspendido").waitFor();
  expect(await row(boss, "Rosa Inventada").getByText("Suspendido").count()).toBe(0);
  await button(boss, "Ya funciona: Filtro").click();
  await boss.getByText("Filtro: suspendido").waitFor({ state: "detached" });

  // The emergency: marked by one, signed by the other, and then the next although others are before it.
  await tab(clerk, "En espera").click();
  await row(clerk, "Saúl").getByRole("button").first().click();
  await row(clerk, "Saúl").getByText("60 o más").waitFor();
  await button(clerk, "Dar prioridad").click();
  await button(clerk, "Emergencia").click();
  await clerk.getByText("Falta la firma de otra persona.").waitFor();
  await tab(boss, "En espera").click();
  await row(boss, "Saúl").getByRole("button").first().click();
  await button(boss, "Dar prioridad").click();
  await button(boss, "Firmar prioridad").click();
  await row(boss, "Saúl").getByText("Emergencia").waitFor();
  await clerk.keyboard.press("Escape");
  await clerk.keyboard.press("s");
  await clerk.getByText(/^Turno nopal 3: en llamada\.$/).waitFor();

  // Not there when called: set aside, and back where she was.
  await clerk.getByRole("button", { name: /^Dejar en pausa/ }).click();
  await row(clerk, "Saúl").getByText("En pausa").waitFor();
  await button(clerk, "Llamar al siguiente").click();
  await clerk.getByText(/^Turno colibrí 2: en llamada\.$/).waitFor();
});
