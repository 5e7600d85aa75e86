import { createHash, randomUUID } from "node:crypto";
import { readFileSync, watch } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKeyring } from "#platform/keyring/index.ts";
import { PATH_ROLES, roleName, roleUrl } from "#platform/db/index.ts";
import { systemClock } from "#platform/clock.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import type { TestServices } from "#tests/support/database.ts";
import { goThroughADraw, openADraw } from "./canaries-draw.ts";
import { CREWS, sowEveryInlet, type Sown } from "./canaries-inlets.ts";
import { colleagues, STAFF_NAME, workAtTheDesk } from "./canaries-staff.ts";
import { aCurp } from "./curps.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { makeStock } from "./load.ts";
import { huntFor, huntInFiles, type Hunt } from "./needles.ts";
import { openProgram, type Program } from "./program.ts";
import { openReceivers, type Receivers } from "./receivers.ts";
import { routesOf } from "./routes.ts";

const WAIT_MS = 20_000;
let own: Installation;
let draw: TestServices;
let program: Program;
let sown: Sown;
let head: Record<string, string>;
let receivers: Receivers;
let hunt: Hunt;
let scratch: Scratch;
/** Everything that was typed, sent or claimed by somebody and must not be found again. */
const planted: string[] = [];
function canary<Text extends string>(text: Text): Text {
  planted.push(text);
  return text;
}

/** Six fictional people whose names nobody has, in the scripts that a form may meet. */
const PEOPLE = [
  {
    givenNames: canary("Xóchitlqzelva Ñanduquiz"),
    firstSurname: canary("Quetzalvirrieta"),
    secondSurname: canary("Zumpangoñez"),
    otherName: canary("Sochilkew Kensington"),
    curp: canary(aCurp(4_711)),
  },
  {
    givenNames: canary("ꞌÑuundeyukwaꞌvi"),
    firstSurname: canary("Tlaxkaltekapixki"),
    secondSurname: canary("Cuauhtlehuanitzinqw"),
    otherName: canary("Александрина Жвачкова"),
    curp: canary(aCurp(815)),
  },
  {
    givenNames: canary("Μαριγούλαξω"),
    firstSurname: canary("O’Dwyerquarkson"),
    secondSurname: canary("D'Ambrosinovqz"),
    otherName: canary("عبدالقيومزاده"),
    curp: canary(aCurp(7)),
  },
  {
    givenNames: canary("阿尔瓦雷斯托雷多"),
    firstSurname: canary("Fernández-Wyszkowska"),
    secondSurname: canary("Żółćgęśląjaźń"),
    otherName: canary("Ngũgĩwathiongowa"),
    curp: canary(aCurp(9_042)),
  },
  {
    givenNames: canary("Citlalmina Ojuelosqz"),
    firstSurname: canary("Nezahualquiltzin"),
    secondSurname: canary("Übelackerströmqvist"),
    otherName: canary("Sitlalmeena Walkerquist"),
    curp: canary(aCurp(1_203)),
  },
  {
    givenNames: canary("Tonantzinqa Ïsolvé"),
    firstSurname: canary("Papaloapanquezada"),
    secondSurname: canary("Møllerægaardqz"),
    otherName: canary("დავითაშვილიქე"),
    curp: canary(aCurp(3_377)),
  },
] as const;
const EMAIL = canary("Canaria.Trinadora+aviso@correo-ficticio.example.org");
const ABSENT_EMAIL = canary("cenzontle.ausente_4vq@pajarera.example.net");
const ABSENT_PHONE = canary("(661) 234-9051");
const SECOND_EMAIL = canary("jilguero_9kq3@pajarera.example.com");
const UNKNOWN_EMAIL = canary("verderon-x7w2@pajarera.example.com");
const DRAWN_EMAIL = canary("gorrion_5tz8@pajarera.example.net");
const PHONE = canary("(559) 234-1877");
const CHECKLIST = [canary("pregunta-canaria-jkq9"), canary("pregunta-verderol-w3zx")];
const KEYS = [
  canary("clave:canaria@correo-ficticio.example.org"),
  canary("clave/Xochitlq-1990-05-17"),
  canary("(661)408-7085-clave"),
];

