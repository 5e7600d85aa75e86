import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { mulberry32 } from "#kernel/mulberry32.ts";
import type { TestServices } from "#tests/support/database.ts";
import {
  answerUpToDay,
  bookFirstHour,
  bookingIdOf,
  PERSONS,
  type Visitor,
} from "../../src/channels/web/visit/visitor.fixtures.ts";
import { pick } from "./chance.ts";
import { hostileText, HOSTILE_HEADERS, HOSTILE_IDS } from "./hostile.ts";

interface Field {
  readonly name: string;
  readonly value: string;
}
interface Form {
  readonly action: string;
  readonly cookie: string;
  readonly fields: readonly Field[];
}

const AT_ONCE = 16;
/** Answers that a form may get: on to the next page, the question once more, or a page that says what is wrong. */
const ANSWERS = new Set([200, 303, 400, 403, 404, 409, 410, 413, 415, 422, 429]);
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
  "/h/ID",
  "/mi-cita/ID/permiso/ID",
  "/assets/ID",
  "/consola/ID",
  "/ID",
];

/** Somebody in front of her appointment, and somebody who is about to make one: between them every form of the site is open. */
export async function openForms(app: FastifyInstance, services: TestServices): Promise<Form[]> {
  const member = { person: PERSONS.rosa, services: ["matricula-consular"] };
  const booker = aHurriedVisitor(app);
  await answerUpToDay(booker, [member]);
  await bookFirstHour(booker, services, "rosa@ejemplo.example.org");
  const id = bookingIdOf(booker);
  const own = [`/mi-cita/${id}/cambiar/lugar`, `/mi-cita/${id}/cancelar`, "/mi-cita/abrir"];
  const asker = aHurriedVisitor(app);
  await answerUpToDay(asker, [
    { person: PERSONS.juan, services: ["pasaporte-adulto"] },
    {
      person: PERSONS.lucia,
      services: ["pasaporte-menor-3-a-17"],
      parents: { "uno-parte": "signs_elsewhere", "uno-hoja": "email", "uno-correo": "padre@example.org", otra: "no" },
    },
  ]);
  await asker.get("/cita/hora?dia=2026-12-03");
  const journey = [
    "/cita",
    "/cita/personas",
    "/cita/persona/1",
    "/cita/persona/1/tramites",
    "/cita/persona/2/padres",
    "/cita/preparar",
    "/cita/lugar",
    "/cita/contacto",
    "/cita/codigo",
    "/cita/tarjeta",
    "/cita/hora?dia=2026-12-03",
    "/cita/revisar",
    "/mi-cita",
    "/mi-cita/codigo",
    "/mi-cita/tarjeta",
  ];
  const forms: Form[] = [];
  for (const [visitor, urls] of [
    [booker, own],
    [asker, journey],
  ] as const) {
    for (const url of urls) {
      const page = await visitor.get(url);
      const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      forms.push(...formsIn(page.body, visitor.at).map((form) => ({ ...form, cookie })));
    }
  }
  const unique = new Map(forms.map((form) => [`${form.action} ${form.fields.map((one) => one.name).join()}`, form]));
  return [...unique.values()];
}

/** A visitor who keeps her cookies and follows what she is sent to, and does not look at the pages: other tests do. */
function aHurriedVisitor(app: FastifyInstance): Visitor {
  const cookies = new Map<string, string>();
  let at = "";
  const ask = async (options: InjectOptions & { url: string }): Promise<LightMyRequestResponse> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await app.inject({ ...options, headers: { ...options.headers, accept: "text/html", cookie } });
    for (const { name, value } of answer.cookies) cookies.set(name, value);
    at = options.url;
    const next = answer.headers.location;
    return answer.statusCode === 303 && next !== undefined ? ask({ url: String(next) }) : answer;
  };
  const post: Visitor["post"] = (url, fields = {}) => {
    const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return ask({ method: "POST", url, headers, payload: new URLSearchParams(pairs).toString() });
  };
  return {
    cookies,
    get at() {
      return at;
    },
    get: (url) => ask({ url }),
    post,
    send: post,
  };
}

function formsIn(html: string, at: string): Omit<Form, "cookie">[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, head]) => /method="post"/i.test(head!))
    .map(([, head, inner]) => {
      const fields = [...inner!.matchAll(/<(?:input|button|select|textarea)\b[^>]*\bname="([^"]+)"[^>]*>/g)].map(
        ([tag, name]) => ({ name: name!, value: /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? "" }),
      );
      return {
        action: (/action="([^"]+)"/.exec(head!)?.[1] ?? at).replaceAll("&amp;", "&"),
        fields: [...new Map(fields.map((field) => [field.name, field])).values()],
      };
    });
}

