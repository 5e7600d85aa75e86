import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter, generateIdentity, identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import type { DrawId } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { readPublished } from "../verify/published.ts";
import { verify } from "../verify/verify.ts";
import { sealForAuditors } from "./auditors.ts";

let services: TestServices;
let draw: DrawId;
let folder: string;
beforeAll(async () => {
  services = await openTestServices();
  draw = await aDrawWorld(services);
  // Two contacts for one person, and somebody else.
  for (const person of [7, 7, 8]) await someRequests(services, 1, { autoConfirm: false }, person);
  folder = await mkdtemp(join(tmpdir(), "ventanilla-auditors-"));
  // Before its result nobody has it.
  const early = sealForAuditors(systemContext(services, "test"), draw, folder, ["age1"]);
  await expect(early).rejects.toThrow("no result");
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
});
afterAll(async () => {
  await services.close();
  await rm(folder, { recursive: true });
});
const seal = (keys: readonly string[]) => sealForAuditors(systemContext(services, "test"), draw, folder, keys);
const verdict = (lines: readonly string[]) => {
  const reader = readPublished();
  lines.forEach((line) => reader.line(line));
  return verify(reader.end());
};

test("an auditor opens with her own key what nobody else can read, and sees which leaves are one person's", async () => {
  const [hers, other, stranger] = [await generateIdentity(), await generateIdentity(), await generateIdentity()];
  const path = await seal([await identityToRecipient(hers), await identityToRecipient(other)]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const sealed = await readFile(path);
  expect(sealed.includes(draw)).toBe(false);
  const open = async (identity: string): Promise<string> => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return decrypter.decrypt(new Uint8Array(sealed), "text");
  };
  await expect(open(stranger)).rejects.toThrow();
  const lines = (await open(hers)).trim().split("\n");
  expect(await open(other)).toHaveLength(lines.join("\n").length + 1);
  expect(verdict(lines)).toMatchObject({ verdict: "not_publicly_verifiable", faults: [], entries: 3 });
  const filings = lines.map((line) => JSON.parse(line) as { kind: string; name: string }).filter(isFiling);
  expect([filings.length, new Set(filings.map((one) => one.name)).size]).toEqual([3, 2]);
  // A person put behind another leaf is named.
  const [first, ...others] = lines.filter((line) => line.includes('"kind":"filing"'));
  const swapped = first!.replace(/"name":"[0-9a-f]{2}/, '"name":"00');
  const rest = lines.filter((line) => !line.includes('"kind":"filing"'));
  expect(verdict([...rest, swapped, ...others]).faults).toMatchObject([{ code: "changed_filings" }]);
  expect(verdict([...rest, ...others, first!]).faults.map((one) => one.code)).toContain("malformed");
});

test("a file that is there is not written over; one that would not be right, or that nobody could read, is not written", async () => {
  const key = await identityToRecipient(await generateIdentity());
  await expect(seal([])).rejects.toThrow("AUDITORS");
  await expect(seal([key])).rejects.toThrow("EEXIST");
  for (const name of await readdir(folder)) await rm(join(folder, name));
  // A draw that something is wrong with is theirs above all.
  await services.adminQuery("delete from allocation.documents where kind = 'cutoff'");
  expect(await seal([key])).toContain(draw);
  for (const name of await readdir(folder)) await rm(join(folder, name));
  const erased = "delete from allocation.request_people where request_id in (select id from allocation.requests limit ";
  for (const some of [`${erased}1)`, `${erased}3)`]) {
    await services.adminQuery(some);
    await expect(seal([key])).rejects.toThrow("erased");
  }
  expect(await readdir(folder)).toEqual([]);
});

function isFiling({ kind }: { kind: string }): boolean {
  return kind === "filing";
}
