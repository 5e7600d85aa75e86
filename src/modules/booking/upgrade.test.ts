import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, ANY_MORNING, DRAWN_DAY, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import type { AskingHousehold } from "#tests/support/draw-world.ts";
import { aSession, citizen, FRESNO } from "#tests/support/fixtures.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { listDrawLines, listRequests, type DrawId } from "#modules/allocation/index.ts";
import { setRelease } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { readPublished } from "../../verify/published.ts";
import { verify } from "../../verify/verify.ts";
import { acceptOffer, decline, keepForBetterPlace } from "./index.ts";

/** Five minutes after the answers, and before the second round. */
const SECOND_LOCK = new Date(HOURS.answers.getTime() + 6 * MINUTE_MS);
const DALLAS = "dallas" as OfficeId;
let services: TestServices;
let first: AskingHousehold;
let upgrader: AskingHousehold;
let others: AskingHousehold[];

/** One place in Fresno and eight in Dallas. Who must not wait goes first: one family has Fresno's, the other has Dallas and would rather have Fresno. */
beforeEach(async () => {
  services = await openTestServices();
  await aDrawWorld(services, { hours: 0.25, counters: 1 });
  await aSession(services, { officeId: DALLAS, localDate: DRAWN_DAY, opens: "09:00", steps: 2, counters: 4 });
  await setRelease(systemContext(services, "test"), {
    officeId: DALLAS,
    serviceGroup: "documentacion",
    regime: "draw",
    drawsFrom: DRAWN_DAY,
    demand: null,
    decidedAt: services.clock.now(),
    decidedBy: "staff",
  });
  const ask = { autoConfirm: false, wish: { ...ANY_MORNING, to: null } } as const;
  const rather = { ...ask.wish, offices: [FRESNO, DALLAS], first: "office" } as const;
  [first] = (await someRequests(services, 1, {
    ...ask,
    declared: [{ kind: "deadline", ordinal: 1, on: DRAWN_DAY }],
  })) as [AskingHousehold];
  const deed = { ...ask, wish: rather, declared: [{ kind: "disability" as const, ordinal: 1 }] };
  [upgrader] = (await someRequests(services, 1, deed, 50)) as [AskingHousehold];
  others = await someRequests(services, 9, { wish: { ...ask.wish, offices: [DALLAS] } }, 100);
  // Half an hour is less than a draw is given of a calendar.
  await services.adminQuery("update schedules.places set pool = 'draw'");
  // They were served before: of so few places a mailbox alone has no share.
  await services.adminQuery("update allocation.requests set contact_class = 'known'");
  await services.adminQuery("update allocation.entries set contact = 'known'");
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  expect(await placeOf(first)).toEqual(["offered", "fresno"]);
  expect(await placeOf(upgrader)).toEqual(["offered", "dallas"]);
});
afterEach(() => services.close());

const own = async ({ contactId }: AskingHousehold) => (await listRequests(citizen(services, contactId)))[0]!;
async function placeOf(household: AskingHousehold) {
  const { state, officeId } = await own(household);
  return [state, officeId];
}
const asked = ({ contactId, requestId }: AskingHousehold, at = services) =>
  [citizen(at, contactId), requestId, contactId] as const;
const keep = () => keepForBetterPlace(...asked(upgrader));
const secondId = async (): Promise<DrawId> =>
  (await services.adminQuery<{ id: DrawId }>("select id from allocation.draws where kind = 'second'"))[0]!.id;

describe("yes, and change it for me if one that I would rather have comes free", () => {
  test("waits for the second round, moves to the better place there, and gives the other one to whoever waits", async () => {
    expect(await keep()).toMatchObject({ ok: true });
    expect(await keep()).toMatchObject({ ok: true });
    expect(await decline(...asked(first))).toMatchObject({ ok: true });
    await goOn(services, HOURS.answers);
    expect(await placeOf(upgrader)).toEqual(["offered", "dallas"]);
    await goOn(services, HOURS.secondRound);
    expect(await placeOf(upgrader)).toEqual(["confirmed", "fresno"]);
    expect((await own(upgrader)).draws.map((one) => one.answer)).toEqual(["accepted", "declined"]);
    expect(
      await services.adminQuery("select office_id from booking.bookings where contact_id = $1", [upgrader.contactId]),
    ).toEqual([{ office_id: "fresno" }]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
    await goOn(services, HOURS.over);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("is checked by anybody from the published files, with what was held in the leaf", async () => {
    await keep();
    await decline(...asked(first));
    for (const to of [SECOND_LOCK, HOURS.secondRound]) await goOn(services, to);
    const published = readPublished();
    const lines: string[] = [];
    for (const file of ["documents", "replay"] as const)
      for await (const line of listDrawLines(systemContext(services, "test"), await secondId(), file)) lines.push(line);
    for (const line of lines) published.line(line);
    expect(lines.filter((line) => line.includes('"holds":{'))).toHaveLength(1);
    expect(verify(published.end())).toMatchObject({ faults: [] });
  });

  test("keeps what she has where nothing better comes free", async () => {
    await keep();
    await acceptOffer(...asked(first));
    for (const to of [HOURS.answers, HOURS.secondRound]) await goOn(services, to);
    expect(await placeOf(upgrader)).toEqual(["confirmed", "dallas"]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("while the second round is being drawn nothing else becomes of the place", async () => {
    await keep();
    await decline(...asked(first));
    await goOn(services, SECOND_LOCK);
    expect((await own(upgrader)).exchanging).toBe(true);
    expect(await acceptOffer(...asked(upgrader))).toMatchObject({ ok: false });
    expect(await decline(...asked(upgrader))).toMatchObject({ ok: false });
    expect(await keep()).toMatchObject({ ok: false, refusal: { code: "no_better" } });
    await goOn(services, HOURS.secondRound);
    expect(await placeOf(upgrader)).toEqual(["confirmed", "fresno"]);
  });

  test("is over with a plain yes or no before the second round's lock", async () => {
    await keep();
    expect(await acceptOffer(...asked(upgrader))).toMatchObject({ ok: true });
    await decline(...asked(first));
    for (const to of [HOURS.answers, HOURS.secondRound]) await goOn(services, to);
    expect(await placeOf(upgrader)).toEqual(["confirmed", "dallas"]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("books what she has when the second round's number never comes", async () => {
    await keep();
    await decline(...asked(first));
    const late = { ...services, beacon: { ...services.beacon, fetchRound: () => Promise.resolve(undefined) } };
    for (const to of [HOURS.answers, HOURS.secondRound, new Date(HOURS.secondRound.getTime() + 8 * DAY_MS)])
      await goOn(late, to);
    expect(await placeOf(upgrader)).toEqual(["confirmed", "dallas"]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("is nothing for a first wish, and nobody else's to say", async () => {
    expect(await keepForBetterPlace(...asked(first))).toMatchObject({ ok: false, refusal: { code: "no_better" } });
    const stranger = citizen(services, others[0]!.contactId);
    expect(await keepForBetterPlace(stranger, upgrader.requestId, others[0]!.contactId)).toMatchObject({
      ok: false,
      refusal: { code: "unknown_request" },
    });
    await goOn(services, HOURS.answers);
    expect(await placeOf(upgrader)).toEqual(["confirmed", "dallas"]);
  });
});
