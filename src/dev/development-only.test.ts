import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { expect, test } from "vitest";
import { createApplication } from "#app/application.ts";
import { openTestServices } from "#tests/support/database.ts";

/** Files of the checkout that end up in the bundle of an entry; packages stay outside, as in scripts/build.mjs. */
async function inputsOf(entry: string): Promise<string[]> {
  const { metafile } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    jsx: "automatic",
    logLevel: "silent",
    plugins: [
      {
        name: "packages-stay-outside",
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
            kind === "entry-point" ? undefined : { path, external: true },
          ),
      },
    ],
  });
  return Object.keys(metafile.inputs);
}

test.each([
  ["src/app/main.ts", "src/platform/db/migrate.ts"],
  ["src/app/migrate.ts", "src/platform/db/migrate.ts"],
  ["src/app/keyring.ts", "src/platform/keyring/serve.ts"],
])("nothing of development is built into %s", async (entry, needed) => {
  const inputs = await inputsOf(entry);
  expect(inputs).toContain(entry);
  expect(inputs).toContain(needed);
  expect(inputs.filter((path) => path.startsWith("src/dev/") || path.startsWith("tests/"))).toEqual([]);
});

test("the look for development finds it where it is", async () => {
  expect((await inputsOf("src/dev/main.ts")).filter((path) => path.startsWith("src/dev/")).length).toBeGreaterThan(10);
});

test("a live server has no route of development", async () => {
  const dist = await mkdtemp(join(tmpdir(), "ventanilla-live-"));
  await mkdir(join(dist, "public"));
  await writeFile(join(dist, "public/manifest.json"), JSON.stringify({ "site.css": "site.0.css" }));
  const services = await openTestServices();
  const config = {
    HOST: "127.0.0.1",
    PORT: 0,
    INTERNAL_HOST: "127.0.0.1",
    INTERNAL_PORT: 0,
    TRUSTED_PROXY: undefined,
    TLS_CERT: undefined,
    TLS_KEY: undefined,
  };
  const application = await createApplication({ config, services, senders: [], dist, automatic: false });
  try {
    await application.web.ready();
    for (const url of [
      "/dev",
      "/dev/buzon",
      "/dev/buzon.json",
      "/dev/reloj",
      "/dev/dev.css",
      "/api/v1/console/dev/roles",
      "/api/v1/console/dev/draw",
    ]) {
      expect([url, (await application.web.inject(url)).statusCode]).toEqual([url, 404]);
    }
    for (const url of [
      "/dev/entrar",
      "/dev/reloj",
      "/dev/reparto",
      "/api/v1/console/dev/sign-in",
      "/api/v1/console/dev/draw",
    ]) {
      const { statusCode } = await application.web.inject({
        method: "POST",
        url,
        payload: { role: "clerk" },
        headers: { origin: services.publicOrigin },
      });
      expect([url, statusCode]).toEqual([url, 404]);
    }
    const routes = application.web.printRoutes({ commonPrefix: false });
    expect(routes).toContain("oficinas");
    expect(routes).not.toMatch(/\bdev\b/);
  } finally {
    await application.close();
    await services.close().catch(() => undefined);
    await rm(dist, { recursive: true });
  }
});
