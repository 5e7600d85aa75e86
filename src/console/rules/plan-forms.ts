import type { LocalDate } from "#kernel/ids.ts";
import { addDays, weekdayOf } from "#kernel/time.ts";
import type { PlanPreview, PlanTemplate, SpecialDay, SpecialKind } from "../api/plan-types.ts";
import { DAYS_OF_A_WEEK } from "./plan-calendar.ts";
import { blankLayout, layoutAsked, layoutDraft, type LayoutDraft } from "./plan-layout.ts";

export const SPECIAL_KINDS = [
  "mobile",
  "on_wheels",
  "saturday",
  "sunday",
  "extraordinary",
] as const satisfies readonly SpecialKind[];

/** A special day as typed. */
export interface SpecialDayDraft {
  readonly kind: SpecialKind;
  readonly localDate: string;
  /** Empty: at the office. */
  readonly venueId: string;
  readonly resources: readonly string[];
  readonly groups: readonly LayoutDraft[];
}

export function specialDayDraft({ kind, localDate, venue, resources, sessions }: SpecialDay): SpecialDayDraft {
  return {
    kind,
    localDate,
    venueId: venue?.id ?? "",
    resources: resources.map(({ id }) => id),
    groups: sessions.map((one) => layoutDraft(one.serviceGroup, one)),
  };
}

/** Away from the office, where there is no venue there is no day. */
export function needsVenue(kind: SpecialKind): boolean {
  return kind === "mobile" || kind === "on_wheels";
}

export function specialDayAsked({ kind, localDate, venueId, resources, groups }: SpecialDayDraft) {
  return { kind, localDate, venueId: venueId === "" ? null : venueId, resources, sessions: groups.map(layoutAsked) };
}

/** A route of a consulate on wheels as typed; all its stops open the same groups at the same hours. */
export interface CircuitDraft {
  readonly name: string;
  readonly from: string;
  readonly weeks: string;
  readonly everyWeeks: string;
  readonly stops: readonly { readonly key: string; readonly venueId: string; readonly weekday: number }[];
  readonly resources: readonly string[];
  readonly groups: readonly LayoutDraft[];
}

export function circuitAsked({ name, from, weeks, everyWeeks, stops, resources, groups }: CircuitDraft) {
  const sessions = groups.map(layoutAsked);
  return {
    name: name.trim(),
    from,
    weeks: Number(weeks),
    everyWeeks: Number(everyWeeks),
    stops: stops.map(({ venueId, weekday }) => ({ venueId, weekday, sessions })),
    resources,
  };
}

export interface CircuitDay {
  readonly localDate: string;
  readonly venueId: string;
}

/** The days of a route in their order: each stop on its weekday of every round, from the first day on. */
export function circuitDays({ from, weeks, everyWeeks, stops }: CircuitDraft): CircuitDay[] {
  const every = Number(everyWeeks);
  if (from === "" || !(Number(weeks) > 0) || !(every > 0)) return [];
  const first = from as LocalDate;
  const rounds = Array.from({ length: Math.ceil(Number(weeks) / every) }, (_, round) => round * every);
  return rounds
    .flatMap((week) =>
      stops.map(({ venueId, weekday }) => {
        const days = (weekday - weekdayOf(first) + DAYS_OF_A_WEEK) % DAYS_OF_A_WEEK;
        return { localDate: addDays(first, week * DAYS_OF_A_WEEK + days), venueId };
      }),
    )
    .sort((a, b) => a.localDate.localeCompare(b.localDate));
}

/** Its first day at each stop. */
export function firstRound(draft: CircuitDraft): CircuitDay[] {
  return circuitDays({ ...draft, weeks: "1", everyWeeks: "1" });
}

/** A change of the weeks as typed. */
export interface TemplateDraft {
  /** Empty: hours that there were not yet. */
  readonly templateId: string;
  readonly kind: SpecialKind | "regular";
  readonly from: string;
  readonly weekdays: readonly number[];
  readonly ends: boolean;
  readonly group: LayoutDraft;
}

const SATURDAY = 6;
const SUNDAY = 7;

/** The hours as they are, or new ones. */
export function templateDraft(template: PlanTemplate | undefined, from: string): TemplateDraft {
  const group = template ? layoutDraft(template.id, template) : blankLayout("new", "documentacion");
  return {
    templateId: template?.id ?? "",
    kind: template?.kind ?? "regular",
    from,
    weekdays: template?.weekdays ?? WORKDAYS,
    ends: false,
    group,
  };
}

const WORKDAYS = [1, 2, 3, 4, 5];

export function templateAsked({ templateId, kind, from, weekdays, ends, group }: TemplateDraft) {
  return {
    templateId: templateId === "" ? null : templateId,
    from,
    kind: templateId === "" ? kindOn(weekdays) : kind,
    weekdays,
    layout: ends ? null : layoutAsked(group),
  };
}

/** Hours that are on Saturdays or Sundays alone are told as such. */
function kindOn(weekdays: readonly number[]): TemplateDraft["kind"] {
  if (weekdays.length !== 1) return "regular";
  return weekdays[0] === SATURDAY ? "saturday" : weekdays[0] === SUNDAY ? "sunday" : "regular";
}

const FIGURES = ["gained", "lost", "days", "people", "households"] as const;
export type Figure = (typeof FIGURES)[number];

/** What is other than what somebody saw: figure, then and now. */
export function changedFigures(seen: PlanPreview, now: PlanPreview): { figure: Figure; was: number; is: number }[] {
  return FIGURES.flatMap((figure) =>
    seen[figure] === now[figure] ? [] : [{ figure, was: seen[figure], is: now[figure] }],
  );
}

export type SpecialDayAct = "publish" | "suspend" | "resume" | "move" | "cancel";

/** What may follow the state of a special day, the usual first. */
export function actsOf(state: SpecialDay["state"]): readonly SpecialDayAct[] {
  switch (state) {
    case "draft":
      return ["publish", "cancel"];
    case "published":
      return ["move", "suspend", "cancel"];
    case "suspended":
      return ["move", "resume", "cancel"];
    case "cancelled":
      return [];
  }
}

export const NOT_MOVED = { localDate: "", opens: "", venueId: "" };
/** Where a day goes, as typed; what is left empty stays as it is. */
export type Move = typeof NOT_MOVED;

/** The step of the server for what was chosen: a day is resumed by a move to where it was. */
export function stepOf(
  act: SpecialDayAct,
  { localDate, stored }: Pick<SpecialDay, "localDate" | "stored">,
  move: Move,
) {
  if (act === "publish") return { step: act, asked: { stored } };
  if (act !== "move" && act !== "resume") return { step: act, asked: {} };
  const to = act === "resume" ? NOT_MOVED : move;
  const asked = {
    localDate: to.localDate === "" ? localDate : to.localDate,
    ...(to.opens === "" ? {} : { opens: to.opens }),
    ...(to.venueId === "" ? {} : { venueId: to.venueId }),
  };
  return { step: "move" as const, asked };
}

/** How the places of a day are told to be given out where its groups differ: that some of them are drawn. */
export function wayOf(sessions: PlanPreview["sessions"]): PlanPreview["sessions"][number]["givenOut"] {
  return sessions.find(({ givenOut }) => givenOut !== "open")?.givenOut ?? "open";
}
