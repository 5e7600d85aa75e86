import { localTimeAt } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";

type Language = "es" | "en";

const ES_SMALL =
  "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve".split(
    " ",
  );
const ES_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" ");
const ES_HUNDREDS =
  "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split(" ");
const EN_SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const EN_ORDINALS: Readonly<Record<string, string>> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};
/** What an address, a count or a year needs; whoever asks for more gets the digits. */
const MOST = 99_999;

/** A whole number as it is read aloud: `ochenta y cinco`, `eighty-five`. Before a noun in Spanish: `veintiún lugares`, `un lugar`. */
export function numberAloud(value: number, language: Language, beforeNoun = false): string {
  if (!Number.isInteger(value) || value < 0 || value > MOST) return String(value);
  if (language === "en") return englishNumber(value);
  const words = spanishNumber(value);
  return beforeNoun ? words.replace(/veintiuno$/, "veintiún").replace(/uno$/, "un") : words;
}

function spanishNumber(value: number): string {
  if (value < 30) return ES_SMALL[value]!;
  if (value < 100)
    return joined(ES_TENS[Math.floor(value / 10) - 3]!, value % 10, (rest) => `y ${spanishNumber(rest)}`);
  if (value === 100) return "cien";
  if (value < 1000) return joined(ES_HUNDREDS[Math.floor(value / 100) - 1]!, value % 100, spanishNumber);
  const thousands = Math.floor(value / 1000);
  const lead = thousands === 1 ? "mil" : `${numberAloud(thousands, "es", true)} mil`;
  return joined(lead, value % 1000, spanishNumber);
}

function englishNumber(value: number): string {
  if (value < 20) return EN_SMALL[value]!;
  if (value < 100) {
    const tens = EN_TENS[Math.floor(value / 10) - 2]!;
    return value % 10 === 0 ? tens : `${tens}-${EN_SMALL[value % 10]!}`;
  }
  const [unit, name] = value < 1000 ? [100, "hundred"] : [1000, "thousand"];
  return joined(`${englishNumber(Math.floor(value / unit))} ${name}`, value % unit, englishNumber);
}

function joined(lead: string, rest: number, say: (rest: number) => string): string {
  return rest === 0 ? lead : `${lead} ${say(rest)}`;
}

/** `sábado cinco de diciembre`, `Saturday, December fifth`. */
export function dayAloud(date: LocalDate, language: Language): string {
  const noon = new Date(`${date}T12:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language === "es" ? "es-MX" : "en-US", { ...options, timeZone: "UTC" }).format(noon);
  const number = Number(date.slice(8));
  const [weekday, month] = [part({ weekday: "long" }), part({ month: "long" })];
  if (language === "en") return `${weekday}, ${month} ${ordinal(number)}`;
  return `${weekday} ${number === 1 ? "primero" : numberAloud(number, "es")} de ${month}`;
}

function ordinal(value: number): string {
  const words = englishNumber(value);
  const last = words.split("-").at(-1)!;
  const changed = EN_ORDINALS[last] ?? (last.endsWith("y") ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return words.slice(0, words.length - last.length) + changed;
}

/** `ocho y media de la mañana`, `eight thirty in the morning`, on the wall clock of the zone. */
export function hourAloud(instant: Date, zone: string, language: Language): string {
  const [hours, minutes] = localTimeAt(instant, zone).split(":").map(Number) as [number, number];
  const hour = numberAloud(hours % 12 === 0 ? 12 : hours % 12, language);
  if (language === "en") {
    if (hours === 12 && minutes === 0) return "noon";
    const past =
      minutes === 0 ? "" : minutes < 10 ? ` oh ${numberAloud(minutes, "en")}` : ` ${numberAloud(minutes, "en")}`;
    return `${hour}${past} in the ${hours < 12 ? "morning" : hours < 18 ? "afternoon" : "evening"}`;
  }
  const past =
    minutes === 0
      ? ""
      : minutes === 15
        ? " y cuarto"
        : minutes === 30
          ? " y media"
          : ` y ${numberAloud(minutes, "es")}`;
  const part = hours < 12 ? "de la mañana" : hours === 12 ? "del día" : hours < 19 ? "de la tarde" : "de la noche";
  return `${hours % 12 === 1 ? "una" : hour}${past} ${part}`;
}

/** `de`, `a` and `las` belong to the hour in Spanish: `de las ocho de la mañana a la una de la tarde`. */
export function hoursAloud(from: Date, to: Date, zone: string, language: Language): string {
  const [a, b] = [hourAloud(from, zone, language), hourAloud(to, zone, language)];
  if (language === "en") return `from ${a} to ${b}`;
  const article = (hour: string): string => (hour.startsWith("una") ? "la" : "las");
  return `de ${article(a)} ${a} a ${article(b)} ${b}`;
}

/** Digit by digit in the groups in which it is written: `cuatro dos cuatro, tres cero nueve`. The country's own prefix is left out. */
export function phoneAloud(phone: string, language: Language): string {
  return phone
    .replace(/^\+1\D*/, "")
    .split(/\D+/)
    .filter((group) => group !== "")
    .map((group) => [...group].map((digit) => numberAloud(Number(digit), language)).join(" "))
    .join(", ");
}

/** Numbers that stand alone in a text, as those of a street: `1010 Virginia Street`. What is part of a word stays: `5th`. */
export function textAloud(text: string, language: Language): string {
  return text.replace(/(?<![\p{L}\d.,-])\d{1,5}(?![\p{L}\d])/gu, (digits) =>
    digits.startsWith("0") && digits.length > 1 ? digits : numberAloud(Number(digits), language),
  );
}
