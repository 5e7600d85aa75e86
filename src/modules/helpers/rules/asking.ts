import { hasForbiddenCharacters, tidy } from "#kernel/text.ts";
import { HELPER_KINDS, type Asking } from "../types.ts";

/** Longest name, place, person or way of reaching her. Characters. */
export const MOST_LETTERS = 120;
/** People a week that one organisation may expect; a larger one has several desks, each registered. */
export const MOST_A_WEEK = 500;

export const ASKED_FIELDS = ["name", "place", "answers", "contact", "kind", "peopleAWeek"] as const;
export type AskedField = (typeof ASKED_FIELDS)[number];

/** What a form sent, tidied; or what is to be mended, in the order of the form. */
export function readAsking(
  typed: Readonly<Record<AskedField, string>>,
): { readonly asking: Asking } | { readonly wrong: AskedField[] } {
  const text = (field: AskedField) => tidy(typed[field]);
  const peopleAWeek = /^\d{1,3}$/.test(typed.peopleAWeek.trim()) ? Number(typed.peopleAWeek) : 0;
  const kind = HELPER_KINDS.find((one) => one === typed.kind);
  const wrong = ASKED_FIELDS.filter((field) => {
    if (field === "kind") return kind === undefined;
    if (field === "peopleAWeek") return peopleAWeek < 1 || peopleAWeek > MOST_A_WEEK;
    const { length } = text(field);
    return length === 0 || length > MOST_LETTERS || hasForbiddenCharacters(typed[field]);
  });
  if (wrong.length > 0 || kind === undefined) return { wrong };
  const [name, place, answers, contact] = [text("name"), text("place"), text("answers"), text("contact")];
  return { asking: { name, place, answers, contact, kind, peopleAWeek } };
}
