import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY_MS } from "#kernel/time.ts";
import { verifiedSession } from "#modules/people/people.fixtures.ts";
import { folioFrom, folioTail } from "#kernel/folio.ts";
import { systemContext, type Context, type StaffRole } from "#platform/context.ts";
import { EVERYBODY, LIMITS } from "#platform/limits/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { analyst, aPicture, aReport, opened, theCitizenry } from "./adverts.fixtures.ts";
import { importAdverts, MOST_IMPORT_BYTES, type ImportProgress } from "./commands/import.ts";
import { draftTakedown, judgeAdvert, moveTakedown } from "./commands/judge.ts";
import { matchAdverts, matchAgain } from "./commands/match.ts";
import { recordPurchase, witnessPurchase } from "./commands/purchases.ts";
import { reportAdvert } from "./commands/report.ts";
import { countMonths, eraseAdverts } from "./jobs.ts";
import { listAdverts } from "./queries/list.ts";
import { getAdvertMonths } from "./queries/months.ts";
import { getScreenshot, openAdvert } from "./queries/one.ts";
import type { AdvertId, PurchaseId } from "./types.ts";

let services: TestServices;
let [one, other]: Context[] = [];
beforeAll(async () => {
  services = await openTestServices();
  [one, other] = [analyst(services), analyst(services)];
});
afterAll(() => services.close());

const code = (outcome: { ok: boolean; refusal?: { code: string } }) => (outcome.ok ? "ok" : outcome.refusal!.code);
async function reported(ctx: Context, change: Parameters<typeof aReport>[0] = {}): Promise<AdvertId> {
  const outcome = await reportAdvert(ctx, aReport(change));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value.id;
}
const seen = async (id: AdvertId) => ({ id, version: (await opened(one!, id)).version });
/** What the dispatcher does with `adverts.confirmed`. */
const match = (...ids: AdvertId[]) =>
  services.database.transaction("worker", {}, (tx) => matchAdverts(systemContext(services, "test"), tx, ids));
const events = async (name: string, advertId: AdvertId) =>
  (
    await services.adminQuery<{ contact: string }>(
      "select subject_id as contact from platform.outbox where name = $1 and detail->>'advertId' = $2 order by id",
      [name, advertId],
    )
  ).map((event) => event.contact);

test("an advert is filed once however often and however shared it is reported, and stands sealed", async () => {
  const id = await reported(theCitizenry(services));
  expect(await reported(theCitizenry(services), { link: "http://m.facebook.com/citas.rapidas/posts/1?fbclid=x" })).toBe(
    id,
  );
  expect(await opened(one!, id)).toMatchObject({
    state: "new",
    source: "public",
    reports: 2,
    points: [
      { kind: "phone", value: "5595550143", others: 0, match: undefined },
      { kind: "account", value: "facebook:citas.rapidas" },
    ],
  });
  const [row] = await services.adminQuery("select to_jsonb(a)::text as text from adverts.adverts a where id = $1", [
    id,
  ]);
  expect(row!["text"]).not.toMatch(/559.{0,2}555.?0143|garantizadas|facebook\.com/);
  const second = await reported(theCitizenry(services), { link: "", words: "Pasaportes mañana (559) 555-0143" });
  expect((await opened(one!, second)).points[0]).toMatchObject({ others: 1 });
});

