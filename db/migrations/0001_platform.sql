-- What every module stands on: the stamp, idempotency, events, the timetable and the audit log.

create schema audit;
grant usage on schema platform to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;
grant usage on schema audit to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

comment on schema platform is 'Infrastructure rows that carry ids and codes only.';
comment on schema audit is 'Who did what, for which purpose. Insert only.';
comment on table platform.migrations is 'Migrations that ran, with the hash of their text.';

create table platform.instance (
  kind       text        not null check (kind in ('demo', 'live')),
  id         uuid        not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
create unique index instance_is_one on platform.instance ((true));
comment on table platform.instance is 'One row, for ever: whether this database holds invented or real people.';
comment on column platform.instance.kind is 'demo or live; never changes, each entry of the program refuses the other kind.';

create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows never change', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger instance_never_changes before update or delete on platform.instance for each row execute function platform.refuse_change();
create trigger instance_is_never_emptied before truncate on platform.instance for each statement execute function platform.refuse_change();
grant select on platform.instance to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table platform.idempotency (
  caller_id   uuid        not null,
  route       text        not null,
  key         text        not null,
  body_digest bytea       not null,
  outcome     text,
  result_id   uuid,
  created_at  timestamptz not null,
  primary key (caller_id, route, key)
);
comment on table platform.idempotency is 'What a repeated request is answered from: a code and an id, never a text. Kept 24 hours.';
comment on column platform.idempotency.caller_id is 'Verified contact, session that asks for a code, or member of staff: a key is worth nothing to anybody else.';
comment on column platform.idempotency.body_digest is 'Keyed HMAC of the canonical body; a plain hash would confirm a guessed CURP.';
comment on column platform.idempotency.outcome is 'Refusal code, accepted (a booking), held (places), code_sent or staff_added.';
comment on column platform.idempotency.result_id is 'The booking, the hold, the code or the member of staff that came of it; the answer is rendered again from it.';
create index idempotency_by_age on platform.idempotency (created_at);
grant select, insert, update on platform.idempotency to ventanilla_citizen_writer, ventanilla_console;
grant select, delete on platform.idempotency to ventanilla_worker;

create table platform.outbox (
  id         bigint      generated always as identity primary key,
  name       text        not null,
  office_id  text,
  subject_id uuid        not null,
  detail     jsonb       not null default '{}',
  created_at timestamptz not null,
  done_at    timestamptz,
  attempts   smallint    not null default 0,
  retry_at   timestamptz,
  error_code text
);
comment on table platform.outbox is 'Events, written in the transaction of what they announce. Ids and codes only.';
comment on column platform.outbox.name is 'module.thing_happened';
comment on column platform.outbox.detail is 'Codes and ids, never a text that a person typed.';
comment on column platform.outbox.done_at is 'When every reaction had run. Claimed with skip locked, never by "id > last seen": a lower id may commit later.';
comment on column platform.outbox.retry_at is 'UTC before which a failed event is left alone; each failure waits longer.';
comment on column platform.outbox.error_code is 'Code of the last failed reaction; never its message.';
create index outbox_waiting on platform.outbox (id) where done_at is null;
grant insert on platform.outbox to ventanilla_citizen_writer, ventanilla_console;
grant select, insert, update, delete on platform.outbox to ventanilla_worker;

create table platform.timetable_runs (
  task        text        not null,
  due_at      timestamptz not null,
  started_at  timestamptz,
  finished_at timestamptz,
  attempts    smallint    not null default 0,
  error_code  text,
  primary key (task, due_at)
);
comment on table platform.timetable_runs is 'Each due run of each task, once over all nodes.';
comment on column platform.timetable_runs.due_at is 'The instant of the timetable, not of the start.';
comment on column platform.timetable_runs.error_code is 'Code of the last failure; never its message.';
grant select, insert, update, delete on platform.timetable_runs to ventanilla_worker;

create table audit.entries (
  id         uuid        primary key,
  at         timestamptz not null,
  actor_kind text        not null check (actor_kind in ('citizen', 'staff', 'system')),
  actor_id   uuid,
  channel    text        not null,
  action     text        not null,
  purpose    text        not null,
  office_id  text,
  subject    bytea,
  count      integer     not null default 1
);
comment on table audit.entries is 'Every change and every read of a person''s file: codes and a pseudonym, never a typed text, URL or value. Insert only.';
comment on column audit.entries.subject is 'Keyed pseudonym of the booking or contact. Each year has its own key, which is destroyed when its entries need no longer name anybody.';
comment on column audit.entries.count is 'Number of files of a list view, which is one entry.';
create index entries_by_time on audit.entries (at);
create trigger entries_never_change before update or delete on audit.entries for each row execute function platform.refuse_change();
create trigger entries_are_never_emptied before truncate on audit.entries for each statement execute function platform.refuse_change();
grant insert on audit.entries to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker;
grant select on audit.entries to ventanilla_worker, ventanilla_report;

create table audit.chain (
  position bigint primary key check (position > 0),
  entry_id uuid   not null unique references audit.entries,
  hash     bytea  not null check (octet_length(hash) = 32)
);
comment on table audit.chain is 'hash(n) = SHA-256(hash(n-1), entry n): a single writer links entries in the minute after they are written. Insert only.';
create trigger chain_never_changes before update or delete on audit.chain for each row execute function platform.refuse_change();
create trigger chain_is_never_emptied before truncate on audit.chain for each statement execute function platform.refuse_change();
grant select, insert on audit.chain to ventanilla_worker;
grant select on audit.chain to ventanilla_report;
