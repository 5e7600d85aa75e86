import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import type { BookingId, OfficeId } from "#kernel/ids.ts";
import { openNextDraw } from "#modules/allocation/index.ts";
import { readDraft, writeDraft } from "#modules/booking/index.ts";
import { surveyToken } from "#modules/messaging/index.ts";
import { findSession } from "#modules/people/index.ts";
import { setRelease } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { DRAWN_DAY } from "#tests/support/draw-world.ts";
import { aSession } from "#tests/support/fixtures.ts";
import {
  answerUpToDay,
  bookFirstHour,
  bookingIdOf,
  PERSONS,
  verifyByEmail,
  type Visitor,
} from "../../src/channels/web/visit/visitor.fixtures.ts";

type Fields = Readonly<Record<string, string>>;

/** Somebody with a browser, and her answers as they stand before each form. */
export interface Asker {
  readonly cookie: string;
  /** Puts back what an earlier form changed, so that each meets the page it belongs to. */
  restore(): Promise<void>;
}
export interface Form {
  readonly action: string;
  readonly asker: Asker;
  /** What a browser sends when all is filled in. */
  readonly fields: Fields;
  /** Fields that may be missing, and fields that nobody reads when the others stand so. */
  readonly mayLack?: readonly string[];
  readonly unread?: readonly string[];
  /** Filled in as it stands it is answered with the question once more: nobody has that card, folio or code. */
  readonly neverRight?: boolean;
  /** Rightly filled in it carries something out, so it is only sent wrong. */
  readonly acts?: boolean;
}

