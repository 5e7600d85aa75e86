import { canonicalJson } from "#kernel/canonical-json.ts";
import { sha256, toHex, utf8 } from "#kernel/digest.ts";
import { isUuid } from "#kernel/ids.ts";
import { LEAF_PREFIX } from "#kernel/merkle.ts";
import { isLocalDate } from "#kernel/time.ts";
import {
  CONTACT_CLASSES,
  type Assignment,
  type Cell,
  type Digest,
  type Entry,
  type Need,
  type Option,
  type Policy,
} from "../types.ts";

const APP = /^[0-9a-f]{32}$/;
const DIGEST = /^[0-9a-f]{64}$/;
/** Offices, groups and labels: short, lower case, and alike in every alphabet's order. */
const CODE = /^[a-z0-9][a-z0-9_.-]{0,63}$/;
/** Service groups of one visit, six at most, each with its two parts. */
const MAX_GROUPS = 18;
const ALL_WEEKDAYS = 0b1111111;

/** An entry with something else in the place of need and options. */
export type EntryOf<N, O> = Omit<Entry, "need" | "options"> & { readonly need: N; readonly options: readonly O[] };

/**
 * The one spelling of an entry. Equal to its canonical JSON; written out because a draw has a million of
 * them, whose needs and options are mostly the same few.
 */
export function leafText(entry: Entry): string;
export function leafText<N, O>(
  entry: EntryOf<N, O>,
  needTextOf: (need: N) => string,
  optionTextOf: (option: O) => string,
): string;
export function leafText(
  { v, draw, app, persons, need, tier, contact, domain, options, lot, holds }: Entry,
  needTextOf = needText,
  optionTextOf: (option: Option) => string = canonicalJson,
): string {
  let wishes = "";
  for (const option of options) wishes += wishes === "" ? optionTextOf(option) : `,${optionTextOf(option)}`;
  return (
    `{"app":"${app}","contact":"${contact}","domain":"${domain}","draw":"${draw}",` +
    `"holds":${holds === null ? "null" : canonicalJson(holds)},"lot":"${lot}","need":${needTextOf(need)},` +
    `"options":[${wishes}],"persons":${persons},"tier":${tier},"v":${v}}`
  );
}

export function needText(need: Need): string {
  const groups = Object.keys(need).sort();
  return `{${groups.map((group) => `"${group}":${need[group]}`).join(",")}}`;
}

export function leafHash(entry: Entry): Digest {
  return toHex(sha256(LEAF_PREFIX, utf8(leafText(entry)))) as Digest;
}

export type EntryProblem =
  | "bad_id"
  | "bad_party"
  | "bad_need"
  | "bad_tier"
  | "bad_contact"
  | "no_options"
  | "too_many_options"
  | "bad_option"
  | "outside_horizon"
  | "bad_holding";

/** Why an entry cannot take part, in the order in which a form would say it; undefined when it can. */
export function entryProblem<N, O>(
  entry: EntryOf<N, O>,
  policy: Policy,
  needProblem: (need: N, policy: Policy) => EntryProblem | undefined,
  optionProblem: (option: O, policy: Policy) => EntryProblem | undefined,
  groupsOf: (need: N) => readonly string[],
): EntryProblem | undefined;
export function entryProblem(entry: Entry, policy: Policy): EntryProblem | undefined;
export function entryProblem(
  entry: Entry,
  policy: Policy,
  needProblem = needProblemOf,
  optionProblem = optionProblemOf,
  groupsOf: (need: Need) => readonly string[] = groupsOfNeed,
): EntryProblem | undefined {
  if (entry.v !== 1 || !isUuid(entry.draw) || !APP.test(entry.app) || !DIGEST.test(entry.lot)) return "bad_id";
  if (!isCount(entry.persons, policy.maxPersons)) return "bad_party";
  const bad = needProblem(entry.need, policy);
  if (bad) return bad;
  if (entry.tier !== 1 && entry.tier !== 2 && entry.tier !== 3) return "bad_tier";
  if (!CONTACT_CLASSES.includes(entry.contact) || !(entry.domain === "" || CODE.test(entry.domain))) {
    return "bad_contact";
  }
  if (entry.options.length === 0) return "no_options";
  if (entry.options.length > policy.maxOptions) return "too_many_options";
  for (const option of entry.options) {
    const problem = optionProblem(option, policy);
    if (problem) return problem;
  }
  return holdingProblem(entry.holds, groupsOf(entry.need), entry.options.length);
}

export function needProblemOf(need: Need, policy: Policy): EntryProblem | undefined {
  const groups = Object.keys(need);
  const possible =
    isCount(groups.length, MAX_GROUPS) &&
    groups.every((group) => CODE.test(group) && isCount(need[group], policy.maxPlaces)) &&
    groups.every((group) => isPartOfNeed(group, need));
  return possible ? undefined : "bad_need";
}

export function optionProblemOf(option: Option, policy: Policy): EntryProblem | undefined {
  const { offices, from, to, weekdays, bands } = option;
  const possible =
    offices.length > 0 &&
    new Set(offices).size === offices.length &&
    offices.every((office) => CODE.test(office)) &&
    isLocalDate(from) &&
    isLocalDate(to) &&
    from <= to &&
    isCount(weekdays, ALL_WEEKDAYS) &&
    isCount(bands, (1 << policy.bands.length) - 1);
  return possible ? undefined : "bad_option";
}

/** In the order in which an assignment names them. */
export function groupsOfNeed(need: Need): string[] {
  return Object.keys(need).sort();
}

function holdingProblem(
  holds: Assignment | null,
  groups: readonly string[],
  options: number,
): EntryProblem | undefined {
  if (holds === null) return undefined;
  const fits =
    isLocalDate(holds.date) &&
    CODE.test(holds.office) &&
    Number.isSafeInteger(holds.option) &&
    holds.option >= 0 &&
    holds.option < options &&
    holds.seats.length === groups.length &&
    holds.seats.every(({ group, band }, index) => group === groups[index] && Number.isSafeInteger(band) && band >= 0);
  return fits ? undefined : "bad_holding";
}

/** The one spelling of a cell, and the order in which cells are committed and published. */
export function compareCells(a: Cell | Omit<Cell, "places">, b: Cell | Omit<Cell, "places">): number {
  return (
    compareTexts(a.date, b.date) ||
    a.band - b.band ||
    compareTexts(a.office, b.office) ||
    compareTexts(a.group, b.group)
  );
}

/** Commitment to the places: what can be given out is fixed with who asks. */
export function supplyHash(cells: readonly Cell[]): Digest {
  const lines = [...cells].sort(compareCells).map(({ office, group, date, band, places }) => {
    return canonicalJson([office, group, date, band, places]);
  });
  return toHex(sha256(utf8(`[${lines.join(",")}]`))) as Digest;
}

/** By code units, in every locale alike. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whoever needs a part needs the group; a group is no part of anything. */
function isPartOfNeed(group: string, need: Need): boolean {
  const [lead = ""] = group.split(".");
  return need[lead] !== undefined && need[group]! <= need[lead];
}

function isCount(value: number | undefined, most: number): boolean {
  return value !== undefined && Number.isSafeInteger(value) && value >= 1 && value <= most;
}
