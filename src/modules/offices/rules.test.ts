import { describe, expect, it } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { networkOfFiles } from "./offices.fixtures.ts";
import { checklistFor, nextStepsFor, requirementsFor } from "./rules/checklist.ts";
import { amountDue, feeOn, feesOn, partyDue } from "./rules/fees.ts";
import {
  defaultSessions,
  distanceKm,
  factDueAt,
  factIsDue,
  listHolidays,
  nearestOffices,
  officesInReach,
  officesWithin,
  publicFacts,
} from "./rules/offices.ts";
import {
  checkChain,
  findServiceProblem,
  minutesByGroup,
  minutesFor,
  servicesForAge,
  stepsFor,
} from "./rules/services.ts";
import type { Fact, Jurisdiction, Network, Service } from "./types.ts";

const network = networkOfFiles();
const service = (slug: string): Service => network.serviceBySlug.get(slug)!;
const services = (...slugs: string[]): Service[] => slugs.map(service);
const day = (text: string): LocalDate => text as LocalDate;

describe("fees", () => {
  it("takes the tariff of the year of the visit, and the newest known for a year without one", () => {
    expect(feeOn(service("pasaporte-adulto"), day("2026-12-31"), "3y")).toMatchObject({ amount: 101, year: 2026 });
    expect(feeOn(service("pasaporte-adulto"), day("2025-03-01"), "3y")).toMatchObject({ amount: 99, year: 2025 });
    expect(feeOn(service("pasaporte-adulto"), day("2027-01-01"), "3y")).toMatchObject({ amount: 101, year: 2026 });
  });

  it("prefers a published fee of an older year to one that nobody vouches for", () => {
    expect(feeOn(service("copia-acta"), day("2026-12-01"))).toMatchObject({ amount: 19, year: 2025, level: "page" });
  });

  it("asks an adult for a range over the three validities", () => {
    const due = amountDue({ age: 35, services: services("pasaporte-adulto") }, day("2026-12-01"));
    expect(due).toMatchObject({ min: 101, max: 209, currency: "USD", years: [2026], ofVisitYear: true });
    expect(due.lines[0]?.choices.map((choice) => choice.fee.variant).sort()).toEqual(["10y", "3y", "6y"]);
  });

  it("halves the passport from the 60th birthday on, and nothing else", () => {
    const both = services("pasaporte-adulto", "matricula-consular");
    expect(amountDue({ age: 59, services: both }, day("2026-12-01"))).toMatchObject({ min: 142, max: 250 });
    expect(amountDue({ age: 60, services: both }, day("2026-12-01"))).toMatchObject({ min: 91.5, max: 145.5 });
  });

  it("gives one discount, not two, and only those that are claimed", () => {
    const alone = services("pasaporte-adulto");
    const claimed = amountDue({ age: 61, services: alone, discounts: ["disability"] }, day("2026-12-01"));
    expect(claimed).toMatchObject({ min: 50.5, max: 104.5 });
    expect(
      amountDue({ age: 30, services: alone, discounts: ["seasonal-farm-worker-canada"] }, day("2026-12-01")).min,
    ).toBe(50.5);
    expect(
      amountDue({ age: 30, services: services("matricula-consular"), discounts: ["disability"] }, day("2026-12-01"))
        .min,
    ).toBe(41);
  });

  it("adds the surcharge of an emergency only where it is claimed", () => {
    const emergency = services("pasaporte-emergencia");
    expect(amountDue({ age: 30, services: emergency }, day("2026-12-01")).max).toBe(44);
    expect(amountDue({ age: 30, services: emergency, discounts: ["emergency"] }, day("2026-12-01")).max).toBe(57.2);
  });

  it("leaves extra copies out, and says when a tariff is not of the visit's year", () => {
    const due = amountDue({ age: 2, services: services("registro-nacimiento") }, day("2026-12-01"));
    expect(due).toMatchObject({ min: 0, max: 0, years: [], ofVisitYear: true });
    expect(amountDue({ age: 30, services: services("visa") }, day("2026-12-01"))).toMatchObject({
      years: [2025],
      ofVisitYear: false,
    });
    expect(feesOn(service("registro-nacimiento"), day("2026-12-01")).some((fee) => fee.optional)).toBe(true);
  });

  it("adds a family up", () => {
    const adult = { age: 35, services: services("pasaporte-adulto", "matricula-consular") };
    const child = { age: 8, services: services("pasaporte-menor-3-a-17") };
    expect(partyDue([adult, child], day("2026-12-01"))).toMatchObject({ min: 101 + 41 + 101, max: 209 + 41 + 137 });
  });
});