beforeAll(async () => {
  receivers = await openReceivers();
  scratch = await watchScratch();
  own = await openInstallation({
    SMTP_URL: receivers.smtpUrl,
    SMS_URL: receivers.smsUrl,
    SMS_TOKEN: "fictional",
    TMPDIR: scratch.folder,
  });
  // As somebody who traces a slow day would: each statement of the program, with what it is given.
  for (const role of PATH_ROLES)
    for (const setting of ["log_statement = 'all'", "log_error_verbosity = 'default'"])
      await own.ask(`alter role ${roleName(role)} set ${setting}`);
  const starts = await makeStock(own.ask);
  draw = await openADraw(own.url);
  // What runs in this process only says which routes there are.
  program = await openProgram(draw);
  await own.startServer();
  await live(starts[200]!, starts[299]!);
  await own.ask("checkpoint");
  hunt = huntFor(planted);
}, 120_000);
afterAll(async () => {
  await program.close();
  await own.close();
  await receivers.close();
  await scratch.close();
});

/** What people do, what goes wrong, and what others try: one field after another. */
async function live(first: object, second: object): Promise<void> {
  const applicants = PEOPLE.map((person) => ({
    ...person,
    bornOn: "1990-05-17",
    bornIn: "NE",
    sex: "M",
    services: ["matricula-consular"],
  }));
  // The third is a child whose parents both sign elsewhere and get their sheets from us.
  const child = {
    ...applicants[2],
    bornOn: "2017-05-17",
    services: ["pasaporte-menor-3-a-17"],
    parents: [
      { part: "signs_elsewhere", sheetTo: { kind: "email", address: ABSENT_EMAIL } },
      { part: "signs_elsewhere", sheetTo: { kind: "sms", address: ABSENT_PHONE } },
    ],
  };
  const booking = {
    applicants: [...applicants.slice(0, 2), child],
    wanted: first,
    checklist: { [CHECKLIST[0]!]: true, [CHECKLIST[1]!]: false },
    fullMessage: true,
  };
  const mailed = canary(await verified("email", EMAIL, EMAIL));
  const booked = await ask("POST", "/bookings", booking, mailed, { "idempotency-key": KEYS[0]! });
  expect([
    booked.status,
    (await ask("POST", "/bookings", booking, mailed, { "idempotency-key": KEYS[0]! })).body,
  ]).toEqual([201, booked.body]);
  expect((await ask("POST", `/bookings/${booked.body.id}/move`, { wanted: second }, mailed)).status).toBe(200);
  const { folio, people } = (await ask("GET", `/bookings/${booked.body.id}`, undefined, mailed)).body;
  expect(people[0].firstSurname).toBe(PEOPLE[0].firstSurname);
  await workAtTheDesk(
    { ask: own.ask, post: (path, body, headers) => ask("POST", path, body, undefined, headers), canary },
    { officeId: (second as { officeId: string }).officeId, id: booked.body.id, folio: canary(folio) },
  );
  const texted = await verified("sms", PHONE, "+15592341877");
  const other = { applicants: applicants.slice(3, 4), wanted: first };
  const held = await ask("POST", "/holds", other, texted);
  const confirmed = await ask("POST", "/bookings", { ...other, holdId: held.body.holdId }, texted, {
    "idempotency-key": KEYS[1]!,
  });
  expect([held.status, confirmed.status]).toEqual([201, 201]);
  // The same person again by another contact: contested.
  const contested = await ask(
    "POST",
    "/bookings",
    { applicants: applicants.slice(0, 1), wanted: first },
    await verified("email", SECOND_EMAIL, SECOND_EMAIL),
    { "idempotency-key": KEYS[2]! },
  );
  expect(contested.status).toBe(201);

  const asking = canary(await verified("email", DRAWN_EMAIL, DRAWN_EMAIL));
  await goThroughADraw(
    { services: draw, ask: (method, path, body) => ask(method, path, body, asking), canary },
    applicants.slice(4),
  );

  await fail(booking, mailed);
  await misuse(mailed);
  await fillForm();
  const staff = await colleagues({ ask: own.ask, canary }, (second as { officeId: string }).officeId);
  head = staff[0]!;
  sown = await sowEveryInlet({
    origin: `http://127.0.0.1:${own.port()}`,
    staff,
    citizen: { authorization: `Bearer ${mailed}` },
    canary,
    pages: routesOf(program.web).filter((route) => /^(GET|POST) \/(?!api\/|open\/)/.test(route)),
  });
  expect((await ask("POST", `/bookings/${booked.body.id}/cancel`, {}, mailed)).status).toBe(200);
  await until(
    "the messages",
    () => receivers.textsFor(EMAIL).length >= 4 && receivers.textsFor("+15592341877").length >= 2,
  );
  await until(
    "the timetable",
    async () =>
      Number(
        (await own.ask("select count(*)::int as n from platform.timetable_runs where finished_at is not null"))[0]![
          "n"
        ],
      ) >= 5,
  );
}

