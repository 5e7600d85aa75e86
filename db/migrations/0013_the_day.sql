-- The day that goes wrong: services that stop, clerks who do not come, the hours that follow, and who may come back.

create table visits.suspensions (
  office_id  text        not null references offices.offices,
  id         uuid        not null,
  local_date date        not null,
  service    text        not null,
  station    text        check (station ~ '^[a-z_]{1,40}$'),
  reason     text        not null check (reason in ('issuing_system', 'printer', 'cash_desk', 'power', 'other')),
  news_at    timestamptz not null,
  started_at timestamptz not null,
  ended_at   timestamptz,
  undone     boolean     not null default false,
  primary key (office_id, id),
  constraint undone_is_over check (not undone or ended_at is not null)
);
comment on table visits.suspensions is 'A service that an office cannot give for a part of one day. It never lasts beyond that day.';
comment on column visits.suspensions.local_date is 'Day in the office''s zone.';
comment on column visits.suspensions.service is 'Slug.';
comment on column visits.suspensions.station is 'Empty: the whole service. Nothing sets it: a station that stands still is not told apart yet.';
comment on column visits.suspensions.reason is 'A code for the office''s own figures; people are told what it means for them.';
comment on column visits.suspensions.news_at is 'UTC. The hour by which the office said that it would give news.';
comment on column visits.suspensions.started_at is 'UTC.';
comment on column visits.suspensions.ended_at is 'UTC at which the service went on; empty while it stands, or when it never did that day.';
comment on column visits.suspensions.undone is 'It was a slip of the hand: it counts in no figure.';
create unique index one_standing_suspension on visits.suspensions (office_id, local_date, service) where ended_at is null;

create table visits.return_rights (
  office_id   text        not null,
  booking_id  uuid        not null,
  local_date  date        not null,
  valid_until date        not null,
  given_at    timestamptz not null,
  told_news_at timestamptz,
  told_back_at timestamptz,
  printed_at  timestamptz,
  receipt     text        check (receipt ~ '^[A-Z0-9-]{1,20}$'),
  undone_at   timestamptz,
  primary key (office_id, booking_id)
);
comment on table visits.return_rights is 'Parties that a suspended service kept from being attended to: they come back without an appointment, before walk-ins. While it stands the booking stays open and nobody counts as not come. It is of the day that was lost: of a booking that moved to another day it says nothing any more. Goes when the booking is erased.';
comment on column visits.return_rights.local_date is 'The day that was lost, in the office''s zone.';
comment on column visits.return_rights.valid_until is 'Last day on which it is good: fifteen working days of the office''s own calendar, and never after the file is erased.';
comment on column visits.return_rights.given_at is 'UTC.';
comment on column visits.return_rights.told_news_at is 'UTC. The hour of the next news in the last message that told the party to stay at home; empty once it may come, and for who stood in the hall.';
comment on column visits.return_rights.told_back_at is 'UTC at which a party that was told to stay at home was told that it may come.';
comment on column visits.return_rights.printed_at is 'UTC at which its paper was first printed; from then on no undo takes it back.';
comment on column visits.return_rights.receipt is 'Personal: number of the receipt of whoever has paid. Emptied when the right is over.';
comment on column visits.return_rights.undone_at is 'UTC. The suspension was a slip of the hand, and nobody had been told.';
create index return_rights_by_day on visits.return_rights (office_id, local_date);
create index return_rights_by_end on visits.return_rights (office_id, valid_until);
create index return_rights_receipts on visits.return_rights (office_id, valid_until) where receipt is not null;

create table visits.absences (
  office_id  text        not null,
  session_id uuid        not null,
  counter    smallint    not null check (counter between 1 and 60),
  local_date date        not null,
  since      timestamptz not null,
  until      timestamptz,
  primary key (office_id, session_id, counter, since)
);
comment on table visits.absences is 'Counters at which nobody works today. Which clerk is absent is not written here.';
comment on column visits.absences.counter is 'Number of the counter within the session, from 1.';
comment on column visits.absences.local_date is 'Day in the office''s zone.';
comment on column visits.absences.since is 'UTC.';
comment on column visits.absences.until is 'UTC at which somebody came after all; empty while nobody does.';
create unique index one_standing_absence on visits.absences (office_id, session_id, counter) where until is null;
create index absences_by_day on visits.absences (office_id, local_date);

create table visits.expected_hours (
  office_id   text        not null,
  booking_id  uuid        not null,
  local_date  date        not null,
  expected_at timestamptz not null,
  told_for    timestamptz,
  primary key (office_id, booking_id)
);
comment on table visits.expected_hours is 'When a party is expected to be attended to where that is not the hour of its appointment. The appointment, its place and its folio stay as they are.';
comment on column visits.expected_hours.local_date is 'Day in the office''s zone.';
comment on column visits.expected_hours.expected_at is 'UTC.';
comment on column visits.expected_hours.told_for is 'UTC. The hour in the last message that told the party to come at another one; empty for who was told nothing.';
create index expected_hours_by_day on visits.expected_hours (office_id, local_date);

grant select, insert, update on visits.suspensions, visits.return_rights, visits.absences, visits.expected_hours to ventanilla_console;
grant select on visits.suspensions, visits.return_rights, visits.expected_hours to ventanilla_worker;
grant insert, update, delete on visits.return_rights to ventanilla_worker;
grant delete on visits.expected_hours to ventanilla_worker;
grant usage on schema visits to ventanilla_citizen_reader;
grant select (office_id, booking_id, local_date, valid_until, told_news_at, undone_at) on visits.return_rights to ventanilla_citizen_reader;
grant select (office_id, booking_id, local_date, expected_at, told_for) on visits.expected_hours to ventanilla_citizen_reader;

alter table visits.suspensions enable row level security;
alter table visits.suspensions force row level security;
alter table visits.return_rights enable row level security;
alter table visits.return_rights force row level security;
alter table visits.absences enable row level security;
alter table visits.absences force row level security;
alter table visits.expected_hours enable row level security;
alter table visits.expected_hours force row level security;
create policy console_office on visits.suspensions to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.suspensions to ventanilla_worker using (true);
create policy console_office on visits.return_rights to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.return_rights to ventanilla_worker using (true);
create policy reader_own on visits.return_rights for select to ventanilla_citizen_reader
  using (exists (select from booking.bookings where bookings.office_id = return_rights.office_id and bookings.id = return_rights.booking_id));
create policy console_office on visits.absences to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_office on visits.expected_hours to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.expected_hours to ventanilla_worker using (true);
create policy reader_own on visits.expected_hours for select to ventanilla_citizen_reader
  using (exists (select from booking.bookings where bookings.office_id = expected_hours.office_id and bookings.id = expected_hours.booking_id));
