import { problemDocument } from "./console/contract.ts";

const WHEN = {
  400: "Fields are missing or not as described; `fields` names them",
  401: "No session, or it is over, or it is not enough for this",
  403: "Your role does not include it, or a page of another site sent it",
  404: "There is no such thing, or it is not yours to see",
  409: "Something changed meanwhile; look again",
  422: "The request was understood and refused; `code` says why",
  429: "Too many of these; wait a little",
  "4XX": "Any other refusal, as of a body too large or of another type",
  503: "Too busy for the moment; repeat it in some seconds",
} as const;
type ProblemStatus = keyof typeof WHEN;

/** Has a name, so that the description tells its members once. */
const named = problemDocument.meta({ id: "Problem" });

/**
 * Refusals of a route, for its description. They leave as text that is already written, so that no schema
 * touches them; the type says nothing about them for the same reason.
 */
export function problems(...statuses: readonly ProblemStatus[]): object {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: WHEN[status], content: { "application/problem+json": { schema: named } } },
    ]),
  );
}

interface Route {
  readonly method: string | readonly string[];
  readonly schema?:
    | {
        readonly body?: unknown;
        readonly params?: unknown;
        readonly querystring?: unknown;
        readonly headers?: unknown;
        readonly security?: readonly unknown[];
      }
    | undefined;
}

/** What a route may answer before it is even asked: by its input, its lock, and the origin of a write. */
export function commonProblems({ method, schema = {} }: Route): object {
  const takesInput = [schema.body, schema.params, schema.querystring, schema.headers].some(Boolean);
  const writes = [method].flat().some((one) => one !== "GET" && one !== "HEAD");
  return problems(
    ...(takesInput ? [400 as const] : []),
    ...(schema.security?.length ? [401 as const] : []),
    ...(writes ? [403 as const] : []),
    "4XX",
    503,
  );
}
