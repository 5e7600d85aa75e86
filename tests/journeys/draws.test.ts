import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DrawId } from "#modules/allocation/index.ts";
import { aDrawnDemo } from "#tests/support/draws.ts";
import { root } from "../checks/repository.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link } from "./steps.ts";

/** A draw of drand's round 1000 with two witnesses, its rows, and one household's own papers. */
const VERIFIED = join(root, "tests/vectors/allocation/published.jsonl");

const stage = openStage();
let draw: DrawId;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "draws-"));
  draw = await aDrawnDemo(stage.app.services, { households: 12 });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file with one byte of it changed. */
function changed(from: string, byte: string, name: string, source = readFileSync(VERIFIED, "utf8")): string {
  const at = source.indexOf(from);
  expect(at).toBeGreaterThan(0);
  const path = join(folder, name);
  writeFileSync(path, source.slice(0, at + from.length - 1) + byte + source.slice(at + from.length));
  return path;
}

const choose = (page: Page, ...paths: string[]) => page.getByLabel("O elija sus propios archivos").setInputFiles(paths);
const said = (page: Page) => page.getByRole("status").innerText();
const findings = (page: Page) => page.locator("[data-found]").innerText();

test("a drawn demonstration is found, read and checked on its page, and its number is nobody else's to check", async () => {
  const page = await aVisitor(stage);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${stage.app.origin}/repartos`);
  await link(page, /^Reparto de demostración/).click();
  await expectHeading(page, "Reparto de demostración");
  expect(await page.locator("main").innerText()).toContain("Alcanzaron lugar 8 de 12 solicitudes.");
  expect(asked.filter((path) => path.includes("verify"))).toEqual([]);
  await button(page, "Comprobar este reparto").click();
  await expect.poll(() => said(page)).toContain("No comprobable por el público");
  expect(await findings(page)).toContain("Revisado: 12 solicitudes");
  expect(await page.locator("[data-found]").getAttribute("data-verdict")).toBe("not_publicly_verifiable");
  expect(asked).toContain(`/open/v1/draws/${draw}/replay.jsonl`);
  expect(await faultsOf(page)).toEqual([]);
});

test("files that the reader chose are verified, and one changed byte of them is named", async () => {
  const page = await aVisitor(stage);
  await page.goto(`${stage.app.origin}/repartos/${draw}`);
  await choose(page, VERIFIED);
  await expect.poll(() => said(page)).toBe("Comprobado: el sorteo se hizo como se anunció.");
  expect(await findings(page)).toContain("Revisado: 15 solicitudes, 1 resultados propios");

  const places = /"places":\d/.exec(readFileSync(VERIFIED, "utf8"))![0];
  await choose(page, changed(places, places.endsWith("9") ? "8" : "9", "supply.jsonl"));
  await expect.poll(() => said(page)).toContain("Falso");
  expect(await findings(page)).toContain("Los lugares no son los que se fijaron. [changed_supply");

  await choose(page, changed('"served":1', "7", "result.jsonl"));
  await expect.poll(() => findings(page)).toContain("Una firma no es válida. [bad_signature: result]");

  await choose(page, changed('{"kind":"beacon"'.slice(0, 1), "[", "line.jsonl", `\n${readFileSync(VERIFIED, "utf8")}`));
  await expect.poll(() => findings(page)).toContain("[malformed");
});

test("papers of a household are checked beside the page's own, and rows that were changed are named", async () => {
  const page = await aVisitor(stage);
  await page.goto(`${stage.app.origin}/repartos/${draw}`);
  const rows = await (await fetch(`${stage.app.origin}/open/v1/draws/${draw}/replay.jsonl`)).text();
  // Without an opening notice of its own the file stands beside what this page publishes.
  const person = /"persons":1/.exec(rows)![0];
  await choose(page, changed(person, "2", "replay.jsonl", rows));
  await expect.poll(() => said(page)).toContain("Falso");
  expect(await findings(page)).toContain("Una solicitud no es la que se fijó. [changed_leaf");
});

test("without script the command stands on the page, and the files are links", async () => {
  const page = await aVisitor(stage, { javaScriptEnabled: false });
  await page.goto(`${stage.app.origin}/repartos/${draw}`);
  expect(await button(page, "Comprobar este reparto").count()).toBe(0);
  await page.getByText("Comprobarlo con el programa").click();
  expect(await page.locator("pre").innerText()).toContain("node dist/verify.js documents.jsonl replay.jsonl");
  expect(await link(page, "documents.jsonl").getAttribute("href")).toBe(`/open/v1/draws/${draw}/documents.jsonl`);
});
