import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId } from "#kernel/ids.ts";
import { qrToken } from "#channels/documents/qr-token.ts";
import { analyst, aPicture, opened } from "../../../modules/adverts/adverts.fixtures.ts";
import type { AdvertId } from "#modules/adverts/index.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aVisitor } from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb();
});
afterAll(() => web.close());

/** Sends the form as a browser without script does. */
async function report(fields: Readonly<Record<string, string | Buffer>>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    form.append(name, typeof value === "string" ? value : new File([new Uint8Array(value)], "captura.png"));
  const body = new Response(form);
  return web.app.inject({
    method: "POST",
    url: "/oficial/avisar",
    headers: { accept: "text/html", "content-type": body.headers.get("content-type")! },
    payload: Buffer.from(await body.arrayBuffer()),
  });
}
const adverts = () =>
  web.services.adminQuery<{ id: AdvertId; platform: string; reports: number }>(
    "select id, platform, reports from adverts.adverts order by filed_at, id",
  );

test("whoever tells of an advert gives no name, gets no cookie, and is answered the same whether it was known or not", async () => {
  const hostile = '<script>alert(1)</script> \u202eatic\u202c 559 555 0143 "onload="x';
  const fields = {
    enlace: "https://www.facebook.com/vende/posts/3",
    texto: hostile,
    donde: "facebook",
    foto: aPicture(),
  };
  const [first, second] = [await report(fields), await report(fields)];
  for (const answer of [first, second]) {
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/oficial/avisar/recibido"]);
    expect(answer.cookies).toEqual([]);
  }
  const [advert, ...others] = await adverts();
  expect([advert!.platform, advert!.reports, others]).toEqual(["facebook", 2, []]);
  const read = await opened(analyst(web.services), advert!.id);
  expect([read.words, read.screenshots.length]).toEqual([hostile.trim(), 2]);
  const audit = await web.services.adminQuery(
    "select to_jsonb(e)::text as line from audit.entries e where action like 'adverts.%'",
  );
  expect(JSON.stringify(audit)).not.toMatch(/559.?555.?0143|facebook/);
  expect((await aVisitor(web).get("/oficial/avisar/recibido")).body).toContain("Recibimos su aviso");
});

test("a report without anything, or with a file that is no picture, comes back with what was typed", async () => {
  const empty = await report({ enlace: "", texto: "", donde: "x" });
  expect([empty.statusCode, empty.body.includes("Escriba el enlace o el texto")]).toEqual([422, true]);
  const bad = await report({ texto: '<b>"citas"</b>', foto: Buffer.from("MZ\u0090 no soy una foto") });
  expect(bad.statusCode).toBe(422);
  expect(bad.body).toContain("Ese archivo no es una foto");
  expect(bad.body).toContain("&lt;b&gt;");
  expect(bad.body).not.toContain('<b>"citas"');
  expect(await htmlProblems(bad.body)).toEqual([]);
  const large = await report({ texto: "x", foto: Buffer.alloc(3_200_000) });
  expect(large.statusCode).toBe(413);
  const broken = await web.app.inject({
    method: "POST",
    url: "/oficial/avisar",
    headers: { accept: "text/html", "content-type": "multipart/form-data; boundary=x" },
    payload: "--y\r\nnothing",
  });
  expect(broken.statusCode).toBe(400);
  expect(await adverts()).toHaveLength(1);
});

test("what somebody typed is judged and kept nowhere", async () => {
  const visitor = aVisitor(web);
  const ask = async (que: string) => (await visitor.send("/oficial", { que })).body;
  const said = await ask("Su cita está lista. Deposite $300 al 559 555 0143 y entre a https://citas-gob.mx.net/pago");
  for (const words of [
    "citas-gob.mx.net</b> no es una página nuestra",
    "no está en la lista de números oficiales",
    "El mensaje habla de dinero",
  ])
    expect(said).toContain(words);
  expect(await ask("¿el 424 309 0009 es de ustedes?")).toContain("es un número oficial");
  expect(await ask("https://consulmex.sre.gob.mx/fresno/")).toContain("es una página oficial");
  expect(await ask("<script>x</script>")).toContain("No encontramos");
  expect((await visitor.send("/oficial", { que: " " })).statusCode).toBe(422);
  expect((await ask("a".repeat(60_000))).length).toBeLessThan(30_000);
  expect(await adverts()).toHaveLength(1);
  expect(await web.services.adminQuery("select from people.sessions")).toEqual([]);
});

test("whoever holds a slip sees whether we made it, and of a booking that never was the same as of any", async () => {
  const [one, other] = [
    await qrToken(web.services, randomUUID() as BookingId),
    await qrToken(web.services, randomUUID() as BookingId),
  ];
  const page = async (token: string) => (await aVisitor(web).get(`/q/${token}`)).body.replaceAll(token, "TOKEN");
  expect(await page(one)).toContain("El comprobante es auténtico");
  expect(await page(other)).toBe(await page(one));
  const forged = await page(`${one.slice(0, -2)}AA`);
  expect(forged).toContain("Este comprobante no es auténtico");
  expect(await page("inventado")).toContain("no es auténtico");
});
