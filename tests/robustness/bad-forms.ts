import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { errorTexts } from "../../src/channels/web/texts/errors.ts";
import { permissionTexts } from "../../src/channels/web/texts/permission.ts";
import { requestTexts } from "../../src/channels/web/texts/request.ts";
import { refusalTexts } from "../../src/channels/web/texts/refusals.ts";
import { LANGUAGES } from "../../src/channels/web/texts/texts.ts";
import { pick } from "./chance.ts";
import type { Asker, Form } from "./open-forms.ts";
import { hostileText, HOSTILE_HEADERS, HOSTILE_IDS } from "./hostile.ts";

/** Where a form that was taken leads. */
const ON_THE_WAY = /^(\/en)?\/(cita|mi-cita)\b/;
/** Pages of their own that also say that something is not there. */
const NOT_FOUND_PAGES = LANGUAGES.flatMap((language) => [
  refusalTexts(language)("unknown_booking_title"),
  permissionTexts(language)("goneTitle"),
  requestTexts(language)("unknown_request_title"),
]);
const PAGES = [
  "/",
  "/oficinas",
  "/tramites",
  "/oficinas/ID",
  "/oficinas/ID/corregir",
  "/tramites/ID",
  "/buscar",
  "/cita",
  "/cita/persona/ID",
  "/cita/dia",
  "/cita/hora",
  "/cita/lugar",
  "/cita/lista/ID",
  "/mi-cita/ID",
  "/mi-cita/ID/cambiar/hora",
  "/mi-cita/ID/comprobante.pdf",
  "/mi-cita/ID/cita.ics",
  "/c/ID",
  "/q/ID",
  "/s/ID",
  "/repartos/ID",
  "/cita/pedir/consulados",
  "/cita/pedir/fechas",
  "/cita/pedir/revisar",
  "/aviso/ID",
  "/aviso/ID/quien",
  "/emergencia/pedir",
  "/mi-solicitud/ID",
  "/mi-solicitud/ID/retirar",
  "/mi-solicitud/ID/papeles/ID.jsonl",
  "/h/ID",
  "/mi-cita/ID/permiso/ID",
  "/assets/ID",
  "/consola/ID",
  "/ID",
];

export interface Site {
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
}

/** Sends bad forms and addresses as a browser would, one after another, and says which answers were no good. */
export async function sendBadForms(
  app: Site,
  forms: readonly Form[],
  cases: number,
  seed: number,
): Promise<{ complaints: string[]; byStatus: Record<number, number> }> {
  const random = mulberry32(seed);
  const complaints: string[] = [];
  const byStatus: Record<number, number> = {};
  const rights = forms.filter((form) => !form.acts).map((form) => asItStands(form));
  for (let sent = 0; sent < cases && complaints.length < 20; sent++) {
    const form = pick(forms, random);
    const one: Sent = rights[sent] ?? (random() < 0.7 ? badForm(form, random) : badPage(form, random));
    await one.asker.restore();
    const answer = await app.inject(one.options);
    byStatus[answer.statusCode] = (byStatus[answer.statusCode] ?? 0) + 1;
    const problem =
      one.judge(answer) ??
      (/<script>alert|<img src=x|<svg onload/.test(answer.body) ? "repeats what was sent as it stood" : undefined);
    if (problem !== undefined)
      complaints.push(
        `${one.what}: ${answer.statusCode} ${problem} ${String(answer.headers.location ?? headingOf(answer.body))}`,
      );
  }
  return { complaints, byStatus };
}

/** A site that has one answer for everything. */
export function anything(statusCode: number, body: string): Site {
  const headers = { "content-type": "text/html; charset=utf-8" };
  return { inject: () => Promise.resolve({ statusCode, body, headers } as unknown as LightMyRequestResponse) };
}

/** What is wrong with an answer; undefined when it is the expected one. */
type Judge = (answer: LightMyRequestResponse) => string | undefined;
interface Sent {
  readonly what: string;
  readonly asker: Asker;
  readonly options: InjectOptions & { url: string };
  readonly judge: Judge;
}

const headingOf = (body: string): string =>
  (/<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1] ?? "").replace(/<[^>]*>/g, "").trim();
