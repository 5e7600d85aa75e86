import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const SOUND = {
  DATABASE_URL: "postgres://127.0.0.1/ventanilla",
  DATABASE_ROLE_SECRET: "a".repeat(32),
  KEYRING_ROOT_KEY: Buffer.alloc(32).toString("base64"),
  PUBLIC_ORIGIN: "https://citas.example.org",
};

test.each(["smtp://user:pa%2Fss@mail.example.org:587", "smtps://mail.example.org?requireTLS=false"])(
  "takes the mail server %s",
  (SMTP_URL) => {
    expect(readConfig({ ...SOUND, SMTP_URL }).SMTP_URL).toBe(SMTP_URL);
  },
);

test.each([
  "user:hunter2@mail.example.org",
  "https://user:hunter2@mail.example.org",
  "smtp://user:hunter2@mail.example.org:port",
])("refuses a mail server that is none and says nothing of it but the variable", (SMTP_URL) => {
  expect(() => readConfig({ ...SOUND, SMTP_URL })).toThrow(new Error("configuration: set SMTP_URL (see .env.example)"));
});

const WITNESS = { name: "witness.example/a", key: "ab".repeat(32), url: "https://witness.example" };

test("has drand and no witnesses unless told otherwise, and takes a list of witnesses", () => {
  expect(readConfig(SOUND)).toMatchObject({ BEACON: "drand", WITNESSES: [] });
  const other = { ...WITNESS, name: "b", key: "cd".repeat(32) };
  expect(readConfig({ ...SOUND, WITNESSES: JSON.stringify([WITNESS, other]) }).WITNESSES).toEqual([WITNESS, other]);
});

test.each([
  ["no JSON", "witness.example"],
  ["no list", JSON.stringify(WITNESS)],
  ["a name with a space, which a signature line cannot hold", JSON.stringify([{ ...WITNESS, name: "a witness" }])],
  ["a key of another length", JSON.stringify([{ ...WITNESS, key: "abcd" }])],
  ["an address that is not http", JSON.stringify([{ ...WITNESS, url: "file:///etc/passwd" }])],
  ["one key under two names, which would be one witness", JSON.stringify([WITNESS, { ...WITNESS, name: "b" }])],
])("refuses witnesses that are %s", (_, WITNESSES) => {
  expect(() => readConfig({ ...SOUND, WITNESSES })).toThrow(/^configuration: set WITNESSES/);
});
