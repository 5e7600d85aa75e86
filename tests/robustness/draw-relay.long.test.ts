import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { QUICKNET, timeOfRound } from "#kernel/quicknet.ts";
import { DAY_MS, SECOND_MS } from "#kernel/time.ts";
import { listDrawLines, openNextDraw, type DrawId } from "#modules/allocation/index.ts";
import { cycleMonday, planCycle } from "#modules/allocation/rules/cycle.ts";
import { drandBeacon } from "#platform/beacon/index.ts";
import { systemContext } from "#platform/context.ts";
import { randomBytes } from "#platform/random.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { ANY_MORNING, goOn, someRequests } from "#tests/support/draw-world.ts";
import { fresnoDraws } from "#tests/support/draws.ts";
import recorded from "#tests/vectors/allocation/quicknet.json" with { type: "json" };
import { readPublished } from "../../src/verify/published.ts";
import { verify } from "../../src/verify/verify.ts";
import { startWitness, type RunningWitness } from "../../src/witness/service.ts";

/** A round as drand's nodes published it in January 2025: the draw of this test is of that week. */
const ROUND = recorded.rounds.at(-1)!;
const OTHER = recorded.rounds[0]!;
const DRAWN = new Date(timeOfRound(ROUND.round) * SECOND_MS);
const LOCKED = new Date(DRAWN.getTime() - 5 * SECOND_MS);
const OPENED = new Date(LOCKED.getTime() - 7 * DAY_MS);
/** Long enough for a loopback answer on a busy machine. */
const TIMEOUT_MS = 800;

/** What the one relay of this installation says now. */
let says: RequestListener;
let relay: Server;
let services: TestServices;
let folder: string;
let witnesses: RunningWitness[];
let draw: DrawId;

beforeEach(async () => {
  relay = createServer((request, response) => says(request, response));
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  folder = await mkdtemp(join(tmpdir(), "draw-relay-"));
  const opened = await openTestServices({ now: OPENED });
  const operators = [{ name: new URL(opened.publicOrigin).host, key: await opened.keyring.publicKey("draw") }];
  witnesses = [];
  for (const name of ["witness.example/a", "witness.example/b"])
    witnesses.push(
      await startWitness({
        name,
        folder: await mkdtemp(join(folder, "of-")),
        operators,
        host: "127.0.0.1",
        port: 0,
        now: () => LOCKED.getTime() / SECOND_MS,
        randomBytes,
      }),
    );
  services = {
    ...opened,
    witnesses: witnesses.map(({ signer, port }) => ({ ...signer, url: `http://127.0.0.1:${port}` })),
    beacon: drandBeacon({
      origins: [`http://127.0.0.1:${(relay.address() as AddressInfo).port}`],
      timeoutMs: TIMEOUT_MS,
      log: opened.log,
    }),
  };
  const day = planCycle(cycleMonday(OPENED)).first.horizonFrom;
  await fresnoDraws(services, day);
  draw = (await openNextDraw(systemContext(services, "test"), "demo"))!;
  await someRequests(services, 12, { wish: { ...ANY_MORNING, from: day, to: null } });
});
afterEach(async () => {
  for (const one of witnesses) await one.close();
  relay.closeAllConnections();
  relay.close();
  await services.close();
  await rm(folder, { recursive: true });
});

const answers =
  (body: object, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const honest: RequestListener = (request, response) =>
  answers(request.url === `/${QUICKNET.chain}/public/${ROUND.round}` ? ROUND : {})(request, response);
const state = async () =>
  (await services.adminQuery<{ state: string }>("select state from allocation.draws where id = $1", [draw]))[0]!.state;

// prettier-ignore
const BAD_DAY: readonly [string, RequestListener][] = [
  ["is not out yet", answers({}, 425)],
  ["comes with another's signature", answers({ ...ROUND, signature: OTHER.signature })],
  ["is another round", answers(OTHER)],
  ["is another round under its number", answers({ ...OTHER, round: ROUND.round })],
  ["comes with randomness of somebody's choice", answers({ ...ROUND, randomness: "00".repeat(32) })],
  ["is an error", answers(ROUND, 500)],
  ["does not come at all", () => undefined],
  ["is half an answer", (_, response) => void response.writeHead(200, { "content-length": "900" }).write("{") ],
];

test("on a bad day of its relay a draw waits for its own round and takes no other; then strangers verify it", async () => {
  const [opening] = await services.adminQuery<{ beacon: unknown }>(
    "select line::jsonb #> '{body,beacon}' as beacon from allocation.documents where draw_id = $1 and kind = 'opening'",
    [draw],
  );
  expect(opening).toEqual({ beacon: { source: "drand", chain: QUICKNET.chain, round: ROUND.round } });
  says = honest;
  await goOn(services, LOCKED);
  // Locked and witnessed before the round: that it may be had already, as here, changes nothing.
  expect(await state()).toBe("locked");
  for (const [i, [what, bad]] of BAD_DAY.entries()) {
    says = bad;
    await goOn(services, new Date(DRAWN.getTime() + i * SECOND_MS));
    relay.closeAllConnections();
    expect([what, await state()]).toEqual([what, "locked"]);
    expect(await services.adminQuery("select from allocation.outcomes")).toEqual([]);
  }
  says = honest;
  await goOn(services, new Date(DRAWN.getTime() + 10 * SECOND_MS));
  expect(await state()).toBe("drawn");

  const published = readPublished();
  for (const file of ["documents", "replay"] as const)
    for await (const line of listDrawLines(systemContext(services, "test"), draw, file)) published.line(line);
  const operator = await services.keyring.publicKey("draw");
  const trust = { operator, witnesses: witnesses.map(({ signer }) => signer.key) };
  const found = published.end();
  expect(found.beacons).toMatchObject([{ round: ROUND.round, signature: ROUND.signature }]);
  expect(verify(found, trust)).toMatchObject({ verdict: "verified", faults: [], entries: 12 });
}, 60_000);
