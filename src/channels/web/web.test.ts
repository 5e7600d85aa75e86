import { brotliCompressSync, brotliDecompressSync, gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "./web.fixtures.ts";

/** Most compressed bytes of a first visit, styles included, and of each page after it. */
const COLD_BYTES = 15 * 1024;
const NEXT_BYTES = 6 * 1024;

const PAGES = [
  "/",
  "/oficinas",
  "/oficinas/fresno",
  "/oficinas/toronto",
  "/oficinas/fresno/corregir",
  "/tramites",
  "/tramites/pasaporte-adulto",
  "/tramites/pasaporte-menor-3-a-17",
  "/tramites/registro-nacimiento",
  "/tramites/ventanilla-salud",
  "/tramites/proteccion-consulta",
  "/repartos",
  "/jornadas",
  "/opinion/hoja",
  "/privacidad",
  "/emergencia",
  "/oficial",
  "/buscar",
  "/buscar?lugar=93701",
  "/buscar?lugar=springfield&tramite=pasaporte-adulto",
  "/buscar?lugar=H3A+1V4",
  "/buscar?lugar=xyzzyx",
  "/buscar?lugar=",
];
const inBoth = PAGES.flatMap((path) => [path, path === "/" ? "/en" : `/en${path}`]);

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(async (services) => {
    await aSession(services, {});
    await aSession(services, { localDate: "2026-12-04" as LocalDate, steps: 1, counters: 1 });
    await aSession(services, { group: "visas", localDate: "2026-12-07" as LocalDate });
    await aSession(services, { officeId: "toronto" as OfficeId, zone: "America/Toronto", steps: 10 });
  });
});
afterAll(() => web.close());

describe.each(inBoth)("%s", (url) => {
  it("is a valid page in its language, for everybody alike", async () => {
    const reply = await web.get(url);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(reply.headers["cache-control"]).toBe("public, max-age=60");
    expect(reply.headers["set-cookie"]).toBeUndefined();
    expect(reply.body).toContain(`<html lang="${url.startsWith("/en") ? "en" : "es"}">`);
    expect(/<title>(.*?)<\/title>/.exec(reply.body)?.[1]?.length).toBeGreaterThan(20);
    expect(await htmlProblems(reply.body)).toEqual([]);
  });

  it("needs no script and carries no style of its own", async () => {
    const { body } = await web.get(url);
    expect(body.replaceAll(/<script type="application\/ld\+json">.*?<\/script>/gs, "")).not.toContain("<script");
    expect(body).not.toMatch(/<style|style=|\son\w+=|javascript:/i);
  });

  it("fits the budget of bytes", async () => {
    const reply = await web.get(url, { "accept-encoding": "br" });
    expect(reply.headers["content-encoding"]).toBe("br");
    expect(reply.rawPayload.length).toBeLessThanOrEqual(NEXT_BYTES);
  });
});

describe("a first visit", () => {
  it("costs a cheap phone little, styles included", async () => {
    const styles = await build({ entryPoints: ["src/ui/styles/main.css"], bundle: true, minify: true, write: false });
    const css = brotliCompressSync(styles.outputFiles[0]!.contents).length;
    const pages = await Promise.all(inBoth.map((url) => web.get(url, { "accept-encoding": "br" })));
    expect(Math.max(...pages.map((page) => page.rawPayload.length)) + css).toBeLessThanOrEqual(COLD_BYTES);
  });
});

