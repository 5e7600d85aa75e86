import { canonicalJson } from "#kernel/canonical-json.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import type { Draw, Option } from "#modules/allocation/index.ts";
import type { World } from "./world.ts";

/** Of the network's offices those with a draw: at a million requests 25 days of 240 places each, 300,000 in all. */
const OFFICES = 50;
const STEPS_PER_COUNTER = 24;
const COUNTERS = 10;
const FULL = 1_000_000;
const GROUP = "documentacion";
const STEP_MINUTES = 15;
/** Different wishes; a million households with five each wish for the same few thousand things. */
const WISHES = 20_000;
const OPTIONS = 5;

/** Makes an office's documents a matter of draws, so that one can be opened. */
export async function releaseByDraw(world: World): Promise<void> {
  await world.ask(
    `insert into schedules.releases (office_id, service_group, regime, draws_from, decided_at, decided_by)
     select id, $1, 'draw', current_date, now(), 'staff' from offices.offices order by id limit $2 on conflict do nothing`,
    [GROUP, OFFICES],
  );
}

/**
 * Requests of so many households for three places to every ten of them, written straight into the tables by the
 * superuser: 1.73 persons each, one or two places a person, five wishes. What the draw never reads (the sealed part,
 * the promise's text, the leaf as it was promised) has its length and no meaning.
 */
export async function fillDraw(world: World, draw: Draw, households: number): Promise<void> {
  const offices = await fillPlaces(world, draw, households);
  await world.ask(`insert into allocation.wishes (text) select distinct unnest($1::text[]) on conflict do nothing`, [
    someWishes(offices, draw).map((wish) => canonicalJson(wish)),
  ]);
  // Foreign keys and the statement triggers cost more here than the rows; the draw itself is measured with all of them.
  await world.ask("set session_replication_role = replica");
  await world.ask("select setseed(0.5)");
  await world.ask(
    `create table public.crowd as
     select n, gen_random_uuid() as request_id, gen_random_uuid() as app_id, persons, persons * steps as places, steps, case when tier < 3 then tier else 3 end as tier,
            case when c < 0.05 then 'level_2' when c < 0.55 then 'known' when c < 0.9 then 'unseen_number' else 'email_only' end as contact,
            case when d < 0.2 then substr(encode(sha256(int4send((d * 5000)::int)), 'hex'), 1, 16) else '' end as domain,
            ($2::text[])[1 + floor(random() * $3)::int] as office
     from (select n, (array[1, 1, 1, 1, 1, 1, 2, 2, 3, 4])[1 + floor(random() * 10)::int] + (random() < 0.03)::int as persons, 1 + (random() < 0.5)::int as steps,
                  1 + floor(random() * 6)::int as tier, random() as c, random() as d from generate_series(1, $1) n) made`,
    [households, offices, offices.length],
  );
  const [ids] = await world.ask<{ first: number; count: number }>(
    "select min(id) as first, count(*)::int as count from allocation.wishes",
  );
  const options = Array.from({ length: OPTIONS }, () => "$2::int + floor(random() * $3::int)::int");
  await world.ask(
    `insert into allocation.entries (draw_id, app_id, persons, need, tier, contact, domain, options, lot, leaf)
     select $1, app_id, persons, case steps when 1 then '{"${GROUP}":' || places || '}' else '{"${GROUP}":' || places || ',"${GROUP}.2":' || places || '}' end, tier, contact, domain, array[${options.join(", ")}], sha256(uuid_send(request_id)), sha256(uuid_send(app_id))
     from public.crowd`,
    [draw.id, ids!.first, ids!.count],
  );
  await world.ask(
    `insert into allocation.requests (id, contact_id, state, people, groups, tier, contact_class, domain, auto_confirm, short_notice, needs, options, offices, channel, language, sealed, created_at, changed_at, erase_after)
     select request_id, gen_random_uuid(), 'standing', persons, array['${GROUP}'], tier, contact, domain, true, false,
            (select jsonb_agg(jsonb_build_object('ordinal', o, 'group', '${GROUP}', 'minutes', steps * ${STEP_MINUTES})) from generate_series(1, persons) o), '[]',
            array[office], (array['web', 'web', 'api', 'counter'])[1 + n % 4], 'es', decode(repeat('5e', 1100), 'hex'), now(), now(), current_date + 180
     from public.crowd`,
  );
  // One person in a hundred has the name of another's.
  await world.ask(
    `insert into allocation.request_people (request_id, ordinal, version, name_key, curp_key)
     select request_id, o, 1, sha256(int8send(8 * n + o + case when random() < 0.01 then 8 else 0 end)), case when n % 3 = 0 then sha256(int8send(-8 * n - o)) end
     from public.crowd, generate_series(1, persons) o`,
  );
  await world.ask(
    `insert into allocation.filings (draw_id, request_id, app_id, salt, promised_at, promise)
     select $1, request_id, app_id, sha256(uuid_send(app_id)), now(), repeat('promise.', 40) from public.crowd`,
    [draw.id],
  );
  await world.ask("reset session_replication_role");
  await world.ask("drop table public.crowd");
  for (const table of ["entries", "requests", "request_people", "filings", "wishes"])
    await world.ask(`vacuum (analyze) allocation.${table}`);
  await world.ask("vacuum (analyze) schedules.places");
  await world.ask("checkpoint");
}

/** The offices that have places: fewer when there are few households, so that a day still has a whole counter. */
async function fillPlaces(world: World, draw: Draw, households: number): Promise<string[]> {
  const counters = Math.max(1, Math.round((COUNTERS * households) / FULL));
  const offices = Math.min(OFFICES, Math.max(1, Math.round((OFFICES * COUNTERS * households) / FULL / counters)));
  const found = await world.ask<{ id: string }>("select id from offices.offices order by id limit $1", [offices]);
  const ids = found.map((one) => one.id);
  await world.ask(
    `insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes)
     select o, gen_random_uuid(), $1, 'extraordinary', d::date, d::date + time '16:00' at time zone 'UTC', d::date + time '22:00' at time zone 'UTC', $2, ${STEP_MINUTES}
     from unnest($3::text[]) o, generate_series($4::date, $5::date, interval '1 day') d where extract(isodow from d) < 6`,
    [GROUP, counters, ids, draw.horizonFrom, draw.horizonTo],
  );
  await world.ask(
    `insert into schedules.places (office_id, session_id, starts_at, counter, band, pool, state)
     select office_id, id, starts_at + step * interval '${STEP_MINUTES} minutes', counter, (array['morning', 'midday', 'afternoon'])[1 + step / ${STEPS_PER_COUNTER / 3}], 'draw', 'planned'
     from schedules.sessions, generate_series(0, ${STEPS_PER_COUNTER - 1}) step, generate_series(1, counters) counter where kind = 'extraordinary'`,
  );
  return ids;
}

function someWishes(offices: readonly string[], { horizonFrom, horizonTo }: Draw): Option[] {
  const random = mulberry32(7);
  const below = (limit: number): number => Math.floor(random() * limit);
  const dates: string[] = [];
  for (let day = Date.parse(horizonFrom); day <= Date.parse(horizonTo); day += 86_400_000)
    dates.push(new Date(day).toISOString().slice(0, 10));
  return Array.from({ length: WISHES }, () => {
    const [from, to] = [below(dates.length), below(dates.length)].sort((a, b) => a - b);
    return {
      offices: [offices[below(offices.length)]!],
      from: dates[from!]!,
      to: dates[to!]!,
      weekdays: below(3) === 0 ? 0b0011111 : 1 + below(0b11111),
      bands: 1 + below(7),
    };
  });
}
