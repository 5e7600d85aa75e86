import { connect, type Socket } from "node:net";
import { KeyringBusy } from "./brake.ts";
import { lines, readValue, together, writeArgs, type Answer, type Call, type Method } from "./wire.ts";
import type { DigestName } from "./fields.ts";
import type { Digest, Keyring } from "./index.ts";

/** How long a call waits for a keyring that is away: a new process is there within a second; nobody waits for ever. */
export const KEYRING_WAIT_MS = 5_000;
const TRY_AGAIN_MS = 50;
const LOOK_MS = 250;
/** To make a second version twice is one too many; everything else may be asked again when the answer was lost. */
const ONCE: ReadonlySet<Method> = new Set<Method>(["rotate"]);

interface Waiting {
  readonly method: Method;
  readonly line: string;
  readonly until: number;
  sent: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The keyring of another process. A lost connection is made anew and what was not answered is asked again, until its time is over. */
export function connectKeyring(options: { readonly path: string; readonly token: string }): Keyring {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let peer: Socket | undefined;
  let say: (line: string) => void = () => undefined;
  let closed = false;
  let look: NodeJS.Timeout | undefined;

  const settle = (id: number): Waiting | undefined => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) {
      clearInterval(look);
      look = undefined;
      peer?.unref();
    }
    return call;
  };

  const open = (): void => {
    if (peer || closed) return;
    const socket = (peer = connect(options.path));
    const write = together((text) => void (socket.writable && socket.write(text)));
    if (waiting.size === 0) socket.unref();
    socket.on("error", () => undefined);
    socket.on("connect", () => {
      write(options.token);
      say = write;
      for (const call of waiting.values()) send(call);
    });
    socket.on("close", () => {
      peer = undefined;
      say = () => undefined;
      for (const [id, call] of waiting) {
        if (call.sent && ONCE.has(call.method)) settle(id)?.reject(new KeyringBusy("keyring_away"));
        else call.sent = false;
      }
      if (waiting.size > 0) setTimeout(open, TRY_AGAIN_MS);
    });
    socket.on(
      "data",
      lines((line) => {
        const [id, code, value] = JSON.parse(line) as Answer;
        const call = settle(id);
        if (!call) return;
        if (code === "ok") call.resolve(readValue(call.method, value));
        else call.reject(code === "too_many_keys" ? new KeyringBusy(code) : new Error("the keyring failed"));
      }),
    );
  };
  const send = (call: Waiting): void => {
    if (peer === undefined || peer.connecting || call.sent) return;
    call.sent = true;
    say(call.line);
  };
  const giveUp = (): void => {
    const now = performance.now();
    for (const [id, { until }] of waiting) if (until < now) settle(id)?.reject(new KeyringBusy("keyring_away"));
  };

  const ask = (method: Method, ...args: unknown[]): Promise<never> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new KeyringBusy("keyring_away"));
      const id = (last += 1);
      const line = JSON.stringify([id, method, ...writeArgs(method, args)] satisfies Call);
      const until = performance.now() + KEYRING_WAIT_MS;
      const call: Waiting = { method, line, until, sent: false, resolve: resolve as Waiting["resolve"], reject };
      waiting.set(id, call);
      peer?.ref();
      look ??= setInterval(giveUp, LOOK_MS);
      open();
      send(call);
    });

  const digests = new Map<DigestName, (values: readonly string[]) => Promise<Digest[][]>>();
  const digestOf = (name: DigestName) => {
    const own = digests.get(name) ?? gathered((values: readonly string[]) => ask("digest", name, values));
    digests.set(name, own);
    return own;
  };

  return {
    seal: gathered((items) => ask("seal", items)),
    // Not gathered: the brake may refuse one and not its neighbour.
    open: (items) => ask("open", items),
    digest: (name, values) => digestOf(name)(values),
    digestYears: (name, values) => ask("digestYears", name, values),
    sign: (name, text) => ask("sign", name, text),
    verify: (name, text, signature) => ask("verify", name, text, signature),
    publicKey: (name) => ask("publicKey", name),
    signPublic: (name, text) => ask("signPublic", name, text),
    rotate: (name) => ask("rotate", name),
    endRotation: (name) => ask("endRotation", name),
    shred: (shares) => ask("shred", shares),
    destroyDue: (on) => ask("destroyDue", on),
    close: () => {
      closed = true;
      for (const id of [...waiting.keys()]) settle(id)?.reject(new KeyringBusy("keyring_away"));
      peer?.destroy();
      return Promise.resolve();
    },
  };
}

/**
 * Makes one call of what is asked for in one turn: a busy node has dozens of bookings in hand, each with the same six
 * questions. If it fails each is asked alone, so that only the offender's fails.
 */
function gathered<In, Out>(ask: (items: readonly In[]) => Promise<Out[]>): (items: readonly In[]) => Promise<Out[]> {
  let waiting: { readonly items: readonly In[]; readonly settle: (values: Out[] | Promise<Out[]>) => void }[] = [];
  const send = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    if (all.length === 1) return all[0]!.settle(ask(all[0]!.items));
    try {
      const values = await ask(all.flatMap(({ items }) => items));
      let from = 0;
      for (const { items, settle } of all) settle(values.slice(from, (from += items.length)));
    } catch {
      for (const { items, settle } of all) settle(ask(items));
    }
  };
  return (items) =>
    new Promise((settle) => {
      if (waiting.length === 0) process.nextTick(() => void send());
      waiting.push({ items, settle });
    });
}
