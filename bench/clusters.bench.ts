import { listObserved, listParties } from "#modules/booking/index.ts";
import { integrityTasks } from "#modules/integrity/index.ts";
import { systemContext } from "#platform/context.ts";
import { print } from "./support/figures.ts";
import { openWorld, servicesOf, type World } from "./support/world.ts";

const BENCH = "clusters";
/** A quarter of the network. */
const BOOKINGS = 1_000_000;
/** Middlemen, each with so many bookings behind one browser and a telephone for every five; some hours change hands. */
const RINGS = 300;
const OF_EACH = 50;
const PAGE = 20_000;
const MOST_SECONDS = 300;
const MOST_MB = 1024;
const LEAST_RECALL = 0.95;

/** Families with a telephone and a browser of their own, a third of them twice; every eightieth at a library's computer. */
async function fill(world: World): Promise<void> {
  await world.ask(
    `insert into integrity.observations (booking_id, office_id, contact_id, contact_kind, device_id, persons, surnames, starts_at, booked_at, ended, fresh_contact, assisted, erase_after, is_scored)
     select gen_random_uuid(), 'office-' || n % 59, md5('c' || f)::uuid, 'sms', case when f % 80 = 0 then md5('l' || f / 80 % 400)::uuid else md5('d' || f)::uuid end, array[f::bigint * 3, f::bigint * 3 + 1], array[f % 65536, f % 65536],
       now() + n % 5000 * interval '10 minutes', now() - n % 89 * interval '1 day' - n % 1440 * interval '1 minute', case when n % 3 = 0 then 'served' end, f % 5 = 0, n % 9 = 0, current_date + 90, true
     from (select n, case when n % 3 = 0 then n - 1 else n end as f from generate_series(1, $1::int) n) t`,
    [BOOKINGS - RINGS * OF_EACH],
  );
  await world.ask(
    `insert into integrity.observations (booking_id, office_id, contact_id, contact_kind, device_id, persons, surnames, starts_at, booked_at, cancelled_at, fresh_contact, assisted, erase_after, is_scored)
     select md5('ring' || g || '-' || n)::uuid, 'office-' || (g + n) % 5, md5('rc' || g || '-' || n / 5)::uuid, 'sms', md5('rd' || g)::uuid, array[-(g * 1000 + n)::bigint], array[(g * 7 + n * 13) % 65536],
       now() + (g + n / 10) * interval '1 hour', now() - g % 80 * interval '1 day' + n * interval '1 minute', case when n % 10 = 0 then now() - g % 80 * interval '1 day' + (n + 4) * interval '1 minute' end,
       true, false, current_date + 90, true
     from generate_series(1, $1::int) g, generate_series(1, $2::int) n`,
    [RINGS, OF_EACH],
  );
  await world.ask("analyze integrity.observations");
}

/** What the rows alone cost, by the same pages. Seconds. */
async function readPlainly(world: World): Promise<number> {
  const started = performance.now();
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const page = await world.ask<{ booking_id: string }>(
      "select * from integrity.observations where booking_id > $1 order by booking_id limit $2",
      [after, PAGE],
    );
    if (page.length === 0) return (performance.now() - started) / 1000;
    after = page.at(-1)!.booking_id;
  }
}

async function bench(world: World): Promise<void> {
  await fill(world);
  const services = servicesOf(world);
  const ctx = systemContext(services, "bench");
  const recompute = integrityTasks(listParties, listObserved).find(({ name }) => name === "integrity.recompute")!;
  const plain = await readPlainly(world);
  const started = performance.now();
  await recompute.run(ctx);
  const seconds = (performance.now() - started) / 1000;
  const mb = process.resourceUsage().maxRSS / 1024;
  const [found] = await world.ask<{ ring: number; all: number }>(
    `with ring as (select md5('ring' || g || '-' || n)::uuid as id from generate_series(1, $1::int) g, generate_series(1, $2::int) n)
     select count(*) filter (where o.booking_id in (select id from ring))::int as ring, count(*)::int as all
     from integrity.observations o join integrity.clusters c on c.id = o.cluster_id where c.level in ('orange', 'red')`,
    [RINGS, OF_EACH],
  );
  const recall = found!.ring / (RINGS * OF_EACH);
  print({
    bench: BENCH,
    figure: "all groups of 1,000,000 bookings, beside a plain read",
    value: seconds,
    unit: "s",
    reference: plain,
    aim: `≤ ${MOST_SECONDS} s`,
  });
  print({ bench: BENCH, figure: "memory at most", value: mb, unit: "MB", reference: null, aim: `≤ ${MOST_MB} MB` });
  print({
    bench: BENCH,
    figure: "bookings of middlemen found",
    value: recall,
    unit: "of 1",
    reference: null,
    aim: `≥ ${LEAST_RECALL}`,
  });
  print({
    bench: BENCH,
    figure: "of those found, bookings of middlemen",
    value: found!.ring / found!.all,
    unit: "of 1",
    reference: null,
    aim: null,
  });
  await Promise.all([services.database.close(), services.keyring.close()]);
  if (seconds > MOST_SECONDS || mb > MOST_MB || recall < LEAST_RECALL) process.exitCode = 1;
}

const world = await openWorld();
try {
  await bench(world);
} finally {
  await world.close();
}
