import type { Page } from "playwright-core";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { MORNING } from "#tests/support/application.ts";
import { signInByButton } from "./console-steps.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link, textBox, withFinger } from "./steps.ts";

const DESK = { viewport: { width: 1280, height: 800 } };

const stage = openStage();
let family: { folio: string };
beforeAll(async () => {
  family = await aPartyToday(stage.app, "11:00", ["Rosa", "Juan", "Pedro"]);
  await aPartyToday(stage.app, "11:30", ["Elena"]);
  await aPartyToday(stage.app, "12:00", ["Saúl"]);
});
beforeEach(() => stage.app.services.clock.set(MORNING));

const row = (page: Page, text: string) =>
  page.getByRole("list", { name: "Grupos" }).getByRole("listitem").filter({ hasText: text });
const tab = (page: Page, name: string) =>
  page.getByRole("group", { name: "Estado del día" }).getByRole("button", { name });

/** How often the day's list was read so far, as the audit log has it. */
const readings = async () =>
  (
    await stage.app.services.adminQuery<{ count: number }>(
      "select count(*)::int as count from audit.entries where action = 'day.list'",
    )
  )[0]!.count;

/** Longer than a screen gathers events before it reads the list. */
const QUIET_MS = 800;
async function whenQuiet(count: () => Promise<number>): Promise<number> {
  for (let before = await count(); ;) {
    await new Promise((later) => setTimeout(later, QUIET_MS));
    const after = await count();
    if (after === before) return after;
    before = after;
  }
}

test("a clerk receives a family by the keyboard, and a colleague's screen follows", async () => {
  const clerk = await aVisitor(stage, DESK);
  const colleague = await aVisitor(stage, DESK);
  await signInByButton(clerk, stage.app, "Ventanilla");
  await signInByButton(colleague, stage.app, "Supervisión");
  await Promise.all([clerk, colleague].map((page) => page.getByText("En vivo").waitFor()));
  for (const name of ["Rosa Inventada", "Elena Inventada", "Saúl Inventada"]) await row(colleague, name).waitFor();

  const lists = await whenQuiet(readings);
  const asked: string[] = [];
  clerk.on("request", (request) => asked.push(request.url() + (request.postData() ?? "")));
  await clerk.keyboard.press("/");
  await clerk.keyboard.type("elena");
  await clerk.getByText("1 grupo encontrado").waitFor();
  await row(clerk, "Elena Inventada").waitFor();
  expect(await row(clerk, "Rosa Inventada").count()).toBe(0);
  expect(asked).toEqual([]);

  await textBox(clerk, "Buscar en la lista").fill(family.folio);
  await clerk.keyboard.press("Enter");
  await clerk.getByRole("heading", { level: 2, name: "Rosa Inventada" }).waitFor();
  await button(clerk, "Cerrar el expediente").focus();

  await clerk.keyboard.press("l");
  await tab(clerk, "En espera").getByText("1").waitFor();
  await tab(colleague, "En espera").getByText("1").waitFor();
  await tab(colleague, "En espera").click();
  await row(colleague, "Rosa Inventada").waitFor();

  await clerk.keyboard.press("v");
  await clerk.getByRole("dialog", { name: "¿En qué ventanilla atiende?" }).getByRole("button", { name: /^2/ }).click();
  await tab(colleague, "En ventanilla").getByText("1").waitFor();
  await tab(colleague, "En ventanilla").click();
  await row(colleague, "Ventanilla 2").waitFor();

  await button(clerk, "Cerrar el expediente").focus();
  // Faster than any answer: what was pressed meanwhile waits for it.
  await clerk.keyboard.press("a");
  await clerk.keyboard.press("e");
  await clerk.getByText("Resultado guardado.").first().waitFor();
  await tab(colleague, "Terminados").getByText("1").waitFor();
  const outcomes = async () =>
    stage.app.services.adminQuery("select code from visits.outcomes where undone_at is null");
  expect((await outcomes()).map((row) => row["code"])).toEqual(["issued", "issued", "issued", "issued"]);
  // Both screens followed all of that without reading the list of names again.
  expect(await whenQuiet(readings)).toBe(lists);

  await clerk.keyboard.press("z");
  await tab(colleague, "En ventanilla").getByText("1").waitFor();
  expect(await outcomes()).toEqual([]);

  // Opened anew on a slow line: the key that is pressed before the file is there is not lost.
  await clerk.reload();
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await clerk.route("**/console/files", async (route) => {
    await opened;
    await route.continue();
  });
  await tab(clerk, "En ventanilla").click();
  await row(clerk, "Rosa Inventada").getByRole("button").first().click();
  await clerk.getByText("Abriendo el expediente").waitFor();
  await clerk.keyboard.press("e");
  expect(await outcomes()).toEqual([]);
  open();
  await tab(colleague, "Terminados").getByText("1").waitFor();
  await button(clerk, /^Deshacer/)
    .first()
    .waitFor();
  stage.app.services.clock.advance(MINUTE_MS);
  const [visit] = await stage.app.services.adminQuery<{ id: string }>("select id from visits.visits");
  const late = await clerk.request.post(`${stage.app.origin}/api/v1/console/visits/${visit!.id}/undo`, {
    headers: { origin: stage.app.origin },
  });
  expect(late.status()).toBe(409);
  expect(await late.json()).toMatchObject({ code: "too_late_to_undo" });
  expect(await outcomes()).toHaveLength(4);
});

