import { describe, expect, it } from "vitest";
import { SERVICE_GROUPS, type LocalDate } from "#kernel/ids.ts";
import { PERMISSION_DAYS } from "#kernel/limits.ts";
import { isLocalDate, localTimeAt } from "#kernel/time.ts";
import { networkOfFiles, readReference } from "./offices.fixtures.ts";
import { nearestOffices } from "./rules/offices.ts";
import { factSchemas } from "./schema.ts";
import { findPlaces } from "./store/gazetteer.ts";
import { factsOf, type OfficesFile, type PlanningFile } from "./store/office-facts.ts";
import { FACT_FIELDS } from "./types.ts";

const TODAY = "2026-11-23" as LocalDate;
const network = networkOfFiles();
const slugs = network.services.map((one) => one.slug as string);

describe("the reference files", () => {
  it("hold 59 offices in 12 zones that exist", () => {
    expect(network.offices).toHaveLength(59);
    expect(network.offices.filter((one) => one.country === "CA")).toHaveLength(6);
    expect(network.officeById.size).toBe(59);
    const zones = new Set(network.offices.map((one) => one.zone));
    expect(zones.size).toBe(12);
    for (const zone of zones) expect(localTimeAt(new Date("2026-11-23T18:00:00Z"), zone)).toMatch(/^\d\d:00$/);
  });

  it("name each office in both languages and in short", () => {
    for (const { id, name, shortName } of network.offices) {
      expect(name.es, id).toMatch(/^(Consulado|Sección Consular)/);
      expect(name.en, id).toMatch(/^(Consul)/);
      expect(shortName.es.length > 2 && shortName.es.length < 20, `${id} ${shortName.es}`).toBe(true);
    }
    expect(network.officeById.get("los-angeles")?.shortName).toEqual({ es: "Los Ángeles", en: "Los Angeles" });
  });

  it("hold 24 services, each in a known group and with a fee, texts and minutes", () => {
    expect(network.services).toHaveLength(24);
    expect(new Set(slugs).size).toBe(24);
    for (const one of network.services) {
      expect(SERVICE_GROUPS).toContain(one.group);
      expect(one.minutes).toBeGreaterThan(0);
      expect(one.fees.length, one.slug).toBeGreaterThan(0);
      expect(one.requirements.length, one.slug).toBeGreaterThan(0);
      expect(one.name.es !== "" && one.name.en !== "" && one.source !== "", one.slug).toBe(true);
    }
    expect(network.services.filter((one) => one.bookable)).toHaveLength(16);
  });

  it("give every fee a year, a currency and a source", () => {
    const fees = network.services.flatMap((one) => one.fees.map((fee) => ({ ...fee, slug: one.slug })));
    expect(fees.length).toBeGreaterThan(40);
    for (const fee of fees) {
      expect(fee.year >= 2024 && fee.year <= 2030, fee.slug).toBe(true);
      expect(fee.currency).toBe("USD");
      expect(fee.source.length, fee.slug).toBeGreaterThan(10);
      expect(fee.amount).toBeGreaterThanOrEqual(0);
    }
    const tariffs = fees.map((fee) => `${fee.slug} ${fee.variant} ${fee.year} ${fee.level}`);
    expect(tariffs.filter((one, i) => tariffs.indexOf(one) !== i)).toEqual([]);
  });

  it("share the claim of one document among its variants only", () => {
    const sharing = network.services.filter((one) => one.claimScope === "pasaporte");
    expect(sharing.map((one) => one.slug)).toEqual([
      "pasaporte-adulto",
      "pasaporte-menor-3-a-17",
      "pasaporte-menor-3",
      "pasaporte-emergencia",
    ]);
    expect(new Set(network.services.map((one) => one.claimScope)).size).toBe(21);
  });

  it("know the 90 days of the permission and every way in which a parent cannot come", () => {
    const children = network.services.filter((one) => one.forChildren);
    expect(children.map((one) => one.slug)).toEqual(["pasaporte-menor-3-a-17", "pasaporte-menor-3"]);
    for (const { absentParent } of children) {
      expect(absentParent?.permission).toMatchObject({
        form: "OP-7",
        fee: 0,
        appointmentRequired: false,
        validDays: 90,
      });
      expect(absentParent?.permission.validDays).toBe(PERMISSION_DAYS);
      const cases = absentParent?.cases.map((one) => one.id);
      for (const id of ["died", "judgment", "unknown", "refuses", "detained", "danger"]) expect(cases).toContain(id);
    }
  });

  it("point from checklist, chains, planning and jurisdictions only at what exists", () => {
    for (const question of network.checklist) {
      for (const slug of question.services) expect(slugs).toContain(slug);
      if (question.addService) expect(slugs).toContain(question.addService);
    }
    for (const chain of network.chains) {
      for (const slug of chain.steps.flatMap((step) => step.services)) expect(slugs).toContain(slug);
    }
    const sized = Object.values(network.planning.sizes).flat();
    expect([...sized].sort()).toEqual(network.offices.map((one) => one.id).sort());
    const { jurisdictions } = readReference<{ jurisdictions: { office: string; valid_from: string; level: string }[] }>(
      "jurisdictions",
    );
    expect(new Set(jurisdictions.map((one) => one.office)).size).toBe(59);
    for (const one of jurisdictions) {
      expect(network.officeById.has(one.office)).toBe(true);
      expect(isLocalDate(one.valid_from)).toBe(true);
    }
  });

  it("fill every field of every ficha in a demonstration, in the shape staff would write, and mark it", () => {
    const planning = readReference<PlanningFile>("planning");
    for (const office of readReference<OfficesFile>("offices").offices) {
      const facts = factsOf(office, planning, true);
      expect(facts.map((one) => one.field).sort()).toEqual([...FACT_FIELDS].sort());
      for (const fact of facts) {
        expect(factSchemas[fact.field].safeParse(fact.value).success, `${office.id} ${fact.field}`).toBe(true);
        expect(["page", "partial", "invented"]).toContain(fact.level);
        const own = office.levels[fact.field as keyof typeof office.levels];
        if (own === "memory" || own === "community_file" || own === undefined) expect(fact.level).toBe("invented");
      }
      expect(factsOf(office, planning, false).some((one) => one.level === "invented")).toBe(false);
    }
  });

  it("call a child a child", () => {
    const words = [network.services, network.checklist, network.chains].map((list) =>
      JSON.stringify(list.map(({ source: _, ...one }: { source?: string }) => one))
        // Sources are addresses of others, and slugs are names of ours that nobody reads.
        .replaceAll(/"source":"[^"]*"|"[a-z0-9]+(-[a-z0-9]+)+"/g, ""),
    );
    expect(words.join().match(/.{0,30}\b(menor(es)?|minors?)\b.{0,30}/gi)).toBeNull();
  });

  it("keep the words of the design's list out of the public texts", () => {
    const texts = JSON.stringify([
      network.services.map(({ source: _, ...one }) => one),
      network.checklist.map(({ source: _, ...one }) => one),
    ]);
    expect(texts).not.toMatch(/circunscripci|apellido paterno|apellido materno|gestor|coyote|tercera edad/i);
  });
});

