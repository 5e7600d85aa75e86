import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { filesUnder, textOf } from "./checks/repository.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

/** What concerns the whole server, and is not tried on the one that the tests share. */
const OF_THE_SERVER = /^(create database|alter system|select pg_reload_conf)/;
const statements = filesUnder("docs/runbooks").flatMap((file) =>
  [...textOf(file).matchAll(/```sql\n(.*?)```/gs)].flatMap(([, block]) =>
    block!
      .replace(/--.*$/gm, "")
      .split(/;\s*(?:\n|$)/)
      .map((text) => text.trim())
      .filter((text) => text !== "" && !OF_THE_SERVER.test(text))
      .map((text) => ({ file, text })),
  ),
);

describe("the statements of the runbooks", () => {
  it("are found", () => {
    expect(statements.length).toBeGreaterThan(10);
  });

  it.each(statements)("run as they stand: $text", async ({ text }) => {
    await expect(services.adminQuery(text)).resolves.toBeDefined();
  });
});
