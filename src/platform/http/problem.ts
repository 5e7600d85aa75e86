import type { FastifyReply } from "fastify";

/** RFC 9457. `code` is stable and part of the contract; `detail` says in plain words what to do. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  /** Names of the fields that were wrong, never their values. */
  readonly fields?: readonly string[];
  /** What it collides with: a town, a day, an hour; never anybody. */
  readonly about?: Readonly<Record<string, string>>;
}

export const PROBLEM_TYPE = "application/problem+json; charset=utf-8";

export function problem(
  reply: FastifyReply,
  status: number,
  code: string,
  detail?: string,
  fields?: readonly string[],
  about?: Readonly<Record<string, string>>,
): FastifyReply {
  return reply
    .code(status)
    .type(PROBLEM_TYPE)
    .send(problemText(status, code, detail, fields, about));
}

export function problemText(
  status: number,
  code: string,
  detail?: string,
  fields?: readonly string[],
  about?: Readonly<Record<string, string>>,
): string {
  const body: Problem = {
    type: `urn:ventanilla:problem:${code}`,
    title: TITLES[status] ?? "The request was not carried out",
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(fields && fields.length > 0 ? { fields } : {}),
    ...(about ? { about } : {}),
  };
  return JSON.stringify(body);
}

const TITLES: Readonly<Record<number, string>> = {
  400: "The request could not be read",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  408: "The request took too long",
  409: "Something changed meanwhile",
  410: "No longer kept",
  413: "The request is too large",
  414: "The address is too long",
  415: "Send JSON",
  422: "The request was refused",
  429: "Too many requests",
  431: "The headers are too large",
  500: "Something failed on our side",
  503: "Too busy for the moment",
};
