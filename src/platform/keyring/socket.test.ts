import { randomUUID } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { roleUrl } from "../db/index.ts";
import { silentLog } from "../log.ts";
import { connectKeyring, dayKey, openKeyring, peerToken, serveKeyring, unwrapBrake, type Keyring } from "./index.ts";
import type { KeyringServer } from "./serve.ts";

let services: TestServices;
let folder: string;
let nowMs = 0;
const alarms: number[] = [];
const warned: string[] = [];

beforeAll(async () => {
  services = await openTestServices();
  folder = await mkdtemp(join(tmpdir(), "ventanilla-socket-"));
});
afterAll(async () => {
  await services.close();
  await rm(folder, { recursive: true });
});

const serve = (path: string, aMinute = 1_000): Promise<KeyringServer> =>
  serveKeyring({
    keyring: openKeyring({
      url: roleUrl(services.url, TEST_ROLE_SECRET, "keyring"),
      rootKey: TEST_ROOT_KEY,
      clock: services.clock,
      brake: unwrapBrake({ aMinute, nowMs: () => nowMs, alarm: (refused) => alarms.push(refused) }),
    }),
    path,
    token: peerToken(TEST_ROLE_SECRET),
    log: { ...silentLog, warn: (_message, fields) => void warned.push(fields?.code ?? "") },
  });
const reach = (path: string, secret = TEST_ROLE_SECRET): Keyring => connectKeyring({ path, token: peerToken(secret) });
const item = (day = "2026-12-03") => ({
  under: dayKey("fresno" as OfficeId, day as LocalDate, "2027-01-02" as LocalDate),
  field: "booking.applicant" as const,
  row: randomUUID(),
  plain: "Persona Ficticia Ñandú \ud83d\udc26",
});

test("a keyring behind a socket answers every call as the one in the process does", async () => {
  const path = join(folder, "same.sock");
  const [server, keyring, inside] = [await serve(path), reach(path), services.keyring];
  const items = [item(), item("2026-12-04")];
  const sealed = await keyring.seal(items);
  const opened = items.map((one, i) => ({ ...one, sealed: sealed[i]! }));
  expect(await inside.open(opened)).toEqual(items.map((one) => one.plain));
  expect(await keyring.open([...opened, { ...opened[0]!, row: randomUUID() }])).toEqual([
    ...items.map((one) => one.plain),
    undefined,
  ]);
  expect(await keyring.digest("folio", ["ABC", ""])).toEqual(await inside.digest("folio", ["ABC", ""]));
  expect(await keyring.digestYears("subject", ["x"])).toEqual(await inside.digestYears("subject", ["x"]));
  const signature = await keyring.sign("link", "text");
  expect([await inside.verify("link", "text", signature), await keyring.verify("link", "other", signature)]).toEqual([
    true,
    false,
  ]);
  expect(await keyring.publicKey("draw")).toBe(await inside.publicKey("draw"));
  expect(await keyring.signPublic("draw", "head")).toEqual(Buffer.from(await inside.signPublic("draw", "head")));
  await keyring.rotate("room");
  expect((await keyring.digest("room", ["x"]))[0]).toHaveLength(2);
  await keyring.endRotation("room");
  expect(await keyring.destroyDue("2020-01-01" as LocalDate)).toBe(0);
  await Promise.all([keyring.close(), server.close()]);
});

test("only its own user may reach the socket, and a peer without the token is cut off unanswered", async () => {
  const path = join(folder, "peers.sock");
  const server = await serve(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const heard: Buffer[] = [];
  for (const said of [
    `${peerToken("x".repeat(40))}\n[1,"publicKey","draw"]\n`,
    '[1,"publicKey","draw"]\n',
    `${peerToken(TEST_ROLE_SECRET)}\nno call at all\n`,
  ]) {
    await new Promise((resolve) => {
      const peer = connect(path, () => peer.write(said));
      peer.on("data", (chunk: Buffer) => heard.push(chunk)).on("error", () => undefined);
      peer.on("close", resolve);
    });
  }
  expect(Buffer.concat(heard).toString()).toBe("");
  expect(warned).toEqual(["keyring_peer", "keyring_peer"]);
  // The control: with the token the same call is answered. And a second keyring does not take the first one's place.
  const keyring = reach(path);
  expect(await keyring.publicKey("draw")).toMatch(/^[0-9a-f]{64}$/);
  await expect(serve(path)).rejects.toThrow("another keyring answers");
  await Promise.all([keyring.close(), server.close()]);
});

test("what is asked in one turn is one call, answered to each in its order; one that fails fails alone", async () => {
  const path = join(folder, "gathered.sock");
  const [server, keyring] = [await serve(path), reach(path)];
  const items = Array.from({ length: 40 }, () => item());
  const poison = { ...item(), under: { ...item().under, name: "day:x", destroyAfter: "no day" as LocalDate } };
  const [sealed, failed, digests] = await Promise.all([
    Promise.all(items.map((one) => keyring.seal([one, one]))),
    keyring.seal([poison]).then(
      () => "sealed",
      () => "failed",
    ),
    Promise.all(["A", "B"].map((text) => keyring.digest("folio", [text, ""]))),
  ]);
  expect(failed).toBe("failed");
  const blobs = sealed.map(([first]) => first!);
  expect(await keyring.open(items.map((one, i) => ({ ...one, sealed: blobs[i]! })))).toEqual(
    items.map((one) => one.plain),
  );
  expect(digests).toEqual(await Promise.all(["A", "B"].map((text) => services.keyring.digest("folio", [text, ""]))));
  await Promise.all([keyring.close(), server.close()]);
});

test("who reads under more keys than the minute has is refused at once and told of; what was read stays open, time gives more, and nobody's writing is refused", async () => {
  const path = join(folder, "brake.sock");
  const [server, keyring] = [await serve(path, 5), reach(path)];
  const days = ["05", "06", "07", "08", "09", "10", "11"].map((day) => item(`2026-12-${day}`));
  const sealed = await keyring.seal(days);
  const read = (at: number) => keyring.open([{ ...days[at]!, sealed: sealed[at]! }]);
  for (const at of [0, 1, 2, 3, 4]) expect(await read(at)).toEqual([days[at]!.plain]);
  for (const at of [5, 6]) await expect(read(at)).rejects.toMatchObject({ code: "too_many_keys", statusCode: 503 });
  expect(alarms).toEqual([1]);
  expect(await read(3)).toEqual([days[3]!.plain]);
  expect(await keyring.seal([item("2026-12-12")])).toHaveLength(1);
  nowMs += 12_000;
  expect(await read(5)).toEqual([days[5]!.plain]);
  await Promise.all([keyring.close(), server.close()]);
});

test("calls wait for a keyring that is away and are answered once each when it is back", async () => {
  const path = join(folder, "back.sock");
  let server = await serve(path);
  const keyring = reach(path);
  const items = Array.from({ length: 60 }, () => item());
  const done: Promise<Buffer[]>[] = [];
  for (const [i, one] of items.entries()) {
    done.push(keyring.seal([one]));
    if (i !== 20) continue;
    await done[0];
    await server.close();
  }
  server = await serve(path);
  const sealed = (await Promise.all(done)).flat();
  expect(await keyring.open(items.map((one, i) => ({ ...one, sealed: sealed[i]! })))).toEqual(
    items.map((one) => one.plain),
  );
  await Promise.all([keyring.close(), server.close()]);
  await expect(keyring.publicKey("draw")).rejects.toMatchObject({ code: "keyring_away" });
});
