import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttpServer } from "#platform/http/index.ts";
import { silentLog } from "#platform/log.ts";
import { assetsFrom, serveAssets } from "./assets.ts";

const CSS = "main{color:red}";

describe("the files of the build", () => {
  const dist = mkdtempSync(join(tmpdir(), "ventanilla-assets-"));
  const app = createHttpServer({ log: silentLog, publicOrigin: "http://localhost:8080" });
  beforeAll(async () => {
    mkdirSync(join(dist, "public"));
    writeFileSync(join(dist, "secret.txt"), "not for you");
    writeFileSync(
      join(dist, "public/manifest.json"),
      JSON.stringify({ "site.css": "site.0a1b.css", "icon.svg": "icon.9f.svg" }),
    );
    writeFileSync(join(dist, "public/site.0a1b.css"), CSS);
    writeFileSync(join(dist, "public/site.0a1b.css.br"), brotliCompressSync(CSS));
    writeFileSync(join(dist, "public/icon.9f.svg"), "<svg/>");
    serveAssets(app, assetsFrom(dist));
    await app.ready();
  });
  afterAll(async () => {
    await app.close();
    rmSync(dist, { recursive: true });
  });

  it("are named by the manifest", () => {
    expect(assetsFrom(dist)).toMatchObject({ css: "/assets/site.0a1b.css", icon: "/assets/icon.9f.svg" });
  });

  it("go out as the build compressed them, to be kept for ever", async () => {
    const reply = await app.inject({ url: "/assets/site.0a1b.css", headers: { "accept-encoding": "br" } });
    expect(reply.headers).toMatchObject({
      "content-encoding": "br",
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": "text/css; charset=utf-8",
    });
    expect(brotliDecompressSync(reply.rawPayload).toString()).toBe(CSS);
    expect((await app.inject("/assets/site.0a1b.css")).body).toBe(CSS);
  });

  it.each([
    "/assets/../secret.txt",
    "/assets/%2e%2e/secret.txt",
    "/assets/..%2fsecret.txt",
    "/assets/",
    "/assets/other.css",
  ])("are all that is served: %s is not", async (url) => {
    expect((await app.inject(url)).statusCode).toBe(404);
  });

  it("must hold the styles", () => {
    const empty = mkdtempSync(join(tmpdir(), "ventanilla-assets-"));
    mkdirSync(join(empty, "public"));
    writeFileSync(join(empty, "public/manifest.json"), "{}");
    expect(() => assetsFrom(empty)).toThrow("npm run build");
    rmSync(empty, { recursive: true });
  });
});
