import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A provider on this machine that takes every message over HTTP and keeps what it was given, by whom it is for. */
export interface Gateway {
  readonly url: string;
  taken(to: string): readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

export async function aGateway(): Promise<Gateway> {
  const taken: { readonly to: string; readonly body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += String(part)));
    request.on("end", () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      taken.push({ to: String(body["to"]).replace("+", ""), body });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ messages: [{ id: `taken.${taken.length}` }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: (to) => taken.filter((one) => one.to === to.replace("+", "")).map(({ body }) => body),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

let numbers = 0;
/** A fictional number, another each time. */
export const aNumber = (): string => `+1559555${String(2000 + numbers++).padStart(4, "0")}`;
