import { describe, expect, it } from "vitest";
import type { Layout, PlanPreview } from "../api/plan-types.ts";
import {
  actsOf,
  changedFigures,
  circuitDays,
  firstRound,
  NOT_MOVED,
  specialDayAsked,
  stepOf,
  templateAsked,
  templateDraft,
  type CircuitDraft,
} from "./plan-forms.ts";
import { blankLayout, hasExtras, layoutAsked, layoutDraft, nextGroup } from "./plan-layout.ts";
import { mapOf, mapSearch, positionOf, venueAsked, venueDraft } from "./plan-venue.ts";

const plain: Layout = {
  serviceGroup: "documentacion",
  opens: "09:00",
  closes: "14:00",
  counters: 4,
  stepMinutes: 15,
  breaks: null,
  percent: 100,
  overbook: 0,
  reserves: { urgent: 0, walkIn: 0, assisted: 0 },
  stations: [],
};
const full: Layout = {
  ...plain,
  breaks: { from: "11:00", until: "13:00", minutes: 30 },
  percent: 90,
  reserves: { urgent: 5, walkIn: 10, assisted: 15 },
  stations: [{ station: "capture", desks: 2, minutes: 8 }],
};

describe("a layout as typed", () => {
  it("is asked for as it came", () => {
    for (const layout of [plain, full]) expect(layoutAsked(layoutDraft("one", layout))).toEqual(layout);
  });

  it("has no break without its minutes, and no station without desks", () => {
    const draft = { ...layoutDraft("one", full), breakMinutes: "" };
    const stations = { ...draft.stations, capture: { desks: "", minutes: "8" } };
    expect(layoutAsked({ ...draft, stations })).toMatchObject({ breaks: null, stations: [] });
  });

  it("shows its rarer part where there is something in it", () => {
    expect(hasExtras(layoutDraft("one", full))).toBe(true);
    expect(hasExtras(layoutDraft("one", plain))).toBe(false);
    expect(hasExtras(blankLayout("one", "visas"))).toBe(false);
    expect(hasExtras(layoutDraft("one", { ...plain, reserves: { ...plain.reserves, walkIn: 5 } }))).toBe(true);
  });

  it("offers the groups that are not there yet", () => {
    expect(nextGroup([blankLayout("one", "documentacion")])).toBe("registro_civil");
    const all = ["documentacion", "registro_civil", "fe_publica", "visas", "proteccion", "ventanillas"] as const;
    expect(nextGroup(all.map((group) => blankLayout(group, group)))).toBeUndefined();
  });
});

describe("a special day as typed", () => {
  it("is at the office where no venue was chosen", () => {
    const day = { kind: "saturday", localDate: "2026-12-05", venueId: "", resources: [], groups: [] } as const;
    expect(specialDayAsked(day).venueId).toBeNull();
    expect(specialDayAsked({ ...day, venueId: "v" }).venueId).toBe("v");
  });

  it("may do what follows its state, and when it is cancelled nothing", () => {
    expect(actsOf("draft")).toContain("publish");
    expect(actsOf("published")).not.toContain("publish");
    expect(actsOf("suspended")).toContain("resume");
    expect(actsOf("cancelled")).toEqual([]);
  });
});

describe("a step of a special day", () => {
  const day = { localDate: "2026-12-12" };
  const seen = { ...day, stored: "as it was" };
  const moved = { localDate: "2026-12-19", opens: "10:00", venueId: "v" };

  it("moves what was typed and leaves the rest, and resumes by a move to where it was", () => {
    expect(stepOf("move", seen, moved)).toEqual({ step: "move", asked: moved });
    expect(stepOf("move", seen, { ...NOT_MOVED, opens: "10:00" }).asked).toEqual({ ...day, opens: "10:00" });
    expect(stepOf("resume", seen, moved)).toEqual({ step: "move", asked: day });
    expect(stepOf("suspend", seen, moved)).toEqual({ step: "suspend", asked: {} });
    expect(stepOf("publish", seen, moved)).toEqual({ step: "publish", asked: { stored: "as it was" } });
  });
});

