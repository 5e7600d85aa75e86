import { describe, expect, test } from "vitest";
import { MOST_POINTS, pointsOf } from "./extract.ts";

const of = (kind: string, text: string) => pointsOf(text).flatMap((one) => (one.kind === kind ? [one.value] : []));

describe("telephones are found however they are hidden", () => {
  test.each([
    ["as it is written in the United States", "Citas garantizadas (559) 555-0143 mañana mismo", ["5595550143"]],
    ["with its country", "informes +1 559 555 0143", ["+15595550143"]],
    ["as it is written in Mexico", "WhatsApp 55 1234 5678", ["5512345678"]],
    ["with 52 and the old 1", "+52 1 55 1234 5678", ["+5215512345678"]],
    ["by twos", "llame: 66 15 55 01 43", ["6615550143"]],
    ["with spaces between all digits", "5 5 9 5 5 5 0 1 4 3", ["5595550143"]],
    ["with dots and dashes", "559.555-01.43", ["5595550143"]],
    ["with emojis between digits", "559📞555📞0143", ["5595550143"]],
    ["in keycap emojis", "5️⃣5️⃣9️⃣5️⃣5️⃣5️⃣0️⃣1️⃣4️⃣3️⃣", ["5595550143"]],
    ["in full width and circled digits", "５５９ ⑤⑤⑤ 0143", ["5595550143"]],
    ["in words and digits", "six six one-5 55 cero uno 43", ["6615550143"]],
    ["in Spanish words", "cinco cinco nueve cinco cinco cinco cero uno cuatro tres", ["5595550143"]],
    ["with a letter O for a zero", "559 555 O143", ["5595550143"]],
    ["with letters among the digits", "5595550l43", ["5595550143"]],
    ["with invisible characters", "559\u200b555\u20600143", ["5595550143"]],
    ["turned around by a direction mark", "\u202e559 555 0143\u202c", ["5595550143"]],
    ["in a WhatsApp link", "https://wa.me/15595550143?text=cita", ["+15595550143"]],
    ["in the long link", "https://api.whatsapp.com/send?phone=%2B525512345678", ["+525512345678"]],
    ["two on two lines", "559 555 0143\n559 555 0144", ["5595550143", "5595550144"]],
    ["two in one line", "559 555 0143 - 559 555 0144", ["5595550143", "5595550144"]],
    ["before a word that may be a digit", "559 555 0143 o venga", ["5595550143"]],
    ["before another such word", "al 1 559 555 0143 dos citas", ["+15595550143"]],
    ["two with a word between", "559 555 0143 o 661 555 0101", ["5595550143", "6615550101"]],
    ["after a date", "12 03 2026 559 555 0143", ["5595550143"]],
  ])("%s", (_, text, numbers) => {
    expect(of("phone", text)).toEqual(numbers);
  });

  test.each([
    ["a price", "solo $450 dlls"],
    ["a date", "lugares para el 12/03/2026 y 14/03/2026"],
    ["an hour", "abrimos 08:00 a 14:00"],
    ["a folio", "folio 7K3M-99QD-4T2V"],
    ["digits in two sentences", "quedan 12345. Precio 67890 pesos"],
    ["words", "uno de los dos llega a las tres"],
  ])("%s is none", (_, text) => {
    expect(of("phone", text)).toEqual([]);
  });
});

describe("addresses and accounts", () => {
  test.each([
    ["plain", "citas.rapidas@ejemplo.com", ["citas.rapidas@ejemplo.com"]],
    ["with words", "citas (arroba) ejemplo (punto) com", ["citas@ejemplo.com"]],
    ["with words alone", "citas arroba ejemplo punto com", ["citas@ejemplo.com"]],
    ["in English", "citas [at] ejemplo [dot] com", ["citas@ejemplo.com"]],
    ["with spaces and a country", "citas @ ejemplo . com . mx", ["citas@ejemplo.com.mx"]],
    ["a sentence is none", "nos vemos at the park. com", []],
  ])("an address %s", (_, text, found) => {
    expect(of("email", text)).toEqual(found);
  });

  test.each([
    ["facebook", "https://www.facebook.com/citas.rapidas.5/posts/1", ["facebook:citas.rapidas.5"]],
    ["facebook by number", "https://m.facebook.com/profile.php?id=100012345", ["facebook:100012345"]],
    ["a group is no seller", "https://facebook.com/groups/1234", []],
    [
      "the others",
      "t.me/citasya instagram.com/citas_ya/ tiktok.com/@citas.ya",
      ["instagram:citas_ya", "tiktok:citas.ya", "telegram:citasya"],
    ],
  ])("an account of %s", (_, text, found) => {
    expect(of("account", text)).toEqual(found);
  });
});

test("a hundred thousand hostile characters take no time and give no more than is looked at", () => {
  const started = performance.now();
  for (const text of [
    "5".repeat(100_000),
    "5 ".repeat(50_000),
    "a@".repeat(50_000),
    "uno ".repeat(25_000),
    " arroba ".repeat(12_500),
    Array.from({ length: 5_000 }, (_, i) => `559 555 ${String(i).padStart(4, "0")}\n`).join(""),
  ])
    expect(pointsOf(text).length).toBeLessThanOrEqual(MOST_POINTS);
  expect(performance.now() - started).toBeLessThan(3_000);
});
