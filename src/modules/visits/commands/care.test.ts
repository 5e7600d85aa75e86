import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import type { LocalDate, OfficeId, VisitId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Context, StaffRole } from "#platform/context.ts";
import { getCare, getInterpretedReport, type Care } from "../queries/care.ts";
import { aBooking, aStaffId, goToVisit, staffContext, visitOf, worker } from "../visits.fixtures.ts";
import { acknowledgeAlarm, endRaisedAlarm, raiseAlarm, undoRaisedAlarm } from "./alarms.ts";
import {
  askInterpreter,
  connectInterpreter,
  endInterpreter,
  forgetInterpretations,
  setInterpreterLine,
} from "./interpreters.ts";
import { checkIn } from "./reception.ts";

const DALLAS = "dallas" as OfficeId;
let services: TestServices;
/** A member of staff; each call is at the hour that it is then. */
const member = async (role: StaffRole = "clerk", officeId: OfficeId | undefined = FRESNO) => {
  const id = await aStaffId(services, role, officeId);
  return (): Context => staffContext(services, id, role, officeId);
};
const careOf = async (ctx: Context): Promise<Care> => {
  const found = await getCare(ctx);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
};
const audited = async (prefix: string) =>
  (
    await services.adminQuery<{ action: string }>("select action from audit.entries where action like $1 order by at", [
      `${prefix}%`,
    ])
  ).map(({ action }) => action);

beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

describe("a call for help", () => {
  test("shows colleagues of the office where she is; one of them goes and ends it, and each step is written down", async () => {
    const [caller, colleague, elsewhere] = [await member(), await member("supervisor"), await member("clerk", DALLAS)];
    const raised = await raiseAlarm(caller(), 4);
    if (!raised.ok) throw new Error(raised.refusal.code);
    const { id } = raised.value;
    expect((await careOf(colleague())).alarms).toMatchObject([
      { id, counter: 4, name: "Persona Ficticia", seenBy: null },
    ]);
    expect((await careOf(elsewhere())).alarms).toEqual([]);

    expect(await raiseAlarm(caller(), 4)).toEqual(raised);
    expect(await endRaisedAlarm(elsewhere(), id)).toMatchObject({ refusal: { code: "unknown_alarm" } });
    expect(await endRaisedAlarm(caller(), id)).toMatchObject({ refusal: { code: "own_alarm" } });
    expect(await acknowledgeAlarm(caller(), id)).toMatchObject({ refusal: { code: "own_alarm" } });
    expect(await acknowledgeAlarm(colleague(), id)).toMatchObject({ ok: true });
    expect((await careOf(caller())).alarms).toMatchObject([{ seenBy: "Persona Ficticia" }]);
    expect(await endRaisedAlarm(colleague(), id)).toMatchObject({ ok: true });
    expect((await careOf(colleague())).alarms).toEqual([]);
    expect(await audited("alarm.")).toEqual(["alarm.raise", "alarm.raise", "alarm.see", "alarm.end"]);
  });

  test("that was a slip of the hand is taken back for ten seconds and not later; the next one is a new one", async () => {
    const [caller, colleague] = [await member(), await member()];
    const first = await raiseAlarm(caller(), null);
    if (!first.ok) throw new Error(first.refusal.code);
    services.clock.advance(9_000);
    expect(await undoRaisedAlarm(colleague(), first.value.id)).toMatchObject({ refusal: { code: "not_own_alarm" } });
    expect(await undoRaisedAlarm(caller(), first.value.id)).toMatchObject({ ok: true });
    expect((await careOf(colleague())).alarms).toEqual([]);

    const second = await raiseAlarm(caller(), null);
    if (!second.ok) throw new Error(second.refusal.code);
    expect(second.value.id).not.toBe(first.value.id);
    services.clock.advance(11_000);
    expect(await undoRaisedAlarm(caller(), second.value.id)).toMatchObject({ refusal: { code: "too_late_to_undo" } });
    expect((await careOf(colleague())).alarms).toHaveLength(1);
    // Nobody ended it that day: it is not shown on the next, and does not keep her from calling again.
    services.clock.advance(13 * 60 * MINUTE_MS);
    expect((await careOf(colleague())).alarms).toEqual([]);
    expect(await raiseAlarm(caller(), 1)).toMatchObject({ ok: true });
    expect((await careOf(colleague())).alarms).toMatchObject([{ counter: 1 }]);
  });

  test("cannot be ended by whoever called, even where the database is asked past the rule", async () => {
    await expect(
      services.adminQuery("update visits.alarms set ended_by = staff_id, ended_at = now() where ended_at is null"),
    ).rejects.toThrow("somebody_else_goes");
  });

  test("needs an office", async () => {
    const hq = staffContext(services, randomUUID(), "hq");
    const ctx: Context = { ...hq, actor: { kind: "staff", staffId: randomUUID(), officeId: undefined, role: "hq" } };
    expect(await raiseAlarm(ctx, null)).toMatchObject({ refusal: { code: "not_allowed" } });
  });
});

