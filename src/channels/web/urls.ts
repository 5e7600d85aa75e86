import type { Language } from "./texts/texts.ts";

/** An address that is known once the language is: the switch of language keeps the page. */
export type Address = (language: Language) => string;

/** Spanish stands at the root, English under `/en`, both with the same words in the path. */
export function inLanguage(language: Language, path: string): string {
  if (language === "es") return path;
  return path === "/" ? "/en" : `/en${path}`;
}

const at =
  (path: string): Address =>
  (language) =>
    inLanguage(language, path);

/** Adds what is set to the query, in the order given. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const set = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set).toString()}`;
}

/** Every page that anybody may read. */
export const publicUrls = {
  home: at("/"),
  offices: at("/oficinas"),
  office: (id: string) => at(`/oficinas/${id}`),
  /** Who came without an appointment, and the order in which they are called today. */
  officeToday: (id: string) => at(`/oficinas/${id}/hoy`),
  /** How to tell us that a fact of an office is wrong. */
  officeReport: (id: string) => at(`/oficinas/${id}/corregir`),
  services: at("/tramites"),
  service: (slug: string) => at(`/tramites/${slug}`),
  /** Nearest offices; with a service, when each has room for it. */
  search:
    (place?: string, service?: string): Address =>
    (language) =>
      withQuery(inLanguage(language, "/buscar"), { lugar: place, tramite: service }),
  /** What an office may send out, ready to print or to share: one for each opening and special day. */
  publications: (office: string) => at(`/oficinas/${office}/publicacion`),
  publication: (office: string, what: string) => at(`/oficinas/${office}/publicacion/${what}`),
  publicationImage: (office: string, what: string) => at(`/oficinas/${office}/publicacion/${what}/imagen.png`),
  poster: (office: string, what: string) => at(`/oficinas/${office}/publicacion/${what}/cartel`),
  officeCalendar: (office: string) => at(`/oficinas/${office}/calendario.ics`),
  /** How many appointments are asked about, cancelled and won back. */
  integrityFigures: at("/integridad/cifras"),
  exceptions: at("/integridad/excepciones"),
  /** Openings beside the weeks: Saturdays, mobile consulates, consulates on wheels. */
  specialDays: at("/jornadas"),
  specialDay: (id: string) => at(`/jornadas/${id}`),
  /** What may be sent out about it; its files keep their addresses for as long as posters hang. */
  specialDayShare: (id: string) => at(`/jornadas/${id}/difundir`),
  specialDayImage: (id: string) => at(`/jornadas/${id}/imagen.png`),
  specialDayPoster: (id: string) => at(`/jornadas/${id}/cartel.pdf`),
  specialDayText: (id: string) => at(`/jornadas/${id}/texto.txt`),
  specialDayRadio: (id: string) => at(`/jornadas/${id}/radio.txt`),
  specialDayCalendar: (id: string) => at(`/jornadas/${id}/jornada.ics`),
  /** The photograph of its venue, the same in both languages. */
  specialDayPhoto: (id: string) => `/jornadas/${id}/foto`,
  /** Places that are shared out among all who ask: every draw, and one with its files. */
  draws: at("/repartos"),
  draw: (id: string) => at(`/repartos/${id}`),
  /** To print: what people say of their visit, for whoever has no telephone. */
  surveySheet: at("/opinion/hoja"),
  privacy: at("/privacidad"),
  emergency: at("/emergencia"),
  /** What this service never does, and whether a number, page or message is ours. */
  official: at("/oficial"),
  /** To tell us of an advert that sells appointments, without a name. */
  reportAdvert: at("/oficial/avisar"),
  reportedAdvert: at("/oficial/avisar/recibido"),
};

/** Registered helpers: their door, which is their desk once they are signed in, and what leads to it. */
export const helperUrls = {
  desk: at("/ayudantes"),
  signIn: at("/ayudantes/entrar"),
  ask: at("/ayudantes/registro"),
  asked: at("/ayudantes/registro/recibido"),
  enrol: at("/ayudantes/alta"),
  register: at("/ayudantes/alta/llave"),
  enrolled: at("/ayudantes/alta/lista"),
  help: at("/ayudantes/ayudar"),
  endHelp: at("/ayudantes/terminar"),
  others: at("/ayudantes/cerrar-las-demas"),
  leave: at("/ayudantes/salir"),
};

