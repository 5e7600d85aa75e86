import { request as ask } from "node:http";
import { Agent } from "node:http";
import { cookieOf } from "#channels/api/console/console.fixtures.ts";
import type { TestApplication } from "#tests/support/application.ts";

/** A desk of the console that is not on a screen of the test: the same HTTP API with a cookie of its own. */
export interface Desk {
  post<Answer>(path: string, body?: object): Promise<Answer>;
  get<Answer>(path: string): Promise<Answer>;
  /** The code of a problem; throws when it was done all the same. */
  refusal(path: string, body?: object): Promise<string>;
}

interface Answered {
  readonly status: number;
  readonly body: { readonly code?: string } | undefined;
}

const agent = new Agent({ keepAlive: true });

export async function openDesk({ services, origin }: TestApplication, staffId: string): Promise<Desk> {
  const cookie = `staff=${await cookieOf(services, staffId)}`;
  const send = (method: "GET" | "POST", path: string, body?: object): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? "" : JSON.stringify(body);
      const headers = { cookie, origin, ...(text === "" ? {} : { "content-type": "application/json" }) };
      const sent = ask(`${origin}/api/v1/console${path}`, { method, headers, agent }, (answer) => {
        let got = "";
        answer.setEncoding("utf8").on("data", (part: string) => (got += part));
        answer.on("end", () =>
          resolve({ status: answer.statusCode!, body: got === "" ? undefined : (JSON.parse(got) as object) }),
        );
      });
      sent.on("error", reject);
      sent.end(text);
    });
  const wanted = async <Answer>(method: "GET" | "POST", path: string, body?: object): Promise<Answer> => {
    const { status, body: answer } = await send(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${answer?.code}`);
    return answer as Answer;
  };
  return {
    post: (path, body) => wanted("POST", path, body),
    get: (path) => wanted("GET", path),
    async refusal(path, body) {
      const { status, body: answer } = await send("POST", path, body);
      if (status < 400) throw new Error(`POST ${path}: ${status}`);
      return answer!.code!;
    },
  };
}
