import { afterAll, beforeAll, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { goOn, HOURS } from "#tests/support/draw-world.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { fingerprint, openDrawWorld, type DrawWorld, type Moment } from "./draw-world.ts";

/** One statement in so many is the node's last, before it is sent and after it is answered in turn; which of them is chance. */
const STRIDE = 6;

let world: DrawWorld;
beforeAll(async () => {
  world = await openDrawWorld();
});
afterAll(() => world.close());

test.each(["lock", "round", "answers", "secondRound", "over"] as const)(
  "killed at any of its statements (%s), a node is followed by one that comes to the same",
  async (moment: Moment) => {
    const random = mulberry32(moment.length);
    const whole = await statementsOf(moment);
    let [killed, survived] = [0, 0];
    for (let nth = 1 + Math.floor(random() * STRIDE); nth <= whole; nth += STRIDE) {
      const when = killed % 2 === 0 ? "before" : "after";
      const services = await world.copy(moment);
      try {
        // Statements of one turn of the loop come in any order, so a run may have one or two fewer.
        if ((await world.node(services, moment, { death: { matching: "", nth, when } })) === undefined) killed += 1;
        else survived += 1;
        await goOn(services, HOURS[moment]);
        await expectConsistent(services.adminQuery);
        // What stands in a second round has new salts in every run, and so another order.
        if (moment === "lock" || moment === "round")
          expect([nth, when, await fingerprint(services)]).toEqual([nth, when, await world.undisturbed(moment)]);
      } finally {
        await services.close();
      }
    }
    console.info(`${moment}: ${whole} statements, killed at ${killed} of them`);
    expect(killed).toBeGreaterThan(whole / STRIDE - 3);
    expect(survived).toBeLessThan(3);
  },
  15 * MINUTE_MS,
);

async function statementsOf(moment: Moment): Promise<number> {
  const services = await world.copy(moment);
  try {
    return (await world.node(services, moment))!;
  } finally {
    await services.close();
  }
}
