/** Characters of one message of the GSM 03.38 alphabet; with one more, or one letter outside it, it is billed and cut as several. */
export const SMS_LENGTH = 160;

/** The letters of names and places that GSM 03.38 has. á, í, ó and ú are not among them. */
const GSM_LETTERS = /[éèùìòàäöñüÄÖÑÜÉåÅæÆßøØÇ]/u;
const GSM_PLAIN = /^[A-Za-z0-9 \n@£$¥_!"#%&'()*+,\-./:;<=>?¡¿§éèùìòàäöñüÄÖÑÜÉåÅæÆßøØÇ]*$/u;

/** The same text in the SMS alphabet: a letter with an accent that it lacks loses the accent, anything else it lacks is left out. */
export function toGsm(text: string): string {
  return [...text.normalize("NFC")]
    .map((letter) => (GSM_LETTERS.test(letter) ? letter : letter.normalize("NFD").replace(/\p{M}/gu, "")))
    .map((letter) => (GSM_PLAIN.test(letter) ? letter : letter === "–" || letter === "—" ? "-" : ""))
    .join("");
}

/** True when the text goes out as a single message. */
export function isOneSms(text: string): boolean {
  return GSM_PLAIN.test(text) && text.length <= SMS_LENGTH;
}

/** The first that fits in one message, given from the fullest to the barest; the barest when none does. */
export function firstThatFits(variants: readonly string[]): string {
  const plain = variants.map(toGsm);
  return plain.find(isOneSms) ?? plain[plain.length - 1]!;
}
