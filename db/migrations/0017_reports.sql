-- What the reports of an office are made of: how its days went, counted before the bookings are erased, and what was worked on paper.

create table visits.day_counts (
  office_id     text    not null references offices.offices,
  local_date    date    not null,
  service_group text    not null,
  served        integer not null check (served >= 0),
  unserved      integer not null check (unserved >= 0),
  missed        integer not null check (missed >= 0),
  cancelled     integer not null check (cancelled >= 0),
  moved         integer not null check (moved >= 0),
  primary key (office_id, local_date, service_group)
);
comment on table visits.day_counts is 'Appointments of a day that is over, one for each person and service group: numbers only, which stay when bookings are erased after thirty days.';
comment on column visits.day_counts.local_date is 'Day in the office''s zone.';
comment on column visits.day_counts.served is 'Came, and at least one service was issued.';
comment on column visits.day_counts.unserved is 'Came, and nothing could be issued.';
comment on column visits.day_counts.missed is 'Did not come.';
comment on column visits.day_counts.cancelled is 'Would have been on this day and were cancelled, by whomever.';
comment on column visits.day_counts.moved is 'Of those that stood on this day, how many their contact had moved at least once.';

alter table visits.visits add column on_paper boolean not null default false;
comment on column visits.visits.on_paper is 'Typed in from the printed list after a day without system: its hours are those of the list and measure nothing.';

create index outcomes_by_time on visits.outcomes (office_id, recorded_at) where undone_at is null;

grant select, insert, update, delete on visits.day_counts to ventanilla_worker;
grant select on visits.day_counts to ventanilla_report;
