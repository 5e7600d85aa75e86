import { describe, expect, it } from "vitest";
import { RELEASE_WORDS } from "#channels/documents/release-words.ts";
import { SHEET_WORDS } from "#channels/documents/sheet-words.ts";
import { SPECIAL_DAY_WORDS } from "#channels/documents/special-day-words.ts";
import { SLIP_WORDS } from "#channels/documents/words.ts";
import { LANGUAGES, type Language, type Texts } from "#channels/web/texts/texts.ts";
import { TALK_WORDS } from "#modules/conversations/rules/words.ts";
import { ANSWERED_WORDS } from "#modules/messaging/rules/answered.ts";
import { DISCREET_WORDS } from "#modules/messaging/rules/discreet.ts";
import { JOINED_WORDS } from "#modules/messaging/rules/joined.ts";
import { REQUEST_WORDS as REQUEST_MESSAGES } from "#modules/messaging/rules/request-words.ts";
import { THANKS_WORDS } from "#modules/messaging/rules/thanks.ts";
import { WORDS as MESSAGES } from "#modules/messaging/rules/words.ts";
import { WORDS as VERIFIER } from "../../src/verify/texts.ts";

type Both = Readonly<Record<Language, unknown>>;

interface Catalogue {
  readonly name: string;
  readonly both: Both;
}

interface Entry {
  readonly where: string;
  readonly key: string;
  readonly language: Language;
  readonly text: string;
}

/** What is read aloud must be understood at once (people.md 25). */
const MOST_WORDS = 15;
/** Words that frighten, accuse or nobody knows (glossary 8, people.md 25). */
const AVOIDED =
  /\b(gestor|coyote|sorteo|denuncia|circunscripci[oó]n|inasistencia|menor(es)?|patria potestad|solicitante|cupos?|usuari[oa]s?|expira|slot|check-in|ilegal|indocumentad[oa]s?|garantizamos|tercera edad|extranjeros?)\b/i;
/** Titles and descriptions of pages are for lists of results, where words are looked for. */
const FOR_LISTS = /(title|description)$/i;
/** What the sentences that are functions are asked with: a count of one and of more, a word, and each kind of message. */
const KINDS = [
  "confirmed",
  "moved",
  "cancelled",
  "lapsed",
  "case_ended",
  "appeal_won",
  "displaced",
  "restored",
  "permission_5",
  "reminder_7",
  "request_filed",
  "request_offered",
  "request_waiting",
  "request_identity",
];
const FACTS: readonly (readonly unknown[])[] = [
  [1, 1, 1, 1],
  [2, 2, 2, 2],
  ["dato", "dato", true],
  ["dato", "dato", false],
  ...KINDS.flatMap((kind) => [0, 1, 5].map((days) => [kind, days])),
];

const webCatalogues = Object.entries(
  import.meta.glob<Record<string, unknown>>(["../../src/channels/web/texts/*.ts", "!**/*.test.ts"], { eager: true }),
).flatMap(([file, exported]) =>
  Object.entries(exported)
    .filter((one): one is [string, Texts<string>] => typeof one[1] === "function" && "catalogues" in one[1])
    .map(([name, found]): Catalogue => ({ name: `${file} ${name}`, both: found.catalogues })),
);
const consoleCatalogues = Object.entries(
  import.meta.glob<Record<string, unknown>>("../../src/console/texts/*.ts", { eager: true }),
).flatMap(([file, exported]) =>
  Object.entries(exported)
    .filter((one): one is [string, Both] => LANGUAGES.every((language) => Object(one[1])[language] !== undefined))
    .map(([name, both]): Catalogue => ({ name: `${file} ${name}`, both })),
);
const toTheCitizen: readonly Catalogue[] = [
  ...webCatalogues,
  { name: "messages", both: MESSAGES },
  { name: "messages of requests", both: REQUEST_MESSAGES },
  { name: "slip", both: SLIP_WORDS },
  { name: "release calendar", both: RELEASE_WORDS },
  { name: "special days", both: SPECIAL_DAY_WORDS },
  { name: "answered messages", both: ANSWERED_WORDS },
  { name: "discreet messages", both: DISCREET_WORDS },
  { name: "messages of accounts", both: JOINED_WORDS },
  { name: "thanks", both: THANKS_WORDS },
  { name: "conversations", both: TALK_WORDS },
];
/** A verifier speaks of a draw, and to whoever knows what one is. */
const everything: readonly Catalogue[] = [
  ...toTheCitizen,
  ...consoleCatalogues,
  { name: "verifier", both: VERIFIER },
  { name: "printed list", both: SHEET_WORDS },
];

