import { afterEach, beforeEach, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { chainHash, insertAudit, linkAudit } from "#platform/audit.ts";
import { signHead } from "#platform/audit-heads.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { openAuditRoutes } from "../channels/api/open-audit.ts";
import { auditVerdict } from "./audit-verdict.ts";

/** Hours of the log, and lines in each. */
const HOURS = 3;
const LINES = 4;
let services: TestServices;
const ctx = () => systemContext(services, "test");

beforeEach(async () => {
  services = await openTestServices();
  for (let hour = 0; hour < HOURS; hour++) {
    services.clock.advance(HOUR_MS);
    await transaction(ctx(), "worker", async (tx) => {
      const entry = { ...ctx(), at: services.clock.now(), action: "test.act" };
      await insertAudit(
        tx,
        Array.from({ length: LINES }, () => entry),
      );
      await linkAudit(tx, chainHash);
      await signHead(ctx(), tx);
      // A head is signed once, however often it is asked for.
      await signHead(ctx(), tx);
    });
  }
});
afterEach(() => services.close());

/** As somebody who may do anything to the database. */
const tamper = (...statements: string[]) =>
  services.adminQuery(`begin; set local session_replication_role = replica; ${statements.join("; ")}; commit`);
const entryAt = (position: number) => `(select entry_id from audit.chain where position = ${position})`;
/** The chain anew from a position on, as its owner can write it: it follows in itself. */
async function relink(from: number): Promise<void> {
  await tamper(`delete from audit.chain where position >= ${from}`);
  await transaction(ctx(), "worker", (tx) => linkAudit(tx, chainHash));
}
async function published(): Promise<string> {
  const app = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  openAuditRoutes(app, services);
  const { body } = await app.inject("/audit-heads");
  await app.close();
  return body;
}

test("a whole log leads to each of its signed heads, here and in the copy that somebody kept", async () => {
  const copy = await published();
  expect(await auditVerdict(ctx(), copy)).toEqual({
    fault: false,
    text: "12 entries follow from each other, up to each signed head.\n",
  });
  expect((JSON.parse(copy) as { heads: object[] }).heads.map((one) => Object.keys(one))).toEqual(
    Array(HOURS).fill(["at", "hash", "signature"]),
  );
});

test("an altered, a deleted and a reordered row are named", async () => {
  const [row] = await services.adminQuery<{ id: string }>(`select ${entryAt(6)} as id`);
  await tamper(`update audit.entries set purpose = 'another' where id = '${row!.id}'`);
  expect((await auditVerdict(ctx())).text).toContain(`Position 6 (row ${row!.id}) says something else`);
  await tamper(`delete from audit.entries where id = '${row!.id}'`);
  expect((await auditVerdict(ctx())).text).toContain(`Position 6 (row ${row!.id}) was removed`);
  await tamper(
    "update audit.chain set position = 1000 - position where position in (2, 3)",
    "update audit.chain set position = position - 995 where position > 900",
  );
  expect((await auditVerdict(ctx())).text).toMatch(/^Position 2 \(row .*\) stands where another belongs/);
});

test("a log whose end was cut off, and one that was rewritten, follow in themselves and not to their heads", async () => {
  await tamper("delete from audit.chain where position > 10");
  expect((await auditVerdict(ctx())).text).toMatch(/the end of the log was cut off \(positions 11 to 12\)/);
  await relink(11);
  expect((await auditVerdict(ctx())).fault).toBe(false);
  await tamper(`update audit.entries set purpose = 'another' where id = ${entryAt(7)}`);
  await relink(7);
  expect((await auditVerdict(ctx())).text).toMatch(/the log was rewritten.*\(positions 5 to 8\)/);
});

test("whoever rewrites the heads too is found by the copy that somebody kept, and signs none without the key", async () => {
  const copy = await published();
  await tamper(`update audit.entries set purpose = 'another' where id = ${entryAt(7)}`, "delete from audit.heads");
  await relink(7);
  // Without the copy nobody would know: the control.
  expect((await auditVerdict(ctx())).fault).toBe(false);
  expect((await auditVerdict(ctx(), copy)).text).toMatch(/the log was rewritten.*\(from position 5 on\)/);
  const { heads } = JSON.parse(copy) as { heads: { signature: string }[] };
  const forged = { heads: heads.map((one) => ({ ...one, signature: "0".repeat(128) })) };
  expect((await auditVerdict(ctx(), JSON.stringify(forged))).text).toContain("not signed by this installation");
});
