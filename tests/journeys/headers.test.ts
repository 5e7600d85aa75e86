import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApplication, type TestApplication } from "#tests/support/application.ts";
import { MATEO } from "./family.ts";

let app: TestApplication;
let behindTls: TestApplication;
beforeAll(async () => {
  app = await openTestApplication();
  behindTls = await openTestApplication({ publicOrigin: "https://citas.example" });
});
afterAll(async () => {
  await app?.close();
  await behindTls?.close();
});

const PAGE = { accept: "text/html", "accept-encoding": "br" };
const ownForm = ({ services }: TestApplication) => ({
  ...PAGE,
  origin: services.publicOrigin,
  "content-type": "application/x-www-form-urlencoded",
});

/** What every answer carries, whoever gives it. */
const ALWAYS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(self), microphone=(), geolocation=(self), payment=()",
};
const PRIVATE = "no-store";
const PUBLIC = "public, max-age=60";

interface Asked {
  readonly url: string;
  readonly status: number;
  readonly cache: string;
  readonly type?: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
const HTML = "text/html; charset=utf-8";
const PROBLEM = "application/problem+json; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";
const NOBODY = "00000000-0000-4000-8000-000000000000";
const API = { accept: "application/json" };

const ROUTES: readonly Asked[] = [
  ...[
    "/",
    "/oficinas",
    "/oficinas/fresno",
    "/oficinas/fresno/corregir",
    "/tramites",
    "/tramites/pasaporte-adulto",
    "/privacidad",
    "/emergencia",
  ]
    .flatMap((url) => [url, url === "/" ? "/en" : `/en${url}`])
    .map((url) => ({ url, status: 200, cache: PUBLIC, type: HTML })),
  ...["/cita", "/mi-cita", "/c/nada", "/q/nada", "/emergencia/pedir", "/aviso/contacto"].map((url) => ({
    url,
    status: 200,
    cache: PRIVATE,
    type: HTML,
  })),
  ...[
    "/cita/personas",
    "/cita/persona/1",
    "/cita/persona/1/tramites",
    "/cita/preparar",
    "/cita/lugar",
    "/cita/dia",
    "/cita/hora",
    "/cita/contacto",
    "/cita/codigo",
    "/cita/tarjeta",
    "/cita/revisar",
    `/cita/lista/${NOBODY}`,
    `/mi-cita/${NOBODY}`,
    "/aviso",
    "/aviso/codigo",
    `/aviso/${NOBODY}`,
    `/mi-cita/${NOBODY}/cambiar`,
    `/mi-cita/${NOBODY}/permiso/1`,
    `/mi-cita/${NOBODY}/cita.ics`,
    `/mi-cita/${NOBODY}/comprobante.pdf`,
  ].map((url) => ({ url, status: 303, cache: PRIVATE })),
  { url: "/nada", status: 404, cache: PRIVATE, type: HTML },
  { url: "/h/nada", status: 404, cache: PRIVATE, type: HTML },
  { url: "/e/nada", status: 410, cache: PRIVATE, type: HTML },
  { url: "/oficinas/nada", status: 404, cache: PRIVATE, type: HTML },
  {
    url: "/cita/personas",
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: "x",
    status: 415,
    cache: PRIVATE,
    type: HTML,
  },
  {
    url: "/cita",
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "x=".padEnd(100_000, "x"),
    status: 413,
    cache: PRIVATE,
    type: HTML,
  },
  { url: "/consola/", status: 200, cache: "no-cache", type: HTML },
  { url: "/consola/hoy", status: 200, cache: "no-cache", type: HTML },
  { url: "/api/v1/offices", headers: API, status: 200, cache: PUBLIC, type: JSON_TYPE },
  { url: "/api/v1/nada", headers: API, status: 404, cache: PRIVATE, type: PROBLEM },
  { url: "/api/v1/bookings", headers: API, status: 401, cache: PRIVATE, type: PROBLEM },
  { url: "/api/v1/console/session", headers: API, status: 401, cache: PRIVATE, type: PROBLEM },
  { url: "/api/v1/console/today", headers: API, status: 401, cache: PRIVATE, type: PROBLEM },
  {
    url: "/api/v1/console/events",
    headers: { accept: "text/event-stream" },
    status: 401,
    cache: PRIVATE,
    type: PROBLEM,
  },
];

describe("every answer", () => {
  test.each(ROUTES)("$url: $status", async ({ url, status, cache, type, method = "GET", headers = {}, body }) => {
    const answer = await app.application.web.inject({
      method,
      url,
      headers: { ...PAGE, ...(method === "POST" && { origin: app.origin }), ...headers },
      payload: body,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject({ ...ALWAYS, "cache-control": cache, ...(type && { "content-type": type }) });
    for (const name of ["set-cookie", "server", "x-powered-by", "strict-transport-security"])
      expect(answer.headers, name).not.toHaveProperty(name);
    if (cache === PUBLIC && type === HTML) expect(answer.headers.etag).toMatch(/^(W\/)?".+"$/);
  });

  test("behind TLS also binds the browser to https", async () => {
    for (const url of ["/", "/cita", "/nada", "/consola/", "/api/v1/nada"]) {
      const answer = await behindTls.application.web.inject({ url, headers: PAGE });
      expect(answer.headers, url).toMatchObject({
        ...ALWAYS,
        "strict-transport-security": "max-age=63072000; includeSubDomains",
      });
    }
  });

  test("files named by their content are kept for ever, and nothing else is", async () => {
    const { web } = app.application;
    const home = await web.inject({ url: "/", headers: { accept: "text/html" } });
    const css = /href="(\/assets\/site\.[^"]+\.css)"/.exec(home.body)![1]!;
    const page = await web.inject({ url: "/consola/", headers: { accept: "text/html" } });
    const script = /src="(\/consola\/assets\/[^"]+\.js)"/.exec(page.body)![1]!;
    for (const url of [css, script]) {
      const file = await web.inject({ url, headers: { "accept-encoding": "br" } });
      expect(file.statusCode, url).toBe(200);
      expect(file.headers, url).toMatchObject({ ...ALWAYS, "content-encoding": "br" });
      expect(file.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    }
  });

  test("a form of another site is refused before anything is read", async () => {
    for (const headers of [{ origin: "https://elsewhere.example" }, { "sec-fetch-site": "cross-site" }]) {
      const answer = await app.application.web.inject({
        method: "POST",
        url: "/cita",
        headers: { ...PAGE, ...headers },
      });
      expect(answer.statusCode).toBe(403);
      expect(answer.headers).toMatchObject(ALWAYS);
      expect(answer.headers).not.toHaveProperty("set-cookie");
    }
  });
});

