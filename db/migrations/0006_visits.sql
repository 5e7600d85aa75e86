-- The visit day: who arrived, who is at which counter, what came of it.

create schema visits;
comment on schema visits is 'Arrivals, counters at work and outcomes. Ids and codes only.';
grant usage on schema visits to ventanilla_console, ventanilla_worker, ventanilla_report;

create table visits.visits (
  office_id  text        not null references offices.offices,
  id         uuid        not null,
  booking_id uuid,
  local_date date        not null,
  state      text        not null check (state in ('waiting', 'called', 'serving', 'done', 'left')),
  counter    smallint,
  arrived_at timestamptz not null,
  called_at  timestamptz,
  served_at  timestamptz,
  done_at    timestamptz,
  version    integer     not null default 1,
  primary key (office_id, id),
  unique (office_id, booking_id)
);
comment on table visits.visits is 'A party in the hall. A visit is not an appointment: a walk-in has none.';
comment on column visits.visits.booking_id is 'Empty for a walk-in.';
comment on column visits.visits.version is 'Grows with each change; a clerk who acts on an older picture is told so.';
create index visits_by_day on visits.visits (office_id, local_date);

create table visits.outcomes (
  office_id      text        not null,
  id             uuid        not null,
  visit_id       uuid,
  appointment_id uuid        not null,
  service        text        not null,
  code           text        not null check (code in ('issued', 'missing_document', 'refused', 'no_show')),
  reason         text,
  staff_id       uuid        not null,
  recorded_at    timestamptz not null,
  undone_at      timestamptz,
  primary key (office_id, id),
  foreign key (office_id, visit_id) references visits.visits
);
comment on table visits.outcomes is 'What came of each service of each person.';
comment on column visits.outcomes.reason is 'Code of the missing document or of the refusal, never a typed text.';
comment on column visits.outcomes.undone_at is 'Set when the clerk took it back within a minute.';
create index outcomes_by_appointment on visits.outcomes (office_id, appointment_id);
create unique index one_standing_outcome on visits.outcomes (office_id, appointment_id, service) where undone_at is null;

grant select, insert, update on visits.visits, visits.outcomes to ventanilla_console;
grant select on visits.visits, visits.outcomes to ventanilla_worker, ventanilla_report;
grant insert on visits.outcomes to ventanilla_worker;
