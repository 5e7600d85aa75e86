import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApplication, type Application } from "#app/application.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { choosePort } from "./ports.ts";
import { openWhatsapp } from "./whatsapp.ts";

const HOST = "127.0.0.1";
const PAGE = "/dev/whatsapp";
let services: TestServices;
let application: Application;
let dist: string;
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), "ventanilla-chat-"));
  await mkdir(join(dist, "public"));
  await writeFile(join(dist, "public/manifest.json"), JSON.stringify({ "site.css": "site.0.css" }));
  services = await openTestServices();
  const port = await choosePort(HOST, "0", 0);
  const whatsapp = openWhatsapp(`http://${HOST}:${port}`, services.clock);
  const config = {
    HOST,
    PORT: port,
    INTERNAL_HOST: HOST,
    INTERNAL_PORT: 0,
    TRUSTED_PROXY: undefined,
    TLS_CERT: undefined,
    TLS_KEY: undefined,
  };
  application = await createApplication({
    config,
    services,
    senders: [],
    talk: whatsapp.talk,
    dist,
    extend: (web) => whatsapp.register(web, "/site.css"),
  });
  await application.listen();
});
afterAll(async () => {
  await application.close();
  await rm(dist, { recursive: true });
});

async function say(fields: Record<string, string>): Promise<string> {
  const payload = new URLSearchParams({ de: "+15595550100", ...fields }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await application.web.inject({ method: "POST", url: PAGE, headers, payload });
  expect(answer.statusCode).toBe(303);
  return (await application.web.inject(answer.headers.location!)).body;
}

test("a telephone of the demonstration is answered by the real adapter, over its protocol", async () => {
  const menu = await say({ texto: "Hola" });
  expect(menu).toContain("Citas del consulado. Es gratis.");
  const [danger] = [...menu.matchAll(/value="(\d+:\d)"/g)].map((one) => one[1]!);
  expect(danger).toMatch(/:0$/);
  expect(await say({ id: danger! })).toContain("llame al 911");
  expect(await say({ voz: "1" })).toContain("Una persona lo revisa");
});