/** Booking an appointment, a step a page; `person` counts from 1. */
export const journeyUrls = {
  /** Where the journey starts; the office, service or day that was being read comes along. */
  start:
    (from: { office?: string; service?: string; day?: string; specialDay?: string } = {}): Address =>
    (language) =>
      withQuery(inLanguage(language, "/cita"), {
        oficina: from.office,
        tramite: from.service,
        dia: from.day,
        jornada: from.specialDay,
      }),
  people: at("/cita/personas"),
  person: (person: number) => at(`/cita/persona/${person}`),
  personServices: (person: number) => at(`/cita/persona/${person}/tramites`),
  personParents: (person: number) => at(`/cita/persona/${person}/padres`),
  prepare: at("/cita/preparar"),
  papers: at("/cita/papeles"),
  place: at("/cita/lugar"),
  day: at("/cita/dia"),
  time: at("/cita/hora"),
  contact: at("/cita/contacto"),
  code: at("/cita/codigo"),
  card: at("/cita/tarjeta"),
  review: at("/cita/revisar"),
  /** Where places are shared out among all who ask: three questions, what cannot wait, and everything once more. */
  where: at("/cita/pedir/consulados"),
  when: at("/cita/pedir/dias"),
  until: at("/cita/pedir/fechas"),
  claims: at("/cita/pedir/situacion"),
  request: at("/cita/pedir/revisar"),
  done: (bookingId: string) => at(`/cita/lista/${bookingId}`),
};

/** The waiting room of an opening, which people call a line. Its ticket travels in a cookie, never here. */
export const roomUrls = {
  room: (id: string) => at(`/fila/${id}`),
  contact: (id: string) => at(`/fila/${id}/contacto`),
  code: (id: string) => at(`/fila/${id}/codigo`),
  card: (id: string) => at(`/fila/${id}/tarjeta`),
  time: (id: string) => at(`/fila/${id}/hora`),
  /** For every page that waits, and for whoever audits: the last document, each of them, each seed with its round, and the key. */
  status: (id: string) => `/fila/${id}/estado.json`,
  statusOf: (id: string, seq: number | string) => `/fila/${id}/estado/${seq}.json`,
  seed: (id: string, tick: number | string) => `/fila/${id}/semilla/${tick}.json`,
  key: "/fila/llave.json",
};

/** The screen on the wall of a hall, for a browser that the office enrolled. */
export const hallUrls = {
  page: "/sala",
  events: "/sala/eventos",
  worker: "/sala/trabajador.js",
};

/** An appointment that exists. */
export const appointmentUrls = {
  open: at("/mi-cita"),
  code: at("/mi-cita/codigo"),
  card: at("/mi-cita/tarjeta"),
  /** Where folio or birth date is sent, for what an earlier visit filed. */
  prove: at("/mi-cita/abrir"),
  /** Ends the session and forgets the answers. */
  close: at("/mi-cita/cerrar"),
  booking: (bookingId: string) => at(`/mi-cita/${bookingId}`),
  change: (bookingId: string) => at(`/mi-cita/${bookingId}/cambiar`),
  changePlace: (bookingId: string) => at(`/mi-cita/${bookingId}/cambiar/lugar`),
  changeDay: (bookingId: string) => at(`/mi-cita/${bookingId}/cambiar/dia`),
  changeTime: (bookingId: string) => at(`/mi-cita/${bookingId}/cambiar/hora`),
  changeReview: (bookingId: string) => at(`/mi-cita/${bookingId}/cambiar/revisar`),
  cancel: (bookingId: string) => at(`/mi-cita/${bookingId}/cancelar`),
  /** Whether it is hers, when a person asks; and what she says against its end. */
  mine: (bookingId: string) => at(`/mi-cita/${bookingId}/es-mia`),
  /** Says that her situation is delicate. */
  hide: (bookingId: string) => at(`/mi-cita/${bookingId}/delicada`),
  /** What the office proposes in place of an hour that it closed. */
  proposal: (bookingId: string) => at(`/mi-cita/${bookingId}/otro-lugar`),
  /** The turn of today: saying that one is there, and following it. */
  turn: (bookingId: string) => at(`/mi-cita/${bookingId}/turno`),
  calendarFile: (bookingId: string) => at(`/mi-cita/${bookingId}/cita.ics`),
  slipPdf: (bookingId: string) => at(`/mi-cita/${bookingId}/comprobante.pdf`),
  slipImage: (bookingId: string) => at(`/mi-cita/${bookingId}/comprobante.png`),
  /** Who has seen the file; all that is held of it, as a page and as a file; erasing it, and after that. */
  looks: (bookingId: string) => at(`/mi-cita/${bookingId}/expediente`),
  ownData: (bookingId: string) => at(`/mi-cita/${bookingId}/mis-datos`),
  ownDataFile: (bookingId: string) => at(`/mi-cita/${bookingId}/mis-datos.json`),
  erase: (bookingId: string) => at(`/mi-cita/${bookingId}/borrar`),
  erased: at("/mi-cita/borrada"),
  /** A relative says that somebody was detained. */
  absent: at("/no-podra-venir"),
  /** The sheet that says what an absent parent of that person signs. */
  permission: (bookingId: string, person: number) => at(`/mi-cita/${bookingId}/permiso/${person}`),
  /** The same sheet without a name, behind the link of that parent's message. */
  sheet: (token: string) => at(shortUrls.sheet(token)),
  /** How a visit was: answered once, by whoever holds the link. */
  survey: (token: string) => at(shortUrls.survey(token)),
};

