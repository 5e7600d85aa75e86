import { randomUUID } from "node:crypto";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { getNetworkReport, getOfficeReport, visitTasks } from "#modules/visits/index.ts";
import { contextFor, systemContext, type Context } from "#platform/context.ts";
import { median, print } from "./support/figures.ts";
import { openWorld, servicesOf, type World } from "./support/world.ts";

const BENCH = "reports";
const OFFICE = "fresno" as OfficeId;
const FIRST = "2025-12-01" as LocalDate;
/** A Sunday: whoever is not of the office reads whole weeks. */
const LAST = "2026-11-29" as LocalDate;
const PARTIES_A_DAY = 250;
/** Days that one run of the counting reaches back. */
const COUNTED_AT_ONCE = 24;
const ROUNDS = 15;
const MOST_MS = 500;

/** A year of an office's opening days, 250 parties each, one or two people with one or two services: as visits end. */
async function fill(world: World): Promise<void> {
  await world.ask(
    `with many as (select gen_random_uuid() as id, d::date as d, n, d::date + time '16:00' at time zone 'UTC' + n * interval '100 seconds' as at
       from generate_series($2::date, $3::date, '1 day') d, generate_series(1, $4::int) n where extract(isodow from d) < 6),
     seen as (insert into visits.visits (office_id, id, booking_id, local_date, state, counter, arrived_at, called_at, recorded_at, done_at, settled_at)
       select $1, id, gen_random_uuid(), d, 'done', 1 + n % 12, at, at + random() * interval '50 minutes', at + interval '70 minutes', at + interval '70 minutes', at + interval '72 minutes' from many returning id)
     insert into visits.outcomes (office_id, id, visit_id, appointment_id, service, code, reason, staff_id, recorded_at)
     select $1, gen_random_uuid(), m.id, gen_random_uuid(), (array['pasaporte-adulto', 'matricula-consular', 'pasaporte-menor-3-a-17', 'credencial-para-votar'])[1 + n % 4],
            case when n % 12 = 0 then 'missing_document' else 'issued' end, case when n % 12 = 0 then 'photo' end, gen_random_uuid(), at + interval '70 minutes'
     from many m join seen on seen.id = m.id, generate_series(1, 1 + n % 2)`,
    [OFFICE, FIRST, LAST, PARTIES_A_DAY],
  );
  await world.ask("analyze visits.visits; analyze visits.outcomes");
}

/** Counts of people come from bookings, which are long erased: what is left of them, for every office. */
async function fillCounts(world: World): Promise<void> {
  await world.ask(
    `insert into visits.day_counts (office_id, local_date, service_group, served, unserved, missed, cancelled, moved)
     select o.id, d::date, g, 70, 10, 12, 15, 11 from offices.offices o, generate_series($1::date, $2::date, '1 day') d, unnest(array['documentacion', 'registro_civil', 'visas']) g where extract(isodow from d) < 6`,
    [FIRST, LAST],
  );
}

/** As the mornings of a year count it, some weeks at a time. Milliseconds of each run. */
async function count(ctx: Context): Promise<number[]> {
  const task = visitTasks.find(({ name }) => name === "visits.count_days")!;
  const took: number[] = [];
  for (let day = addDays(FIRST, COUNTED_AT_ONCE); ; day = addDays(day, COUNTED_AT_ONCE)) {
    const started = performance.now();
    await task.run({ ...ctx, now: new Date(`${addDays(day, 1)}T11:30:00Z`) });
    took.push(performance.now() - started);
    if (day > LAST) return took;
  }
}

async function timed(work: () => Promise<{ readonly ok: boolean }>): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    if (!(await work()).ok) throw new Error("a report was refused");
    took.push(performance.now() - started);
  }
  return took;
}

async function bench(world: World): Promise<void> {
  const services = servicesOf(world);
  await fill(world);
  const counting = await count(systemContext(services, "bench"));
  await fillCounts(world);
  print({
    bench: BENCH,
    figure: "counting 25 days of an office, with 58 that had none",
    value: median(counting),
    unit: "ms",
    reference: null,
    aim: null,
  });
  const hq = contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: undefined, role: "hq" },
    channel: "console",
    purpose: "bench",
    requestId: "bench",
    language: "es",
  });
  const year = { from: FIRST, to: LAST };
  const figures = [
    ["a year of an office at 250 parties a day", () => getOfficeReport(hq, OFFICE, year)],
    ["four weeks of it", () => getOfficeReport(hq, OFFICE, { from: addDays(LAST, -27), to: LAST })],
    ["a year of the network's counts", () => getNetworkReport(hq, year)],
  ] as const;
  for (const [figure, work] of figures) {
    const took = await timed(work);
    print({
      bench: BENCH,
      figure: `${figure}, first`,
      value: took[0]!,
      unit: "ms",
      reference: MOST_MS,
      aim: "<= 500 ms",
    });
    print({
      bench: BENCH,
      figure: `${figure}, median`,
      value: median(took),
      unit: "ms",
      reference: MOST_MS,
      aim: "<= 500 ms",
    });
  }
  await Promise.all([services.database.close(), services.keyring.close()]);
}

const world = await openWorld();
try {
  await bench(world);
} finally {
  await world.close();
}
