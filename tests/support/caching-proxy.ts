import { Agent, get } from "node:http";
import { createServer, type AddressInfo, type Socket } from "node:net";

/** What went through: `asked` at the proxy, `forwarded` to the application behind it. */
export interface ProxyCounts {
  readonly asked: number;
  readonly forwarded: number;
  readonly bytes: number;
}

export interface CachingProxy {
  readonly port: number;
  counts(): ProxyCounts;
  close(): Promise<void>;
}

interface Kept {
  readonly answer: Buffer;
  readonly until: number;
}

const HEAD_ENDS = "\r\n\r\n";

/**
 * A small shared cache, as any office or provider could put in front: it answers GETs from memory for as
 * long as `Cache-Control: public, max-age` allows, and asks the application once for many who wait for
 * the same. It knows nothing of rooms. `now` (milliseconds) is passed in, so that ten minutes can be had in one.
 */
export async function startCachingProxy(origin: { port: number }, now: () => number): Promise<CachingProxy> {
  const kept = new Map<string, Kept>();
  const asking = new Map<string, Promise<Buffer>>();
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  let [asked, forwarded, bytes] = [0, 0, 0];

  function answerFor(path: string): Promise<Buffer> {
    const have = kept.get(path);
    if (have !== undefined && now() < have.until) return Promise.resolve(have.answer);
    let under = asking.get(path);
    if (under === undefined) {
      forwarded += 1;
      const since = now();
      under = ask(path).then(({ answer, maxAgeS }) => {
        asking.delete(path);
        kept.set(path, { answer, until: since + maxAgeS * 1000 });
        return answer;
      });
      asking.set(path, under);
    }
    return under;
  }

  function ask(path: string): Promise<{ answer: Buffer; maxAgeS: number }> {
    return new Promise((resolve, reject) => {
      get({ host: "127.0.0.1", port: origin.port, path, agent }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("end", () => {
          const body = Buffer.concat(chunks);
          const caching = reply.headers["cache-control"] ?? "";
          const head = [`HTTP/1.1 ${reply.statusCode}`, `cache-control: ${caching}`, `content-length: ${body.length}`];
          const maxAge = /(?:^|,)\s*public\b/.test(caching) ? /max-age=(\d+)/.exec(caching)?.[1] : undefined;
          resolve({
            answer: Buffer.concat([Buffer.from(head.join("\r\n") + HEAD_ENDS), body]),
            maxAgeS: Number(maxAge ?? 0),
          });
        });
      }).on("error", reject);
    });
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let rest = "";
    let before: Promise<void> = Promise.resolve();
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      const requests = (rest + chunk.toString("latin1")).split(HEAD_ENDS);
      rest = requests.pop()!;
      asked += requests.length;
      // Answers leave in the order of their requests, those of one read together.
      const answers = requests.map((request) => answerFor(request.slice(4, request.indexOf(" ", 4))));
      before = before
        .then(() => Promise.all(answers))
        .then((ready) => {
          const whole = Buffer.concat(ready);
          bytes += whole.length;
          socket.write(whole);
        })
        .catch(() => void socket.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    counts: () => ({ asked, forwarded, bytes }),
    close: () => {
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
