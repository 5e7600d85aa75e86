// Lets the screen of a hall open without a network: its page, styles and script are kept by src/client/hall.ts. Boards
// are not its concern.

/** What of a service worker is used here; the page's own types know none. */
interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(
    name: "install" | "activate",
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    name: "fetch",
    listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
}

/** A server that does not answer so soon is as good as none: the wall must not stay black. */
const PATIENCE_MS = 3_000;
const worker = self as unknown as Worker;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(pageOf(request));
  else if (request.destination === "script" || request.destination === "style" || request.destination === "image")
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});

/** The page as it is now, or as it was kept. A server that says no is believed. */
async function pageOf(request: Request): Promise<Response> {
  const kept = await caches.match(request.url);
  if (!kept) return fetch(request);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
  return answer && answer.status < 500 ? answer : kept;
}
