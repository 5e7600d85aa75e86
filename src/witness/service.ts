import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { toHex, utf8 } from "#kernel/digest.ts";
import type { Signer } from "#kernel/notes.ts";
import { publicKeyOf, signWith } from "#kernel/signature.ts";
import { judge, type Witness } from "./judge.ts";
import { readKey } from "./key.ts";
import { openMemory, type Memory } from "./memory.ts";

export interface WitnessOptions {
  readonly name: string;
  /** Where key and memory are; made at the first start. */
  readonly folder: string;
  readonly operators: readonly Signer[];
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}

export interface RunningWitness {
  readonly signer: Signer;
  readonly port: number;
  close(): Promise<void>;
}

/** A checkpoint has about 400 bytes; a sender with many signatures still fits. */
const MAX_BODY_BYTES = 65_536;
/** A sender that needs longer for a few hundred bytes is no sender, in milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;

/** A witness of draws over HTTP: `POST /add-checkpoint`. It knows nothing of people, only digests and counts. */
export async function startWitness(options: WitnessOptions): Promise<RunningWitness> {
  const { name, folder, operators, now, host, port } = options;
  if (!/^[^\s+]+$/.test(name)) throw new Error("a witness's name has no space and no plus sign");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keyFile = join(folder, "key");
  // First the memory, then the key: where there is a key there was a memory.
  const memory = await openMemory(join(folder, "cosigned.jsonl"), { mayMake: !existsSync(keyFile) });
  const secret = await readKey(keyFile, options.randomBytes).catch(async (error: unknown) => {
    await memory.close();
    throw error;
  });
  const signer = { name, key: toHex(publicKeyOf(secret)) };
  const sign = (text: string): Uint8Array => signWith(secret, utf8(text));
  const server = serveWitness({ signer, sign, operators, memory, now });
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  } catch (error) {
    await memory.close();
    throw error;
  }
  return { signer, port: (server.address() as AddressInfo).port, close: () => close(server, memory) };
}

export function serveWitness(witness: Witness): Server {
  const limits = { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS };
  return createServer(limits, (request, response) => {
    answer(witness, request, response).catch(() => {
      // It could not be written down, so it is not cosigned. The sender may ask again; another witness may answer.
      if (!response.headersSent && !response.destroyed) say(response, 503, "this witness cannot remember now\n");
    });
  });
}

async function answer(witness: Witness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url !== "/add-checkpoint") return say(response, 404, "POST /add-checkpoint\n");
  if (request.method !== "POST") return say(response.setHeader("allow", "POST"), 405, "POST /add-checkpoint\n");
  const text = await bodyOf(request);
  if (text === undefined) return say(response.setHeader("connection", "close"), 413, "too large\n");
  const { status, type, body } = await judge(witness, text);
  say(response, status, body, type);
}

/** Undefined when it is too large. Bytes that are no UTF-8 become marks, and the signature is not of those. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BODY_BYTES) {
      // Read and forgotten, so that the sender gets to hear why.
      request.resume();
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function say(response: ServerResponse, status: number, body: string, type = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
}

async function close(server: Server, memory: Memory): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  await memory.close();
}
