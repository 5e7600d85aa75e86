import type { Choice, Effect, Facts, Result } from "../types.ts";
import { bookSteps } from "./book.ts";
import { infoSteps } from "./info.ts";
import { ownSteps } from "./own.ts";
import type { Move, State, StepName } from "./state.ts";
import { urgentSteps } from "./urgent.ts";
import type { Words } from "./words.ts";

/** What a step is asked with. */
export interface At {
  readonly state: State;
  readonly facts: Facts;
  readonly words: Words;
}

/** A choice before it has its key. */
export type Offer = Omit<Choice, "key">;

export interface Asking {
  readonly text: string;
  readonly offers?: readonly Offer[];
}

/** What somebody answered: the value of a choice, or what she wrote. */
export interface Answered {
  readonly value: string | undefined;
  readonly text: string;
}

/** One question as data: how it is asked, what its answer leads to, and what follows from what was done. */
export interface Step {
  readonly ask: (at: At) => Asking;
  readonly take: (answered: Answered, at: At) => Move;
  readonly got?: (result: Result, at: At, of: Effect) => Move;
}

export const STEP_BY_NAME: Readonly<Record<StepName, Step>> = {
  ...bookSteps,
  ...ownSteps,
  ...infoSteps,
  ...urgentSteps,
};
