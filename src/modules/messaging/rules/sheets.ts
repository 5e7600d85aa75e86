import type { LocalDate } from "#kernel/ids.ts";
import { reminderSequence } from "./reminders.ts";

/** An absent parent's sheet: whose permission it is, by the person's place in the party and the parent's on the record, both from 1. */
export interface Sheet {
  readonly ordinal: number;
  readonly parent: number;
}

/** Sheets that one booking sends for one child and parent, who asked for none of them, however often it moves. Another booking counts anew. */
export const MOST_SHEETS = 3;

/** `2.1 3.1`, as booking's events name the sheets that are to be sent. */
export function readSheets(text: string): Sheet[] {
  return [...text.matchAll(/(\d)\.(\d)/g)].map(([, ordinal, parent]) => ({
    ordinal: Number(ordinal),
    parent: Number(parent),
  }));
}

/** `2026120321`: for the visit of that day, the second person's first parent. A booking that moves to another day sends its sheets anew. */
export function sheetSequence(day: LocalDate, { ordinal, parent }: Sheet): number {
  return reminderSequence(day) * 100 + ordinal * 10 + parent;
}

export function sheetOf(sequence: number): Sheet {
  return { ordinal: Math.floor((sequence % 100) / 10), parent: sequence % 10 };
}
