import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { formatFolio } from "#kernel/folio.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading } from "./steps.ts";

const stage = openStage({ whatsapp: true });
const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 } };
const WRITER = "/dev/whatsapp?de=%2B15595550100";

async function says(phone: Page, text: string): Promise<void> {
  await phone.getByRole("textbox").last().fill(text);
  await phone.getByRole("textbox").last().press("Enter");
}

/** The page of the demonstration does not move by itself. */
async function hears(phone: Page, text: string): Promise<void> {
  const seen = async () => {
    await phone.reload();
    return phone.getByText(text).count();
  };
  await expect.poll(seen, { timeout: 20_000, interval: 300 }).toBeGreaterThan(0);
}

async function atTalks(page: Page, name: string): Promise<void> {
  await signInByButton(page, stage.app, `Centro de atención ${name}`);
  await expectHeading(page, "Pláticas que esperan");
}

test("whoever asks for a person is answered by one, in her own words, on both screens; a colleague cannot take it too", async () => {
  const phone = await aVisitor(stage, PHONE);
  const [agent, colleague] = [await aVisitor(stage, DESK), await aVisitor(stage, PHONE)];
  await atTalks(agent, "Maura");
  await agent.getByText("Nadie espera").waitFor();
  expect(await faultsOf(agent)).toEqual([]);

  await phone.goto(`${stage.app.origin}${WRITER}`);
  await says(phone, "persona");
  await phone.getByText("Una persona le escribe o le llama").waitFor();
  await button(phone, "Nota de voz").click();
  await phone.getByText("Una persona lo revisa").waitFor();

  await agent.reload();
  // Both calls of hers are one line.
  await button(agent, /^Contestar:/).click();
  await agent.getByText("Una persona le escribe o le llama", { exact: false }).waitFor();
  // The voice note is there to be heard, through us, from where the provider keeps it.
  const note = agent.locator("audio");
  const [heard] = await Promise.all([
    agent.waitForResponse((answer) => answer.url().includes("/media/")),
    note.evaluate((audio) => (audio as HTMLMediaElement).load()),
  ]);
  expect([heard.status(), heard.headers()["content-type"]]).toEqual([200, "audio/wav"]);
  expect(await faultsOf(agent)).toEqual([]);
  await atTalks(colleague, "Nahúm");
  await colleague.getByText("La tiene una persona del equipo").waitFor();
  expect(await button(colleague, /^Contestar/).count()).toBe(0);
  expect(await faultsOf(colleague)).toEqual([]);

  await agent.getByLabel("Su respuesta").fill("Puede venir con el acta de su hija.");
  await button(agent, "Enviar").click();
  await agent.getByText("Enviada.").waitFor();
  await hears(phone, "Puede venir con el acta de su hija.");
  await says(phone, "Gracias, ¿a qué hora abren?");
  await agent.getByText("Gracias, ¿a qué hora abren?").waitFor({ timeout: 30_000 });

  expect(await agent.getByText("+1 559").count()).toBe(0);
  await button(agent, "Ver el número para llamar").click();
  await agent.getByRole("link", { name: /^Llamar al/ }).waitFor();
  await agent.setViewportSize({ width: 360, height: 740 });
  const [narrow] = await agent.evaluate<[boolean]>(
    "[document.documentElement.scrollWidth <= document.documentElement.clientWidth]",
  );
  expect(narrow).toBe(true);
  await button(agent, "Terminar").click();
  await agent.getByText("Nadie espera").waitFor();
  await hears(phone, "Terminamos de atenderle");
}, 90_000);

test("a caller hears danger first, keys her way, and who asks for a person by telephone waits on the agents' list", async () => {
  const phone = await aVisitor(stage, PHONE);
  await phone.goto(`${stage.app.origin}/dev/telefono?de=%2B15595550101`);
  await button(phone, "Llamar").click();
  await phone.getByText("Para español, marque 1.").waitFor();
  await button(phone, "1").click();
  await phone.getByText("Pedir una cita: marque 1.", { exact: false }).first().waitFor();
  await button(phone, "0").click();
  await phone.getByText("Le comunicamos ahora.").waitFor();
  await phone.getByLabel("Lo que dice").fill("persona");
  await button(phone, "Decir").click();
  await phone.getByText("Una persona le escribe o le llama").waitFor();

  const agent = await aVisitor(stage, DESK);
  await atTalks(agent, "Maura");
  await agent.getByText("Teléfono").waitFor();
  await button(agent, /^Contestar:/).click();
  await agent.getByText("Ya no se le puede escribir: llame.", { exact: false }).waitFor();
  await button(agent, "Ver el número para llamar").click();
  await agent.getByRole("link", { name: "Llamar al +15595550101" }).waitFor();
  await agent.getByLabel("Cómo terminó").selectOption({ label: "Se le llamó y contestó" });
  await button(agent, "Terminar").click();
  await agent.getByText("Nadie espera").waitFor();
}, 90_000);

test("an agent opens one person's file with her permission, by her folio and birth date, and no more than hers", async () => {
  const view = await aPartyToday(stage.app, "12:00", ["Casimira", "Eudoxia"]);
  const [she] = view.applicants;
  const agent = await aVisitor(stage, DESK);
  await atTalks(agent, "Maura");
  await button(agent, "Buscar a quien llama").click();
  await agent.getByLabel("Folio del comprobante").fill(formatFolio(view.folio));
  await agent.getByLabel("Fecha de nacimiento").fill("1950-01-01");
  await agent.getByLabel("Para qué llama").selectOption({ label: "Qué papeles lleva" });
  await agent.getByLabel("Me dio permiso de abrir su expediente").check();
  expect(await faultsOf(agent)).toEqual([]);
  await button(agent, "Abrir").click();
  await agent.getByText("Con esto no se abre nada.", { exact: false }).waitFor();

  await agent.getByLabel("Fecha de nacimiento").fill(she!.bornOn);
  await agent.keyboard.press("Enter");
  await agent.getByText("Casimira Inventada", { exact: false }).waitFor();
  await agent.getByText("12:00", { exact: false }).waitFor();
  await agent.getByText("Van 2 personas").waitFor();
  expect(await agent.getByText("Eudoxia").count()).toBe(0);
  expect(await faultsOf(agent)).toEqual([]);
  await agent.setViewportSize({ width: 360, height: 740 });
  const [narrow] = await agent.evaluate<[boolean]>(
    "[document.documentElement.scrollWidth <= document.documentElement.clientWidth]",
  );
  expect(narrow).toBe(true);
  // Both were born on one day: the other one is a look of its own.
  await button(agent, "Ver a la otra persona").click();
  await agent.getByText("Eudoxia Inventada", { exact: false }).waitFor();
  expect(await agent.getByText("Casimira").count()).toBe(0);
  await button(agent, "Buscar a otra persona").click();
  expect(await agent.getByLabel("Fecha de nacimiento").inputValue()).toBe("");
}, 60_000);
