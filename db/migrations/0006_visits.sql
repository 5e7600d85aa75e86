-- The visit day: who arrived, who is at which counter, what came of it.

create schema visits;
comment on schema visits is 'Arrivals, counters at work and outcomes. Ids and codes only.';
grant usage on schema visits to ventanilla_console, ventanilla_worker, ventanilla_report;

create table visits.visits (
  office_id   text        not null references offices.offices,
  id          uuid        not null,
  booking_id  uuid,
  local_date  date        not null,
  state       text        not null check (state in ('expected', 'waiting', 'called', 'serving', 'done', 'left')),
  counter     smallint    check (counter between 1 and 99),
  arrived_at  timestamptz,
  called_at   timestamptz,
  served_at   timestamptz,
  recorded_at timestamptz,
  done_at     timestamptz,
  settled_at  timestamptz,
  version     integer     not null default 1,
  primary key (office_id, id),
  unique (office_id, booking_id),
  constraint who_is_in_the_hall_arrived check (arrived_at is not null or state in ('expected', 'left'))
);
comment on table visits.visits is 'A party in the hall, or one that was marked as not come. A visit is not an appointment: a walk-in has none.';
comment on column visits.visits.booking_id is 'Empty for a walk-in.';
comment on column visits.visits.local_date is 'Day in the office''s zone.';
comment on column visits.visits.state is 'The table of transitions is in src/modules/visits/rules/visit.ts.';
comment on column visits.visits.counter is 'Number of the counter in the hall.';
comment on column visits.visits.arrived_at is 'UTC. Empty for a party that was marked as not come.';
comment on column visits.visits.called_at is 'UTC of the last call.';
comment on column visits.visits.served_at is 'UTC at which the service began.';
comment on column visits.visits.recorded_at is 'UTC of the last outcomes. They can be taken back for 60 seconds.';
comment on column visits.visits.done_at is 'UTC at which nothing was left to record.';
comment on column visits.visits.settled_at is 'UTC at which claims and counters were closed; from then on nothing is taken back.';
comment on column visits.visits.version is 'Grows with each change; a clerk who acts on an older picture is told so.';
create index visits_by_day on visits.visits (office_id, local_date);
create index visits_to_settle on visits.visits (local_date) where settled_at is null;

create table visits.outcomes (
  office_id      text        not null,
  id             uuid        not null,
  visit_id       uuid        not null,
  appointment_id uuid        not null,
  service        text        not null,
  code           text        not null check (code in ('issued', 'missing_document', 'refused', 'no_show')),
  reason         text        check (reason ~ '^[a-z_]{1,40}$'),
  staff_id       uuid        not null,
  recorded_at    timestamptz not null,
  undone_at      timestamptz,
  primary key (office_id, id),
  foreign key (office_id, visit_id) references visits.visits
);
comment on table visits.outcomes is 'What came of each service of each person.';
comment on column visits.outcomes.reason is 'Code of the missing document or of the refusal, never a typed text.';
comment on column visits.outcomes.recorded_at is 'UTC; one instant for everything that was recorded with one key.';
comment on column visits.outcomes.undone_at is 'UTC. Set when the clerk took it back within a minute, or the party came after all.';
create unique index one_standing_outcome on visits.outcomes (office_id, appointment_id, service) where undone_at is null;
create index outcomes_by_visit on visits.outcomes (office_id, visit_id);

grant select, insert, update on visits.visits, visits.outcomes to ventanilla_console;
grant select on visits.visits, visits.outcomes to ventanilla_worker, ventanilla_report;
grant update (state, done_at, settled_at, version) on visits.visits to ventanilla_worker;

alter table visits.visits enable row level security;
alter table visits.visits force row level security;
alter table visits.outcomes enable row level security;
alter table visits.outcomes force row level security;
create policy console_office on visits.visits to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.visits to ventanilla_worker using (true);
create policy report_counts on visits.visits for select to ventanilla_report using (true);
create policy console_office on visits.outcomes to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.outcomes to ventanilla_worker using (true);
create policy report_counts on visits.outcomes for select to ventanilla_report using (true);
