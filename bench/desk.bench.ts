import { createHash, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import type { ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { DAY_MS, localDateAt } from "#kernel/time.ts";
import { book, getBooking } from "#modules/booking/index.ts";
import { codeDigits, openSession, requestCode, verifyCode } from "#modules/people/index.ts";
import { contextFor, type Services } from "#platform/context.ts";
import { print, quantile } from "./support/figures.ts";
import { openWorld, servicesOf, startServer, type World } from "./support/world.ts";

const BENCH = "desk";
const OFFICE = "fresno" as OfficeId;
const ZONE = "America/Los_Angeles";
/** 1 for figures that count; less for a first look. */
const SCALE = Number(process.env["BENCH_SCALE"] ?? 1);
const PERSONS = Math.round(1_000_000 * SCALE);
/** Each is looked up once in each way, and once before, uncounted: a birth date may be tried five times a day. */
const CALLERS = Math.max(60, Math.round(400 * SCALE));
/** Callers whose files are made at once. */
const AT_ONCE = 8;
const MOST_MS = 50;
const BORN = "1990-05-17" as LocalDate;
const WAYS = ["folio", "phone", "code"] as const;
/** The first look-ups of a process are compiled, planned and read from the disk. */
const PASSES = [{ way: "phone", counts: false } as const, ...WAYS.map((way) => ({ way, counts: true }))];

interface Caller {
  readonly phone: string;
  readonly folio: string;
}

/** A million persons of as many contacts; what is sealed in them is as long as the real thing and opens for nobody. */
async function fill(world: World): Promise<void> {
  await world.ask("set session_replication_role = replica");
  await world.ask(
    `with many as (select n, gen_random_uuid() as id, gen_random_uuid() as contact_id, (select array_agg(id order by id) from offices.offices)[1 + n % 59] as office_id, current_date + 1 + n % 50 as local_date from generate_series(1, $1::int) n),
     known as (insert into people.contacts (id, kind, verified_at, created_at, erase_after) select contact_id, 'sms', now(), now(), current_date + 400 from many),
     keyed as (insert into people.contact_keys (contact_id, kind, digest, version) select contact_id, 'phone', sha256(contact_id::text::bytea), 1 from many),
     booked as (insert into booking.bookings (office_id, id, contact_id, folio_digest, local_date, starts_at, people, state, channel, language, sealed, created_at, changed_at, erase_after)
       select office_id, id, contact_id, sha256(id::text::bytea), local_date, local_date + time '16:00' at time zone 'UTC', 1, 'active', 'web', 'es', sha256('x') || sha256(id::text::bytea), now(), now(), local_date + 30 from many),
     applied as (insert into booking.applicants (id, booking_id, office_id, ordinal, sealed, erase_after) select gen_random_uuid(), id, office_id, 1, sha256('y') || sha256(id::text::bytea) || sha256('z'), local_date + 30 from many)
     insert into booking.appointments (office_id, id, booking_id, session_id, ordinal, service_group, services, local_date, starts_at, counter, steps, state)
     select office_id, gen_random_uuid(), id, gen_random_uuid(), 1, 'documentacion', array['matricula-consular'], local_date, local_date + time '16:00' at time zone 'UTC', 1, 1, 'booked' from many`,
    [PERSONS],
  );
  await world.ask("set session_replication_role = origin");
  await world.ask("vacuum analyze");
  await world.ask("checkpoint");
}

/** Households with a telephone that was proved and an appointment, filed as people file. */
async function fillCallers(world: World, services: Services): Promise<Caller[]> {
  const startsAt = new Date(Math.ceil((services.clock.now().getTime() + 3 * DAY_MS) / 3_600_000) * 3_600_000);
  const localDate = localDateAt(startsAt, ZONE);
  const sessionId = randomUUID();
  await world.ask(
    "insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes) values ($1, $2, 'documentacion', 'extraordinary', $3, $4, $4::timestamptz + interval '15 minutes', $5, 15)",
    [OFFICE, sessionId, localDate, startsAt, CALLERS],
  );
  await world.ask(
    "insert into schedules.places (office_id, session_id, starts_at, counter, band) select $1, $2, $3, n, 'midday' from generate_series(1, $4::int) n",
    [OFFICE, sessionId, startsAt, CALLERS],
  );
  const callers: Caller[] = [];
  for (let from = 0; from < CALLERS; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, CALLERS - from) }, (_, i) => from + i);
    callers.push(...(await Promise.all(some.map((n) => makeCaller(services, n, localDate, startsAt)))));
  }
  return callers;
}