describe("an interpreter", () => {
  let visitId: VisitId;
  let clerk: () => Context;
  const visit = async () =>
    (await services.adminQuery("select to_jsonb(v) as row from visits.visits v where id = $1", [visitId]))[0]!["row"];
  const ask = async (language = "mixteco_costa") => {
    const asked = await askInterpreter(clerk(), { visitId, language });
    if (!asked.ok) throw new Error(asked.refusal.code);
    return asked.value;
  };

  beforeAll(async () => {
    const { wanted } = await aSession(services);
    const [contact] = await someContacts(services, 1);
    const bookingId = await aBooking(services, contact!, wanted, [anApplicant(1)]);
    goToVisit(services, wanted);
    clerk = await member();
    await checkIn(clerk(), { bookingId });
    visitId = (await visitOf(services, bookingId)).id;
  });

  test("is asked for by one key, once, and the turn keeps its place: nothing of it changes", async () => {
    const before = await visit();
    const asked = await ask();
    expect(asked).toMatchObject({ visitId, language: "mixteco_costa", connectedAt: null });
    expect((await ask("maya")).id).toBe(asked.id);
    services.clock.advance(4 * MINUTE_MS);
    await connectInterpreter(clerk(), asked.id);
    expect((await careOf(clerk())).interpretations).toMatchObject([
      { id: asked.id, connectedAt: services.clock.now() },
    ]);
    services.clock.advance(11 * MINUTE_MS);
    await endInterpreter(clerk(), { id: asked.id, end: "spoke" });
    await endInterpreter(clerk(), { id: asked.id, end: "spoke" });
    expect(await visit()).toEqual(before);
    expect((await careOf(clerk())).interpretations).toEqual([]);
    const minutes = await services.adminQuery("select language, measure, minutes, count from visits.interpreted");
    expect(minutes).toEqual([
      { language: "mixteco_costa", measure: "wait", minutes: 4, count: 1 },
      { language: "mixteco_costa", measure: "talk", minutes: 11, count: 1 },
    ]);
  });

  test("whom nobody interpreted for is counted, and what was not needed is not", async () => {
    const inVain = await ask("amuzgo");
    services.clock.advance(20 * MINUTE_MS);
    await endInterpreter(clerk(), { id: inVain.id, end: "nobody" });
    await endInterpreter(clerk(), { id: (await ask("chol")).id, end: "not_needed" });
    const of = (language: string) =>
      services.adminQuery("select measure, minutes from visits.interpreted where language = $1", [language]);
    expect([await of("amuzgo"), await of("chol")]).toEqual([[{ measure: "nobody", minutes: 20 }], []]);
  });

  test("is refused in a language that the card has not, and to a clerk of another office", async () => {
    expect(await askInterpreter(clerk(), { visitId, language: "klingon" })).toMatchObject({
      refusal: { code: "unknown_language" },
    });
    const elsewhere = await member("clerk", DALLAS);
    expect(await askInterpreter(elsewhere(), { visitId, language: "maya" })).toMatchObject({
      refusal: { code: "unknown_visit" },
    });
    const { id } = await ask("maya");
    expect(await endInterpreter(elsewhere(), { id, end: "spoke" })).toMatchObject({
      refusal: { code: "unknown_interpretation" },
    });
    expect((await careOf(elsewhere())).interpretations).toEqual([]);
  });

  test("has the number of the office, or else that of the network", async () => {
    const [head, stranger] = [await member("office_head"), await member("clerk", DALLAS)];
    const hq: Context = {
      ...head(),
      actor: { kind: "staff", staffId: await aStaffId(services, "hq", undefined), officeId: undefined, role: "hq" },
    };
    expect((await careOf(clerk())).line).toBeNull();
    await setInterpreterLine(hq, "+15205550100");
    expect((await careOf(clerk())).line).toBe("+15205550100");
    await setInterpreterLine(head(), "+15595550101");
    expect([(await careOf(clerk())).line, (await careOf(stranger())).line]).toEqual(["+15595550101", "+15205550100"]);
    expect(await setInterpreterLine(clerk(), null)).toMatchObject({ refusal: { code: "not_allowed" } });
  });

  test("leaves minutes of a month that is over, and after two days nothing of who had one", async () => {
    const head = await member("office_head");
    const report = await getInterpretedReport(head(), FRESNO, "2027-01-01" as LocalDate);
    // One of each: too few to be told.
    expect(report).toMatchObject({ ok: true, value: [{ month: "2026-12" }] });
    expect(JSON.stringify(report)).not.toMatch(/"(asked|nobody|wait|talk)":\d/);
    expect(await getInterpretedReport(clerk(), FRESNO, "2027-01-01" as LocalDate)).toMatchObject({ ok: false });
    expect(await services.adminQuery("select 1 from visits.interpretations")).not.toEqual([]);
    services.clock.advance(4 * 24 * 60 * MINUTE_MS);
    await forgetInterpretations(worker(services));
    expect(await services.adminQuery("select 1 from visits.interpretations")).toEqual([]);
  });
});
