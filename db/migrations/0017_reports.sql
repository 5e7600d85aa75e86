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

create table visits.day_measures (
  office_id  text     not null references offices.offices,
  local_date date     not null,
  measure    text     not null check (measure in ('wait', 'wait_group', 'service', 'reason')),
  key        text     not null,
  minutes    smallint not null check (minutes >= 0),
  count      integer  not null check (count > 0),
  primary key (office_id, local_date, measure, key, minutes)
);
comment on table visits.day_measures is 'How many waited and were attended for how many minutes on a day that is over, and why services were not issued. A year of an office is a few ten thousand rows, of which any part is summed at once.';
comment on column visits.day_measures.local_date is 'Day in the office''s zone.';
comment on column visits.day_measures.measure is 'wait and wait_group: parties, from arrival to call. service: people, from call to outcome. reason: services that were not issued.';
comment on column visits.day_measures.key is 'Service group, service, or outcome and reason with a space between; empty for wait.';
comment on column visits.day_measures.minutes is 'Whole minutes; 0 for a reason.';
comment on column visits.day_measures.count is 'Of how many: numbers only, of nobody.';

grant select, insert, update, delete on visits.day_counts, visits.day_measures to ventanilla_worker;
grant select on visits.day_counts, visits.day_measures to ventanilla_report;
