import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { roleUrl } from "./db/index.ts";
import { openKeyring, type Keyring } from "./keyring/index.ts";
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
  expect(await verify()).toEqual({ linked: 6, fault: undefined });
});

test("a changed and a removed entry, and a removed link, are each named", async () => {
  await tamper(
    "update audit.entries set purpose = 'another' where id = (select entry_id from audit.chain where position = 3)",
  );
  expect(await verify()).toMatchObject({ linked: 2, fault: { what: "altered", position: 3 } });
  await tamper("delete from audit.entries where id = (select entry_id from audit.chain where position = 2)");
  expect(await verify()).toMatchObject({ linked: 1, fault: { what: "removed", position: 2 } });
  await tamper("delete from audit.chain where position = 1");
  expect(await verify()).toMatchObject({ linked: 0, fault: { what: "removed", position: 1 } });
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
  expect(await verify()).toEqual({ linked: 26, fault: undefined });
});

test("once the key of a year is destroyed nobody links its lines to a booking, and the chain still follows", async () => {
  const { clock, keyring } = services;
  const bookingId = randomUUID();
  const pseudonym = async (ring: Keyring = keyring) => (await ring.digest("subject", [bookingId]))[0]![0]!.digest;
  const record = async () => {
    const entry = { at: clock.now(), actor: { kind: "system" }, channel: "system", purpose: "test" } as const;
    const subject = await pseudonym();
    await services.database.transaction("worker", {}, async (tx) => {
      await insertAudit(tx, [{ ...entry, action: "file.read", subject }]);
      await linkAudit(tx, chainHash);
    });
  };
  /** Lines that whoever holds the whole keyring matches with the booking, in the year that the clock shows. */
  const linked = async (at: string) => {
    clock.set(new Date(at));
    const ring = openKeyring({
      url: roleUrl(services.url, TEST_ROLE_SECRET, "keyring"),
      rootKey: TEST_ROOT_KEY,
      clock,
    });
    const found = await services.adminQuery("select from audit.entries where subject = $1", [await pseudonym(ring)]);
    await ring.close();
    return found.length;
  };
  const yearKeys = async () =>
    (
      await services.adminQuery<{ name: string }>(
        "select name from keyring.keys where name like 'digest:subject%' order by 1",
      )
    ).map((one) => one.name);

  clock.set(new Date("2027-03-01T12:00:00Z"));
  await record();
  await record();
  clock.set(new Date("2028-03-01T12:00:00Z"));
  await record();
  expect(await yearKeys()).toEqual(["digest:subject:2027", "digest:subject:2028"]);
  expect([await linked("2027-06-01T12:00:00Z"), await linked("2028-06-01T12:00:00Z")]).toEqual([2, 1]);

  // Not a day too early: the control.
  expect(await keyring.destroyDue("2032-12-31" as LocalDate)).toBe(0);
  expect(await linked("2027-06-01T12:00:00Z")).toBe(2);
  expect(await keyring.destroyDue("2033-01-01" as LocalDate)).toBe(1);
  expect(await yearKeys()).toEqual(["digest:subject:2028"]);
  expect([await linked("2027-06-01T12:00:00Z"), await linked("2028-06-01T12:00:00Z")]).toEqual([0, 1]);
  expect(await verify()).toEqual({ linked: 9, fault: undefined });
});
