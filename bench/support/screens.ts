import { connect, createServer, type Socket } from "node:net";

/** What the screens of one process saw, for the process that made the events. */
export interface Seen {
  /** Milliseconds from before the commit of an event until each screen that listened had it. */
  readonly latencies: readonly number[];
  /** Milliseconds from opening the line again until a screen had what it missed, for each event that it missed. */
  readonly caughtUp: readonly number[];
  /** Events that a screen should have, summed over the screens, and those that it never got. */
  readonly wanted: number;
  readonly missed: number;
  readonly reconnects: number;
  /** Answers that were not 200, which a screen sends again. */
  readonly refused: number;
}

export interface Frame {
  /** Milliseconds since the first. */
  readonly at: number;
  readonly office: number;
  readonly bytes: string;
}

/** Instants of events, as the writer made them: `events[office]` in milliseconds UTC. */
export type Events = readonly (readonly number[])[];

const RECONNECT_AFTER_MS = 800;
const REFUSED_AFTER_MS = 500;

interface Client {
  readonly office: number;
  socket: Socket | undefined;
  text: string;
  lastId: string | undefined;
  /** When this line was opened, and when its server answered. */
  openedAt: number;
  upAt: number;
  /** From when on nothing may be missed. */
  since: number | undefined;
  readonly known: Set<number>;
}

/**
 * Screens without a page: plain sockets that read what comes, remember each call by its instant (one office has no two of
 * one instant), and come back where they stopped.
 */
export function openClients(port: number, cookies: readonly string[], count: number) {
  const clients: Client[] = [];
  const latencies: number[] = [];
  const caughtUp: number[] = [];
  const frames: Frame[] = [];
  let [reconnects, refused] = [0, 0];
  let recordFrom: number | undefined;
  let counting = false;

  const open = (client: Client): void => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    client.socket = socket;
    client.text = "";
    client.openedAt = Date.now();
    let head = false;
    const last = client.lastId === undefined ? "" : `last-event-id: ${client.lastId}\r\n`;
    socket.write(`GET /sala/eventos HTTP/1.1\r\nhost: bench\r\ncookie: ${cookies[client.office]!}\r\n${last}\r\n`);
    socket.setEncoding("utf8");
    socket.on("error", () => undefined);
    socket.on("data", (chunk: string) => {
      client.text += chunk;
      if (!head) {
        const end = client.text.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!client.text.startsWith("HTTP/1.1 200")) {
          refused++;
          socket.destroy();
          setTimeout(() => open(client), REFUSED_AFTER_MS);
          return;
        }
        head = true;
        client.upAt = Date.now();
        client.text = client.text.slice(end + 4);
      }
      for (let end = client.text.indexOf("\n\n"); end >= 0; end = client.text.indexOf("\n\n")) {
        take(client, client.text.slice(0, end + 2));
        client.text = client.text.slice(end + 2);
      }
    });
  };

  const take = (client: Client, frame: string): void => {
    const now = Date.now();
    const found = /^id: (\d+)\nevent: board\ndata: \{"at":\d+,"calls":\[.*?\],"news":(\[.*?\]),/.exec(frame);
    if (!found) return;
    client.lastId = found[1]!;
    client.since ??= now;
    for (const [, at] of found[2]!.matchAll(/"at":(\d+)/g)) {
      const instant = Number(at);
      if (client.known.has(instant)) continue;
      client.known.add(instant);
      if (!counting || instant <= client.since) continue;
      if (instant > client.upAt) latencies.push(now - instant);
      else caughtUp.push(now - client.openedAt);
    }
    if (recordFrom !== undefined && clients[client.office] === client)
      frames.push({ at: now - recordFrom, office: client.office, bytes: frame });
  };

  for (let i = 0; i < count; i++) {
    const client: Client = {
      office: i % cookies.length,
      socket: undefined,
      text: "",
      lastId: undefined,
      openedAt: 0,
      upAt: 0,
      since: undefined,
      known: new Set(),
    };
    clients.push(client);
    // As screens do after a restart: not all in one instant.
    setTimeout(() => open(client), 14 * i);
  }

  return {
    listening: () => clients.filter(({ since }) => since !== undefined).length,
    /** From now on latencies count, frames are kept, and so many a second break off and come back. */
    begin(perSecond: number) {
      counting = true;
      recordFrom = Date.now();
      let next = cookies.length;
      const timer = setInterval(() => {
        // The first of each office records frames and stays.
        const client = clients[next]!;
        next = next + 1 < clients.length ? next + 1 : cookies.length;
        client.socket?.destroy();
        reconnects++;
        setTimeout(() => open(client), RECONNECT_AFTER_MS);
      }, 1000 / perSecond);
      return () => clearInterval(timer);
    },
    seen(events: Events): Seen {
      let [missed, wanted] = [0, 0];
      for (const { office, since, known } of clients)
        for (const instant of events[office]!) {
          if (since === undefined || instant <= since) continue;
          wanted++;
          if (!known.has(instant)) missed++;
        }
      return { latencies, caughtUp, missed, wanted, reconnects, refused };
    },
    frames: () => frames,
    close() {
      for (const { socket } of clients) socket?.destroy();
    },
  };
}

/** A broadcast and nothing else: whoever connects is of an office and gets that office's bytes. */
export async function openBroadcast(offices: number) {
  const sockets = Array.from({ length: offices }, () => new Set<Socket>());
  const last: Buffer[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (request: Buffer) => {
      const office = Number(/cookie: (\d+)/.exec(request.toString("latin1"))![1]);
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      if (last[office]) socket.write(last[office]);
      sockets[office]!.add(socket);
      socket.on("close", () => sockets[office]!.delete(socket));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    /** Sends the frames at their hours. */
    async replay(frames: readonly Frame[]): Promise<void> {
      const began = Date.now();
      for (const { at, office, bytes } of frames) {
        const wait = began + at - Date.now();
        if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
        // The hour of its call is now: how long a broadcast takes on this machine, at this load, is the other reference.
        const buffer = Buffer.from(bytes.replace(/("news":\[\{[^}]*"at":)\d+/, `$1${Date.now()}`));
        last[office] = buffer;
        for (const socket of sockets[office]!) socket.write(buffer);
      }
    },
  };
}