async function makeCaller(services: Services, n: number, localDate: LocalDate, startsAt: Date): Promise<Caller> {
  const contextOf = (actor: Parameters<typeof contextFor>[1]["actor"]) =>
    contextFor(services, { actor, channel: "web", purpose: "bench", requestId: "bench", language: "es" });
  const visitor = contextOf({ kind: "visitor", sessionId: undefined });
  const phone = `+1559555${String(1000 + n).padStart(4, "0")}`;
  const { session } = await openSession(visitor, { language: "es", channel: "web" });
  const asked = await requestCode(visitor, { sessionId: session.id, kind: "sms", address: phone, language: "es" });
  if (!asked.ok) throw new Error(asked.refusal.code);
  const code = await codeDigits(visitor, asked.value.codeId);
  const verified = await verifyCode(visitor, { sessionId: session.id, code });
  if (!verified.ok) throw new Error(verified.refusal.code);
  const contactId = verified.value.session.contactId as ContactId;
  const ctx = contextOf({ kind: "citizen", sessionId: session.id, contactId });
  const applicant = {
    givenNames: "Ficticia",
    firstSurname: `Inventada ${[...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("")}`,
    secondSurname: "",
    otherName: "",
    bornOn: BORN,
    bornIn: "OC",
    sex: "M",
    curp: "",
    parents: [],
    services: ["matricula-consular" as ServiceSlug],
  } as const;
  const booked = await book(ctx, {
    contactId,
    wanted: { officeId: OFFICE, localDate, startsAt },
    applicants: [applicant],
  });
  if (!booked.ok) throw new Error(`a caller could not be made: ${booked.refusal.code}`);
  return { phone, folio: (await getBooking(ctx, contactId, booked.value.bookingId))!.folio };
}

async function agentCookie(world: World): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await world.ask(
    "with made as (insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), 'agent', 'Agent of the bench', now()) returning id) insert into people.staff_sessions (token_digest, staff_id, created_at, touched_at, expires_at) select $1, id, now(), now(), now() + interval '12 hours' from made",
    [createHash("sha256").update(token).digest()],
  );
  return `staff=${token}`;
}

/** The same rows by plain statements on their indexes, one after the other on one connection. */
async function plainly(world: World): Promise<number> {
  const client = new pg.Client({ connectionString: world.url });
  await client.connect();
  const { rows: keys } = await client.query<{ digest: Buffer }>(
    "select k.digest from people.contact_keys k join booking.bookings b on b.contact_id = k.contact_id where b.office_id = $1 order by b.created_at desc limit $2",
    [OFFICE, CALLERS],
  );
  const took: number[] = [];
  for (const { digest } of keys) {
    const began = performance.now();
    const { rows } = await client.query<{ contact_id: string }>({
      name: "key",
      text: "select contact_id from people.contact_keys where kind = 'phone' and digest = $1",
      values: [digest],
    });
    await client.query({
      name: "file",
      text: "select * from booking.bookings b join booking.applicants a on a.booking_id = b.id join booking.appointments p on p.office_id = b.office_id and p.booking_id = b.id where b.contact_id = $1",
      values: [rows[0]!.contact_id],
    });
    took.push(performance.now() - began);
  }
  await client.end();
  return quantile(Float64Array.from(took), 0.99);
}

async function bench(world: World): Promise<void> {
  const services = servicesOf(world);
  await fill(world);
  const callers = await fillCallers(world, services);
  // An agent has a budget of files; what is measured is a look, not how long she must wait.
  const server = await startServer(world, { LIMITS: "off" });
  const cookie = await agentCookie(world);
  const post = async <Answer>(path: string, body: unknown): Promise<Answer> => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/console${path}`, {
      method: "POST",
      headers: {
        cookie,
        "content-type": "application/json",
        origin: "http://127.0.0.1",
        "sec-fetch-site": "same-origin",
      },
      body: JSON.stringify(body),
    });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const byOf = async (way: (typeof WAYS)[number], { phone, folio }: Caller) => {
    if (way !== "code") return way === "folio" ? { folio } : { phone };
    const { token } = await post<{ token: string }>("/callers/code", { kind: "sms", address: phone });
    const [row] = await world.ask<{ id: string }>("select id from people.codes order by created_at desc limit 1");
    return { token, code: await codeDigits(services, row!.id) };
  };
  const reference = await plainly(world);
  for (const { way, counts } of PASSES) {
    const took: number[] = [];
    for (const caller of callers) {
      const by = await byOf(way, caller);
      const began = performance.now();
      const file = await post<{ bookings: unknown[] }>("/callers/open", {
        by,
        bornOn: BORN,
        reason: "where_and_when",
        allowed: true,
      });
      took.push(performance.now() - began);
      if (file.bookings.length !== 1) throw new Error("a caller's appointment was not found");
    }
    if (!counts) continue;
    const latencies = Float64Array.from(took);
    const figure = `look-up by ${way} among ${PERSONS} persons`;
    print({
      bench: BENCH,
      figure: `${figure}, p50`,
      value: quantile(latencies, 0.5),
      unit: "ms",
      reference: null,
      aim: null,
    });
    print({
      bench: BENCH,
      figure: `${figure}, p99`,
      value: quantile(latencies, 0.99),
      unit: "ms",
      reference,
      aim: `<= ${MOST_MS} ms; beside the same rows by plain statements`,
    });
  }
  await server.stop();
  await services.keyring.close();
  await services.database.close();
}

const world = await openWorld();
try {
  await bench(world);
} finally {
  await world.close();
}
