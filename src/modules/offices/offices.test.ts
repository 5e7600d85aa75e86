import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { contextFor, type Actor, type Context, type StaffRole } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { confirmFacts } from "./commands.ts";
import { getFicha } from "./queries/ficha.ts";
import { getNetwork, refreshNetwork } from "./queries/network.ts";
import { officesOfState } from "./rules/offices.ts";
import { loadReference } from "./store/load-reference.ts";
import { FACT_FIELDS } from "./types.ts";

const FRESNO = "fresno" as OfficeId;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const staffId = newId<StaffId>();

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

const as = (actor: Actor): Context =>
  contextFor(services, { actor, channel: "console", purpose: "ficha", requestId: "test", language: "es" });
const staff = (role: StaffRole, officeId: string | undefined): Context =>
  as({ kind: "staff", staffId, officeId, role });
const load = (invented: boolean): Promise<void> =>
  loadReference({ url: services.url, directory: "db/reference", invented, now: services.clock.now() });
const counts = async (): Promise<Record<string, number>> => {
  const [row] = await services.adminQuery<Record<string, number>>(
    `select (select count(*)::int from offices.offices) as offices, (select count(*)::int from offices.services) as services,
       (select count(*)::int from offices.facts) as facts, (select count(*)::int from offices.holidays) as holidays,
       (select count(*)::int from offices.jurisdictions) as jurisdictions, (select count(*)::int from offices.catalogues) as catalogues`,
  );
  return row!;
};

describe("the network", () => {
  it("is whole: 59 offices, 24 services, every field of every office filled in a demonstration", async () => {
    const network = await getNetwork(services);
    expect(network.offices).toHaveLength(59);
    expect(network.services).toHaveLength(24);
    for (const office of network.offices)
      expect(Object.keys(office.publicFacts).sort(), office.id).toEqual([...FACT_FIELDS].sort());
    expect(network.offices.every((office) => office.jurisdictions.length > 0)).toBe(true);
    expect(network.lines).toEqual({ appointments: "+1-424-309-0009", ciam: "+1-520-623-7874", ciamFromMexico: "079" });
    expect(network.officeById.get("boston")?.jurisdictions.find((one) => one.area === "CT")).toMatchObject({
      extent: "whole",
      validFrom: "2022-06-01",
      validTo: undefined,
    });
  });

  it("knows who serves a state on a day", async () => {
    const network = await getNetwork(services);
    const serving = (state: string, on: string) => officesOfState(network, state, on as LocalDate).map((one) => one.id);
    expect(serving("CT", "2022-05-31")).toEqual(["new-york"]);
    expect(serving("CT", "2022-06-01")).toEqual(["boston"]);
    expect(serving("TN", "2026-11-23").sort()).toEqual(["atlanta", "little-rock"]);
    expect(serving("ZZ", "2026-11-23")).toEqual([]);
  });

  it("is read once for all callers, and again beside the answer when a minute has passed", async () => {
    const first = await refreshNetwork(services);
    expect(await getNetwork(services)).toBe(first);
    services.clock.advance(MINUTE_MS);
    expect(await getNetwork(services)).toBe(first);
    services.clock.advance(1);
    expect(await getNetwork(services)).toBe(first);
    await expect.poll(() => getNetwork(services).then((network) => network !== first)).toBe(true);
  });

  it("answers from what it has while the database is away, and is not spoilt by a first failure", async () => {
    const broken = { clock: services.clock, database: { ...services.database } };
    let down = true;
    const real = services.database.transaction.bind(services.database);
    broken.database.transaction = (async (...args: Parameters<typeof real>) => {
      if (down) throw new Error("away");
      return real(...args);
    }) as typeof services.database.transaction;
    await expect(getNetwork(broken)).rejects.toThrow("away");
    down = false;
    const known = await getNetwork(broken);
    down = true;
    services.clock.advance(2 * MINUTE_MS);
    expect(await getNetwork(broken)).toBe(known);
    expect(await getNetwork(broken)).toBe(known);
  });
});

describe("loading the reference again", () => {
  it("changes nothing", async () => {
    const before = await counts();
    await load(true);
    await Promise.all([load(true), load(true)]);
    expect(await counts()).toEqual(before);
  });

  it("never overwrites what staff confirmed, and takes the invented away when asked to", async () => {
    const own = await openTestServices();
    try {
      await own.adminQuery(
        "update offices.facts set level = 'confirmed', value = '\"+1-559-555-0142\"' where office_id = 'fresno' and field = 'phone'",
      );
      await own.adminQuery(
        "update offices.facts set value = '\"changed by hand\"' where office_id = 'yuma' and field = 'phone'",
      );
      await loadReference({ url: own.url, directory: "db/reference", invented: false, now: own.clock.now() });
      const facts = await own.adminQuery<{ office_id: string; value: string; level: string }>(
        "select office_id, value, level from offices.facts where field = 'phone' and office_id in ('fresno', 'yuma') order by office_id",
      );
      expect(facts).toEqual([
        { office_id: "fresno", value: "+1-559-555-0142", level: "confirmed" },
        { office_id: "yuma", value: "+1-928-343-0066", level: "memory" },
      ]);
      expect(await own.adminQuery("select 1 from offices.facts where level = 'invented'")).toEqual([]);
      const network = await refreshNetwork(own);
      expect(network.officeById.get("yuma")?.publicFacts.phone).toBeUndefined();
      expect(network.officeById.get("yuma")?.postalCode).toBeUndefined();
      expect(network.officeById.get("fresno")?.publicFacts.phone?.value).toBe("+1-559-555-0142");
    } finally {
      await own.close();
    }
  });

  it("refuses to invent in a live database", async () => {
    const own = await openTestServices();
    try {
      await own.adminQuery("alter table platform.instance disable trigger all");
      await own.adminQuery("update platform.instance set kind = 'live'");
      const loading = (invented: boolean) =>
        loadReference({ url: own.url, directory: "db/reference", invented, now: own.clock.now() });
      await expect(loading(true)).rejects.toThrow("stamped demo");
      await loading(false);
    } finally {
      await own.close();
    }
  });
});

