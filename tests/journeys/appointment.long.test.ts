import { expect, test } from "vitest";
import { JUAN, ROSA } from "./family.ts";
import { openStage } from "./stage.ts";
import { aVisitor, bookOnTheWeb, button, expectHeading, FIRST_DAY, folioOn, link, textBox } from "./steps.ts";

const stage = openStage();

test("another office, then another hour there: the folio stays and the old place is free again", async () => {
  const address = "juan@ejemplo.invalid";
  const page = await aVisitor(stage);
  const folio = await bookOnTheWeb(page, stage.app, [JUAN], address);
  const booked = async () =>
    Number(
      (await stage.app.services.adminQuery("select count(*) as n from schedules.places where state = 'booked'"))[0]![
        "n"
      ],
    );
  const placesBooked = await booked();

  await link(page, "Cambiar día, hora o consulado").click();
  await expectHeading(page, "¿Qué quiere cambiar?");
  await link(page, "Otro consulado").click();
  expect(await page.getByRole("main").innerText()).not.toContain("Los Ángeles");
  await link(page, "Me mudé lejos: buscar otro consulado").click();
  await textBox(page, "Su código postal o ciudad").fill("Los Angeles");
  await button(page, "Buscar").click();
  await button(page, "Elegir Los Ángeles").click();
  await expectHeading(page, "¿Qué día puede ir?");
  await link(page, FIRST_DAY).click();
  await button(page, / hasta /)
    .first()
    .click();
  await expectHeading(page, "Confirme el cambio");
  const review = await page.getByRole("main").innerText();
  expect(review).toContain("Consulado de México en Fresno");
  expect(review).toContain("Consulado General de México en Los Ángeles");
  await button(page, "Cambiar la cita").click();
  await page.getByText("Listo: su cita cambió. El folio es el mismo.").waitFor();
  expect(await folioOn(page)).toBe(folio);
  expect(await page.getByRole("main").innerText()).toMatch(/8:00 a\.m\., hora de Los Ángeles/);
  expect((await stage.app.message(address, "moved")).text).toContain("Los Ángeles");

  await link(page, "Cambiar día, hora o consulado").click();
  await page.getByText("Si se equivocó en el cambio que acaba de hacer, corríjalo: no cuenta.").waitFor();
  await link(page, "Otro día u otra hora en Los Ángeles").click();
  await link(page, FIRST_DAY).click();
  await button(page, /^10:00 a\.m\./).click();
  await button(page, "Cambiar la cita").click();
  await page.getByText("Listo: su cita cambió.").waitFor();
  expect(await page.getByRole("main").innerText()).toMatch(/10:00 a\.m\., hora de Los Ángeles/);
  await page.getByText("Ya la cambió 2 veces. Si no puede venir, cancélela.").waitFor();
  expect(await link(page, "Cambiar día, hora o consulado").count()).toBe(0);
  expect(await folioOn(page)).toBe(folio);
  expect(await booked()).toBe(placesBooked);
});

test("cancelling asks once, tells by message, and a second look says that it is cancelled", async () => {
  const address = "rosa@ejemplo.invalid";
  const page = await aVisitor(stage);
  await bookOnTheWeb(page, stage.app, [ROSA], address);
  await link(page, "Cancelar la cita").click();
  await expectHeading(page, "¿Seguro que quiere cancelar?");
  await link(page, "No, conservar mi cita").click();
  await link(page, "Cancelar la cita").click();
  await button(page, "Sí, cancelar la cita").click();
  await page.getByText("Listo: su cita quedó cancelada.").waitFor();
  await stage.app.message(address, "cancelled");

  await link(page, "Mi cita").click();
  await expectHeading(page, "Sus citas");
  expect(await page.getByRole("main").innerText()).toContain("Esta cita está cancelada.");
  await button(page, "Cerrar y borrar de este teléfono").click();
  await expectHeading(page, "Listo: se cerró y se borró");
  expect(await page.context().cookies()).toEqual([]);
});
