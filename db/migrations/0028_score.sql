-- Who books with whom: what is known of bookings for ninety days, the groups that look like a middleman's, the cases that
-- a person decides, appeals and sanctions. Ids and keyed digests only. Persons are never sanctioned: contacts are.

create schema if not exists integrity;
grant usage on schema integrity to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table integrity.unobserved (
  booking_id uuid   primary key,
  device_id  uuid,
  asked      bigint generated always as identity
);
comment on table integrity.unobserved is 'Bookings of which something changed and which are looked at after the commit.';
comment on column integrity.unobserved.device_id is 'The visitor''s session that booked, where it was told.';
comment on column integrity.unobserved.asked is 'Another one each time: what changed meanwhile is looked at again.';

create table integrity.clusters (
  id          uuid        primary key,
  points      smallint    not null check (points between 0 and 100),
  level       text        not null check (level in ('green', 'yellow', 'orange', 'red')),
  families    text[]      not null,
  strong      boolean     not null,
  terms       jsonb       not null,
  credits     jsonb       not null,
  persons     integer     not null,
  bookings    integer     not null,
  contacts    integer     not null,
  offices     integer     not null,
  found_at    timestamptz not null,
  scored_at   timestamptz not null
);
comment on table integrity.clusters is 'Groups of bookings that share contacts, devices or a helper, with what speaks for a middleman.';
comment on column integrity.clusters.points is '0 to 100 (fairness 4.4.4).';
comment on column integrity.clusters.terms is 'Codes with their points: each is a sentence of the console.';
comment on column integrity.clusters.level is 'By the thresholds of that hour: from orange on its bookings are flagged.';
comment on column integrity.clusters.persons is 'Distinct people.';
comment on column integrity.clusters.found_at is 'UTC.';
comment on column integrity.clusters.scored_at is 'UTC of the last computation.';

create table integrity.observations (
  booking_id    uuid        primary key,
  office_id     text        not null,
  contact_id    uuid        not null,
  contact_kind  text        not null,
  device_id     uuid,
  persons       bigint[]    not null,
  surnames      integer[]   not null,
  starts_at     timestamptz not null,
  booked_at     timestamptz not null,
  cancelled_at  timestamptz,
  ended         text        check (ended in ('served', 'missed')),
  fresh_contact boolean     not null,
  assisted      boolean     not null,
  is_scored     boolean     not null default false,
  cluster_id    uuid        references integrity.clusters on delete set null,
  erase_after   date        not null
);
comment on table integrity.observations is 'Who booked what with which contact and device, and when: ids and digests.';
comment on column integrity.observations.persons is '48 bits of the keyed digest of each person''s name, birth and sex: enough to count, not to find.';
comment on column integrity.observations.surnames is '16 bits of the keyed digest of each first surname: tells a family from strangers and nobody from anybody.';
comment on column integrity.observations.device_id is 'The visitor''s session, in which several contacts may have booked one after the other.';
comment on column integrity.observations.starts_at is 'UTC of the hour that was booked.';
comment on column integrity.observations.booked_at is 'UTC.';
comment on column integrity.observations.cancelled_at is 'UTC; also of one that lapsed.';
comment on column integrity.observations.fresh_contact is 'The contact was younger than seven days when it booked.';
comment on column integrity.observations.assisted is 'Booked by telephone, at the counter or at the door.';
comment on column integrity.observations.is_scored is 'False: the next computation looks at it and at whom it is tied to.';
comment on column integrity.observations.erase_after is 'Ninety days after it was booked.';
create index observations_by_contact on integrity.observations (contact_id);
create index observations_by_device on integrity.observations (device_id) where device_id is not null;
create index observations_by_cluster on integrity.observations (cluster_id) where cluster_id is not null;
create index observations_to_score on integrity.observations (booking_id) where not is_scored;
create index observations_to_settle on integrity.observations (starts_at) where ended is null and cancelled_at is null;
create index observations_to_erase on integrity.observations (erase_after);
create index observations_by_office on integrity.observations (office_id, booked_at);

create table integrity.evidence (
  contact_id  uuid        not null,
  advert_id   uuid        not null,
  found_at    timestamptz not null,
  erase_after date        not null,
  primary key (contact_id, advert_id)
);
comment on table integrity.evidence is 'Contacts that stand in a confirmed advert of resale, or sold in a mystery purchase.';
comment on column integrity.evidence.found_at is 'UTC.';
comment on column integrity.evidence.erase_after is 'A year after it was found.';

