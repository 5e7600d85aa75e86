import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { QUICKNET } from "#kernel/quicknet.ts";
import type { LogFields } from "#platform/log.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import recorded from "#tests/vectors/allocation/quicknet.json" with { type: "json" };
import { acceptRound, broughtBeacon, drandBeacon, operatorBeacon } from "./index.ts";

const [GOOD, OTHER] = recorded.rounds as [(typeof recorded.rounds)[0], (typeof recorded.rounds)[0]];
/** Long enough for a loopback answer on a busy machine, short enough to wait for in a test. */
const TIMEOUT_MS = 800;

const servers: Server[] = [];
async function mirror(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Serves the recorded rounds at drand's addresses and nothing else. */
const honest: RequestListener = ({ url }, response) => {
  const round = recorded.rounds.find((one) => url === `/${QUICKNET.chain}/public/${one.round}`);
  response.writeHead(round ? 200 : 425, { "content-type": "application/json" }).end(JSON.stringify(round ?? {}));
};
const says =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));

const logged: (string | undefined)[] = [];
const note = (_: string, fields?: LogFields): void => void logged.push(fields?.code?.replace(/^\S+ /, ""));
const beaconOf = (...origins: string[]) => {
  logged.length = 0;
  return drandBeacon({ origins, timeoutMs: TIMEOUT_MS, log: { info: note, warn: note, error: note } });
};

describe("drand", () => {
  test("gives the recorded rounds as its nodes published them", async () => {
    const beacon = beaconOf(await mirror(honest));
    for (const { round, signature, randomness } of recorded.rounds)
      expect(await beacon.fetchRound(round)).toEqual({ round, signature, randomness });
    expect(logged).toEqual([]);
  });

  test("waits quietly for a round that is still to come", async () => {
    const beacon = beaconOf(await mirror(honest), await mirror(says("not found", 404)));
    expect(await beacon.fetchRound(2_000_000_000)).toBeUndefined();
    expect(logged).toEqual([]);
  });

  const zeros = { ...GOOD, signature: `c0${"00".repeat(47)}` };
  // prettier-ignore
  test.each<[string, string, RequestListener]>([
    ["another round of the chain", "another_round", says(OTHER)],
    ["its own round under the wanted number", "not_quicknet", says({ ...OTHER, round: GOOD.round })],
    ["another's signature", "not_quicknet", says({ ...GOOD, signature: OTHER.signature })],
    ["a signature that is no point", "not_quicknet", says({ ...GOOD, signature: "ff".repeat(48) })],
    ["the point at infinity", "not_quicknet", says(zeros)],
    ["randomness of its choice", "not_quicknet", says({ ...GOOD, randomness: "00".repeat(32) })],
    ["capital letters, which would be another text of the same value", "not_quicknet", says({ ...GOOD, randomness: GOOD.randomness.toUpperCase() })],
    ["a number as text", "not_quicknet", says({ ...GOOD, round: String(GOOD.round) })],
    ["a page", "not_quicknet", says("<!doctype html><title>Welcome to the hotel's network</title>")],
    ["nothing", "not_quicknet", says("")],
    ["null", "not_quicknet", says("null")],
    ["half an answer", "not_quicknet", says(JSON.stringify(GOOD).slice(0, 60))],
    ["a redirect to where the round is", "http_302", (_, response) => void response.writeHead(302, { location: `/${QUICKNET.chain}/public/${GOOD.round}` }).end()],
    ["an error with the right body", "http_500", says(GOOD, 500)],
    ["more than a round has", "too_large", says(JSON.stringify({ ...GOOD, more: "x".repeat(5_000) }))],
    ["a body that never ends", "too_large", (_, response) => { const more = (): void => void (response.destroyed || response.write("x".repeat(1_000), more)); more(); }],
    ["a body that drips", "timeout", (_, response) => { response.write("{"); const drip = setInterval(() => response.write(" "), 50); response.on("close", () => clearInterval(drip)); }],
    ["silence", "timeout", () => undefined],
    ["a closed door", "unreachable", (request) => void request.socket.destroy()],
  ])("is not taken from a mirror that gives %s: the next one is asked", async (_, code, bad) => {
    const beacon = beaconOf(await mirror(bad), await mirror(honest));
    expect(await beacon.fetchRound(GOOD.round)).toMatchObject({ round: GOOD.round, randomness: GOOD.randomness });
    expect(logged).toEqual([code]);
  });

  test("is not there when every mirror lies or is away: nothing is put in its place", async () => {
    const beacon = beaconOf(await mirror(says(OTHER)), await mirror(() => undefined), "http://127.0.0.1:9");
    expect(await beacon.fetchRound(GOOD.round)).toBeUndefined();
    expect(logged).toEqual(["another_round", "timeout", "unreachable"]);
  });

  test("names a mirror in the log by its host alone", async () => {
    const codes: (string | undefined)[] = [];
    const log = { info: note, warn: (_: string, fields?: LogFields) => void codes.push(fields?.code), error: note };
    await drandBeacon({ origins: ["http://127.0.0.1:9/secret"], timeoutMs: TIMEOUT_MS, log }).fetchRound(1);
    expect(codes).toEqual(["127.0.0.1:9 unreachable"]);
  });

  test("has no round 0", async () => {
    for (const round of [0, -1, 1.5, Number.NaN])
      await expect(beaconOf().fetchRound(round)).rejects.toThrow(RangeError);
  });
});

