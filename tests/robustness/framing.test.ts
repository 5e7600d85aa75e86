import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { cookieOf } from "../../src/channels/api/console/console.fixtures.ts";
import { aStaffId } from "../../src/modules/visits/visits.fixtures.ts";
import { errorTexts } from "../../src/channels/web/texts/errors.ts";
import { rowCounts, whatIsWrongWithProblem } from "./bad-input.ts";
import { newSeed } from "./chance.ts";
import { openProgram, type Program } from "./program.ts";

let services: TestServices;
let program: Program;
let port: number;
let before: Record<string, number>;
beforeAll(async () => {
  services = await openTestServices();
  program = await openProgram(services);
  await program.web.listen({ host: "127.0.0.1", port: 0 });
  ({ port } = program.web.server.address() as AddressInfo);
  before = await rowCounts(services);
});
afterAll(() => program.close());

/** Longest wait for an answer to bytes that may deserve none. */
const SILENCE_MS = 1_500;

/** Sends bytes as they are and gives what came back until the server hung up or fell silent. */
function send(...parts: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    const end = () => {
      clearTimeout(patience);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString("latin1"));
    };
    let patience = setTimeout(end, SILENCE_MS);
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      clearTimeout(patience);
      patience = setTimeout(end, 100);
    });
    socket.on("close", end).on("error", end);
    for (const part of parts) socket.write(part);
  });
}

interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}
function answersIn(text: string): Answer[] {
  return text
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((one) => one !== "")
    .map((one) => {
      const [headers = "", body = ""] = one.split("\r\n\r\n");
      return { status: Number(one.slice(9, 12)), headers, body };
    });
}

/** Refused with a problem document, by Node's own bare refusal, or by hanging up: never a fault, never carried out. */
function expectRefusal(text: string): void {
  const answers = answersIn(text);
  expect(answers.length).toBeLessThanOrEqual(1);
  for (const { status, headers, body } of answers) {
    expect([status >= 400, status < 500]).toEqual([true, true]);
    const type = /content-type: (.*)/i.exec(headers)?.[1]?.trim();
    if (type === undefined) expect(["", "0"]).toContain(body);
    else expect(whatIsWrongWithProblem(status, type, body)).toBeUndefined();
  }
}

