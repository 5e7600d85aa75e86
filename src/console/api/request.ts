import { askForTouch } from "./touch.ts";
import type { ProblemDocument } from "./types.ts";

/** The server answered no; `code` is stable and has its words in texts/refusals.ts. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly fields: readonly string[] = [],
    /** What it collides with: towns, days and hours, never people. */
    readonly about: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.name = "Refused";
  }
}

/** No answer: the line, or the server, is down. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
  }
}

const ANSWER_WITHIN_MS = 20_000;

export function get<T>(url: string): Promise<T> {
  return request<T>("GET", url);
}

/** With a key the same question asked again, as after a lost answer, is answered again and done once. */
export function post<T>(url: string, body: object = {}, key?: string): Promise<T> {
  return request<T>("POST", url, body, key);
}

export function put<T>(url: string, body: object): Promise<T> {
  return request<T>("PUT", url, body);
}

/** What reaches far asks for the passkey once more, and is sent again by itself. */
async function request<T>(method: string, url: string, body?: object, key?: string): Promise<T> {
  try {
    return await send<T>(method, url, body, key);
  } catch (error) {
    const isAsked = error instanceof Refused && error.code === "touch_needed";
    if (!isAsked || !(await askForTouch())) throw error;
    return send<T>(method, url, body, key);
  }
}

async function send<T>(method: string, url: string, body?: object, key?: string): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body) headers["content-type"] = "application/json";
  if (key) headers["idempotency-key"] = key;
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      // What was pressed still leaves when the page is closed right after: above all, locking the screen.
      keepalive: method !== "GET",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    answer = text === "" ? undefined : JSON.parse(text);
  } catch {
    throw new Unreachable();
  }
  if (response.ok) return answer as T;
  const problem = (answer ?? {}) as Partial<ProblemDocument>;
  throw new Refused(response.status, problem.code ?? "fault", problem.fields, problem.about);
}