describe("services of a person", () => {
  it("counts minutes, places and groups", () => {
    const three = services("pasaporte-adulto", "matricula-consular", "copia-acta");
    expect(minutesFor(three)).toBe(40);
    expect([...minutesByGroup(three)]).toEqual([
      ["documentacion", 30],
      ["registro_civil", 10],
    ]);
    expect([stepsFor(30, 15), stepsFor(31, 15), stepsFor(10, 30)]).toEqual([2, 3, 1]);
  });

  it("offers the passport of each age and nothing that cannot be booked", () => {
    const offered = (age: number) => servicesForAge(network, age).map((one) => one.slug as string);
    expect(offered(2)).toContain("pasaporte-menor-3");
    expect(offered(2)).not.toContain("pasaporte-menor-3-a-17");
    expect(offered(17)).toContain("pasaporte-menor-3-a-17");
    expect(offered(18)).toContain("pasaporte-adulto");
    expect(offered(18)).not.toContain("pasaporte-menor-3-a-17");
    expect(offered(40)).toContain("cartilla-militar");
    expect(offered(41)).not.toContain("cartilla-militar");
    for (const slug of ["proteccion-consulta", "pasaporte-emergencia", "ventanilla-salud"])
      expect(offered(30)).not.toContain(slug);
  });

  it("says why a choice cannot stand", () => {
    const problem = (age: number, ...slugs: string[]) => findServiceProblem(network, { age, services: slugs })?.code;
    expect(problem(35, "pasaporte-adulto", "matricula-consular", "credencial-votar")).toBeUndefined();
    expect(problem(35)).toBe("none_chosen");
    expect(problem(35, "pasaporte-adulto", "matricula-consular", "credencial-votar", "copia-acta")).toBe("too_many");
    expect(problem(35, "pasaporte-de-marte")).toBe("unknown_service");
    expect(problem(35, "proteccion-consulta")).toBe("not_bookable");
    expect(problem(35, "pasaporte-menor-3")).toBe("wrong_age");
    expect(problem(35, "pasaporte-adulto", "pasaporte-adulto")).toBe("same_document_twice");
  });

  it("puts a chain into its order and leaves everything else where it was", () => {
    const checked = checkChain(
      network,
      services("pasaporte-adulto", "credencial-votar", "copia-acta", "matricula-consular"),
    );
    expect(checked.order.map((one) => one.slug)).toEqual([
      "credencial-votar",
      "copia-acta",
      "matricula-consular",
      "pasaporte-adulto",
    ]);
    expect(checked).toMatchObject({ reordered: true, oneVisit: true });
    expect(checked.conditions).toHaveLength(1);
    const untouched = checkChain(network, services("visa", "poder-notarial"));
    expect(untouched).toMatchObject({ reordered: false, oneVisit: true, conditions: [] });
    expect(checkChain(network, services("pasaporte-menor-3", "registro-nacimiento")).order[0]?.slug).toBe(
      "registro-nacimiento",
    );
  });

  it("says when a chain needs a second visit", () => {
    const chains = network.chains.map((chain) => ({
      ...chain,
      steps: chain.steps.map((step) => ({ ...step, sameVisit: false })),
    }));
    expect(checkChain({ chains }, services("copia-acta", "matricula-consular")).oneVisit).toBe(false);
    expect(checkChain({ chains }, services("copia-acta")).oneVisit).toBe(true);
  });
});

