import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { oneRow, sql } from "./index.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

const back = <T>(statement: Parameters<typeof oneRow>[1]) => services.database.transaction("worker", {}, (tx) => oneRow<{ a: T }>(tx, statement));
const text = fc.string({ unit: "binary", maxLength: 12 }).filter((one) => !/\0|\p{Cs}/u.test(one));

test("arrays of anything come back as they went", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.oneof(text, fc.constantFrom("null", "NULL", "", "{}", 'a"b', "a\\b", "a,b"))), { maxLength: 8 }), async (values) => {
      expect((await back<string[]>(sql`select ${values}::text[] as a`)).a).toEqual(values);
    }),
    { numRuns: 200 },
  );
  const bytes = [Buffer.from([0, 1, 255]), null, Buffer.alloc(0)];
  expect((await back<(Buffer | null)[]>(sql`select ${bytes}::bytea[] as a`)).a).toEqual(bytes);
  const instants = [new Date("2026-03-08T10:00:00.123Z"), null];
  expect((await back<Date[]>(sql`select ${instants}::timestamptz[] as a`)).a).toEqual(instants);
  expect((await back<number[]>(sql`select ${[1, -2, null]}::int[] as a`)).a).toEqual([1, -2, null]);
  expect((await back<boolean[]>(sql`select ${[true, false]}::boolean[] as a`)).a).toEqual([true, false]);
});
