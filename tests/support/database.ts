import { randomUUID } from "node:crypto";
import type pg from "pg";
import { inject } from "vitest";
import { operatorBeacon } from "../../src/platform/beacon/index.ts";
import { fixedClock } from "../../src/platform/clock.ts";
import type { Services } from "../../src/platform/context.ts";
import { openDatabase, roleUrl } from "../../src/platform/db/index.ts";
import { openKeyring } from "../../src/platform/keyring/index.ts";
import { silentLog } from "../../src/platform/log.ts";
import { adminQuery, TEST_ROLE_SECRET, TEST_ROOT_KEY, withDatabaseName } from "./cluster.ts";
import { REFERENCE_NOW } from "./reference.ts";

export interface TestServices extends Services {
  readonly clock: ReturnType<typeof fixedClock>;
  /** Of this test's own database, as its superuser. */
  readonly url: string;
  /** Asks as the superuser: what really stands in the tables. */
  adminQuery<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** A database of the caller's own, cloned from the migrated template, with a clock that stands still. */
export async function openTestServices(options: { now?: Date } = {}): Promise<TestServices> {
  const server = inject("databaseUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await adminQuery(server, `create database ${name} template ventanilla_template`);
  return servicesOn(withDatabaseName(server, name), {
    now: options.now ?? REFERENCE_NOW,
    drop: () => adminQuery(server, `drop database ${name} with (force)`),
  });
}

/** The same over any migrated database, for tests that start a server of their own. */
export function servicesOn(url: string, options: { now?: Date; drop?: () => Promise<unknown> } = {}): TestServices {
  const clock = fixedClock(options.now ?? REFERENCE_NOW);
  const database = openDatabase({ url, roleSecret: TEST_ROLE_SECRET });
  const keyring = openKeyring({ url: roleUrl(url, TEST_ROLE_SECRET, "keyring"), rootKey: TEST_ROOT_KEY, clock });
  return {
    clock,
    database,
    keyring,
    log: silentLog,
    beacon: operatorBeacon(keyring),
    witnesses: [],
    lossCredit: false,
    publicOrigin: "http://localhost:8080",
    url,
    adminQuery: (text, values) => adminQuery(url, text, values),
    async close() {
      await Promise.all([database.close(), keyring.close()]);
      await options.drop?.();
    },
  };
}
