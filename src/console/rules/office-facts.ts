import { WALL_TIME } from "#kernel/time.ts";

/** The shapes of the fields of an office's file, as PUT /office-file takes them. */
export interface Address {
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

export interface Hours {
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly opens: string;
  readonly closes: string;
}

export type Lunch = "none" | { readonly from: string; readonly to: string };

export interface Bilingual {
  readonly es: string;
  readonly en: string;
}

export const MEANS = ["cash", "exact_cash", "card", "money_order"] as const;
export type Means = (typeof MEANS)[number];

/** How a field is shown and edited. */
export type FactKind = "address" | "phone" | "email" | "hours" | "means" | "lunch" | "text";

export function kindOf(field: string): FactKind {
  if (field === "address" || field === "email") return field;
  if (field === "phone" || field === "duty_line") return "phone";
  if (field === "payment_means") return "means";
  if (field === "lunch_closing") return "lunch";
  return field.startsWith("hours:") ? "hours" : "text";
}

const EMPTY: Readonly<Record<FactKind, unknown>> = {
  address: { street: "", city: "", state: "", postalCode: "" } satisfies Address,
  phone: "",
  email: "",
  hours: [] satisfies Hours[],
  means: [] satisfies Means[],
  lunch: "none" satisfies Lunch,
  text: { es: "", en: "" } satisfies Bilingual,
};

/** What an editor begins with: the known value, or an empty one of the right shape. */
export function startingValue(field: string, value: unknown): unknown {
  return value ?? EMPTY[kindOf(field)];
}

const PHONE = /^\+[1-9]\d{0,2}([ -]?\d{2,4}){2,4}$/;
const POSTAL_CODE = /^(\d{5}(-\d{4})?|[A-Z]\d[A-Z] \d[A-Z]\d)$/;

/** Whether the value can be confirmed; the server checks the same once more. */
export function isCompleteFact(field: string, value: unknown): boolean {
  if (value === null || value === undefined) return false;
  switch (kindOf(field)) {
    case "address": {
      const { street, city, state, postalCode } = value as Address;
      return isFilled(street) && isFilled(city) && /^[A-Z]{2}$/.test(state) && POSTAL_CODE.test(postalCode);
    }
    case "phone":
      return PHONE.test(value as string);
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value as string);
    case "hours":
      // No hours at all is an answer: the office does not offer that group.
      return (value as Hours[]).every(({ weekdays, opens, closes }) => weekdays.length > 0 && isSpan(opens, closes));
    case "means":
      return (value as Means[]).length > 0;
    case "lunch":
      return value === "none" || isSpan((value as Exclude<Lunch, "none">).from, (value as Exclude<Lunch, "none">).to);
    case "text":
      return isFilled((value as Bilingual).es) && isFilled((value as Bilingual).en);
  }
}

function isFilled(text: string): boolean {
  return text.trim() !== "";
}

function isSpan(from: string, to: string): boolean {
  return WALL_TIME.test(from) && WALL_TIME.test(to) && from < to;
}
