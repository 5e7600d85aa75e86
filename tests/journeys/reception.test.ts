import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { instantOf, MINUTE_MS } from "#kernel/time.ts";
import type { ServiceSlug } from "#kernel/ids.ts";
import { book, getBooking, type ApplicantRequest } from "#modules/booking/index.ts";
import { MORNING, openTestApplication, TODAY, type TestApplication } from "#tests/support/application.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { anApplicant, citizen, FRESNO, FRESNO_ZONE, someContacts } from "#tests/support/fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { aVisitor, button, expectHeading, link, textBox } from "./steps.ts";

const DESK = { viewport: { width: 1280, height: 800 } };

let app: TestApplication;
let browser: Browser;
let family: { folio: string };
beforeAll(async () => {
  [app, browser] = await Promise.all([openTestApplication(), openBrowser()]);
  family = await aParty("11:00", [
    anApplicant(1, { givenNames: "Rosa", firstSurname: "Inventada", services: ["pasaporte-adulto", "matricula-consular"] as ServiceSlug[] }),
    anApplicant(2, { givenNames: "Juan", firstSurname: "Inventado" }),
    anApplicant(3, { givenNames: "Pedro", firstSurname: "Inventado" }),
  ]);
  await aParty("11:30", [anApplicant(4, { givenNames: "Elena", firstSurname: "Imaginaria" })]);
  await aParty("12:00", [anApplicant(5, { givenNames: "Saúl", firstSurname: "Supuesto" })]);
});
beforeEach(() => app.services.clock.set(MORNING));
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** A booking for today, as the site makes it. */
async function aParty(hour: string, applicants: ApplicantRequest[]): Promise<{ folio: string }> {
  const { services } = app;
  const [contactId] = await someContacts(services, 1);
  const ctx = citizen(services, contactId!);
  const wanted = { officeId: FRESNO, localDate: TODAY, startsAt: instantOf(TODAY, hour, FRESNO_ZONE) };
  const booked = await book(ctx, { contactId: contactId!, wanted, applicants });
  if (!booked.ok) throw new Error(booked.refusal.code);
  return (await getBooking(ctx, contactId!, booked.value.bookingId))!;
}

const rows = (page: Page) => page.getByRole("list", { name: "Grupos" }).getByRole("listitem");
const tab = (page: Page, name: string) => page.getByRole("group", { name: "Estado del día" }).getByRole("button", { name });

test("a clerk receives a family by the keyboard, and a colleague's screen follows", async () => {
  const clerk = await aVisitor(browser, app, DESK);
  const colleague = await aVisitor(browser, app, DESK);
  await signInByButton(clerk, app, "Ventanilla");
  await signInByButton(colleague, app, "Supervisión");
  await Promise.all([clerk, colleague].map((page) => page.getByText("En vivo").waitFor()));
  expect(await rows(colleague).count()).toBe(3);

  const asked: string[] = [];
  clerk.on("request", (request) => asked.push(request.url() + (request.postData() ?? "")));
  await clerk.keyboard.press("/");
  await clerk.keyboard.type("imaginaria");
  await clerk.getByText("1 grupo encontrado").waitFor();
  expect(await rows(clerk).innerText()).toContain("Elena Imaginaria");
  expect(asked).toEqual([]);

  await textBox(clerk, "Buscar en la lista").fill(family.folio);
  await clerk.keyboard.press("Enter");
  await clerk.getByRole("heading", { level: 2, name: "Rosa Inventada" }).waitFor();
  await button(clerk, "Cerrar el expediente").focus();

  await clerk.keyboard.press("l");
  await tab(clerk, "En espera").getByText("1").waitFor();
  await tab(colleague, "En espera").getByText("1").waitFor();
  await tab(colleague, "En espera").click();
  expect(await rows(colleague).innerText()).toContain("Rosa Inventada");

  await clerk.keyboard.press("v");
  await clerk.getByRole("dialog", { name: "¿En qué ventanilla atiende?" }).getByRole("button", { name: /^2/ }).click();
  await tab(colleague, "En ventanilla").getByText("1").waitFor();
  await tab(colleague, "En ventanilla").click();
  expect(await rows(colleague).innerText()).toContain("Ventanilla 2");

  await button(clerk, "Cerrar el expediente").focus();
  await clerk.keyboard.press("a");
  await clerk.getByText("en atención.").waitFor();
  await clerk.keyboard.press("e");
  await clerk.getByText("Resultado guardado.").first().waitFor();
  await tab(colleague, "Terminados").getByText("1").waitFor();
  const outcomes = async () => app.services.adminQuery("select code from visits.outcomes where undone_at is null");
  expect((await outcomes()).map((row) => row["code"])).toEqual(["issued", "issued", "issued", "issued"]);

  await clerk.keyboard.press("z");
  await tab(colleague, "En ventanilla").getByText("1").waitFor();
  expect(await outcomes()).toEqual([]);

  await button(clerk, /^Todo entregado, 3 personas/).click();
  await tab(colleague, "Terminados").getByText("1").waitFor();
  await button(clerk, /^Deshacer/).first().waitFor();
  app.services.clock.advance(MINUTE_MS);
  await button(clerk, /^Deshacer/).first().click();
  await clerk.getByText("Ya pasó el minuto").waitFor();
  expect(await outcomes()).toHaveLength(4);
});

test("a clerk makes a passkey by the administrator's link, signs in with it, and nobody uses the link again", async () => {
  const admin = await aVisitor(browser, app, DESK);
  await signInByButton(admin, app, "Administración");
  await admin.getByText("Dar de alta a una persona").click();
  await textBox(admin, "Nombre que ven los colegas").fill("Nora Imaginaria");
  await admin.getByRole("combobox", { name: "Puesto" }).selectOption("Ventanilla");
  await admin.getByRole("combobox", { name: "Oficina" }).selectOption("Consulado de México en Fresno");
  await button(admin, "Dar de alta").last().click();
  const invitation = await admin.getByRole("dialog", { name: "Enlace de alta para Nora Imaginaria" }).getByRole("textbox").inputValue();

  const nora = await aVisitor(browser, app, DESK);
  const device = await nora.context().newCDPSession(nora);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
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
  await button(nora, "Cerrar la pantalla").click();
  await nora.getByText("Usted cerró la pantalla.").waitFor();
  await nora.reload();
  await expectHeading(nora, "Consola de la oficina");

  const second = await aVisitor(browser, app, DESK);
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
