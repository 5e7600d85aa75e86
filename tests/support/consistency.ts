import { expect } from "vitest";

/** Asks as the superuser: what really stands in the tables. */
export type Ask = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** What must hold of bookings, places, people, claims, events and answers after anything, each rule by how often it is broken. */
const RULES: Readonly<Record<string, string>> = {
  // Whoever did not come keeps a place that nobody else had.
  "a place that is booked belongs to an appointment, step by step": `
    with steps as (
      select a.office_id, a.session_id, a.starts_at + n * make_interval(mins => s.step_minutes) as starts_at, a.counter, a.booking_id
      from booking.appointments a join booking.bookings b on b.office_id = a.office_id and b.id = a.booking_id join schedules.sessions s on s.office_id = a.office_id and s.id = a.session_id cross join lateral generate_series(0, a.steps - 1) n where a.state = 'booked' or a.state = 'missed' and b.state = 'missed'),
    booked as (select office_id, session_id, starts_at, counter, holder from schedules.places where state = 'booked')
    select (select count(*) from (select * from booked except all select * from steps) p) + (select count(*) from (select * from steps except all select * from booked) s)`,
  "an active booking has all its people and an appointment for each": `
    select count(*) from booking.bookings b where b.state = 'active' and not (
      b.people = (select count(*) from booking.applicants where booking_id = b.id)
      and b.people = (select count(distinct ordinal) from booking.appointments where booking_id = b.id and state = 'booked'))`,
  "nothing hangs on a booking that does not exist": `
    select (select count(*) from booking.applicants a where not exists (select from booking.bookings where id = a.booking_id and office_id = a.office_id))
      + (select count(*) from booking.appointments a where not exists (select from booking.bookings where id = a.booking_id and office_id = a.office_id))
      + (select count(*) from platform.outbox e where name like 'booking.%' and not exists (select from booking.bookings where id = e.subject_id))
      + (select count(*) from platform.idempotency i where outcome = 'accepted' and not exists (select from booking.bookings where id = i.result_id and contact_id = i.caller_id))`,
  "a contact is counted for the people of its active bookings": `
    select count(*) from (select contact_id, sum(people) people from booking.bookings where state = 'active' group by 1) b
    full join booking.contact_counters c using (contact_id) where coalesce(b.people, 0) <> coalesce(c.people, 0)`,
  "every appointment of an active booking is claimed, and no other": `
    select (select count(*) from booking.claims c where not exists (select from booking.bookings where id = c.booking_id and state = 'active'))
      + (select count(*) from booking.appointments a where state = 'booked' and not exists (select from booking.claims where appointment_id = a.id))`,
  "a person counts once for a scope": `select count(*) from (select from booking.claims where standing = 'counting' group by key, scope having count(*) > 1) twice`,
  "a booking is announced once and audited once": `
    select (select count(*) from booking.bookings b where 1 <> (select count(*) from platform.outbox where name = 'booking.confirmed' and subject_id = b.id))
      + abs((select count(*) from booking.bookings) - (select count(*) from audit.entries where action = 'booking.confirm'))`,
  "one key has one booking": `select count(*) from (select from platform.idempotency where outcome = 'accepted' group by result_id having count(*) > 1) twice`,
  "an assigned place belongs to an offered request with that seating": `
    with offered as (
      select f.request_id, jsonb_array_elements(f.seating) as seat from allocation.filings f join allocation.requests r on r.id = f.request_id and r.state = 'offered' where f.answer = 'offered'),
    steps as (
      select (seat ->> 'sessionId')::uuid as session_id, to_timestamp((seat ->> 'startsAt')::float8 / 1000) + n * make_interval(mins => (seat ->> 'stepMinutes')::int) as starts_at,
             (seat ->> 'counter')::smallint as counter, request_id as holder
      from offered cross join lateral generate_series(0, (seat ->> 'steps')::int - 1) n),
    assigned as (select session_id, starts_at, counter, holder from schedules.places where state = 'assigned')
    select (select count(*) from (select * from assigned except all select * from steps) p) + (select count(*) from (select * from steps except all select * from assigned) s)`,
  // What a short draw gave nobody leaves it with the result, for the next release tick.
  "a draw's places are committed, assigned, or were taken by who accepted": `
    select count(*) from (
      select d.kind = 'short' and d.state = 'drawn' as leaves,
        (select coalesce(sum(places), 0) from allocation.cells where draw_id = d.id and service_group not like '%.%')
        -- What who was drawn for a better place gave back: it came in after the lock.
        + (select coalesce(sum((seat ->> 'steps')::int), 0) from allocation.filings f join allocation.filings former on former.draw_id = d.follows and former.request_id = f.request_id
           cross join lateral jsonb_array_elements(former.seating) seat where f.draw_id = d.id and f.upgrade) as had,
        (select count(*) from schedules.places where draw_id = d.id)
        + (select coalesce(sum((seat ->> 'steps')::int), 0) from allocation.filings f cross join lateral jsonb_array_elements(f.seating) seat
           where f.draw_id = d.id and (f.answer = 'accepted' or f.answer = 'declined' and (d.follows is not null or d.kind in ('daily', 'short')))) as gave
      from allocation.draws d where d.state in ('locked', 'drawn')) of_draws
    where gave > had or gave < had and not leaves`,
  "a request is offered by one draw, and confirmed with its booking": `
    select count(*) from allocation.requests r where
      (r.state = 'offered') <> (1 = (select count(*) from allocation.filings where request_id = r.id and answer = 'offered'))
      or (r.state = 'confirmed') <> exists (select from booking.bookings b where b.id = r.booking_id and b.contact_id = r.contact_id)`,
  "a draw has an outcome for every entry, and a winner is answered once": `
    select (select count(*) from allocation.draws d where d.state in ('drawn', 'settled')
              and (select count(*) from allocation.entries where draw_id = d.id) <> (select count(*) from allocation.outcomes where draw_id = d.id))
      + (select count(*) from allocation.filings f join allocation.outcomes o using (draw_id, app_id) where o.office_id is null and f.answer in ('offered', 'accepted', 'declined'))`,
  "a held place belongs to the one hold of a contact": `
    select count(*) from schedules.places p where state = 'held' and not exists (select from booking.contact_counters where hold_id = p.holder)
      and not exists (select from booking.proposals where id = p.holder and state = 'asked' and p.held_until = kept_until)
      and not exists (select from emergencies.requests where id = p.holder and state in ('proposed', 'granted') and p.held_until = starts_at)`,
  "what a cut took is held, planned and opened for nobody, and one cut took it": `
    select (select count(*) from schedules.places p where cut_id is not null and state not in ('assigned', 'booked', 'used', 'withdrawn'))
      + (select count(*) from schedules.places p join schedules.cuts c on c.id = p.cut_id where c.undone_at is not null)
      + (select count(*) from schedules.places p join schedules.sessions s on s.id = p.session_id where s.state = 'closed' and p.state in ('open', 'planned', 'held', 'freed') and p.starts_at > (select max(at) from audit.entries)
          and not exists (select from schedules.special_days d where d.id = s.special_day_id and d.state = 'suspended'))`,
  "whoever a suspended service kept from being attended to never counts as not come": `
    select count(*) from visits.return_rights r join booking.bookings b on b.office_id = r.office_id and b.id = r.booking_id and b.local_date = r.local_date where r.undone_at is null and b.state = 'missed'`,
  "a proposal keeps a place for each step of its party, on one day": `
    select count(*) from booking.proposals q where state = 'asked' and kept_until > (select max(at) from audit.entries) and (
      (select count(distinct s.local_date) from schedules.places p join schedules.sessions s on s.id = p.session_id where p.holder = q.id) <> 1
      or (select count(*) from schedules.places p where p.holder = q.id) <> (select coalesce(sum(steps), 0) from booking.appointments a where a.booking_id = q.booking_id and a.state = 'booked'))`,
};

/** The rules that are broken, each with how often. */
export async function brokenRules(ask: Ask): Promise<Record<string, number>> {
  const names = Object.keys(RULES);
  const [row] = await ask(`select ${names.map((name, i) => `(${RULES[name]})::int as "${i}"`).join(", ")}`);
  return Object.fromEntries(
    names.map((name, i) => [name, Number(row![String(i)])] as const).filter(([, count]) => count !== 0),
  );
}

export async function expectConsistent(ask: Ask): Promise<void> {
  expect(await brokenRules(ask)).toEqual({});
}
