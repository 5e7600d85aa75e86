// Lets the console open without a network on a tablet that carries a list: what it needs is kept by offline/loan.ts.
// Answers of the API are never kept.

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

const PAGE = "/consola/";
/** A server that does not answer so soon is as good as none. */
const PATIENCE_MS = 4_000;
const worker = self as unknown as Worker;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.destination === "script" || request.destination === "style" || request.destination === "image")
    event.respondWith(caches.match(request.url).then((kept) => kept ?? fetch(request)));
});

/** The page as it is now, or as it was kept. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.match(PAGE);
  if (!kept) return fetch(request);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
  return answer && answer.status < 500 ? answer : kept;
}
