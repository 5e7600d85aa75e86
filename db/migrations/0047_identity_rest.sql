-- Files of nobody: whoever opens one had no reason to.

create table booking.honey (
  office_id  text        not null references offices.offices,
  id         uuid        not null,
  local_date date        not null,
  starts_at  timestamptz not null,
  filed_at   timestamptz not null,
  services   text[]      not null,
  service_group text     not null,
  seed       bytea       not null check (length(seed) = 32),
  primary key (office_id, id),
  unique (office_id, local_date)
);
comment on table booking.honey is 'A person who does not exist on the list of an office''s day, among those who do. It takes no place, and stands in no table that is counted, drawn or told of: whoever opens it had no reason to.';
comment on column booking.honey.id is 'Looks like the id of a booking; there is no booking of it.';
comment on column booking.honey.local_date is 'Day in the office''s zone. The row is deleted on the next.';
comment on column booking.honey.starts_at is 'UTC: the hour of a real party of that day. Two hours before it the person is on no list any more, like one who cancelled.';
comment on column booking.honey.filed_at is 'UTC at which it seems to have been filed.';
comment on column booking.honey.services is 'Those of the real party.';
comment on column booking.honey.seed is '32 random bytes of which the invented name, birth and folio are made. Nobody who works at an office is shown them.';
grant select on booking.honey to ventanilla_console;
grant select, insert, delete on booking.honey to ventanilla_worker;
alter table booking.honey enable row level security;
alter table booking.honey force row level security;
create policy console_own_office on booking.honey for select to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on booking.honey to ventanilla_worker using (true) with check (true);

alter table integrity.agent_alarms drop constraint agent_alarms_sign_check;
alter table integrity.agent_alarms add constraint agent_alarms_sign_check
  check (sign in ('attested', 'attested_rising', 'other_names', 'braked', 'one_seller', 'honey'));
