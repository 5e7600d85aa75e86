import { beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { MORNING, OPEN_DAYS } from "#tests/support/application.ts";
import { signInByButton } from "./console-steps.ts";
import { FAMILY } from "./family.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  bookOnTheWeb,
  button,
  chooseHourAndConfirm,
  choosePlaceAndDay,
  expectHeading,
  folioOn,
  link,
  textBox,
} from "./steps.ts";

const stage = openStage();
beforeEach(() => stage.app.services.clock.set(MORNING));

const count = async (statement: string): Promise<number> =>
  Number((await stage.app.services.adminQuery<{ n: string }>(statement))[0]!.n);
const booked = () => count("select count(*) as n from schedules.places where state = 'booked'");
const counting = () => count("select count(*) as n from booking.claims where standing = 'counting'");

/** Day and hour of the visit as the page has them, and how many appointments stand. */
const appointments = () =>
  stage.app.services.adminQuery<{ day: string; starts: Date }>(
    "select to_char(local_date, 'YYYY-MM-DD') as day, min(starts_at) as starts from booking.appointments where state = 'booked' group by 1",
  );

test("a family of four changes its day and hour as one, and is received with the same folio at one counter", async () => {
  const address = "familia@ejemplo.invalid";
  const page = await aVisitor(stage, { javaScriptEnabled: false });
  const folio = await bookOnTheWeb(page, stage.app, FAMILY, address);
  const [places, claims] = [await booked(), await counting()];
  expect((await appointments()).map(({ day }) => day)).toEqual([OPEN_DAYS[0]]);

  await link(page, "Cambiar día, hora o consulado").click();
  await link(page, "Otro día u otra hora en Fresno").click();
  await link(page, /^miércoles 2 /i).click();
  await button(page, /^9:\d\d a\.m\./)
    .first()
    .click();
  await expectHeading(page, "Confirme el cambio");
  await button(page, "Cambiar la cita").click();
  await page.getByText("Listo: su cita cambió. El folio es el mismo.").waitFor();
  expect(await folioOn(page)).toBe(folio);
  const changed = await page.getByRole("main").innerText();
  for (const { given } of FAMILY) expect(changed).toContain(given);
  const [moved, ...others] = await appointments();
  expect([moved!.day, others]).toEqual([OPEN_DAYS[2], []]);
  expect([await booked(), await counting()]).toEqual([places, claims]);
  expect((await stage.app.message(address, "moved")).text).toMatch(/2 de diciembre/);

  stage.app.services.clock.set(new Date(moved!.starts.getTime() - 10 * MINUTE_MS));
  const clerk = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(clerk, stage.app, "Ventanilla");
  await textBox(clerk, "Buscar en la lista").fill(folio.toLowerCase());
  await clerk.keyboard.press("Enter");
  await clerk.getByRole("heading", { level: 2, name: /^Rosa Ficticia/ }).waitFor();
  for (const { given } of FAMILY) await clerk.getByText(given).first().waitFor();
  await button(clerk, "Cerrar el expediente").focus();
  await clerk.keyboard.press("l");
  await clerk.getByText("llegó.").first().waitFor();
  await clerk.keyboard.press("v");
  await clerk.getByRole("dialog").getByRole("button", { name: /^1/ }).click();
  await clerk.getByText("en llamada a su ventanilla.").first().waitFor();
  await clerk.keyboard.press("a");
  await clerk.getByText("en atención.").first().waitFor();
  await button(clerk, /^Todo entregado, 4 personas/).click();
  await clerk.getByText("Resultado guardado.").first().waitFor();
  const codes = async () => {
    const outcomes = await stage.app.services.adminQuery<{ code: string }>(
      "select code from visits.outcomes where undone_at is null",
    );
    return outcomes.map(({ code }) => code);
  };
  // Five services of four people, under one folio. The page says it first, for its undo; the rows follow.
  await expect.poll(codes).toEqual(Array(5).fill("issued"));
  expect(await count("select count(*) as n from visits.visits")).toBe(1);
});

test("a family of four cancels as one: every place is given back, nobody of it counts any more, and it may book anew", async () => {
  const address = "otra.familia@ejemplo.invalid";
  const others = FAMILY.map((person, i) => ({
    ...person,
    given: `${person.given} ${["Ana", "Bruno", "Celia", "Darío"][i]!}`,
  }));
  const [places, claims] = [await booked(), await counting()];
  const page = await aVisitor(stage, { javaScriptEnabled: false });
  const folio = await bookOnTheWeb(page, stage.app, others, address);
  expect([(await booked()) > places, (await counting()) > claims]).toEqual([true, true]);
  await link(page, "Cancelar la cita").click();
  await expectHeading(page, "¿Seguro que quiere cancelar?");
  const asked = await page.getByRole("main").innerText();
  for (const { given } of others) expect(asked).toContain(given);
  await button(page, "Sí, cancelar la cita").click();
  await page.getByText("Listo: su cita quedó cancelada.").waitFor();
  expect([await booked(), await counting()]).toEqual([places, claims]);
  const { text } = await stage.app.message(address, "cancelled");
  for (const { given } of others) expect(text).not.toContain(given);
  await page.goto(stage.app.origin);
  await answerWhoAndWhat(page, others);
  await choosePlaceAndDay(page);
  expect(await chooseHourAndConfirm(page)).not.toBe(folio);
});