create table integrity.thresholds (
  id     uuid        primary key,
  yellow smallint    not null,
  orange smallint    not null,
  red    smallint    not null,
  set_by uuid        not null,
  set_at timestamptz not null,
  constraint rising check (0 < yellow and yellow < orange and orange < red and red <= 100)
);
comment on table integrity.thresholds is 'Points from which each level begins; the latest row holds. Without a row those of the rule hold.';
comment on column integrity.thresholds.set_by is 'The analyst who set it after seeing what it would have done.';
comment on column integrity.thresholds.set_at is 'UTC.';

create table integrity.cases (
  id           uuid        primary key,
  booking_id   uuid        not null unique,
  office_id    text        not null,
  contact_id   uuid        not null,
  cluster_id   uuid        references integrity.clusters on delete set null,
  origin       text        not null check (origin in ('score', 'control')),
  level        text        not null check (level in ('green', 'yellow', 'orange', 'red')),
  points       smallint    not null,
  kinds        smallint    not null,
  state        text        not null check (state in ('flagged', 'queued', 'challenged', 'validated', 'unreachable', 'refuted', 'cleared')),
  version      integer     not null default 0,
  starts_at    timestamptz not null,
  flagged_at   timestamptz not null,
  queued_at    timestamptz,
  challenged_at timestamptz,
  challenged_by uuid,
  settled_at   timestamptz,
  settled_by   uuid,
  appealed_at  timestamptz,
  appeal_reason text       check (appeal_reason in ('mine', 'not_called', 'helped')),
  appeal_verdict text      check (appeal_verdict in ('won', 'upheld')),
  appeal_decided_at timestamptz,
  appeal_decided_by uuid,
  erase_after  date        not null,
  constraint a_person_cancels check (state not in ('unreachable', 'refuted') or settled_by is not null),
  constraint another_decides check (appeal_decided_by is null or appeal_decided_by <> settled_by)
);
comment on table integrity.cases is 'A booking that a person looks at, asks about and decides. The table of transitions is in src/modules/integrity/rules/cases.ts.';
comment on column integrity.cases.origin is 'control: one booking in a hundred, by the dice, so that the figures know what the score does not see.';
comment on column integrity.cases.kinds is 'Independent kinds of evidence; 9 where one was hard.';
comment on column integrity.cases.level is 'Of the group when it was last computed; green for the control sample.';
comment on column integrity.cases.flagged_at is 'UTC.';
comment on column integrity.cases.queued_at is 'UTC at which the office''s budget of the week let it through.';
comment on column integrity.cases.challenged_at is 'UTC at which its holder was asked.';
comment on column integrity.cases.settled_at is 'UTC of the answer or signature.';
comment on column integrity.cases.appealed_at is 'UTC; once, within ten days.';
comment on column integrity.cases.appeal_decided_at is 'UTC; within three days.';
comment on column integrity.cases.version is 'Of what an analyst saw: who acts on an older picture is refused.';
comment on column integrity.cases.starts_at is 'UTC of the hour that is doubted.';
comment on column integrity.cases.settled_by is 'The member of staff who signed; empty when the citizen confirmed by herself.';
comment on column integrity.cases.appeal_reason is 'One of three sentences; nothing is typed.';
comment on column integrity.cases.appeal_decided_by is 'Somebody else than who signed.';
comment on column integrity.cases.erase_after is 'Thirteen months after it was flagged: a year of figures.';
create index cases_by_cluster on integrity.cases (cluster_id);
create index cases_by_state on integrity.cases (state, office_id);
create index cases_by_contact on integrity.cases (contact_id);
create index cases_to_erase on integrity.cases (erase_after);

create table integrity.attempts (
  id       uuid        primary key,
  case_id  uuid        not null references integrity.cases on delete cascade,
  channel  text        not null check (channel in ('voice', 'sms', 'email', 'whatsapp')),
  reached  boolean     not null,
  at       timestamptz not null,
  staff_id uuid
);
comment on table integrity.attempts is 'Each try to reach whoever holds a booking that is doubted.';
comment on column integrity.attempts.at is 'UTC.';
comment on column integrity.attempts.staff_id is 'Empty for the message that goes out with the challenge.';
create index attempts_by_case on integrity.attempts (case_id, at);

create table integrity.sanctions (
  id          uuid        primary key,
  contact_id  uuid        not null,
  case_id     uuid        not null references integrity.cases on delete cascade,
  step        smallint    not null check (step between 1 and 3),
  from_at     timestamptz not null,
  until_at    timestamptz,
  lifted_at   timestamptz
);
comment on table integrity.sanctions is 'Of a contact and never of a person: warning, thirty days, twelve months.';
comment on column integrity.sanctions.step is '1 warning, 2 thirty days, 3 twelve months.';
comment on column integrity.sanctions.from_at is 'UTC.';
comment on column integrity.sanctions.until_at is 'UTC; empty for a warning.';
comment on column integrity.sanctions.lifted_at is 'UTC at which an appeal took it back.';
create index sanctions_by_contact on integrity.sanctions (contact_id, from_at);

