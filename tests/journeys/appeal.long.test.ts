import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { remedyOf, settle, type CaseId } from "#modules/integrity/index.ts";
import { anAnalyst } from "../../src/modules/integrity/integrity.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { ROSA } from "./family.ts";
import { faultsOf, misfitsOf, NARROW } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, bookOnTheWeb, button } from "./steps.ts";

const stage = openStage();
/** What was announced is dispatched; what is to be sent leaves with the next minute of the clock. */
async function goOn(): Promise<void> {
  await stage.app.application.dispatcher.drain();
  const { clock } = stage.app.services;
  clock.set(new Date(clock.now().getTime() + MINUTE_MS));
}
const SHOTS = process.env["VENTANILLA_SHOTS"];

/** The only booking that stands, asked about by a person, with three tries of which nobody answered one. */
async function askAbout(): Promise<{ id: CaseId; bookingId: BookingId; contactId: ContactId }> {
  const { services } = stage.app;
  const [booking] = await services.adminQuery<{ bookingId: BookingId; contactId: ContactId }>(
    `select id as "bookingId", contact_id as "contactId" from booking.bookings where state = 'active' order by created_at desc limit 1`,
  );
  const id = randomUUID() as string as CaseId;
  const now = services.clock.now();
  await services.adminQuery(
    `insert into integrity.cases (id, booking_id, office_id, contact_id, origin, level, points, kinds, state, starts_at, flagged_at, queued_at, challenged_at, erase_after)
     select $1, id, office_id, contact_id, 'control', 'green', 0, 0, 'challenged', starts_at, $3, $3, $3, ($3::timestamptz + interval '1 year')::date from booking.bookings where id = $2`,
    [id, booking!.bookingId, now],
  );
  for (const [hours, channel] of [
    [80, "email"],
    [40, "voice"],
    [1, "voice"],
  ])
    await services.adminQuery(
      "insert into integrity.attempts (id, case_id, channel, reached, at) values (gen_random_uuid(), $1, $2, false, $3)",
      [id, channel, new Date(now.getTime() - Number(hours) * HOUR_MS)],
    );
  return { id, ...booking! };
}

test("a family says that the appointment is hers and keeps it; one that was signed away by mistake appeals, and somebody else puts it right", async () => {
  const { services } = stage.app;
  const mother = await aVisitor(stage);
  await bookOnTheWeb(mother, stage.app, [ROSA], "familia.apela@ejemplo.invalid");
  const asked = await askAbout();
  const stateOf = async () =>
    (
      await services.adminQuery<{ state: string }>("select state from booking.bookings where id = $1", [
        asked.bookingId,
      ])
    )[0]!.state;
  const own = `${stage.app.origin}/mi-cita/${asked.bookingId}`;
  await mother.goto(own);
  await mother.getByText("¿Esta cita es suya?").waitFor();
  await button(mother, "Sí, la cita es mía").click();
  await mother.getByText("Gracias. Su cita sigue en pie.").waitFor();
  const [kept] = await services.adminQuery("select state, settled_by from integrity.cases where id = $1", [asked.id]);
  expect([await stateOf(), kept]).toEqual(["active", { state: "validated", settled_by: null }]);

  // As if it had been asked again, and nobody answered for her.
  await services.adminQuery("update integrity.cases set state = 'challenged', settled_at = null where id = $1", [
    asked.id,
  ]);
  const [{ version }] = (await services.adminQuery("select version from integrity.cases where id = $1", [
    asked.id,
  ])) as [{ version: number }];
  const ana = await anAnalyst(services);
  const signed = await settle({ ...ana, now: services.clock.now() }, { id: asked.id, version }, "refuted");
  expect(signed).toMatchObject({ ok: true });
  await goOn();
  const told = await stage.app.message("familia.apela@ejemplo.invalid", "case_ended");
  expect(told.text).toContain("Si fue un error, apele en diez días.");
  expect(await stateOf()).toBe("cancelled");
  await mother.goto(own);
  await mother.getByText("¿Cree que fue un error?").waitFor();
  await mother.setViewportSize(NARROW);
  expect([...(await faultsOf(mother)), ...(await misfitsOf(mother))]).toEqual([]);
  await button(mother, "La cita era mía").click();
  await mother.getByText("Otra persona revisa su caso").waitFor();

  const analyst = await aVisitor(stage, { viewport: { width: 1280, height: 900 } });
  await signInByButton(analyst, stage.app, "Integridad Karina");
  await analyst.goto(`${stage.app.origin}/consola/integridad`);
  await analyst.getByText("Con 500 casos firmados se proponen puntos nuevos.").waitFor();
  await button(analyst, "Tiene razón").waitFor();
  expect(await faultsOf(analyst)).toEqual([]);
  if (SHOTS !== undefined) await analyst.screenshot({ path: `${SHOTS}/appeal-1280.png`, fullPage: true });
  await analyst.setViewportSize(NARROW);
  expect(await misfitsOf(analyst, "main")).toEqual([]);
  if (SHOTS !== undefined) await analyst.screenshot({ path: `${SHOTS}/appeal-320.png`, fullPage: true });
  await button(analyst, "Tiene razón").click();
  await analyst.getByText("Apelación decidida.").waitFor();

  await goOn();
  const won = await stage.app.message("familia.apela@ejemplo.invalid", "appeal_won");
  expect(won.text).toContain("Usted tenía razón sobre su cita.");
  await mother.goto(own);
  await mother.getByText("Usted tenía razón").first().waitFor();
  expect(await remedyOf({ ...services, now: services.clock.now() }, asked.contactId, false)).toBe(1);
});
