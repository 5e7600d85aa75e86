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
/** Made by hand in a database that has no migrations. */
const OF_THE_KEYRING = /^create schema keyring|^create table keyring|ventanilla_keys/;

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

  it.each(statements.filter(({ text }) => !OF_THE_KEYRING.test(text)))("run as they stand: $text", async ({ text }) => {
    await expect(services.adminQuery(text)).resolves.toBeDefined();
  });

  it("make the same table of keys by hand as the migrations do", async () => {
    const columns = () =>
      services.adminQuery(
        "select column_name, data_type, is_nullable, column_default from information_schema.columns where table_schema = 'keyring' order by 1",
      );
    const migrated = await columns();
    await services.adminQuery(
      "begin; drop schema keyring cascade; drop role if exists ventanilla_keys; create role ventanilla_keys; commit",
    );
    for (const { text } of statements.filter((one) => OF_THE_KEYRING.test(one.text))) await services.adminQuery(text);
    expect(migrated.length).toBeGreaterThan(5);
    expect(await columns()).toEqual(migrated);
    await services.adminQuery("begin; drop schema keyring cascade; drop role ventanilla_keys; commit");
  });
});
