import fc from "fast-check";
import { expect, test } from "vitest";
import { agentsFor, erlangA, type Load, type Target } from "./erlang.ts";

const HOUR = 60;
/** With patience without end Erlang A is Erlang C; this is its formula as every text book has it. */
function erlangC(offered: number, agents: number): number {
  let inverse = 1;
  for (let n = 1; n <= agents; n++) inverse = 1 + (inverse * n) / offered;
  const blocked = 1 / inverse;
  return blocked / (1 - (offered / agents) * (1 - blocked));
}

test("with patience without end it is Erlang C: who waits, how long, and how many in time", () => {
  const load = { rate: 100 / HOUR, handling: 3, patience: 1e7 };
  const offered = load.rate * load.handling;
  for (const agents of [6, 7, 8, 10]) {
    const waits = erlangC(offered, agents);
    const met = erlangA(load, agents, 0.5);
    expect(met.abandoned).toBeLessThan(1e-5);
    expect(met.wait).toBeCloseTo((waits * load.handling) / (agents - offered), 3);
    expect(met.within).toBeCloseTo(1 - waits * Math.exp((-(agents - offered) / load.handling) * 0.5), 3);
  }
});

test("with as much patience as handling each caller is in a line of her own: as many are there as Poisson says", () => {
  // Then every state is left at the rate of its number, as with agents without end.
  const load = { rate: 20, handling: 3, patience: 3 };
  const mean = load.rate * load.handling;
  const agents = 60;
  let chance = Math.exp(-mean);
  let waiting = 0;
  let busy = 0;
  for (let n = 0; n < 400; n++) {
    waiting += Math.max(0, n - agents) * chance;
    busy += Math.min(n, agents) * chance;
    chance *= mean / (n + 1);
  }
  const met = erlangA(load, agents, 1);
  expect(met.wait).toBeCloseTo(waiting / load.rate, 8);
  expect(met.abandoned).toBeCloseTo(waiting / load.patience / load.rate, 8);
  expect(met.busy).toBeCloseTo(busy / agents, 8);
});

test("everybody is answered or gives up, more agents are never worse, and nobody is answered in time without any", () => {
  const load = fc.record({
    rate: fc.double({ min: 0.01, max: 60, noNaN: true }),
    handling: fc.double({ min: 0.5, max: 15, noNaN: true }),
    patience: fc.double({ min: 0.2, max: 30, noNaN: true }),
  });
  fc.assert(
    fc.property(
      load,
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (own, agents, minutes) => {
        const met = erlangA(own, agents, minutes);
        const more = erlangA(own, agents + 1, minutes);
        expect(met.answered + met.abandoned).toBeCloseTo(1, 9);
        expect(met.abandoned).toBeGreaterThanOrEqual(-1e-9);
        expect(met.within).toBeLessThanOrEqual(met.answered + 1e-9);
        expect(more.within).toBeGreaterThanOrEqual(met.within - 1e-9);
        expect(more.abandoned).toBeLessThanOrEqual(met.abandoned + 1e-9);
        expect(met.busy).toBeLessThanOrEqual(1 + 1e-9);
      },
    ),
    { numRuns: 500 },
  );
  expect(erlangA({ rate: 1, handling: 3, patience: 2 }, 0, 1)).toMatchObject({ answered: 0, within: 0 });
});

test("the fewest agents keep the promise and one fewer does not; where nobody calls nobody is needed", () => {
  const target: Target = { minutes: 0.5, within: 0.8, abandoned: 0.05 };
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 60, noNaN: true }), (rate) => {
      const load: Load = { rate, handling: 4.5, patience: 4 };
      const agents = agentsFor(load, target, 500);
      const keeps = (n: number): boolean => {
        const { within, abandoned } = erlangA(load, n, target.minutes);
        return within >= target.within && abandoned <= target.abandoned;
      };
      expect([keeps(agents), keeps(agents - 1)]).toEqual([true, false]);
    }),
    { numRuns: 100 },
  );
  expect(agentsFor({ rate: 0, handling: 4, patience: 4 }, target, 500)).toBe(0);
  expect(agentsFor({ rate: 500, handling: 4, patience: 4 }, target, 400)).toBe(400);
});
