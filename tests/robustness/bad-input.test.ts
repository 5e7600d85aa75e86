import { afterAll, beforeAll, expect, test } from "vitest";
import { openBadInput, type BadInput } from "./bad-input.ts";
import { newSeed } from "./chance.ts";

let badInput: BadInput;
beforeAll(async () => {
  badInput = await openBadInput();
});
afterAll(() => badInput.close());

test("3,000 bad requests over every route of the description: each is answered with a problem that says what to do, and nothing is stored", async () => {
  const { complaints, byStatus, grown } = await badInput.requests(3_000, newSeed("bad input"));
  expect({ complaints, grown }).toEqual({ complaints: [], grown: {} });
  expect(Object.keys(byStatus).map(Number)).toEqual(expect.arrayContaining([400, 401, 404, 415, 422]));
});

test("600 bad forms and addresses: each is answered with a page that says what is wrong, and nothing is stored", async () => {
  const { complaints, byStatus, grown } = await badInput.forms(600, newSeed("bad forms"));
  expect({ complaints, grown }).toEqual({ complaints: [], grown: {} });
  expect(Object.keys(byStatus).map(Number)).toEqual(expect.arrayContaining([200, 303, 404, 422]));
});
