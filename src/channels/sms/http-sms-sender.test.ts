import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { describeMessageSender, type Mood, type SenderUnderTest } from "#modules/messaging/message-sender.contract.ts";
import { aMessage } from "#modules/messaging/messaging.fixtures.ts";
import type { MessageSender } from "#modules/messaging/index.ts";
import { httpSmsSender, httpVoiceSender } from "./http-sms-sender.ts";

const TOKEN = "a fictional token";

interface Gateway extends SenderUnderTest {
  readonly requests: { authorization: string | undefined; idempotencyKey: string | undefined; body: unknown }[];
  readonly url: string;
}

/** A gateway of text messages that has good and bad days. */
async function startGateway(
  make: (url: string, token: string, options: { silenceMs: number }) => MessageSender,
): Promise<Gateway> {
  let mood: Mood = "well";
  const requests: Gateway["requests"] = [];
  const arrived: { to: string; text: string }[] = [];
  const server = createServer((request, response) => {
    if (request.url === "/elsewhere") return void response.writeHead(200).end();
    if (mood === "silent") return;
    if (mood === "hangs_up") return void request.socket.destroy();
    void bodyOf(request).then((body) => {
      requests.push({
        authorization: request.headers.authorization,
        idempotencyKey: request.headers["idempotency-key"] as string | undefined,
        body,
      });
      if (mood === "busy") return response.writeHead(503).end(`no room for ${JSON.stringify(body)}`);
      if (mood === "refuses_address") return response.writeHead(422).end("no such number");
      arrived.push(body as { to: string; text: string });
      return response.writeHead(202).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`;
  return {
    sender: make(url, TOKEN, { silenceMs: 400 }),
    be: (next) => {
      mood = next;
    },
    received: async () => arrived.map(({ to, text }) => ({ to, text })),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    requests,
    url,
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}

describeMessageSender("the SMS gateway", () => startGateway(httpSmsSender));
describeMessageSender("the voice gateway", () => startGateway(httpVoiceSender));

describe("the gateway's contract", () => {
  it("carries number, text, token and the id of the message, and nothing else", async () => {
    const gateway = await startGateway(httpSmsSender);
    const message = aMessage({ to: "+12135550100", text: "Su cita: 3 dic" });
    await gateway.sender.send(message);
    expect(gateway.requests).toEqual([
      {
        authorization: `Bearer ${TOKEN}`,
        idempotencyKey: message.id,
        body: { to: "+12135550100", text: "Su cita: 3 dic" },
      },
    ]);
    await gateway.close?.();
  });

  it("follows no redirect and wants to try again", async () => {
    const server = createServer(
      (request, response) => void response.writeHead(request.url === "/" ? 307 : 200, { location: "/elsewhere" }).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const sender = httpSmsSender(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, TOKEN);
    expect(await sender.send(aMessage())).toEqual({ ok: false, retry: true, code: "http_unreachable" });
    server.closeAllConnections();
    server.close();
  });

  it.each([
    [401, true],
    [429, true],
    [500, true],
    [404, false],
  ])("takes %i as worth another try: %s", async (status, retry) => {
    const server = createServer((_, response) => void response.writeHead(status).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const sender = httpSmsSender(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, TOKEN);
    expect(await sender.send(aMessage())).toEqual({ ok: false, retry, code: `http_${status}` });
    server.closeAllConnections();
    server.close();
  });
});
