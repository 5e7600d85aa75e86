import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderRequest, type RequestTold } from "./render-request.ts";
import { isOneSms } from "./sms.ts";
import type { Language, RequestMessageKind } from "../types.ts";

const KINDS: readonly RequestMessageKind[] = [
  "request_filed",
  "request_offered",
  "request_waiting",
  "request_identity",
];
const LANGUAGES = ["es", "en"] as const;
const CHANNELS = ["email", "sms", "voice"] as const;

const { offices } = JSON.parse(readFileSync("db/reference/offices.json", "utf8")) as {
  offices: { zone: string; short_name: Record<Language, string> }[];
};

const told = (change: Partial<RequestTold> = {}): RequestTold => ({
  kind: "request_offered",
  language: "es",
  at: new Date("2026-12-14T17:00:00Z"),
  answersBy: new Date("2026-12-03T02:00:00Z"),
  passesOn: false,
  zone: "America/Los_Angeles",
  city: "Fresno",
  numberTail: "4CD7",
  link: `${"https://citas.example.org".padEnd(34, "x")}/s/${"a".repeat(46)}`,
  origin: "https://citas.example.org",
  ...change,
});

describe("a message of a request", () => {
  it("of a place says day, hour, city, until when to answer, and that silence keeps it", () => {
    const { subject, text } = renderRequest("email", told());
    expect(subject).toBe("Su solicitud de cita");
    for (const line of [
      "Le tocó lugar.",
      "Día: lunes 14 de diciembre de 2026",
      "Hora: 9:00 a.m. PST (hora del Pacífico)",
      "Ciudad: Fresno",
      "Conteste antes del: miércoles 2 de diciembre de 2026, 6:00 p.m. PST (hora del Pacífico)",
      "Si no contesta, su lugar sigue siendo suyo.",
      "Abrir la página no cambia nada.",
    ])
      expect(text).toContain(line);
  });

  it("without a place tells the next result, or that there is nothing to do while none is announced", () => {
    const { text } = renderRequest("email", told({ kind: "request_waiting", answersBy: undefined }));
    expect(text).toContain("Resultado siguiente: lunes 14 de diciembre de 2026");
    const alone = renderRequest("email", told({ kind: "request_waiting", answersBy: undefined, at: undefined }));
    expect(alone.text).not.toContain("Resultado");
    expect(alone.text).toContain("No tiene que hacer nada.");
  });

  it("never speaks of luck, prizes or winners, and says it is free in every e-mail", () => {
    for (const kind of KINDS)
      for (const language of LANGUAGES)
        for (const channel of CHANNELS) {
          const { text, html = "", subject = "" } = renderRequest(channel, told({ kind, language }));
          expect(`${subject} ${text} ${html}`).not.toMatch(/sorteo|ganador|suerte|premio|lottery|winner|luck|prize/i);
          if (channel === "email") expect(text).toMatch(/gratuita|free/);
        }
  });

  it("is one SMS for every office, hour and kind, at an address of 34 characters", () => {
    const tooLong = offices.flatMap(({ zone, short_name: city }) =>
      LANGUAGES.flatMap((language) =>
        KINDS.flatMap((kind) =>
          ["2026-09-30T23:45:00Z", "2026-12-24T20:30:00Z"]
            .map(
              (at) => renderRequest("sms", told({ kind, language, zone, city: city[language], at: new Date(at) })).text,
            )
            .filter((text) => !isOneSms(text)),
        ),
      ),
    );
    expect(tooLong).toEqual([]);
  });

  it("of a place of tomorrow says until when, and that silence gives it to another family and costs nothing", () => {
    const soon = told({
      at: new Date("2026-12-14T17:00:00Z"),
      answersBy: new Date("2026-12-13T18:15:00Z"),
      passesOn: true,
    });
    const { text } = renderRequest("email", soon);
    expect(text).toContain("Conteste antes del: domingo 13 de diciembre de 2026, 10:15 a.m. PST (hora del Pacífico)");
    expect(text).toContain("Si no contesta antes, el lugar pasa a otra familia. No pierde nada");
    expect(text).not.toContain("sigue siendo suyo");
    expect(renderRequest("sms", soon).text).toMatch(/^Le toc. lugar: .*Fresno\. Conteste antes: 10:15 ?a\.?m\.? https/);
    expect(renderRequest("voice", soon).text).toContain("el lugar pasa a otra familia");
    const tooLong = offices.flatMap(({ zone, short_name: city }) =>
      LANGUAGES.map((language) => renderRequest("sms", { ...soon, language, zone, city: city[language] }).text).filter(
        (sms) => !isOneSms(sms),
      ),
    );
    expect(tooLong).toEqual([]);
  });

  it("without an announced result promises none in an SMS", () => {
    const filed = (at: Date | undefined) => renderRequest("sms", told({ kind: "request_filed", at })).text;
    expect(filed(undefined)).toMatch(/^Solicitud recibida. Solicitud \.\.\.4CD7\. https/);
    expect(filed(told().at)).toMatch(/^Solicitud recibida. Resultado: 14 dic, 9:00 a.m. PST. Solicitud/);
  });

  it("tells a voice until when, on which clock, and how to answer", () => {
    const { text } = renderRequest("voice", told());
    expect(text).toContain(
      "Puede contestar hasta el miércoles 2 de diciembre de 2026, a las 6:00 de la tarde, hora del Pacífico.",
    );
    expect(text).toContain("Conteste en la página de citas");
    const english = renderRequest("voice", told({ language: "en" })).text;
    expect(english).toContain(
      "You can answer until Wednesday, December 2, 2026, at 6:00 in the afternoon, Pacific Time.",
    );
    expect(english).toContain("Answer on the appointments page");
  });

  it("is said twice by a voice, with no address that nobody can hear", () => {
    const { text } = renderRequest("voice", told());
    expect(text.match(/Es el lunes 14 de diciembre de 2026, a las 9:00 de la mañana/g)).toHaveLength(2);
    expect(text).not.toContain("https");
  });
});