describe("the checklist", () => {
  const adult = { age: 35, services: ["matricula-consular", "pasaporte-adulto"] };
  const child = { age: 2, services: ["pasaporte-menor-3"] };
  const ids = (people: { age: number; services: string[] }[]) =>
    checklistFor(network, people).map((one) => one.question.id);

  it("asks at most eight questions, only those that matter to somebody", () => {
    expect(network.checklist.length).toBeLessThanOrEqual(8);
    expect(ids([adult])).toContain("own_address");
    expect(ids([child])).not.toContain("registered_late");
    expect(ids([{ age: 35, services: ["visa"] }])).toEqual([]);
  });

  it("words a question for several people when it is about several", () => {
    const asked = checklistFor(network, [adult, child]).find((one) => one.question.id === "has_record")!;
    expect(asked.ordinals).toEqual([1, 2]);
    expect(asked.text).toEqual(asked.question.textSeveral);
    const alone = checklistFor(network, [adult, child]).find((one) => one.question.id === "registered_late")!;
    expect(alone).toMatchObject({ ordinals: [1], text: alone.question.text });
  });

  it("has a next step and a paper for every bad answer, and none for a good or missing one", () => {
    for (const { question } of checklistFor(network, [adult, child, { age: 1, services: ["registro-nacimiento"] }])) {
      const people = [adult, child, { age: 1, services: ["registro-nacimiento"] }];
      const [step] = nextStepsFor(network, people, { [question.id]: !question.good });
      expect(step?.next.es.length).toBeGreaterThan(20);
      expect(nextStepsFor(network, people, { [question.id]: question.good })).toEqual([]);
    }
    expect(nextStepsFor(network, [adult], {})).toEqual([]);
    expect(nextStepsFor(network, [adult], { has_record: false })[0]?.addService).toBe("copia-acta");
  });

  it("lists each paper once, with the services that ask for it, and what the answers add", () => {
    const papers = requirementsFor(network, adult, { registered_late: true });
    expect(new Set(papers.map((one) => one.text.es)).size).toBe(papers.length);
    expect(papers.find((one) => one.text.es.startsWith("Documento que acredite"))?.services).toHaveLength(2);
    expect(papers.filter((one) => one.because !== undefined).map((one) => one.because)).toEqual(["registered_late"]);
    expect(requirementsFor(network, child, { registered_late: true }).every((one) => one.because === undefined)).toBe(
      true,
    );
  });
});