create table integrity.months (
  month      date    primary key,
  bookings   integer not null,
  challenged integer not null,
  validated  integer not null,
  cancelled  integer not null,
  appealed   integer not null,
  won        integer not null
);
comment on table integrity.months is 'Numbers of a month that is over, of nobody; they stay when the cases are erased.';
comment on column integrity.months.month is 'First day, UTC.';
comment on column integrity.months.bookings is 'Bookings observed.';

grant select, insert, update, delete on integrity.unobserved, integrity.observations, integrity.clusters, integrity.cases, integrity.evidence, integrity.sanctions to ventanilla_worker;
grant select, insert on integrity.attempts, integrity.months to ventanilla_worker;
grant select on integrity.thresholds to ventanilla_worker;
grant select on integrity.observations, integrity.clusters to ventanilla_console;
grant select, insert on integrity.thresholds, integrity.attempts to ventanilla_console;
grant select, update on integrity.cases to ventanilla_console;
grant select, insert, update (lifted_at) on integrity.sanctions to ventanilla_console;
grant select (id, booking_id, contact_id, office_id, state, starts_at, settled_at, appealed_at, appeal_verdict, appeal_decided_at, version, settled_by) on integrity.cases to ventanilla_citizen_reader, ventanilla_citizen_writer;
grant update (state, settled_at, appealed_at, appeal_reason, version) on integrity.cases to ventanilla_citizen_writer;
grant select on integrity.months to ventanilla_report;

alter table integrity.observations enable row level security;
alter table integrity.observations force row level security;
alter table integrity.cases enable row level security;
alter table integrity.cases force row level security;
create policy worker_all on integrity.observations to ventanilla_worker using (true);
create policy worker_all on integrity.cases to ventanilla_worker using (true);
-- Whoever works at an office sees neither: only staff of the network, who open nobody's file.
create policy console_network on integrity.observations for select to ventanilla_console
  using (nullif(current_setting('app.staff_id', true), '') is not null and nullif(current_setting('app.office_id', true), '') is null);
create policy console_network on integrity.cases to ventanilla_console
  using (nullif(current_setting('app.staff_id', true), '') is not null and nullif(current_setting('app.office_id', true), '') is null);
alter table integrity.clusters enable row level security;
alter table integrity.clusters force row level security;
create policy worker_all on integrity.clusters to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.clusters to ventanilla_console
  using (nullif(current_setting('app.staff_id', true), '') is not null and nullif(current_setting('app.office_id', true), '') is null);
alter table integrity.attempts enable row level security;
alter table integrity.attempts force row level security;
create policy worker_all on integrity.attempts to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.attempts to ventanilla_console
  using (nullif(current_setting('app.staff_id', true), '') is not null and nullif(current_setting('app.office_id', true), '') is null);
alter table integrity.sanctions enable row level security;
alter table integrity.sanctions force row level security;
create policy worker_all on integrity.sanctions to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.sanctions to ventanilla_console
  using (nullif(current_setting('app.staff_id', true), '') is not null and nullif(current_setting('app.office_id', true), '') is null);
alter table integrity.pairs enable row level security;
alter table integrity.pairs force row level security;
create policy worker_all on integrity.pairs to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.pairs to ventanilla_console
  using (nullif(current_setting('app.staff_id', true), '') is not null and nullif(current_setting('app.office_id', true), '') is null);
create policy reader_own on integrity.cases for select to ventanilla_citizen_reader using (contact_id = nullif(current_setting('app.contact_id', true), '')::uuid);
create policy writer_own on integrity.cases to ventanilla_citizen_writer using (contact_id = nullif(current_setting('app.contact_id', true), '')::uuid);

alter table messaging.messages drop constraint messages_kind_check;
alter table messaging.messages add constraint messages_kind_check check (kind in ('code', 'confirmed', 'moved', 'cancelled', 'lapsed', 'displaced', 'restored', 'is_it_yours', 'jornada_moved', 'jornada_suspended', 'reminder_7', 'reminder_1', 'permission_5', 'permission_sheet', 'day_suspended', 'day_resumed', 'day_hour', 'thanks', 'request_filed', 'request_offered', 'request_waiting', 'request_identity', 'notice_answered', 'contact_joined'));