describe("a round that is handed in", () => {
  test("is taken from anybody when it is quicknet's", () => {
    for (const { round, signature, randomness } of recorded.rounds)
      expect(acceptRound({ round, signature, randomness, from: "a stranger" })).toEqual({
        round,
        signature,
        randomness,
      });
  });

  test("is refused when it is not", () => {
    const bad = [undefined, null, 1, "round", [], {}, { ...GOOD, round: GOOD.round + 1 }, { ...GOOD, signature: null }];
    for (const given of bad) expect(acceptRound(given)).toBeUndefined();
  });

  test("is a beacon of that one round, and of nothing that is not drand's", async () => {
    const brought = broughtBeacon(GOOD.round, GOOD.signature);
    expect(await brought?.fetchRound(GOOD.round)).toEqual(GOOD);
    expect(await brought?.fetchRound(GOOD.round + 1)).toBeUndefined();
    expect(broughtBeacon(GOOD.round + 1, GOOD.signature)).toBeUndefined();
    expect(broughtBeacon(Number.NaN, "not a signature")).toBeUndefined();
  });
});

describe("the operator's own beacon", () => {
  let here: TestServices;
  let elsewhere: TestServices;
  beforeAll(async () => {
    here = await openTestServices();
    elsewhere = await openTestServices();
  });
  afterAll(() => Promise.all([here.close(), elsewhere.close()]));

  test("says the same of a round on every node and at any time, and of each round something else", async () => {
    const first = await operatorBeacon(here.keyring).fetchRound(GOOD.round);
    here.clock.advance(3_600_000);
    expect(await operatorBeacon(here.keyring).fetchRound(GOOD.round)).toEqual(first);
    expect(first).toEqual({ round: GOOD.round, signature: null, randomness: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const values = await Promise.all([1, 2, GOOD.round].map((round) => here.beacon.fetchRound(round)));
    expect(new Set(values.map((value) => value!.randomness)).size).toBe(3);
  });

  test("is another one in another installation", async () => {
    const [ours, theirs] = await Promise.all([here.beacon.fetchRound(1), elsewhere.beacon.fetchRound(1)]);
    expect(ours!.randomness).not.toBe(theirs!.randomness);
  });

  test("can never pass for quicknet's", async () => {
    const round = await here.beacon.fetchRound(1);
    expect(here.beacon.source).toBe("operator");
    expect(acceptRound(round)).toBeUndefined();
  });
});
