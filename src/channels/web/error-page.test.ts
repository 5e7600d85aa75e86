import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { errorPage, languageOf } from "./error-page.tsx";
import { htmlProblems } from "./web.fixtures.ts";

const at = (url: string): FastifyRequest => ({ url }) as FastifyRequest;
const page = (url: string, status: number): string => errorPage(at(url), status, "3f0c", { css: "/assets/site.css" });

describe("an error page", () => {
  it.each([400, 403, 404, 429, 500, 503, 418, 502])(
    "of status %i is a valid page in both languages",
    async (status) => {
      for (const url of ["/x", "/en/x"]) expect(await htmlProblems(page(url, status))).toEqual([]);
    },
  );

  it("speaks the language of the address", () => {
    expect(page("/cita/dia", 500)).toContain("Algo falló de nuestro lado");
    expect(page("/en/cita/dia", 503)).toContain("Many people are here right now");
    expect([languageOf("/en"), languageOf("/en?x=1"), languageOf("/entrada")]).toEqual(["en", "en", "es"]);
  });

  it("gives a number to say on the phone for our own faults only", () => {
    expect(page("/x", 500)).toContain("<code>3f0c</code>");
    expect(page("/x", 404)).not.toContain("3f0c");
  });

  it("says of a foreign form what to do", () => {
    expect(page("/cita/revisar", 403)).toContain("ábrala otra vez");
    expect(page("/x", 404)).not.toContain("ábrala otra vez");
  });

  it("stays out of search engines and promises no address that it does not know", () => {
    expect(page("/x", 404)).toContain('<meta name="robots" content="noindex"/>');
    expect(page("/x", 404)).not.toContain("única dirección");
  });
});
