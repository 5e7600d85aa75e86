import { randomUUID } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import { folioFrom, formatFolio } from "#kernel/folio.ts";
import { codeDigits } from "#modules/people/index.ts";
import type { TalkChannel } from "#modules/conversations/index.ts";
import { offerDevice } from "#modules/visits/index.ts";
import { openLine } from "../../src/modules/conversations/conversations.fixtures.ts";
import { aStaffId, staffContext } from "../../src/modules/visits/visits.fixtures.ts";
import { body, CHILD, FAMILY_PHONE, MOTHER, OFFICE, wish, type FamilyWorld, type Session } from "./family-world.ts";

/** Points of the cycle at which the adversary tries: what was filed, locked, drawn, reminded of, due, and is over. */
export const PHASES = ["filed", "locked", "drawn", "reminded", "day", "over"] as const;
export type Phase = (typeof PHASES)[number];

export interface Attempt {
  readonly name: string;
  /** Tried there; everything that changes nothing is tried everywhere. */
  readonly at: readonly Phase[];
  readonly make: (she: Adversary) => Promise<string>;
}

/** Whoever has the telephone, and a browser; what she did herself is hers to see. */
export interface Adversary {
  readonly world: FamilyWorld;
  /** A session of the API that has proved the telephone. */
  phone: Session;
  /** What she filed herself. */
  booking: string;
  request: string;
  readonly browser: Browser;
}

export interface Browser {
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, fields?: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
}

