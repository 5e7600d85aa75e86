-- "Tengo una emergencia": who asked for urgent attention, what two people answered, and what may be counted of it.

create schema emergencies;
comment on schema emergencies is 'Requests for urgent attention.';
grant usage on schema emergencies to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table emergencies.requests (
  office_id       text        not null references offices.offices,
  id              uuid        not null,
  contact_id      uuid,
  session_id      uuid,
  channel         text        not null,
  language        text        not null check (language in ('es', 'en')),
  sealed          bytea       not null,
  asked_at        timestamptz not null,
  due_at          timestamptz not null,
  reminded_at     timestamptz,
  state           text        not null default 'asked' check (state in ('asked', 'proposed', 'granted', 'refused', 'booked', 'withdrawn', 'lapsed')),
  version         integer     not null default 1 check (version > 0),
  reviewed        boolean     not null default false,
  proposal        text        check (proposal in ('place', 'hour', 'no')),
  proposed_at     timestamptz,
  proposed_by     uuid,
  service         text,
  people          smallint    check (people between 1 and 5),
  local_date      date,
  starts_at       timestamptz,
  reason          text        check (reason in ('ordinary_in_time', 'other_office', 'not_consular', 'not_reached', 'solved')),
  answer_sealed   bytea,
  signed_at       timestamptz,
  signed_by       uuid,
  signed_how      text        check (signed_how in ('two', 'alone')),
  opening_minutes integer     check (opening_minutes >= 0),
  booking_id      uuid,
  erase_after     date        not null,
  primary key (office_id, id),
  constraint proposed_by_somebody check (state in ('asked', 'withdrawn') or (proposal is not null and proposed_by is not null and proposed_at is not null)),
  constraint two_people_sign check (signed_how is distinct from 'two' or signed_by <> proposed_by),
  constraint alone_is_one check (signed_how is distinct from 'alone' or signed_by = proposed_by),
  constraint answered_is_signed check (state not in ('granted', 'refused', 'booked', 'lapsed') or signed_how is not null),
  constraint place_says_when check (proposal is distinct from 'place' or (service is not null and people is not null and local_date is not null and starts_at is not null)),
  constraint no_has_a_reason check (proposal is distinct from 'no' or reason is not null)
);
comment on table emergencies.requests is 'Somebody asked for urgent attention with two questions and no paper. A person answers within two opening hours of the office; two people sign.';
comment on column emergencies.requests.contact_id is 'Verified contact that asked; empty for whoever gave a telephone to be called back.';
comment on column emergencies.requests.session_id is 'Visit in which it was asked: it sees the answer without proving a contact.';
comment on column emergencies.requests.sealed is 'Personal: what happened, by when, and the telephone to call back, sealed (field emergencies.request).';
comment on column emergencies.requests.asked_at is 'UTC.';
comment on column emergencies.requests.due_at is 'UTC by which a person answers: two opening hours of the office''s own sessions after it was asked.';
comment on column emergencies.requests.reminded_at is 'UTC at which the office was reminded that it is due and not answered; it then counts as late.';
comment on column emergencies.requests.state is 'The table of transitions is in src/modules/emergencies/rules/answering.ts.';
comment on column emergencies.requests.reviewed is 'A no was sent to the head of office: the head is one of the two who sign the next answer, and there is no third.';
comment on column emergencies.requests.proposal is 'place: kept in schedules.places under this id until it starts. hour: come today at that hour, first of the line. no: with a reason.';
comment on column emergencies.requests.proposed_at is 'UTC. Thirty minutes later the head of office may sign alone.';
comment on column emergencies.requests.service is 'Slug of the service for which the place is kept.';
comment on column emergencies.requests.people is 'For how many.';
comment on column emergencies.requests.local_date is 'Day of the place or hour in the office''s zone.';
comment on column emergencies.requests.starts_at is 'UTC of the place or hour.';
comment on column emergencies.requests.reason is 'Code of a no; the catalogue words it.';
comment on column emergencies.requests.answer_sealed is 'Personal: what the office wrote to the person, sealed (field emergencies.answer).';
comment on column emergencies.requests.signed_at is 'UTC.';
comment on column emergencies.requests.signed_how is 'two: somebody else signed. alone: the head of office, after thirty minutes without a second; counted apart.';
comment on column emergencies.requests.opening_minutes is 'Minutes in which the office was open between the question and the answer.';
comment on column emergencies.requests.erase_after is 'Thirty days after it was asked, or after its place.';
create unique index one_open_for_a_contact on emergencies.requests (contact_id) where contact_id is not null and state in ('asked', 'proposed', 'granted');
create unique index one_open_for_a_visit on emergencies.requests (session_id) where session_id is not null and state in ('asked', 'proposed', 'granted');
create index requests_of_contacts on emergencies.requests (contact_id, asked_at) where contact_id is not null;
create index requests_of_visits on emergencies.requests (session_id, asked_at) where session_id is not null;
create index requests_waiting on emergencies.requests (office_id, due_at) where state in ('asked', 'proposed');
create index requests_granted on emergencies.requests (starts_at) where state in ('proposed', 'granted');
create index requests_to_erase on emergencies.requests (erase_after);

create table emergencies.weeks (
  office_id text     not null references offices.offices,
  week      date     not null,
  asked     integer  not null check (asked > 0),
  granted   integer  not null check (granted >= 0),
  refused   integer  not null check (refused >= 0),
  alone     integer  not null check (alone >= 0),
  late      integer  not null check (late >= 0),
  minutes   integer[] not null,
  primary key (office_id, week)
);
comment on table emergencies.weeks is 'What became of the requests of a week that is over: numbers only, of nobody, which stay when the requests are erased.';
comment on column emergencies.weeks.week is 'Monday in Mexico City of the days on which they were asked.';
comment on column emergencies.weeks.alone is 'Answers that the head of office signed alone.';
comment on column emergencies.weeks.late is 'Not answered within two opening hours.';
comment on column emergencies.weeks.minutes is 'Opening minutes to each answer, in no order.';

grant select (office_id, id, contact_id, session_id, asked_at, due_at, state, version, reviewed, language, proposal, service, people, local_date, starts_at, booking_id, erase_after),
  insert, update (contact_id, state, version, reviewed, due_at, signed_at, signed_by, signed_how, booking_id) on emergencies.requests to ventanilla_citizen_writer;
grant select (office_id, id, contact_id, session_id, asked_at, due_at, state, version, reviewed, language, proposal, service, people, local_date, starts_at, reason, answer_sealed, signed_at, signed_how, booking_id)
  on emergencies.requests to ventanilla_citizen_reader;
grant select, update on emergencies.requests to ventanilla_console;
grant select (office_id, id, contact_id, asked_at, due_at, reminded_at, state, version, language, proposal, signed_at, signed_how, opening_minutes, starts_at, erase_after), update (state, version, due_at, reminded_at, signed_at, signed_by, signed_how), delete
  on emergencies.requests to ventanilla_worker;
grant select, insert on emergencies.weeks to ventanilla_worker;
grant select on emergencies.weeks to ventanilla_report;

alter table emergencies.requests enable row level security;
alter table emergencies.requests force row level security;
create policy writer_all on emergencies.requests to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on emergencies.requests for select to ventanilla_citizen_reader
  using (contact_id = nullif(current_setting('app.contact_id', true), '')::uuid or session_id = nullif(current_setting('app.session_id', true), '')::uuid);
create policy console_office on emergencies.requests to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on emergencies.requests to ventanilla_worker using (true);
