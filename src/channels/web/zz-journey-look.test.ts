import { mkdirSync } from "node:fs";
import { build } from "esbuild";
import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Page } from "playwright-core";
import { AxeBuilder } from "@axe-core/playwright";
import { it } from "vitest";
import { openTestWeb } from "./web.fixtures.ts";
import { aMorningInFresno, newestDigits, PERSONS } from "./visit/visitor.fixtures.ts";
import { aSession } from "#tests/support/fixtures.ts";

it("looks", async () => {
  const web = await openTestWeb(async (s) => { await aMorningInFresno(s); for (const d of ["2026-12-07","2026-12-08","2026-12-09","2026-12-10","2026-12-11","2026-12-14"]) { await aSession(s, { localDate: d as never, steps: d.endsWith("8") ? 2 : 12 }); await aSession(s, { localDate: d as never, group: "registro_civil", steps: 8 }); } await aSession(s, { officeId: "sacramento" as never, localDate: "2026-12-09" as never, steps: 8 }); await aSession(s, { officeId: "sacramento" as never, localDate: "2026-12-09" as never, group: "registro_civil", steps: 8 }); await s.adminQuery("update schedules.places p set state='withdrawn' from schedules.sessions s where s.id=p.session_id and s.local_date = '2026-12-10'"); });
  const styles = await build({ entryPoints: ["src/ui/styles/main.css"], bundle: true, minify: true, write: false });
  const base = `http://127.0.0.1:${new URL(await web.app.listen({ port: 0, host: "127.0.0.1" })).port}`;
  (web.services as { publicOrigin: string }).publicOrigin = base;
  mkdirSync("/tmp/jlook", { recursive: true });
  for (const [scheme, width] of (process.env.V ?? "light360,light1280").split(",").map((v) => [v.replace(/\d+/, ""), Number(v.replace(/\D+/, ""))] as const)) {
    const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });
    const context = await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 900 }, colorScheme: scheme as "light", extraHTTPHeaders: {} });
    await context.route("**/assets/site.css", (route) => route.fulfill({ contentType: "text/css", body: styles.outputFiles[0]!.text }));
    const page = await context.newPage();
    let n = 0;
    const shot = async (name: string) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      const axe = await new AxeBuilder({ page }).analyze();
      for (const v of axe.violations) console.log("AXE", name, v.id, v.nodes.map((x) => x.target.join(" ")).slice(0, 3).join(" | "));
      const bytes = (await web.get("/", {})) && (await page.content()).length;
      const title = await page.title();
      console.log(width, ++n, name, page.url().replace(base, ""), "overflow", wide, "html", bytes, title);
      await page.screenshot({ path: `/tmp/jlook/${String(n).padStart(2, "0")}-${name}-${width}-${scheme}.png`, fullPage: true });
    };
    const go = async () => { await Promise.all([page.waitForLoadState("load"), page.locator("main form .btn:not(.btn-secondary)").first().click()]); await page.waitForLoadState("load"); };
    const click = async (sel: string) => { await page.locator(sel).first().click(); await page.waitForLoadState("load"); };
    const fill = async (p: Record<string, string>) => { for (const [k, v] of Object.entries(p)) { if (k === "lugar") await page.selectOption("[name=lugar]", v); else if (k === "sexo") await page.check(`[name=sexo][value=${v}]`, { force: true }); else await page.fill(`[name="${k}"]`, v); } };
    await page.goto(base + "/cita?oficina=fresno"); await shot("start"); await go();
    await shot("people"); await page.check("[name=personas][value=mas]", { force: true }); await go(); await shot("six");
    await page.goto(base + "/cita/personas"); await go(); await shot("people-error"); await page.check("[name=personas][value='4']", { force: true }); await go();
    await shot("person"); await go(); await shot("person-error"); await fill(PERSONS.rosa); await go();
    await shot("services"); for (const s of ["pasaporte-adulto", "matricula-consular"]) await page.check(`[value=${s}]`, { force: true }); await go();
    await fill(PERSONS.juan); await go(); await page.check("[value=pasaporte-adulto]", { force: true }); await go();
    await fill(PERSONS.lucia); await go(); await page.check("[value=pasaporte-menor-3-a-17]", { force: true }); await go();
    await page.check("[name=uno-parte][value=comes]", { force: true }); await page.check("[name=otra][value=si]", { force: true }); await page.check("[name=dos-parte][value=signs_elsewhere]", { force: true }); await shot("parents"); await page.check("[name=dos-parte][value=cannot]", { force: true }); await go(); await shot("parents-error"); await page.check("[name=dos-parte][value=signs_elsewhere]", { force: true }); await fill({ "dos-permiso-day": "5", "dos-permiso-month": "10", "dos-permiso-year": "2026" }); await go();
    await fill(PERSONS.mateo); await go(); await page.check("[value=registro-nacimiento]", { force: true }); await go();
    await page.check("[name=uno-parte][value=comes]", { force: true }); await page.check("[name=otra][value=no]", { force: true }); await go();
    await shot("prepare"); for (const name of await page.evaluate(() => [...new Set([...document.querySelectorAll("main input[type=radio]")].map((e) => (e as HTMLInputElement).name))])) await page.check(`[name=${name}][value=no]`, { force: true }); await go();
    await shot("papers"); await page.goto(base + "/cita/lugar"); await shot("place-first"); await page.goto(base + "/cita/lugar?lugar=93701"); await shot("place");
    await click("button[value=fresno]"); await shot("day"); await click(".days a");
    await shot("contact"); await page.check("[name=forma][value=email]", { force: true }); await page.fill("[name=correo]", `look${width}${scheme}@example.com`); await shot("contact-email"); await go();
    await shot("code"); await page.fill("[name=codigo]", "1"); await go(); await shot("code-error"); await page.fill("[name=codigo]", await newestDigits(web.services)); await go();
    await shot("time"); await click("[name=hora]"); await shot("review"); await page.locator("main form .btn:not(.btn-secondary)").last().click(); await page.waitForLoadState("load");
    await shot("done"); const id = /lista\/([0-9a-f-]+)/.exec(page.url())?.[1];
    await page.goto(`${base}/mi-cita`); await shot("list"); await page.goto(`${base}/mi-cita/${id}/cambiar`); await shot("change");
    await page.goto(`${base}/mi-cita/${id}/cambiar/hora?dia=2026-12-08`); await shot("change-time-none"); await page.goto(`${base}/mi-cita/${id}/cambiar/hora?dia=2026-12-09`); await shot("change-time"); await click("[name=hora]"); await shot("change-review"); await go(); await shot("changed");
    await page.goto(`${base}/mi-cita/${id}/cancelar`); await shot("cancel"); await page.locator(".btn-danger").click(); await page.waitForLoadState("load"); await shot("cancelled");
    await page.goto(`${base}/mi-cita/7d0c6f0e-52c5-4c7e-9d0b-0d6b1f9a2a11`); await shot("unknown"); await context.clearCookies(); await page.goto(`${base}/mi-cita`); await shot("open"); await page.goto(`${base}/cita/tarjeta`);
    await browser.close();
  }
  await web.close();
}, 300_000);