export function aBrowser(world: FamilyWorld): Browser {
  const cookies = new Map<string, string>();
  const ask = async (method: "GET" | "POST", url: string, fields?: Readonly<Record<string, string>>) => {
    const answer = await world.send({
      method,
      url,
      headers: {
        accept: "text/html",
        "sec-fetch-site": "same-origin",
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(method === "POST" && { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(method === "POST" && { payload: new URLSearchParams(fields).toString() }),
    });
    for (const { name, value } of answer.cookies) if (value) cookies.set(name, value);
    return answer;
  };
  const follow = async (answer: LightMyRequestResponse): Promise<LightMyRequestResponse> => {
    for (let hops = 0; answer.statusCode === 303 && hops < 5; hops++)
      answer = await ask("GET", String(answer.headers.location));
    return answer;
  };
  return {
    get: async (url) => follow(await ask("GET", url)),
    post: async (url, fields = {}) => follow(await ask("POST", url, fields)),
  };
}

/** An answer without what is different each time: day's date, request's number, ids, folios, PINs and signed texts. */
export function masked({ statusCode, headers, body: text }: LightMyRequestResponse): string {
  const { date: _, "x-request-id": __, "content-length": ___, etag: ____, ...rest } = headers;
  return `${statusCode} ${JSON.stringify(rest)} ${text}`
    .replace(/<wbr\/?>/g, "")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "(id)")
    .replace(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}/g, "(folio)")
    .replace(/\b\d{3}-\d{3}\b/g, "(pin)")
    .replace(/(termina en|ends in) \w(, \w){3}/g, "(tail)")
    .replace(/\.\.\.[0-9A-Z]{4}\b/g, "(tail)")
    .replace(/<svg viewBox="0 0 49 49"[\s\S]*?<\/svg>/g, "(slip)")
    .replace(/[\w+/-]{20,}={0,2}/g, "(long)");
}

const CODE_SENT = "select id from people.codes order by created_at desc, ctid desc limit 1";
const BORN = { "nacio-day": "17", "nacio-month": "mayo", "nacio-year": "1990" };
const PHONE_FORM = { forma: "sms", celular: FAMILY_PHONE };
const invented = () => formatFolio(folioFrom(Buffer.from(randomUUID().replaceAll("-", ""), "hex")));

/** Proves the telephone on a page, by the code that came to it. */
async function prove({ world, browser }: Adversary, at: string): Promise<LightMyRequestResponse> {
  await browser.post(at === "/mi-cita" ? at : `${at}/contacto`, PHONE_FORM);
  const [code] = await world.services.adminQuery<{ id: string }>(CODE_SENT);
  return browser.post(`${at}/codigo`, { codigo: await codeDigits(world.services, code!.id) });
}

const everywhere = PHASES;
const look = (name: string, url: string): Attempt => ({
  name,
  at: everywhere,
  make: async ({ browser }) =>
    masked(await browser.get(url.replace("ID", randomUUID()).replace("TOKEN", "A".repeat(46)))),
});
type Call = readonly [
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: (she: Adversary) => string,
  payload?: (she: Adversary) => object,
];
const call = (name: string, at: readonly Phase[], [method, path, payload]: Call): Attempt => ({
  name,
  at,
  make: async (she) => masked(await she.world.api(she.phone, method, path(she), payload?.(she))),
});
/** Says it from the telephone, one message after another, and notes every answer. */
function talk(name: string, channel: TalkChannel, texts: readonly string[]): Attempt {
  return {
    name,
    at: everywhere,
    async make({ world }) {
      const phone = (await openLine(world.services)).phone(FAMILY_PHONE, channel);
      const answers: string[] = [];
      for (const text of texts) {
        const { text: said, choices } = await phone.say(text);
        answers.push([said, ...choices.map((one) => one.title)].join(" | "));
      }
      return masked({ statusCode: 0, headers: {}, body: answers.join("\n") } as LightMyRequestResponse);
    },
  };
}
const own = (id: string | undefined) => id || randomUUID();

/** What somebody tries who has the telephone, and knows every name, birth date and CURP of the family. */
export const ATTEMPTS: readonly Attempt[] = [
  // The pages, with the telephone proved there.
  { name: "the page of her appointments", at: everywhere, make: async (she) => masked(await prove(she, "/mi-cita")) },
  {
    name: "a birth date on the page",
    at: ["filed", "drawn"],
    make: async ({ browser }) => masked(await browser.post("/mi-cita/abrir", BORN)),
  },
  {
    name: "an invented folio on the page",
    at: everywhere,
    make: async ({ browser }) => masked(await browser.post("/mi-cita/abrir", { folio: invented() })),
  },
  look("the page of urgent notices", "/aviso"),
  look("an urgent notice by chance", "/aviso/ID"),
  look("the door of accounts", "/mi-cuenta"),
  {
    name: "an invented card on the page",
    at: everywhere,
    make: async ({ browser }) => masked(await browser.post("/mi-cuenta/tarjeta", { folio: invented(), pin: "123456" })),
  },
  {
    name: "saying that she was detained, with an invented folio",
    at: everywhere,
    make: async ({ browser }) => masked(await browser.post("/no-podra-venir", { folio: invented() })),
  },
  look("an appointment by chance", "/mi-cita/ID"),
  look("who has looked, by chance", "/mi-cita/ID/expediente"),
  look("taking data along, by chance", "/mi-cita/ID/mis-datos.json"),
  look("a request by chance", "/mi-solicitud/ID"),
  look("her turn in the hall, by chance", "/mi-cita/ID/turno"),
  look("an invented link of a message", "/c/TOKEN"),
  look("an invented link of a request", "/s/TOKEN"),
  look("an invented slip", "/q/TOKEN"),
  look("an invented survey", "/e/TOKEN"),
  look("an invented sheet for a parent", "/h/TOKEN"),
  {
    name: "erasing by chance",
    at: everywhere,
    make: async ({ browser }) => masked(await browser.post(`/mi-cita/${randomUUID()}/borrar`, { folio: invented() })),
  },
  {
    name: "whether the telephone is official",
    at: everywhere,
    make: async ({ browser }) => masked(await browser.get(`/oficial?dato=${encodeURIComponent(FAMILY_PHONE)}`)),
  },
  // With the telephone proved, on the API.
  call("her bookings", everywhere, ["GET", () => "/bookings"]),
  call("her requests", everywhere, ["GET", () => "/requests"]),
  call("her urgent requests", everywhere, ["GET", () => "/emergencies"]),
  call("a booking by chance", everywhere, ["GET", () => `/bookings/${randomUUID()}`]),
  call(
    "opening by the mother's birth date",
    ["filed", "drawn"],
    ["POST", () => "/bookings/open", () => ({ bornOn: MOTHER.bornOn })],
  ),
  call(
    "opening by a birth date that nobody has",
    ["locked"],
    ["POST", () => "/bookings/open", () => ({ bornOn: "1971-02-03" })],
  ),
  call("opening by an invented folio", everywhere, ["POST", () => "/bookings/open", () => ({ folio: invented() })]),
  call("cancelling by chance", everywhere, ["POST", () => `/bookings/${randomUUID()}/cancel`]),
  call("withdrawing a request by chance", everywhere, ["DELETE", () => `/requests/${randomUUID()}`]),
  call("taking an offer by chance", everywhere, ["POST", () => `/requests/${randomUUID()}/accept`]),
  call("keeping one by chance", everywhere, ["POST", () => `/requests/${randomUUID()}/keep`]),
  call(
    "exact hours for the mother",
    ["filed", "locked"],
    ["POST", () => `/offices/${OFFICE}/times`, () => ({ localDate: "2026-12-04", applicants: [MOTHER] })],
  ),
  call(
    "holding a place for the mother",
    ["filed", "locked"],
    ["POST", () => "/holds", () => body(MOTHER, "2026-12-04T16:15:00.000Z")],
  ),
  // The same people once more, from the telephone.
  {
    name: "booking the mother",
    at: ["filed"],
    async make(she) {
      const answer = await she.world.api(she.phone, "POST", "/bookings", body(MOTHER, "2026-12-04T16:30:00.000Z"));
      she.booking = answer.json<{ id: string }>().id;
      return masked(answer);
    },
  },
  call(
    "booking the mother twice",
    ["filed", "locked"],
    ["POST", () => "/bookings", () => body(MOTHER, "2026-12-04T16:45:00.000Z")],
  ),
  call(
    "reading that booking",
    ["filed", "locked", "drawn", "reminded", "day"],
    ["GET", (she) => `/bookings/${own(she.booking)}`],
  ),
  call(
    "moving it",
    ["locked"],
    [
      "POST",
      (she) => `/bookings/${own(she.booking)}/move`,
      () => ({ wanted: body(MOTHER, "2026-12-04T17:00:00.000Z").wanted }),
    ],
  ),
  {
    name: "asking in the draw for the child",
    at: ["filed"],
    async make(she) {
      const answer = await she.world.api(she.phone, "POST", "/requests", wish(CHILD));
      she.request = answer.json<{ id: string }>().id;
      return masked(answer);
    },
  },
  call("asking for the child twice", ["filed"], ["POST", () => "/requests", () => wish(CHILD)]),
  call("reading that request", ["filed"], ["GET", (she) => `/requests/${own(she.request)}`]),
  call("writing it anew", ["filed"], ["PUT", (she) => `/requests/${own(she.request)}`, () => wish(CHILD)]),
  // Of two leaves of one person one can be booked, and the other is asked to confirm identity (hardening 1): who files in
  // the draw for somebody who filed too may be told that word, so that what is compared here is taken back before the lock.
  call("withdrawing it", ["filed"], ["DELETE", (she) => `/requests/${own(she.request)}`]),
  call(
    "as many people as a contact may have",
    ["filed"],
    [
      "POST",
      () => "/bookings",
      () => ({
        ...body(CHILD, "2026-12-03T17:00:00.000Z"),
        applicants: Array.from({ length: 5 }, (_, i) => ({ ...CHILD, curp: "", givenNames: `Otra ${"abcde"[i]}` })),
      }),
    ],
  ),
  call(
    "asking urgently",
    ["filed"],
    ["POST", () => "/emergencies", () => ({ officeId: OFFICE, kind: "robbed", neededBy: "week" })],
  ),
  call(
    "asking urgently by a call to the telephone",
    ["locked"],
    ["POST", () => "/emergencies", () => ({ officeId: OFFICE, kind: "robbed", neededBy: "week", phone: FAMILY_PHONE })],
  ),
  call("cancelling her own", ["reminded"], ["POST", (she) => `/bookings/${own(she.booking)}/cancel`]),
  call(
    "booking again after it",
    ["reminded"],
    ["POST", () => "/bookings", () => body(MOTHER, "2026-12-04T17:15:00.000Z")],
  ),
  // Codes: more than come in a quarter of an hour.
  {
    name: "a code by text message, and a wrong one typed",
    at: everywhere,
    async make({ world }) {
      const { token } = (await world.api("", "POST", "/sessions", {})).json<{ token: string }>();
      const sent = await world.api(token, "POST", "/sessions/code", { kind: "sms", address: FAMILY_PHONE });
      return masked(sent) + masked(await world.api(token, "POST", "/sessions/verify", { code: "000000" }));
    },
  },
  {
    name: "a code by a call",
    at: everywhere,
    async make({ world }) {
      const { token } = (await world.api("", "POST", "/sessions", {})).json<{ token: string }>();
      return masked(await world.api(token, "POST", "/sessions/code", { kind: "voice", address: FAMILY_PHONE }));
    },
  },
  {
    name: "an invented card",
    at: everywhere,
    async make({ world }) {
      const { token } = (await world.api("", "POST", "/sessions", {})).json<{ token: string }>();
      return masked(await world.api(token, "POST", "/sessions/card", { folio: invented(), pin: "123456" }));
    },
  },
  // By messages from the telephone itself, which prove it: what the dialogue answers, word by word.
  ...(["whatsapp", "sms"] as const).flatMap((channel) => [
    talk(`her appointments, by ${channel}`, channel, ["menú", "mi cita"]),
    talk(`a birth date, by ${channel}`, channel, ["menú", "mi cita", "17 de mayo de 1990"]),
    talk(`an invented folio, by ${channel}`, channel, ["menú", "mi cita", invented()]),
    talk(`cancelling, by ${channel}`, channel, ["menú", "cancelar mi cita"]),
  ]),
  // Pages of what was taken along and erased, since they are there for requests and urgent notices too.
  look("who has looked at a request, by chance", "/mi-solicitud/ID/expediente"),
  look("taking a request along, by chance", "/mi-solicitud/ID/mis-datos.json"),
  look("taking an urgent notice along, by chance", "/aviso/ID/mis-datos.json"),
  {
    name: "erasing a request by chance",
    at: everywhere,
    make: async ({ browser }) =>
      masked(await browser.post(`/mi-solicitud/${randomUUID()}/borrar`, { numero: invented() })),
  },
  // What is public, and what comes to the telephone.
  look("free days", "/api/v1/availability"),
  look("open draws", "/open/v1/draws"),
  look("the list of draws", "/repartos"),
  look("how long one waits", "/open/v1/waits"),
  look("urgent figures", "/open/v1/emergencies"),
  {
    name: "an invented folio at the kiosk",
    at: ["day"],
    async make({ world: { services }, browser }) {
      const supervisor = staffContext(services, await aStaffId(services, "supervisor"), "supervisor");
      const offered = await offerDevice(supervisor, { kind: "kiosk" });
      if (!offered.ok) throw new Error(offered.refusal.code);
      await browser.post("/kiosko", { codigo: offered.value.code });
      const told = await browser.post("/kiosko/llegada", { folio: invented() });
      if (told.statusCode !== 200) throw new Error(`the kiosk says ${told.statusCode}`);
      return masked(told);
    },
  },
  {
    name: "what came to the telephone",
    at: everywhere,
    make: ({ world }) =>
      Promise.resolve(
        world.inbox
          .map((one) => masked({ statusCode: 0, headers: {}, body: one } as LightMyRequestResponse))
          .sort()
          .join("\n"),
      ),
  },
];