/** Sends bad forms and addresses as a browser would, and says which answers were no good. */
export async function sendBadForms(
  app: FastifyInstance,
  forms: readonly Form[],
  cases: number,
  seed: number,
): Promise<{ complaints: string[]; byStatus: Record<number, number> }> {
  const random = mulberry32(seed);
  const complaints: string[] = [];
  const byStatus: Record<number, number> = {};
  // The button that ends the session would end the test of all other forms.
  const usable = forms.filter((form) => !/cerrar|cancelar$/.test(form.action));
  for (let sent = 0; sent < cases && complaints.length < 20; sent += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, cases - sent) }, async () => {
        const { what, options, isForm } =
          random() < 0.7 ? badForm(pick(usable, random), random) : badPage(pick(usable, random), random);
        const answer = await app.inject(options);
        const { statusCode: status, body } = answer;
        byStatus[status] = (byStatus[status] ?? 0) + 1;
        const type = String(answer.headers["content-type"] ?? "");
        const says = (problem: string) => complaints.push(`${what}: ${status} ${problem} ${body.slice(0, 200)}`);
        if (status >= 500) says("a fault");
        else if (isForm && !ANSWERS.has(status)) says("no answer to a form");
        else if (/<script>alert|<img src=x|<svg onload/.test(body)) says("repeats what was sent as it stood");
        else if (isForm && status !== 303 && type.startsWith("text/html") && !/role="alert"|<h1/.test(body))
          says("a page that says nothing");
      }),
    );
  }
  return { complaints, byStatus };
}

interface Sent {
  readonly what: string;
  readonly options: InjectOptions;
  readonly isForm: boolean;
}

function badForm(form: Form, random: () => number): Sent {
  const pairs = form.fields.map(({ name, value }) => [name, value] as [string, string]);
  const encoded = (list: readonly [string, string][]) => new URLSearchParams(list as [string, string][]).toString();
  const name = form.fields.length > 0 ? pick(form.fields, random).name : "x";
  const others = pairs.filter(([one]) => one !== name);
  const send = (what: string, payload: string | Buffer, headers: Record<string, string> = {}): Sent => ({
    what: `POST ${form.action}: ${what}`,
    isForm: true,
    options: {
      method: "POST",
      url: form.action,
      payload,
      headers: {
        accept: "text/html",
        cookie: form.cookie,
        "content-type": "application/x-www-form-urlencoded",
        ...headers,
      },
    },
  });
  const ways: (() => Sent)[] = [
    () => {
      const text = hostileText(random);
      return send(`${name} = ${JSON.stringify(text.slice(0, 80))}`, encoded([...others, [name, text]]));
    },
    () =>
      send(
        `${name} fifty times`,
        encoded([...pairs, ...Array.from({ length: 50 }, () => [name, hostileText(random)] as [string, string])]),
      ),
    () => send(`without ${name}`, encoded(others)),
    () =>
      send(
        `${name} as an array and an object`,
        encoded([...others, [`${name}[]`, "1"], [`${name}[a]`, "2"], [`${name}.b`, "3"]]),
      ),
    () =>
      send(
        `${name} in broken percent signs`,
        `${encoded(others)}&${encodeURIComponent(name)}=${pick(["%zz", "%", "%ff%fe", "%00", "%c0%af", "%ed%a0%80", "%u0041"], random)}`,
      ),
    () =>
      send(
        "prototypes",
        `${encoded(others)}&__proto__=1&__proto__[x]=1&constructor=2&constructor[prototype][x]=3&${name}=toString`,
      ),
    () =>
      send("two thousand fields", `${encoded(pairs)}&${Array.from({ length: 2_000 }, (_, i) => `f${i}=1`).join("&")}`),
    () => send("nothing", ""),
    () => send("too much", Buffer.alloc(70_000, "a=b&")),
    () =>
      send("as JSON", JSON.stringify(Object.fromEntries([...others, [name, { a: 1 }]])), {
        "content-type": "application/json",
      }),
    () =>
      send("as text", encoded(pairs), {
        "content-type": pick(
          ["text/plain", "multipart/form-data; boundary=x", "application/xml", "application/octet-stream"],
          random,
        ),
      }),
    () =>
      send(
        "from elsewhere",
        encoded(pairs),
        pick<Record<string, string>>(
          [{ origin: "https://evil.example.org" }, { "sec-fetch-site": "cross-site" }, { origin: "null" }],
          random,
        ),
      ),
    () => send("bytes", Buffer.from([0xff, 0xfe, 0x00, 0x3d, 0xed, 0xa0, 0x80])),
  ];
  return pick([ways[0]!, ways[0]!, ways[0]!, ...ways], random)();
}

function badPage(form: Form, random: () => number): Sent {
  const query =
    random() < 0.5
      ? ""
      : `?${pick(["dia", "hora", "lugar", "oficina", "tramite", "forma", "mes", "vista", "__proto__[x]", "x"], random)}=${random() < 0.3 ? "%zz" : encodeURIComponent(hostileText(random))}`;
  const url = `${random() < 0.3 ? "/en" : ""}${pick(PAGES, random).replace("ID", () => pick(HOSTILE_IDS, random))}${query}`;
  const headers = random() < 0.3 ? pick(HOSTILE_HEADERS, random) : { cookie: form.cookie };
  return {
    what: `GET ${url.slice(0, 200)} ${JSON.stringify(headers).slice(0, 100)}`,
    isForm: false,
    options: { method: "GET", url, headers: { accept: "text/html", ...headers } },
  };
}