function textsIn(words: unknown, key = ""): { key: string; text: string }[] {
  if (typeof words === "string") return [{ key, text: words }];
  if (typeof words === "function") return [...said(words as Say)].map((text) => ({ key, text }));
  return Object.entries(words as object).flatMap(([name, inner]) => textsIn(inner, key ? `${key}.${name}` : name));
}

type Say = (...facts: readonly unknown[]) => unknown;

function said(sentence: Say): Set<string> {
  const answers = FACTS.map((facts) => {
    try {
      return sentence(...facts);
    } catch {
      return undefined; // It takes facts of another kind.
    }
  });
  return new Set(answers.filter((answer) => typeof answer === "string").filter((text) => !text.includes("undefined")));
}

function entriesOf(catalogues: readonly Catalogue[]): Entry[] {
  return catalogues.flatMap(({ name, both }) =>
    LANGUAGES.flatMap((language) =>
      textsIn(both[language]).map(({ key, text }) => ({ where: `${name} ${language} ${key}`, key, language, text })),
    ),
  );
}

function keysOf(words: unknown): string[] {
  return [...new Set(textsIn(words).map(({ key }) => key))].sort();
}

function longSentences(text: string): string[] {
  const plain = text.replace(/<\/?\w+>/g, "").replace(/\{(\w+)\}/g, "$1");
  return plain
    .split(/(?<=[.:;?!])\s+/)
    .filter((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length > MOST_WORDS);
}

describe("the texts", () => {
  it("are found", () => {
    expect(webCatalogues.length).toBeGreaterThan(12);
    expect(consoleCatalogues.length).toBeGreaterThan(8);
    expect(entriesOf([{ name: "messages", both: MESSAGES }]).length).toBeGreaterThan(100);
  });

  it("are complete in both languages, those that are functions too", () => {
    for (const { name, both } of everything) expect(keysOf(both.en), name).toEqual(keysOf(both.es));
  });

  it("are nowhere empty", () => {
    expect(
      entriesOf(everything)
        .filter(({ text }) => text.trim() === "")
        .map(({ where }) => where),
    ).toEqual([]);
  });

  it(`are said in sentences of at most ${MOST_WORDS} words`, () => {
    const long = entriesOf(everything)
      .filter(({ key }) => !FOR_LISTS.test(key))
      .flatMap(({ where, text }) => longSentences(text).map((sentence) => `${where}: ${sentence}`));
    expect(long).toEqual([]);
  });

  it("frighten and accuse nobody", () => {
    expect(
      entriesOf([...toTheCitizen, ...consoleCatalogues])
        .filter(({ text, language }) => language === "es" && AVOIDED.test(text))
        .map(({ where, text }) => `${where}: ${text}`),
    ).toEqual([]);
  });

  it("notice a sentence that is too long, a word to avoid, an empty text and a function that is asked", () => {
    expect("Su trámite expira.").toMatch(AVOIDED);
    expect(
      longSentences(
        "Corta. Esta frase tiene muchas más palabras de las que una voz puede leer de una sola vez sin perder.",
      ),
    ).toHaveLength(1);
    expect(textsIn({ a: { b: "", c: (count: number) => `${count} personas` } })).toEqual(
      expect.arrayContaining([
        { key: "a.b", text: "" },
        { key: "a.c", text: "1 personas" },
      ]),
    );
  });
});
