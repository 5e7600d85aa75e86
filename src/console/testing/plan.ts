import type { Layout, PlaceCounts, PlanMonth, PlanSession, PlanWeek, SpecialDay } from "../api/plan-types.ts";

const LAYOUT: Layout = {
  serviceGroup: "documentacion",
  opens: "08:00",
  closes: "13:00",
  counters: 2,
  stepMinutes: 15,
  breaks: null,
  percent: 100,
  overbook: 0,
  reserves: { urgent: 0, walkIn: 0, assisted: 0 },
  stations: [],
};
const FULL: PlaceCounts = { all: 40, free: 10, kept: 5, taken: 20, cut: 5 };

export function aPlanSession(changes: Partial<PlanSession> = {}): PlanSession {
  return {
    ...LAYOUT,
    id: "0190dddd-0000-7000-8000-000000000001",
    kind: "regular",
    localDate: "2026-11-24",
    startsAt: "2026-11-24T16:00:00.000Z",
    endsAt: "2026-11-24T21:00:00.000Z",
    state: "open",
    layout: LAYOUT,
    places: FULL,
    byCounter: [],
    templateId: null,
    specialDayId: null,
    ...changes,
  };
}

export function aSpecialDay(changes: Partial<SpecialDay> = {}): SpecialDay {
  return {
    id: "0190eeee-0000-7000-8000-000000000001",
    kind: "mobile",
    state: "published",
    localDate: "2026-11-28",
    venue: { id: "0190ffff-0000-7000-8000-000000000001", name: "Salón de Ejemplo", city: "Selma" },
    circuit: null,
    resources: [],
    sessions: [LAYOUT],
    revision: 1,
    publishedAt: "2026-11-01T18:00:00.000Z",
    givenOut: "open",
    stored: "0".repeat(64),
    ...changes,
  };
}

/** The week of Thanksgiving at an office in the United States: a full Tuesday, a closed one, a holiday, a Saturday away. */
export function aPlanWeek(): PlanWeek {
  const days = ["23", "24", "25", "26", "27", "28", "29"].map((day) => ({
    localDate: `2026-11-${day}`,
    closed: day === "26" ? "thanksgiving" : null,
    sessions: [] as PlanSession[],
    specialDays: [] as SpecialDay[],
  }));
  days[1]!.sessions = [aPlanSession()];
  days[2]!.sessions = [aPlanSession({ id: "0190dddd-0000-7000-8000-000000000002", state: "closed" })];
  days[5]!.specialDays = [aSpecialDay({ state: "suspended" })];
  return { from: "2026-11-23", today: "2026-11-24", days, templates: [] };
}

export function aPlanMonth(): PlanMonth {
  const NOTHING: PlaceCounts = { all: 0, free: 0, kept: 0, taken: 0, cut: 0 };
  const days = Array.from({ length: 30 }, (_, i) => ({
    localDate: `2026-11-${String(i + 1).padStart(2, "0")}`,
    closed: i + 1 === 26 ? "thanksgiving" : null,
    places: i + 1 === 24 ? FULL : NOTHING,
    specialDays:
      i + 1 === 28
        ? [{ id: "0190eeee-0000-7000-8000-000000000001", kind: "mobile", state: "draft", city: "Selma" }]
        : [],
  })) satisfies PlanMonth["days"];
  return { month: "2026-11", today: "2026-11-24", days };
}
