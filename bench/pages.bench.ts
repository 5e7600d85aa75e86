import { request } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { print } from "./support/figures.ts";
import { openWorld, servicesOf, startServer, type World } from "./support/world.ts";
import { assetsFrom } from "#channels/web/web.ts";
import { systemContext } from "#platform/context.ts";
import { fillHorizon } from "#modules/schedules/index.ts";

const BENCH = "pages";
const PAGES = [
  "/",
  "/oficinas",
  "/oficinas/fresno",
  "/tramites",
  "/tramites/pasaporte-adulto",
  "/tramites/pasaporte-menor-3-a-17",
  "/buscar?lugar=93701",
  "/privacidad",
  "/emergencia",
  "/cita",
  "/mi-cita",
  "/en/",
  "/en/oficinas/fresno",
];
const COLD_KB = 15;
const NEXT_KB = 6;
/** Counts the minutes of the kept place down; the page is whole without it. */
const REVIEW_SCRIPT_KB = 1;

interface Visit {
  readonly htmlBytes: number;
  readonly otherBytes: number;
  readonly scriptBytes: number;
}

/** Bytes as they cross the network: what the server compressed, of the page and of all it asks for. */
async function visit(origin: string, path: string, cookie = ""): Promise<Visit> {
  const page = await bytesOf(origin + path, cookie);
  const links = [...page.text.matchAll(/<link\b[^>]*\bhref="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => /rel="(stylesheet|icon)"/.test(tag))
    .map(([, href]) => href!);
  const scripts = [...page.text.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map(([, src]) => src!);
  const sum = async (urls: readonly string[]): Promise<number> =>
    (await Promise.all(urls.map((url) => bytesOf(new URL(url, origin).href, cookie)))).reduce(
      (total, one) => total + one.bytes,
      0,
    );
  return { htmlBytes: page.bytes, otherBytes: await sum(links), scriptBytes: await sum(scripts) };
}

/** `fetch` hides the compressed size, so the length that the server announces or sends is counted. */
async function bytesOf(url: string, cookie: string): Promise<{ bytes: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { "accept-encoding": "br", accept: "text/html", cookie } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        if (answer.statusCode !== 200) return reject(new Error(`${url} answered ${answer.statusCode}`));
        resolve({
          bytes: body.length,
          text: (answer.headers["content-encoding"] === "br" ? brotliDecompressSync(body) : body).toString(),
        });
      });
    })
      .on("error", reject)
      .end();
  });
}

async function bench(world: World): Promise<void> {
  const services = servicesOf(world);
  await fillHorizon(systemContext(services, "bench"));
  const server = await startServer(world);
  const origin = `http://127.0.0.1:${server.port}`;
  let script = 0;
  for (const path of PAGES) {
    const { htmlBytes, otherBytes, scriptBytes } = await visit(origin, path);
    script = Math.max(script, scriptBytes);
    print({
      bench: BENCH,
      figure: `cold visit of ${path}`,
      value: (htmlBytes + otherBytes + scriptBytes) / 1024,
      unit: "KB",
      reference: COLD_KB,
      aim: "<= 15 KB",
    });
    print({
      bench: BENCH,
      figure: `next visit of ${path}`,
      value: htmlBytes / 1024,
      unit: "KB",
      reference: NEXT_KB,
      aim: "<= 6 KB",
    });
  }
  print({ bench: BENCH, figure: "script", value: script / 1024, unit: "KB", reference: null, aim: "0 KB required" });
  print({
    bench: BENCH,
    figure: "script that the review page may use",
    value: (await bytesOf(origin + assetsFrom("dist").scripts!["hold-timer"]!, "")).bytes / 1024,
    unit: "KB",
    reference: REVIEW_SCRIPT_KB,
    aim: "<= 1 KB",
  });
  await server.stop();
  await Promise.all([services.database.close(), services.keyring.close()]);
}

const world = await openWorld();
try {
  await bench(world);
} finally {
  await world.close();
}
