-- The hall: stations, turns that go from one to the next, and what each of them took.

create table visits.stations (
  office_id text     not null references offices.offices,
  station   text     not null check (station in ('filter', 'cashier', 'capture', 'window')),
  counters  smallint not null check (counters between 1 and 60),
  primary key (office_id, station)
);
comment on table visits.stations is 'Where a visit goes through in an office, as data. An office without a row has one station, window, for everything.';
comment on column visits.stations.counters is 'How many people can be attended to at once.';

create table visits.routes (
  office_id text   not null,
  service   text   not null references offices.services,
  stations  text[] not null check (cardinality(stations) > 0),
  later     text[] not null default '{}',
  primary key (office_id, service)
);
comment on table visits.routes is 'The stations of a service at an office, in order. A service without a row goes through all of them but window, or through window alone where there is nothing else.';
comment on column visits.routes.later is 'Stations on another day: what is signed or collected then.';

alter table visits.visits
  add column turn_no         smallint check (turn_no between 1 and 9999),
  add column line            text     not null default 'appointment' check (line in ('appointment', 'return', 'walk_in')),
  add column people          smallint not null default 1 check (people between 1 and 8),
  add column due_at          timestamptz,
  add column lot             integer  check (lot > 0),
  add column priority        text     check (priority in ('age_60', 'disability', 'pregnancy', 'small_child', 'emergency', 'far')),
  add column station         text     not null default 'window',
  add column route           text[]   not null default '{window}',
  add column station_since   timestamptz,
  add column parked_at       timestamptz,
  add column calls           smallint not null default 0 check (calls >= 0),
  add column first_called_at timestamptz,
  add constraint its_station_is_on_its_route check (station = any (route));
comment on table visits.visits is 'A party in the hall, or one that was marked as not come: its turn from the door to the last station. A walk-in has a booking too, which was made for it at the door.';
comment on column visits.visits.booking_id is 'Of a walk-in the one that was made at the door.';
comment on column visits.visits.turn_no is 'Number of the turn in the office''s day, from 1, given at arrival. Together with a picture it is the code that is called; empty for who never arrived.';
comment on column visits.visits.line is 'Whether it has an appointment today, comes back by its right to return, or came without one.';
comment on column visits.visits.people is 'Of the party: a family is one turn.';
comment on column visits.visits.due_at is 'UTC hour of its appointment; empty for a walk-in and for whoever came back on another day.';
comment on column visits.visits.lot is 'Its place by lot among the walk-ins who were at the door when it opened, from 1; empty for who came later.';
comment on column visits.visits.priority is 'Of the party: that of the member who has one. Who marked what, and who signed it, stands in visits.priorities.';
comment on column visits.visits.station is 'Where it waits, is called or is attended to; state says which of these.';
comment on column visits.visits.route is 'The stations of this visit, in order.';
comment on column visits.visits.station_since is 'UTC at which it joined the queue of its station.';
comment on column visits.visits.parked_at is 'UTC since which it is not called: it is away for a moment, or fetches a paper. Its place in the queue stays.';
comment on column visits.visits.calls is 'How often it was called at its station.';
comment on column visits.visits.first_called_at is 'UTC of its first call of the day, at whatever station.';
comment on column visits.visits.called_at is 'UTC of the last call at its station.';
comment on column visits.visits.served_at is 'UTC at which it began to be attended to at its station.';
create unique index one_turn_of_a_number on visits.visits (office_id, local_date, turn_no) where turn_no is not null;

create table visits.turn_numbers (
  office_id  text     not null references offices.offices,
  local_date date     not null,
  last       smallint not null,
  primary key (office_id, local_date)
);
comment on table visits.turn_numbers is 'The last turn number of an office''s day.';
comment on column visits.turn_numbers.local_date is 'Day in the office''s zone.';

