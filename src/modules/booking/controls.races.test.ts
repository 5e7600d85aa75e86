import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import type * as Schedules from "#modules/schedules/index.ts";
import type { Database } from "#platform/db/index.ts";
import {
  COMINGS,
  familiesAgainstSingles,
  FILED_TWICE,
  poisonInOneBatch,
  samePersonFromTwoContacts,
  TOO_FEW_FOR_THE_SECOND_FAMILY,
} from "./booking.fixtures.ts";
import type * as Claims from "./rules/claims.ts";

// Negative controls: each takes one guard away and shows that its race, unchanged, is then lost.
const worse = vi.hoisted(() => ({
  arrange: undefined as ((real: typeof Schedules.arrange) => typeof Schedules.arrange) | undefined,
  judgeClaim: undefined as typeof Claims.judgeClaim | undefined,
}));
vi.mock("#modules/schedules/index.ts", async (original) => {
  const real = await original<typeof Schedules>();
  const arrange: typeof real.arrange = (...args) => (worse.arrange?.(real.arrange) ?? real.arrange)(...args);
  return { ...real, arrange };
});
vi.mock("./rules/claims.ts", async (original) => {
  const real = await original<typeof Claims>();
  const judgeClaim: typeof real.judgeClaim = (...args) => (worse.judgeClaim ?? real.judgeClaim)(...args);
  return { ...real, judgeClaim };
});

let services: TestServices;
let otherServer: TestServices;
beforeEach(async () => {
  services = await openTestServices();
  otherServer = servicesOn(services.url);
});
afterEach(async () => {
  worse.arrange = worse.judgeClaim = undefined;
  await otherServer.close();
  await services.close();
});

test("families against singles: an arrangement that seats whom it can leaves a family with part of its places", async () => {
  worse.arrange =
    (real) =>
    (open, needs, from): Schedules.Arrangement | undefined => {
      for (let some = needs.length; some > 0; some--) {
        const seated = real(open, needs.slice(0, some), from);
        if (seated) return seated;
      }
      return undefined;
    };
  const { open, broken } = await familiesAgainstSingles(services, TOO_FEW_FOR_THE_SECOND_FAMILY);
  expect(open).toBe(0);
  expect(Object.keys(broken)).toEqual(["an active booking has all its people and an appointment for each"]);
});

describe.each(COMINGS)("the same person from two contacts, %s", (coming) => {
  test("a judge that refuses whoever came second turns the real person away", async () => {
    worse.judgeClaim = (_claim, _contactId, [other]) =>
      other ? { standing: "refused", bookingId: other.bookingId } : { standing: "counting", without: [] };
    const { codes, answers } = await samePersonFromTwoContacts(services, otherServer, coming);
    expect(codes).toEqual({ booked: FILED_TWICE, already_booked: FILED_TWICE });
    expect(answers.size).toBe(2);
  });

  test("a judge that takes the two for one leaves the second without a claim of its own", async () => {
    worse.judgeClaim = (_claim, _contactId, inTheWay) => ({
      standing: "counting",
      without: inTheWay.map((other) => other.key),
    });
    const { standings, broken } = await samePersonFromTwoContacts(services, otherServer, coming);
    expect(standings).toEqual([{ counting: 1, contested: 0 }]);
    expect(broken).toEqual({ "every appointment of an active booking is claimed, and no other": FILED_TWICE });
  });
});

describe("one poison command in a batch of 64", () => {
  test("with the second try, one by one, the 63 are booked", async () => {
    expect(await poisonInOneBatch(services, services.database)).toBe(63);
  });

  test("without it the 63 are lost with the one", async () => {
    const noSecondTry: Database = {
      ...services.database,
      transaction: (role, scope, work, options) =>
        options?.patient
          ? Promise.reject(new Error("no second try"))
          : services.database.transaction(role, scope, work, options),
    };
    expect(await poisonInOneBatch(services, noSecondTry)).toBe(0);
  });
});
