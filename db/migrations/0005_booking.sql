-- Bookings, appointments, what the contact typed, and the claims that keep one person to one counting appointment.

create schema booking;
comment on schema booking is 'Bookings and appointments.';
grant usage on schema booking to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table booking.drafts (
  session_id  uuid        primary key,
  sealed      bytea       not null,
  updated_at  timestamptz not null,
  erase_after timestamptz not null
);
comment on table booking.drafts is 'What a visitor has answered so far, so that nothing is lost on an error or a dead battery.';
comment on column booking.drafts.sealed is 'Personal: the answers, sealed under a key of the day that is destroyed after two days.';
comment on column booking.drafts.erase_after is 'UTC after which retention deletes the row.';

create table booking.contact_counters (
  contact_id  uuid     primary key,
  people      smallint not null check (people >= 0),
  hold_id     uuid,
  held_until  timestamptz,
  hold_extended boolean not null default false,
  proof_tries smallint not null default 0,
  proof_on    date,
  cancelled_at  timestamptz,
  cooling_until timestamptz
);
comment on table booking.contact_counters is 'People of one household with an open appointment, per contact; the row is also the queue in which one contact''s commands stand.';
comment on column booking.contact_counters.people is 'At most five online.';
comment on column booking.contact_counters.hold_extended is 'A hold is lengthened once.';
comment on column booking.contact_counters.hold_id is 'A contact holds places once at a time; a new hold gives the old one back.';
comment on column booking.contact_counters.held_until is 'UTC at which that hold ends.';
comment on column booking.contact_counters.proof_tries is 'Birth dates tried on proof_on to open what an earlier visit filed; at most five a day.';
comment on column booking.contact_counters.proof_on is 'UTC day of the tries.';
comment on column booking.contact_counters.cancelled_at is 'UTC at which this contact last cancelled an appointment of its own; an office''s doing is never written here. Emptied when it means nothing any more.';
comment on column booking.contact_counters.cooling_until is 'UTC until which this contact books nothing at once, 72 hours from its cancellation; draws are never closed to it.';
create index contact_counters_cancelled on booking.contact_counters (cancelled_at) where cancelled_at is not null;

create table booking.time_views (
  viewed_on   date    not null,
  contact_id  uuid    not null,
  views       integer not null check (views > 0),
  erase_after date    not null,
  primary key (viewed_on, contact_id)
);
comment on table booking.time_views is 'How often a verified contact looked at the exact times of a day; whoever only looks gets the coarse picture.';
comment on column booking.time_views.viewed_on is 'UTC day of the looks.';
comment on column booking.time_views.erase_after is 'Seven days after the looks.';

create table booking.bookings (
  office_id    text        not null,
  id           uuid        not null,
  contact_id   uuid        not null,
  folio_digest bytea       not null,
  local_date   date        not null,
  starts_at    timestamptz not null,
  people       smallint    not null check (people between 1 and 8),
  state        text        not null check (state in ('active', 'cancelled', 'lapsed', 'completed', 'missed')),
  channel      text        not null,
  language     text        not null,
  full_message boolean     not null default false,
  sealed       bytea       not null,
  created_at   timestamptz not null,
  changed_at   timestamptz not null,
  erase_after  date        not null,
  permissions_missing smallint not null default 0 check (permissions_missing >= 0),
  file_version integer    not null default 0,
  moves        smallint   not null default 0 check (moves between 0 and 2),
  mend_until   timestamptz,
  primary key (office_id, id)
);
comment on table booking.bookings is 'One to five people who come together: one folio, one day, one office.';
comment on column booking.bookings.folio_digest is 'Keyed digest; the folio itself is sealed.';
comment on column booking.bookings.local_date is 'Day in the office''s zone.';
comment on column booking.bookings.starts_at is 'UTC instant of the first appointment.';
comment on column booking.bookings.full_message is 'The person asked for names and papers in the message; otherwise it carries none.';
comment on column booking.bookings.sealed is 'Personal: folio and the answers of the checklist, sealed (field booking.booking).';
comment on column booking.bookings.file_version is 'How often clerks changed what is sealed of the people: a move that has read an older version begins anew.';
comment on column booking.bookings.moves is 'How often its contact moved it to another hour, day or office: at most twice. An office''s own moves are not counted.';
comment on column booking.bookings.mend_until is 'UTC until which one move more puts a mistake right and is not counted; null once that was used.';
comment on column booking.bookings.erase_after is 'Thirty days after the visit.';
comment on column booking.bookings.permissions_missing is 'Permissions of absent parents that have not come yet: who is warned five days ahead. Which and of whom stands sealed with the people.';
create index bookings_by_folio on booking.bookings (folio_digest);
create index bookings_by_contact on booking.bookings (contact_id, created_at);
create index bookings_by_day on booking.bookings (office_id, local_date);
create index bookings_to_erase on booking.bookings (erase_after);

