import { connect, type Socket } from "node:net";

const CONNECTIONS = 16;

/** Many pages that look at the same moment, over a few connections of one cache. */
export interface Pages {
  /** Asks so many times (at least once) at the same moment, over all connections, and gives the one answer that all got. */
  ask(count: number): Promise<string>;
  close(): void;
}

export async function openPages(port: number, path: string): Promise<Pages> {
  const sockets = await Promise.all(
    Array.from(
      { length: CONNECTIONS },
      () =>
        new Promise<Socket>((resolve) => {
          const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
        }),
    ),
  );
  const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;
  return {
    async ask(count) {
      const share = sockets.map((_, i) => Math.floor(count / CONNECTIONS) + (i < count % CONNECTIONS ? 1 : 0));
      const bodies = await Promise.all(sockets.map((socket, i) => answersOf(socket, request, share[i]!)));
      const different = new Set(bodies.filter((body) => body !== undefined));
      if (different.size > 1) throw new Error("pages of one second saw different documents");
      return [...different][0]!;
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

/** Sends the requests in one go and waits for all answers, which must be the same; undefined for none. */
function answersOf(socket: Socket, request: string, count: number): Promise<string | undefined> {
  if (count === 0) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let [got, wanted] = [0, Infinity];
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk);
      got += chunk.length;
      if (wanted === Infinity) wanted = count * firstLength(Buffer.concat(chunks));
      if (got < wanted) return;
      socket.off("data", onData);
      const [all, length] = [Buffer.concat(chunks), wanted / count];
      for (let at = length; at < wanted; at += length)
        if (all.compare(all, 0, length, at, at + length) !== 0) return reject(new Error("answers differ"));
      resolve(all.toString("utf8", all.indexOf("\r\n\r\n") + 4, length));
    };
    socket.on("data", onData);
    socket.write(request.repeat(count));
  });
}

function firstLength(buffer: Buffer): number {
  const head = buffer.indexOf("\r\n\r\n");
  if (head < 0) return Infinity;
  return head + 4 + Number(/content-length: (\d+)/.exec(buffer.toString("latin1", 0, head))![1]);
}
