import { describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { networkOfFiles } from "#modules/offices/offices.fixtures.ts";
import type { Service } from "#modules/offices/index.ts";
import { DOCUMENT_STATES, type DocumentState } from "../types.ts";
import { blanksOf, DOCUMENT_ACTIONS, documentAfter, isLate, undoUntil, UNDO_SECONDS } from "./documents.ts";
import { judgeSignature, isClosable } from "./closing.ts";
import { paperOf, promisedOn, workingDayAfter } from "./papers.ts";
import { blankDays, daysOfStock, isLow } from "./stock.ts";

const network = networkOfFiles();
const service = (slug: string): Service => network.serviceBySlug.get(slug)!;
const day = (text: string): LocalDate => text as LocalDate;
const ON = day("2026-12-03");

describe("a document", () => {
  test("goes its way and no other", () => {
    const path = (...actions: Parameters<typeof documentAfter>[1][]) =>
      actions.reduce<DocumentState | undefined>((state, action) => state && documentAfter(state, action), "to_pay");
    expect(path("pay", "capture", "produce", "ready", "deliver")).toBe("delivered");
    expect(path("exempt", "capture", "ready", "mail")).toBe("by_mail");
    expect(path("pay", "capture", "produce", "spoil", "produce", "ready")).toBe("ready");
    expect(path("pay", "return", "resume")).toBe("to_pay");
    expect(documentAfter("return_on", "resume", "paid")).toBe("paid");
    expect([path("capture"), path("pay", "deliver"), path("pay", "pay"), path("produce")]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    // Once it is handed over nothing follows.
    for (const end of ["delivered", "by_mail"] as const)
      for (const action of DOCUMENT_ACTIONS) expect(documentAfter(end, action)).toBeUndefined();
  });

  test("is not unpaid once it is made: it is spoiled first", () => {
    const unpaid = DOCUMENT_STATES.filter((state) => documentAfter(state, "unpay") !== undefined);
    expect(unpaid).toEqual(["paid", "exempt", "captured", "spoiled", "return_on"]);
  });

  test("uses its blank when it is printed, and what is spoiled after that was used by nobody", () => {
    const of = (state: DocumentState, action: "ready" | "mail" | "spoil" | "deliver") =>
      blanksOf({ state, blank: "booklet" }, action, "G123").map((one) => [one.movement, one.quantity]);
    expect(of("in_production", "ready")).toEqual([["used", 1]]);
    expect(of("ready", "mail")).toEqual([]);
    expect(of("captured", "mail")).toEqual([["used", 1]]);
    expect(of("ready", "deliver")).toEqual([]);
    expect(of("in_production", "spoil")).toEqual([["spoiled", 1]]);
    expect(of("ready", "spoil")).toEqual([
      ["used", -1],
      ["spoiled", 1],
    ]);
    expect(blanksOf({ state: "captured", blank: null }, "ready", null)).toEqual([]);
  });

  test("can be taken back for a minute, where there is a step to take back", () => {
    const changedAt = new Date("2026-12-03T18:00:00Z");
    expect(undoUntil({ before: "paid", changedAt })).toEqual(new Date(changedAt.getTime() + UNDO_SECONDS * 1_000));
    expect(undoUntil({ before: null, changedAt })).toBeUndefined();
  });

  test("is promised in the working days that its service takes", () => {
    const closed = new Set([day("2026-12-04")]);
    expect(promisedOn(paperOf(service("pasaporte-adulto"))!, ON, closed)).toBe(ON);
    // Thursday; Friday the office is closed, so that three working days end on Wednesday.
    expect(promisedOn(paperOf(service("registro-nacimiento"))!, ON, closed)).toBe("2026-12-09");
    expect(promisedOn(paperOf(service("credencial-votar"))!, ON, closed)).toBeNull();
    expect(paperOf(service("ventanilla-salud"))).toBeUndefined();
    expect(workingDayAfter(ON, 1, new Set())).toBe("2026-12-04");
    expect([
      isLate({ state: "in_production", promisedOn: ON }, day("2026-12-04")),
      isLate({ state: "ready", promisedOn: ON }, day("2026-12-04")),
    ]).toEqual([true, false]);
  });

  test("makes a paper for every service of every group but those that only advise", () => {
    const without = network.services.filter((one) => paperOf(one) === undefined).map((one) => one.group);
    expect([...new Set(without)].sort()).toEqual(["proteccion", "ventanillas"]);
  });
});

describe("the stock", () => {
  test("warns when it does not last five working days at what is booked", () => {
    const days = (pieces: number, pending = 0) => daysOfStock(pieces, pending, [10, 10, 10, 10, 10]);
    expect([days(50), days(49), days(50, 1), days(0), days(9), days(10)]).toEqual([5, 4, 4, 0, 0, 1]);
    expect([isLow(days(50)), isLow(days(49))]).toEqual([false, true]);
    expect(daysOfStock(-3, 0, [0, 0, 0, 0, 0])).toBe(0);
  });

  test("tells the numbers of what was spoiled, without those that were a slip", () => {
    const spoiled = (number: string, quantity: number) =>
      ({ blank: "card", movement: "spoiled", quantity, number, ofTheDay: true }) as const;
    const [, cards] = blankDays([spoiled("A2", 1), spoiled("A1", 1), spoiled("A2", -1)]);
    expect(cards).toMatchObject({ spoiled: 1, spoiledNumbers: ["A1"], end: -1 });
  });
});

describe("the signatures", () => {
  const [clerk, other, supervisor] = ["c", "o", "s"].map((id) => ({ staffId: id as never, leads: id === "s" }));
  const so = (by: typeof clerk, digest = "x", second: string | null = null) => ({
    digest,
    firstBy: by!.staffId,
    firstLeads: by!.leads,
    secondBy: second as never,
  });
  const judge = (...[signed, by, seen = "x"]: [ReturnType<typeof so> | undefined, typeof clerk, string?]) => {
    const judged = judgeSignature(signed, { digest: "x", seen }, by!);
    return judged.ok ? judged.value : judged.refusal.code;
  };

  test("are of two people, of the same figures, one of whom runs the office", () => {
    expect(judge(undefined, clerk)).toBe("first");
    expect(judge(so(clerk), clerk)).toBe("same_person");
    expect(judge(so(clerk), other)).toBe("needs_supervisor");
    expect(judge(so(clerk), supervisor)).toBe("second");
    expect(judge(so(supervisor), clerk)).toBe("second");
    expect(judge(so(clerk), supervisor, "older")).toBe("page_changed");
    // The figures are others than those of the first signature: it begins anew.
    expect(judge(so(clerk, "older"), supervisor)).toBe("first");
    expect(judge(so(clerk, "x", "s"), other)).toBe("signed_already");
  });

  test("are for today and the week before", () => {
    expect([ON, day("2026-11-26"), day("2026-11-25"), day("2026-12-04")].map((on) => isClosable(on, ON))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
