import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { HtmlValidate } from "html-validate/node";
import { startSnapshot, type LiveSnapshot } from "#modules/schedules/index.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { errorPage, registerWeb } from "./web.ts";

export const CSS = "/assets/site.css";

export interface TestWeb {
  readonly app: FastifyInstance;
  readonly services: TestServices;
  readonly snapshot: LiveSnapshot;
  /** As a browser asks for a page. */
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

/** The citizen site over a database of its own; `prepare` fills it before the first picture of the places. */
export async function openTestWeb(
  prepare: (services: TestServices) => Promise<unknown> = () => Promise.resolve(),
): Promise<TestWeb> {
  const services = await openTestServices();
  await prepare(services);
  const snapshot = await startSnapshot(services);
  const assets = { css: CSS };
  const app = createHttpServer({
    log: services.log,
    publicOrigin: services.publicOrigin,
    errorPage: (request, status, id) => errorPage(request, status, id, assets),
  });
  await registerWeb(app, services, { snapshot, assets });
  await app.ready();
  return {
    app,
    services,
    snapshot,
    get: (url, headers = {}) => app.inject({ url, headers: { accept: "text/html", ...headers } }),
    async close() {
      await app.close();
      await snapshot.stop();
      await services.close();
    },
  };
}

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // React writes boolean attributes and void elements in forms of its own, both of them valid.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "void-style": "off",
    "attr-case": "off",
    "doctype-style": "off",
    // Thin spaces and hyphens of telephone numbers are the business of the texts.
    "tel-non-breaking": "off",
    "long-title": "off",
    // Several ticks answer one question.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "reset", "submit"] }],
    // Only in front of a kept place, and the page has a link that turns it off.
    "meta-refresh": "off",
    "no-inline-style": "error",
  },
});

/** What is wrong with a page as HTML, one line each. */
export async function htmlProblems(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap((result) =>
    result.messages.map((one) => `${one.ruleId}: ${one.message} (${one.selector ?? ""})`),
  );
}