/** An account, which nobody needs: a card that one makes by oneself. */
export const accountUrls = {
  page: at("/mi-cuenta"),
  contact: at("/mi-cuenta/contacto"),
  code: at("/mi-cuenta/codigo"),
  card: at("/mi-cuenta/tarjeta"),
  /** The same, and the contact that was just confirmed is added to the account that opens. */
  cardJoining: (language: Language) => withQuery(inLanguage(language, "/mi-cuenta/tarjeta"), { unir: JOINING }),
  signIn: at("/mi-cuenta/llave"),
  make: at("/mi-cuenta/hacer"),
  newPasskey: at("/mi-cuenta/llave/nueva"),
  /** Where the account may be written to. */
  writing: at("/mi-cuenta/avisos"),
  removeContact: at("/mi-cuenta/quitar-contacto"),
  removePasskey: at("/mi-cuenta/quitar-llave"),
  newPin: at("/mi-cuenta/pin"),
  /** Ends the account's other visits. */
  elsewhere: at("/mi-cuenta/cerrar-otras"),
  /** Takes a new contact off again. */
  undo: (token: string) => at(shortUrls.undo(token)),
};
/** The answer that says so. */
export const JOINING = "si";

/** Asking for urgent attention; the office that was being read comes along. */
export const emergencyUrls = {
  ask:
    (from: { office?: string } = {}): Address =>
    (language) =>
      withQuery(inLanguage(language, "/emergencia/pedir"), { oficina: from.office }),
  /** How many ask, and how soon they are answered. */
  figures: at("/emergencia/cifras"),
};

/** What was answered. Messages lead here: the address says nothing of what was asked. */
export const noticeUrls = {
  list: at("/aviso"),
  contact: at("/aviso/contacto"),
  code: at("/aviso/codigo"),
  card: at("/aviso/tarjeta"),
  one: (id: string) => at(`/aviso/${id}`),
  /** Says who comes to the place that is kept. */
  who: (id: string) => at(`/aviso/${id}/quien`),
  withdraw: (id: string) => at(`/aviso/${id}/ya-no`),
  ownDataFile: (id: string) => at(`/aviso/${id}/mis-datos.json`),
  erase: (id: string) => at(`/aviso/${id}/borrar`),
  /** Sends a no to the head of office. */
  review: (id: string) => at(`/aviso/${id}/titular`),
};

/** The machine of a hall at which parties receive themselves. */
export const kioskUrls = { page: at("/kiosko"), arrive: at("/kiosko/llegada") };

/** A request for a place that is shared out. */
export const requestUrls = {
  one: (id: string) => at(`/mi-solicitud/${id}`),
  change: (id: string) => at(`/mi-solicitud/${id}/cambiar`),
  withdraw: (id: string) => at(`/mi-solicitud/${id}/retirar`),
  /** As of a booking: who has seen it, all that is held of it as a file, and erasing it. */
  looks: (id: string) => at(`/mi-solicitud/${id}/expediente`),
  ownDataFile: (id: string) => at(`/mi-solicitud/${id}/mis-datos.json`),
  erase: (id: string) => at(`/mi-solicitud/${id}/borrar`),
  accept: (id: string) => at(`/mi-solicitud/${id}/confirmar`),
  decline: (id: string) => at(`/mi-solicitud/${id}/no-puedo`),
  /** Yes, and exchange it for one that was ranked before it, if one comes free. */
  better: (id: string) => at(`/mi-solicitud/${id}/mejor`),
  /** The household's own papers of one draw: its promise, and after the draw what was given to it. */
  papers: (id: string, drawId: string) => at(`/mi-solicitud/${id}/papeles/${drawId}.jsonl`),
};

/** What messages and QR codes carry: as short as a text message wants it, the same in both languages. */
export const shortUrls = {
  confirmation: (token: string) => `/c/${token}`,
  qr: (token: string) => `/q/${token}`,
  request: (token: string) => `/s/${token}`,
  /** The sheet of an absent parent. */
  sheet: (token: string) => `/h/${token}`,
  survey: (token: string) => `/e/${token}`,
  undo: (token: string) => `/d/${token}`,
};

export const fileUrls = {
  drawDocuments: (id: string) => `/open/v1/draws/${id}/documents.jsonl`,
  drawReplay: (id: string) => `/open/v1/draws/${id}/replay.jsonl`,
  networkCalendar: (language: Language) => withQuery("/open/v1/releases.ics", { lang: language }),
  emergencyFigures: "/open/v1/emergencies",
  exceptions: "/open/v1/exceptions",
  assets: "/assets",
  robots: "/robots.txt",
  sitemap: "/sitemap.xml",
};