test("a report accuses nobody: a contact is matched only once another person has confirmed, and never one that nobody proved", async () => {
  const { session } = await verifiedSession(services, "vende@ejemplo.com");
  const contactId = session.contactId!;
  const filed = analyst(services);
  const words = "Citas ya: vende (arroba) ejemplo punto com, o nadie@ejemplo.com";
  const id = await reported(filed, { link: "", words });
  await match(id);
  expect(await events("adverts.matched", id)).toEqual([]);
  expect(code(await judgeAdvert(filed, await seen(id), "confirmed"))).toBe("needs_another_person");
  expect(code(await judgeAdvert(other!, await seen(id), "confirmed"))).toBe("ok");
  const confirmed = await services.adminQuery(
    "select from platform.outbox where name = 'adverts.confirmed' and subject_id = $1",
    [id],
  );
  expect(confirmed).toHaveLength(1);

  expect(await match(id)).toBe(1);
  // Told twice it is one match.
  expect(await match(id)).toBe(0);
  expect(await events("adverts.matched", id)).toEqual([contactId]);
  const { points } = await opened(one!, id);
  expect(points.map((point) => point.match?.contactId)).toEqual([contactId, undefined]);

  // Dismissed after all, what it proved falls.
  expect(code(await judgeAdvert(one!, await seen(id), "dismissed"))).toBe("ok");
  expect(await events("adverts.withdrawn", id)).toEqual([contactId]);
  // And counts again when that was the mistake.
  expect(code(await judgeAdvert(other!, await seen(id), "confirmed"))).toBe("ok");
  expect(await events("adverts.matched", id)).toEqual([contactId, contactId]);
  // An address that was only typed is nobody's.
  await services.adminQuery("update people.contacts set verified_at = null where id = $1", [contactId]);
  const second = await reported(theCitizenry(services), { link: "", words: "otra vez: vende@ejemplo.com" });
  await judgeAdvert(one!, await seen(second), "confirmed");
  expect(await match(second)).toBe(0);
});

test("a contact that is proved after the advert was confirmed is found the next morning, and goes with its erasure", async () => {
  const id = await reported(theCitizenry(services), { link: "", words: "Citas: luego@ejemplo.com" });
  await judgeAdvert(one!, await seen(id), "confirmed");
  expect(await match(id)).toBe(0);
  const { session } = await verifiedSession(services, "luego@ejemplo.com");
  expect(await matchAgain(systemContext(services, "test"))).toBe(1);
  expect(await matchAgain(systemContext(services, "test"))).toBe(0);
  await services.adminQuery("delete from people.contacts where id = $1", [session.contactId]);
  expect((await opened(one!, id)).points[0]?.match).toBeUndefined();
});

test("two who decide at once: the one with the older picture is refused", async () => {
  const id = await reported(theCitizenry(services), { link: "", words: "Citas para mañana, pregunte" });
  const meant = await seen(id);
  const outcomes = await Promise.all([judgeAdvert(one!, meant, "confirmed"), judgeAdvert(other!, meant, "dismissed")]);
  expect(outcomes.map(code).sort()).toEqual(["changed_meanwhile", "ok"]);
});

test("a request to a platform goes its way with its dates; only a confirmed advert has one", async () => {
  const id = await reported(theCitizenry(services), { link: "https://www.tiktok.com/@citas.ya/video/5" });
  expect(code(await draftTakedown(one!, id))).toBe("not_possible");
  await judgeAdvert(one!, await seen(id), "confirmed");
  expect([code(await draftTakedown(one!, id)), code(await draftTakedown(other!, id))]).toEqual(["ok", "ok"]);
  const step = async (to: Parameters<typeof moveTakedown>[2]) =>
    code(await moveTakedown(one!, { id, version: (await opened(one!, id)).takedown!.version }, to));
  expect(await step("removed")).toBe("not_possible");
  expect([await step("sent"), await step("answered"), await step("refused"), await step("sent")]).toEqual([
    "ok",
    "ok",
    "ok",
    "ok",
  ]);
  expect(code(await moveTakedown(one!, { id, version: 1 }, "removed"))).toBe("changed_meanwhile");
  expect(await step("removed")).toBe("ok");
  const { takedown } = await opened(one!, id);
  expect(takedown).toMatchObject({
    state: "removed",
    answeredAt: null,
    closedAt: services.clock.now(),
    next: ["sent"],
  });
  const list = await listAdverts(one!, { takedown: "removed" });
  expect(list).toMatchObject({ ok: true, value: [{ id, takedown: "removed" }] });
  // It came back: the platform is asked again, and it is taken down no more.
  expect(await step("sent")).toBe("ok");
  expect((await opened(one!, id)).takedown).toMatchObject({ state: "sent", answeredAt: null, closedAt: null });
});

