import type { Prompt } from "#modules/conversations/index.ts";
import { VOICE_TEXTS, type Language } from "./texts.ts";

/** Times that a question is said before the line is let go: whoever looks for a paper has half a minute. */
const TIMES_SAID = 3;
/** Seconds of silence after a question. */
const SILENCE_SECONDS = 8;
/** Digits of the longest thing that is keyed: a date, a code, a postal code. */
const MOST_DIGITS = 10;
const LOCALES: Readonly<Record<Language, string>> = { es: "es-MX", en: "en-US" };

/** Which language, before anything is known; danger first. */
export function renderGreeting(action: string): string {
  const { es, en } = VOICE_TEXTS;
  const said = [say("es", es.dangerFirst), say("es", es.greeting), say("en", en.greeting), say("es", es.goOn)].join("");
  return response(gather(action, "es", said, 1).repeat(TIMES_SAID) + say("es", es.goodbye) + say("en", en.goodbye));
}

/**
 * A question as a voice says it: danger first, then the words, then each answer with its digit; any key or word breaks in. What is
 * said is repeated, and then the line is let go: everything is kept, and whoever calls again goes on.
 */
export function renderCall(prompt: Prompt, action: string): string {
  const { language, dial } = prompt;
  const t = VOICE_TEXTS[language];
  if (dial !== undefined)
    return response(`${say(language, t.through)}<Dial>${escaped(dial)}</Dial>${gatherOf(prompt, action)}`);
  return response(gatherOf(prompt, action).repeat(TIMES_SAID) + say(language, t.goodbye));
}

/** Another node is at it: a breath, and the same is asked again. */
export function renderWait(language: Language, action: string): string {
  return response(
    `${say(language, VOICE_TEXTS[language].moment)}<Pause length="1"/><Redirect method="POST">${escaped(action)}</Redirect>`,
  );
}

function gatherOf({ language, text, choices }: Prompt, action: string): string {
  const t = VOICE_TEXTS[language];
  const [danger, ...others] = choices;
  const parts = [
    ...(danger ? [t.dangerFirst] : []),
    ...spoken(text),
    ...others.map(({ key, title, detail }) => t.choice(title, detail, key)),
    ...(danger ? [] : [t.keyOrSay]),
  ];
  return gather(action, language, parts.map((part) => say(language, part)).join(""), danger ? 1 : undefined);
}

function gather(action: string, language: Language, said: string, digits: number | undefined): string {
  const keys = digits === undefined ? `finishOnKey="#" numDigits="${MOST_DIGITS}"` : `numDigits="${digits}"`;
  return `<Gather input="dtmf speech" ${keys} language="${LOCALES[language]}" timeout="${SILENCE_SECONDS}" speechTimeout="auto" method="POST" action="${escaped(action)}">${said}</Gather>`;
}

/** Said when something failed on our side: nothing was lost. */
export function renderFault(language: Language): string {
  return response(say(language, VOICE_TEXTS[language].fault));
}

/** What is written elsewhere is said into a telephone. */
const SAYING: Readonly<Record<string, string>> = {
  Escriba: "Diga",
  escriba: "diga",
  Type: "Say",
  type: "say",
  write: "say",
};
const WRITING = new RegExp(`\\b(${Object.keys(SAYING).join("|")})\\b`, "g");

/** Lines one by one: a voice breathes between them. */
function spoken(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim().replace(WRITING, (word) => SAYING[word]!))
    .filter((line) => line !== "");
}

function say(language: Language, text: string): string {
  return `<Say language="${LOCALES[language]}">${escaped(text)}</Say>`;
}

const response = (inner: string): string => `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
/** Whatever XML cannot hold is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (one) => ENTITIES[one]!);
}