describe("offices", () => {
  it("measures distance on the globe", () => {
    const losAngeles = { lat: 34.0522, lng: -118.2437 };
    const newYork = { lat: 40.7128, lng: -74.006 };
    expect(distanceKm(losAngeles, newYork)).toBeGreaterThan(3930);
    expect(distanceKm(losAngeles, newYork)).toBeLessThan(3945);
    expect(distanceKm(newYork, newYork)).toBe(0);
  });

  it("lists the nearest first and as many as are asked for", () => {
    const near = nearestOffices(network, { lat: 36.75, lng: -119.79 }, 4, day("2026-11-23"));
    expect(near.map((one) => one.office.id)[0]).toBe("fresno");
    expect(near).toHaveLength(4);
    expect(near.map((one) => one.km)).toEqual([...near.map((one) => one.km)].sort((a, b) => a - b));
  });

  it("say that they serve a state only as far as the public may be told, and only on that day", () => {
    const area: Jurisdiction = {
      area: "CA",
      extent: "whole",
      detail: undefined,
      level: "page",
      validFrom: day("2022-06-01"),
      validTo: day("2026-12-31"),
    };
    const serves = (changes: Partial<Jurisdiction>, on = "2026-11-23") => {
      const office = { ...network.officeById.get("fresno")!, jurisdictions: [{ ...area, ...changes }] };
      return nearestOffices(
        { ...network, offices: [office] },
        { lat: 36.75, lng: -119.79, state: "CA" },
        1,
        day(on),
      )[0]!.serves;
    };
    expect(serves({})).toBe("whole");
    expect(serves({ extent: "part" })).toBe("part");
    expect(serves({ area: "NV" })).toBeUndefined();
    expect(serves({}, "2022-05-31")).toBeUndefined();
    expect(serves({}, "2022-06-01")).toBe("whole");
    expect(serves({}, "2026-12-31")).toBe("whole");
    expect(serves({}, "2027-01-01")).toBeUndefined();
    for (const level of ["memory", "community_file"] as const) expect(serves({ level })).toBeUndefined();
    for (const level of ["confirmed", "partial", "invented"] as const) expect(serves({ level })).toBe("whole");
  });

  it("shows nothing that comes from memory or a community file", () => {
    const fact = (level: Fact["level"]): Fact => ({
      field: "phone",
      value: "+1-000-555-0100",
      level,
      source: "test",
      confirmedAt: undefined,
      dueAt: undefined,
    });
    for (const level of ["memory", "community_file"] as const) expect(publicFacts([fact(level)])).toEqual({});
    for (const level of ["confirmed", "page", "partial", "invented"] as const)
      expect(publicFacts([fact(level)]).phone?.level).toBe(level);
    expect(network.offices.filter((office) => office.publicFacts.address).length).toBe(23);
  });

  it("asks for a confirmed fact again at 180 days to the instant", () => {
    const dueAt = factDueAt(new Date("2026-11-23T18:00:00Z"));
    expect(dueAt.toISOString()).toBe("2027-05-22T18:00:00.000Z");
    expect(factIsDue({ level: "confirmed", dueAt }, new Date("2027-05-22T17:59:59.999Z"))).toBe(false);
    expect(factIsDue({ level: "confirmed", dueAt }, dueAt)).toBe(true);
    expect(factIsDue({ level: "page", dueAt: undefined }, new Date("2026-11-23T18:00:00Z"))).toBe(true);
  });

  it("closes on Mexico's days and on the host country's, observed days included", () => {
    const fresno = listHolidays(network, network.officeById.get("fresno")!, 2026).map(
      (one) => `${one.date} ${one.calendar}`,
    );
    expect(fresno).toContain("2026-11-16 mx_lft74");
    expect(fresno).toContain("2026-07-03 us_federal");
    expect(fresno).toContain("2026-07-04 us_federal");
    expect(fresno.some((one) => one.endsWith("ca_federal"))).toBe(false);
    const toronto = listHolidays(network, network.officeById.get("toronto")!, 2026).map(
      (one) => `${one.date} ${one.calendar}`,
    );
    expect(toronto).toContain("2026-07-01 ca_federal");
    expect(toronto).toContain("2026-09-16 mx_lft74");
    expect(listHolidays(network, network.officeById.get("fresno")!, 2027).map((one) => one.date)).toContain(
      "2027-12-31",
    );
  });

  it("plans about 250 documentation places an office and working day, by size and exception", () => {
    const perDay = network.offices.map((office) =>
      defaultSessions(network, office)
        .filter((one) => one.group === "documentacion" && one.kind === "regular")
        .reduce(
          (total, one) => total + one.counters * ((minutes(one.closes) - minutes(one.opens)) / one.stepMinutes),
          0,
        ),
    );
    const mean = perDay.reduce((total, one) => total + one, 0) / perDay.length;
    expect(mean).toBeGreaterThan(240);
    expect(mean).toBeLessThan(260);
    const newBrunswick = defaultSessions(network, network.officeById.get("new-brunswick")!);
    expect(newBrunswick.find((one) => one.group === "documentacion")?.counters).toBe(8);
    expect(newBrunswick.some((one) => one.kind === "saturday")).toBe(false);
  });
});

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

it("an office reaches itself and so many of the nearest, the same for equal distances in whatever order", () => {
  const at = (id: string, lng: number) => ({ id: id as OfficeId, lat: 0, lng });
  const offices = [at("e", 9), at("c", 2), at("own", 0), at("b", -2), at("a", 1), at("d", 3)];
  const reach = (from: readonly object[], id: string) =>
    officesInReach({ offices: from } as unknown as Network, id as OfficeId, 3);
  expect(reach(offices, "own")).toEqual(["own", "a", "b", "c"]);
  expect(reach(offices.toReversed(), "own")).toEqual(["own", "a", "b", "c"]);
  expect(reach(offices, "none")).toEqual([]);
  expect(reach(network.offices, "fresno")).toEqual(["fresno", "san-jose", "sacramento", "san-francisco"]);
  expect(officesWithin(network, "fresno" as OfficeId, 251)).toEqual(["san-jose", "sacramento"]);
});
