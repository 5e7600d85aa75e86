import { HOUR_MS } from "#kernel/time.ts";
import type { Choice, Draft, Effect, Language } from "../types.ts";

/** Hours for which a conversation can be gone on with: three days, so that who works double shifts comes back to it. Ours. */
export const STATE_HOURS = 72;
export const STATE_MS = STATE_HOURS * HOUR_MS;
/** Questions that can be taken back. */
const MOST_BACK = 20;
/** Answers in a row that were not understood before a person is offered, and before one is called. */
export const OFFER_PERSON_AFTER = 3;
export const CALL_PERSON_AFTER = 6;

export const STEPS = [
  "menu",
  "place",
  "office",
  "urgent",
  "needed",
  "service",
  "names",
  "birth",
  "parents",
  "who",
  "draw",
  "day",
  "time",
  "review",
  "own",
  "pick",
  "act",
  "offer",
  "sure",
] as const;
export type StepName = (typeof STEPS)[number];

interface Stand {
  readonly step: StepName;
  readonly draft: Draft;
  /** What was looked up for this question: offices, days, hours. */
  readonly found: readonly Choice[];
}

/** Where a conversation stands. Personal through its draft: sealed, and erased after STATE_HOURS of silence. */
export interface State extends Stand {
  readonly v: 1;
  readonly language: Language;
  readonly turn: number;
  /** Which ten of many choices are shown. */
  readonly page: number;
  /** Answers in a row that were not understood. */
  readonly misses: number;
  readonly trail: readonly Stand[];
  /** What waits until the number is proved by a code. */
  readonly pending?: Effect | undefined;
  /** Silence was long: the next answer says whether to go on. */
  readonly asksToResume?: boolean | undefined;
  readonly saidAt: string;
}

/** What a step makes of an answer, or of what became of its effect. */
export type Move =
  | {
      readonly go: StepName;
      readonly draft?: Partial<Draft> | undefined;
      readonly found?: readonly Choice[] | undefined;
      readonly note?: string | undefined;
    }
  | { readonly run: Effect; readonly draft?: Partial<Draft> | undefined }
  /** Said, and the conversation is at its menu again. */
  | { readonly end: string }
  /** Not understood, and why. */
  | { readonly miss: string | undefined };

export const NOBODY: Draft = { people: [] };

export function freshState(language: Language, now: Date): State {
  return {
    v: 1,
    language,
    turn: 0,
    step: "menu",
    draft: NOBODY,
    found: [],
    page: 0,
    misses: 0,
    trail: [],
    saidAt: now.toISOString(),
  };
}

/** The same conversation at another question; the one before can be taken back. */
export function goTo(state: State, step: StepName, draft: Draft, found: readonly Choice[]): State {
  const { step: was, draft: had, found: saw } = state;
  const trail = was === "menu" ? [] : state.trail;
  const before = was === step ? trail : [...trail, { step: was, draft: had, found: saw }].slice(-MOST_BACK);
  return { ...state, step, draft, found, trail: before, page: 0, misses: 0, pending: undefined };
}

export function goBack(state: State): State {
  const stand = state.trail.at(-1) ?? { step: "menu" as const, draft: NOBODY, found: [] };
  return { ...state, ...stand, trail: state.trail.slice(0, -1), page: 0, misses: 0, pending: undefined };
}

/** At the menu with nothing gathered. */
export function startOver(state: State): State {
  const { language, turn, saidAt } = state;
  return { ...freshState(language, new Date(saidAt)), turn };
}
