import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { afterTry, messagesFor, MOST_ATTEMPTS, RETRY_SECONDS, SEND_TIMEOUT_MS, urgencyOf } from "./rules/queue.ts";
import { renderCode, renderNotice, renderSheet, type BookingNotice, type SheetNotice } from "./rules/render.ts";
import { readSheets, sheetOf, sheetSequence } from "./rules/sheets.ts";
import { isOneSms, toGsm } from "./rules/sms.ts";
import type { BookingMessageKind, Language, SenderChannel } from "./types.ts";

// prettier-ignore
const KINDS: BookingMessageKind[] = [
  "confirmed", "moved", "cancelled", "lapsed", "case_ended", "appeal_won", "displaced", "restored",
  "jornada_moved", "jornada_suspended", "reminder_7", "reminder_1", "permission_5",
];
const LANGUAGES: Language[] = ["es", "en"];
const CHANNELS: SenderChannel[] = ["email", "sms", "voice"];
const LINK = `https://citas.example.org/c/${"Ab-_".repeat(12).slice(0, 46)}`;
const { offices } = JSON.parse(readFileSync("db/reference/offices.json", "utf8")) as {
  offices: { zone: string; short_name: Record<Language, string> }[];
};

function aNotice(changes: Partial<BookingNotice> = {}): BookingNotice {
  return {
    kind: "confirmed",
    language: "es",
    startsAt: new Date("2026-12-03T18:30:00Z"),
    zone: "America/Los_Angeles",
    city: "San José",
    folioTail: "B4CD",
    link: LINK,
    origin: "https://citas.example.org",
    daysLeft: 7,
    people: undefined,
    ...changes,
  };
}

const [permission] = (
  JSON.parse(readFileSync("db/reference/services.json", "utf8")) as {
    services: {
      absent_parent?: {
        permission: { where: Record<Language, string> };
      };
    }[];
  }
).services.flatMap((one) => one.absent_parent?.permission ?? []);

function aSheet(language: Language, changes: Partial<SheetNotice> = {}): SheetNotice {
  return {
    language,
    form: "OP-7",
    free: true,
    validDays: 90,
    from: "2026-09-24" as LocalDate,
    where: permission!.where[language],
    link: LINK.replace("/c/", "/h/"),
    origin: "https://citas.example.org",
    ...changes,
  };
}

const everyText = CHANNELS.flatMap((channel) =>
  LANGUAGES.flatMap((language) => [
    ...KINDS.flatMap((kind) =>
      [0, 1, 7].map((daysLeft) => ({
        channel,
        language,
        ...renderNotice(channel, aNotice({ kind, language, daysLeft })),
      })),
    ),
    {
      channel,
      language,
      ...renderCode(channel, { language, digits: "048213", minutes: 10, origin: "https://citas.example.org" }),
    },
    ...(channel === "voice" ? [] : [{ channel, language, ...renderSheet(channel, aSheet(language)) }]),
  ]),
);