test("a clerk makes a passkey by the administrator's link, signs in with it, and nobody uses the link again", async () => {
  const admin = await aVisitor(stage, DESK);
  await signInByButton(admin, stage.app, "Administración");
  await admin.getByText("Dar de alta a una persona").click();
  await textBox(admin, "Nombre que ven los colegas").fill("Nora Imaginaria");
  await admin.getByRole("combobox", { name: "Puesto" }).selectOption("Ventanilla");
  await admin.getByRole("combobox", { name: "Oficina" }).selectOption("Consulado de México en Fresno");
  await button(admin, "Dar de alta").last().click();
  const invitation = await admin
    .getByRole("dialog", { name: "Enlace de alta para Nora Imaginaria" })
    .getByRole("textbox")
    .inputValue();

  const nora = await aVisitor(stage, DESK);
  await withFinger(nora);
  await nora.goto(invitation);
  // The token leaves the address bar before anything is pressed.
  await nora.waitForURL((address) => address.hash === "");
  await button(nora, "Crear mi llave de acceso").click();
  await nora.getByText("Listo, Nora Imaginaria.").waitFor();
  await link(nora, "Ir a la entrada").click();
  await button(nora, "Entrar con llave de acceso").click();
  await nora.getByRole("heading", { level: 1, name: "Hoy en mi oficina" }).waitFor();
  expect(await nora.getByRole("banner").innerText()).toContain("Consulado de México en Fresno");

  await nora.getByLabel("Mi cuenta: Nora Imaginaria").click();
  const ended = nora.waitForResponse((answer) => answer.url().endsWith("/sign-out") && answer.status() === 204);
  await button(nora, "Cerrar la pantalla").click();
  await nora.getByText("Usted cerró la pantalla.").waitFor();
  await ended;
  await nora.reload();
  await expectHeading(nora, "Consola de la oficina");

  const second = await aVisitor(stage, DESK);
  await second.goto(invitation);
  await button(second, "Crear mi llave de acceso").click();
  await second.getByText("Este enlace ya se usó o venció.").waitFor();

  // Removed staff are out at that instant.
  await button(nora, "Entrar con llave de acceso").click();
  await nora.getByText("En vivo").waitFor();
  await admin.getByRole("dialog").getByRole("button", { name: "Cerrar" }).click();
  await button(admin, "Dar de baja a Nora Imaginaria").click();
  await button(admin, "Sí, dar de baja").click();
  await nora.getByText("Su sesión terminó. Entre otra vez.").waitFor();
});