const wordsFor = (url: string) => errorTexts(/^\/en(?=[/?#]|$)/.test(url) ? "en" : "es");

/** The page that is shown in place of an answer, in the language of the address, with the next step. */
const refusedBecause =
  (status: number, told: 400 | 403 | 404, url: string): Judge =>
  ({ statusCode, body }) => {
    if (statusCode !== status) return `instead of ${status}`;
    const t = wordsFor(url);
    if (headingOf(body) !== t(`title${told}`)) return "under another heading";
    return body.includes(t(`text${told}`)) && body.includes(t("home")) ? undefined : "without what to do";
  };

/** The same question, with a summary whose every link leads to a box of the page. */
const askedAgain: Judge = ({ statusCode, body }) => {
  if (statusCode !== 422) return "instead of the question once more";
  if (!/<title>Error: /.test(body)) return "without the word for error in its title";
  const summary = /<div class="errors" role="alert".*?<\/div>/s.exec(body)?.[0] ?? "";
  const links = [...summary.matchAll(/href="#([^"]+)">([^<]+)</g)];
  if (links.length === 0) return "without saying what is to be mended";
  return links.every(([, id]) => body.includes(`id="${id}"`)) ? undefined : "with a link that leads nowhere";
};

const taken: Judge = ({ statusCode, headers }) =>
  statusCode === 303 && ON_THE_WAY.test(String(headers.location)) ? undefined : "instead of the next page";

/** The form filled in well, so that a refusal of a bad one is a refusal of what was bad. */
function asItStands(form: Form): Sent {
  return sent(form, "as it stands", encoded(Object.entries(form.fields)), form.neverRight ? askedAgain : taken);
}

const encoded = (pairs: readonly (readonly [string, string])[]): string =>
  new URLSearchParams(pairs as [string, string][]).toString();

function sent(
  form: Form,
  what: string,
  payload: string | Buffer,
  judge: Judge,
  headers: Record<string, string> = {},
): Sent {
  return {
    what: `POST ${form.action}: ${what}`,
    asker: form.asker,
    judge,
    options: {
      method: "POST",
      url: form.action,
      payload,
      headers: {
        accept: "text/html",
        cookie: form.asker.cookie,
        "content-type": "application/x-www-form-urlencoded",
        ...headers,
      },
    },
  };
}

function badForm(form: Form, random: () => number): Sent {
  const { action, fields, mayLack = [], unread = [], neverRight = false } = form;
  const pairs = Object.entries(fields);
  const names = Object.keys(fields);
  const send = (what: string, payload: string | Buffer, judge: Judge, headers?: Record<string, string>): Sent =>
    sent(form, what, payload, judge, headers);
  const always: (() => Sent)[] = [
    () => send("too much", Buffer.alloc(70_000, "a=b&"), refusedBecause(413, 400, action)),
    () =>
      send("as text", encoded(pairs), refusedBecause(415, 400, action), {
        "content-type": pick(
          ["text/plain", "multipart/form-data; boundary=x", "application/xml", "application/octet-stream"],
          random,
        ),
      }),
    () =>
      send(
        "from elsewhere",
        encoded(pairs),
        refusedBecause(403, 403, action),
        pick<Record<string, string>>(
          [{ origin: "https://evil.example.org" }, { "sec-fetch-site": "cross-site" }, { origin: "null" }],
          random,
        ),
      ),
  ];
  if (names.length === 0) return pick(always, random)();

  const name = pick(names, random);
  const others = pairs.filter(([one]) => one !== name);
  const right = neverRight ? askedAgain : taken;
  const wrong = unread.includes(name) ? right : askedAgain;
  const lacking = mayLack.includes(name) ? right : wrong;
  const empty = names.every((one) => unread.includes(one)) ? right : askedAgain;
  const text = hostileText(random);
  const ways: (() => Sent)[] = [
    () => send(`${name} = ${JSON.stringify(text.slice(0, 80))}`, encoded([...others, [name, text]]), wrong),
    () =>
      send(
        `${name} fifty times`,
        encoded([...pairs, ...Array.from({ length: 50 }, () => [name, text.slice(0, 100)] as const)]),
        wrong,
      ),
    () => send(`without ${name}`, encoded(others), lacking),
    () =>
      send(
        `${name} as an array and an object`,
        encoded([...others, [`${name}[]`, "1"], [`${name}[a]`, "2"], [`${name}.b`, "3"]]),
        lacking,
      ),
    () =>
      send(
        `${name} in broken percent signs`,
        `${encoded(others)}&${encodeURIComponent(name)}=${pick(["%zz", "%", "%ff%fe", "%00", "%c0%af", "%ed%a0%80", "%u0041"], random)}`,
        wrong,
      ),
    () =>
      send(
        "prototypes",
        `${encoded(others)}&__proto__=1&__proto__[x]=1&constructor=2&constructor[prototype][x]=3&${name}=__proto__`,
        wrong,
      ),
    () => send("nothing", "", empty),
    () =>
      send("as JSON", JSON.stringify(Object.fromEntries([...others, [name, { a: 1 }]])), lacking, {
        "content-type": "application/json",
      }),
    () => send("bytes", Buffer.from([0xff, 0xfe, 0x00, 0x3d, 0xed, 0xa0, 0x80]), empty),
    ...(form.acts
      ? []
      : [
          () =>
            send(
              "two thousand fields",
              `${encoded(pairs)}&${Array.from({ length: 2_000 }, (_, i) => `f${i}=1`).join("&")}`,
              right,
            ),
        ]),
  ];
  return pick([ways[0]!, ways[0]!, ways[0]!, ...ways, ...always], random)();
}

/** An address may lead to a page, on, or to one that says what is wrong. */
const anyPage =
  (url: string): Judge =>
  ({ statusCode, headers, body }) => {
    if (statusCode >= 500) return "a fault";
    if (statusCode < 400 || !String(headers["content-type"]).startsWith("text/html")) return undefined;
    // A compressed page is judged where it is asked for plainly: here it cannot be read.
    if (headers["content-encoding"] !== undefined || /role="alert"/.test(body)) return undefined;
    const told = statusCode === 404 ? "404" : statusCode === 403 ? "403" : "400";
    const titles = [wordsFor(url)(`title${told}`), ...NOT_FOUND_PAGES];
    return titles.includes(headingOf(body)) ? undefined : "under another heading";
  };

function badPage(form: Form, random: () => number): Sent {
  const query =
    random() < 0.5
      ? ""
      : `?${pick(["dia", "hora", "lugar", "oficina", "tramite", "forma", "mes", "vista", "__proto__[x]", "x"], random)}=${random() < 0.3 ? "%zz" : encodeURIComponent(hostileText(random))}`;
  const url = `${random() < 0.3 ? "/en" : ""}${pick(PAGES, random).replaceAll("ID", () => pick(HOSTILE_IDS, random))}${query}`;
  const headers = random() < 0.3 ? pick(HOSTILE_HEADERS, random) : { cookie: form.asker.cookie };
  return {
    what: `GET ${url.slice(0, 200)} ${JSON.stringify(headers).slice(0, 100)}`,
    asker: form.asker,
    judge: anyPage(url),
    options: { method: "GET", url, headers: { accept: "text/html", ...headers } },
  };
}