test("a mystery purchase needs two people; its folio is sealed and only its tail is told", async () => {
  const id = await reported(theCitizenry(services), { link: "", words: "Cita de pasaporte por 50 dólares" });
  const folio = folioFrom(Uint8Array.from({ length: 12 }, (_, i) => i));
  const made = { id: randomUUID() as PurchaseId, boughtAt: services.clock.now(), priceCents: 5_000, folio };
  expect(code(await recordPurchase(one!, id, { ...made, folio: "7K3M" }))).toBe("invalid_folio");
  const outcome = await recordPurchase(one!, id, made);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  expect(code(await witnessPurchase(one!, id, outcome.value.id))).toBe("needs_another_person");
  expect(code(await witnessPurchase(other!, id, outcome.value.id))).toBe("ok");
  const { purchases } = await opened(one!, id);
  expect(purchases).toMatchObject([{ priceCents: 5_000, folioTail: folioTail(folio) }]);
  // The same purchase sent again is the same one; its number on another's is none.
  expect(await recordPurchase(one!, id, made)).toEqual(outcome);
  expect(code(await recordPurchase(other!, id, made))).toBe("not_possible");
  expect((await opened(one!, id)).purchases).toHaveLength(1);
  const text = JSON.stringify(await services.adminQuery("select to_jsonb(p)::text from adverts.purchases p"));
  expect(text).not.toContain(folio.slice(0, 8));
});

test("a picture is kept without what a camera wrote; what is none, or a bomb, is refused", async () => {
  const id = await reported(theCitizenry(services), { link: "", words: "", screenshot: aPicture() });
  const { screenshots } = await opened(one!, id);
  const shown = await getScreenshot(one!, id, screenshots[0]!);
  if (!shown.ok) throw new Error(shown.refusal.code);
  expect(shown.value.subarray(1, 4).toString()).toBe("PNG");
  expect(shown.value.includes("GPS")).toBe(false);
  expect(code(await getScreenshot(analyst(services, undefined, "hq"), id, screenshots[0]!))).toBe("not_allowed");
  const refusal = async (screenshot: Buffer) =>
    code(await reportAdvert(theCitizenry(services), aReport({ screenshot })));
  expect(await refusal(Buffer.from("<svg onload=alert(1)>"))).toBe("not_a_picture");
  expect(await refusal(aPicture(60_000, 60_000))).toBe("picture_too_large");
  expect(await refusal(aPicture(0, 10))).toBe("not_a_picture");
  expect(await refusal(Buffer.alloc(3_000_001, 1))).toBe("picture_too_large");
  for (let i = 0; i < 4; i++) await reported(theCitizenry(services), { screenshot: aPicture(1, 1, `${i}`) });
  const [advert] = await services.adminQuery(
    "select count(*)::int as n from adverts.screenshots group by advert_id order by 1 desc",
  );
  expect(advert).toEqual({ n: 3 });
});

test("an export is filed row by row with what was wrong; sent again it only counts", async () => {
  const rows = [
    "platform,link,words",
    "facebook,https://facebook.com/vende/posts/9,Citas 661 555 0101",
    'whatsapp,,"=HYPERLINK(""http://malo.mx"")"',
    "myspace,,hola",
    "facebook,javascript:alert(1),x",
    "x,,",
    "facebook,https://www.facebook.com/vende/posts/9?fbclid=z,otra vez",
  ].join("\n");
  async function run(ctx: Context): Promise<ImportProgress | undefined> {
    const outcome = importAdverts(
      ctx,
      "csv",
      (async function* () {
        yield await Promise.resolve(Buffer.from(rows));
      })(),
    );
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    let last: ImportProgress | undefined;
    for await (const progress of outcome.value) last = progress;
    return last;
  }
  const errors = [
    { row: 3, error: "unknown_platform" },
    { row: 4, error: "bad_link" },
    { row: 5, error: "nothing_reported" },
  ];
  expect(await run(one!)).toEqual({ rows: 6, filed: 2, known: 1, refused: 3, errors });
  expect(await run(other!)).toEqual({ rows: 6, filed: 0, known: 3, refused: 3, errors });
  const formula = await listAdverts(one!, { platform: "whatsapp" });
  expect(formula).toMatchObject({ ok: true, value: [{ excerpt: '=HYPERLINK("http://malo.mx")', reports: 2 }] });
});

