import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepKeyring, type KeyringProcess } from "#app/keyring-process.ts";
import { systemClock, type Clock } from "#platform/clock.ts";
import { roleUrl } from "#platform/db/index.ts";
import { connectKeyring, openKeyring, peerToken, type Keyring } from "#platform/keyring/index.ts";
import { silentLog } from "#platform/log.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { movableClock } from "./clock.ts";

const FOLDER = resolve("node_modules/.cache/ventanilla-robustness");
const YEAR_MS = 366 * 86_400_000;
/** A line needs a moment through the pipe. */
const MOST_LOOKS = 200;
let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
  await mkdir(FOLDER, { recursive: true });
  await esbuild.build({
    entryPoints: { "moved-keyring": "src/dev/keyring.ts", "live-keyring": "src/app/keyring.ts" },
    outdir: FOLDER,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
}, 60_000);
afterAll(() => services.close());

/** By the keys of years, of which the keyring takes that of its own clock. */
const pseudonym = async (keyring: Keyring): Promise<string> =>
  (await keyring.digest("subject", ["somebody"]))[0]![0]!.digest.toString("hex");

/** What a keyring in this process gives, that has the same root key and this clock. */
async function by(clock: Clock): Promise<string> {
  const keyring = openKeyring({
    url: roleUrl(services.url, TEST_ROLE_SECRET, "keyring"),
    rootKey: TEST_ROOT_KEY,
    clock,
  });
  const found = await pseudonym(keyring);
  await keyring.close();
  return found;
}

async function withKeyring(
  program: string,
  work: (process: KeyringProcess, keyring: Keyring) => Promise<void>,
): Promise<void> {
  const process = await keepKeyring(
    join(FOLDER, `${program}.js`),
    {
      DATABASE_URL: services.url,
      DATABASE_ROLE_SECRET: TEST_ROLE_SECRET,
      KEYRING_DATABASE_URL: undefined,
      KEYRING_ROOT_KEY: TEST_ROOT_KEY.toString("base64"),
      LOG_LEVEL: "silent",
    },
    silentLog,
  );
  const keyring = connectKeyring({ path: process.socket, token: peerToken(TEST_ROLE_SECRET) });
  try {
    await work(process, keyring);
  } finally {
    await keyring.close();
    await process.close();
  }
}

async function becomes(keyring: Keyring, wanted: string): Promise<boolean> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    if ((await pseudonym(keyring)) === wanted) return true;
    await wait(20);
  }
  return false;
}

test("the demo's keyring goes by the demo's clock, also when it died and was begun anew; that of an installation by the machine's, whatever it is told", async () => {
  const clock = movableClock();
  const now = await by(systemClock);
  await withKeyring("moved-keyring", async (kept, keyring) => {
    clock.onMove((aheadMs) => kept.tell(String(aheadMs)));
    expect(await pseudonym(keyring)).toBe(now);
    clock.move(YEAR_MS);
    const nextYear = await by(clock);
    expect(nextYear).not.toBe(now);
    expect(await becomes(keyring, nextYear)).toBe(true);
    // What is no distance changes nothing.
    kept.tell("next year");
    clock.move(0);
    process.kill(kept.pid()!, "SIGKILL");
    expect(await becomes(keyring, nextYear)).toBe(true);
    clock.reset();
    expect(await becomes(keyring, now)).toBe(true);
  });
  await withKeyring("live-keyring", async (kept, keyring) => {
    kept.tell(String(YEAR_MS));
    // The line was there before the keyring that is begun anew: it has had every chance to read it.
    process.kill(kept.pid()!, "SIGKILL");
    await keyring.publicKey("draw").catch(() => undefined);
    expect(await pseudonym(keyring)).toBe(now);
  });
}, 60_000);
