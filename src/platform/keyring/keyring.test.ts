import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import { utf8 } from "#kernel/digest.ts";
import { isSignedBy } from "#kernel/signature.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { roleUrl } from "../db/index.ts";
import { dayKey, monthKey, openKeyring, type Keyring, type ToSeal } from "./index.ts";

let services: TestServices;
/** A second node over the same keys. */
let other: Keyring;
beforeAll(async () => {
  services = await openTestServices();
  other = another(TEST_ROOT_KEY);
});
afterAll(async () => {
  await other.close();
  await services.close();
});

function another(rootKey: Buffer): Keyring {
  return openKeyring({ url: roleUrl(services.url, TEST_ROLE_SECRET, "keyring"), rootKey, clock: services.clock });
}
const visitDay = "2026-12-03" as LocalDate;
const under = dayKey("fresno" as OfficeId, visitDay, "2027-01-02" as LocalDate);
const anItem = (plain = "Ñáñez ꞌÑuu"): ToSeal => ({ under, field: "booking.applicant", row: randomUUID(), plain });
const sealed = async (item: ToSeal, keyring = services.keyring) => ({
  field: item.field,
  row: item.row,
  sealed: (await keyring.seal([item]))[0]!,
});

describe("what is sealed", () => {
  test("opens in any order, on every node, with every letter", async () => {
    const items = ["", "a", "María Guadalupe", "ꞌÑuu 😀", "x".repeat(20_000)].map(anItem);
    const blobs = await services.keyring.seal(items);
    const boxes = items.map(({ field, row }, i) => ({ field, row, sealed: blobs[i]! }));
    for (const keyring of [services.keyring, other])
      expect(await keyring.open(boxes.toReversed())).toEqual(items.map((one) => one.plain).toReversed());
    expect(Buffer.concat(blobs).includes("Guadalupe")).toBe(false);
  });

  test("is different each time, the same text too", async () => {
    const item = anItem();
    const blobs = await services.keyring.seal(Array.from({ length: 500 }, () => item));
    expect(new Set(blobs.map((blob) => blob.toString("hex"))).size).toBe(500);
  });

  test("does not open in another row or another field", async () => {
    const [first, second] = [await sealed(anItem("one")), await sealed(anItem("two"))];
    expect(await services.keyring.open([first, second])).toEqual(["one", "two"]);
    expect(
      await services.keyring.open([
        { ...first, sealed: second.sealed },
        { ...second, sealed: first.sealed },
        { ...first, field: "booking.booking" },
      ]),
    ).toEqual([undefined, undefined, undefined]);
  });

  test("does not open when any one byte was changed, or when it is no blob at all", async () => {
    const box = await sealed(anItem());
    const changed = Array.from({ length: box.sealed.length }, (_, i) =>
      Buffer.from(box.sealed.map((byte, at) => (at === i ? byte ^ 1 : byte))),
    );
    const broken = [
      ...changed,
      box.sealed.subarray(0, -1),
      Buffer.concat([box.sealed, Buffer.of(0)]),
      Buffer.alloc(0),
      Buffer.of(1),
      Buffer.alloc(64),
    ];
    expect(new Set(await services.keyring.open(broken.map((one) => ({ ...box, sealed: one }))))).toEqual(
      new Set([undefined]),
    );
    expect(await services.keyring.open([box])).toEqual(["Ñáñez ꞌÑuu"]);
  });

  test("does not open with the keys of two records exchanged in the table", async () => {
    const [first, second] = [
      { ...anItem("a"), under: monthKey("2027-03") },
      { ...anItem("b"), under: monthKey("2027-04") },
    ];
    const boxes = [await sealed(first), await sealed(second)];
    await services.adminQuery(
      "update keyring.keys k set wrapped = o.wrapped from keyring.keys o where k.name in ('month:2027-03', 'month:2027-04') and o.name in ('month:2027-03', 'month:2027-04') and o.name <> k.name",
    );
    const fresh = another(TEST_ROOT_KEY);
    expect(await fresh.open(boxes)).toEqual([undefined, undefined]);
    await fresh.close();
  });

  test("does not open, and nothing more is sealed or digested, with another root key", async () => {
    const box = await sealed(anItem());
    await services.keyring.digest("contact", ["made now"]);
    const stranger = another(Buffer.alloc(32, 8));
    expect(await stranger.open([box])).toEqual([undefined]);
    await expect(stranger.seal([anItem()])).rejects.toThrow("root key");
    await expect(stranger.digest("contact", ["a@b.mx"])).rejects.toThrow("root key");
    await stranger.close();
  });
});