describe("how pages travel", () => {
  it("compressed as the browser takes them, always the same text", async () => {
    const plain = await web.get("/oficinas/fresno");
    const br = await web.get("/oficinas/fresno", { "accept-encoding": "gzip, deflate, br" });
    const gzip = await web.get("/oficinas/fresno", { "accept-encoding": "gzip, br;q=0" });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.headers.vary).toBe("accept-encoding");
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
  });

  it("not again when the browser has them", async () => {
    const { headers } = await web.get("/tramites");
    const again = await web.get("/tramites", { "if-none-match": String(headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe("");
    expect((await web.get("/tramites", { "if-none-match": '"other"' })).statusCode).toBe(200);
  });

  it("made anew when the picture of the places changes", async () => {
    const before = await web.get("/oficinas/boise");
    expect(before.body).toContain("todavía no publica sus días");
    await aSession(web.services, { officeId: "boise" as OfficeId, zone: "America/Boise" });
    expect((await web.get("/oficinas/boise")).body).toBe(before.body);
    await web.snapshot.refresh();
    expect((await web.get("/oficinas/boise")).body).toContain("jueves, 3 de diciembre");
  });
});

describe("the home page", () => {
  it("says at home and at the start the same of what is asked, who sees it and when it is erased", async () => {
    const said = async (url: string) =>
      /<ul><li>Pedimos los nombres.*?<\/ul>/s.exec((await web.app.inject({ url })).body)?.[0] ?? url;
    expect(await said("/cita")).toContain("13 meses");
    expect(await said("/cita")).toBe(await said("/"));
  });

  it("names danger first, and one address", async () => {
    const { body } = await web.get("/");
    const main = body.slice(body.indexOf("<main"));
    expect(main.indexOf('href="tel:+15206237874"')).toBeLessThan(main.indexOf("<h1"));
    expect(main).toContain("<b>localhost:8080</b>");
    expect(main).toContain("No preguntamos su situación migratoria.");
    expect(body).toContain('<link rel="canonical" href="http://localhost:8080/"/>');
    expect(body).toContain('content="La cita es gratuita. Aquí se saca, se cambia y se cancela."');
  });

  it("keeps the page when the language changes", async () => {
    expect((await web.get("/oficinas/fresno")).body).toContain('<a href="/en/oficinas/fresno" lang="en"');
    expect((await web.get("/en/buscar?lugar=93701")).body).toContain('<a href="/buscar?lugar=93701" lang="es"');
  });
});

describe("an office", () => {
  it("tells its days with what is left of them, and leads into the booking", async () => {
    const { body } = await web.get("/oficinas/fresno");
    expect(body).toContain("El primer día con lugares es el jueves, 3 de diciembre.");
    expect(body).toMatch(/<a href="\/cita\?oficina=fresno&amp;dia=2026-12-03"><time dateTime="2026-12-03">/);
    expect(body).toContain("Visas: desde el lunes, 7 de diciembre");
  });

  it("marks what was invented for a demonstration", async () => {
    const { body } = await web.get("/oficinas/fresno");
    expect(body).toMatch(/Dato inventado/);
    expect(body).not.toMatch(/"telephone"|"streetAddress"/);
    expect((await web.get("/oficinas/san-diego")).body).toMatch(/"telephone"/);
  });

  it("says what to do about a fact that nobody confirmed", async () => {
    await web.services.adminQuery("delete from offices.facts where office_id = 'yuma'");
    web.services.clock.advance(61_000);
    await expect
      .poll(async () => (await web.get("/oficinas/yuma")).body)
      .toContain("Estamos confirmando la dirección exacta. Llame antes de viajar.");
    const { body } = await web.get("/oficinas/yuma");
    expect(body).toContain("Estamos confirmando el horario.");
    expect(body).toContain("map_action=map");
    expect(body).toContain('href="tel:+14243090009"');
  });
});

describe("a service", () => {
  it("tells the fee of the year, the papers and what to do when a parent cannot come", async () => {
    const { body } = await web.get("/tramites/pasaporte-menor-3-a-17");
    expect(body).toContain("US$\u00a0101");
    expect(body).toContain("Costo en 2026");
    expect(body).toContain("OP-7");
    expect(body).toContain("<b>90 días</b>");
    expect(body).toContain("/cita?tramite=pasaporte-menor-3-a-17");
    expect(body).toContain("jueves, 3 de diciembre");
  });

  it("does not offer to book what has no appointments", async () => {
    expect((await web.get("/tramites/ventanilla-salud")).body).not.toContain("/cita?tramite");
  });
});

describe("the nearest offices", () => {
  it("come by postal code and by city, with both measures", async () => {
    const { body } = await web.get("/buscar?lugar=93701");
    expect(body).toMatch(/Fresno<\/a><\/h3><p>\d+ millas? \(\d+ km\)/);
    expect((await web.get("/en/buscar?lugar=Toronto")).body).toMatch(/Toronto<\/a><\/h3><p>\d+ km \(\d+ miles?\)/);
  });

  it("say what is wrong and keep what was typed", async () => {
    const { body } = await web.get("/buscar?lugar=%3Cb%3Exyzzyx");
    expect(body).toContain('role="alert"');
    expect(body).toContain("No encontramos ese lugar.");
    expect(body).toContain('value="&lt;b&gt;xyzzyx"');
    expect(body).toMatch(/<title>Error: /);
  });
});

describe("a form of another site", () => {
  it.each(["/cita", "/en/cita/revisar"])("is refused at %s with a page that says what to do", async (url) => {
    for (const foreign of [{ origin: "https://elsewhere.example" }, { "sec-fetch-site": "cross-site" }]) {
      const reply = await web.app.inject({ method: "POST", url, headers: { accept: "text/html", ...foreign } });
      expect([reply.statusCode, reply.headers["content-type"]]).toEqual([403, "text/html; charset=utf-8"]);
      expect(reply.headers["cache-control"]).toBe("no-store");
      expect(reply.body).toContain(url.startsWith("/en") ? "comes from another site" : "viene de otro sitio");
      expect(reply.body).toContain(url.startsWith("/en") ? 'href="/en"' : 'href="/"');
      expect(await htmlProblems(reply.body)).toEqual([]);
    }
  });

  it("is refused to a program in the words of programs", async () => {
    const reply = await web.app.inject({
      method: "POST",
      url: "/cita",
      headers: { origin: "https://elsewhere.example" },
    });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([403, "foreign_origin"]);
  });
});

describe("strange addresses", () => {
  it.each([
    "/oficinas/atlantis",
    "/oficinas/__proto__",
    "/tramites/constructor",
    "/tramites/%00",
    "/nada",
    "/en/nada",
    "/oficinas/a%2Fb",
  ])("%s is a page that says so", async (url) => {
    const reply = await web.get(url);
    expect(reply.statusCode).toBe(404);
    expect(reply.headers["cache-control"]).toBe("no-store");
    expect(reply.body).toContain(url.startsWith("/en") ? "We could not find that page" : "No encontramos esa página");
    expect(await htmlProblems(reply.body)).toEqual([]);
  });

  it.each([
    "/buscar?lugar=a&lugar=b",
    "/buscar?lugar[x]=1",
    `/buscar?lugar=${"9".repeat(5000)}`,
    "/buscar?lugar=%00%E2%80%AE%F0%9F%98%80",
    "/buscar?lugar='%3B--&tramite=__proto__",
    "/buscar?lugar=%",
    "/buscar?tramite=a&tramite=b&lugar=93701",
    "/oficinas/%",
    "/?a=1&a=2",
  ])("%s is no fault of ours", async (url) => {
    expect((await web.get(url)).statusCode).toBeLessThan(500);
  });
});

describe("files for machines", () => {
  it("hide a demonstration from search engines", async () => {
    expect((await web.get("/robots.txt")).body).toBe("User-agent: *\nDisallow: /\n");
  });

  it("name every public page in both languages", async () => {
    const { body, headers } = await web.get("/sitemap.xml");
    expect(headers["content-type"]).toContain("application/xml");
    expect(body).toContain("<loc>http://localhost:8080/oficinas/fresno</loc>");
    expect(body).toContain("<loc>http://localhost:8080/en/tramites/pasaporte-adulto</loc>");
    expect(body.match(/<loc>/g)).toHaveLength(2 * (9 - 1 + 59 + 24));
  });
});
