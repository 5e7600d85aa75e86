import { describe, expect, it } from "vitest";
import { LANGUAGES, type Texts } from "./texts.ts";

/** What is read aloud must be understood at once (people.md 25). */
const MOST_WORDS = 15;
/** Words that frighten, accuse or nobody knows (glossary 8, people.md 25). */
const AVOIDED =
  /\b(gestor|coyote|sorteo|denuncia|circunscripci[oó]n|inasistencia|menor(es)?|patria potestad|solicitante|cupos?|usuari[oa]s?|expira|slot|check-in|ilegal|indocumentad[oa]s?|garantizamos|tercera edad|extranjeros?)\b/i;
/** Titles and descriptions of pages are for lists of results, where words are looked for. */
const FOR_LISTS = /(title|description)$/i;

const files = import.meta.glob<Record<string, unknown>>("./*.ts", { eager: true });
const catalogues = Object.entries(files).flatMap(([file, exported]) =>
  Object.entries(exported)
    .filter((one): one is [string, Texts<string>] => typeof one[1] === "function" && "catalogues" in one[1])
    .map(([name, found]) => ({ name: `${file} ${name}`, found })),
);
const entries = catalogues.flatMap(({ name, found }) =>
  LANGUAGES.flatMap((language) =>
    Object.entries(found.catalogues[language]).map(([key, text]) => ({
      where: `${name} ${language} ${key}`,
      key,
      language,
      text,
    })),
  ),
);

function longSentences(text: string): string[] {
  const plain = text.replace(/<\/?\w+>/g, "").replace(/\{(\w+)\}/g, "$1");
  return plain
    .split(/(?<=[.:;?!])\s+/)
    .filter((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length > MOST_WORDS);
}

describe("the words of the site", () => {
  it("are found", () => {
    expect(catalogues.length).toBeGreaterThan(6);
  });

  it("are complete in both languages", () => {
    for (const { name, found } of catalogues)
      expect(Object.keys(found.catalogues.en), name).toEqual(Object.keys(found.catalogues.es));
  });

  it(`are said in sentences of at most ${MOST_WORDS} words`, () => {
    const long = entries
      .filter(({ key }) => !FOR_LISTS.test(key))
      .flatMap(({ where, text }) => longSentences(text).map((sentence) => `${where}: ${sentence}`));
    expect(long).toEqual([]);
  });

  it("frighten and accuse nobody", () => {
    expect(
      entries.filter(({ text, language }) => language === "es" && AVOIDED.test(text)).map(({ where }) => where),
    ).toEqual([]);
  });

  it("notice a sentence that is too long", () => {
    expect(
      longSentences(
        "Corta. Esta frase tiene muchas más palabras de las que una voz puede leer de una sola vez sin perder.",
      ),
    ).toHaveLength(1);
  });
});
