import { connect, type Socket } from "node:net";

export interface LoadResult {
  readonly seconds: number;
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Milliseconds of each answer that counted. */
  readonly latencies: Float64Array;
}

/**
 * Sends prepared requests over keep-alive connections, each connection one at a time, and counts what
 * comes back between the end of the warm-up and the end. Plain sockets, so that two cores are left to
 * what is measured. `next` gives the bytes of the next request, or undefined when there are no more.
 */
export async function load(options: {
  port: number;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  next: () => Buffer | undefined;
}): Promise<LoadResult> {
  const statuses = new Map<number, number>();
  const latencies: number[] = [];
  const began = performance.now();
  const from = began + options.warmUpSeconds * 1000;
  const until = from + options.seconds * 1000;
  const count = (status: number, sentAt: number): void => {
    const now = performance.now();
    if (now < from || now > until) return;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    latencies.push(now - sentAt);
  };
  await Promise.all(
    Array.from({ length: options.connections }, () => oneConnection(options.port, until, options.next, count)),
  );
  return { seconds: options.seconds, statuses, latencies: Float64Array.from(latencies) };
}

function oneConnection(
  port: number,
  until: number,
  next: () => Buffer | undefined,
  count: (status: number, sentAt: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let sentAt = 0;
    let pending: Buffer = Buffer.alloc(0);
    const send = (): void => {
      const request = performance.now() < until ? next() : undefined;
      if (!request) return end(socket, resolve);
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const length = answerLength(pending);
      if (length === undefined || pending.length < length) return;
      count(Number(pending.toString("latin1", 9, 12)), sentAt);
      pending = pending.subarray(length);
      send();
    });
  });
}

function end(socket: Socket, resolve: () => void): void {
  socket.end();
  resolve();
}

/** Bytes of the first answer in the buffer, once its head is complete. */
function answerLength(buffer: Buffer): number | undefined {
  const head = buffer.indexOf("\r\n\r\n");
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(buffer.toString("latin1", 0, head));
  return head + 4 + Number(length?.[1] ?? 0);
}
