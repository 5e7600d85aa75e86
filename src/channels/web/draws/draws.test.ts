import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPublishedDraw, openNextDraw, type DrawId, type PublishedDraw } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { aDrawnDemo, fresnoDraws } from "#tests/support/draws.ts";
import { goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { look } from "../public-page.ts";
import { pageDocument } from "../shell.tsx";
import { CSS, htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { drawPage } from "./draw.page.tsx";

/** Most compressed bytes of a page after the first; the verifier loads when it is asked for. */
const NEXT_BYTES = 6 * 1024;
const NOBODY = "00000000-0000-0000-0000-000000000000";

async function wellMade(web: TestWeb, url: string): Promise<string> {
  const reply = await web.get(url);
  expect([url, reply.statusCode]).toEqual([url, 200]);
  expect(reply.headers["cache-control"]).toBe("public, max-age=60");
  expect(reply.headers["set-cookie"]).toBeUndefined();
  expect(await htmlProblems(reply.body)).toEqual([]);
  expect(reply.body).not.toMatch(/<style|style=|\son\w+=|javascript:/i);
  const packed = await web.get(url, { "accept-encoding": "br" });
  expect(packed.rawPayload.length, url).toBeLessThanOrEqual(NEXT_BYTES);
  return reply.body;
}

describe("before anything is drawn", () => {
  let web: TestWeb;
  beforeAll(async () => void (web = await openTestWeb()));
  afterAll(() => web.close());

  it("the list says so, in both languages", async () => {
    const body = await wellMade(web, "/repartos");
    expect(body).toContain("En este momento no hay ningún reparto abierto.");
    expect(body).toContain("Ningún consulado reparte sus lugares por ahora.");
    expect(body).toContain("Todavía no hay repartos anteriores.");
    expect(await wellMade(web, "/en/repartos")).toContain("There are no earlier draws yet.");
  });

  it.each([`/repartos/${NOBODY}`, "/repartos/semana", "/en/repartos/%00"])("%s is a page that says so", async (url) => {
    expect((await web.get(url)).statusCode).toBe(404);
  });
});

describe("a weekly draw", () => {
  let web: TestWeb;
  let draw: DrawId;
  beforeAll(async () => {
    web = await openTestWeb(async (services) => {
      await fresnoDraws(services);
      draw = (await openNextDraw(systemContext(services, "test"), "weekly"))!;
      await someRequests(services, 12);
    });
  });
  afterAll(() => web.close());

  it("that is open tells its hours on every clock of the network, and no number of who asked so far", async () => {
    const list = await wellMade(web, "/repartos");
    expect(list).toContain("Se cierra, para todos a la misma hora: <b>domingo, 29 de noviembre, 8:00");
    expect(list).toContain("hora del Pacífico");
    expect(list).toContain("domingo, 29 de noviembre, 6:00");
    expect(list).toContain('<a href="/oficinas/fresno">Fresno</a>');
    expect(list).toContain("del lunes, 30 de noviembre, 12:00");
    const page = await wellMade(web, `/repartos/${draw}`);
    expect(page).toContain("Todavía se puede pedir lugar.");
    expect(page).toContain("Los números se publican cuando se cierra, nunca antes.");
    expect(page).toContain("Se podrá comprobar cuando salga el resultado.");
    expect(page.slice(page.indexOf("<main"))).not.toContain("12</");
    expect(page).not.toContain("data-check");
  });

  it("that is locked tells how many asked, and when the result comes", async () => {
    await goOn(web.services, HOURS.lock);
    const page = await wellMade(web, `/repartos/${draw}`);
    expect(page).toContain("La lista ya está fija. Resultado: domingo, 29 de noviembre, 8:30");
    expect(page).toContain("<dt>Solicitudes</dt><dd>12</dd>");
    expect(page).toContain("Fresno");
  });

  it("that was drawn keeps its rows until thirty days after its last day, and offers what is published to the verifier", async () => {
    await goOn(web.services, HOURS.round);
    const page = await wellMade(web, `/repartos/${draw}`);
    expect(page).toContain("Alcanzaron lugar 8 de 12 solicitudes.");
    expect(page).toContain("<dd>8 de 8</dd>");
    expect(page).toContain("Desde el 16 de febrero de 2027.");
    expect(page).toContain(`data-published="/open/v1/draws/${draw}/documents.jsonl"`);
    expect(page).not.toContain("replay.jsonl");
    // Of eight and four families nobody is told by office.
    expect(page).toContain("no se publica");
    expect(page).not.toContain("(67 %)");
    expect(await wellMade(web, "/repartos")).toContain(
      `<a href="/repartos/${draw}">Reparto del 29 de noviembre de 2026`,
    );
  });

  it("has its second round beside it", async () => {
    const page = await wellMade(web, `/repartos/${draw}`);
    const second = /<a href="(\/repartos\/[0-9a-f-]+)">Ver la segunda vuelta/.exec(page)![1]!;
    expect(await wellMade(web, second)).toContain("Aquí se reparten los lugares que otras familias no usarán.");
  });
});

describe("a demonstration", () => {
  let web: TestWeb;
  let draw: DrawId;
  beforeAll(async () => {
    web = await openTestWeb(async (services) => {
      draw = await aDrawnDemo(services, { households: 40 });
    });
  });
  afterAll(() => web.close());

  it("is published whole at once, and says that nobody outside can check its number", async () => {
    const page = await wellMade(web, `/repartos/${draw}`);
    expect(page).toContain("Reparto de demostración del");
    expect(page).toContain("Este reparto no se puede comprobar públicamente");
    expect(page).toContain(`documents.jsonl /open/v1/draws/${draw}/replay.jsonl"`);
    expect(page).toContain("node dist/verify.js documents.jsonl replay.jsonl");
    // Forty asked on the page, so that this number may be told.
    expect(page).toMatch(
      /<th scope="row">Fresno<\/th><td>Todos los demás<\/td><td>[^<]+<\/td><td class="num">40<\/td>/,
    );
    expect(await wellMade(web, `/en/repartos/${draw}`)).toContain("This draw cannot be checked publicly");
  });

  it("stays light with every office of the network in it", async () => {
    const seen = await look({ ...web, assets: { css: CSS }, demo: false }, "es");
    const published = (await findPublishedDraw(web.services, draw))!;
    const offices = seen.network.offices.map(({ id }) => id);
    const numbers = { served: 1234, waiting: 4321 };
    const whole: PublishedDraw = {
      ...published,
      places: offices.map((office, i) => ({ office, places: 3000 + 7 * i, given: 2900 + i })),
      households: offices.map((office) => ({ office, ...numbers })),
      manifest: {
        ...published.manifest!,
        counts: offices.flatMap((office, i) =>
          ([1, 2, 3] as const).map((tier) => ({ office, tier, channel: "web", entries: 10 + 97 * i * tier })),
        ),
      },
    };
    const page = drawPage({ seen, published: whole, now: web.services.clock.now(), verifier: "/assets/verify.js" });
    const html = pageDocument({ assets: { css: CSS } }, page);
    expect(html.match(/<tr>/g)!.length).toBeGreaterThan(59 + 120);
    expect(brotliCompressSync(html).length).toBeLessThanOrEqual(NEXT_BYTES);
  });
});