describe("the words", () => {
  it("of a confirmation by e-mail are these", () => {
    expect(renderNotice("email", aNotice())).toMatchObject({
      subject: "Su cita del 3 de diciembre",
      text: [
        "Su cita está confirmada.",
        "Día: jueves 3 de diciembre de 2026\nHora: 10:30 a.m. PST (hora del Pacífico)\nCiudad: San José\nSu folio termina en: B4CD",
        `Para ver, cambiar o cancelar su cita, abra esta página:\n${LINK}`,
        "Abrir la página no cambia nada.",
        "La cita es gratuita. Si alguien le cobra por ella, no pague.",
        "Este mensaje es de https://citas.example.org\n",
      ].join("\n\n"),
    });
    expect(renderNotice("email", aNotice({ language: "en" })).subject).toBe("Your appointment on December 3");
  });

  it("of the SMS are these", () => {
    expect(renderNotice("sms", aNotice()).text).toBe(
      `Su cita: jueves 3 de diciembre, 10:30 a.m. PST, San José. Folio ...B4CD. ${LINK}`,
    );
    expect(renderNotice("sms", aNotice({ kind: "reminder_1", daysLeft: 1 })).text).toContain("Su cita es mañana:");
    expect(
      renderCode("sms", { language: "es", digits: "123456", minutes: 10, origin: "https://citas.example.org" }).text,
    ).toBe(
      "Su codigo es 123456. Vale 10 minutos. Nadie del consulado se lo pedira por teléfono. https://citas.example.org",
    );
  });

  it("of an absent parent's sheet say what to sign, where and from which day on, and nothing of the visit", () => {
    expect(renderSheet("email", aSheet("es"))).toMatchObject({
      subject: "Un permiso para firmar",
      text: [
        "Una familia le pide firmar un permiso.",
        [
          "Formato: OP-7",
          "Costo: No cuesta nada y no necesita cita.",
          "Dónde: En cualquier consulado de México. Si está en México, en una oficina de pasaportes.",
          "Firme desde el: 24 de septiembre de 2026",
          "Vale: 90 días desde la firma. Si firma antes, se vence.",
        ].join("\n"),
        "Su nombre debe ser igual al del acta de nacimiento, sin excepción.",
        `La hoja completa está en esta página. Puede imprimirla:\n${LINK.replace("/c/", "/h/")}`,
        "Abrir la página no cambia nada.",
        "Si no sabe de qué se trata, no haga nada.",
        "Este mensaje es de https://citas.example.org\n",
      ].join("\n\n"),
    });
    expect(renderSheet("sms", aSheet("es")).text).toBe(
      `Le piden firmar el permiso OP-7 desde el 24 de septiembre de 2026. Sin costo ni cita: ${LINK.replace("/c/", "/h/")}`,
    );
    expect(renderSheet("email", aSheet("es", { free: false })).text).not.toContain("No cuesta nada");
  });

  it("of the warning say that a paper is missing, that the appointment stands, and not which paper", () => {
    const warning = renderNotice("email", aNotice({ kind: "permission_5", daysLeft: 5 })).text;
    expect(warning.split("\n")[0]).toBe("Falta un papel firmado para su cita.");
    expect(warning).toContain("No tiene que contestar: su cita sigue en pie.");
    expect(warning).toContain("Si no llega a tiempo, puede cambiar el día en esa página.");
    expect(everyText.filter(({ text }) => /permi/.test(text)).length).toBe(4);
  });

  it("of a call can be listened to", () => {
    const spoken = renderNotice("voice", aNotice({ startsAt: new Date("2026-12-03T21:15:00Z") })).text;
    expect(spoken).toContain("Es el jueves 3 de diciembre de 2026, a la 1:15 de la tarde, hora del Pacífico.");
    expect(spoken.match(/Su folio termina en B, 4, C, D\./g)).toHaveLength(2);
    expect(spoken).not.toMatch(/https?:|a\.m\.|PST/);
    expect(
      renderCode("voice", { language: "en", digits: "048213", minutes: 10, origin: "" }).text.match(
        /0, 4, 8, 2, 1, 3/g,
      ),
    ).toHaveLength(2);
  });

  it("of an hour that the office closed say first not to come, and never that it is then", () => {
    const told = CHANNELS.map((channel) => renderNotice(channel, aNotice({ kind: "displaced" })).text);
    for (const text of told) expect(text).toMatch(/No venga a esta hora:/);
    const [mail, , call] = told;
    expect(mail!.split("\n")[0]).toBe("No venga a esta hora: no podremos atenderle. Su cita no se pierde.");
    expect(mail).toContain("Para ver qué puede hacer, abra esta página:");
    expect(call).toContain("Era el jueves 3 de diciembre de 2026, a las 10:30 de la mañana, hora del Pacífico.");
    expect(call).toContain("Era en San José.");
    expect(call).toContain("Para elegir otro día, tenga a la mano su folio.");
    expect(renderNotice("voice", aNotice({ kind: "displaced", language: "en" })).text).toContain("It was on Thursday");
    // The same of whatever is over; what stands, or stands again, is.
    for (const kind of KINDS)
      expect(renderNotice("voice", aNotice({ kind })).text).toMatch(
        ["cancelled", "lapsed", "case_ended", "appeal_won", "displaced", "jornada_suspended"].includes(kind)
          ? /Era el jueves(?!.*Es el)/
          : /Es el jueves(?!.*Era el)/,
      );
  });

  it("of a visit at a venue tell its street in every channel, and that it is not the consulate", () => {
    const venue = { name: "Salón de Ejemplo", street: "1010 Calle Ficticia", city: "Reno", region: "NV" };
    const whole = "Salón de Ejemplo, 1010 Calle Ficticia, Reno, NV";
    for (const kind of ["confirmed", "reminder_1", "moved"] as const) {
      const [mail, sms, call] = CHANNELS.map(
        (channel) => renderNotice(channel, aNotice({ kind, city: venue.city, venue })).text,
      );
      expect(mail).toContain(`Ciudad: Reno\nLugar: ${whole}`);
      expect(mail).toContain("No es en el edificio del consulado.");
      expect(sms).toContain("1010 Calle Ficticia, Reno");
      expect(isOneSms(sms!), sms).toBe(true);
      expect(call).toContain(`Es en ${whole}. No es en el edificio del consulado.`);
    }
    const long = { ...venue, street: "12345 Northwest Martin Luther King Junior Boulevard, Building C, Suite 1200" };
    expect(renderNotice("sms", aNotice({ city: venue.city, venue: long })).text).toContain(long.street);
  });

  it("of an hour that is there again say to come", () => {
    const restored = aNotice({ kind: "restored" });
    expect(renderNotice("sms", restored).text).toMatch(/^Venga a esta hora: jueves 3 de diciembre, 10:30 a\.m\./);
    const mail = renderNotice("email", restored).text;
    expect(mail.split("\n")[0]).toBe("Venga a su hora de antes: ya podemos atenderle.");
    expect(mail).toContain("Para ver, cambiar o cancelar su cita, abra esta página:");
  });

  it("of a special day that moves say to keep the folio, and of one that has no day not to come; why stands nowhere", () => {
    const moved = aNotice({ kind: "jornada_moved" });
    expect(renderNotice("sms", moved).text).toMatch(/^La jornada cambi[oó]: jueves 3 de diciembre, 10:30 a\.m\./);
    expect(renderNotice("email", moved).text).toContain("Conserve su folio.");
    const suspended = aNotice({ kind: "jornada_suspended" });
    expect(renderNotice("sms", suspended).text).toMatch(/^No venga ese d[ií]a: /);
    const call = renderNotice("voice", suspended).text;
    expect(call).toContain("No venga ese día: la jornada cambia de lugar o de fecha. Conserve su folio.");
    expect(call).not.toContain("Es el jueves");
  });

  it("are sentences of at most fifteen words", () => {
    const sentences = everyText.flatMap(({ text }) =>
      text
        .replace(/https?:\/\/\S+/g, "")
        .replace(/\b([ap])\.m\./g, "$1m")
        .split(/[.:?!]\s|\n/),
    );
    expect(
      sentences.filter((sentence) => sentence.split(/[\s,]+/).filter((word) => /\p{L}/u.test(word)).length > 15),
    ).toEqual([]);
  });

  it("frighten nobody and point at nothing vaguely", () => {
    const forbidden =
      /\b(clic|click|aquí|here|sorteo|ganador|denuncia|inasistencia|expira|usuario|solicitante|pasaporte|passport|gratis|garantizamos)\b/i;
    // Where a sheet is signed is an office of passports, as the office's data say it.
    const said = everyText.map(({ subject, text }) => `${subject} ${text.replace(permission!.where.en, "")}`);
    expect(said.filter((text) => forbidden.test(text))).toEqual([]);
  });

  it("carry link, day, hour, city and the end of the folio in whatever is written", () => {
    for (const channel of ["email", "sms"] as const) {
      for (const kind of KINDS) {
        const { text, html } = renderNotice(channel, aNotice({ kind, city: "Fresno" }));
        for (const fact of [LINK, "10:30 a.m. PST", "Fresno", "B4CD"]) expect(text).toContain(fact);
        expect(text).toMatch(/3 de diciembre/);
        if (html !== undefined) expect(html).toContain(LINK);
      }
    }
  });

  it("name people and papers only in the full e-mail", () => {
    const people = [{ name: "Itzel <Ñu>", services: ["Pasaporte", "Matrícula"] }];
    expect(renderNotice("email", aNotice({ people })).text).toContain("Itzel <Ñu>: Pasaporte, Matrícula");
    expect(renderNotice("email", aNotice({ people })).html).toContain("Itzel &#60;Ñu&#62;");
    expect(renderNotice("sms", aNotice({ people })).text).not.toContain("Itzel");
    expect(renderNotice("voice", aNotice({ people })).text).not.toContain("Itzel");
  });

  it("load nothing from anywhere in the HTML", () => {
    for (const { html } of everyText.filter((one) => one.channel === "email"))
      expect(html).not.toMatch(/<img|<script|<link|url\(|src=/);
  });
});

describe("an SMS", () => {
  it("is one message for every office, hour, month and kind, at an address of 34 characters", () => {
    const link = `${"https://citas.example.org".padEnd(34, "x")}/c/${"a".repeat(46)}`;
    const tooLong = offices.flatMap(({ zone, short_name: name }) =>
      LANGUAGES.flatMap((language) =>
        KINDS.flatMap((kind) =>
          ["2026-09-30T23:45:00Z", "2026-12-24T20:30:00Z"]
            .map(
              (at) =>
                renderNotice(
                  "sms",
                  aNotice({ kind, language, zone, city: name[language], link, daysLeft: 1, startsAt: new Date(at) }),
                ).text,
            )
            .filter((text) => !isOneSms(text)),
        ),
      ),
    );
    expect(tooLong).toEqual([]);
    const sheets = LANGUAGES.flatMap((language) =>
      ["2026-09-30", "2026-12-24"].map(
        (from) => renderSheet("sms", aSheet(language, { link, from: from as LocalDate })).text,
      ),
    );
    expect(sheets.filter((text) => !isOneSms(text))).toEqual([]);
  });

  it("keeps the letters that the SMS alphabet has and drops only accents of the others", () => {
    expect(toGsm("Ñandú, mañana, José, pingüino, Á–í “ꞌ”")).toBe("Ñandu, mañana, José, pingüino, A-i ");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => isOneSms(toGsm(text)) || toGsm(text).length > 160),
    );
  });
});

