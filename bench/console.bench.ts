import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { DAY_MS, localDateAt } from "#kernel/time.ts";
import { book, getBooking } from "#modules/booking/index.ts";
import { fillHorizon } from "#modules/schedules/index.ts";
import { contextFor, systemContext, type Services } from "#platform/context.ts";
import { load } from "./support/load.ts";
import { print, quantile } from "./support/figures.ts";
import { openWorld, servicesOf, startServer, type World } from "./support/world.ts";

const BENCH = "console";
const OFFICE = "fresno" as OfficeId;
const ZONE = "America/Los_Angeles";
const APPOINTMENTS = 500_000;
const PARTIES_TODAY = 250;
const MOST_MS = 50;

/** Half a million appointments all over the network; what is sealed in them is as long as the real thing and opens for nobody. */
async function fill(world: World): Promise<void> {
  await world.ask("set session_replication_role = replica");
  await world.ask(
    `with many as (select n, gen_random_uuid() as id, (select array_agg(id order by id) from offices.offices)[1 + n % 59] as office_id, current_date + (n % 120) - 60 as local_date from generate_series(1, $1::int) n),
     booked as (insert into booking.bookings (office_id, id, contact_id, folio_digest, local_date, starts_at, people, state, channel, language, sealed, created_at, changed_at, erase_after)
       select office_id, id, gen_random_uuid(), sha256(id::text::bytea), local_date, local_date + time '16:00' at time zone 'UTC', 1, 'active', 'web', 'es', sha256('x') || sha256(id::text::bytea), now(), now(), local_date + 30 from many
       where not (office_id = $2 and local_date between current_date - 1 and current_date + 1)),
     applied as (insert into booking.applicants (id, booking_id, office_id, ordinal, sealed, erase_after) select gen_random_uuid(), id, office_id, 1, sha256('y') || sha256(id::text::bytea) || sha256('z'), local_date + 30 from many)
     insert into booking.appointments (office_id, id, booking_id, session_id, ordinal, service_group, services, local_date, starts_at, counter, steps, state)
     select office_id, gen_random_uuid(), id, gen_random_uuid(), 1, 'documentacion', array['matricula-consular'], local_date, local_date + time '16:00' at time zone 'UTC', 1, 1, 'booked' from many
     where not (office_id = $2 and local_date between current_date - 1 and current_date + 1)`,
    [APPOINTMENTS, OFFICE],
  );
  await world.ask("set session_replication_role = origin");
  await world.ask("analyze");
}

/** A full day at one office, booked as people book. Answers with the folios. */
async function fillToday(world: World, services: Services): Promise<string[]> {
  const today = localDateAt(services.clock.now(), ZONE);
  const startsAt = new Date(Math.ceil((services.clock.now().getTime() + 60_000) / 60_000) * 60_000);
  const sessionId = randomUUID();
  await world.ask(
    "insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes) values ($1, $2, 'documentacion', 'extraordinary', $3, $4, $4::timestamptz + interval '15 minutes', $5, 15)",
    [OFFICE, sessionId, today, startsAt, PARTIES_TODAY],
  );
  await world.ask(
    "insert into schedules.places (office_id, session_id, starts_at, counter, band) select $1, $2, $3, n, 'midday' from generate_series(1, $4::int) n",
    [OFFICE, sessionId, startsAt, PARTIES_TODAY],
  );
  const folios = await Promise.all(
    Array.from({ length: PARTIES_TODAY }, async (_, i) => {
      const contactId = randomUUID() as string as ContactId;
      const circumstances = contextFor(services, {
        actor: { kind: "citizen", sessionId: randomUUID(), contactId },
        channel: "web",
        purpose: "bench",
        requestId: "bench",
        language: "es",
      });
      // Booked the day before: nobody gets an hour that begins in a minute.
      const ctx = { ...circumstances, now: new Date(startsAt.getTime() - DAY_MS) };
      const outcome = await book(ctx, {
        contactId,
        wanted: { officeId: OFFICE, localDate: today, startsAt },
        applicants: [
          {
            givenNames: "Ficticia",
            firstSurname: `Inventada ${"abcdefghij"[i % 10]}${"abcdefghijklmnopqrstuvwxyz"[Math.floor(i / 10)]}`,
            secondSurname: "",
            otherName: "",
            bornOn: "1990-05-17" as LocalDate,
            bornIn: "OC",
            sex: "M",
            curp: "",
            parents: [],
            services: ["matricula-consular" as ServiceSlug],
          },
        ],
      });
      if (!outcome.ok) throw new Error(`today could not be filled: ${outcome.refusal.code}`);
      return (await getBooking(ctx, contactId, outcome.value.bookingId))!.folio;
    }),
  );
  return folios;
}

