import { readFileSync } from "node:fs";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import { hasZodFastifySchemaValidationErrors, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { faultFields, type Log } from "../log.ts";
import { newId } from "../random.ts";
import { answerBrokenRequest } from "./broken-request.ts";
import { parseJson } from "./json.ts";
import { problem } from "./problem.ts";

export interface HttpOptions {
  readonly log: Log;
  readonly publicOrigin: string;
  readonly trustedProxy?: string | undefined;
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Answers a fault or a missing page to a browser; without it everything is a problem document. */
  readonly errorPage?: (request: FastifyRequest, status: number, requestId: string) => string | undefined;
}

/** No form or body of ours is larger. */
const BODY_LIMIT_BYTES = 64 * 1024;
const REQUEST_TIMEOUT_MS = 20_000;

/** The public listener with what every route shares: bounded input, security headers, one place for errors. */
export function createHttpServer(options: HttpOptions): FastifyInstance {
  const { log, publicOrigin, tls } = options;
  const headers = securityHeaders(publicOrigin);
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => newId<string>(),
    trustProxy: options.trustedProxy ?? false,
    clientErrorHandler: answerBrokenRequest(headers),
    // Addresses that the router cannot read: otherwise they would be repeated in the answer.
    frameworkErrors: (error, request, reply) => {
      for (const [name, value] of headers) reply.raw.setHeader(name, value);
      void answer(request, reply, error.statusCode ?? 400, "bad_address");
    },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    ...(tls ? { https: { cert: readFileSync(tls.cert), key: readFileSync(tls.key) } } : {}),
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/(problem\+)?json\b/, { parseAs: "buffer" }, (_request, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  void app.register(cookie);
  void app.register(formbody, { bodyLimit: BODY_LIMIT_BYTES });

  app.addHook("onRequest", (request, reply, done) => {
    for (const [name, value] of headers) reply.raw.setHeader(name, value);
    if (isForeignWrite(request, publicOrigin)) {
      void answer(request, reply, 403, "foreign_origin");
      return;
    }
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error);
    if (status >= 500)
      log.error("a request failed", {
        requestId: request.id,
        route: request.routeOptions.url ?? "",
        method: request.method,
        status,
        ...faultFields(error),
      });
    return answer(
      request,
      reply,
      status,
      status === 503 ? "busy" : status >= 500 ? "fault" : codeOf(error, status),
      fieldsOf(error),
    );
  });
  app.setNotFoundHandler((request, reply) => answer(request, reply, 404, "not_found"));
  return app;

  function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    code: string,
    fields?: readonly string[],
  ): FastifyReply {
    reply.header("cache-control", "no-store");
    const page = wantsPage(request) ? options.errorPage?.(request, status, request.id) : undefined;
    if (page !== undefined) return reply.code(status).type("text/html; charset=utf-8").send(page);
    return problem(reply, status, code, DETAILS[code], fields);
  }
}

const DETAILS: Readonly<Record<string, string>> = {
  fault: "Something failed on our side. Try again; repeating with the same Idempotency-Key does nothing twice.",
  busy: "Too many people are asking at this moment. Try again in a few seconds; nothing was lost.",
  foreign_origin: "This form belongs to another site. Open our own page and try again.",
  not_found: "There is nothing at this address.",
  bad_address: "This address is not well formed or too long. Check it, or start again at the first page.",
  unreadable: "Send one well-formed UTF-8 JSON document without repeated keys.",
  too_large: "Send less than 64 KB.",
  wrong_type: "Send application/json.",
  invalid: "Some fields are missing or not as the description at /api/v1/openapi.json says.",
};

/** Of PostgreSQL: a lock that did not come, a deadlock, a statement cut off, shutting down. The request may simply be repeated. */
const BUSY_CODES = new Set(["55P03", "40P01", "57014", "57P01", "57P03", "53300", "ECONNREFUSED", "ECONNRESET"]);

function statusOf(error: FastifyError): number {
  if (hasZodFastifySchemaValidationErrors(error)) return 400;
  if (error.name === "Overloaded" || BUSY_CODES.has(error.code)) return 503;
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 600 ? status : 500;
}

function codeOf(error: FastifyError, status: number): string {
  if (hasZodFastifySchemaValidationErrors(error)) return "invalid";
  if (status === 413) return "too_large";
  if (status === 415) return "wrong_type";
  return "unreadable";
}

function fieldsOf(error: FastifyError): string[] | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined;
  return [...new Set(error.validation.map((one) => fieldName(one.instancePath)))].slice(0, 20);
}

/** `applicants.0.sex`. Where callers name members themselves it ends before a name that is no identifier, so that nothing typed is repeated. */
function fieldName(instancePath: string): string {
  const steps = instancePath.split("/").slice(1);
  const odd = steps.findIndex((step) => !/^[\w-]{1,40}$/.test(step));
  return (odd < 0 ? steps : steps.slice(0, odd)).join(".") || "body";
}

function wantsPage(request: FastifyRequest): boolean {
  return !request.url.startsWith("/api/") && (request.headers.accept ?? "").includes("text/html");
}

/** A write that a page of another site sent: browsers say so, and older ones at least name the origin (security C15). */
function isForeignWrite(request: FastifyRequest, publicOrigin: string): boolean {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return false;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin } = request.headers;
  return origin !== undefined && origin !== publicOrigin;
}

/** No inline script or style, so that pages can be cached; nothing may frame us, and no address leaves with a click. */
function securityHeaders(publicOrigin: string): [string, string][] {
  const headers: [string, string][] = [
    // Unless a route says that everybody may keep its answer.
    ["cache-control", "no-store"],
    [
      "content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "no-referrer"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["permissions-policy", "camera=(self), microphone=(), geolocation=(self), payment=()"],
  ];
  if (publicOrigin.startsWith("https:"))
    headers.push(["strict-transport-security", "max-age=63072000; includeSubDomains"]);
  return headers;
}