create table booking.appointments (
  office_id     text        not null,
  id            uuid        not null,
  booking_id    uuid        not null,
  session_id    uuid        not null,
  ordinal       smallint    not null check (ordinal between 1 and 8),
  service_group text        not null,
  services      text[]      not null,
  local_date    date        not null,
  starts_at     timestamptz not null,
  counter       smallint    not null,
  steps         smallint    not null check (steps > 0),
  state         text        not null check (state in ('booked', 'cancelled', 'lapsed', 'served', 'unserved', 'missed')),
  primary key (office_id, id)
);
comment on table booking.appointments is 'One applicant at one counter for services of one group.';
comment on column booking.appointments.ordinal is 'Which of the booking''s people, from 1.';
comment on column booking.appointments.local_date is 'Day in the office''s zone.';
comment on column booking.appointments.starts_at is 'UTC.';
comment on column booking.appointments.steps is 'Consecutive places of the counter that it takes.';
comment on column booking.appointments.counter is 'Number of the counter within the session, from 1: the same in all the places that it takes.';
comment on column booking.appointments.state is 'The table of transitions is in src/modules/booking/rules/states.ts.';
create index appointments_by_booking on booking.appointments (booking_id);
create index appointments_by_day on booking.appointments (office_id, local_date);

create table booking.applicants (
  id          uuid     primary key,
  booking_id  uuid     not null,
  office_id   text     not null,
  ordinal     smallint not null,
  person_id   uuid     references people.persons,
  sealed      bytea    not null,
  erase_after date     not null,
  unique (booking_id, ordinal)
);
comment on table booking.applicants is 'What this contact typed of a person; never filled from or shared with what another contact typed.';
comment on column booking.applicants.person_id is 'Empty: nothing is linked yet. Issue 6 (identity) will fill it, after the booking has committed.';
comment on column booking.applicants.sealed is 'Personal: names, birth, sex, CURP, parents with an absent one''s address, sealed (field booking.applicant).';
comment on column booking.applicants.erase_after is 'Thirty days after the visit.';

create table booking.claims (
  key            bytea    not null,
  scope          text     not null,
  appointment_id uuid     not null,
  booking_id     uuid     not null,
  contact_id     uuid     not null,
  standing       text     not null check (standing in ('counting', 'contested')),
  kind           text     not null check (kind in ('name', 'curp')),
  curp_key       bytea,
  version        smallint not null,
  primary key (appointment_id, scope, key)
);
create unique index one_counting_claim on booking.claims (key, scope) where standing = 'counting';
create index claims_by_booking on booking.claims (booking_id);
create index contested_claims on booking.claims (key, scope) where standing = 'contested';
comment on table booking.claims is 'The rule of the whole network: one counting appointment per person and scope. A row for every key of the person.';
comment on column booking.claims.key is 'Keyed digest of name, birth and sex, or of the CURP; during a rotation a row for each version.';
comment on column booking.claims.standing is 'contested: another contact filed for the same person first; nobody is told.';
comment on column booking.claims.curp_key is 'On a name row, the digest of that person''s CURP when it was given: two different ones are two people.';

create table booking.opened_files (
  staff_id  uuid          primary key,
  opened_at timestamptz[] not null
);
comment on table booking.opened_files is 'When each member of staff last opened files of parties: the brake on copying them. Over all nodes, at most sixty instants each.';
comment on column booking.opened_files.opened_at is 'UTC, the latest last; older than a minute they mean nothing.';

grant select, insert, update on booking.opened_files to ventanilla_console;
alter table booking.opened_files enable row level security;
alter table booking.opened_files force row level security;
create policy console_own on booking.opened_files to ventanilla_console using (staff_id = nullif(current_setting('app.staff_id', true), '')::uuid);

