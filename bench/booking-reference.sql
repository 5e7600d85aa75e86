-- The same rows that one booking writes, as one prepared statement per person: what PostgreSQL can do by itself.
-- \set lines are pgbench's; the Node driver sets the same variable. One person, one service, with a CURP.
\set n random(1, :starts)
with start as (select office_id, session_id, local_date, starts_at from bench.starts where n = :n),
place as (
  select p.office_id, p.session_id, p.starts_at, p.counter, s.local_date from schedules.places p join start s using (office_id, session_id, starts_at)
  where p.state = 'open' and p.pool = 'open' order by p.counter limit 1 for update of p skip locked),
ids as (select office_id, session_id, starts_at, counter, local_date, gen_random_uuid() as booking, gen_random_uuid() as appointment, gen_random_uuid() as contact, gen_random_uuid() as person, gen_random_uuid() as key from place),
taken as (update schedules.places p set state = 'booked', holder = ids.booking from ids where p.office_id = ids.office_id and p.session_id = ids.session_id and p.starts_at = ids.starts_at and p.counter = ids.counter),
counted as (insert into booking.contact_counters (contact_id, people) select contact, 1 from ids on conflict (contact_id) do update set people = contact_counters.people + 1),
claimed as (insert into booking.claims (key, scope, appointment_id, booking_id, contact_id, standing, kind, curp_key, version)
  select sha256((kind || key)::bytea), 'matricula', appointment, booking, contact, 'counting', kind, case kind when 'name' then sha256(('curp' || key)::bytea) end, 1 from ids cross join unnest(array['name', 'curp']) kind
  on conflict do nothing),
booked as (insert into booking.bookings (office_id, id, contact_id, folio_digest, local_date, starts_at, people, state, channel, language, full_message, sealed, created_at, changed_at, erase_after)
  select office_id, booking, contact, sha256(('folio' || key)::bytea), local_date, starts_at, 1, 'active', 'api', 'es', false, sha256(key::text::bytea) || sha256(booking::text::bytea), now(), now(), local_date + 30 from ids),
appointed as (insert into booking.appointments (office_id, id, booking_id, session_id, ordinal, service_group, services, local_date, starts_at, counter, steps, state)
  select office_id, appointment, booking, session_id, 1, 'documentacion', array['matricula-consular'], local_date, starts_at, counter, 1, 'booked' from ids),
applied as (insert into booking.applicants (id, booking_id, office_id, ordinal, sealed, erase_after)
  select person, booking, office_id, 1, sha256(key::text::bytea) || sha256(booking::text::bytea) || sha256(person::text::bytea) || sha256(contact::text::bytea) || sha256(appointment::text::bytea) || sha256('x'), local_date + 30 from ids),
answered as (insert into platform.idempotency (caller_id, route, key, body_digest, outcome, result_id, created_at) select contact, 'POST /api/v1/bookings', key::text, sha256(('body' || key)::bytea), 'accepted', booking, now() from ids),
announced as (insert into platform.outbox (name, office_id, subject_id, detail, created_at) select 'booking.confirmed', office_id, booking, jsonb_build_object('contactId', contact, 'localDate', local_date), now() from ids)
insert into audit.entries (id, at, actor_kind, actor_id, channel, action, purpose, office_id, subject, count)
select gen_random_uuid(), now(), 'citizen', contact, 'api', 'booking.confirm', 'booking', office_id, sha256(('subject' || key)::bytea), 1 from ids;
