import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { cosignatureLine, cosignedAt, cosignedText, joinNote, parseNote } from "#kernel/notes.ts";
import { fixedClock } from "#platform/clock.ts";
import { aCheckpoint, aSigner, type TestSigner } from "#tests/support/witness.ts";
import type { LogFields } from "./log.ts";
import { cosign, type WitnessAddress } from "./witnesses.ts";

const OPERATOR = aSigner("citas.example");
const ALICE = aSigner("witness.example/alice");
const BELEN = aSigner("witness.example/belen");
const NOW = new Date("2026-11-22T20:00:00Z");
const SECONDS = NOW.getTime() / 1000;
const NOTE = aCheckpoint(OPERATOR, { size: 7 });
const TEXT = parseNote(NOTE)!.text;
/** Long enough for a loopback answer on a busy machine, short enough to wait for in a test. */
const TIMEOUT_MS = 800;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
async function witness({ name, key }: TestSigner, listener: RequestListener): Promise<WitnessAddress> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { name, key, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/place/` };
}

const lineOf = (signer: TestSigner, time = SECONDS, text = TEXT): string =>
  cosignatureLine(signer, time, signer.sign(cosignedText(text, time)));
const says =
  (body: string, status = 200, type = "text/plain"): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { "content-type": type }).end(body);
async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += String(part);
  return body;
}

const logged: string[] = [];
const note = (message: string, fields?: LogFields): void => void logged.push(`${message}: ${fields?.code}`);
const options = { clock: fixedClock(NOW), log: { info: note, warn: note, error: note }, timeoutMs: TIMEOUT_MS };
const ask = (...witnesses: WitnessAddress[]): Promise<string[]> => {
  logged.length = 0;
  return cosign(NOTE, witnesses, options);
};

describe("two witnesses", () => {
  test("are sent the note and give a line each, in the order of the list", async () => {
    const seen: string[] = [];
    const listen =
      (signer: TestSigner, ms: number): RequestListener =>
      async (request, response) => {
        seen.push(`${request.method} ${request.url} ${await bodyOf(request)}`);
        setTimeout(() => response.end(lineOf(signer)), ms);
      };
    const lines = await ask(await witness(ALICE, listen(ALICE, 100)), await witness(BELEN, listen(BELEN, 0)));
    expect(lines).toEqual([lineOf(ALICE), lineOf(BELEN)]);
    expect(seen).toEqual(Array(2).fill(`POST /a/place/add-checkpoint old 0\n\n${NOTE}`));
    expect(logged).toEqual([]);
    const cosigned = parseNote(joinNote(TEXT, lines))!;
    expect([ALICE, BELEN].map((each) => cosignedAt(cosigned, each))).toEqual([SECONDS, SECONDS]);
  });

  test("are asked at once: two that are silent cost one patience", async () => {
    const silent = await Promise.all([ALICE, BELEN].map((each) => witness(each, () => undefined)));
    const started = performance.now();
    expect(await ask(...silent)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2 * TIMEOUT_MS);
  });
});

describe("a witness that has the checkpoint already", () => {
  const remembers =
    (size: string, type = "text/x.tlog.size"): RequestListener =>
    async (request, response) => {
      const body = await bodyOf(request);
      if (body.startsWith("old 0\n")) response.writeHead(409, { "content-type": type }).end(`${size}\n`);
      else response.end(lineOf(ALICE, SECONDS - 600));
    };

  test("is asked again by its size, and gives its first line", async () => {
    expect(await ask(await witness(ALICE, remembers("7")))).toEqual([lineOf(ALICE, SECONDS - 600)]);
  });

  test("has another one when the size is another: it is not asked again", async () => {
    expect(await ask(await witness(ALICE, remembers("8")))).toEqual([]);
    expect(await ask(await witness(ALICE, remembers("7", "text/html")))).toEqual([]);
    expect(logged).toEqual(["the witness witness.example/alice was left out: http_409"]);
  });
});

describe("a witness is left out and named", () => {
  // prettier-ignore
  test.each<[string, string, RequestListener]>([
    ["is silent", "timeout", () => undefined],
    ["drips", "timeout", (_, response) => { const drip = setInterval(() => response.write("\n"), 50); response.on("close", () => clearInterval(drip)); }],
    ["hangs up", "unreachable", (request) => void request.socket.destroy()],
    ["fails", "http_500", says(lineOf(ALICE), 500)],
    ["knows another list of this draw", "http_409", says("7\n", 409, "text/x.tlog.size")],
    ["sends us elsewhere", "http_307", (_, response) => void response.writeHead(307, { location: "/add-checkpoint" }).end()],
    ["answers without end", "too_large", says(lineOf(ALICE).repeat(200))],
    ["answers nothing", "no_cosignature", says("")],
    ["answers a page", "no_cosignature", says("<!doctype html>")],
    ["has another key than it said", "no_cosignature", says(lineOf(aSigner(ALICE.name, "another key")))],
    ["has another name than it said", "no_cosignature", says(lineOf(aSigner("witness.example/other", ALICE.name)))],
    ["gives another witness's line", "no_cosignature", says(lineOf(BELEN))],
    ["signs another text", "no_cosignature", says(lineOf(ALICE, SECONDS, TEXT.replace("7", "8")))],
    ["changes the time of what it signed", "no_cosignature", says(cosignatureLine(ALICE, SECONDS - 60, ALICE.sign(cosignedText(TEXT, SECONDS))))],
    ["signs the text itself, without a time", "no_cosignature", says(cosignatureLine(ALICE, SECONDS, ALICE.sign(TEXT)))],
    ["dates into the future", "from_the_future", says(lineOf(ALICE, SECONDS + 61))],
  ])("that %s", async (_, code, bad) => {
    const good = await witness(BELEN, says(lineOf(BELEN)));
    expect(await ask(await witness(ALICE, bad), good)).toEqual([lineOf(BELEN)]);
    expect(logged).toEqual([`the witness ${ALICE.name} was left out: ${code}`]);
  });
});

test("a good line counts also among others, and a clock a little ahead is borne", async () => {
  const mixed = lineOf(BELEN) + lineOf(ALICE, SECONDS + 61) + lineOf(ALICE, SECONDS + 60) + lineOf(ALICE);
  expect(await ask(await witness(ALICE, says(mixed)))).toEqual([lineOf(ALICE, SECONDS + 60)]);
});

test("without witnesses there is nothing, and what is no note is not sent", async () => {
  expect(await ask()).toEqual([]);
  await expect(cosign("hello", [], options)).rejects.toThrow(/no note/);
});
