import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillHorizon, seedTemplates } from "#modules/schedules/index.ts";
import { systemContext, type Services } from "#platform/context.ts";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { DRAW_OFFICES, turnToDraws } from "../demo-world/draws.ts";
import { startDemoWitnesses } from "../witnesses.ts";
import { playDraw } from "./play.ts";
import { sentenceOf, type DemoStep } from "./steps.ts";

const ORIGIN = "http://localhost:8080";
const ORDER = ["filed", "closed", "locked", "drawn", "answered", "silent", "second", "checked", "done"];

let database: TestServices;
let services: Services;
let folder: string;
const open: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  database = await openTestServices();
  folder = await mkdtemp(join(tmpdir(), "ventanilla-play-"));
  await database.adminQuery("update offices.offices set valid_to = valid_from where not id = any($1)", [DRAW_OFFICES]);
  await seedTemplates({ url: database.url, now: database.clock.now() });
  const operator = { name: new URL(database.publicOrigin).host, key: await database.keyring.publicKey("draw") };
  const witnesses = await startDemoWitnesses({
    state: folder,
    operator,
    clock: database.clock,
    onOpen: (close) => open.push(close),
  });
  services = { ...database, witnesses };
  await turnToDraws(services);
  await fillHorizon(systemContext(services, "test"));
}, 60_000);
afterAll(async () => {
  for (const close of open) await close();
  await database.close();
  await rm(folder, { recursive: true });
});

/** Plays as `npm run demo:draw` does, by a clock that a test moves. */
async function played(): Promise<{ steps: Record<string, DemoStep>; refusal: string | undefined; seconds: number }> {
  const steps: DemoStep[] = [];
  const from = database.clock.now().getTime();
  const refusal = await playDraw(services, {
    told: (step) => void steps.push(step),
    wait: (ms) => Promise.resolve(database.clock.set(new Date(database.clock.now().getTime() + ms))),
  });
  expect(steps.map(({ code }) => code)).toEqual(refusal === undefined ? ORDER : []);
  const seconds = (database.clock.now().getTime() - from) / 1000;
  return { steps: Object.fromEntries(steps.map((step) => [step.code, step])), refusal, seconds };
}

function stepOf<Code extends DemoStep["code"]>(code: Code, steps: Record<string, DemoStep>) {
  return steps[code] as Extract<DemoStep, { code: Code }>;
}

test("a newcomer sees a whole draw within a minute: list, witnesses, result, answers, second round, and that it is right", async () => {
  const { steps, seconds } = await played();
  expect(seconds).toBeLessThan(60);
  expect(steps["filed"]).toMatchObject({ households: 40 });
  expect(steps["locked"]).toMatchObject({ entries: 40, witnesses: 2 });
  const { served, waiting } = stepOf("drawn", steps);
  expect(served + waiting).toBe(40);
  expect(steps["answered"]).toMatchObject({ yes: 1, no: 5 });
  const { booked } = stepOf("answered", steps);
  expect(steps["silent"]).toMatchObject({ booked: served - booked - 6 });
  expect(steps["checked"]).toMatchObject({ entries: 40, faults: 0, verdict: "not_publicly_verifiable" });
  const confirmed = await database.adminQuery<{ count: number }>(
    "select count(*)::int from allocation.requests where state = 'confirmed'",
  );
  expect(confirmed[0]!.count).toBe(served - 5);
  expect(await brokenRules(database.adminQuery)).toEqual({});
  const told = Object.values(steps).map((step) => sentenceOf(step, ORIGIN));
  expect(told.join("\n")).toMatch(/cosigned by 2 witnesses(.|\n)*verify\.js --lang en documents\.jsonl replay\.jsonl$/);
}, 60_000);

test("works again: whoever waits stands in the next one", async () => {
  const [waits] = await database.adminQuery<{ count: number }>(
    "select count(*)::int from allocation.requests where state = 'standing'",
  );
  const { steps } = await played();
  expect(steps["locked"]).toMatchObject({ entries: 40 + waits!.count });
  expect(steps["checked"]).toMatchObject({ faults: 0 });
}, 60_000);

test("is not played where nothing is drawn", async () => {
  await database.adminQuery("update schedules.releases set regime = 'immediate'");
  await database.adminQuery("update allocation.draws set state = 'void' where state = 'open'");
  expect((await played()).refusal).toBe("no_draw");
});