/** The database refuses rows and lacks a table: faults, whose messages repeat what they were about. */
async function fail(booking: object, token: string): Promise<void> {
  const again = () =>
    ask(
      "POST",
      "/bookings",
      {
        ...booking,
        applicants: [{ ...PEOPLE[1], bornOn: "1991-01-01", bornIn: "NE", sex: "M", services: ["pasaporte-adulto"] }],
      },
      token,
      { "idempotency-key": canary(`clave-de-averia-${randomUUID()}`) },
    );
  await own.ask("alter table booking.bookings add constraint nobody_books check (channel <> 'api') not valid");
  expect((await again()).status).toBe(500);
  await own.ask("alter table booking.bookings drop constraint nobody_books");
  await own.ask("alter table booking.applicants rename to applicants_gone");
  expect((await again()).status).toBe(500);
  await own.ask("alter table booking.applicants_gone rename to applicants");
  await own.ask("alter table people.contacts add constraint nobody_asks check (kind <> 'email') not valid");
  const session = await ask("POST", "/sessions", { language: "es" });
  expect(
    (await ask("POST", "/sessions/code", { kind: "email", address: UNKNOWN_EMAIL }, session.body.token)).status,
  ).toBe(500);
  await own.ask("alter table people.contacts drop constraint nobody_asks");
}

