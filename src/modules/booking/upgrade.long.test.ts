import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { goOn, HOURS, type AskingHousehold } from "#tests/support/draw-world.ts";
import { citizen } from "#tests/support/fixtures.ts";
import { anUpgradeWorld, SECOND_LOCK, type UpgradeWorld } from "#tests/support/upgrade-world.ts";
import { DAY_MS } from "#kernel/time.ts";
import { listDrawLines, listRequests, type DrawId } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { readPublished } from "../../verify/published.ts";
import { verify } from "../../verify/verify.ts";
import { acceptOffer, decline, keepForBetterPlace } from "./index.ts";

let services: TestServices;
let { first, upgrader, others } = {} as UpgradeWorld;
beforeEach(async () => {
  services = await openTestServices();
  ({ first, upgrader, others } = await anUpgradeWorld(services));
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
