import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { DAY_MS } from "#kernel/time.ts";
import { allocationTasks, listDrawLines, type DrawId } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { readPublished } from "../../verify/published.ts";
import { verify } from "../../verify/verify.ts";
import { aDrawWorld, ANY_MORNING, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { rekeyRequests, withdraw } from "./index.ts";

let services: TestServices;
let draw: DrawId;
beforeEach(async () => {
  services = await openTestServices();
  draw = await aDrawWorld(services);
});
afterEach(() => services.close());

const erase = async (at: Date): Promise<void> => {
  services.clock.set(at);
  await allocationTasks("weekly")
    .find((task) => task.name === "allocation.erase_requests")!
    .run(systemContext(services, "test"));
};
const left = async () => {
  const [counts] = await services.adminQuery(
    `select (select count(*)::int from allocation.requests) as requests, (select count(*)::int from allocation.requests where sealed <> '') as sealed,
       (select count(*)::int from allocation.request_people) as people, (select count(*)::int from allocation.filings) as filings, (select count(*)::int from allocation.entries) as entries`,
  );
  return { ...counts };
};

test("a request that is over loses its people a day later, once the second round is drawn, and its row after thirty; its leaf stays and the draw is still right", async () => {
  await someRequests(services, 3);
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  await erase(new Date(HOURS.round.getTime() + 2 * DAY_MS));
  expect(await left()).toEqual({ requests: 3, sealed: 3, people: 3, filings: 3, entries: 3 });
  for (const to of [HOURS.answers, HOURS.secondRound]) await goOn(services, to);
  await erase(new Date(HOURS.round.getTime() + 2 * DAY_MS));
  expect(await left()).toEqual({ requests: 3, sealed: 0, people: 0, filings: 3, entries: 3 });
  await erase(new Date(HOURS.round.getTime() + 31 * DAY_MS));
  expect(await left()).toEqual({ requests: 0, sealed: 0, people: 0, filings: 0, entries: 3 });
  const reader = readPublished();
  for (const file of ["documents", "replay"] as const)
    for await (const line of listDrawLines(systemContext(services, "test"), draw, file)) reader.line(line);
  expect(verify(reader.end())).toMatchObject({ verdict: "not_publicly_verifiable", faults: [] });
});

test("nothing of a draw that is locked is erased before its result", async () => {
  const [household] = await someRequests(services, 1);
  await goOn(services, HOURS.lock);
  await withdraw({ ...systemContext(services, "test") }, household!.requestId, household!.contactId);
  await erase(new Date(HOURS.lock.getTime() + 40 * DAY_MS));
  expect(await left()).toEqual({ requests: 1, sealed: 1, people: 1, filings: 1, entries: 1 });
});

test("a standing request ends when none of its days is left, and is erased after half a year whatever it wanted", async () => {
  await someRequests(services, 1);
  await someRequests(services, 1, { wish: { ...ANY_MORNING, to: null } }, 50);
  await services.adminQuery("delete from allocation.filings");
  await erase(new Date("2026-12-20T12:00:00Z"));
  const states = await services.adminQuery<{ state: string }>("select state from allocation.requests order by 1");
  expect(states.map((one) => one.state)).toEqual(["ended", "standing"]);
  await erase(new Date("2027-06-01T12:00:00Z"));
  expect(await left()).toMatchObject({ requests: 0, sealed: 0, people: 0 });
});

test("two leaves of one person are found across a rotation of the keys", async () => {
  await someRequests(services, 1, { autoConfirm: false }, 7);
  await Promise.all([services.keyring.rotate("claim.name"), services.keyring.rotate("claim.curp")]);
  await someRequests(services, 1, { autoConfirm: false }, 7);
  expect(await rekeyRequests(systemContext(services, "test"))).toBe(2);
  await Promise.all([services.keyring.endRotation("claim.name"), services.keyring.endRotation("claim.curp")]);
  await someRequests(services, 1, { autoConfirm: false }, 7);
  await goOn(services, HOURS.lock);
  await goOn(services, HOURS.round);
  const answers = await services.adminQuery<{ answer: string }>("select answer from allocation.filings order by 1");
  expect(answers.map((one) => one.answer)).toEqual(["not_live", "not_live", "offered"]);
});