/** Los Ángeles draws its documents, and a draw takes requests. */
export async function losAngelesDraws(services: TestServices): Promise<void> {
  const drawn = { officeId: "los-angeles" as OfficeId, localDate: DRAWN_DAY };
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from)
     values (gen_random_uuid(), $1, 'documentacion', 'regular', '{1}', '09:00', '15:00', 1, 15, '2026-01-01')`,
    [drawn.officeId],
  );
  await aSession(services, { ...drawn, opens: "09:00", counters: 5 });
  const ctx = systemContext(services, "test");
  await setRelease(ctx, {
    officeId: drawn.officeId,
    serviceGroup: "documentacion",
    regime: "draw",
    drawsFrom: DRAWN_DAY,
    demand: null,
    decidedAt: ctx.now,
    decidedBy: "staff",
  });
  await openNextDraw(ctx, "weekly");
}

/**
 * Somebody in front of her appointment, somebody who chooses an hour, somebody who is still asked, somebody who asks for
 * a drawn place and somebody who did: between them the forms of the site.
 */
export async function openForms(app: FastifyInstance, services: TestServices): Promise<Form[]> {
  const member = { person: PERSONS.rosa, services: ["matricula-consular"] };
  const [booker, chooser, asked] = [aHurriedVisitor(app), aHurriedVisitor(app), aHurriedVisitor(app)];
  const [asking, owner] = [aHurriedVisitor(app), aHurriedVisitor(app)];
  const juan = { person: PERSONS.juan, services: ["matricula-consular"] };
  await askUpToReview(asking, services, { ...juan, person: { ...PERSONS.juan, nombre: "Juana" } }, "juana@example.org");
  await askUpToReview(owner, services, juan, "otro.juan@example.org");
  await owner.post("/cita/pedir/revisar");
  const requestId = /\/mi-solicitud\/([0-9a-f-]{36})/.exec(owner.at)![1]!;
  await answerUpToDay(booker, [member]);
  await bookFirstHour(booker, services, "rosa@ejemplo.example.org");
  const id = bookingIdOf(booker);
  const survey = await aVisitToAskAbout(services, id as BookingId);
  await answerUpToDay(chooser, [
    { ...member, person: PERSONS.mateo, services: ["registro-nacimiento"], parents: BOTH_COME },
  ]);
  await chooser.get("/cita/hora?dia=2026-12-03");
  await verifyByEmail(chooser, services, "mateo@ejemplo.example.org");
  const absent = { "uno-parte": "signs_elsewhere", "uno-hoja": "email", "uno-correo": "padre@example.org", otra: "no" };
  await answerUpToDay(asked, [
    { person: PERSONS.juan, services: ["pasaporte-adulto"] },
    { person: PERSONS.lucia, services: ["pasaporte-menor-3-a-17"], parents: absent },
  ]);
  await asked.get("/cita/hora?dia=2026-12-03");
  await asked.post("/cita/contacto", { forma: "email", correo: "juan@ejemplo.example.org" });
  const questions = [
    ...new Set(
      [...(await asked.get("/cita/preparar")).body.matchAll(/name="([a-z_]+)" value="si"/g)].map((one) => one[1]!),
    ),
  ];

  const [b, c, a, d, o] = await Promise.all(
    [booker, chooser, asked, asking, owner].map((visitor) => askerOf(services, visitor)),
  );
  const someone = { apellido2: "", otro: "", curp: "", ...PERSONS.juan };
  const noCard = { folio: "0000-0000-00000", pin: "123456" };
  const otherWays = ["correo", "celular", "telefono"];
  const byCard = { forma: "card", correo: "", celular: "", telefono: "" };
  const noAddress = { ...byCard, forma: "email", correo: "sin arroba" };
  const journey: Omit<Form, "asker">[] = [
    { action: "/cita", fields: { seguir: "1" }, unread: ["seguir"] },
    { action: "/cita/personas", fields: { personas: "2" } },
    { action: "/cita/persona/1", fields: someone, mayLack: ["apellido2", "otro", "curp"] },
    { action: "/cita/persona/1/tramites", fields: { tramite: "pasaporte-adulto" } },
    {
      action: "/cita/persona/2/padres",
      fields: { ...absent, "uno-celular": "", "dos-parte": "", "dos-correo": "" },
      // An unknown way for the sheet is no way: then she hands it over herself.
      unread: ["uno-hoja", "uno-celular", "dos-parte", "dos-correo"],
    },
    { action: "/cita/preparar", fields: Object.fromEntries(questions.map((name) => [name, "nose"])) },
    { action: "/cita/lugar", fields: { oficina: "fresno" } },
    { action: "/cita/contacto", fields: byCard, unread: otherWays },
    { action: "/cita/contacto", fields: noAddress, unread: ["celular", "telefono"], neverRight: true },
    { action: "/cita/codigo", fields: { codigo: "12345" }, neverRight: true },
    { action: "/cita/tarjeta", fields: noCard, neverRight: true },
    // Its question has no answer: filled in rightly it would be asked.
    {
      action: "/emergencia/pedir",
      fields: { que: "robbed", cuando: "week", oficina: "fresno", forma: "llamada", telefono: "911" },
      neverRight: true,
    },
  ];
  const own: Omit<Form, "asker">[] = [
    { action: `/mi-cita/${id}/cambiar/lugar`, fields: { oficina: "fresno" } },
    { action: `/mi-cita/${id}/cancelar`, fields: {}, acts: true },
    {
      action: "/mi-cita/abrir",
      fields: { folio: noCard.folio, "nacio-day": "31", "nacio-month": "2", "nacio-year": "1990" },
      neverRight: true,
    },
    // A face that is none is as good as none, and one that is would answer for good.
    { action: survey, fields: { visit: "excelente", courtesy: "x" }, unread: ["courtesy"], neverRight: true },
    { action: "/mi-cita", fields: byCard, unread: otherWays },
    { action: "/mi-cita", fields: noAddress, unread: ["celular", "telefono"], neverRight: true },
    { action: "/mi-cita/tarjeta", fields: noCard, neverRight: true },
  ];
  const both = (asker: Asker, forms: readonly Omit<Form, "asker">[]): Form[] =>
    forms.flatMap((form) => ["", "/en"].map((language) => ({ ...form, action: language + form.action, asker })));
  return [
    ...both(a!, journey),
    ...both(c!, [
      { action: "/cita/hora", fields: { hora: "2026-12-03T16:00:00.000Z" }, acts: true },
      { action: "/cita/revisar", fields: {}, acts: true },
    ]),
    ...both(b!, own),
    ...both(d!, [
      { action: "/cita/pedir/consulados", fields: { consulado: "los-angeles" } },
      { action: "/cita/pedir/dias", fields: { dia: "1", parte: "morning" } },
      // With one office to go to there is no other question.
      {
        action: "/cita/pedir/fechas",
        fields: { desde: "ya", hasta: "siempre", importa: "x", otro: "x" },
        unread: ["importa", "otro"],
      },
      // Whoever declares nothing sends nothing.
      { action: "/cita/pedir/situacion", fields: {}, acts: true },
      { action: "/cita/pedir/revisar", fields: {}, acts: true },
    ]),
    ...both(
      o!,
      ["cambiar", "retirar", "mejor", "confirmar", "no-puedo"].map((does) => ({
        action: `/mi-solicitud/${requestId}/${does}`,
        fields: {},
        acts: true,
      })),
    ),
  ];
}

/** The address at which it is said how a visit of today was, made as if the booking's people had come. */
async function aVisitToAskAbout(services: TestServices, bookingId: BookingId): Promise<string> {
  await services.adminQuery(
    `insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at, done_at)
     values ('fresno', gen_random_uuid(), $1, ($2::timestamptz at time zone 'America/Los_Angeles')::date, 'done', $2, $2)`,
    [bookingId, services.clock.now()],
  );
  // The key of the marks is made when it is first asked for.
  await services.keyring.digest("survey", [bookingId]);
  return `/e/${await surveyToken(services, bookingId)}`;
}

/** From the first page to the review of a request in Los Ángeles, by the answers that stand there already. */
async function askUpToReview(
  visitor: Visitor,
  services: TestServices,
  member: Parameters<typeof answerUpToDay>[1][number],
  address: string,
): Promise<void> {
  await answerUpToDay(visitor, [member]);
  await visitor.post("/cita/lugar", { oficina: "los-angeles" });
  await visitor.post("/cita/dia");
  await visitor.post("/cita/pedir/dias", { dia: ["1", "2", "3", "4", "5"], parte: ["morning", "midday"] });
  await visitor.post("/cita/pedir/fechas", { desde: "ya", hasta: "siempre", importa: "dia" });
  await visitor.post("/cita/pedir/situacion");
  await verifyByEmail(visitor, services, address);
  if (visitor.at !== "/cita/pedir/revisar") throw new Error(`at ${visitor.at} instead of the review`);
}

const BOTH_COME = { "uno-parte": "comes", otra: "si", "dos-parte": "comes" };

async function askerOf(services: TestServices, { cookies }: Visitor): Promise<Asker> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const session = (await findSession(services, cookies.get("visita")!))!;
  const ctx = systemContext(services, "test");
  const draft = await readDraft(ctx, session.id);
  return { cookie, restore: () => writeDraft(ctx, session.id, draft) };
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
