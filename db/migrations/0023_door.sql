-- The door: who is let in, who waits before it, how many fit in, and who checked in with her own telephone.

create table visits.halls (
  office_id text     primary key references offices.offices,
  people    smallint not null check (people between 1 and 2000)
);
comment on table visits.halls is 'How many people an office may have in its hall at once. An office without a row has no limit.';

create table visits.door_days (
  office_id  text     not null references offices.offices,
  local_date date     not null,
  others     smallint not null default 0 check (others between 0 and 2000),
  primary key (office_id, local_date)
);
comment on table visits.door_days is 'Who is inside beside the parties: companions and whoever only asks, as the door counts them.';
comment on column visits.door_days.local_date is 'Day in the office''s zone.';

create table visits.door_queue (
  office_id  text        not null references offices.offices,
  local_date date        not null,
  number     smallint    not null check (number > 0),
  booking_id uuid        not null,
  people     smallint    not null,
  since      timestamptz not null,
  ended_at   timestamptz,
  primary key (office_id, local_date, number)
);
comment on table visits.door_queue is 'Parties that stand before a full hall, in the order in which they came.';
comment on column visits.door_queue.local_date is 'Day in the office''s zone.';
comment on column visits.door_queue.number is 'What the guard tells the party, from 1.';
comment on column visits.door_queue.since is 'UTC.';
comment on column visits.door_queue.ended_at is 'UTC at which it was let in, or was not there any more.';
create unique index one_place_before_the_door on visits.door_queue (office_id, local_date, booking_id) where ended_at is null;

create table visits.door_overrides (
  office_id  text        not null references offices.offices,
  id         uuid        not null,
  local_date date        not null,
  staff_id   uuid        not null references people.staff,
  verdict    text        not null check (verdict in ('wait', 'later', 'other_day', 'other_office', 'ended', 'unknown')),
  reason     text        not null check (reason in ('priority', 'emergency', 'collects', 'asks', 'weather', 'head')),
  at         timestamptz not null,
  primary key (office_id, id)
);
comment on table visits.door_overrides is 'Whom the door let in against what it was told, by guard; whom it let in stands nowhere.';
comment on column visits.door_overrides.local_date is 'Day in the office''s zone.';
comment on column visits.door_overrides.verdict is 'What the door was told.';
comment on column visits.door_overrides.at is 'UTC.';
create index door_overrides_by_day on visits.door_overrides (office_id, local_date);

create table visits.arrivals (
  office_id  text     not null,
  visit_id   uuid     not null,
  local_date date     not null,
  by         text     not null check (by in ('door', 'kiosk', 'phone')),
  step_free  boolean  not null default false,
  primary key (office_id, visit_id),
  foreign key (office_id, visit_id) references visits.visits
);
comment on table visits.arrivals is 'How a party was received where it was not at a counter.';
comment on column visits.arrivals.local_date is 'Day in the office''s zone.';
comment on column visits.arrivals.step_free is 'It asked for a way without steps.';

create table visits.phone_tries (
  office_id  text     not null references offices.offices,
  booking_id uuid     not null,
  local_date date     not null,
  tries      smallint not null,
  primary key (office_id, booking_id, local_date)
);
comment on table visits.phone_tries is 'Wrong codes of the hour that were typed for a booking on its day. After five only a person receives it.';
comment on column visits.phone_tries.local_date is 'Day in the office''s zone.';

create table visits.kiosk_use (
  device_id uuid        primary key,
  minute    timestamptz not null,
  asked     smallint    not null
);
comment on table visits.kiosk_use is 'How often a kiosk asked in its last minute: nobody tries folios there.';
comment on column visits.kiosk_use.minute is 'UTC.';

grant select, insert, update on visits.halls, visits.door_days, visits.door_queue, visits.door_overrides, visits.arrivals, visits.phone_tries, visits.kiosk_use to ventanilla_console;
grant delete on visits.halls to ventanilla_console;
grant select, delete on visits.door_queue, visits.phone_tries to ventanilla_worker;

alter table visits.door_queue enable row level security;
alter table visits.door_queue force row level security;
alter table visits.door_overrides enable row level security;
alter table visits.door_overrides force row level security;
alter table visits.arrivals enable row level security;
alter table visits.arrivals force row level security;
alter table visits.phone_tries enable row level security;
alter table visits.phone_tries force row level security;
create policy console_office on visits.door_queue to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.door_queue to ventanilla_worker using (true);
create policy console_office on visits.door_overrides to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_office on visits.arrivals to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_office on visits.phone_tries to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.phone_tries to ventanilla_worker using (true);
