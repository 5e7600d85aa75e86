import type { Point } from "../types.ts";

/**
 * Pulls out of an advert how its seller is reached: telephones as people hide them from machines (spaces, emojis, words for
 * digits, a letter O for a zero), addresses, and accounts. It proposes; whether a number exists is judged by whoever knows
 * numbers. Whoever hides a number so that no client can read it either sells nothing.
 */
export function pointsOf(text: string): Point[] {
  const plain = unhidden(text);
  const found = [
    ...linkedPhones(plain).map((value): Point => ({ kind: "phone", value })),
    ...writtenPhones(plain).map((value): Point => ({ kind: "phone", value })),
    ...addresses(plain).map((value): Point => ({ kind: "email", value })),
    ...accounts(plain).map((value): Point => ({ kind: "account", value })),
  ];
  return [...new Map(found.map((point) => [`${point.kind} ${point.value}`, point])).values()].slice(0, MOST_POINTS);
}

/** Points of one advert that are looked at: a list of a hundred numbers is no advert. */
export const MOST_POINTS = 20;

/** Compatible forms brought together (full width, circled, bold digits), what is invisible taken out, in lower case. */
function unhidden(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Mn}\p{Me}\uFE0F]/gu, "")
    .toLowerCase();
}

const DIGIT_WORDS: Readonly<Record<string, string>> = {
  cero: "0",
  uno: "1",
  dos: "2",
  tres: "3",
  cuatro: "4",
  cinco: "5",
  seis: "6",
  siete: "7",
  ocho: "8",
  nueve: "9",
  zero: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
};

/** Fewest and most digits of a number in Mexico, the United States and Canada, with or without its country. */
const FEWEST_DIGITS = 10;
const MOST_DIGITS = 13;
/** Characters between two digits of one number: a space, a dash, two emojis. More is another number. */
const MOST_BETWEEN = 6;

/** One group of digits as it stands, with where it begins and ends. */
interface Group {
  readonly digits: string;
  /** Letters that may be digits or only words: "o", "uno", "dos". */
  readonly isWord: boolean;
  readonly from: number;
  readonly to: number;
}

/** Digits, words for digits, and a letter O or l that stands among digits. */
const DIGITS = /\d[\dol]*\d|\d|\p{L}+/gu;

function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  for (const match of text.matchAll(DIGITS)) {
    const [written] = match;
    const digits = /^\d/.test(written)
      ? written.replaceAll("o", "0").replaceAll("l", "1")
      : (DIGIT_WORDS[written.normalize("NFD").replace(/\p{M}/gu, "")] ?? lonely(written));
    if (digits !== undefined)
      groups.push({
        digits,
        isWord: !/^\d/.test(written),
        from: match.index,
        to: match.index + written.length,
      });
  }
  return groups;
}

/** "o" for zero, alone between groups of digits. */
function lonely(word: string): string | undefined {
  return word === "o" || word === "oo" ? "0".repeat(word.length) : undefined;
}

/** Runs of groups with nothing but signs between them, each as one number or, when too long, by the ways numbers are grouped. */
function writtenPhones(text: string): string[] {
  const runs: Group[][] = [];
  let before: Group | undefined;
  for (const group of groupsOf(text)) {
    const between = before && text.slice(before.to, group.from);
    if (before && between !== undefined && isInside(between)) runs.at(-1)!.push(group);
    else runs.push([group]);
    before = group;
  }
  return runs.flatMap(numbersOfRun);
}

