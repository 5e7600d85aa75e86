import type { Choice, Effect, Facts, Prompt, Result, Said } from "../types.ts";
import { commandOf, type Spoken } from "./commands.ts";
import { plain } from "./plain.ts";
import { dangerChoice, dangerText } from "./speak.ts";
import {
  CALL_PERSON_AFTER,
  goBack,
  goTo,
  NOBODY,
  OFFER_PERSON_AFTER,
  startOver,
  STATE_MS,
  type Move,
  type State,
} from "./state.ts";
import { STEP_BY_NAME, type At } from "./steps.ts";
import { TALK_WORDS } from "./words.ts";

/** Choices that one question shows beside danger: a list of the app has ten rows, and one of them says that there are more. */
const MOST_SHOWN = 8;
/** And beside the one that says more, to who only listens: as many as are remembered until the last is said (Cowan 2001, four chunks). */
const MOST_SAID = 4;
const mostShown = ({ channel }: Facts): number => (channel === "phone" ? MOST_SAID + 1 : MOST_SHOWN);
/** The value that turns the page, and its key. */
const MORE: Pick<Choice, "key" | "value"> = { key: "9", value: "more" };

/** What happens next: words to say, or something to do first whose result is handed in again. */
export type Turn = { readonly state: State; readonly say: Prompt } | { readonly state: State; readonly run: Effect };

/** What moves a conversation: something said, or what became of an effect. */
export type Heard = { readonly said: Said } | { readonly result: Result; readonly of: Effect };

/**
 * One step of a conversation, pure: the same state, words and facts give the same answer on every channel. Danger is
 * answered before anything else is looked at, and changes nothing.
 */
export function advance(state: State, heard: Heard, facts: Facts): Turn {
  return "said" in heard ? hear(state, heard.said, facts) : follow(state, heard, facts);
}

/** What is said when a message failed to the last try: nothing of the conversation is lost, and a person looks at it. */
export function faultPrompt(state: State): Prompt {
  const { fault, toPerson, choose, reply } = TALK_WORDS[state.language];
  const { language, turn } = state;
  return { language, turn, text: `${fault} ${toPerson}`, choices: [], labels: { choose, reply } };
}

function hear(old: State, said: Said, facts: Facts): Turn {
  const silence = facts.now.getTime() - Date.parse(old.saidAt);
  const state: State = { ...(silence > STATE_MS ? startOver(old) : old), saidAt: facts.now.toISOString() };
  const words = TALK_WORDS[state.language];
  if (said.kind === "media") return { state, run: { do: "person", reason: "media" } };
  if (said.kind === "pick") {
    if (said.key === "0") return danger(state, facts);
    if (state.asksToResume) return resume(state, said.key === "2" ? "no" : "yes", facts);
    const known = said.turn === state.turn && shownOf(state, facts).find(({ key }) => key === said.key);
    if (!known) return ask(state, facts, words.older);
    if (known.value === MORE.value) return turnPage(state, facts);
    return answer(state, { value: known.value, text: known.title }, facts);
  }
  const spoken = commandOf(said.text);
  if (spoken === "danger") return danger(state, facts);
  if (state.asksToResume && spoken !== undefined && typeof spoken !== "object")
    return resume(state, spoken === "yes" ? "yes" : spoken === "no" ? "no" : "", facts);
  if (state.asksToResume && /^[12]$/.test(said.text.trim()))
    return resume(state, said.text.trim() === "1" ? "yes" : "no", facts);
  // A greeting in the middle is somebody who comes back: she is told where it stood, and nothing is lost.
  if (spoken === "greet" && state.step !== "menu") return askToResume(state);
  const kept = { ...state, asksToResume: undefined };
  if (spoken !== undefined) {
    const done = command(kept, spoken, facts);
    if (done) return done;
  }
  if (kept.pending) return tryCode(kept, said.text, facts);
  const chosen = choiceOf(kept, said.text, facts);
  if (chosen?.value === MORE.value) return turnPage(kept, facts);
  return answer(kept, { value: chosen?.value, text: said.text }, facts, spoken);
}

