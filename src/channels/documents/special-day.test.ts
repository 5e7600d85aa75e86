import decodeQR from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { instantOf } from "#kernel/time.ts";
import type { LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import { SPECIAL_KINDS, type PublicDay, type SpecialDayId, type ToldDay } from "#modules/schedules/index.ts";
import { dayAloud, hourAloud, hoursAloud, numberAloud, phoneAloud, textAloud } from "./aloud.ts";
import { readPng } from "./documents.fixtures.ts";
import { readPdf } from "./read-pdf.fixtures.ts";
import { publicationSvg, renderPublicationImage } from "./publication-image.ts";
import { renderSpecialDayPoster } from "./special-day-poster.ts";
import { RADIO_WORDS, sharedText, specialDayWords, wordCount, type SpecialDayView } from "./special-day.ts";

const ZONE = "America/Los_Angeles";
const SATURDAY = "2026-12-05" as LocalDate;
const VENUE = {
  id: "v",
  name: "Iglesia de Ejemplo",
  street: "1010 Virginia Street",
  city: "Reno",
  region: "NV",
  lat: 39.5,
  lng: -119.8,
  wayIn: "",
  hasPhoto: false,
};

function aDay(change: Partial<PublicDay> = {}, at: LocalDate = SATURDAY): PublicDay {
  const session = (serviceGroup: "documentacion" | "registro_civil", places: number) => ({
    id: serviceGroup as string as SessionId,
    serviceGroup,
    startsAt: instantOf(at, "08:00", ZONE),
    endsAt: instantOf(at, "13:00", ZONE),
    stepMinutes: 15,
    places,
  });
  return {
    id: "3c9f1b1e-6a0d-4a52-9d4e-0f6c5f1f2a10" as SpecialDayId,
    officeId: "fresno" as OfficeId,
    kind: "mobile",
    localDate: at,
    state: "published",
    revision: 1,
    givenOut: "open",
    told: null,
    publishedAt: new Date("2026-11-01T18:00:00Z"),
    venue: VENUE,
    sessions: [session("documentacion", 80), session("registro_civil", 21)],
    ...change,
  };
}

const TOLD: ToldDay = {
  localDate: SATURDAY,
  startsAt: "2026-12-05T16:00:00+00:00",
  endsAt: "2026-12-05T21:00:00+00:00",
  venue: { name: VENUE.name, street: VENUE.street, city: VENUE.city, region: VENUE.region },
};

const view = (day: PublicDay, change: Partial<SpecialDayView> = {}): SpecialDayView => ({
  language: "es",
  day,
  zone: ZONE,
  city: "Fresno",
  officeAddress: [],
  askUntil: undefined,
  host: "citas.example.org",
  phone: "+1 424 309 0009",
  address: `https://citas.example.org/jornadas/${day.id}`,
  demo: false,
  now: new Date("2026-11-22T18:00:00Z"),
  ...change,
});
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("read aloud", () => {
  it.each([
    [0, "cero", "zero"],
    [21, "veintiuno", "twenty-one"],
    [31, "treinta y uno", "thirty-one"],
    [100, "cien", "one hundred"],
    [101, "ciento uno", "one hundred one"],
    [1010, "mil diez", "one thousand ten"],
    [21_500, "veintiún mil quinientos", "twenty-one thousand five hundred"],
    [99_999, "noventa y nueve mil novecientos noventa y nueve", "ninety-nine thousand nine hundred ninety-nine"],
    [100_000, "100000", "100000"],
  ])("%i is said in both languages", (value, es, en) => {
    expect([numberAloud(value, "es"), numberAloud(value, "en")]).toEqual([es, en]);
  });

  it("agrees with what it counts", () => {
    expect([1, 21, 31, 121].map((value) => numberAloud(value, "es", true))).toEqual([
      "un",
      "veintiún",
      "treinta y un",
      "ciento veintiún",
    ]);
  });

  it("days, hours, telephones and streets are words", () => {
    expect(dayAloud(SATURDAY, "es")).toBe("sábado cinco de diciembre");
    expect(dayAloud("2026-12-01" as LocalDate, "es")).toBe("martes primero de diciembre");
    expect(dayAloud("2026-12-31" as LocalDate, "en")).toBe("Thursday, December thirty-first");
    expect(dayAloud("2026-12-20" as LocalDate, "en")).toBe("Sunday, December twentieth");
    const at = (time: string) => instantOf(SATURDAY, time, ZONE);
    expect(["08:00", "09:30", "12:00", "13:15", "19:05"].map((time) => hourAloud(at(time), ZONE, "es"))).toEqual([
      "ocho de la mañana",
      "nueve y media de la mañana",
      "doce del día",
      "una y cuarto de la tarde",
      "siete y cinco de la noche",
    ]);
    expect(hoursAloud(at("08:00"), at("13:00"), ZONE, "es")).toBe("de las ocho de la mañana a la una de la tarde");
    expect(hoursAloud(at("09:05"), at("12:00"), ZONE, "en")).toBe("from nine oh five in the morning to noon");
    expect(phoneAloud("+1 424 309 0009", "es")).toBe("cuatro dos cuatro, tres cero nueve, cero cero cero nueve");
    expect(textAloud("1010 Virginia Street, 5th floor, Suite 12", "es")).toBe(
      "mil diez Virginia Street, 5th floor, Suite doce",
    );
  });
});

describe("the publication of a special day", () => {
  it("tells day, hours, place, for what, how many places there are, and that it is free", () => {
    const words = specialDayWords(view(aDay()));
    expect(plain(sharedText(words, (text) => text)).split("\n\n")).toEqual([
      "Consulado móvil en Reno",
      "Sábado 5 de diciembre, de 8:00 a.m. a 1:00 p.m.",
      [
        "Dónde: Iglesia de Ejemplo, 1010 Virginia Street, Reno, NV.",
        "Para pasaporte, matrícula y credencial y actas y registro civil.",
        "101 lugares.",
        "Saque su cita en la página oficial o por teléfono.",
      ].join("\n"),
      "La cita es gratuita. Si alguien le cobra por ella, no pague.",
      "Versión 1, 22 de noviembre de 2026",
      "https://citas.example.org/jornadas/3c9f1b1e-6a0d-4a52-9d4e-0f6c5f1f2a10",
    ]);
  });

  it("of a day that was taken away whole is a correction, also before anything was written down of it", () => {
    for (const told of [null, TOLD])
      for (const language of ["es", "en"] as const) {
        const words = specialDayWords(view(aDay({ state: "closed", told }), { language }));
        expect(words.correction?.lines).toEqual([
          language === "es"
            ? "Día: sábado 5 de diciembre → no se llevará a cabo"
            : "Day: Saturday, December 5 → will not take place",
        ]);
        const text = sharedText(words, (one) => one);
        expect(text).toContain(
          language === "es" ? "Sábado 5 de diciembre: no se llevará" : "December 5: will not take",
        );
        expect(text).not.toMatch(/101 (lugares|places)/);
        expect(words.radio).toMatch(/^CORREC(CIÓN|TION)\. (Ya no es el sábado cinco de|It is no longer on Saturday)/);
        expect(words.radio).not.toMatch(/\d/);
        expect(wordCount(words.radio)).toBeLessThanOrEqual(RADIO_WORDS);
      }
  });

  it("has a radio script of half a minute without a digit", () => {
    const { radio } = specialDayWords(view(aDay()));
    expect(radio).toContain(
      "Consulado móvil: sábado cinco de diciembre, de las ocho de la mañana a la una de la tarde.",
    );
    expect(radio).toContain("Es en Iglesia de Ejemplo, mil diez Virginia Street, Reno.");
    expect(radio).toContain("La cita es gratuita.");
    for (const language of ["es", "en"] as const)
      for (const kind of SPECIAL_KINDS)
        for (const givenOut of ["open", "draw", "short_draw"] as const)
          for (const [state, told] of [
            ["published", null],
            [
              "published",
              { ...TOLD, localDate: "2026-11-28" as LocalDate, startsAt: "2026-11-28T17:00:00Z", venue: null },
            ],
            ["suspended", TOLD],
            ["cancelled", TOLD],
          ] as const)
            for (const venue of [VENUE, null]) {
              const script = specialDayWords(view(aDay({ kind, givenOut, state, told, venue }), { language })).radio;
              expect(wordCount(script), script).toBeLessThanOrEqual(RADIO_WORDS);
              expect(script).not.toMatch(/\d|\.\.|undefined/);
              expect(script).toContain(language === "es" ? "La cita es gratuita." : "Appointments are free.");
            }
  });

  it("is corrected: the word first, then what it was and is, and nothing where nothing changed", () => {
    const SUNDAY = "2026-12-06" as LocalDate;
    const moved = aDay({ revision: 2, told: TOLD, venue: { ...VENUE, name: "Escuela de Ejemplo" } }, SUNDAY);
    const words = specialDayWords(view(moved));
    expect(words.correction).toEqual({
      title: "CORRECCIÓN",
      lines: [
        "Día: sábado 5 de diciembre → domingo 6 de diciembre",
        "Lugar: Iglesia de Ejemplo, 1010 Virginia Street, Reno, NV → Escuela de Ejemplo, 1010 Virginia Street, Reno, NV",
      ],
    });
    expect(sharedText(words, (text) => `*${text}*`)).toMatch(/^\*CORRECCIÓN\*\nDía: /);
    expect(words.radio).toMatch(
      /^CORRECCIÓN\. Ya no es el sábado cinco de diciembre, ni en Iglesia de Ejemplo, Reno\. Consulado móvil: domingo seis/,
    );
    expect(words.stamp).toBe("Versión 2, 22 de noviembre de 2026");
    expect(specialDayWords(view(aDay({ told: TOLD }))).correction).toBeUndefined();
    const later = aDay({ told: { ...TOLD, startsAt: "2026-12-05T17:00:00Z" } });
    expect(specialDayWords(view(later)).correction!.lines.map(plain)).toEqual([
      "Horario: 9:00 a.m.–1:00 p.m. → 8:00 a.m.–1:00 p.m.",
    ]);
  });

  it.each(["suspended", "cancelled"] as const)("tells of a %s day neither date nor place nor why", (state) => {
    const words = specialDayWords(view(aDay({ state, told: { ...TOLD, venue: null } })));
    const text = sharedText(words, (one) => one) + words.radio;
    expect(text).not.toMatch(/diciembre|Iglesia|lugares\.|CORRECCIÓN/);
    expect(text).toContain(state === "suspended" ? "Cambia de lugar o de fecha." : "Esta jornada no se hará.");
    if (state === "suspended") expect(text).toContain("Conserve su folio");
  });

  it("says of a day that is over that it is over", () => {
    const words = specialDayWords(view(aDay(), { now: new Date("2026-12-05T21:00:00Z") }));
    expect(words.when).toBe("Esta jornada ya pasó.");
  });

  it("is a square whose code opens the page, with the correction on top and nothing that runs out of it", async () => {
    const moved = aDay({
      revision: 3,
      told: { ...TOLD, localDate: "2026-11-28" as LocalDate, startsAt: "2026-11-28T17:00:00Z", venue: null },
    });
    for (const [name, day] of [
      ["plain", aDay()],
      ["corrected", moved],
    ] as const) {
      const words = specialDayWords(view(day, { demo: true, askUntil: new Date("2026-11-29T14:00:00Z") }));
      const png = await renderPublicationImage(words);
      const image = readPng(png);
      expect([image.width, image.height]).toEqual([1080, 1080]);
      expect(decodeQR(image)).toBe(words.address);
      const drawing = publicationSvg(words);
      const body = drawing.slice(0, drawing.indexOf('<rect y="800"'));
      expect(Math.max(...[...body.matchAll(/<text[^>]* y="(\d+)"/g)].map(([, y]) => Number(y)))).toBeLessThan(800);
      expect(drawing.includes("CORRECCIÓN")).toBe(name === "corrected");
    }
  });
});

describe("the poster", () => {
  it("is one sheet with the same words and a code of the page", async () => {
    for (const [name, day] of [
      ["plain", aDay()],
      ["corrected", aDay({ revision: 2, told: { ...TOLD, venue: null } })],
    ] as const) {
      const words = specialDayWords(view(day));
      const pdf = await renderSpecialDayPoster(words, "es", new Date("2026-11-22T18:00:00Z"));
      const read = readPdf(pdf);
      expect(read.pages).toBe(1);
      const text = plain(read.page.text).replaceAll(" ", "");
      for (const said of [
        words.headline,
        words.when.split(", ")[0]!,
        ...words.place,
        ...words.lines,
        words.free,
        words.host,
        words.phone,
        words.stamp,
      ])
        expect(text).toContain(plain(said).replaceAll(" ", ""));
      expect(text.includes("CORRECCIÓN")).toBe(name === "corrected");
    }
  });
});
