import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { chainHash, insertAudit, linkAudit, verifyAudit } from "./audit.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
  const entry = {
    at: services.clock.now(),
    actor: { kind: "system" },
    channel: "system",
    action: "test.act",
    purpose: "test",
  } as const;
  for (let i = 0; i < 3; i++) {
    await services.database.transaction("worker", {}, (tx) => insertAudit(tx, [entry, entry]));
    await services.database.transaction("worker", {}, (tx) => linkAudit(tx, chainHash));
  }
});
afterEach(() => services.close());

const verify = () => services.database.transaction("worker", {}, (tx) => verifyAudit(tx, chainHash));
/** As somebody who may do anything to the database. */
const tamper = (statement: string) =>
  services.adminQuery(`begin; set local session_replication_role = replica; ${statement}; commit`);

test("an untouched log follows from its beginning", async () => {
  expect(await verify()).toEqual({ linked: 6, brokenAt: undefined });
});

test("a changed, a removed and a smuggled entry are each found", async () => {
  await tamper(
    "update audit.entries set purpose = 'another' where id = (select entry_id from audit.chain where position = 3)",
  );
  expect(await verify()).toEqual({ linked: 2, brokenAt: 3 });
  await tamper("delete from audit.entries where id = (select entry_id from audit.chain where position = 2)");
  expect(await verify()).toEqual({ linked: 1, brokenAt: 2 });
  await tamper("delete from audit.chain where position = 1");
  expect(await verify()).toEqual({ linked: 0, brokenAt: 1 });
});

test("the log refuses change, removal and emptying", async () => {
  for (const statement of [
    "update audit.entries set purpose = 'x'",
    "delete from audit.entries",
    "truncate audit.entries cascade",
    "delete from audit.chain",
  ]) {
    await expect(services.adminQuery(statement)).rejects.toThrow("never change");
  }
});

test("two nodes that link at once make one chain", async () => {
  const entry = {
    at: services.clock.now(),
    actor: { kind: "system" },
    channel: "system",
    action: "test.act",
    purpose: "test",
  } as const;
  await services.database.transaction("worker", {}, (tx) =>
    insertAudit(
      tx,
      Array.from({ length: 20 }, () => entry),
    ),
  );
  await Promise.all([1, 2].map(() => services.database.transaction("worker", {}, (tx) => linkAudit(tx, chainHash))));
  expect(await verify()).toEqual({ linked: 26, brokenAt: undefined });
});
