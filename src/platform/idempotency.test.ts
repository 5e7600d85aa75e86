import { afterAll, beforeAll, expect, test } from "vitest";
import { randomUUID } from "node:crypto";
import { run, sql } from "#platform/db/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { rowsRead } from "#tests/support/rows-read.ts";
import { findOutcomes } from "./idempotency.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

const STORED = 20_000;
const ASKED = 200;
const callerId = randomUUID();
const ROUTE = "POST /api/v1/bookings";
const keyOf = (n: number) => ({ callerId, route: ROUTE, key: String(n) });

test("a batch reads the answers to its own keys and no others, also by a plan that was made while there were none", async () => {
  await services.adminQuery("vacuum analyze platform.idempotency");
  await services.database.transaction("citizen_writer", {}, async (tx) => {
    expect(await findOutcomes(tx, [keyOf(0)])).toEqual([]);
    await run(
      tx,
      sql`insert into platform.idempotency (caller_id, route, key, body_digest, outcome, created_at)
          select ${callerId}, ${ROUTE}, n::text, sha256(n::text::bytea), 'accepted', now() from generate_series(1, ${STORED}::int) n`,
    );
    const before = await rowsRead(tx, "platform", "idempotency");
    const found = await findOutcomes(
      tx,
      Array.from({ length: ASKED }, (_, i) => keyOf(i + 1)),
    );
    expect(found.length).toBe(ASKED);
    expect((await rowsRead(tx, "platform", "idempotency")) - before).toBeLessThanOrEqual(ASKED);
  });
});