async function clerkToken(world: World): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await world.ask(
    "with made as (insert into people.staff (id, office_id, role, name, created_at) values (gen_random_uuid(), $1, 'clerk', 'Clerk of the bench', now()) returning id) insert into people.staff_sessions (token_digest, staff_id, created_at, touched_at, expires_at) select $2, id, now(), now(), now() + interval '12 hours' from made",
    [OFFICE, createHash("sha256").update(token).digest()],
  );
  return token;
}

function getRequest(path: string, cookie: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\n\r\n`);
}

async function latenciesOf(port: number, figure: string, next: () => Buffer): Promise<Float64Array> {
  const result = await load({ port, connections: 1, warmUpSeconds: 2, seconds: 8, next });
  if (result.statuses.size !== 1 || !result.statuses.has(200))
    throw new Error(`${figure}: an answer was not 200: ${JSON.stringify([...result.statuses])}`);
  return result.latencies;
}

/** The same request to a server of its own, with the clerk's cookie, while the office's one day is all there is. */
async function measureBefore(world: World, path: string): Promise<Float64Array> {
  const server = await startServer(world);
  const cookie = `staff=${await clerkToken(world)}`;
  const latencies = await latenciesOf(server.port, "availability before", () => getRequest(path, cookie));
  await server.stop();
  return latencies;
}

async function bench(world: World): Promise<void> {
  const services = servicesOf(world);
  await fillHorizon(systemContext(services, "bench"));
  const folios = await fillToday(world, services);
  const picture = `/api/v1/offices/${OFFICE}/availability`;
  const before = await measureBefore(world, picture);
  await fill(world);
  const server = await startServer(world);
  const cookie = `staff=${await clerkToken(world)}`;
  const get = (path: string): Buffer => getRequest(path, cookie);
  const post = (path: string, body: string): Buffer =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: http://127.0.0.1\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  const measure = async (figure: string, next: () => Buffer): Promise<void> => {
    const latencies = await latenciesOf(server.port, figure, next);
    const p50 = quantile(latencies, 0.5);
    print({ bench: BENCH, figure: `${figure} p50`, value: p50, unit: "ms", reference: null, aim: null });
    print({
      bench: BENCH,
      figure: `${figure} p99`,
      value: quantile(latencies, 0.99),
      unit: "ms",
      reference: MOST_MS,
      aim: "<= 50 ms with half a million appointments",
    });
  };
  const list = (await (
    await fetch(`http://127.0.0.1:${server.port}/api/v1/console/today`, { headers: { cookie } })
  ).json()) as { parties: unknown[] };
  if (list.parties.length !== PARTIES_TODAY)
    throw new Error(
      `today's list has ${list.parties.length} parties: the office's day changed meanwhile, run it again`,
    );
  await measure("today's list of 250 parties", () => get("/api/v1/console/today"));
  await measure("search by folio", () =>
    post("/api/v1/console/find", JSON.stringify({ folio: folios[Math.floor(Math.random() * folios.length)] })),
  );
  const after = await latenciesOf(server.port, "availability", () => get(picture));
  for (const [name, share] of [
    ["p50", 0.5],
    ["p99", 0.99],
  ] as const)
    print({
      bench: BENCH,
      figure: `availability of an office ${name}, against the same before the half million`,
      value: quantile(after, share),
      unit: "ms",
      reference: quantile(before, share),
      aim: "about 1: unchanged",
    });
  await server.stop();
  await Promise.all([services.database.close(), services.keyring.close()]);
}

const world = await openWorld();
try {
  await bench(world);
} finally {
  await world.close();
}
