-- Care for who is in the hall: what people say of their visit, a silent call for help, and interpreters by telephone.

create table visits.survey_counts (
  office_id text      not null references offices.offices,
  month     date      not null check (month = date_trunc('month', month)),
  counts    integer[] not null check (cardinality(counts) = 12),
  primary key (office_id, month)
);
comment on table visits.survey_counts is 'What people said of their visit on the page, added up: no answer is kept by itself, and none can be told from another.';
comment on column visits.survey_counts.month is 'First day of the month in which they answered, in the office''s zone.';
comment on column visits.survey_counts.counts is 'How many said good, fair and bad of the visit, then of punctuality, of the time taken and of courtesy (rules/survey.ts).';

create table visits.survey_marks (
  digest       bytea primary key,
  forget_after date  not null
);
comment on table visits.survey_marks is 'That a link was used: a keyed digest of its booking, so that it answers once. It says neither of what office nor what was said.';
comment on column visits.survey_marks.digest is 'Keyed, of the booking and this purpose: it leads back to nothing.';
comment on column visits.survey_marks.forget_after is 'Last day of a month (UTC); then the link has long stopped to work, and the row is deleted.';

create table visits.survey_sheets (
  office_id  text       not null references offices.offices,
  id         uuid       not null,
  month      date       not null check (month = date_trunc('month', month)),
  counts     smallint[] not null check (cardinality(counts) = 12 and 0 <= all (counts)),
  staff_id   uuid       not null,
  entered_at timestamptz not null,
  undone_at  timestamptz,
  primary key (office_id, id)
);
comment on table visits.survey_sheets is 'Paper answers that an office counted and typed in.';
comment on column visits.survey_sheets.month is 'First day of the month in which they were typed in, in the office''s zone: a month that is over does not change any more.';
comment on column visits.survey_sheets.counts is 'As in visits.survey_counts.';
comment on column visits.survey_sheets.staff_id is 'Who typed them in.';
comment on column visits.survey_sheets.entered_at is 'UTC.';
comment on column visits.survey_sheets.undone_at is 'UTC at which they were taken back, before the month was over.';
create index survey_sheets_by_month on visits.survey_sheets (office_id, month);

create table visits.alarms (
  office_id  text        not null references offices.offices,
  id         uuid        not null,
  staff_id   uuid        not null,
  counter    smallint    check (counter between 1 and 99),
  raised_at  timestamptz not null,
  undone_at  timestamptz,
  seen_by    uuid,
  seen_at    timestamptz,
  ended_by   uuid,
  ended_at   timestamptz,
  primary key (office_id, id),
  constraint somebody_else_goes check (seen_by <> staff_id and ended_by <> staff_id),
  constraint undone_or_ended check (undone_at is null or ended_at is null)
);
comment on table visits.alarms is 'Silent calls for help of the staff of an office. Nobody but staff is in it.';
comment on column visits.alarms.staff_id is 'Who called.';
comment on column visits.alarms.counter is 'Where; empty for who sits at no counter.';
comment on column visits.alarms.raised_at is 'UTC.';
comment on column visits.alarms.undone_at is 'UTC. A slip of the hand, taken back by whoever called within ten seconds.';
comment on column visits.alarms.seen_by is 'The colleague who said that she goes.';
comment on column visits.alarms.seen_at is 'UTC.';
comment on column visits.alarms.ended_by is 'A colleague: whoever stands under somebody''s eyes cannot be made to end it.';
comment on column visits.alarms.ended_at is 'UTC.';
create unique index one_standing_alarm on visits.alarms (office_id, staff_id) where undone_at is null and ended_at is null;
create index standing_alarms on visits.alarms (office_id) where undone_at is null and ended_at is null;

create table visits.interpreter_lines (
  scope      text        primary key,
  phone      text        not null check (phone ~ '^\+[0-9]{8,15}$'),
  changed_by uuid        not null,
  changed_at timestamptz not null
);
comment on table visits.interpreter_lines is 'Where interpreters are called.';
comment on column visits.interpreter_lines.scope is 'An office, or network for all that have no line of their own.';
comment on column visits.interpreter_lines.phone is 'With country code, no spaces. Of a service, of nobody.';
comment on column visits.interpreter_lines.changed_at is 'UTC.';