describe("findPlaces", () => {
  const nearest = (query: string): string | undefined => {
    const [place] = findPlaces(query);
    return place && nearestOffices(network, place, 1, TODAY)[0]?.office.id;
  };

  it.each([
    ["93701", "fresno"],
    ["93701-1234", "fresno"],
    ["H3A1V4", "montreal"],
    ["H3A 1V4", "montreal"],
    ["h3a 1v4", "montreal"],
    ["fresno", "fresno"],
    ["Fresno, CA", "fresno"],
    ["  FRESNO   california ", "fresno"],
    ["san josé", "san-jose"],
    ["San Jose, CA", "san-jose"],
    ["Saint Paul, MN", "saint-paul"],
    ["St. Paul MN", "saint-paul"],
    ["Nueva York", "new-york"],
    ["Albuquerque, Nuevo México", "albuquerque"],
    ["mcallen", "mcallen"],
    ["Mc Allen tx", "mcallen"],
    ["Washington, DC", "washington-dc"],
    ["Leamington", "leamington"],
    ["Vancouver", "vancouver"],
    ["Vancouver, WA", "portland"],
    ["\u202eFresno\u0007", "fresno"],
  ])("finds the office of %j", (query, office) => {
    expect(nearest(query)).toBe(office);
  });

  it("offers the largest of several first, five at most", () => {
    const places = findPlaces("Portland");
    expect(places).toHaveLength(5);
    expect(places[0]).toMatchObject({ label: "Portland, OR", state: "OR", country: "US" });
    expect(findPlaces("93701")[0]?.label).toBe("Fresno, CA");
  });

  it("finds nothing for what is no place, however it is typed", () => {
    for (const query of [
      "",
      "  ",
      "x",
      "00000",
      "ciudad de méxico",
      "'; drop table offices.offices; --",
      "\u0000",
      "🌮",
      "a".repeat(81),
      "\ud800",
    ]) {
      expect(findPlaces(query), JSON.stringify(query)).toEqual([]);
    }
  });

  it("finds the postal code of every office near that office", () => {
    for (const office of readReference<OfficesFile>("offices").offices) {
      const [place] = findPlaces(office.postal_code);
      expect(place, office.id).toBeDefined();
      expect(nearestOffices(network, place!, 1, TODAY)[0]!.office.id, office.id).toBe(office.id);
    }
  });
});
