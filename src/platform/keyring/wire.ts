import { createHmac } from "node:crypto";
import type { Digest, Keyring } from "./index.ts";

/**
 * What passes through the socket: lines of JSON, bytes in base64. The first line of a peer is its token; then calls
 * `[id, method, arguments]`, each answered by `[id, "ok", value]` or `[id, code]` in any order.
 */
export type Method = Exclude<keyof Keyring, "close">;
export type Call = readonly [id: number, method: Method, ...args: unknown[]];
export type Answer = readonly [id: number, "ok", unknown] | readonly [id: number, "too_many_keys" | "fault"];

/** Longest line: thousands of sealed rows of one sweep. A longer one is no call of ours. */
const LONGEST_LINE_BYTES = 32 * 1024 * 1024;

/** Derived from the secret of the database roles, which every node has: a process that can reach the socket and lacks it is refused. */
export function peerToken(roleSecret: string): string {
  return createHmac("sha256", roleSecret).update("keyring socket").digest("base64url");
}

type Codec = { readonly [M in Method]?: { args?: (args: never) => unknown[]; value?: (value: never) => unknown } };
const bytesOf = (text: string): Buffer => Buffer.from(text, "base64");
const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");

type Written = readonly (readonly { readonly version: number; readonly digest: string }[])[];
const writeDigests = (value: Digest[][]): Written =>
  value.map((each) => each.map(({ version, digest }) => ({ version, digest: textOf(digest) })));
const readDigests = (value: Written): Digest[][] =>
  value.map((each) => each.map(({ version, digest }) => ({ version, digest: bytesOf(digest) })));

/** How each call is written where its arguments or its value are not plain JSON; the other way in `READ`. */
const WRITE: Codec = {
  open: {
    args: ([items]: Parameters<Keyring["open"]>) => [
      items.map(({ field, row, sealed }) => ({ field, row, sealed: textOf(sealed) })),
    ],
    value: (value: (string | undefined)[]) => value.map((one) => one ?? null),
  },
  shred: { args: ([shares]: [readonly Uint8Array[]]) => [shares.map(textOf)] },
  seal: { value: (value: Buffer[]) => value.map(textOf) },
  digest: { value: writeDigests },
  digestYears: { value: writeDigests },
  signPublic: { value: textOf },
};
const READ: Codec = {
  open: {
    args: ([items]: [{ field: string; row: string; sealed: string }[]]) => [
      items.map(({ field, row, sealed }) => ({ field, row, sealed: bytesOf(sealed) })),
    ],
    value: (value: (string | null)[]) => value.map((one) => one ?? undefined),
  },
  shred: { args: ([shares]: [string[]]) => [shares.map(bytesOf)] },
  seal: { value: (value: string[]) => value.map(bytesOf) },
  digest: { value: readDigests },
  digestYears: { value: readDigests },
  signPublic: { value: bytesOf },
};
const apply = <In, Out>(of: ((value: never) => Out) | undefined, to: In): Out => (of ? of(to as never) : (to as never));

export const writeArgs = (method: Method, args: unknown[]): unknown[] => apply(WRITE[method]?.args, args);
export const readArgs = (method: Method, args: unknown[]): unknown[] => apply(READ[method]?.args, args);
export const writeValue = (method: Method, value: unknown): unknown => apply(WRITE[method]?.value, value);
export const readValue = (method: Method, value: unknown): unknown => apply(READ[method]?.value, value);

/** Puts what arrives together into whole lines; throws where one does not end. */
export function lines(each: (line: string) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let held = 0;
  return (chunk) => {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(10, from);
      if (end < 0) break;
      each(Buffer.concat([...parts, chunk.subarray(from, end)]).toString("utf8"));
      parts = [];
      held = 0;
      from = end + 1;
    }
    if (from === chunk.length) return;
    held += chunk.length - from;
    if (held > LONGEST_LINE_BYTES) throw new Error("a line does not end");
    parts.push(chunk.subarray(from));
  };
}

/** Writes what is said within one turn of the loop in one piece: a busy node makes one system call for many requests. */
export function together(write: (text: string) => void): (line: string) => void {
  let waiting = "";
  return (line) => {
    if (waiting === "") {
      setImmediate(() => {
        const text = waiting;
        waiting = "";
        write(text);
      });
    }
    waiting += `${line}\n`;
  };
}