grant select (session_id), insert, update (sealed, updated_at, erase_after), delete on booking.drafts to ventanilla_citizen_writer;
grant select (session_id, sealed, updated_at, erase_after) on booking.drafts to ventanilla_citizen_reader;
grant select (session_id, erase_after), delete on booking.drafts to ventanilla_worker;
grant select, insert, update on booking.contact_counters to ventanilla_citizen_writer, ventanilla_worker;
grant select, insert, update on booking.time_views to ventanilla_citizen_writer;
grant select, delete on booking.time_views to ventanilla_worker;
grant select (viewed_on, views) on booking.time_views to ventanilla_report;
grant select on booking.contact_counters to ventanilla_citizen_reader;
grant select, update, delete on booking.contact_counters to ventanilla_console;
grant select (office_id, id, contact_id, folio_digest, local_date, starts_at, people, state, channel, language, full_message, created_at, changed_at, file_version, moves, mend_until), insert,
  update (office_id, local_date, starts_at, state, changed_at, erase_after, sealed, full_message, moves, mend_until) on booking.bookings to ventanilla_citizen_writer;
grant select on booking.bookings, booking.appointments, booking.applicants to ventanilla_citizen_reader, ventanilla_console;
grant update (state, changed_at, permissions_missing, file_version) on booking.bookings to ventanilla_console;
grant select, insert, update on booking.appointments to ventanilla_citizen_writer;
grant update (state) on booking.appointments to ventanilla_console;
grant insert, select (id, booking_id, office_id, ordinal), update (office_id, sealed, erase_after) on booking.applicants to ventanilla_citizen_writer;
grant update (sealed) on booking.applicants to ventanilla_console;
grant select, insert, update, delete on booking.claims to ventanilla_citizen_writer, ventanilla_console;
grant select, update, delete on booking.bookings, booking.appointments, booking.applicants, booking.claims to ventanilla_worker;
grant insert on booking.claims to ventanilla_worker;
grant select (office_id, local_date, people, state, channel) on booking.bookings to ventanilla_report;
grant select on booking.appointments to ventanilla_report;

alter table booking.drafts enable row level security;
alter table booking.drafts force row level security;
alter table booking.bookings enable row level security;
alter table booking.bookings force row level security;
alter table booking.appointments enable row level security;
alter table booking.appointments force row level security;
alter table booking.applicants enable row level security;
alter table booking.applicants force row level security;
create policy writer_all on booking.drafts to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on booking.drafts for select to ventanilla_citizen_reader using (session_id = nullif(current_setting('app.session_id', true), '')::uuid);
create policy worker_all on booking.drafts to ventanilla_worker using (true);
create policy writer_all on booking.bookings to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on booking.bookings for select to ventanilla_citizen_reader using (contact_id = nullif(current_setting('app.contact_id', true), '')::uuid);
create policy console_office on booking.bookings to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on booking.bookings to ventanilla_worker using (true);
create policy report_counts on booking.bookings for select to ventanilla_report using (true);
create policy writer_all on booking.appointments to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on booking.appointments for select to ventanilla_citizen_reader
  using (exists (select from booking.bookings where bookings.office_id = appointments.office_id and bookings.id = appointments.booking_id));
create policy reader_sheet on booking.appointments for select to ventanilla_citizen_reader
  using ((booking_id, ordinal) = (select a.booking_id, a.ordinal from booking.applicants a where a.id = nullif(current_setting('app.sheet_of', true), '')::uuid));
create policy console_office on booking.appointments to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on booking.appointments to ventanilla_worker using (true);
create policy report_counts on booking.appointments for select to ventanilla_report using (true);
create policy writer_all on booking.applicants to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on booking.applicants for select to ventanilla_citizen_reader
  using (exists (select from booking.bookings where bookings.office_id = applicants.office_id and bookings.id = applicants.booking_id));
-- Whoever holds the signed link of an absent parent's sheet sees that one person and her appointments.
create policy reader_sheet on booking.applicants for select to ventanilla_citizen_reader using (id = nullif(current_setting('app.sheet_of', true), '')::uuid);
create policy console_office on booking.applicants to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on booking.applicants to ventanilla_worker using (true);