create table visits.passages (
  office_id  text        not null,
  visit_id   uuid        not null,
  station    text        not null,
  local_date date        not null,
  line       text        not null,
  counter    smallint,
  people     smallint    not null,
  entered_at timestamptz not null,
  called_at  timestamptz,
  served_at  timestamptz,
  ended_at   timestamptz not null,
  primary key (office_id, visit_id, station, entered_at),
  foreign key (office_id, visit_id) references visits.visits
);
comment on table visits.passages is 'A station that a visit has behind it: the minutes from which waits are foretold.';
comment on column visits.passages.local_date is 'Day in the office''s zone.';
comment on column visits.passages.line is 'As in visits.visits.';
comment on column visits.passages.counter is 'As in visits.visits.';
comment on column visits.passages.entered_at is 'UTC at which it joined the queue.';
comment on column visits.passages.called_at is 'UTC of the last call.';
comment on column visits.passages.served_at is 'UTC at which it began to be attended to; empty for who was not asked for.';
comment on column visits.passages.ended_at is 'UTC.';
create index passages_by_day on visits.passages (office_id, local_date, station, ended_at);

create table visits.priorities (
  office_id  text        not null,
  visit_id   uuid        not null,
  priority   text        not null check (priority in ('disability', 'pregnancy', 'emergency', 'far')),
  local_date date        not null,
  staff_id   uuid        not null,
  marked_at  timestamptz not null,
  needs_second boolean   not null,
  second_id  uuid,
  signed_at  timestamptz,
  primary key (office_id, visit_id),
  foreign key (office_id, visit_id) references visits.visits,
  constraint two_people_sign check (second_id <> staff_id)
);
comment on table visits.priorities is 'Who let whom go first, and why. What birth dates say is not here: nobody decides it.';
comment on column visits.priorities.local_date is 'Day in the office''s zone.';
comment on column visits.priorities.marked_at is 'UTC.';
comment on column visits.priorities.needs_second is 'An emergency, or more than a tenth of the day''s turns: nobody goes first before a second person signs.';
comment on column visits.priorities.signed_at is 'UTC at which the second person signed.';
create index priorities_by_day on visits.priorities (office_id, local_date);

grant select on visits.stations, visits.routes to ventanilla_console, ventanilla_worker, ventanilla_report;
grant insert, update, delete on visits.stations, visits.routes to ventanilla_console;
grant select, insert, update on visits.turn_numbers, visits.priorities to ventanilla_console;
grant select, insert, delete on visits.passages to ventanilla_console;
grant select on visits.passages, visits.priorities to ventanilla_worker;
grant select on visits.passages, visits.priorities to ventanilla_report;

alter table visits.passages enable row level security;
alter table visits.passages force row level security;
alter table visits.priorities enable row level security;
alter table visits.priorities force row level security;
create policy console_office on visits.passages to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.passages to ventanilla_worker using (true);
create policy report_counts on visits.passages for select to ventanilla_report using (true);
create policy console_office on visits.priorities to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.priorities to ventanilla_worker using (true);
create policy report_counts on visits.priorities for select to ventanilla_report using (true);

create table visits.door_lots (
  office_id  text        not null references offices.offices,
  local_date date        not null,
  opens_at   timestamptz not null,
  source     text        not null check (source in ('drand', 'operator')),
  round      bigint      not null,
  randomness text        not null check (randomness ~ '^[0-9a-f]{64}$'),
  turns      integer     not null check (turns >= 0),
  drawn_at   timestamptz not null,
  primary key (office_id, local_date)
);
comment on table visits.door_lots is 'The lot among who stood at an office''s door without an appointment when it opened. The row is also what lets it be drawn once.';
comment on column visits.door_lots.local_date is 'Day in the office''s zone.';
comment on column visits.door_lots.opens_at is 'UTC start of the first session of the day: who was registered before it is in the lot.';
comment on column visits.door_lots.source is 'operator: the installation made the number itself, for it has no network or the public one did not answer in time.';
comment on column visits.door_lots.round is 'The first round after the door opened.';
comment on column visits.door_lots.turns is 'How many turns were ordered.';
comment on column visits.door_lots.drawn_at is 'UTC.';
grant select on visits.door_lots to ventanilla_console, ventanilla_report;
grant select, insert on visits.door_lots to ventanilla_worker;
grant update (lot) on visits.visits to ventanilla_worker;