create table visits.interpretations (
  office_id    text        not null,
  id           uuid        not null,
  visit_id     uuid        not null,
  local_date   date        not null,
  station      text        not null,
  language     text        not null check (language ~ '^[a-z_]{1,40}$'),
  asked_at     timestamptz not null,
  connected_at timestamptz,
  ended_at     timestamptz,
  primary key (office_id, id),
  foreign key (office_id, visit_id) references visits.visits,
  constraint connected_before_ended check (connected_at >= asked_at and ended_at >= coalesce(connected_at, asked_at))
);
comment on table visits.interpretations is 'Who is waiting for an interpreter or speaks through one. The turn itself is as it was: it loses no place. Deleted two days after the day; only minutes stay.';
comment on column visits.interpretations.local_date is 'Day in the office''s zone.';
comment on column visits.interpretations.station is 'Where the visit stood.';
comment on column visits.interpretations.language is 'Personal: the language of a party, with its variant where one was chosen (rules/languages.ts).';
comment on column visits.interpretations.asked_at is 'UTC.';
comment on column visits.interpretations.connected_at is 'UTC at which somebody interpreted; empty while nobody does, or where nobody did.';
comment on column visits.interpretations.ended_at is 'UTC.';
create unique index one_interpreter_of_a_visit on visits.interpretations (office_id, visit_id) where ended_at is null;
create index interpretations_by_day on visits.interpretations (local_date);

create table visits.interpreted (
  office_id text     not null references offices.offices,
  month     date     not null check (month = date_trunc('month', month)),
  language  text     not null,
  measure   text     not null check (measure in ('wait', 'talk', 'nobody')),
  minutes   smallint not null check (minutes >= 0),
  count     integer  not null check (count > 0),
  primary key (office_id, month, language, measure, minutes)
);
comment on table visits.interpreted is 'How many waited and spoke for how many minutes through an interpreter: numbers only, of nobody.';
comment on column visits.interpreted.month is 'First day of the month, in the office''s zone.';
comment on column visits.interpreted.language is 'As in visits.interpretations.';
comment on column visits.interpreted.measure is 'wait: from asking until somebody interpreted. talk: from then to the end. nobody: how long was waited in vain.';
comment on column visits.interpreted.minutes is 'Whole minutes.';

grant usage on schema visits to ventanilla_citizen_writer;
grant select, insert, update on visits.survey_counts to ventanilla_citizen_writer;
grant select, insert on visits.survey_marks to ventanilla_citizen_writer;
grant select, delete on visits.survey_marks to ventanilla_worker;
grant select on visits.survey_counts, visits.survey_sheets, visits.interpreted to ventanilla_report;
grant select on visits.interpreter_lines to ventanilla_console;
grant select, insert, update on visits.survey_sheets, visits.alarms, visits.interpretations, visits.interpreted to ventanilla_console;
grant insert, update, delete on visits.interpreter_lines to ventanilla_console;
grant delete on visits.interpretations to ventanilla_console, ventanilla_worker;
grant select (local_date) on visits.interpretations to ventanilla_worker;

alter table visits.survey_sheets enable row level security;
alter table visits.survey_sheets force row level security;
alter table visits.alarms enable row level security;
alter table visits.alarms force row level security;
alter table visits.interpretations enable row level security;
alter table visits.interpretations force row level security;
alter table visits.interpreted enable row level security;
alter table visits.interpreted force row level security;
create policy console_office on visits.survey_sheets to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy report_counts on visits.survey_sheets for select to ventanilla_report using (true);
create policy console_office on visits.alarms to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_office on visits.interpretations to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on visits.interpretations to ventanilla_worker using (true);
create policy console_office on visits.interpreted to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy report_counts on visits.interpreted for select to ventanilla_report using (true);