/** Canaries where they do not belong: wrong types, unknown fields, paths, queries, headers, cookies. */
async function misuse(token: string): Promise<void> {
  const start = { officeId: "fresno", localDate: "2027-01-05", startsAt: "2027-01-05T18:00:00Z" };
  const person = {
    givenNames: "Ficticia",
    firstSurname: "Prueba",
    bornOn: "1990-05-17",
    bornIn: "NE",
    sex: "M",
    services: ["matricula-consular"],
  };
  const wrong: object[] = [
    { wanted: canary("texto-donde-va-un-objeto"), applicants: [person] },
    { wanted: { ...start, officeId: canary("oficina-canaria-inexistente") }, applicants: [person] },
    { wanted: { ...start, localDate: canary("fecha-canaria") }, applicants: [person] },
    { wanted: start, applicants: [{ ...person, sex: canary("sexo-canario-91") }] },
    { wanted: start, applicants: [{ ...person, services: [canary("tramite-canario-88")] }] },
    { wanted: start, applicants: [{ ...person, curp: canary("CURPCANARIAINVALIDA") }] },
    { wanted: start, applicants: [{ ...person, [canary("campo-desconocido-zz")]: canary("valor-desconocido-zz") }] },
    { wanted: start, applicants: [{ ...person, givenNames: canary("<script>canario()</script>") }] },
    { wanted: start, applicants: [{ ...person, givenNames: canary("Robert'); drop table canario;--") }] },
    { wanted: start, applicants: [person], holdId: canary("retencion-canaria") },
    {
      wanted: start,
      applicants: [
        {
          ...person,
          parents: [{ part: "signs_elsewhere", sheetTo: { kind: "email", address: canary("sin arroba canaria") } }],
        },
      ],
    },
  ];
  for (const body of wrong) {
    const answer = await ask("POST", "/bookings", body, token, { "idempotency-key": randomUUID() });
    expect([
      answer.status >= 400,
      answer.status < 500,
      planted.filter((one) => JSON.stringify(answer.body).includes(one)),
    ]).toEqual([true, true, []]);
  }
  const session = (await ask("POST", "/sessions", { language: "es" })).body.token as string;
  await ask("POST", "/sessions/code", { kind: "email", address: canary("no es dirección canaria") }, session);
  await ask("POST", "/sessions/code", { kind: "sms", address: canary("+52 canario 5555") }, session);
  await ask("POST", "/sessions/verify", { code: canary("codigo-canario-12") }, session);
  await ask("POST", "/sessions", { language: canary("lengua-canaria") });
  await ask("GET", `/offices?near=${encodeURIComponent(canary("Calle Canaria 123, Pajarera"))}`);
  await ask("GET", `/offices/${canary("oficina-canaria-en-la-ruta")}`);
  await ask("GET", `/${encodeURIComponent(canary("ruta canaria desconocida"))}?q=${canary("consulta-canaria-77")}`);
  await ask("GET", `/bookings/${canary("folio-canario-en-la-ruta")}`, undefined, token);
  await ask("GET", "/bookings", undefined, canary("ficha-canaria-de-portador-0123456789"));
  await ask("GET", "/offices", undefined, undefined, {
    "user-agent": canary("Navegador Canario 9.9"),
    "x-forwarded-for": canary("198.51.100.177-canario"),
    referer: canary("https://canario.example.org/historia?de=mi-cita"),
    cookie: `visita=${canary("galleta-canaria-0123456789abcdef")}; staff=${canary("galleta-canaria-del-personal-0123")}`,
    "x-request-id": canary("peticion-canaria-0001"),
    "accept-language": canary("canario-CAN"),
  });
  const staff = { "sec-fetch-site": "same-origin", cookie: `staff=${canary("otra-galleta-canaria-0123456789")}` };
  await ask("POST", "/console/find", { folio: canary("FOLIO-CANARIO-00") }, undefined, staff);
  await ask("POST", "/console/enrol/options", { token: canary("alta-canaria-0123456789-abcdef") }, undefined, staff);
  await ask(
    "POST",
    "/console/sign-in/verify",
    {
      response: {
        id: canary("llave-canaria-de-paso"),
        response: { clientDataJSON: canary("datos-canarios-de-cliente") },
      },
    },
    undefined,
    staff,
  );
}

/** The same by the pages: an answered form waits in a draft. */
async function fillForm(): Promise<void> {
  const origin = `http://127.0.0.1:${own.port()}`;
  let cookie = "";
  const send = async (path: string, fields: Record<string, string>) => {
    const answer = await fetch(`${origin}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", cookie },
      body: new URLSearchParams(fields),
    });
    cookie =
      answer.headers
        .getSetCookie()
        .map((one) => one.split(";")[0])
        .join("; ") || cookie;
    return answer;
  };
  await send("/cita", {});
  await send("/cita/personas", { personas: "1" });
  const filled = {
    nombre: canary("Borradoresca Trinadora"),
    apellido1: canary("Pajarerosky"),
    apellido2: canary("Alpistegui"),
    "nacio-day": "17",
    "nacio-month": "5",
    "nacio-year": "1990",
    lugar: "NE",
    sexo: "M",
  };
  expect((await send("/cita/persona/1", filled)).headers.get("location")).toContain("/tramites");
  expect((await send("/cita/persona/1", { ...filled, "nacio-day": canary("día-canario-treinta") })).status).toBe(422);
  expect(
    (await send("/cita/contacto", { forma: "email", correo: canary("otra.canaria@pajarera.example.com") })).status,
  ).toBeLessThan(500);
}

async function verified(kind: string, typed: string, address: string): Promise<string> {
  const session = await ask("POST", "/sessions", { language: "es" });
  expect((await ask("POST", "/sessions/code", { kind, address: typed }, session.body.token)).status).toBe(202);
  await until("the code", () => receivers.textsFor(address).length > 0);
  const code = /\b\d{6}\b/.exec(
    receivers
      .textsFor(address)
      .at(-1)!
      .replace(/(\d{3}) (\d{3})/, "$1$2"),
  )![0];
  return (await ask("POST", "/sessions/verify", { code }, session.body.token)).body.token;
}

async function ask(method: string, path: string, body?: unknown, token?: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${own.port()}/api/v1${path}`, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text.startsWith("{") ? text : "{}") };
}