/** What is understood at every question; undefined where the question itself is answered by it. */
function command(state: State, spoken: Spoken, facts: Facts): Turn | undefined {
  const words = TALK_WORDS[state.language];
  if (typeof spoken === "object") return ask({ ...state, language: spoken.language }, facts);
  switch (spoken) {
    case "back":
      return ask(state.pending ? { ...state, pending: undefined } : goBack(state), facts);
    case "help":
      return ask({ ...state, misses: state.misses + 1 }, facts, `${words.help} ${words.offerPerson}`);
    case "menu":
    case "greet":
      return ask(startOver(state), facts);
    case "urgent":
      return ask(goTo(state, "urgent", { ...NOBODY, intent: "urgent" }, []), facts);
    case "person":
      return { state, run: { do: "person", reason: "asked" } };
    case "stop":
      return { state, run: { do: "stop" } };
    case "start":
      return { state, run: { do: "start" } };
    case "resume":
      // Only a call begins anew each time: a chat is where it was.
      return facts.channel === "phone" ? run(state, { do: "resume" }, facts) : undefined;
    case "more":
      return optionsOf(state, facts).length > mostShown(facts) ? turnPage(state, facts) : undefined;
    default:
      return undefined;
  }
}

function answer(
  state: State,
  answered: { value: string | undefined; text: string },
  facts: Facts,
  spoken?: Spoken,
): Turn {
  const step = STEP_BY_NAME[state.step];
  const at = atOf(state, facts);
  // Of a question with two answers a yes or a no is the first or the second.
  const two = answered.value === undefined && (spoken === "yes" || spoken === "no") ? optionsOf(state, facts) : [];
  const value = answered.value ?? (two.length === 2 ? two[spoken === "yes" ? 0 : 1]!.value : undefined);
  if (state.step === "review" && value === "back") return ask(goBack(state), facts);
  return move(state, step.take({ ...answered, value }, at), facts);
}

function follow(state: State, { result, of }: Extract<Heard, { result: Result }>, facts: Facts): Turn {
  const words = TALK_WORDS[state.language];
  switch (of.do) {
    case "stop":
      return say(startOver(state), words.stopped, []);
    case "start":
      return ask(startOver(state), facts, words.started);
    case "sendCode":
      return result.kind === "done"
        ? say(state, words.codeSent, [])
        : say({ ...state, pending: undefined }, words.codeNone, []);
    case "checkCode":
      if (result.kind !== "done" || !state.pending) return say(state, words.codeWrong, []);
      return { state: { ...state, pending: undefined }, run: state.pending };
    case "resume": {
      const found = result.kind === "kept" ? result.state : undefined;
      if (!found || found.step === "menu") return ask(state, facts, words.nothingKept);
      return askToResume({ ...found, language: state.language, turn: state.turn });
    }
    case "person":
      if (of.reason !== "asked") {
        const told = of.reason === "media" ? words.media : `${words.notUnderstood} ${words.toPerson}`;
        return ask({ ...state, misses: 0 }, facts, told);
      }
      return ask({ ...state, misses: 0 }, facts, words.toPerson);
    default: {
      const { got } = STEP_BY_NAME[state.step];
      return move(state, got ? got(result, atOf(state, facts), of) : { miss: undefined }, facts);
    }
  }
}

function move(state: State, next: Move, facts: Facts): Turn {
  if ("go" in next) {
    const draft = { ...state.draft, ...next.draft };
    return ask(
      goTo(state, next.go, draft, next.found ?? (next.go === state.step ? state.found : [])),
      facts,
      next.note,
    );
  }
  if ("run" in next) return run({ ...state, draft: { ...state.draft, ...next.draft } }, next.run, facts);
  if ("end" in next) {
    const over = startOver(state);
    return say(over, next.end, []);
  }
  const misses = state.misses + 1;
  const words = TALK_WORDS[state.language];
  if (misses >= CALL_PERSON_AFTER) return { state, run: { do: "person", reason: "not_understood" } };
  const why = next.miss ?? words.notUnderstood;
  return ask({ ...state, misses }, facts, misses >= OFFER_PERSON_AFTER ? `${why} ${words.offerPerson}` : why);
}

/** What looks into somebody's own or takes a place asks for proof of the number; what gives one away, for proof just now. */
const ASKS_PROOF: ReadonlySet<Effect["do"]> = new Set([
  "times",
  "book",
  "request",
  "open",
  "openBorn",
  "accept",
  "resume",
]);
const ASKS_PROOF_NOW: ReadonlySet<Effect["do"]> = new Set(["cancel", "move", "decline", "withdraw"]);

