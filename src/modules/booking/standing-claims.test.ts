import { afterAll, beforeAll, expect, test } from "vitest";
import { createHash, randomUUID } from "node:crypto";
import type { ContactId } from "#kernel/ids.ts";
import { run, sql } from "#platform/db/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { rowsRead } from "#tests/support/rows-read.ts";
import { findStandingClaims } from "./store/claims.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

const CLAIMS = 20_000;
const ASKED = 200;
const contactId = randomUUID() as ContactId;
const keyOf = (n: number) => ({ key: createHash("sha256").update(String(n)).digest(), scope: "matricula", contactId });

test("a batch reads the claims of its own keys and no others, also by a plan that was made while there were none", async () => {
  await services.database.transaction("citizen_writer", {}, async (tx) => {
    expect(await findStandingClaims(tx, [keyOf(0)])).toEqual([]);
    await run(
      tx,
      sql`insert into booking.claims (key, scope, appointment_id, booking_id, contact_id, standing, kind, version)
          select sha256(n::text::bytea), 'matricula', gen_random_uuid(), gen_random_uuid(), ${contactId}, case when n % 2 = 0 then 'counting' else 'contested' end, 'name', 1
          from generate_series(1, ${CLAIMS}::int) n`,
    );
    const before = await rowsRead(tx, "booking", "claims");
    const found = await findStandingClaims(
      tx,
      Array.from({ length: ASKED }, (_, i) => keyOf(i + 1)),
    );
    expect(found.length).toBe(ASKED);
    expect((await rowsRead(tx, "booking", "claims")) - before).toBeLessThanOrEqual(2 * ASKED);
  });
});