async function until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`${what} did not come`);
    await wait(20);
  }
}

interface Scratch {
  readonly folder: string;
  /** Everything that any file in it ever held, as far as it could be read when it changed. */
  seen(): Buffer;
  close(): Promise<void>;
}

/** A folder for temporary files of the server's own: whatever is written there is read at once, for it may be gone a moment later. */
async function watchScratch(): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), "ventanilla-scratch-"));
  const parts: Buffer[] = [];
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    try {
      if (name !== null) parts.push(readFileSync(join(folder, name)));
    } catch {
      // A folder, or gone already.
    }
  });
  return {
    folder,
    seen: () => Buffer.concat(parts),
    async close() {
      watcher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every column of every table, as text; bytes show as hexadecimal, which is one of the forms that are looked for. */
async function huntInTables(wanted = hunt): Promise<{ table: string; found: string[] }[]> {
  const tables = await own.ask(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
  );
  expect(tables.length).toBeGreaterThan(25);
  const hits = [];
  for (const { name } of tables as { name: string }[]) {
    const found = wanted.in(
      (await own.ask(`select t::text as row from ${name} t`)).map((one) => one["row"]).join("\n"),
    );
    if (found.length > 0) hits.push({ table: name, found });
  }
  return hits;
}

const postgresLog = async () =>
  (await Promise.all(own.postgresLogs.map((path) => readFile(path, "utf8").catch(() => "")))).join("\n");
/** What an installation logs: without the statements and parameters that were switched on to look at them. */
const ordinaryLog = async () => {
  let traced = false;
  const lines = (await postgresLog()).split("\n").filter((line) => {
    if (!line.startsWith("\t")) traced = / (LOG: {2}(execute|statement)|DETAIL: {2}parameters:)/i.test(line);
    return !traced;
  });
  return lines.join("\n");
};

test("five hundred canaries were planted and more, most where they were read, and the people got messages with their names", () => {
  expect(new Set(planted).size).toBeGreaterThanOrEqual(500);
  expect({ faults: sown.faults, echoed: sown.echoed }).toEqual({ faults: [], echoed: [] });
  expect(sown.read / sown.inlets).toBeGreaterThan(0.6);
  expect(receivers.textsFor(EMAIL).some((text) => text.includes(PEOPLE[0].firstSurname))).toBe(true);
});

test("none stands in any column of any table", async () => {
  expect(await huntInTables()).toEqual([]);
});

test("none stands in a heap file, the write-ahead log or any other file of the data directory", async () => {
  expect(await huntInFiles(own.dataDirectory, hunt)).toEqual([]);
});

test("none stands in the log of PostgreSQL or in anything that the server wrote, faults included", async () => {
  expect(hunt.in(await postgresLog())).toEqual([]);
  expect(own.output()).toContain('"msg":"a request failed"');
  expect(hunt.in(own.output())).toEqual([]);
});

test("none stands in a trace: each statement was logged with its parameters, and what PostgreSQL shows of its sessions", async () => {
  const log = await postgresLog();
  expect(log.match(/DETAIL: {2}parameters: /gi)?.length ?? 0).toBeGreaterThan(1_000);
  expect(log).toContain("insert into booking.bookings");
  expect(await ordinaryLog()).not.toContain("insert into booking.bookings");
  expect(hunt.in(log)).toEqual([]);
  const shown = await own.ask("select query from pg_stat_activity where datname = current_database()");
  expect(hunt.in(shown.map((one) => one["query"]).join("\n"))).toEqual([]);
});

test("none stood in a temporary file of the server, not even for a moment; one that does is seen: the negative control", async () => {
  expect(hunt.in(scratch.seen())).toEqual([]);
  expect(await huntInFiles(scratch.folder, hunt)).toEqual([]);
  await writeFile(join(scratch.folder, "moment"), `draft of ${PEOPLE[0].firstSurname}`);
  await until("the file", () => hunt.in(scratch.seen()).length > 0);
  await rm(join(scratch.folder, "moment"));
  expect(hunt.in(scratch.seen())).toEqual([PEOPLE[0].firstSurname]);
});

test("what colleagues see of a clerk stands in the table of the staff and nowhere else", async () => {
  const name = huntFor([STAFF_NAME]);
  expect(await huntInTables(name)).toEqual([{ table: "people.staff", found: [STAFF_NAME] }]);
  expect([...name.in(await ordinaryLog()), ...name.in(own.output())]).toEqual([]);
});

test("who hashes ten thousand CURPs, the right ones among them, finds none of them in the database", async () => {
  const curps = Array.from({ length: 10_000 }, (_, i) => aCurp(i));
  const hashes = new Set(
    curps.flatMap((curp) =>
      ["sha256", "sha512", "sha1", "md5"].flatMap((name) =>
        [curp, curp.toLowerCase(), `${curp}\n`, `curp:${curp}`].map((text) =>
          createHash(name).update(text).digest("hex"),
        ),
      ),
    ),
  );
  const stored = await own.ask(
    `select encode(key, 'hex') as digest from booking.claims union select encode(curp_key, 'hex') from booking.claims union select encode(digest, 'hex') from people.contact_keys union select encode(folio_digest, 'hex') from booking.bookings
     union select encode(body_digest, 'hex') from platform.idempotency union select encode(subject, 'hex') from audit.entries where subject is not null`,
  );
  expect(stored.length).toBeGreaterThan(15);
  expect(stored.filter((row) => hashes.has(row["digest"] as string))).toEqual([]);
  // With the key they would be found: the list is right, and the key is what keeps them.
  const keyring = openKeyring({
    url: roleUrl(own.url, TEST_ROLE_SECRET, "keyring"),
    rootKey: TEST_ROOT_KEY,
    clock: systemClock,
  });
  const keyed = new Set(
    (await keyring.digest("claim.curp", curps)).map((versions) => versions[0]!.digest.toString("hex")),
  );
  await keyring.close();
  expect(stored.filter((row) => keyed.has(row["digest"] as string))).not.toEqual([]);
});

test("a canary that is planted in plain text is found everywhere: the negative control", async () => {
  const [loose, logged, inlet] = [PEOPLE[0].firstSurname, EMAIL, PEOPLE[1].firstSurname];
  // An inlet that keeps what was typed in plain.
  const [{ office_id: officeId } = {}] = await own.ask("select office_id from people.staff where role = 'office_head'");
  const crew = { kind: "crew", name: inlet, officeId };
  expect((await ask("POST", CREWS, crew, undefined, head)).status).toBeLessThan(300);
  await own.ask("insert into platform.timetable_runs (task, due_at) values ($1, now())", [loose]);
  await own.ask(`do $$ begin raise log '%', '${logged}'; end $$`);
  await own.ask("checkpoint");
  expect(await huntInTables()).toEqual(
    expect.arrayContaining([
      { table: "platform.timetable_runs", found: [loose] },
      { table: "schedules.resources", found: [inlet] },
    ]),
  );
  const paths = (await huntInFiles(own.dataDirectory, hunt)).map((one) => one.path);
  expect([paths.some((path) => path.startsWith("base/")), paths.some((path) => path.startsWith("pg_wal/"))]).toEqual([
    true,
    true,
  ]);
  expect(hunt.in(await ordinaryLog())).toEqual([logged]);
  expect(hunt.in(await postgresLog()).toSorted()).toEqual([inlet, logged].toSorted());
  const shapes = [
    Buffer.from(loose, "utf16le"),
    Buffer.from(Buffer.from(`ab${loose}c`).toString("base64")),
    Buffer.from(Buffer.from(loose).toString("hex")),
    Buffer.from(`x=${encodeURIComponent(PEOPLE[0].givenNames)}&y`),
  ];
  expect(shapes.map((bytes) => hunt.in(bytes).length)).toEqual([1, 1, 1, 1]);
});
