import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { startCachingProxy } from "./caching-proxy.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An application whose answers are counted, behind a proxy whose clock the test moves. */
async function behindProxy(answer: (reply: ServerResponse, count: number) => void) {
  let [count, now] = [0, 0];
  const app = createServer((_, reply) => answer(reply, ++count));
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const proxy = await startCachingProxy({ port: (app.address() as AddressInfo).port }, () => now);
  closing.push(
    () => proxy.close(),
    () => app.close(),
  );
  const poll = async (path = "/status") => (await fetch(`http://127.0.0.1:${proxy.port}${path}`)).text();
  return { proxy, poll, wait: (ms: number) => (now += ms) };
}

test("a hundred who ask at once are one request, and so are all of the next five seconds", async () => {
  const { proxy, poll, wait } = await behindProxy((reply, count) => {
    setTimeout(() => reply.setHeader("cache-control", "public, max-age=5").end(`document ${count}`), 50);
  });
  expect(new Set(await Promise.all(Array.from({ length: 100 }, () => poll())))).toEqual(new Set(["document 1"]));
  wait(4_999);
  expect(await poll()).toBe("document 1");
  wait(1);
  expect(await poll()).toBe("document 2");
  expect(await poll("/status?other")).toBe("document 3");
  expect(proxy.counts()).toMatchObject({ asked: 103, forwarded: 3 });
});

test.each(["no-store", "private, max-age=60", "public"])("an answer that says %s is not kept", async (caching) => {
  const { poll } = await behindProxy((reply, count) =>
    reply.setHeader("cache-control", caching).end(`document ${count}`),
  );
  expect([await poll(), await poll()]).toEqual(["document 1", "document 2"]);
});
