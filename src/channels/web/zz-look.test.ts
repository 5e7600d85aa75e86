import { writeFileSync, mkdirSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { AxeBuilder } from "@axe-core/playwright";
import { it } from "vitest";
import { seedTemplates, fillHorizon } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { openTestWeb } from "./web.fixtures.ts";

it("looks", async () => {
  const web = await openTestWeb(async (services) => {
    await seedTemplates({ url: services.url, now: services.clock.now() });
    await services.adminQuery(
      "delete from schedules.templates where office_id not in ('fresno','dallas','los-angeles','toronto','san-jose','sacramento','oxnard','boise')",
    );
    await fillHorizon(systemContext(services, "horizon"));
    // Some days nearly or wholly gone.
    await services
      .adminQuery(
        "update schedules.places p set state='withdrawn' from schedules.sessions s where s.id=p.session_id and s.service_group='documentacion' and (s.local_date < '2026-11-27' or s.local_date='2026-12-02') and p.office_id in ('fresno','los-angeles')",
      )
      .catch((e) => console.log(String(e)));
    await services
      .adminQuery(
        "delete from schedules.places p using schedules.sessions s where s.id=p.session_id and s.service_group='documentacion' and s.local_date in ('2026-11-30','2026-12-01') and p.counter > 1 and p.office_id in ('fresno','los-angeles')",
      )
      .catch((e) => console.log(String(e)));
  });
  const styles = await build({ entryPoints: ["src/ui/styles/main.css"], bundle: true, minify: true, write: false });
  console.log("css", brotliCompressSync(styles.outputFiles[0]!.contents).length);
  const port = new URL(await web.app.listen({ port: 0, host: "127.0.0.1" })).port;
  const pages = (
    process.env.LOOK ??
    "/,/oficinas,/oficinas/fresno,/oficinas/yuma,/tramites,/tramites/pasaporte-menor-3-a-17,/buscar?lugar=93701,/privacidad,/emergencia,/nada"
  ).split(",");
  mkdirSync("/tmp/look", { recursive: true });
  await web.services.adminQuery("delete from offices.facts where office_id='yuma' and level='invented'");
  const { refreshNetwork } = await import("#modules/offices/index.ts");
  await refreshNetwork(web.services);
  for (const [scheme, width] of [
    ["light", 360],
    ["light", 1280],
    ["dark", 360],
    ["dark", 1280],
  ] as const) {
    if (process.env.ONLY && process.env.ONLY !== `${scheme}${width}`) continue;
    const browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: chromium.args,
      headless: true,
    });
    const context = await browser.newContext({
      viewport: { width, height: width === 360 ? 740 : 900 },
      colorScheme: scheme,
    });
    await context.route("**/assets/site.css", (route) =>
      route.fulfill({ contentType: "text/css", body: styles.outputFiles[0]!.text }),
    );
    const page = await context.newPage();
    for (const path of pages) {
      const answer = await page.goto(`http://127.0.0.1:${port}${path}`, { waitUntil: "load" });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      const axe = await new AxeBuilder({ page }).analyze();
      if (axe.passes.length < 10) throw new Error("axe saw nothing");
      for (const v of axe.violations)
        console.log(
          "AXE",
          path,
          v.id,
          v.nodes
            .map((n) => n.target.join(" "))
            .slice(0, 3)
            .join(" | "),
        );
      const br = await web.get(path, { "accept-encoding": "br" });
      console.log(
        scheme,
        width,
        path,
        answer?.status(),
        "overflow",
        wide,
        "br",
        br.rawPayload.length,
        "height",
        await page.evaluate(() => document.documentElement.scrollHeight),
      );
      if (width === 360) {
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        for (let y = 0, n = 0; y < height; y += 1300, n++)
          await page.screenshot({
            path: `/tmp/look/${path.replace(/[^a-z0-9-]+/gi, "_")}-${scheme}-part${n}.png`,
            fullPage: true,
            clip: { x: 0, y, width, height: Math.min(1300, height - y) },
          });
      }
      await page.screenshot({
        path: `/tmp/look/${path.replace(/[^a-z0-9-]+/gi, "_") || "home"}-${width}-${scheme}.png`,
        fullPage: true,
      });
    }
    await browser.close();
  }
  writeFileSync("/tmp/look/done", "");
  await web.close();
}, 300_000);
