import type { Party, PartyPerson } from "../api/types.ts";

export function fullName({
  givenNames,
  firstSurname,
  secondSurname,
}: Pick<PartyPerson, "givenNames" | "firstSurname" | "secondSurname">): string {
  return [givenNames, firstSurname, secondSurname].filter(Boolean).join(" ");
}

/** Letters as people type them at a counter: no accents, no capitals, one kind of space. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Whether every typed word begins a word of somebody of the party, or is the end of the folio.
 * It is asked in the browser only: no route takes a name. Words may come in any order, so that "lopez ana" finds Ana López.
 */
export function partyMatches(party: Pick<Party, "people" | "folioTail">, typed: string): boolean {
  const words = fold(typed).split(" ").filter(Boolean);
  if (words.length === 0) return true;
  if (words.length === 1 && words[0]!.length <= 4 && party.folioTail.toLowerCase().startsWith(folioLetters(words[0]!)))
    return true;
  return party.people.some((person) => {
    const parts = fold(fullName(person)).split(" ");
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
}

/** The folio's alphabet has no O, I or L: who reads 0 and 1 types them so. */
function folioLetters(word: string): string {
  return word.replace(/o/g, "0").replace(/[il]/g, "1");
}
