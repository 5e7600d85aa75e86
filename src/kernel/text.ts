/**
 * Text as people type it, made safe to keep: composed Unicode, no control or direction-changing
 * characters, single spaces. Every letter of every name stays as it was typed (people.md 15).
 */
export function tidy(typed: string): string {
  return typed
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** True when the text holds half of a surrogate pair or characters that no name, place or answer needs. */
export function hasForbiddenCharacters(text: string): boolean {
  return /[\p{Cs}\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text);
}

/** A letter with everything that stands on or under it. The saltillo is a letter too, and tells nobody who is meant. */
const FIRST_LETTER = /[^\P{L}ꞌꞋʼ]\p{M}*/u;

/** `M. P. L.` of names and surnames: enough to call somebody by who also says her hour, and no name. */
export function initialsOf(names: readonly string[]): string {
  return names
    .flatMap((name) => FIRST_LETTER.exec(name.normalize("NFC"))?.[0] ?? [])
    .map((letter) => `${letter.toLocaleUpperCase("es")}.`)
    .join(" ");
}

const PARTICLES = new Set(["DE", "DEL", "LA", "LAS", "LOS", "Y", "MC", "MAC", "VON", "VAN"]);
const SHORT_FORMS: Readonly<Record<string, string>> = {
  MA: "MARIA",
  "MA.": "MARIA",
  M: "MARIA",
  J: "JOSE",
  "J.": "JOSE",
};

/**
 * A name reduced to what two honest spellings of it share: capitals, no accents (ñ stays), no
 * particles, María and José written out. Only ever used inside a keyed digest, never shown.
 */
export function nameForKey(name: string): string {
  return tidy(name)
    .toUpperCase()
    .replace(/Ñ/g, "\u0001")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/\u0001/g, "Ñ")
    .replace(/[’'`ꞌʼ-]/g, " ")
    .split(/\s+/)
    .map((word) => SHORT_FORMS[word] ?? word)
    .filter((word) => word !== "" && !PARTICLES.has(word))
    .join(" ");
}