describe("the ficha", () => {
  const address = { street: "100 Example Ave", city: "Fresno", state: "CA", postalCode: "93711" };

  it("lists every field, and a supervisor's confirmation is public at once and due after 180 days", async () => {
    const ctx = staff("supervisor", FRESNO);
    const before = await getFicha(ctx, FRESNO);
    expect(before).toMatchObject({
      ok: true,
      value: { progress: { done: 0, of: FACT_FIELDS.length }, mayConfirm: true },
    });

    const outcome = await confirmFacts(ctx, {
      officeId: FRESNO,
      fields: [
        { field: "address", value: { ...address, street: "  100   Example Ave " } },
        { field: "payment_means", value: ["exact_cash", "money_order"] },
      ],
    });
    expect(outcome).toMatchObject({ ok: true, value: { confirmed: ["address", "payment_means"] } });

    const shown = (await getNetwork(services)).officeById.get(FRESNO)!.publicFacts;
    expect(shown.address).toMatchObject({
      value: address,
      level: "confirmed",
      confirmedAt: ctx.now,
      dueAt: new Date(ctx.now.getTime() + 180 * DAY_MS),
    });
    const after = await getFicha(staff("clerk", FRESNO), FRESNO);
    expect(after).toMatchObject({ ok: true, value: { progress: { done: 2 }, mayConfirm: false } });
    expect(after.ok && after.value.fields[0]).toMatchObject({
      field: "address",
      level: "confirmed",
      confirmedBy: staffId,
      due: false,
    });

    services.clock.advance(180 * DAY_MS);
    expect(await getFicha(staff("hq", undefined), FRESNO)).toMatchObject({
      ok: true,
      value: { progress: { done: 0 } },
    });
  });

  it("leaves one line in the audit log, without what was written", async () => {
    const outcome = await confirmFacts(staff("admin", undefined), {
      officeId: "yuma" as OfficeId,
      fields: [{ field: "email", value: "canary-4711@consulado.example" }],
    });
    expect(outcome.ok).toBe(true);
    const entries = await services.adminQuery<{ line: string }>(
      "select to_jsonb(e)::text as line from audit.entries e where office_id = 'yuma'",
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]!.line).toContain("offices.facts_confirmed");
    expect(entries[0]!.line).not.toContain("canary");
  });

  it("is confirmed by nobody else, and read by nobody of another office", async () => {
    const fields = [{ field: "phone", value: "+1-559-555-0100" }];
    const strangers: Context[] = [
      staff("clerk", FRESNO),
      staff("office_head", "yuma"),
      staff("supervisor", undefined),
      as({ kind: "citizen", sessionId: newId(), contactId: newId() }),
      as({ kind: "visitor", sessionId: undefined }),
      as({ kind: "system" }),
    ];
    for (const ctx of strangers) {
      expect(await confirmFacts(ctx, { officeId: FRESNO, fields })).toEqual({
        ok: false,
        refusal: { code: "not_allowed" },
      });
    }
    for (const ctx of strangers.slice(1)) expect(await getFicha(ctx, FRESNO)).toMatchObject({ ok: false });
  });

  it.each([
    ["no field", [], "nothing_to_confirm"],
    ["a field that does not exist", [{ field: "toString", value: 1 }], "unknown_field"],
    [
      "one field twice",
      [
        { field: "phone", value: "+1-559-555-0100" },
        { field: "phone", value: "+1-559-555-0101" },
      ],
      "field_given_twice",
    ],
    ["letters in a telephone", [{ field: "phone", value: "call us" }], "invalid_value"],
    [
      "an address with a turned text",
      [{ field: "address", value: { ...address, street: "1 \u202eevA" } }],
      "invalid_value",
    ],
    ["an address with more than an address", [{ field: "address", value: { ...address, note: "x" } }], "invalid_value"],
    [
      "hours that end before they begin",
      [{ field: "hours:visas", value: [{ weekdays: [1], opens: "13:00", closes: "09:00" }] }],
      "invalid_value",
    ],
    ["a long text", [{ field: "bus", value: { es: "a".repeat(601), en: "a" } }], "invalid_value"],
    ["half a character", [{ field: "bus", value: { es: "\ud800", en: "a" } }], "invalid_value"],
    ["nothing at all", [{ field: "email", value: undefined }], "invalid_value"],
  ])("refuses %s", async (_, fields, code) => {
    expect(await confirmFacts(staff("hq", undefined), { officeId: FRESNO, fields })).toMatchObject({
      ok: false,
      refusal: { code },
    });
  });

  it("knows no office that is not there", async () => {
    const nowhere = "atlantis" as OfficeId;
    expect(
      await confirmFacts(staff("hq", undefined), {
        officeId: nowhere,
        fields: [{ field: "phone", value: "+1-559-555-0100" }],
      }),
    ).toEqual({
      ok: false,
      refusal: { code: "unknown_office" },
    });
    expect(await getFicha(staff("hq", undefined), nowhere)).toEqual({ ok: false, refusal: { code: "unknown_office" } });
  });
});
