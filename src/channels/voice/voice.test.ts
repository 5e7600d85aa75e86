import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { HOUR_MS } from "#kernel/time.ts";
import { buildSnapshot } from "#modules/schedules/index.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { heardOf } from "./heard.ts";
import { registerVoice, VOICE_WEBHOOK } from "./routes.ts";
import { callSignature } from "./signature.ts";
import { renderCall } from "./twiml.ts";

const SECRET = "a secret of the test's own";
const ACTION = "https://citas.example.org/ganchos/voz?turno=2&otra=1";

let services: TestServices;
let web: FastifyInstance;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  const picture = await buildSnapshot(services);
  await registerVoice(web, services, { secret: SECRET, talking: { availability: () => picture, carriers: [] } });
});
afterAll(async () => {
  await web.close();
  await services.close();
});

/** One turn of a call whose question was asked so long ago; the first has none. */
async function turn(
  query: string,
  params: Readonly<Record<string, string>>,
  sign = (url: string) => callSignature(SECRET, url, params),
  ago = 0,
) {
  const asked = Math.floor((services.clock.now().getTime() - ago) / 1_000);
  const url = `${VOICE_WEBHOOK}${query}${query && `&t=${asked}`}`;
  const answered = await web.inject({
    method: "POST",
    url,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": sign(`${services.publicOrigin}${url}`),
    },
    payload: new URLSearchParams(params).toString(),
  });
  return { status: answered.statusCode, body: answered.body };
}
const kept = async () =>
  (
    await services.adminQuery<{ n: number }>(
      "select count(*)::int as n from conversations.inbox where channel = 'phone'",
    )
  )[0]!.n;

test("signatures are those of the provider's own published examples", () => {
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  const params = { CallSid: "CA1234567890ABCDE", Digits: "1234", To: "+18005551212" };
  const of = (from: string) => callSignature("12345", url, { ...params, Caller: from, From: from });
  expect(of("+14158675309")).toBe("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  expect(of("+12349013030")).toBe("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
});

test("a call is taken in only under the signature of exactly its address and parameters", async () => {
  const call = { CallSid: "CA-forged", From: "+15595550142", Digits: "1" };
  const before = await kept();
  const forged: ((url: string) => string)[] = [
    () => "",
    () => "x".repeat(28),
    (url) => callSignature("another secret altogether", url, call),
    (url) => callSignature(SECRET, url, { ...call, Digits: "2" }),
    (url) => callSignature(SECRET, `${url}&x=1`, call),
    (url) => callSignature(SECRET, url.replace("turno=1", "turno=2"), call),
  ];
  for (const sign of forged) expect(await turn("?turno=1", call, sign)).toEqual({ status: 401, body: "" });
  expect(await kept()).toBe(before);
  expect((await turn("?turno=1", call)).status).toBe(200);
  expect(await kept()).toBe(before + 1);
});

test("the same turn again is answered by the same words and kept once", async () => {
  const call = { CallSid: "CA-again", From: "+15595550143" };
  await turn("", call);
  const first = await turn("?turno=1", { ...call, Digits: "1" });
  const before = await kept();
  // Copies come together and later, with and without what was keyed.
  const again = await Promise.all([1, 2, 3, 4].map(() => turn("?turno=1", { ...call, Digits: "1" })));
  for (const one of [...again, await turn("?turno=1&otra=1", call)]) expect(one).toEqual(first);
  expect(await kept()).toBe(before);
});

test("a signed turn says nothing once no call could last so long, when its copy would act again", async () => {
  const call = { CallSid: "CA-copy", From: "+15595550145", Digits: "1" };
  const greeting = await turn("", { CallSid: call.CallSid, From: call.From });
  const before = await kept();
  expect(await turn("?turno=1", call, undefined, 4 * HOUR_MS + 2_000)).toEqual(greeting);
  // Nor of a time that has not come, nor without a time.
  expect(await turn("?turno=1", call, undefined, -4 * HOUR_MS - 2_000)).toEqual(greeting);
  expect(await turn("", call)).toEqual(greeting);
  expect(await kept()).toBe(before);
  await turn("?turno=1", call, undefined, 4 * HOUR_MS - 2_000);
  expect(await kept()).toBe(before + 1);
});

test("danger is said first and put through at once, for whoever hides her number too", async () => {
  const call = { CallSid: "CA-danger", From: "anonymous" };
  const greeting = await turn("", call);
  expect(greeting.body).toMatch(/<Gather[^>]*><Say language="es-MX">Si detuvieron a alguien o hay peligro, marque 0\./);
  const danger = await turn("?turno=1", { ...call, Digits: "0" });
  expect(danger.body).toMatch(/<Dial>[+\d ()-]+<\/Dial>/);
  expect(danger.body.indexOf("<Dial>")).toBeLessThan(danger.body.indexOf("<Gather"));
  const after = await turn("?turno=2", { ...call, SpeechResult: "menú" });
  expect(after.body).toContain("marque 1.");
});

test("in English everything is said in English; silence is asked again and then let go, with nothing lost", async () => {
  const call = { CallSid: "CA-english", From: "+15595550144" };
  await turn("", call);
  const { body } = await turn("?turno=1", { ...call, Digits: "2" });
  expect(body).not.toContain('<Say language="es-MX">');
  expect(body).toMatch(/press 1\./);
  expect(body.match(/<Gather/g)).toHaveLength(3);
  expect(body).toMatch(/Everything is kept[^<]*<\/Say><\/Response>$/);
});

test("what is keyed are digits, and what a recogniser heard is words", () => {
  const words = (digits?: string, speech?: string) => heardOf(digits, speech);
  expect(words("17051990#")).toEqual({ kind: "text", text: "17051990" });
  expect(words("93701#")).toEqual({ kind: "text", text: "93701" });
  expect(words(undefined, " Fresno. ")).toEqual({ kind: "text", text: "Fresno" });
  expect(words("", " ")).toBeUndefined();
});

test("whatever is said is well-formed, with danger first of each menu and one digit for each answer", () => {
  const title = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
  const choices = fc.array(title, { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), choices, (text, titles) => {
      const all = titles.map((one, i) => ({ key: String(i), value: "v", title: one }));
      const labels = { choose: "", reply: "" };
      const xml = renderCall({ language: "es", turn: 1, text, choices: all, labels }, ACTION);
      expect(isWellFormed(xml)).toBe(true);
      expect(xml).toMatch(/numDigits="1"[^>]*><Say language="es-MX">Si detuvieron a alguien/);
      expect(xml.match(/: marque \d\.</g) ?? []).toHaveLength(3 * (titles.length - 1));
    }),
    { numRuns: 300 },
  );
});

/** Tags close in the order in which they were opened, and nothing else than entities follows an ampersand. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  for (const [, end, name, self] of xml.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
    if (end) {
      if (open.pop() !== name) return false;
    } else if (!self) open.push(name!);
  }
  const text = xml.replace(/^<\?xml[^>]*>/, "").replace(/<\/?\w+(?: [\w]+="[^"<]*")*\/?>/g, "");
  return (
    open.length === 0 && !/[<>]|&(?!(?:amp|lt|gt|quot|apos);)/.test(text) && !/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(xml)
  );
}
