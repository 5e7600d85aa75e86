import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getNetwork, type Network } from "#modules/offices/index.ts";
import { getReleases } from "#channels/common/release-calendar.ts";
import { publicationSvg } from "#channels/documents/publication-image.ts";
import { openNextDraw } from "#modules/allocation/index.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import { systemContext } from "#platform/context.ts";
import { aSaturday, fresnoDraws } from "#tests/support/draws.ts";
import { LANGUAGES } from "../texts/texts.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { wordCount } from "#channels/documents/special-day.ts";
import { publicationsOf, sharedText, wordsOf, type Publication } from "./publication.ts";

const NEXT_BYTES = 6 * 1024;
/** Half a minute at the pace of a radio voice. */
const RADIO_WORDS = 75;
const SATURDAY = "2026-12-05" as LocalDate;
const DAY = `/oficinas/fresno/publicacion/dia-${SATURDAY}`;
const DRAW = "/oficinas/fresno/publicacion/reparto-2026-11-23";

let web: TestWeb;
let network: Network;
beforeAll(async () => {
  web = await openTestWeb(async (services) => {
    await aSaturday(services, SATURDAY);
    await fresnoDraws(services);
    await openNextDraw(systemContext(services, "test"), "weekly");
  });
  network = await getNetwork(web.services);
});
afterAll(() => web.close());

const free = { es: "La cita es gratuita.", en: "Appointments are free." };

describe("the calendar of an office", () => {
  it("stands on its page in its own hours, with what follows", async () => {
    const { body } = await web.get("/oficinas/fresno");
    const section = body.slice(body.indexOf("Cuándo salen lugares"), body.indexOf("Horario"));
    expect(section).toContain("<b>domingo, 29 de noviembre, 6:00");
    expect(section).toContain("</b>: Último momento para pedir lugar");
    expect(section).toMatch(/<b>sábado, 5 de diciembre<\/b>: Sábado de citas, de 8:00.*? a 1:00/);
    // Sixteen and twenty-two hours UTC, in winter on the Pacific.
    expect(section).toMatch(/Todos los días, a las 8:00.a\.m\. y 2:00.p\.m\., vuelven/);
    expect(section).toContain('href="/oficinas/fresno/calendario.ics"');
    expect(section).toContain('href="/repartos"');
  });

  it("of an office that gives its places at once has no draw in it", async () => {
    const { body } = await web.get("/oficinas/boise");
    const section = body.slice(body.indexOf("Cuándo salen lugares"), body.indexOf("Horario"));
    expect(section).toContain("vuelven los lugares que otras personas dejaron");
    expect(section).not.toContain("Último momento para pedir lugar");
    expect(section).not.toContain('href="/repartos"');
  });

  it("is a file with one entry for each moment, in the office's zone, with ids that stay", async () => {
    const read = async (url: string) => {
      const reply = await web.get(url);
      expect(reply.headers["content-type"]).toBe("text/calendar; charset=utf-8");
      return reply.body.replace(/\r\n /g, "").split("\r\n");
    };
    const lines = await read("/oficinas/fresno/calendario.ics");
    const uids = lines.filter((line) => line.startsWith("UID:"));
    expect(uids).toEqual([
      ...["opens", "locks", "result", "second"].slice(1).map((what) => `UID:draw-2026-11-23-${what}@localhost`),
      ...["opens", "locks", "result", "second"].map((what) => `UID:draw-2026-11-30-${what}@localhost`),
      ...["opens", "locks", "result", "second"].map((what) => `UID:draw-2026-12-07-${what}@localhost`),
      "UID:return-16@localhost",
      "UID:return-22@localhost",
      "UID:day-fresno-2026-12-05@localhost",
    ]);
    expect(lines).toContain("DTSTART;TZID=America/Los_Angeles:20261129T180000");
    expect(lines).toContain("DTEND;TZID=America/Los_Angeles:20261205T130000");
    expect(lines.filter((line) => line === "RRULE:FREQ=DAILY")).toHaveLength(2);
    web.services.clock.advance(5 * MINUTE_MS);
    const later = await read("/en/oficinas/fresno/calendario.ics");
    expect(later.filter((line) => line.startsWith("UID:"))).toEqual(uids);
    expect(later).toContain("SUMMARY:Last moment to ask for a place in this draw");
  });
});

