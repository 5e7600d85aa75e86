import type { z } from "zod";
import { localDateFrom } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { DatePart } from "#ui/index.ts";

/** Longest text that any box of ours takes back to the page; each field's own limit is below. */
const MOST_CHARACTERS = 300;
const MOST_CHOICES = 30;

/** What stood in the boxes, one text each. */
export type Typed = Readonly<Record<string, string>>;

/** Reads boxes of a form or a query; whatever is no text counts as empty, and the last of several counts. */
export function typedOf<const Name extends string>(source: unknown, names: readonly Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, textOf(valueOf(source, name))])) as Record<Name, string>;
}

/** Every ticked box of one name. */
export function listOf(source: unknown, name: string): string[] {
  const value = valueOf(source, name);
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all
    .filter((one) => typeof one === "string" && one !== "")
    .slice(0, MOST_CHOICES)
    .map(textOf);
}

export type TypedDate = Readonly<Record<DatePart, string>>;

export function typedDate(source: unknown, name: string): TypedDate {
  const typed = typedOf(source, [`${name}-day`, `${name}-month`, `${name}-year`]);
  return { day: typed[`${name}-day`]!, month: typed[`${name}-month`]!, year: typed[`${name}-year`]! };
}

export interface Problem<Key extends string = string> {
  readonly field: string;
  readonly key: Key;
  /** The boxes of a date that are meant. */
  readonly wrong?: readonly DatePart[] | undefined;
}

export type Checked<T, Key extends string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem<Key>[] };

/** Checks what was typed; of each field the first problem is told. The schema's messages are keys of a catalogue. */
export function check<Key extends string, T>(schema: z.ZodType<T>, typed: unknown): Checked<T, Key> {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = new Map<string, Problem<Key>>();
  for (const issue of parsed.error.issues) {
    const field = issue.path.join("-");
    if (!problems.has(field)) problems.set(field, { field, key: issue.message as Key });
  }
  return { ok: false, problems: [...problems.values()] };
}

export type DateProblem = "date_missing" | "date_incomplete" | "date_year" | "date_impossible";

/** A day out of three boxes. A month may be a number or its name in Spanish or English. */
export function dateOf({
  day,
  month,
  year,
}: TypedDate): { readonly date: LocalDate } | { readonly problem: DateProblem; readonly wrong: readonly DatePart[] } {
  const empty = (
    [
      ["day", day],
      ["month", month],
      ["year", year],
    ] as const
  )
    .filter(([, text]) => text === "")
    .map(([part]) => part);
  if (empty.length === 3) return { problem: "date_missing", wrong: empty };
  if (empty.length > 0) return { problem: "date_incomplete", wrong: empty };
  if (!/^\d{4}$/.test(year)) return { problem: "date_year", wrong: ["year"] };
  const date = /^\d{1,2}$/.test(day) ? localDateFrom(Number(year), monthOf(month), Number(day)) : undefined;
  return date === undefined ? { problem: "date_impossible", wrong: ["day", "month"] } : { date };
}

const MONTHS = [
  ["ene", "jan"],
  ["feb"],
  ["mar"],
  ["abr", "apr"],
  ["may"],
  ["jun"],
  ["jul"],
  ["ago", "aug"],
  ["sep", "set"],
  ["oct"],
  ["nov"],
  ["dic", "dec"],
];

function monthOf(typed: string): number {
  if (/^\d{1,2}$/.test(typed)) return Number(typed);
  return MONTHS.findIndex((starts) => starts.includes(typed.slice(0, 3).toLowerCase())) + 1;
}

function valueOf(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null && Object.hasOwn(source, name)
    ? (source as Record<string, unknown>)[name]
    : undefined;
}

function textOf(value: unknown): string {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last.slice(0, MOST_CHARACTERS).trim() : "";
}
