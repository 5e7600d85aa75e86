import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen, someContacts } from "#tests/support/fixtures.ts";
import { listDrawLines, listRequests, type DrawId } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { readPublished } from "../../verify/published.ts";
import { verify } from "../../verify/verify.ts";
import { acceptOffer, changeRequest, decline, requestPlaces, withdraw } from "./index.ts";
import { aDrawWorld, ANY_MORNING, goOn, HOURS, someRequests } from "./draw.fixtures.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const states = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await services.adminQuery<{ state: string; count: number }>(
        "select state, count(*)::int from schedules.places group by state order by state",
      )
    ).map((one) => [one.state, one.count]),
  );
const requestStates = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await services.adminQuery<{ state: string; count: number }>(
        "select state, count(*)::int from allocation.requests group by state order by state",
      )
    ).map((one) => [one.state, one.count]),
  );

async function published(drawId: DrawId, files: readonly ("documents" | "replay")[]) {
  const reader = readPublished();
  for (const file of files)
    for await (const line of listDrawLines(systemContext(services, "test"), drawId, file)) reader.line(line);
  return verify(reader.end());
}

describe("a draw from the first request to the last booking", () => {
  test("gives every place of the supply to those who asked, books them, and is verified from its files", async () => {
    const draw = await aDrawWorld(services, { hours: 1, counters: 2 });
    const asked = await someRequests(services, 12);
    expect(await states()).toEqual({ planned: 8 });
    await goOn(services, HOURS.lock);
    expect(await states()).toEqual({ committed: 8 });
    await goOn(services, HOURS.round);
    expect(await states()).toEqual({ booked: 8 });
    expect(await requestStates()).toEqual({ confirmed: 8, standing: 4 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
    const own = await listRequests(citizen(services, asked[0]!.contactId));
    expect(own).toHaveLength(1);
    expect(own[0]!.draws[0]!.drawId).toBe(draw);
    const verdict = await published(draw, ["documents", "replay"]);
    expect(verdict).toMatchObject({ verdict: "not_publicly_verifiable", faults: [] });
  });
});