describe("what an office may send out", () => {
  it.each(["/oficinas/fresno/publicacion", DAY, DRAW, `${DAY}/cartel`, `${DRAW}/cartel`])(
    "%s is a page in both languages",
    async (path) => {
      for (const url of [path, `/en${path}`]) {
        const { statusCode, body } = await web.get(url);
        expect([url, statusCode]).toEqual([url, 200]);
        expect(await htmlProblems(body)).toEqual([]);
        expect(body).toContain('content="noindex"');
        const packed = await web.get(url, { "accept-encoding": "br" });
        expect(packed.rawPayload.length, url).toBeLessThanOrEqual(NEXT_BYTES);
        if (path === "/oficinas/fresno/publicacion") continue;
        expect(body).toContain(url.startsWith("/en") ? free.en : free.es);
      }
    },
  );

  it("tells of a special day its hours, its places and how they are given out", async () => {
    const { body } = await web.get(DAY);
    expect(body).toContain("Sábado de citas en Fresno");
    expect(body).toContain("80 lugares de 15 minutos.");
    expect(body).toMatch(/El consulado atiende el sábado, 5 de diciembre, de 8:00.a\.m\. a 1:00.p\.m\./);
    expect(body).toContain("Saque su cita desde hoy.");
    expect(body).toContain("Demostración: los datos son inventados.");
  });

  it("tells of a draw until when to ask, and the places that are planned for it", async () => {
    const { body } = await web.get(DRAW);
    expect(body).toContain("Reparto de citas en Fresno");
    expect(body).toMatch(/Pida su lugar antes del domingo, 29 de noviembre, 6:00.p\.m\./);
    expect(body).toContain("8 lugares de 15 minutos.");
    expect((await web.get("/oficinas/fresno/publicacion/reparto-2026-11-30")).body).not.toContain("lugares de");
  });

  it("counts the places of a draw once a minute, whoever asks for how many forms", async () => {
    const { database } = web.services;
    const { reading } = database;
    let counted = 0;
    web.services.clock.advance(MINUTE_MS);
    await web.get("/oficinas/fresno/publicacion");
    database.reading = (role, work) => ((counted += 1), reading(role, work));
    try {
      for (const path of [DRAW, `/en${DRAW}`, `${DRAW}/cartel`]) expect((await web.get(path)).statusCode).toBe(200);
      expect(counted).toBe(1);
      web.services.clock.advance(MINUTE_MS);
      await web.services.adminQuery(
        "update schedules.places set state = 'withdrawn' where pool = 'draw' and counter = 1",
      );
      expect((await web.get(DRAW)).body).not.toContain("8 lugares de 15 minutos.");
    } finally {
      database.reading = reading;
    }
  });

  it("changes everywhere when the day does", async () => {
    await web.services.adminQuery(
      "update schedules.sessions set starts_at = starts_at + interval '1 hour' where kind = 'saturday'",
    );
    web.services.clock.advance(MINUTE_MS);
    for (const path of [DAY, `${DAY}/cartel`]) expect((await web.get(path)).body).toMatch(/de 9:00.a\.m\. a 1:00/);
    const { body } = await web.get("/oficinas/fresno/calendario.ics");
    expect(body).toContain("DTSTART;TZID=America/Los_Angeles:20261205T090000");
  });

  it("is a square picture, sent once", async () => {
    const picture = await web.get(`${DRAW}/imagen.png`);
    expect(picture.headers["content-type"]).toBe("image/png");
    // Width and height stand in the header of a PNG.
    expect([picture.rawPayload.readUInt32BE(16), picture.rawPayload.readUInt32BE(20)]).toEqual([1080, 1080]);
    expect(picture.rawPayload.length).toBeLessThan(80 * 1024);
    const again = await web.get(`${DRAW}/imagen.png`, { "if-none-match": String(picture.headers.etag) });
    expect(again.statusCode).toBe(304);
  });

  it.each(["/oficinas/atlantis/publicacion", "/oficinas/atlantis/calendario.ics", `${DAY}1`, `${DAY}1/imagen.png`])(
    "%s is nothing",
    async (url) => expect((await web.get(url)).statusCode).toBe(404),
  );

  it("says in every form and of every office that it is free, and fits half a minute of radio", async () => {
    const { draws } = await getReleases(web.services);
    const groups: ServiceGroup[] = ["documentacion", "registro_civil", "fe_publica"];
    const now = web.services.clock.now();
    const session = { kind: "on_wheels", localDate: SATURDAY, startsAt: now, endsAt: now, sessions: [] } as const;
    let counted = 0;
    for (const office of network.offices) {
      const all: Publication[] = [
        ...draws.map((draw) => ({ what: "a", office, kind: "draw" as const, draw, groups })),
        ...[true, false].map((drawn) => ({
          what: "b",
          office,
          kind: "day" as const,
          day: { ...session, officeId: office.id, drawn },
          groups,
        })),
      ];
      for (const publication of all)
        for (const language of LANGUAGES) {
          const places = [{ stepMinutes: 15, places: 1200 }];
          const about = { language, now, network, publicOrigin: "https://citas.example.org", demo: false, places };
          const words = wordsOf(publication, about);
          expect(wordCount(words.radio), words.radio).toBeLessThanOrEqual(RADIO_WORDS);
          const address = "https://citas.example.org/oficinas/fresno";
          const drawing = publicationSvg({ ...words, service: "Citas", address });
          expect(words.radio + words.when + words.lines.join(" ")).not.toContain("..");
          for (const text of [words.radio, drawing, sharedText(words, address, (bold) => bold)])
            expect(text).toContain(free[language]);
          // Nothing runs out of the square or into its foot.
          const lowest = Math.max(
            ...[...drawing.slice(0, drawing.indexOf('<rect y="800"')).matchAll(/ y="(\d+)"/g)].map(([, y]) =>
              Number(y),
            ),
          );
          expect(lowest, words.headline).toBeLessThan(800);
          counted += 1;
        }
    }
    expect(counted).toBe(network.offices.length * 5 * 2);
  });

  it("offers nothing that is over", async () => {
    const office = network.officeById.get("fresno")!;
    const releases = await getReleases(web.services);
    const after = publicationsOf(releases, office, new Date("2026-11-30T02:00:00Z"));
    expect(after.map(({ what }) => what)).not.toContain("reparto-2026-11-23");
  });
});