function run(state: State, effect: Effect, facts: Facts): Turn {
  const proved = (!ASKS_PROOF.has(effect.do) || facts.proved) && (!ASKS_PROOF_NOW.has(effect.do) || facts.provedNow);
  if (proved) return { state, run: effect };
  return { state: { ...state, pending: effect }, run: { do: "sendCode" } };
}

function tryCode(state: State, text: string, facts: Facts): Turn {
  const digits = text.replace(/\D/g, "");
  if (digits.length === 6) return { state, run: { do: "checkCode", code: digits } };
  const word = plain(text);
  if (word === "nuevo" || word === "new") return { state, run: { do: "sendCode" } };
  return move(state, { miss: TALK_WORDS[state.language].codeWrong }, facts);
}

function danger(state: State, facts: Facts): Turn {
  // The conversation stands where it stood: nothing is lost by having pressed it.
  const { officeId } = state.draft;
  const turn = say(state, dangerText(TALK_WORDS[state.language], facts, officeId), []);
  const duty = officeId && facts.office(officeId)?.dutyLine;
  return "say" in turn ? { ...turn, say: { ...turn.say, dial: duty ?? facts.lines.ciam } } : turn;
}

function askToResume(state: State): Turn {
  const words = TALK_WORDS[state.language];
  const what = words.doing[state.step] ?? words.doing["other"]!;
  return say({ ...state, asksToResume: true }, words.resume(what), [
    { key: "1", value: "yes", title: words.resumeYes },
    { key: "2", value: "no", title: words.resumeNo },
  ]);
}

function resume(state: State, value: string, facts: Facts): Turn {
  const kept = { ...state, asksToResume: undefined };
  if (value === "no") return ask(startOver(kept), facts);
  return ask(kept, facts);
}

function turnPage(state: State, facts: Facts): Turn {
  const pages = Math.max(1, Math.ceil(optionsOf(state, facts).length / (mostShown(facts) - 1)));
  return ask({ ...state, page: (state.page + 1) % pages }, facts);
}

/** Every choice of the question that is open, whichever page shows it. */
function optionsOf(state: State, facts: Facts): Omit<Choice, "key">[] {
  if (state.pending) return [];
  return [...(STEP_BY_NAME[state.step].ask(atOf(state, facts)).offers ?? [])];
}

/** The choices that are shown, with their keys. */
function shownOf(state: State, facts: Facts): Choice[] {
  const all = optionsOf(state, facts);
  if (all.length === 0) return [];
  const most = mostShown(facts);
  const paged = all.length > most;
  const size = paged ? most - 1 : most;
  const shown = all.slice(state.page * size, (state.page + 1) * size);
  const more = paged ? [{ ...MORE, title: TALK_WORDS[state.language].more }] : [];
  return [...shown.map((one, i) => ({ ...one, key: String(i + 1) })), ...more];
}

/** The choice that a text means: its number, or its words. */
function choiceOf(state: State, text: string, facts: Facts): Choice | undefined {
  const shown = shownOf(state, facts);
  const typed = plain(text).replace(/[.,;-]+$/, "");
  const byKey = shown.find(({ key }) => key === typed);
  if (byKey || typed.length < 2) return byKey;
  const all = [...shown, ...optionsOf(state, facts).map((one) => ({ ...one, key: "" }))];
  const named = all.filter(({ title }) => plain(title) === typed);
  if (named.length > 0) return named[0];
  const begun = new Set(all.filter(({ title }) => plain(title).startsWith(typed)).map(({ value }) => value));
  return begun.size === 1 ? all.find(({ value }) => begun.has(value)) : undefined;
}

function ask(state: State, facts: Facts, note?: string): Turn {
  const { text } = STEP_BY_NAME[state.step].ask(atOf(state, facts));
  const whole = [note, text].filter((part) => part !== undefined && part !== "").join("\n");
  return say(state, whole, shownOf(state, facts));
}

function say(state: State, text: string, choices: readonly Choice[]): Turn {
  const turn = state.turn + 1;
  const { language } = state;
  const all = choices.length === 0 ? [] : [dangerChoice(language), ...choices];
  const { choose, reply } = TALK_WORDS[language];
  return { state: { ...state, turn }, say: { language, turn, text, choices: all, labels: { choose, reply } } };
}

function atOf(state: State, facts: Facts): At {
  return { state, facts, words: TALK_WORDS[state.language] };
}
