import type { TakedownState } from "../types.ts";

/** What may follow: an answer is no removal, and whoever was refused may ask again. What was removed may come back, and is asked for again. */
const NEXT: Readonly<Record<TakedownState, readonly TakedownState[]>> = {
  drafted: ["sent"],
  sent: ["answered", "removed", "refused"],
  answered: ["removed", "refused"],
  refused: ["sent"],
  removed: ["sent"],
};

export function takedownMay(from: TakedownState, to: TakedownState): boolean {
  return NEXT[from].includes(to);
}

export function takedownNext(from: TakedownState): readonly TakedownState[] {
  return NEXT[from];
}
