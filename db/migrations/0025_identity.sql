-- Who is one person: what a contact filed of somebody, linked after the commit to a random id, and who may be the same.
-- The arbiter of one chance stays booking.claims; nothing here is asked on the way of a booking.

create schema integrity;
comment on schema integrity is 'One person, one chance: identity, and what is done where it is doubted.';
grant usage on schema integrity to ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

alter table booking.applicants drop column person_id;
drop table people.persons;

create table integrity.persons (
  id         uuid        primary key,
  created_at timestamptz not null
);
comment on table integrity.persons is 'A human being as a random id, and nothing else. It goes with the last filing that names her.';
comment on column integrity.persons.created_at is 'UTC.';

create table integrity.filings (
  id          uuid        primary key,
  source_id   uuid        not null,
  ordinal     smallint    not null check (ordinal between 1 and 8),
  person_id   uuid        not null references integrity.persons,
  contact_id  uuid        not null,
  keys        bigint[]    not null,
  marks       bigint[]    not null,
  sealed      bytea       not null,
  active      boolean     not null,
  seen        boolean     not null,
  filed_at    timestamptz not null,
  erase_after date        not null,
  unique (source_id, ordinal)
);
comment on table integrity.filings is 'What one contact filed of one person of one booking. Never filled from or shared with what another contact filed.';
comment on column integrity.filings.source_id is 'The booking.';
comment on column integrity.filings.person_id is 'Who she is, as far as equal keys and one contact''s own filings tell. It decides no booking.';
comment on column integrity.filings.keys is 'First 64 bits of keyed digests of the name with birth and sex, and of the CURP if given; under every live version. They find, they never decide: what they find is opened and compared.';
comment on column integrity.filings.marks is 'The same of what near-duplicates share: birth date, sound of the surname with the year of birth, first ten of the CURP, address.';
comment on column integrity.filings.sealed is 'Personal: names, birth, sex, CURP, sealed (field integrity.filing) under the key of the booking''s day, with which it ends.';
comment on column integrity.filings.active is 'The booking stands: its visit is to come.';
comment on column integrity.filings.seen is 'Identity level 2: a clerk had the document in hand and the service was issued (fairness 4.4.5).';
comment on column integrity.filings.filed_at is 'UTC.';
comment on column integrity.filings.erase_after is 'Of the booking: thirty days after the visit.';
create index filings_by_key on integrity.filings using gin (keys) with (fastupdate = off);
create index filings_by_mark on integrity.filings using gin (marks) with (fastupdate = off);
create index filings_by_person on integrity.filings (person_id);
create index filings_by_contact on integrity.filings (contact_id);
create index filings_to_erase on integrity.filings (erase_after);

create table integrity.due (
  source_id uuid        primary key,
  asked     bigint      generated always as identity,
  due_at    timestamptz not null
);
comment on table integrity.due is 'Bookings of which something changed and whose people are to be looked at, after the commit.';
comment on column integrity.due.asked is 'Another one each time it is asked for: what was looked at meanwhile is looked at again.';
comment on column integrity.due.due_at is 'UTC at which it was first asked.';

create table integrity.pairs (
  id         uuid        primary key,
  person_a   uuid        not null references integrity.persons on delete cascade,
  person_b   uuid        not null references integrity.persons on delete cascade,
  bits       real        not null,
  terms      jsonb       not null,
  one_contact boolean    not null,
  found_at   timestamptz not null,
  verdict    text        check (verdict in ('same', 'different', 'twins')),
  decided_by uuid,
  decided_at timestamptz,
  unique (person_a, person_b),
  constraint in_order check (person_a <= person_b),
  constraint decided_by_somebody check ((verdict is null) = (decided_by is null) and (verdict is null) = (decided_at is null))
);
comment on table integrity.pairs is 'A doubt for a trained person: two persons who may be one; with twice the same id a clash, one person whom two contacts filed for days to come.';
comment on column integrity.pairs.bits is 'Binary logarithm of the odds that both are one person (fairness 4.4.2): from 2 it is looked at, from 6 one person is proposed.';
comment on column integrity.pairs.terms is 'What made the bits, as codes with their bits; no value of anybody.';
comment on column integrity.pairs.one_contact is 'When it was found, one contact had filed all of both. Looked at again when it is decided: only then does "same" make two persons one.';
comment on column integrity.pairs.found_at is 'UTC.';
comment on column integrity.pairs.decided_by is 'Member of staff.';
comment on column integrity.pairs.decided_at is 'UTC.';
create index pairs_by_b on integrity.pairs (person_b);
create index open_pairs on integrity.pairs (found_at) where verdict is null;

grant select, insert, update, delete on integrity.persons, integrity.filings, integrity.due, integrity.pairs to ventanilla_worker;
grant select, delete on integrity.persons to ventanilla_console;
grant select, update (person_id) on integrity.filings to ventanilla_console;
grant select, update (verdict, decided_by, decided_at) on integrity.pairs to ventanilla_console;
grant select (contact_id, keys, seen) on integrity.filings to ventanilla_citizen_reader;

alter table integrity.filings enable row level security;
alter table integrity.filings force row level security;
create policy worker_all on integrity.filings to ventanilla_worker using (true) with check (true);
create policy reader_own on integrity.filings for select to ventanilla_citizen_reader using (contact_id = nullif(current_setting('app.contact_id', true), '')::uuid);
-- Only the people of one doubt, which the program names in its setting, and only while it is shown or decided.
create policy console_doubt on integrity.filings to ventanilla_console
  using (nullif(current_setting('app.staff_id', true), '') is not null and nullif(current_setting('app.office_id', true), '') is null
    and person_id in (select unnest(array[p.person_a, p.person_b]) from integrity.pairs p where p.id = nullif(current_setting('app.doubt', true), '')::uuid))
  with check (true);