const POST = "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
const SMUGGLED = `POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;

const TEN_MEGABYTES = 10 * 2 ** 20;
/** The beginning of an endless body; nobody reads as much of it. */
const IN_CHUNKS = Array.from({ length: 20 }, () => `8000\r\n${" ".repeat(0x8000)}\r\n`);

interface RouteOf {
  readonly method: string;
  readonly url: string;
}
/** Every route that the server has, from the tree that it prints, with ids that lead nowhere. */
function routesOf(app: FastifyInstance): RouteOf[] {
  const path: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line) => {
      const [, indent, label = "", methods = ""] = /^([│ ]*)[├└]── (\S*)(?: \((.*)\))?/.exec(line) ?? [];
      if (indent === undefined) return [];
      path.splice(indent.length / 4, Infinity, label);
      const route = path.join("");
      return methods
        .split(", ")
        .filter((method) => !["", "HEAD", "OPTIONS"].includes(method) && !route.includes("*"))
        .map((method) => ({ method, route }));
    })
    .map(({ method, route }) => {
      if (!app.hasRoute({ method: method, url: route })) throw new Error(`${method} ${route} was misread`);
      return { method, url: route.replace(/:\w+/g, "0") };
    });
}

/** The page that is shown in place of an answer, with the next step. */
function isPageOfRefusal(url: string, body: string): string | undefined {
  const t = errorTexts(url.startsWith("/en") ? "en" : "es");
  const text = Buffer.from(body, "latin1").toString();
  return text.includes(t("text400")) && text.includes(t("home")) ? undefined : "a page that says nothing";
}

describe("bytes that two servers could read in two ways are refused", () => {
  test.each([
    ["a length and chunks", `${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ["chunks and a length", `${POST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ["two lengths", `${POST}Content-Length: 2\r\nContent-Length: 200\r\n\r\n{}${SMUGGLED}`],
    ["a list of lengths", `${POST}Content-Length: 2, 2\r\n\r\n{}`],
    ["a length below nothing", `${POST}Content-Length: -1\r\n\r\n{}`],
    ["a length with a sign", `${POST}Content-Length: +2\r\n\r\n{}`],
    ["a length in hexadecimal", `${POST}Content-Length: 0x2\r\n\r\n{}`],
    ["a length beyond all numbers", `${POST}Content-Length: 99999999999999999999999\r\n\r\n{}`],
    ["an unknown transfer encoding", `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ["chunks that are not last", `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ["a space before the colon", `${POST}Content-Length : 2\r\n\r\n{}`],
    ["a header without a colon", `${POST}Content-Length 2\r\n\r\n{}`],
    ["a folded header", `${POST}Content-Length:\r\n 2\r\n\r\n{}`],
    ["zero bytes in a header", `${POST}X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}`],
    ["a bare line feed", POST.replaceAll("\r\n", "\n") + "Content-Length: 2\n\n{}"],
    ["a bare carriage return", `${POST}X-A: a\rContent-Length: 2\r\n\r\n{}`],
    ["no host", "GET /api/v1/services HTTP/1.1\r\n\r\n"],
    ["an unknown method", "BOOK /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ["a method in small letters", "post /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ["an unknown version", "GET /api/v1/services HTTP/9.9\r\nHost: localhost\r\n\r\n"],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["TLS", Buffer.from("16030100a5010000a10303", "hex")],
    ["a space in the address", "GET /api/v1/ services HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ["a control character in the address", "GET /api/v1/\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ["percent signs that mean nothing", "GET /api/v1/offices/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ["an address without end", `GET /${"a".repeat(30_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["an id without end", `GET /api/v1/offices/${"a".repeat(5_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ["headers without end", `GET /api/v1/services HTTP/1.1\r\nHost: localhost\r\nX-A: ${"a".repeat(40_000)}\r\n\r\n`],
    [
      "thousands of headers",
      `GET /api/v1/services HTTP/1.1\r\nHost: localhost\r\n${Array.from({ length: 4_000 }, (_, i) => `X-${i}: 1\r\n`).join("")}\r\n`,
    ],
    ["a cookie without end", `GET /cita HTTP/1.1\r\nHost: localhost\r\nCookie: visita=${"a".repeat(40_000)}\r\n\r\n`],
    ["a tunnel", "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n"],
  ])("%s", async (_, bytes) => {
    expectRefusal(await send(bytes));
  });
});

describe("chunks", () => {
  const chunked = `${POST}Transfer-Encoding: chunked\r\n\r\n`;
  test.each([
    ["with a size that is no number", "ZZ\r\n{}\r\n0\r\n\r\n"],
    ["with a size below nothing", "-2\r\n{}\r\n0\r\n\r\n"],
    ["with a size beyond all numbers", "FFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n"],
    ["longer than they say", "1\r\n{}\r\n0\r\n\r\n"],
    ["shorter than they say", `9\r\n{}\r\n0\r\n\r\n${SMUGGLED}`],
    ["with an endless extension", `2;${"a".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`],
    ["with an endless trailer", `2\r\n{}\r\n0\r\n${"X-T: 1\r\n".repeat(5_000)}\r\n`],
    ["without an end", "2\r\n{}\r\n"],
  ])("%s", async (_, body) => {
    expectRefusal(await send(chunked, body));
  });
});

describe("bodies", () => {
  test("of ten megabytes are refused before they are read, with a length and in chunks", async () => {
    const [announced, streamed] = [
      await send(`${POST}Content-Length: ${TEN_MEGABYTES}\r\n\r\n{`),
      await send(`${POST}Transfer-Encoding: chunked\r\n\r\n`, ...IN_CHUNKS),
    ];
    for (const text of [announced, streamed]) {
      expectRefusal(text);
      expect(answersIn(text)[0]?.status).toBe(413);
    }
  });

  test("of ten megabytes are refused on every route that takes one, in the words of the channel", async () => {
    // Exports of adverts come in row by row and are longer than that; they have a limit of their own.
    const routes = routesOf(program.web).filter(({ url }) => !url.endsWith("/adverts/import"));
    const writes = routes.filter(({ method }) => method !== "GET");
    expect(writes.length).toBeGreaterThan(55);
    expect(routes.length - writes.length).toBeGreaterThan(80);
    // The console reads no body of a stranger, nor of a role that may not: each route is asked by one that may.
    const cookies = [
      await cookieOf(services, await aStaffId(services, "office_head")),
      await cookieOf(services, await aStaffId(services, "hq", null as never)),
      await cookieOf(services, await aStaffId(services, "admin", null as never)),
      await cookieOf(services, await aStaffId(services, "analyst", null as never)),
      await cookieOf(services, await aStaffId(services, "agent", null as never)),
    ];
    before = await rowCounts(services);
    const wrong: unknown[] = [];
    const judge = ({ method, url }: RouteOf, text: string) => {
      const [answer] = answersIn(text);
      const says = (problem: string) => wrong.push([method, url, problem, text.slice(0, 200)]);
      if (answer === undefined || answer.status >= 500) return says("no answer");
      if (method === "GET") return;
      if (answer.status !== 413) return says("not refused for its size");
      const problem = url.startsWith("/api/")
        ? whatIsWrongWithProblem(413, /content-type: (.*)/i.exec(answer.headers)![1]!.trim(), answer.body)
        : isPageOfRefusal(url, answer.body);
      if (problem !== undefined) says(problem);
    };
    for (const one of routes) {
      const { method, url } = one;
      const type = url.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
      const headOf = (cookie: string) =>
        `${method} ${url} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\nContent-Type: ${type}\r\nSec-Fetch-Site: same-origin\r\nCookie: staff=${cookie}\r\n`;
      const announced = (head: string) =>
        send(`${head}Content-Length: ${TEN_MEGABYTES}\r\n\r\n`, Buffer.alloc(0x8000, "a"));
      let head = headOf(cookies[0]!);
      let answer = await announced(head);
      for (const cookie of cookies.slice(1)) {
        if (method === "GET" || answersIn(answer)[0]?.status !== 403) break;
        head = headOf(cookie);
        answer = await announced(head);
      }
      judge(one, answer);
      if (method !== "GET") judge(one, await send(`${head}Transfer-Encoding: chunked\r\n\r\n`, ...IN_CHUNKS));
    }
    expect(wrong).toEqual([]);
  });

  test("that break off are not carried out", async () => {
    const socket = connect(port, "127.0.0.1");
    socket.write(`${POST}Content-Length: 20\r\n\r\n{"language":`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    const half = await send(`${POST}Content-Length: 4\r\n\r\n{}`);
    expect(answersIn(half)).toEqual([]);
  });
});

test("a good request after a bad one on the same connection is not carried out", async () => {
  const text = await send(`GET /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n${SMUGGLED}`);
  expectRefusal(text);
});

test("500 heaps of chance bytes are refused or hung up upon", async () => {
  const random = mulberry32(newSeed("framing"));
  for (let round = 0; round < 10; round++) {
    const heaps = Array.from({ length: 50 }, () => {
      const noise = Buffer.from(
        Array.from({ length: 1 + Math.floor(random() * 300) }, () => Math.floor(random() * 256)),
      );
      const whole = Buffer.concat([Buffer.from(SMUGGLED), noise]);
      // Either noise alone, or a good request in which one stretch is noise.
      return random() < 0.5
        ? Buffer.concat([noise, Buffer.from("\r\n\r\n")])
        : Buffer.concat([
            whole.subarray(0, Math.floor(random() * 60)),
            noise,
            Buffer.from(SMUGGLED).subarray(60),
            Buffer.from("\r\n\r\n"),
          ]);
    });
    for (const text of await Promise.all(heaps.map((heap) => send(heap))))
      for (const { status } of answersIn(text)) expect([status >= 400, status < 500]).toEqual([true, true]);
  }
});

test("after all that the server answers and nothing was stored", async () => {
  expect(
    answersIn(await send("GET /api/v1/services HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))[0]?.status,
  ).toBe(200);
  // A key is made when it is first needed, and a visit is begun by the door of accounts: both by a look.
  const keysApart = { "keyring.keys": 0, "people.sessions": 0 };
  expect({ ...(await rowCounts(services)), ...keysApart }).toEqual({ ...before, ...keysApart });
});
