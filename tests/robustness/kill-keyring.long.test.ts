import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepKeyring, type KeyringProcess } from "#app/keyring-process.ts";
import { book } from "#modules/booking/index.ts";
import { newId } from "#platform/random.ts";
import { connectKeyring, peerToken, type Keyring } from "#platform/keyring/index.ts";
import { silentLog } from "#platform/log.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";

const BUNDLE = resolve("node_modules/.cache/ventanilla-robustness/keyring.js");
const FAMILIES = 120;
const KILLS = 3;
let services: TestServices;
let process_: KeyringProcess;
let keyring: Keyring;

beforeAll(async () => {
  services = await openTestServices();
  await mkdir(resolve(BUNDLE, ".."), { recursive: true });
  await esbuild.build({
    entryPoints: ["src/app/keyring.ts"],
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  process_ = await keepKeyring(
    BUNDLE,
    {
      DATABASE_URL: services.url,
      DATABASE_ROLE_SECRET: TEST_ROLE_SECRET,
      KEYRING_DATABASE_URL: undefined,
      KEYRING_ROOT_KEY: TEST_ROOT_KEY.toString("base64"),
      LOG_LEVEL: "silent",
    },
    silentLog,
  );
  keyring = connectKeyring({ path: process_.socket, token: peerToken(TEST_ROLE_SECRET) });
}, 60_000);
afterAll(async () => {
  await keyring.close();
  await process_.close();
  await services.close();
});

test("families that book while the keyring is killed again and again are each booked once, and their people can be read", async () => {
  const { wanted } = await aSession(services, { steps: 1, counters: 2 * FAMILIES });
  const contacts = await someContacts(services, FAMILIES);
  const pids = new Set<number>();
  let over = 0;
  /** As a browser does: the same key again until there is an answer. */
  const file = async (number: number): Promise<string> => {
    const [contactId, id] = [contacts[number]!, newId<string>()];
    for (;;) {
      try {
        const made = await book(
          { ...citizen(services, contactId), keyring },
          { contactId, wanted, applicants: [anApplicant(number)], idempotency: { route: "test", key: id, body: id } },
        );
        over += 1;
        return made.ok ? "booked" : made.refusal.code;
      } catch (error) {
        if ((error as { code?: string }).code !== "keyring_away") throw error;
      }
    }
  };
  const queue = contacts.map((_, i) => i);
  const client = async (): Promise<string[]> => {
    const answers = [];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) answers.push(await file(next));
    return answers;
  };
  const clients = Array.from({ length: 4 }, client);
  for (let kill = 1; kill <= KILLS; kill++) {
    while (over < (kill * FAMILIES) / (KILLS + 1)) await wait(2);
    pids.add(process_.pid()!);
    process.kill(process_.pid()!, "SIGKILL");
  }
  expect((await Promise.all(clients)).flat()).toEqual(Array.from({ length: FAMILIES }, () => "booked"));
  pids.add(process_.pid()!);
  expect(pids.size).toBe(KILLS + 1);

  const people = await services.adminQuery<{ id: string; sealed: Buffer }>("select id, sealed from booking.applicants");
  expect(people).toHaveLength(FAMILIES);
  const opened = await services.keyring.open(
    people.map(({ id, sealed }) => ({ field: "booking.applicant" as const, row: id, sealed })),
  );
  expect(opened.filter((one) => one === undefined)).toEqual([]);
}, 120_000);

test("while nobody answers at the socket a call ends within its time, as busy", async () => {
  const nowhere = connectKeyring({ path: `${process_.socket}.none`, token: "" });
  await expect(nowhere.publicKey("draw")).rejects.toMatchObject({ code: "keyring_away", statusCode: 503 });
  await nowhere.close();
}, 15_000);