describe("the queue", () => {
  const event = {
    id: "812",
    name: "booking.confirmed",
    officeId: "fresno",
    subjectId: "b1",
    at: new Date("2026-12-01T00:00:00Z"),
    detail: { contactId: "c1" },
  };

  it("knows which events ask for a message", () => {
    const about = { contactId: "c1", officeId: "fresno", subjectId: "b1" };
    expect(messagesFor(event)).toEqual([{ ...about, kind: "confirmed", sequence: 1 }]);
    const detail = { ...event.detail, localDate: "2026-12-03", sheets: "2.1 3.2" };
    expect(messagesFor({ ...event, detail })).toEqual([
      { ...about, kind: "confirmed", sequence: 1 },
      { ...about, kind: "permission_sheet", sequence: 2026120321 },
      { ...about, kind: "permission_sheet", sequence: 2026120332 },
    ]);
    expect(messagesFor({ ...event, name: "booking.moved" })).toMatchObject([{ kind: "moved", sequence: 812 }]);
    expect(messagesFor({ ...event, name: "booking.lapsed" })).toMatchObject([{ kind: "lapsed", sequence: 812 }]);
    expect(messagesFor({ ...event, name: "booking.displaced" })).toMatchObject([{ kind: "displaced", sequence: 812 }]);
    expect(messagesFor({ ...event, name: "booking.restored" })).toMatchObject([{ kind: "restored", sequence: 812 }]);
    expect(messagesFor({ ...event, name: "visits.served" })).toMatchObject([{ kind: "thanks", sequence: 1 }]);
    expect(messagesFor({ ...event, name: "people.code_withheld" })).toEqual([]);
    expect(() => messagesFor({ ...event, detail: {} })).toThrow("names no contact");
  });

  it("knows from its number which parent of whom a sheet is for", () => {
    for (const sheet of [
      { ordinal: 1, parent: 1 },
      { ordinal: 5, parent: 2 },
    ])
      expect(sheetOf(sheetSequence("2026-12-03" as LocalDate, sheet))).toEqual(sheet);
    expect(readSheets("1.2 5.1")).toEqual([
      { ordinal: 1, parent: 2 },
      { ordinal: 5, parent: 1 },
    ]);
    expect(readSheets("")).toEqual([]);
  });

  it("leases for longer than a try may take, and gives up after the last", () => {
    expect(Math.min(...RETRY_SECONDS) * 1_000).toBeGreaterThan(SEND_TIMEOUT_MS);
    const busy = { ok: false, retry: true, code: "smtp_451" } as const;
    expect(afterTry(MOST_ATTEMPTS - 1, busy)).toEqual({ state: "queued", errorCode: "smtp_451" });
    expect(afterTry(MOST_ATTEMPTS, busy)).toEqual({ state: "failed", errorCode: "smtp_451" });
    expect(afterTry(1, { ok: false, retry: false, code: "smtp_550" })).toEqual({
      state: "failed",
      errorCode: "smtp_550",
    });
  });

  it("lets whoever waits for a code go first and reminders last", () => {
    expect((["reminder_7", "moved", "code"] as const).map(urgencyOf)).toEqual([2, 1, 0]);
  });
});