test("an export that does not end is read to a bound and then let go", async () => {
  let sent = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from("platform,link,words\nfacebook,,sin fin\n"));
    const chunk = Buffer.from(`other,,"${"x".repeat(1_000_000)}"\n`);
    for (;;) {
      sent += 1;
      yield await Promise.resolve(chunk);
    }
  }
  const outcome = importAdverts(one!, "csv", endless());
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  let last: ImportProgress | undefined;
  for await (const progress of outcome.value) last = progress;
  expect(sent * 1_000_000).toBeLessThan(MOST_IMPORT_BYTES + 2_000_000);
  expect(last!.errors.at(-1)).toMatchObject({ error: "too_many_bytes" });
  expect(last).toMatchObject({ filed: 1 });
});

test.each<[StaffRole]>([["clerk"], ["office_head"], ["hq"], ["admin"]])("%s sees and decides nothing", async (role) => {
  const ctx = analyst(services, randomUUID(), role);
  const id = randomUUID() as AdvertId;
  const none = (async function* () {})();
  expect(
    [
      await listAdverts(ctx, {}),
      await openAdvert(ctx, id),
      await getAdvertMonths(ctx),
      await reportAdvert(ctx, aReport()),
      await judgeAdvert(ctx, { id, version: 1 }, "confirmed"),
      await draftTakedown(ctx, id),
      await moveTakedown(ctx, { id, version: 1 }, "sent"),
      await recordPurchase(ctx, id, { id: randomUUID() as PurchaseId, boughtAt: ctx.now, priceCents: 1, folio: "" }),
      await witnessPurchase(ctx, id, randomUUID() as never),
      importAdverts(ctx, "csv", none),
    ].map(code),
  ).toEqual(Array.from({ length: 10 }, () => "not_allowed"));
});

test("months are counted without what was dismissed, again when a platform takes down late, and stay when the adverts are erased", async () => {
  const own = await openTestServices();
  try {
    const by = analyst(own);
    const file = async (words: string) => {
      const outcome = await reportAdvert(theCitizenry(own), aReport({ link: "", words }));
      if (!outcome.ok) throw new Error(outcome.refusal.code);
      return outcome.value.id;
    };
    const [kept, dropped] = [await file("uno"), await file("dos")];
    await judgeAdvert(by, { id: kept, version: 1 }, "confirmed");
    await judgeAdvert(by, { id: dropped, version: 1 }, "dismissed");
    await draftTakedown(by, kept);
    await moveTakedown(by, { id: kept, version: 1 }, "sent");
    own.clock.set(new Date(own.clock.now().getTime() + 31 * DAY_MS));
    const task = () => systemContext(own, "test");
    expect(await eraseAdverts(task())).toBe(1);
    await countMonths(task());
    const later = analyst(own);
    expect(await getAdvertMonths(later)).toMatchObject({
      value: { months: [{ adverts: 1, reports: 1, confirmed: 1, removed: 0 }] },
    });
    await moveTakedown(later, { id: kept, version: 2 }, "removed");
    await countMonths(task());
    own.clock.set(new Date(own.clock.now().getTime() + 366 * DAY_MS));
    expect(await eraseAdverts(task())).toBe(1);
    await countMonths(task());
    const months = await getAdvertMonths(analyst(own));
    expect(months.ok && months.value.months[0]).toMatchObject({ adverts: 1, removed: 1 });
  } finally {
    await own.close();
  }
});

test("of a flood by the public a bounded number is taken and sealed; staff are never kept out", async () => {
  const full = new Date(
    services.clock.now().getTime() + LIMITS.public_reports.burst * LIMITS.public_reports.everySeconds * 1_000,
  );
  await services.adminQuery(
    "insert into platform.limits (rule, key, tat) values ('public_reports', $1, $2) on conflict (rule, key) do update set tat = excluded.tat",
    [EVERYBODY, full],
  );
  let seals = 0;
  const seal: Context["keyring"]["seal"] = (items) => {
    seals += 1;
    return services.keyring.seal(items);
  };
  const counted = (ctx: Context): Context => ({ ...ctx, keyring: { ...services.keyring, seal } });
  const more = aReport({ link: "", words: "uno más", screenshot: aPicture() });
  expect(code(await reportAdvert(counted(theCitizenry(services)), more))).toBe("too_many_reports");
  expect(seals).toBe(0);
  expect(code(await reportAdvert(counted(one!), more))).toBe("ok");
  expect(seals).toBeGreaterThan(0);
});
