import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import type { DayMessageKind, Language, SenderChannel } from "../types.ts";
import { renderDay, type DayNotice } from "./render-day.ts";
import { isOneSms } from "./sms.ts";

const KINDS: DayMessageKind[] = ["day_suspended", "day_resumed", "day_hour"];
const LANGUAGES: Language[] = ["es", "en"];
const CHANNELS: SenderChannel[] = ["email", "sms", "voice"];
const { offices } = JSON.parse(readFileSync("db/reference/offices.json", "utf8")) as {
  offices: { zone: string; short_name: Record<Language, string> }[];
};

function aNotice(changes: Partial<DayNotice> = {}): DayNotice {
  return {
    kind: "day_suspended",
    language: "es",
    at: new Date("2026-12-03T20:00:00Z"),
    zone: "America/Los_Angeles",
    city: "San José",
    folioTail: "B4CD",
    returnUntil: "2026-12-24" as LocalDate,
    link: `https://citas.example.org/c/${"Ab-_".repeat(12).slice(0, 46)}`,
    origin: "https://citas.example.org",
    ...changes,
  };
}

describe("the words of a day that goes wrong", () => {
  it("say first what to do, then when the next news comes, and until when to come without an appointment", () => {
    const { subject, text } = renderDay("email", aNotice());
    expect(subject).toBe("Su cita del 3 de diciembre");
    expect(text.split("\n\n").slice(0, 4)).toEqual([
      "No salga de casa todavía: por ahora no podemos atenderle.",
      "Día: jueves 3 de diciembre de 2026\nPróxima noticia: 12:00 p.m. PST (hora del Pacífico)\nCiudad: San José\nSu folio termina en: B4CD",
      "Si hoy no puede, venga sin cita hasta el 24 de diciembre de 2026.",
      "Le atendemos antes de quienes llegan sin cita.",
    ]);
    expect(renderDay("sms", aNotice({ link: "https://citas.example.org/c/x" })).text).toBe(
      "No salga de casa todavia. Noticias: 12:00 p.m. PST, San José. Otro dia sin cita: hasta el 24 dic. Folio ...B4CD. https://citas.example.org/c/x",
    );
    expect(renderDay("email", aNotice({ kind: "day_resumed" })).text.split("\n")[0]).toBe(
      "Ya podemos atenderle: puede venir hoy.",
    );
  });

  it("of a visit at a venue tell its street, and not the consulate's town", () => {
    const venue = { name: "Salón de Ejemplo", street: "1010 Calle Ficticia", city: "Reno", region: "NV" };
    const at = aNotice({ city: venue.city, venue, link: "https://citas.example.org/c/x" });
    expect(renderDay("email", at).text).toContain("Salón de Ejemplo, 1010 Calle Ficticia, Reno, NV");
    expect(renderDay("sms", at).text).toContain("1010 Calle Ficticia, Reno");
  });

  it("of another hour name that hour, and say that place and folio stay", () => {
    const { text } = renderDay("email", aNotice({ kind: "day_hour", at: new Date("2026-12-03T22:20:00Z") }));
    expect(text).toContain("Venga a esta hora: 2:20 p.m. PST (hora del Pacífico)");
    expect(text).toContain("Su lugar y su folio no cambian.");
    expect(text).not.toContain("24 de diciembre");
    const own = aNotice({ kind: "day_hour", own: true });
    expect(renderDay("email", own).text.split("\n")[0]).toBe(
      "Venga a su hora de antes: ya podemos atenderle entonces.",
    );
    expect(renderDay("sms", own).text).toMatch(/^Hoy venga a su hora de antes: 12:00 p\.m\. PST/);
    const spoken = renderDay("voice", aNotice({ kind: "day_hour", at: new Date("2026-12-03T21:20:00Z") })).text;
    expect(spoken.match(/Venga hoy a la 1:20 de la tarde\./g)).toHaveLength(2);
    expect(spoken).not.toMatch(/https?:|p\.m\.|PST/);
  });

  it("are sentences of at most fifteen words that tell nothing of the visit", () => {
    const texts = CHANNELS.flatMap((channel) =>
      LANGUAGES.flatMap((language) => KINDS.map((kind) => renderDay(channel, aNotice({ kind, language })).text)),
    );
    const sentences = texts.flatMap((text) =>
      text
        .replace(/https?:\/\/\S+/g, "")
        .replace(/\b([ap])\.m\./g, "$1m")
        .split(/[.:?!]\s|\n/),
    );
    const tooLong = sentences.filter((one) => one.split(/[\s,]+/).filter((word) => /\p{L}/u.test(word)).length > 15);
    expect(tooLong).toEqual([]);
    expect(
      texts.filter((text) => /pasaporte|passport|matr[ií]cula|sistema|system|clic|aquí|here\b/i.test(text)),
    ).toEqual([]);
  });

  it("are one SMS for every office, hour and kind, at an address of 34 characters", () => {
    const link = `${"https://citas.example.org".padEnd(34, "x")}/c/${"a".repeat(46)}`;
    const texts = offices.flatMap(({ zone, short_name: name }) =>
      LANGUAGES.flatMap((language) =>
        KINDS.flatMap((kind) =>
          ["2026-12-24T20:30:00Z"].map(
            (at) =>
              renderDay("sms", aNotice({ kind, language, zone, city: name[language], link, at: new Date(at) })).text,
          ),
        ),
      ),
    );
    expect(texts.filter((text) => !isOneSms(text))).toEqual([]);
  });
});