describe("a route", () => {
  const draft: CircuitDraft = {
    name: "Valle",
    from: "2027-01-06", // a Wednesday
    weeks: "3",
    everyWeeks: "2",
    stops: [
      { key: "a", venueId: "selma", weekday: 6 },
      { key: "b", venueId: "madera", weekday: 3 },
    ],
    resources: [],
    groups: [],
  };

  it("is at each stop on its weekday of every round, in the order of the days", () => {
    expect(circuitDays(draft)).toEqual([
      { localDate: "2027-01-06", venueId: "madera" },
      { localDate: "2027-01-09", venueId: "selma" },
      { localDate: "2027-01-20", venueId: "madera" },
      { localDate: "2027-01-23", venueId: "selma" },
    ]);
    expect(firstRound(draft).map(({ localDate }) => localDate)).toEqual(["2027-01-06", "2027-01-09"]);
  });

  it("has no day while its weeks are not typed", () => {
    for (const some of [{ from: "" }, { weeks: "" }, { everyWeeks: "0" }])
      expect(circuitDays({ ...draft, ...some })).toEqual([]);
  });
});

describe("weekly hours as typed", () => {
  it("begin as they are, and end where they are to end", () => {
    const template = { ...full, id: "t", kind: "regular", weekdays: [1, 3], validFrom: "2026-01-01", validTo: null };
    const draft = templateDraft({ ...template, kind: "regular" }, "2026-12-07");
    expect(templateAsked(draft)).toEqual({
      templateId: "t",
      from: "2026-12-07",
      kind: "regular",
      weekdays: [1, 3],
      layout: full,
    });
    expect(templateAsked({ ...draft, ends: true }).layout).toBeNull();
  });

  it("are told as a Saturday's or Sunday's where they are new and on that day alone", () => {
    const draft = templateDraft(undefined, "2026-12-07");
    const kindOn = (weekdays: number[]) => templateAsked({ ...draft, weekdays }).kind;
    expect([[6], [7], [6, 7], [1]].map(kindOn)).toEqual(["saturday", "sunday", "regular", "regular"]);
    expect(templateAsked(draft).templateId).toBeNull();
  });
});

describe("what changed since somebody looked", () => {
  const seen: PlanPreview = {
    seen: "0123456789",
    gained: 40,
    lost: 0,
    days: 1,
    sessions: [],
    people: 0,
    households: 0,
    parties: [],
  };

  it("names each figure that is another one", () => {
    expect(changedFigures(seen, { ...seen, seen: "x", gained: 36, people: 2 })).toEqual([
      { figure: "gained", was: 40, is: 36 },
      { figure: "people", was: 0, is: 2 },
    ]);
    expect(changedFigures(seen, { ...seen, seen: "x" })).toEqual([]);
  });
});

describe("a venue as typed", () => {
  const draft = {
    ...venueDraft(),
    name: " Salón San José ",
    street: "100 Calle Inventada",
    city: "Selma",
    region: "ca",
    latitude: "36,570812",
    longitude: " -119.61208",
  };

  it("is taken with a comma in its degrees and a state in small letters", () => {
    expect(venueAsked(draft)).toEqual({
      name: "Salón San José",
      street: "100 Calle Inventada",
      city: "Selma",
      region: "CA",
      latitude: 36.57081,
      longitude: -119.61208,
      wayIn: "",
    });
  });

  it("has a position once both numbers are typed and can be", () => {
    expect(positionOf(draft)).toEqual({ latitude: 36.57081, longitude: -119.61208 });
    for (const latitude of ["", "91", "norte"]) expect(positionOf({ ...draft, latitude })).toBeUndefined();
  });

  it("is looked for on a map by its address, and found by its position", () => {
    expect(mapSearch(draft)).toContain("query=100+Calle+Inventada%2C+Selma%2C+ca");
    expect(mapOf({ latitude: 36.5, longitude: -119.6 })).toContain("query=36.5%2C-119.6");
  });
});
