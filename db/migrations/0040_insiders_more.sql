-- Against insiders, the rest: who was shown to be at the desk.

create table people.presences (
  id               uuid        primary key,
  office_id        text        not null references offices.offices,
  staff_id         uuid        not null references people.staff,
  shown            text        not null check (shown in ('code', 'card', 'second')),
  contact_id       uuid        references people.contacts on delete set null,
  second_id        uuid        references people.staff,
  challenge_digest bytea       unique,
  shown_at         timestamptz not null,
  expires_at       timestamptz not null,
  used_at          timestamptz,
  used_for         text        check (used_for in ('date', 'name')),
  constraint used_for_something check ((used_at is null) = (used_for is null)),
  constraint a_second_is_another check (second_id is distinct from staff_id),
  constraint a_second_or_a_contact check ((shown = 'second') = (second_id is not null) and (shown <> 'second' or contact_id is null))
);
comment on table people.presences is 'That a citizen stood at a desk, shown by her live code, by the PIN of her card, or by the word of a second member of staff. A date is booked by the desk only with one.';
comment on column people.presences.contact_id is 'Whose code or card it was: the date is booked on it. Goes with the contact.';
comment on column people.presences.second_id is 'Who attested it with a touch of her own passkey.';
comment on column people.presences.challenge_digest is 'SHA-256 of the challenge that the second person answered: one answer attests once.';
comment on column people.presences.shown_at is 'UTC.';
comment on column people.presences.expires_at is 'UTC, fifteen minutes later: time to choose a date, and no more.';
comment on column people.presences.used_at is 'UTC. One serves once.';
comment on column people.presences.used_for is 'A date that a desk gave, or a name that was put right by more than a slip of the pen: a colleague looked at the paper too.';
create index presences_by_day on people.presences (shown_at);

grant select, insert, update (used_at, used_for) on people.presences to ventanilla_console;
grant select, delete on people.presences to ventanilla_worker;
alter table people.presences enable row level security;
alter table people.presences force row level security;
create policy console_own_office on people.presences to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), '')) with check (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on people.presences to ventanilla_worker using (true);

-- What staff did with a file is told to its contact, once for each kind of act and day.
do $$
declare rule text;
begin
  select pg_get_constraintdef(oid) into rule from pg_constraint where conname = 'messages_kind_check' and conrelid = 'messaging.messages'::regclass;
  alter table messaging.messages drop constraint messages_kind_check;
  execute 'alter table messaging.messages add constraint messages_kind_check ' || replace(rule, 'ARRAY[', 'ARRAY[''staff_acted''::text, ');
end $$;

-- Exceptions have two people and are counted in public.
alter table visits.door_overrides
  add column second_id uuid references people.staff,
  add column seconded_at timestamptz,
  add constraint a_second_signs check (second_id is distinct from staff_id and (second_id is null) = (seconded_at is null));
comment on column visits.door_overrides.second_id is 'Who runs the hall and signed it on the same day. The door waits for nobody; what nobody signed is counted apart.';
comment on column visits.door_overrides.seconded_at is 'UTC.';
grant select (office_id, local_date, second_id) on visits.door_overrides to ventanilla_report;
create policy report_counts on visits.door_overrides for select to ventanilla_report using (true);
grant select (office_id, shown, used_at, used_for) on people.presences to ventanilla_report;
create policy report_counts on people.presences for select to ventanilla_report using (true);
grant update (contact_id) on people.presences to ventanilla_worker;

-- One among many who does what the others do not: for a person at headquarters, never a ranking.
create table integrity.agent_alarms (
  staff_id    uuid not null,
  sign        text not null check (sign in ('attested', 'attested_rising', 'other_names', 'braked', 'one_seller')),
  count       integer not null check (count >= 0),
  of          integer not null check (of >= count),
  peers_count integer not null check (peers_count >= 0),
  peers_of    integer not null check (peers_of >= 0),
  found_on    date not null,
  last_on     date not null,
  primary key (staff_id, sign)
);
comment on table integrity.agent_alarms is 'What stood out of what a member of staff did in four weeks. Whoever did not stand out has no row: nobody honest is ranked.';
comment on column integrity.agent_alarms.staff_id is 'Member of staff, as the audit log names her.';
comment on column integrity.agent_alarms.sign is 'What stood out: rules/agents.ts of integrity, a sentence in the console.';
comment on column integrity.agent_alarms.count is 'How often it happened to her, out of `of`.';
comment on column integrity.agent_alarms.peers_count is 'How often it happened to her peers together, out of `peers_of`.';
comment on column integrity.agent_alarms.found_on is 'UTC day of the first night.';
comment on column integrity.agent_alarms.last_on is 'UTC day of the last night; twenty-eight days after it the row is deleted.';
grant select, insert, update, delete on integrity.agent_alarms to ventanilla_worker;
grant select on integrity.agent_alarms to ventanilla_console;
alter table integrity.agent_alarms enable row level security;
alter table integrity.agent_alarms force row level security;
create policy worker_all on integrity.agent_alarms to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.agent_alarms for select to ventanilla_console
  using (nullif(current_setting('app.staff_id', true), '') is not null and nullif(current_setting('app.office_id', true), '') is null);