describe("cookies", () => {
  test("a visit: on http by its plain name, behind TLS tied to the host", async () => {
    for (const [one, expected] of [
      [app, /^visita=[\w-]{20,}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/],
      [behindTls, /^__Host-visita=[\w-]{20,}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/],
    ] as const) {
      const answer = await one.application.web.inject({ method: "POST", url: "/cita", headers: ownForm(one) });
      expect(answer.statusCode).toBe(303);
      expect(answer.headers).toMatchObject({ ...ALWAYS, "cache-control": PRIVATE });
      expect(answer.headers["set-cookie"]).toMatch(expected);
    }
  });

  test("pages of a visit are never kept, also when they give a form back with its errors", async () => {
    const { web } = app.application;
    const opened = await web.inject({ method: "POST", url: "/cita", headers: ownForm(app) });
    const cookie = String(opened.headers["set-cookie"]).split(";")[0]!;
    for (const [payload, status] of [
      ["personas=1", 303],
      ["personas=", 422],
    ] as const) {
      const answer = await web.inject({
        method: "POST",
        url: "/cita/personas",
        headers: { ...ownForm(app), cookie },
        payload,
      });
      expect(answer.statusCode).toBe(status);
      expect(answer.headers).toMatchObject({ ...ALWAYS, "cache-control": PRIVATE });
    }
    const typed = await web.inject({
      method: "POST",
      url: "/cita/persona/1",
      headers: { ...ownForm(app), cookie },
      payload: new URLSearchParams({ nombre: MATEO.given }).toString(),
    });
    expect(typed.statusCode).toBe(422);
    expect(typed.headers["cache-control"]).toBe(PRIVATE);
    const home = await web.inject({ url: "/", headers: { ...PAGE, cookie } });
    expect(home.headers).not.toHaveProperty("set-cookie");
  });

  test("staff: never sent along from another site, and gone at signing out", async () => {
    for (const [one, name, secure] of [
      [app, "staff", ""],
      [behindTls, "__Host-staff", " Secure;"],
    ] as const) {
      const { web } = one.application;
      const own = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
      const signedIn = await web.inject({
        method: "POST",
        url: "/api/v1/console/dev/sign-in",
        headers: own,
        payload: { role: "clerk" },
      });
      expect(signedIn.headers["set-cookie"]).toMatch(
        new RegExp(`^${name}=[\\w-]{20,}; Max-Age=43200; Path=/; HttpOnly;${secure} SameSite=Strict$`),
      );
      const cookie = String(signedIn.headers["set-cookie"]).split(";")[0]!;
      const today = await web.inject({ url: "/api/v1/console/today", headers: { cookie } });
      expect(today.headers).toMatchObject({ ...ALWAYS, "cache-control": PRIVATE });
      const out = await web.inject({
        method: "POST",
        url: "/api/v1/console/sign-out",
        headers: { cookie, "sec-fetch-site": "same-origin" },
      });
      expect(out.statusCode).toBe(204);
      expect(out.headers["set-cookie"]).toMatch(
        new RegExp(
          `^${name}=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly;${secure} SameSite=Strict$`,
        ),
      );
      expect((await web.inject({ url: "/api/v1/console/today", headers: { cookie } })).statusCode).toBe(401);
      const asked = await web.inject({
        method: "POST",
        url: "/api/v1/console/sign-in/options",
        headers: { "sec-fetch-site": "same-origin" },
      });
      expect(asked.headers["set-cookie"]).toMatch(
        new RegExp(
          `^${name.replace("staff", "challenge")}=[^;]+; Max-Age=\\d+; Path=/; HttpOnly;${secure} SameSite=Strict$`,
        ),
      );
    }
  });
});
