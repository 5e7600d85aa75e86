import { timingSafeEqual } from "node:crypto";
import { chmod, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { faultFields, type Log } from "../log.ts";
import { KeyringBusy } from "./brake.ts";
import { lines, readArgs, together, writeValue, type Answer, type Call, type Method } from "./wire.ts";
import type { Keyring } from "./index.ts";

export interface KeyringServer {
  close(): Promise<void>;
}

const METHODS: ReadonlySet<string> = new Set<Method>([
  "seal",
  "open",
  "digest",
  "digestYears",
  "sign",
  "verify",
  "publicKey",
  "signPublic",
  "rotate",
  "endRotation",
  "shred",
  "destroyDue",
]);
/** Only whoever runs the service may reach the socket. */
const MODE = 0o600;

/** Answers whoever reaches the socket and says the token first; anybody else is cut off without a word. */
export async function serveKeyring(options: {
  readonly keyring: Keyring;
  readonly path: string;
  readonly token: string;
  readonly log: Log;
}): Promise<KeyringServer> {
  const { keyring, path, token, log } = options;
  const peers = new Set<Socket>();
  const server = createServer((peer) => {
    peers.add(peer);
    peer.on("error", () => undefined).on("close", () => peers.delete(peer));
    const say = together((text) => void (peer.writable && peer.write(text)));
    let known = false;
    const take = lines((line) => {
      // What is no call of a peer of ours ends the connection: it is thrown here and caught below.
      if (known) return void answer(JSON.parse(line) as Call, say);
      known = isSame(line, token);
      if (known) return;
      log.warn("a peer without the token was refused", { code: "keyring_peer" });
      throw new Error("no peer of ours");
    });
    peer.on("data", (chunk: Buffer) => {
      try {
        take(chunk);
      } catch {
        peer.destroy();
      }
    });
  });

  async function answer([id, method, ...args]: Call, say: (line: string) => void): Promise<void> {
    let said: Answer;
    try {
      if (!METHODS.has(method)) throw new Error("no such call");
      const value = await (keyring[method] as (...args: unknown[]) => Promise<unknown>)(...readArgs(method, args));
      said = [id, "ok", writeValue(method, value)];
    } catch (error) {
      if (!(error instanceof KeyringBusy))
        log.error("the keyring failed", { task: String(method), ...faultFields(error) });
      said = [id, error instanceof KeyringBusy ? "too_many_keys" : "fault"];
    }
    say(JSON.stringify(said));
  }

  await refuseSecond(path);
  await rm(path, { force: true });
  // Between listening and `chmod` the mask keeps others out.
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  } finally {
    process.umask(mask);
  }
  await chmod(path, MODE);
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const peer of peers) peer.destroy();
      await closed;
      await keyring.close();
    },
  };
}

/** A socket file that a killed process left is taken over; one where somebody answers is not. */
async function refuseSecond(path: string): Promise<void> {
  const answers = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.once("connect", () => resolve(true)).once("error", () => resolve(false));
    probe.once("connect", () => probe.destroy());
  });
  if (answers) throw new Error("another keyring answers at this socket");
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