test("nodes that need a key for the first time at once make one", async () => {
  const item = { ...anItem(), under: dayKey("dallas" as OfficeId, visitDay, "2027-02-02" as LocalDate) };
  const boxes = await Promise.all(
    Array.from({ length: 20 }, (_, i) => sealed(item, i % 2 === 0 ? services.keyring : other)),
  );
  expect(new Set(await services.keyring.open(boxes))).toEqual(new Set([item.plain]));
  expect(
    await services.adminQuery("select count(*)::int as n from keyring.keys where name = $1", [item.under.name]),
  ).toEqual([{ n: 1 }]);
});

describe("destruction", () => {
  test("of a month takes its days along and leaves other months alone, on every node", async () => {
    const kept = await sealed({
      ...anItem("kept"),
      under: dayKey("fresno" as OfficeId, "2027-06-10" as LocalDate, "2027-07-10" as LocalDate),
    });
    const gone = await sealed({
      ...anItem("gone"),
      under: dayKey("fresno" as OfficeId, "2027-05-20" as LocalDate, "2027-06-19" as LocalDate),
    });
    expect([await services.keyring.open([gone]), await other.open([gone])]).toEqual([["gone"], ["gone"]]);
    expect(await services.keyring.destroyDue("2027-06-30" as LocalDate)).toBeGreaterThan(0);
    expect(await services.keyring.open([gone])).toEqual(["gone"]);

    services.clock.set(new Date("2027-07-01T08:00:00Z"));
    expect(await services.keyring.destroyDue("2027-07-01" as LocalDate)).toBe(2);
    expect(await services.keyring.open([gone, kept])).toEqual([undefined, "kept"]);
    expect(await other.open([gone, kept])).toEqual([undefined, "kept"]);
    services.clock.advance(DAY_MS);
    expect(
      await services.adminQuery("select count(*)::int as n from keyring.keys where destroy_after < '2027-07-01'"),
    ).toEqual([{ n: 0 }]);
  });

  test("is final even for whoever has the rows and the root key, because the month's key wrapped the day's", async () => {
    const box = await sealed({
      ...anItem("gone"),
      under: dayKey("fresno" as OfficeId, "2027-07-20" as LocalDate, "2027-08-19" as LocalDate),
    });
    await services.adminQuery("delete from keyring.keys where name = 'month:2027-08'");
    const restored = another(TEST_ROOT_KEY);
    expect(await restored.open([box])).toEqual([undefined]);
    await restored.close();
  });
});

describe("digests", () => {
  test("are the same on every node, and of one purpose each", async () => {
    const [here, there] = await Promise.all([
      services.keyring.digest("claim.curp", ["a", "b"]),
      other.digest("claim.curp", ["a", "b"]),
    ]);
    expect(there).toEqual(here);
    const [elsewhere] = await services.keyring.digest("claim.name", ["a"]);
    expect(elsewhere![0]!.digest.equals(here[0]![0]!.digest)).toBe(false);
  });

  test("have two versions during a rotation, the newest first, and the newest alone afterwards", async () => {
    const [[before]] = (await services.keyring.digest("folio", ["X"])) as [[{ version: number; digest: Buffer }]];
    await services.keyring.rotate("folio");
    const [during] = await services.keyring.digest("folio", ["X"]);
    expect(during!.map((one) => one.version)).toEqual([before.version + 1, before.version]);
    expect(during![1]).toEqual(before);
    expect(during![0]!.digest.equals(before.digest)).toBe(false);
    await services.keyring.endRotation("folio");
    expect(await services.keyring.digest("folio", ["X"])).toEqual([[during![0]]]);
  });
});

test("a signature is good for its text and purpose only", async () => {
  const { keyring } = services;
  const signature = await keyring.sign("link", "text");
  expect(signature).toHaveLength(24);
  const verdicts = [
    await keyring.verify("link", "text", signature),
    await other.verify("link", "text", signature),
    await keyring.verify("link", "texts", signature),
    await keyring.verify("slip", "text", signature),
    await keyring.verify("link", "text", ""),
    await keyring.verify("link", "text", `${signature}AAAA`),
    await keyring.verify("link", "text", signature.slice(0, -4)),
  ];
  expect(verdicts).toEqual([true, true, false, false, false, false, false]);
});

test("a public signature is checked with the public key alone, which every node knows", async () => {
  const [here, there] = [services.keyring, other];
  const [key, signature] = [await here.publicKey("draw"), await here.signPublic("draw", "a notice")];
  expect(await there.publicKey("draw")).toBe(key);
  expect(isSignedBy(key, utf8("a notice"), signature)).toBe(true);
  expect(isSignedBy(key, utf8("another"), signature)).toBe(false);
  expect(isSignedBy(await here.publicKey("room"), utf8("a notice"), signature)).toBe(false);
});