/** Signs of any kind and no letter; a line, a comma or a slash ends a number. An emoji counts as the characters that it has. */
function isInside(between: string): boolean {
  return between.length <= MOST_BETWEEN && !/[\p{L}\n,;|/$:%#@]/u.test(between);
}

function numbersOfRun(run: readonly Group[]): string[] {
  const written = withoutWords(run).map((one) => one.digits);
  const whole = written.join("");
  if (whole.length >= FEWEST_DIGITS && whole.length <= MOST_DIGITS) return [withPlus(whole)];
  if (whole.length < FEWEST_DIGITS) return [];
  // Several numbers, or a date before one: only what is grouped as numbers are grouped.
  const found: string[] = [];
  for (let i = 0; i < written.length;) {
    const shape = SHAPES.find((one) => one.every((length, k) => written[i + k]?.length === length));
    if (shape) found.push(withPlus(written.slice(i, i + shape.length).join("")));
    i += shape?.length ?? 1;
  }
  return found;
}

/** A word behind a whole number is a word again: "559 555 0143 o venga", "… dos citas". */
function withoutWords(run: readonly Group[]): Group[] {
  let length = 0;
  const isWhole = (): boolean => length === (run[0]!.digits.startsWith("1") ? FEWEST_DIGITS + 1 : FEWEST_DIGITS);
  return run.filter(({ digits, isWord }) => {
    if (isWord && isWhole()) return false;
    length = isWhole() ? digits.length : length + digits.length;
    return true;
  });
}

/** How numbers are grouped, the longest first: with the country, then by three and four, by twos, whole. */
const SHAPES: readonly (readonly number[])[] = [
  [2, 1, 3, 3, 4],
  [2, 3, 3, 4],
  [2, 2, 4, 4],
  [1, 3, 3, 4],
  [2, 2, 2, 2, 2],
  [3, 3, 4],
  [3, 3, 2, 2],
  [2, 4, 4],
  [3, 7],
  [2, 8],
  [13],
  [12],
  [11],
  [10],
];

/** Ten digits are read as the asked country's; more carry the country with them. */
function withPlus(digits: string): string {
  return digits.length > FEWEST_DIGITS ? `+${digits}` : digits;
}

/** `wa.me/16615550143`, `api.whatsapp.com/send?phone=…`, `tel:…`. */
const PHONE_LINK =
  /(?:wa\.me\/|whatsapp\.com\/send\/?\?phone=|whatsapp:\/\/send\?phone=|tel:)(?:\+|%2b)?(\d{10,13})\b/g;

function linkedPhones(text: string): string[] {
  return [...text.matchAll(PHONE_LINK)].map(([, digits]) => withPlus(digits!));
}

/** `@`, `(arroba)`, `[at]`, with or without spaces; a word alone counts only before a name with a dot. */
const AT = String.raw`\s{0,3}(?:@|[([{]\s?(?:arroba|at)\s?[)\]}]|\sarroba\s)\s{0,3}`;
const DOT = String.raw`\s{0,2}(?:\.|[([{]\s?(?:punto|dot)\s?[)\]}]|\spunto\s)\s{0,2}`;
const ADDRESS = new RegExp(
  `([a-z0-9][a-z0-9._%+-]{0,63})${AT}([a-z0-9-]{2,40})${DOT}([a-z]{2,10})(?:${DOT}([a-z]{2,3})\\b)?`,
  "g",
);

function addresses(text: string): string[] {
  return [...text.matchAll(ADDRESS)].map(([, local, domain, end, country]) => {
    const host = [domain, end, country].filter((part) => part !== undefined).join(".");
    return `${local}@${host}`;
  });
}

/** Where accounts live, and what of their addresses is no account. */
const HOSTS: readonly (readonly [name: string, link: RegExp])[] = [
  ["facebook", /(?:facebook|fb)\.com\/(?:people\/[^/\s]{1,80}\/)?(?:profile\.php\?id=)?([a-z0-9.]{3,60})/g],
  ["instagram", /instagram\.com\/([a-z0-9._]{3,40})/g],
  ["tiktok", /tiktok\.com\/@([a-z0-9._]{3,40})/g],
  ["telegram", /(?:t\.me|telegram\.me)\/([a-z0-9_]{3,40})/g],
  ["x", /(?:twitter|\bx)\.com\/([a-z0-9_]{3,20})/g],
];
const NO_ACCOUNTS = new Set([
  "groups",
  "marketplace",
  "share",
  "sharer",
  "watch",
  "events",
  "story.php",
  "permalink.php",
  "reel",
  "reels",
  "posts",
  "photo",
  "photo.php",
  "joinchat",
  "home",
  "search",
  "people",
  "profile.php",
]);

function accounts(text: string): string[] {
  return HOSTS.flatMap(([name, link]) =>
    [...text.matchAll(link)].flatMap(([, account]) => {
      const plain = account!.replace(/\.+$/, "");
      return NO_ACCOUNTS.has(plain) ? [] : [`${name}:${plain}`];
    }),
  );
}
