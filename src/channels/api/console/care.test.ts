import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts } from "#tests/support/fixtures.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { aBooking, aStaffId, goToVisit } from "../../../modules/visits/visits.fixtures.ts";
import type { Care } from "./care-contract.ts";
import { ask, aConsole, cookieOf, PREFIX } from "./console.fixtures.ts";

/** A call is on every screen of the office within this. */
const AT_ONCE_MS = 1_000;

let services: TestServices;
let nodes: Awaited<ReturnType<typeof aConsole>>[];
let origins: string[];
beforeAll(async () => {
  services = await openTestServices();
  nodes = [await aConsole(services), await aConsole(services)];
  origins = await Promise.all(nodes.map(({ app }) => app.listen({ host: "127.0.0.1", port: 0 })));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await services.close();
});

const signedIn = async (office?: OfficeId) => cookieOf(services, await aStaffId(services, "clerk", office));

/** The office's stream as one screen reads it. */
async function listen(cookie: string, node = 1) {
  const response = await fetch(`${origins[node]}${PREFIX}/events`, { headers: { cookie: `staff=${cookie}` } });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    text: () => text,
    async until(wanted: string): Promise<void> {
      while (!text.includes(wanted)) {
        const { done, value } = await reader.read();
        if (done) throw new Error("the stream ended");
        text += value;
      }
    },
    stop: () => reader.cancel(),
  };
}
const careOf = async (cookie: string) => (await ask(nodes[1]!.app, "GET", "/care", cookie)).body as Care;

test("a call raised at one node is heard at another at once, by the own office alone, and its stream names nobody", async () => {
  const [caller, colleague, stranger] = [await signedIn(), await signedIn(), await signedIn("dallas" as OfficeId)];
  const [here, elsewhere] = [await listen(colleague), await listen(stranger)];
  await Promise.all([here.until("event: changed"), elsewhere.until("event: changed")]);

  const before = performance.now();
  const raised = await ask(nodes[0]!.app, "POST", "/alarms", caller, { counter: 3 });
  await here.until("event: care\ndata: {}\n");
  expect(performance.now() - before).toBeLessThan(AT_ONCE_MS);
  expect(raised.status).toBe(200);
  const { id, undoUntil } = raised.body as { id: string; undoUntil: string };
  expect(Date.parse(undoUntil) - services.clock.now().getTime()).toBe(10_000);
  expect((await careOf(colleague)).alarms).toMatchObject([{ id, own: false, counter: 3, seenBy: null }]);
  expect((await careOf(caller)).alarms).toMatchObject([{ id, own: true }]);
  expect((await careOf(stranger)).alarms).toEqual([]);
  expect(elsewhere.text()).not.toContain("event: care");

  const act = async (cookie: string, what: string) => {
    const { status, body } = await ask(nodes[0]!.app, "POST", `/alarms/${id}/${what}`, cookie, {});
    return [status, (body as { code?: string }).code];
  };
  expect(await act(stranger, "end")).toEqual([404, "unknown_alarm"]);
  expect(await act(caller, "end")).toEqual([409, "own_alarm"]);
  expect(await act(colleague, "see")).toEqual([200, undefined]);
  expect((await careOf(caller)).alarms[0]!.seenBy).toBe("Persona Ficticia");
  expect(await act(colleague, "end")).toEqual([200, undefined]);
  expect(await act(colleague, "end")).toEqual([409, "alarm_over"]);
  await Promise.all([here.stop(), elsewhere.stop()]);
});

test("an interpreter is asked for, answers and leaves, and colleagues see it", async () => {
  const { wanted } = await aSession(services);
  const [contact] = await someContacts(services, 1);
  const bookingId = await aBooking(services, contact!, wanted, [anApplicant(1)]);
  goToVisit(services, wanted);
  const [clerk, colleague] = [await signedIn(), await signedIn()];
  const post = (path: string, body: unknown) => ask(nodes[0]!.app, "POST", path, clerk, body);
  const { visit } = (await post("/visits", { bookingId })).body as { visit: { id: string; version: number } };
  const card = await ask(nodes[0]!.app, "GET", "/languages", clerk);
  expect((card.body as { languages: unknown[] }).languages).toContainEqual(
    expect.objectContaining({ code: "tsotsil", autonyms: ["bats’i k’op"] }),
  );
  expect((await post("/interpreters", { visitId: visit.id, language: "latin" })).status).toBe(400);
  const asked = await post("/interpreters", { visitId: visit.id, language: "tsotsil" });
  const { interpretation } = asked.body as { interpretation: { id: string } };
  expect((await careOf(colleague)).interpretations).toMatchObject([
    { id: interpretation.id, visitId: visit.id, language: "tsotsil", connectedAt: null },
  ]);
  expect((await post(`/interpreters/${interpretation.id}/connect`, {})).status).toBe(200);
  expect((await careOf(colleague)).interpretations[0]!.connectedAt).not.toBeNull();
  expect((await post(`/interpreters/${interpretation.id}/end`, { end: "tired" })).status).toBe(400);
  expect((await post(`/interpreters/${interpretation.id}/end`, { end: "spoke" })).status).toBe(200);
  expect((await careOf(colleague)).interpretations).toEqual([]);
});

test("reports and papers are for whoever reads counts; the number of interpreters for whoever confirms facts", async () => {
  const [clerk, head] = [await signedIn(), await cookieOf(services, await aStaffId(services, "office_head"))];
  const none = { good: 0, fair: 0, bad: 0 };
  const id = "0190aaaa-0000-7000-8000-000000000001";
  const body = { id, tally: { visit: { ...none, good: 1 }, punctual: none, time_taken: none, courtesy: none } };
  const status = async (method: "GET" | "POST" | "PUT", path: string, cookie: string, payload?: unknown) =>
    (await ask(nodes[0]!.app, method, path, cookie, payload)).status;
  expect([
    await status("GET", "/reports/care", clerk),
    await status("POST", "/survey/sheets", clerk, body),
    await status("PUT", "/interpreter-line", clerk, { phone: "+15595550100" }),
  ]).toEqual([403, 403, 403]);
  expect([
    await status("GET", "/reports/care", head),
    await status("GET", "/reports/care?officeId=dallas", head),
    await status("POST", "/survey/sheets", head, body),
    await status("POST", `/survey/sheets/${id}/undo`, head, {}),
    await status("PUT", "/interpreter-line", head, { phone: "559 555" }),
    await status("PUT", "/interpreter-line", head, { phone: "+15595550100" }),
  ]).toEqual([200, 403, 200, 200, 400, 200]);
  expect((await careOf(clerk)).line).toBe("+15595550100");
});
