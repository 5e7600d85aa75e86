import { connect, createServer, type AddressInfo } from "node:net";

/** Where a transaction's connection is cut: around its n-th statement, of which `begin` is the first. */
export interface Cut {
  readonly statement: number;
  /** `before`: the server never gets it. `after`: the server has carried it out and nobody hears of it. `during`: it is sent and the line is dead at once. */
  readonly when: "before" | "after" | "during";
  /** The last thing that the client hears, instead of nothing, is that the server breaks down. */
  readonly panics?: boolean;
  /** Nobody gets through any more until `restore`. */
  readonly forGood?: boolean;
}

export interface CuttingProxy {
  readonly port: number;
  /** The next transaction of that login role is watched and, if so told, cut. */
  watch(role: string, cut?: Cut): void;
  restore(): void;
  /** Statements of the watched transaction that the server was sent. */
  statements(): number;
  wasCut(): boolean;
  close(): Promise<void>;
}

interface Watched {
  readonly cut: Cut | undefined;
  sent: number;
  answered: number;
  isCut: boolean;
  isOver: boolean;
}

/** Message types of the protocol: a statement ends with Sync or is a Query, and is answered by ReadyForQuery. */
const [SYNC, QUERY, READY] = ["S", "Q", "Z"] as const;

/** Stands between the program and PostgreSQL, reads the protocol and cuts a connection between two statements of its choice. */
export async function openCuttingProxy(target: {
  readonly hostname: string;
  readonly port: string;
}): Promise<CuttingProxy> {
  const pairs = new Set<() => void>();
  const nobody: Watched = { cut: undefined, sent: 0, answered: 0, isCut: false, isOver: true };
  let armed: { role: string; cut: Cut | undefined } | undefined;
  let watched = nobody;
  let down = false;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let login: string | undefined;
    let own = nobody;
    let withheld = false;
    const end = (): void => {
      pairs.delete(end);
      client.destroy();
      upstream.destroy();
    };
    const cut = (): void => {
      own.isCut = true;
      down = own.cut?.forGood === true;
      if (own.cut?.panics) return void client.end(panic());
      for (const one of down ? [...pairs] : [end]) one();
    };
    pairs.add(end);
    for (const socket of [client, upstream]) socket.setNoDelay(true).on("error", end).on("close", end);
    if (down) return end();

    client.on(
      "data",
      inMessages(true, (message, type) => {
        login ??= message.toString("latin1");
        const text = type === QUERY ? message.toString("utf8", 5, message.length - 1) : undefined;
        if (armed && text === "begin" && login.includes(armed.role)) {
          own = watched = { cut: armed.cut, sent: 0, answered: 0, isCut: false, isOver: false };
          armed = undefined;
        }
        withheld ||= !own.isOver && own.cut?.when === "before" && own.sent === own.cut.statement - 1;
        if (withheld) {
          if (own.answered === own.sent) cut();
          return;
        }
        upstream.write(message);
        if (own.isOver || (type !== SYNC && type !== QUERY)) return;
        own.sent += 1;
        if (own.cut?.when === "during" && own.sent === own.cut.statement) upstream.end(cut);
        own.isOver = text === "commit" || text === "rollback";
      }),
    );
    upstream.on(
      "data",
      inMessages(false, (message, type) => {
        const isMute = own.cut?.when === "after" && own.answered === own.cut.statement - 1;
        if (type === READY && own !== nobody) own.answered += 1;
        if (!isMute) client.write(message);
        else if (type === READY) cut();
        if (withheld && own.answered === own.sent) cut();
        if (own.isOver && own.answered >= own.sent) own = nobody;
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    watch(role, cut) {
      armed = { role, cut };
      watched = nobody;
    },
    restore: () => void (down = false),
    statements: () => watched.sent,
    wasCut: () => watched.isCut,
    async close() {
      for (const end of [...pairs]) end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What PostgreSQL sends when it cannot force its log to the disk: the transaction is there or not after its recovery. */
function panic(): Buffer {
  const fields = Buffer.from("SPANIC\0VPANIC\0C58030\0Mcould not fsync file\0\0");
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, fields]);
}

/** Splits a stream into whole messages. A client's first one has a length and no type. */
function inMessages(fromClient: boolean, take: (message: Buffer, type: string) => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0);
  let untyped = fromClient;
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const head = untyped ? 0 : 1;
      if (pending.length < head + 4) return;
      const length = head + pending.readInt32BE(head);
      if (pending.length < length) return;
      const message = pending.subarray(0, length);
      pending = pending.subarray(length);
      const type = untyped ? "" : String.fromCharCode(message[0]!);
      untyped = false;
      take(message, type);
    }
  };
}
