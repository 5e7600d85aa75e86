import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type AddressInfo, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createHttpServer } from "#platform/http/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { drawFileSender } from "./draw-files.ts";

/** Short, to be waited for in a test, and many times what a reader here takes between two looks. */
const STALLED_MS = 600;
const FILE = { draw: { id: "of-a-test", state: "settled" } } as never;

/** Rows that never end and do not compress. */
async function* endless(): AsyncGenerator<string> {
  for (;;) yield randomBytes(24_000).toString("base64");
}

let services: TestServices;
let app: FastifyInstance;
const sockets: Socket[] = [];
beforeEach(async () => {
  services = await openTestServices();
  app = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  const send = drawFileSender(services, { linesOf: endless, stalledMs: STALLED_MS });
  app.get("/rows", (request, reply) => send(request, reply, FILE, "replay"));
  await app.listen({ port: 0, host: "127.0.0.1" });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
  await services.close();
});

/** Asks for the rows and reads no more than the first of them. */
async function open(encoding: string): Promise<{ socket: Socket; status: number }> {
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => undefined);
  socket.write(`GET /rows HTTP/1.1\r\nhost: localhost\r\naccept-encoding: ${encoding}\r\n\r\n`);
  const [first] = (await once(socket, "data")) as [Buffer];
  socket.pause();
  return { socket, status: Number(first.toString("latin1").slice(9, 12)) };
}

describe.each(["identity", "gzip"])("two who ask for the rows (%s)", (encoding) => {
  test("and stop reading give their turns back after a while", async () => {
    expect((await open(encoding)).status).toBe(200);
    expect((await open(encoding)).status).toBe(200);
    expect((await open(encoding)).status).toBe(503);
    await expect.poll(async () => (await open(encoding)).status, { timeout: 10 * STALLED_MS }).toBe(200);
  });

  test("and read slowly keep theirs", async () => {
    const readers = await Promise.all([open(encoding), open(encoding)]);
    for (const { socket } of readers) socket.on("data", () => undefined).pause();
    for (let waited = 0; waited < 4 * STALLED_MS; waited += STALLED_MS / 4) {
      for (const { socket } of readers) socket.resume();
      await pause(STALLED_MS / 20);
      for (const { socket } of readers) socket.pause();
      await pause(STALLED_MS / 5);
      expect((await open(encoding)).status).toBe(503);
    }
    expect(readers.map(({ socket }) => socket.destroyed)).toEqual([false, false]);
  });
});
