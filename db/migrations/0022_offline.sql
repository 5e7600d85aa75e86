-- A day without network: tablets, the lists that they took along, what was done on them, and what a person has to decide.

create table visits.tablets (
  office_id     text        not null references offices.offices,
  id            uuid        not null,
  name          text        not null check (length(name) between 1 and 40),
  secret_digest bytea       not null,
  enrolled_by   uuid        not null,
  enrolled_at   timestamptz not null,
  primary key (office_id, id)
);
comment on table visits.tablets is 'Devices of an office that may take the list of a session along.';
comment on column visits.tablets.name is 'As it is written on the device.';
comment on column visits.tablets.secret_digest is 'SHA-256 of the 256 random bits that its browser keeps.';
comment on column visits.tablets.enrolled_at is 'UTC.';

create table visits.loans (
  office_id      text        not null,
  id             uuid        not null,
  tablet_id      uuid        not null,
  local_date     date        not null,
  special_day_id uuid,
  taken_by       uuid        not null,
  taken_at       timestamptz not null,
  expires_at     timestamptz not null,
  merged_at      timestamptz,
  lost_at        timestamptz,
  lost_by        uuid,
  primary key (office_id, id),
  foreign key (office_id, tablet_id) references visits.tablets,
  constraint merged_or_lost check (merged_at is null or lost_at is null)
);
comment on table visits.loans is 'A list that a tablet took along, encrypted under a PIN that the server never learns. Deleted thirty days after the day.';
comment on column visits.loans.local_date is 'Day in the office''s zone.';
comment on column visits.loans.special_day_id is 'Whose sessions it has; empty: those of the office itself.';
comment on column visits.loans.taken_at is 'UTC.';
comment on column visits.loans.expires_at is 'UTC, 24 hours after the last session of the list ends; then the tablet erases the names.';
comment on column visits.loans.merged_at is 'UTC at which all that was done on it had been merged.';
comment on column visits.loans.lost_at is 'UTC. Somebody said that it will not come back; what it brings from then on is refused.';
create unique index one_list_of_a_tablet on visits.loans (office_id, tablet_id) where merged_at is null and lost_at is null;
create index loans_by_day on visits.loans (local_date);

create table visits.loaned (
  office_id  text        not null,
  loan_id    uuid        not null,
  booking_id uuid        not null,
  version    integer,
  held_until timestamptz not null,
  primary key (office_id, loan_id, booking_id),
  foreign key (office_id, loan_id) references visits.loans on delete cascade
);
comment on table visits.loaned is 'The bookings of a list. While a tablet may bring something of them, nothing of them is made final and nobody counts as not come.';
comment on column visits.loaned.version is 'Of the visit when the list was taken; empty when there was none.';
comment on column visits.loaned.held_until is 'UTC. The expiry of the list; the merge, when it was clear; a day more while a person has to decide.';
create index loaned_by_booking on visits.loaned (office_id, booking_id);

create table visits.operations (
  office_id   text        not null,
  loan_id     uuid        not null,
  counter     integer     not null check (counter > 0),
  booking_id  uuid        not null,
  act         jsonb       not null,
  at          timestamptz not null,
  received_at timestamptz not null,
  primary key (office_id, loan_id, counter),
  foreign key (office_id, loan_id) references visits.loans on delete cascade
);
comment on table visits.operations is 'What was done on a tablet without network, each act once. Ids and codes only.';
comment on column visits.operations.counter is 'Its order on the tablet, from 1, without gaps.';
comment on column visits.operations.act is 'As in src/modules/visits/rules/merge.ts.';
comment on column visits.operations.at is 'UTC by the tablet''s clock, corrected by the difference that the server measured when it arrived. It orders nothing.';
comment on column visits.operations.received_at is 'UTC.';

create table visits.merge_conflicts (
  office_id      text        not null,
  id             uuid        not null,
  loan_id        uuid        not null,
  booking_id     uuid        not null,
  appointment_id uuid,
  code           text        not null check (code ~ '^[a-z_]{1,40}$'),
  outcomes       jsonb       not null,
  raised_at      timestamptz not null,
  resolved_at    timestamptz,
  resolved_by    uuid,
  kept           text        check (kept in ('office', 'tablet')),
  primary key (office_id, id),
  unique nulls not distinct (office_id, loan_id, booking_id, appointment_id),
  foreign key (office_id, loan_id) references visits.loans on delete cascade,
  constraint resolved_says_what check ((resolved_at is null) = (kept is null))
);
comment on table visits.merge_conflicts is 'What a tablet says differently from the office. A person decides; nothing is overwritten before.';
comment on column visits.merge_conflicts.appointment_id is 'Empty when it is about the whole party.';
comment on column visits.merge_conflicts.code is 'Why it could not be merged.';
comment on column visits.merge_conflicts.outcomes is 'What the tablet says: appointment, service, code and reason.';
comment on column visits.merge_conflicts.raised_at is 'UTC.';
comment on column visits.merge_conflicts.resolved_at is 'UTC.';
comment on column visits.merge_conflicts.kept is 'What stands: what the office has, or what the tablet says.';

grant select, insert on visits.tablets, visits.operations to ventanilla_console;
grant select, insert, update on visits.loans, visits.loaned, visits.merge_conflicts to ventanilla_console;
grant select, delete on visits.loans to ventanilla_worker;
grant select on visits.loaned to ventanilla_worker;

alter table visits.tablets enable row level security;
alter table visits.tablets force row level security;
alter table visits.loans enable row level security;
alter table visits.loans force row level security;
alter table visits.loaned enable row level security;
alter table visits.loaned force row level security;
alter table visits.operations enable row level security;
alter table visits.operations force row level security;
alter table visits.merge_conflicts enable row level security;
alter table visits.merge_conflicts force row level security;
create policy console_office on visits.tablets to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_office on visits.loans to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.loans to ventanilla_worker using (true);
create policy console_office on visits.loaned to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.loaned to ventanilla_worker using (true);
create policy console_office on visits.operations to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_office on visits.merge_conflicts to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
