-- The schema as the migrations leave it, for reading and for review. Made by: npm run db:dump
-- Roles and their passwords come from src/platform/db/migrate.ts; every object belongs to ventanilla_owner.

set check_function_bodies = false;

create schema platform;
comment on schema platform is 'Infrastructure rows that carry ids and codes only.';
grant usage on schema platform to ventanilla_citizen_reader;
grant usage on schema platform to ventanilla_citizen_writer;
grant usage on schema platform to ventanilla_console;
grant usage on schema platform to ventanilla_report;
grant usage on schema platform to ventanilla_worker;

create schema keyring;
comment on schema keyring is 'Wrapped keys. No foreign key points here, so that it can leave this cluster and its backups.';
grant usage on schema keyring to ventanilla_keyring;

create schema audit;
comment on schema audit is 'Who did what, for which purpose. Insert only.';
grant usage on schema audit to ventanilla_citizen_reader;
grant usage on schema audit to ventanilla_citizen_writer;
grant usage on schema audit to ventanilla_console;
grant usage on schema audit to ventanilla_report;
grant usage on schema audit to ventanilla_worker;

create schema offices;
comment on schema offices is 'The network''s reference data. No personal data.';
grant usage on schema offices to ventanilla_citizen_reader;
grant usage on schema offices to ventanilla_citizen_writer;
grant usage on schema offices to ventanilla_console;
grant usage on schema offices to ventanilla_report;
grant usage on schema offices to ventanilla_worker;

create schema people;
comment on schema people is 'Who asks and who works here. Personal data are sealed; look-ups go through keyed digests.';
grant usage on schema people to ventanilla_citizen_reader;
grant usage on schema people to ventanilla_citizen_writer;
grant usage on schema people to ventanilla_console;
grant usage on schema people to ventanilla_report;
grant usage on schema people to ventanilla_worker;

create schema schedules;
comment on schema schedules is 'Session templates, dated sessions, closures and places. No personal data.';
grant usage on schema schedules to ventanilla_citizen_reader;
grant usage on schema schedules to ventanilla_citizen_writer;
grant usage on schema schedules to ventanilla_console;
grant usage on schema schedules to ventanilla_report;
grant usage on schema schedules to ventanilla_worker;

create schema booking;
comment on schema booking is 'Bookings and appointments.';
grant usage on schema booking to ventanilla_citizen_reader;
grant usage on schema booking to ventanilla_citizen_writer;
grant usage on schema booking to ventanilla_console;
grant usage on schema booking to ventanilla_report;
grant usage on schema booking to ventanilla_worker;

create schema integrity;
comment on schema integrity is 'One person, one chance: identity, and what is done where it is doubted.';
grant usage on schema integrity to ventanilla_citizen_reader;
grant usage on schema integrity to ventanilla_citizen_writer;
grant usage on schema integrity to ventanilla_console;
grant usage on schema integrity to ventanilla_report;
grant usage on schema integrity to ventanilla_worker;

create schema emergencies;
comment on schema emergencies is 'Requests for urgent attention.';
grant usage on schema emergencies to ventanilla_citizen_reader;
grant usage on schema emergencies to ventanilla_citizen_writer;
grant usage on schema emergencies to ventanilla_console;
grant usage on schema emergencies to ventanilla_report;
grant usage on schema emergencies to ventanilla_worker;

create schema visits;
comment on schema visits is 'Arrivals, counters at work and outcomes. Ids and codes only.';
grant usage on schema visits to ventanilla_citizen_reader;
grant usage on schema visits to ventanilla_citizen_writer;
grant usage on schema visits to ventanilla_console;
grant usage on schema visits to ventanilla_report;
grant usage on schema visits to ventanilla_worker;

create schema issuing;
comment on schema issuing is 'Documents, fees, blank stock and the close of the day of an office. Ids, codes and numbers; no names and no card data.';
grant usage on schema issuing to ventanilla_console;
grant usage on schema issuing to ventanilla_worker;

create schema messaging;
comment on schema messaging is 'Outbound messages by id and kind.';
grant usage on schema messaging to ventanilla_citizen_writer;
grant usage on schema messaging to ventanilla_worker;

create schema room;
comment on schema room is 'Openings at which more come at once than can be seated: their log, their published documents, and the turns that were taken. Ids and keyed digests only; the contact''s id stands in the turns.';
grant usage on schema room to ventanilla_citizen_reader;
grant usage on schema room to ventanilla_citizen_writer;
grant usage on schema room to ventanilla_worker;

create schema allocation;
comment on schema allocation is 'Requests of households, draws, their papers and their results. What the draw reads names nobody; the link to a household stands in allocation.filings.';
grant usage on schema allocation to ventanilla_citizen_reader;
grant usage on schema allocation to ventanilla_citizen_writer;
grant usage on schema allocation to ventanilla_console;
grant usage on schema allocation to ventanilla_report;
grant usage on schema allocation to ventanilla_worker;

create schema adverts;
comment on schema adverts is 'Adverts that sell appointments, and what was done about them.';
grant usage on schema adverts to ventanilla_citizen_writer;
grant usage on schema adverts to ventanilla_console;
grant usage on schema adverts to ventanilla_worker;

create schema helpers;
comment on schema helpers is 'Registered helpers: who they are, how they sign in, whom they help at this moment, and what they may be proud of.';
grant usage on schema helpers to ventanilla_citizen_writer;
grant usage on schema helpers to ventanilla_console;
grant usage on schema helpers to ventanilla_worker;

create schema conversations;
comment on schema conversations is 'Conversations on channels that carry messages: where each stands, what came in and what is said.';
grant usage on schema conversations to ventanilla_citizen_writer;
grant usage on schema conversations to ventanilla_console;
grant usage on schema conversations to ventanilla_worker;

CREATE OR REPLACE FUNCTION platform.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% rows never change', tg_table_name using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION platform.shred_old()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  name text;
  was  bytea;
  now_ bytea;
begin
  foreach name in array tg_argv loop
    execute format('select ($1).%I', name) into was using old;
    if tg_op = 'UPDATE' then
      execute format('select ($1).%I', name) into now_ using new;
      continue when now_ is not distinct from was;
    end if;
    -- Format 2: key id, then the share; format 1 has none.
    if octet_length(was) > 37 and get_byte(was, 0) = 2 then
      insert into platform.shreds (share, asked_at) values (substr(was, 10, 10), pg_catalog.now()) on conflict do nothing;
    end if;
  end loop;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION schedules.hall_hours(office text, day date)
 RETURNS TABLE(opens_at timestamp with time zone, closes_at timestamp with time zone, counters integer)
 LANGUAGE sql
 STABLE
AS $function$
  select min(s.starts_at), max(s.ends_at), sum(s.counters)::integer from schedules.sessions s
  where s.office_id = office and s.local_date = day and s.state = 'open'
    and not exists (select from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null)
$function$;

CREATE OR REPLACE FUNCTION visits.walk_in_day(office text, day date)
 RETURNS TABLE(opens_at timestamp with time zone, closes_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  select case when h.opens_at is not null then greatest(h.opens_at, (day + w.opens) at time zone o.zone) end,
         case when h.opens_at is not null then least(h.closes_at, (day + w.closes) at time zone o.zone) end
  from schedules.hall_hours(office, day) h join offices.offices o on o.id = office left join visits.walk_in_hours w on w.office_id = office
$function$;

CREATE OR REPLACE FUNCTION allocation.keep_open(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select state = 'open' from allocation.draws where id = wanted for share
$function$;

CREATE OR REPLACE FUNCTION allocation.refuse_after_lock()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  -- First wait for whoever locks or files, then look: the second statement sees what the first one waited for.
  perform from allocation.draws d where d.id in (select draw_id from touched) for share;
  if exists (select from allocation.draws d where d.id in (select draw_id from touched) and d.state <> 'open') then
    raise exception 'the draw is locked' using errcode = 'VE001';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION allocation.refuse_with_outcomes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if (tg_op = 'DELETE' or new.id <> old.id) and exists (select from allocation.outcomes o where o.draw_id = old.id) then
    raise exception 'the draw has a result' using errcode = '23503';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION allocation.refuse_without_draw()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  -- The row is kept as a foreign key would keep it, until the transaction ends.
  perform from allocation.draws d where d.id in (select draw_id from touched) for key share;
  if exists (select from (select distinct draw_id from touched) t where not exists (select from allocation.draws d where d.id = t.draw_id)) then
    raise exception 'there is no such draw' using errcode = '23503';
  end if;
  return null;
end $function$;

create table platform.idempotency (
  caller_id uuid not null,
  route text not null,
  key text not null,
  body_digest bytea not null,
  outcome text,
  result_id uuid,
  created_at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (caller_id, route, key)
);
comment on table platform.idempotency is 'What a repeated request is answered from: a code and an id, never a text. Kept 24 hours.';
comment on column platform.idempotency.caller_id is 'Verified contact, session that asks for a code, or member of staff: a key is worth nothing to anybody else.';
comment on column platform.idempotency.body_digest is 'Keyed HMAC of the canonical body; a plain hash would confirm a guessed CURP.';
comment on column platform.idempotency.outcome is 'Refusal code, accepted (a booking), held (places), code_sent or staff_added.';
comment on column platform.idempotency.result_id is 'The booking, the hold, the code or the member of staff that came of it; the answer is rendered again from it.';
CREATE INDEX idempotency_by_age ON platform.idempotency USING btree (created_at);
grant select, insert, update on platform.idempotency to ventanilla_citizen_writer;
grant select, insert, update on platform.idempotency to ventanilla_console;
grant select, delete on platform.idempotency to ventanilla_worker;

create table platform.instance (
  kind text not null,
  id uuid not null default gen_random_uuid(),
  created_at timestamp with time zone not null default now(),
  constraint instance_kind_check CHECK ((kind = ANY (ARRAY['demo'::text, 'live'::text])))
);
comment on table platform.instance is 'One row, for ever: whether this database holds invented or real people.';
comment on column platform.instance.kind is 'demo or live; never changes, each entry of the program refuses the other kind.';
CREATE UNIQUE INDEX instance_is_one ON platform.instance USING btree ((true));
CREATE TRIGGER instance_is_never_emptied BEFORE TRUNCATE ON platform.instance FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER instance_never_changes BEFORE DELETE OR UPDATE ON platform.instance FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
grant select on platform.instance to ventanilla_citizen_reader;
grant select on platform.instance to ventanilla_citizen_writer;
grant select on platform.instance to ventanilla_console;
grant select on platform.instance to ventanilla_report;
grant select on platform.instance to ventanilla_worker;

create unlogged table platform.limits (
  rule text not null,
  key uuid not null,
  tat timestamp with time zone,
  constraint limits_pkey PRIMARY KEY (rule, key),
  constraint limits_rule_check CHECK ((rule ~ '^[a-z_]{1,40}$'::text))
) with (fillfactor=70);
comment on table platform.limits is 'Budgets that were taken from. Unlogged: after a crash they are full again, which harms nobody, and taking one writes no log.';
comment on column platform.limits.rule is 'Name of the limit in src/platform/limits/table.ts.';
comment on column platform.limits.key is 'Id of the contact, member of staff or kiosk whose budget it is; never an address of the network.';
comment on column platform.limits.tat is 'UTC at which the budget is full again; a row whose instant has passed is deleted within an hour.';
grant select, insert, update on platform.limits to ventanilla_citizen_writer;
grant select, delete on platform.limits to ventanilla_worker;

create table platform.migrations (
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);
comment on table platform.migrations is 'Migrations that ran, with the hash of their text.';

create table platform.outbox (
  id bigint not null generated always as identity,
  name text not null,
  office_id text,
  subject_id uuid not null,
  detail jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  done_at timestamp with time zone,
  attempts smallint not null default 0,
  retry_at timestamp with time zone,
  error_code text,
  constraint outbox_pkey PRIMARY KEY (id)
);
comment on table platform.outbox is 'Events, written in the transaction of what they announce. Ids and codes only.';
comment on column platform.outbox.name is 'module.thing_happened';
comment on column platform.outbox.detail is 'Codes and ids, never a text that a person typed.';
comment on column platform.outbox.done_at is 'When every reaction had run. Claimed with skip locked, never by "id > last seen": a lower id may commit later.';
comment on column platform.outbox.retry_at is 'UTC before which a failed event is left alone; each failure waits longer.';
comment on column platform.outbox.error_code is 'Code of the last failed reaction; never its message.';
CREATE INDEX outbox_waiting ON platform.outbox USING btree (id) WHERE (done_at IS NULL);
grant insert on platform.outbox to ventanilla_citizen_writer;
grant insert on platform.outbox to ventanilla_console;
grant select, insert, update, delete on platform.outbox to ventanilla_worker;

create table platform.shreds (
  share bytea not null,
  asked_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint shreds_pkey PRIMARY KEY (share),
  constraint shreds_share_check CHECK ((octet_length(share) = 10))
);
comment on table platform.shreds is 'Shares of keys that are to be destroyed, and those that were within the last 8 days: what a restored keyring must destroy again.';
comment on column platform.shreds.share is 'Block and number of the share in keyring.shares, as the blob that is gone named it.';
comment on column platform.shreds.asked_at is 'UTC at which the record was deleted or sealed anew.';
comment on column platform.shreds.done_at is 'UTC at which the keyring destroyed it; empty until then.';
grant insert on platform.shreds to ventanilla_citizen_writer;
grant insert on platform.shreds to ventanilla_console;
grant select, insert, update, delete on platform.shreds to ventanilla_worker;

create table platform.timetable_runs (
  task text not null,
  due_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  attempts smallint not null default 0,
  error_code text,
  constraint timetable_runs_pkey PRIMARY KEY (task, due_at)
);
comment on table platform.timetable_runs is 'Each due run of each task, once over all nodes.';
comment on column platform.timetable_runs.due_at is 'The instant of the timetable, not of the start.';
comment on column platform.timetable_runs.error_code is 'Code of the last failure; never its message.';
grant select, insert, update, delete on platform.timetable_runs to ventanilla_worker;

create table keyring.keys (
  id bytea not null,
  name text not null,
  version smallint not null default 1,
  wrapped bytea not null,
  wrapped_by bytea not null,
  created_at timestamp with time zone not null,
  destroy_after date,
  constraint keys_pkey PRIMARY KEY (id),
  constraint keys_name_version_key UNIQUE (name, version),
  constraint keys_id_check CHECK ((octet_length(id) = 8))
);
comment on table keyring.keys is 'Secrets, each wrapped by another or by the root key. Destroying a month''s key makes everything under it unreadable, backups included.';
comment on column keyring.keys.id is '8 random bytes, written into every blob that the key sealed.';
comment on column keyring.keys.name is 'Purpose: digest:<column>, digest:<column>:<year>, sign:<purpose>, month:<YYYY-MM>, day:<office>:<date>, draft:<date>.';
comment on column keyring.keys.version is 'During a rotation two versions live; every digest is written and looked up under both.';
comment on column keyring.keys.wrapped is 'AES-256-GCM of the 32 secret bytes under the key named in wrapped_by.';
comment on column keyring.keys.destroy_after is 'The day on which retention deletes the row.';
grant select, insert, delete on keyring.keys to ventanilla_keyring;

create table keyring.migrations (
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);
comment on table keyring.migrations is 'Migrations of the keyring that ran, with the hash of their text.';

create table keyring.shares (
  id bytea not null,
  shares bytea not null,
  made_at timestamp with time zone not null,
  destroy_after date not null,
  constraint shares_pkey PRIMARY KEY (id),
  constraint shares_id_check CHECK ((octet_length(id) = 8)),
  constraint shares_shares_check CHECK ((octet_length(shares) = 16384))
);
comment on table keyring.shares is 'Blocks of 1,024 random shares of 16 bytes. The key of a record derives from its day''s key and its share; a share of zeros is destroyed.';
comment on column keyring.shares.id is '8 random bytes; with the number of the share (2 bytes) written into the blob that it helped to seal.';
comment on column keyring.shares.made_at is 'UTC.';
comment on column keyring.shares.destroy_after is 'The day on which retention deletes the block, as the keys of the records in it.';
grant select, insert, update, delete on keyring.shares to ventanilla_keyring;

create table audit.chain (
  "position" bigint not null,
  entry_id uuid not null,
  hash bytea not null,
  constraint chain_pkey PRIMARY KEY ("position"),
  constraint chain_entry_id_key UNIQUE (entry_id),
  constraint chain_hash_check CHECK ((octet_length(hash) = 32)),
  constraint chain_position_check CHECK (("position" > 0))
);
comment on table audit.chain is 'hash(n) = SHA-256(hash(n-1), entry n): a single writer links entries in the minute after they are written. Insert only.';
CREATE TRIGGER chain_is_never_emptied BEFORE TRUNCATE ON audit.chain FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER chain_never_changes BEFORE DELETE OR UPDATE ON audit.chain FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
grant select on audit.chain to ventanilla_report;
grant select, insert on audit.chain to ventanilla_worker;

create table audit.entries (
  id uuid not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  channel text not null,
  action text not null,
  purpose text not null,
  office_id text,
  subject bytea,
  count integer not null default 1,
  constraint entries_pkey PRIMARY KEY (id),
  constraint entries_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['citizen'::text, 'staff'::text, 'system'::text])))
);
comment on table audit.entries is 'Every change and every read of a person''s file: codes and a pseudonym, never a typed text, URL or value. Insert only.';
comment on column audit.entries.subject is 'Keyed pseudonym of the booking or contact. Each year has its own key, which is destroyed when its entries need no longer name anybody.';
comment on column audit.entries.count is 'Number of files of a list view, which is one entry.';
CREATE INDEX entries_by_subject ON audit.entries USING btree (subject, at) WHERE (subject IS NOT NULL);
CREATE INDEX entries_by_time ON audit.entries USING btree (at);
CREATE TRIGGER entries_are_never_emptied BEFORE TRUNCATE ON audit.entries FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER entries_never_change BEFORE DELETE OR UPDATE ON audit.entries FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
alter table audit.entries enable row level security;
alter table audit.entries force row level security;
grant select (action, actor_id, actor_kind, at, office_id, purpose, subject), insert on audit.entries to ventanilla_citizen_reader;
grant insert on audit.entries to ventanilla_citizen_writer;
grant insert on audit.entries to ventanilla_console;
grant select on audit.entries to ventanilla_report;
grant select, insert on audit.entries to ventanilla_worker;

create table audit.heads (
  at timestamp with time zone not null,
  "position" bigint not null,
  hash bytea not null,
  signature bytea not null,
  constraint heads_pkey PRIMARY KEY (at),
  constraint heads_position_key UNIQUE ("position"),
  constraint heads_hash_check CHECK ((octet_length(hash) = 32)),
  constraint heads_signature_check CHECK ((octet_length(signature) = 64))
);
comment on table audit.heads is 'The end of the chain at each full hour, signed and published. Insert only. Whoever rewrites the chain cannot rewrite the copies that others kept.';
comment on column audit.heads.at is 'UTC of signing.';
comment on column audit.heads."position" is 'Not published: how much is done in an hour is nobody''s business.';
comment on column audit.heads.signature is 'Ed25519, over the text that platform/audit-heads.ts writes of time and hash.';
CREATE TRIGGER heads_are_never_emptied BEFORE TRUNCATE ON audit.heads FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER heads_never_change BEFORE DELETE OR UPDATE ON audit.heads FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
grant select on audit.heads to ventanilla_report;
grant select, insert on audit.heads to ventanilla_worker;

create table offices.catalogues (
  name text not null,
  content jsonb not null,
  loaded_at timestamp with time zone not null,
  constraint catalogues_pkey PRIMARY KEY (name),
  constraint catalogues_name_check CHECK ((name = ANY (ARRAY['planning'::text, 'checklist'::text, 'chains'::text, 'lines'::text])))
);
comment on table offices.catalogues is 'Lists of db/reference that are read whole: planning defaults, checklist questions, chains of services, national telephone lines.';
comment on column offices.catalogues.loaded_at is 'When db/reference was last brought in, all of it in one transaction.';
grant select on offices.catalogues to ventanilla_citizen_reader;
grant select on offices.catalogues to ventanilla_citizen_writer;
grant select on offices.catalogues to ventanilla_console;
grant select on offices.catalogues to ventanilla_report;
grant select on offices.catalogues to ventanilla_worker;

create table offices.facts (
  office_id text not null,
  field text not null,
  value jsonb not null,
  level text not null,
  source text not null,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  due_at timestamp with time zone,
  constraint facts_pkey PRIMARY KEY (office_id, field),
  constraint facts_level_check CHECK ((level = ANY (ARRAY['confirmed'::text, 'page'::text, 'partial'::text, 'community_file'::text, 'memory'::text, 'invented'::text])))
);
comment on table offices.facts is 'What the public is told of an office, field by field, each with how far it can be trusted.';
comment on column offices.facts.field is 'address, phone, email, hours:<service group>, payment_means, duty_line, parking, bus, bring_in, lunch_closing.';
comment on column offices.facts.level is 'memory and community_file are never shown to the public as fact; invented exists in demo databases only.';
comment on column offices.facts.confirmed_by is 'Member of staff who confirmed the field.';
comment on column offices.facts.confirmed_at is 'UTC at which staff last confirmed it; empty for what only the files say.';
comment on column offices.facts.due_at is 'When the field must be confirmed again: 180 days after the last time.';
grant select on offices.facts to ventanilla_citizen_reader;
grant select on offices.facts to ventanilla_citizen_writer;
grant select, insert, update on offices.facts to ventanilla_console;
grant select on offices.facts to ventanilla_report;
grant select on offices.facts to ventanilla_worker;

create table offices.holidays (
  calendar text not null,
  on_date date not null,
  id text not null,
  name_es text not null,
  name_en text not null,
  constraint holidays_pkey PRIMARY KEY (calendar, on_date, id)
);
comment on table offices.holidays is 'Rest days of Mexico and of the host countries; an office closes on those of its two calendars.';
grant select on offices.holidays to ventanilla_citizen_reader;
grant select on offices.holidays to ventanilla_citizen_writer;
grant select on offices.holidays to ventanilla_console;
grant select on offices.holidays to ventanilla_report;
grant select on offices.holidays to ventanilla_worker;

create table offices.jurisdictions (
  office_id text not null,
  area text not null,
  extent text not null,
  detail text,
  level text not null,
  source text not null,
  valid_from date not null,
  valid_to date,
  constraint jurisdictions_pkey PRIMARY KEY (office_id, area, valid_from),
  constraint it_ends_after_it_begins CHECK ((valid_to >= valid_from)),
  constraint jurisdictions_extent_check CHECK ((extent = ANY (ARRAY['whole'::text, 'part'::text]))),
  constraint jurisdictions_level_check CHECK ((level = ANY (ARRAY['confirmed'::text, 'page'::text, 'partial'::text, 'memory'::text])))
);
comment on table offices.jurisdictions is 'Which office serves which state or province, and since when. It suggests an office; it never blocks a booking.';
comment on column offices.jurisdictions.area is 'Postal code of the state or province: TX, QC.';
comment on column offices.jurisdictions.extent is 'whole, or part when the state is shared; detail then keeps the counties as the source names them.';
comment on column offices.jurisdictions.detail is 'Counties of a part; empty for a whole state.';
comment on column offices.jurisdictions.level is 'How far it can be trusted, as in offices.facts.';
comment on column offices.jurisdictions.valid_to is 'Last day; empty while it holds.';
grant select on offices.jurisdictions to ventanilla_citizen_reader;
grant select on offices.jurisdictions to ventanilla_citizen_writer;
grant select on offices.jurisdictions to ventanilla_console;
grant select on offices.jurisdictions to ventanilla_report;
grant select on offices.jurisdictions to ventanilla_worker;

create table offices.offices (
  id text not null,
  zone text not null,
  country text not null,
  lat double precision not null,
  lng double precision not null,
  valid_from date not null default '2022-03-01'::date,
  valid_to date,
  detail jsonb not null,
  constraint offices_pkey PRIMARY KEY (id)
);
comment on table offices.offices is 'Consular offices of the network.';
comment on column offices.offices.zone is 'IANA zone in which the office''s calendar is kept.';
comment on column offices.offices.lat is 'Degrees north, about 0.01 exact: good for distance, not for a map pin.';
comment on column offices.offices.lng is 'Degrees east.';
comment on column offices.offices.valid_to is 'Last day of an office that closed or moved; empty while it is open.';
comment on column offices.offices.detail is 'Names, type, city and state as in db/reference/offices.json.';
grant select on offices.offices to ventanilla_citizen_reader;
grant select on offices.offices to ventanilla_citizen_writer;
grant select on offices.offices to ventanilla_console;
grant select on offices.offices to ventanilla_report;
grant select on offices.offices to ventanilla_worker;

create table offices.services (
  slug text not null,
  service_group text not null,
  claim_scope text not null,
  minutes smallint not null,
  "position" smallint not null,
  detail jsonb not null,
  constraint services_pkey PRIMARY KEY (slug),
  constraint services_minutes_check CHECK (((minutes >= 1) AND (minutes <= 240)))
);
comment on table offices.services is 'The catalogue of services with requirements and fees by year.';
comment on column offices.services.claim_scope is 'One counting appointment per person and scope over the whole network; variants of one document share a scope.';
comment on column offices.services.minutes is 'Planned minutes at a counter for one person. A planning assumption.';
comment on column offices.services.detail is 'Texts, requirements, fees, rules and sources as in db/reference/services.json.';
grant select on offices.services to ventanilla_citizen_reader;
grant select on offices.services to ventanilla_citizen_writer;
grant select on offices.services to ventanilla_console;
grant select on offices.services to ventanilla_report;
grant select on offices.services to ventanilla_worker;

create table people.account_contacts (
  account_id uuid not null,
  contact_id uuid not null,
  id uuid not null,
  joined_at timestamp with time zone not null,
  constraint account_contacts_pkey PRIMARY KEY (account_id, contact_id),
  constraint account_contacts_id_key UNIQUE (id)
);
comment on table people.account_contacts is 'Contacts that whoever holds the card has proved. One telephone may stand with the cards of several households.';
comment on column people.account_contacts.id is 'Stands in the link by which whoever was told of it takes it back.';
comment on column people.account_contacts.joined_at is 'UTC. Beside an older contact it may be written to 72 hours later.';
CREATE INDEX account_contacts_by_contact ON people.account_contacts USING btree (contact_id);
alter table people.account_contacts enable row level security;
alter table people.account_contacts force row level security;
grant select on people.account_contacts to ventanilla_citizen_reader;
grant select, insert, delete on people.account_contacts to ventanilla_citizen_writer;
grant select on people.account_contacts to ventanilla_worker;

create table people.account_passkeys (
  credential_id text not null,
  account_id uuid not null,
  id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  challenge_until timestamp with time zone,
  constraint account_passkeys_pkey PRIMARY KEY (credential_id),
  constraint account_passkeys_id_key UNIQUE (id)
);
comment on table people.account_passkeys is 'WebAuthn credentials of citizens.';
comment on column people.account_passkeys.counter is 'Signature counter of the authenticator; one that falls is a copy.';
comment on column people.account_passkeys.last_used_at is 'UTC of the last sign-in; empty before the first.';
comment on column people.account_passkeys.challenge_until is 'UTC at which the last answered challenge ends. One that ends no later was answered already, or is older.';
CREATE INDEX account_passkeys_by_account ON people.account_passkeys USING btree (account_id);
alter table people.account_passkeys enable row level security;
alter table people.account_passkeys force row level security;
grant select (account_id, created_at, credential_id, id, last_used_at, transports) on people.account_passkeys to ventanilla_citizen_reader;
grant select, insert, update (challenge_until, counter, last_used_at), delete on people.account_passkeys to ventanilla_citizen_writer;

create table people.card_tries (
  digest bytea not null,
  attempts smallint not null,
  locked_until timestamp with time zone,
  last_at timestamp with time zone not null,
  constraint card_tries_pkey PRIMARY KEY (digest)
);
comment on table people.card_tries is 'Wrong PINs by presented folio, whether such a card exists or not: the lock betrays nothing.';
comment on column people.card_tries.digest is 'Keyed digest of the folio as typed.';
comment on column people.card_tries.attempts is 'Wrong PINs since the last right one; five lock for 15 minutes.';
comment on column people.card_tries.locked_until is 'UTC. Until then not even the right PIN opens.';
comment on column people.card_tries.last_at is 'UTC of the last try; retention counts from it.';
grant select, insert, update, delete on people.card_tries to ventanilla_citizen_writer;
grant select, delete on people.card_tries to ventanilla_worker;

create table people.cards (
  contact_id uuid not null,
  pin_hash text not null,
  issued_by uuid,
  office_id text,
  issued_at timestamp with time zone not null,
  made_with text,
  writes_to uuid,
  made_from uuid,
  constraint cards_pkey PRIMARY KEY (contact_id),
  constraint cards_made_with_check CHECK ((made_with = ANY (ARRAY['email'::text, 'sms'::text, 'voice'::text])))
);
comment on table people.cards is 'Cards: a folio (a row of contact_keys) and a six-digit PIN, given at a counter, read out by an agent, or made by oneself as an account.';
comment on column people.cards.pin_hash is 'scrypt with its salt and cost.';
comment on column people.cards.issued_by is 'The member of staff who gave the card.';
comment on column people.cards.office_id is 'Where it was given; empty when the member of staff belongs to no office.';
comment on column people.cards.issued_at is 'UTC.';
comment on column people.cards.made_with is 'Way of the contact with which somebody made it by herself; empty for a card that the staff gave. Such a card is worth what that contact is worth.';
comment on column people.cards.writes_to is 'The safe contact: what there is to say to this card is sent there, and nowhere else. Empty: nothing is sent.';
comment on column people.cards.made_from is 'Contact with which somebody made it by herself. Taking that contact off gives it no other account.';
CREATE INDEX cards_by_maker ON people.cards USING btree (made_from) WHERE (made_from IS NOT NULL);
CREATE INDEX cards_by_writing ON people.cards USING btree (writes_to) WHERE (writes_to IS NOT NULL);
alter table people.cards enable row level security;
alter table people.cards force row level security;
grant select (contact_id, writes_to) on people.cards to ventanilla_citizen_reader;
grant select, insert (contact_id, issued_at, made_from, made_with, pin_hash, writes_to), update (pin_hash, writes_to) on people.cards to ventanilla_citizen_writer;
grant insert on people.cards to ventanilla_console;
grant select, update, delete on people.cards to ventanilla_worker;

create table people.codes (
  id uuid not null,
  session_id uuid not null,
  contact_id uuid not null,
  kind text not null,
  language text not null,
  familiar boolean not null,
  withheld boolean not null,
  attempts smallint not null default 0,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint codes_pkey PRIMARY KEY (id),
  constraint codes_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'sms'::text, 'voice'::text])))
);
comment on table people.codes is 'One-time codes. The six digits are a keyed function of the id and stand nowhere.';
comment on column people.codes.session_id is 'No foreign key: the row outlives its session, because the limits of the day are counted from it.';
comment on column people.codes.kind is 'How this code is delivered; the contact''s own way changes only once the code was typed.';
comment on column people.codes.familiar is 'The session had verified this contact before: such codes have a budget of their own.';
comment on column people.codes.withheld is 'Not sent and never right: the strangers'' budget of this contact was used up. The answer told nobody.';
comment on column people.codes.attempts is 'Wrong tries; five end the code.';
comment on column people.codes.expires_at is 'UTC, ten minutes after it was made. From then on not even the right digits open.';
comment on column people.codes.used_at is 'UTC at which the right digits were typed: a code opens once.';
CREATE INDEX codes_by_age ON people.codes USING btree (created_at);
CREATE INDEX codes_by_contact ON people.codes USING btree (contact_id, created_at);
CREATE INDEX codes_by_session ON people.codes USING btree (session_id, created_at);
grant select, insert, update on people.codes to ventanilla_citizen_writer;
grant select, update, delete on people.codes to ventanilla_worker;

create table people.contact_keys (
  digest bytea not null,
  kind text not null,
  contact_id uuid not null,
  version smallint not null,
  constraint contact_keys_pkey PRIMARY KEY (digest, kind)
);
comment on table people.contact_keys is 'Keyed digest of an address or number, by which it is found again; during a rotation a row for each version.';
CREATE INDEX contact_keys_by_contact ON people.contact_keys USING btree (contact_id);
grant select, insert on people.contact_keys to ventanilla_citizen_writer;
grant insert on people.contact_keys to ventanilla_console;
grant select, insert, update, delete on people.contact_keys to ventanilla_worker;

create table people.contacts (
  id uuid not null,
  kind text not null,
  sealed bytea,
  seal_ends date,
  language text not null default 'es'::text,
  verified_at timestamp with time zone,
  created_at timestamp with time zone not null,
  erase_after date not null,
  constraint contacts_pkey PRIMARY KEY (id),
  constraint a_seal_has_an_end CHECK (((sealed IS NULL) OR (seal_ends IS NOT NULL))),
  constraint contacts_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'sms'::text, 'voice'::text, 'card'::text, 'whatsapp'::text])))
);
comment on table people.contacts is 'A way to reach whoever books. A paper card is a full substitute.';
comment on column people.contacts.sealed is 'Personal: the address or number, sealed (field people.contact). Empty for a card.';
comment on column people.contacts.seal_ends is 'Last day of the key under which the address is sealed. A contact that is kept longer is sealed anew before.';
comment on column people.contacts.verified_at is 'UTC of the last code or PIN typed right; empty until the first.';
comment on column people.contacts.erase_after is 'The day after which retention deletes the row.';
CREATE INDEX contacts_by_erasure ON people.contacts USING btree (erase_after);
CREATE INDEX contacts_to_seal_anew ON people.contacts USING btree (id) WHERE (erase_after > seal_ends);
alter table people.contacts enable row level security;
alter table people.contacts force row level security;
grant select (created_at, erase_after, id, kind, language, seal_ends, verified_at), insert, update (erase_after, kind, language, seal_ends, sealed, verified_at) on people.contacts to ventanilla_citizen_writer;
grant insert on people.contacts to ventanilla_console;
grant select, update, delete on people.contacts to ventanilla_worker;

create table people.enrolments (
  token_digest bytea not null,
  staff_id uuid not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint enrolments_pkey PRIMARY KEY (token_digest)
);
comment on table people.enrolments is 'One-time links by which a member of staff registers a passkey.';
comment on column people.enrolments.token_digest is 'SHA-256 of the link''s token.';
comment on column people.enrolments.expires_at is 'UTC, 24 hours after it was given.';
comment on column people.enrolments.used_at is 'UTC at which a passkey was registered by it: a link works once.';
grant select, insert, update on people.enrolments to ventanilla_console;
grant select, delete on people.enrolments to ventanilla_worker;

create table people.passkeys (
  credential_id text not null,
  staff_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkeys_pkey PRIMARY KEY (credential_id)
);
comment on table people.passkeys is 'WebAuthn credentials of staff. There is no password.';
comment on column people.passkeys.counter is 'Signature counter of the authenticator; one that falls is a copy.';
comment on column people.passkeys.last_used_at is 'UTC of the last sign-in; empty before the first.';
grant select, insert, update on people.passkeys to ventanilla_console;

create table people.presences (
  id uuid not null,
  office_id text not null,
  staff_id uuid not null,
  shown text not null,
  contact_id uuid,
  second_id uuid,
  challenge_digest bytea,
  shown_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  used_for text,
  constraint presences_pkey PRIMARY KEY (id),
  constraint presences_challenge_digest_key UNIQUE (challenge_digest),
  constraint a_second_is_another CHECK ((second_id IS DISTINCT FROM staff_id)),
  constraint a_second_or_a_contact CHECK ((((shown = 'second'::text) = (second_id IS NOT NULL)) AND ((shown <> 'second'::text) OR (contact_id IS NULL)))),
  constraint presences_shown_check CHECK ((shown = ANY (ARRAY['code'::text, 'card'::text, 'second'::text]))),
  constraint presences_used_for_check CHECK ((used_for = ANY (ARRAY['date'::text, 'name'::text]))),
  constraint used_for_something CHECK (((used_at IS NULL) = (used_for IS NULL)))
);
comment on table people.presences is 'That a citizen stood at a desk, shown by her live code, by the PIN of her card, or by the word of a second member of staff. A date is booked by the desk only with one.';
comment on column people.presences.contact_id is 'Whose code or card it was: the date is booked on it. Goes with the contact.';
comment on column people.presences.second_id is 'Who attested it with a touch of her own passkey.';
comment on column people.presences.challenge_digest is 'SHA-256 of the challenge that the second person answered: one answer attests once.';
comment on column people.presences.shown_at is 'UTC.';
comment on column people.presences.expires_at is 'UTC, fifteen minutes later: time to choose a date, and no more.';
comment on column people.presences.used_at is 'UTC. One serves once.';
comment on column people.presences.used_for is 'A date that a desk gave, or a name that was put right by more than a slip of the pen: a colleague looked at the paper too.';
CREATE INDEX presences_by_day ON people.presences USING btree (shown_at);
alter table people.presences enable row level security;
alter table people.presences force row level security;
grant select, insert, update (used_at, used_for) on people.presences to ventanilla_console;
grant select (office_id, shown, used_at, used_for) on people.presences to ventanilla_report;
grant select, update (contact_id), delete on people.presences to ventanilla_worker;

create table people.releases (
  id uuid not null,
  kind text not null,
  month date,
  subject bytea,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  first_id uuid,
  first_at timestamp with time zone,
  second_id uuid,
  second_at timestamp with time zone,
  used_at timestamp with time zone,
  reason text,
  constraint releases_pkey PRIMARY KEY (id),
  constraint about_its_kind CHECK ((((kind = 'counts'::text) = (month IS NOT NULL)) AND ((kind = 'disclosure'::text) = (subject IS NOT NULL)))),
  constraint first_before_second CHECK ((((first_id IS NULL) = (first_at IS NULL)) AND ((second_id IS NULL) = (second_at IS NULL)) AND ((second_id IS NULL) OR (first_id IS NOT NULL)))),
  constraint releases_check CHECK ((((reason = ANY (ARRAY['planning'::text, 'transparency'::text, 'audit'::text])) AND (kind = 'counts'::text)) OR ((reason = ANY (ARRAY['court_order'::text, 'agency_request'::text, 'own_request'::text])) AND (kind = 'disclosure'::text)))),
  constraint releases_kind_check CHECK ((kind = ANY (ARRAY['counts'::text, 'disclosure'::text]))),
  constraint releases_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  constraint two_are_two CHECK (((second_id IS DISTINCT FROM first_id) OR (second_id IS NULL))),
  constraint used_with_two CHECK (((used_at IS NULL) OR (second_id IS NOT NULL)))
);
comment on table people.releases is 'What is to leave the house: counts of a month, or the answer about a telephone. Each is signed by two people and serves once.';
comment on column people.releases.kind is 'counts: a month of all offices, small ones left out. disclosure: what could be produced about one telephone.';
comment on column people.releases.month is 'First day of the month of the counts.';
comment on column people.releases.subject is 'Keyed digest of the telephone (digest contact): who signs sees that it is one, not which.';
comment on column people.releases.asked_at is 'UTC. The row is deleted 400 days after.';
comment on column people.releases.expires_at is 'UTC, 24 hours after it was asked for: from then on nobody signs it or takes it away.';
comment on column people.releases.first_id is 'Who signed first, with a touch of her passkey.';
comment on column people.releases.first_at is 'UTC.';
comment on column people.releases.second_id is 'Who signed too: never the same person.';
comment on column people.releases.second_at is 'UTC.';
comment on column people.releases.used_at is 'UTC at which it was taken away: once.';
comment on column people.releases.reason is 'Why it was asked for, of a closed list for its kind: nothing that anybody typed. Empty for what is older than the list.';
CREATE INDEX releases_by_age ON people.releases USING btree (asked_at, id);
CREATE INDEX releases_by_day ON people.releases USING btree (asked_at);
alter table people.releases enable row level security;
alter table people.releases force row level security;
grant select (asked_at, expires_at, first_at, first_id, id, kind, month, reason, second_at, second_id, used_at), insert, update (first_at, first_id, second_at, second_id, used_at) on people.releases to ventanilla_console;
grant select, insert, update (used_at), delete on people.releases to ventanilla_worker;

create table people.sessions (
  token_digest bytea not null,
  id uuid not null,
  contact_id uuid,
  contact_kind text,
  language text not null default 'es'::text,
  channel text not null,
  created_at timestamp with time zone not null,
  verified_at timestamp with time zone,
  verified_until timestamp with time zone,
  expires_at timestamp with time zone not null,
  ends_by timestamp with time zone,
  constraint sessions_pkey PRIMARY KEY (token_digest),
  constraint sessions_id_key UNIQUE (id),
  constraint verified_whole CHECK ((num_nonnulls(contact_id, contact_kind, verified_at, verified_until) = ANY (ARRAY[0, 4])))
);
comment on table people.sessions is 'A visitor''s browser or call; verified once its contact typed the code or the card''s PIN.';
comment on column people.sessions.token_digest is 'SHA-256 of the 256-bit cookie; the cookie itself is stored nowhere.';
comment on column people.sessions.contact_kind is 'How the contact was verified; here too, so that the hot read needs no other table.';
comment on column people.sessions.verified_at is 'UTC at which the code or PIN was typed. Verification ends at most twelve hours later.';
comment on column people.sessions.verified_until is 'Moves with use. After it the session only remembers which contact it knew, for the budget of codes.';
comment on column people.sessions.expires_at is 'UTC, from then on the cookie opens nothing: twelve hours after it was given, thirty days after it was verified.';
comment on column people.sessions.ends_by is 'UTC. Set for a visit in a helper''s browser: it is over then, also when a contact was verified in it. Empty for every other.';
CREATE INDEX sessions_by_contact ON people.sessions USING btree (contact_id);
CREATE INDEX sessions_by_expiry ON people.sessions USING btree (expires_at);
alter table people.sessions enable row level security;
alter table people.sessions force row level security;
grant select on people.sessions to ventanilla_citizen_reader;
grant select, insert, update on people.sessions to ventanilla_citizen_writer;
grant select, update, delete on people.sessions to ventanilla_worker;

create table people.staff (
  id uuid not null,
  office_id text,
  role text not null,
  name text not null,
  active boolean not null default true,
  created_at timestamp with time zone not null,
  constraint staff_pkey PRIMARY KEY (id),
  constraint office_roles_have_an_office CHECK (((role = ANY (ARRAY['hq'::text, 'analyst'::text, 'agent'::text, 'admin'::text])) OR (office_id IS NOT NULL))),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['clerk'::text, 'door'::text, 'supervisor'::text, 'office_head'::text, 'hq'::text, 'analyst'::text, 'agent'::text, 'admin'::text])))
);
comment on table people.staff is 'Members of staff.';
comment on column people.staff.name is 'Personal: the name that colleagues see.';
alter table people.staff enable row level security;
alter table people.staff force row level security;
grant select (id, role) on people.staff to ventanilla_citizen_reader;
grant select (active, id, name, office_id, role), insert, update (active) on people.staff to ventanilla_console;
grant select (active, id, role) on people.staff to ventanilla_worker;

create table people.staff_sessions (
  token_digest bytea not null,
  staff_id uuid not null,
  challenge_digest bytea,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  touched_at timestamp with time zone not null,
  constraint staff_sessions_pkey PRIMARY KEY (token_digest),
  constraint staff_sessions_challenge_digest_key UNIQUE (challenge_digest)
);
comment on table people.staff_sessions is 'Signed-in staff; ends at once when the person is deactivated.';
comment on column people.staff_sessions.token_digest is 'SHA-256 of the cookie.';
comment on column people.staff_sessions.challenge_digest is 'SHA-256 of the signed challenge: one challenge opens one session.';
comment on column people.staff_sessions.expires_at is 'UTC, twelve hours after signing in.';
comment on column people.staff_sessions.ended_at is 'UTC at which it was ended before its time, by signing out or by deactivation.';
comment on column people.staff_sessions.touched_at is 'UTC of the last touch of the passkey. Acts that reach far (people.policy) ask for one of the last five minutes.';
CREATE INDEX staff_sessions_by_staff ON people.staff_sessions USING btree (staff_id);
grant select, insert, update on people.staff_sessions to ventanilla_console;
grant select, delete on people.staff_sessions to ventanilla_worker;

create table schedules.circuits (
  id uuid not null,
  office_id text not null,
  name text not null,
  made_at timestamp with time zone not null,
  constraint circuits_pkey PRIMARY KEY (id),
  constraint circuits_name_check CHECK (((length(name) >= 3) AND (length(name) <= 60)))
);
comment on table schedules.circuits is 'Routes of a consulate on wheels: special days at several venues that were planned together.';
comment on column schedules.circuits.made_at is 'UTC.';
grant select, insert, update on schedules.circuits to ventanilla_console;

create table schedules.closing_offices (
  closing_id uuid not null,
  office_id text not null,
  state text not null default 'due'::text,
  parties integer,
  constraint closing_offices_pkey PRIMARY KEY (closing_id, office_id),
  constraint closed_counts CHECK (((state <> ALL (ARRAY['closed'::text, 'reopened'::text])) OR (parties IS NOT NULL))),
  constraint closing_offices_state_check CHECK ((state = ANY (ARRAY['due'::text, 'closed'::text, 'nothing'::text, 'inside'::text, 'reopened'::text])))
);
comment on table schedules.closing_offices is 'The offices of a closing, and how far it has come with each.';
comment on column schedules.closing_offices.state is 'due: to be closed. nothing: nothing to come was open there. inside: families were in the hall, so the office decides itself.';
comment on column schedules.closing_offices.parties is 'Families who had an appointment there when it was closed.';
CREATE INDEX closing_offices_due ON schedules.closing_offices USING btree (closing_id) WHERE (state = ANY (ARRAY['due'::text, 'closed'::text]));
grant select, insert, update on schedules.closing_offices to ventanilla_console;
grant select on schedules.closing_offices to ventanilla_report;
grant select on schedules.closing_offices to ventanilla_worker;

create table schedules.closings (
  id uuid not null,
  reason text not null,
  from_date date not null,
  to_date date not null,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  undone_at timestamp with time zone,
  constraint closings_pkey PRIMARY KEY (id),
  constraint closings_reason_check CHECK ((reason = ANY (ARRAY['storm'::text, 'staff'::text, 'no_system'::text, 'venue'::text, 'other'::text]))),
  constraint days_in_order CHECK ((from_date <= to_date))
);
comment on table schedules.closings is 'Days that headquarters closes at several offices with one action. Office by office its days become cuts.';
comment on column schedules.closings.reason is 'A code, never published.';
comment on column schedules.closings.from_date is 'First day, in each office''s own zone.';
comment on column schedules.closings.to_date is 'Last day, included.';
comment on column schedules.closings.made_at is 'UTC.';
comment on column schedules.closings.made_by is 'Member of staff under whose id the cuts stand in the audit log.';
comment on column schedules.closings.undone_at is 'UTC at which it was taken back: offices that are not closed yet stay open, the others open again.';
grant select, insert, update on schedules.closings to ventanilla_console;
grant select on schedules.closings to ventanilla_report;
grant select on schedules.closings to ventanilla_worker;

create table schedules.closures (
  office_id text not null,
  local_date date not null,
  reason text not null,
  source text not null,
  constraint closures_pkey PRIMARY KEY (office_id, local_date)
);
comment on table schedules.closures is 'Days on which an office does not open, seeded from its two holiday calendars.';
comment on column schedules.closures.reason is 'Id of the holiday, or a reason code.';
grant select on schedules.closures to ventanilla_citizen_reader;
grant select on schedules.closures to ventanilla_citizen_writer;
grant select on schedules.closures to ventanilla_console;
grant select on schedules.closures to ventanilla_report;
grant select, insert, update on schedules.closures to ventanilla_worker;

create table schedules.cuts (
  id uuid not null,
  office_id text not null,
  local_date date not null,
  session_id uuid,
  counter_from smallint,
  counter_to smallint,
  starts_from timestamp with time zone,
  starts_until timestamp with time zone,
  reason text not null,
  places integer not null,
  made_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  closing_id uuid,
  constraint cuts_pkey PRIMARY KEY (id),
  constraint both_counters CHECK ((((counter_from IS NULL) = (counter_to IS NULL)) AND (counter_from <= counter_to))),
  constraint both_hours CHECK ((((starts_from IS NULL) = (starts_until IS NULL)) AND (starts_from < starts_until))),
  constraint cuts_places_check CHECK ((places > 0)),
  constraint cuts_reason_check CHECK ((reason = ANY (ARRAY['storm'::text, 'staff'::text, 'no_system'::text, 'venue'::text, 'other'::text, 'plan'::text])))
);
comment on table schedules.cuts is 'Capacity that an office took away after it was planned: a day, a session, some counters, some hours. Who made it stands in the audit log.';
comment on column schedules.cuts.local_date is 'Day in the office''s zone.';
comment on column schedules.cuts.session_id is 'Empty: every session of that day.';
comment on column schedules.cuts.counter_from is 'First counter that is closed; empty: all.';
comment on column schedules.cuts.counter_to is 'Last counter that is closed, included.';
comment on column schedules.cuts.starts_from is 'UTC. Places that start from here on; empty: the whole opening.';
comment on column schedules.cuts.starts_until is 'UTC. Places that start before this instant.';
comment on column schedules.cuts.reason is 'A code, never published: people are told what changes for them. plan: other hours or counters were planned in their place, so that nothing is given back.';
comment on column schedules.cuts.places is 'Steps of counters that it took, whoever had them.';
comment on column schedules.cuts.made_at is 'UTC.';
comment on column schedules.cuts.undone_at is 'UTC at which what nobody had meanwhile left was given back.';
comment on column schedules.cuts.closing_id is 'The closing of several offices that it is part of.';
CREATE INDEX cuts_by_day ON schedules.cuts USING btree (office_id, local_date);
CREATE INDEX cuts_of_closings ON schedules.cuts USING btree (closing_id) WHERE (closing_id IS NOT NULL);
grant select on schedules.cuts to ventanilla_citizen_reader;
grant select on schedules.cuts to ventanilla_citizen_writer;
grant select, insert, update (undone_at) on schedules.cuts to ventanilla_console;
grant select on schedules.cuts to ventanilla_report;
grant select on schedules.cuts to ventanilla_worker;

create table schedules.places (
  office_id text not null,
  session_id uuid not null,
  starts_at timestamp with time zone not null,
  counter smallint not null,
  band text not null,
  pool text not null default 'open'::text,
  overbook boolean not null default false,
  state text not null default 'open'::text,
  held_until timestamp with time zone,
  holder uuid,
  draw_id uuid,
  cut_id uuid,
  constraint places_pkey PRIMARY KEY (office_id, session_id, starts_at, counter),
  constraint a_cut_is_never_given CHECK (((cut_id IS NULL) OR (state = ANY (ARRAY['assigned'::text, 'booked'::text, 'used'::text, 'withdrawn'::text])))),
  constraint a_hold_ends CHECK (((state = 'held'::text) = (held_until IS NOT NULL))),
  constraint places_band_check CHECK ((band = ANY (ARRAY['morning'::text, 'midday'::text, 'afternoon'::text]))),
  constraint places_pool_check CHECK ((pool = ANY (ARRAY['open'::text, 'draw'::text, 'urgent'::text, 'waitlist'::text, 'walk_in'::text, 'room'::text, 'assisted'::text]))),
  constraint places_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'open'::text, 'committed'::text, 'assigned'::text, 'held'::text, 'booked'::text, 'used'::text, 'freed'::text, 'withdrawn'::text]))),
  constraint who_holds_it CHECK (((state = ANY (ARRAY['held'::text, 'booked'::text, 'used'::text, 'assigned'::text])) = (holder IS NOT NULL))),
  constraint whose_draw CHECK (((state = 'withdrawn'::text) OR ((state = ANY (ARRAY['committed'::text, 'assigned'::text])) = (draw_id IS NOT NULL))))
) with (fillfactor=80);
comment on table schedules.places is 'One seat at one counter for one step of its session. A booking claims rows; it never counts and then inserts.';
comment on column schedules.places.starts_at is 'UTC instant at which the step begins.';
comment on column schedules.places.counter is 'Number of the counter within the session, from 1.';
comment on column schedules.places.band is 'Part of the local day: morning before 11:00, midday before 14:00, afternoon after.';
comment on column schedules.places.pool is 'Who may have it: open to all, or kept for a draw, urgent cases, the waitlist, walk-ins, the telephone and the desk, or those who wait in the room of its office and service group.';
comment on column schedules.places.overbook is 'A seat beyond what the counters can carry, given out because not everybody comes: by the percentage in the layout of its session. Its counter number is above sixty.';
comment on column schedules.places.state is 'Which may follow which stands in src/modules/schedules/rules/transitions.ts. freed is in no public read until the next release tick.';
comment on column schedules.places.held_until is 'UTC. The instant itself is already too late.';
comment on column schedules.places.holder is 'The hold, the booking or the household''s request that has it.';
comment on column schedules.places.draw_id is 'The draw that it is committed to or was assigned by; of a withdrawn place the draw that had promised it.';
comment on column schedules.places.cut_id is 'The cut that took it. Whoever has it keeps it until she has another; then it is withdrawn, and no draw, hold or tick gives it again.';
CREATE INDEX places_assisted ON schedules.places USING btree (starts_at) WHERE ((pool = 'assisted'::text) AND (state = 'planned'::text));
CREATE INDEX places_by_holder ON schedules.places USING btree (holder) WHERE (holder IS NOT NULL);
CREATE INDEX places_cut ON schedules.places USING btree (cut_id) WHERE (cut_id IS NOT NULL);
CREATE INDEX places_freed ON schedules.places USING btree (office_id) WHERE (state = 'freed'::text);
CREATE INDEX places_held ON schedules.places USING btree (held_until) WHERE (state = 'held'::text);
CREATE INDEX places_of_draws ON schedules.places USING btree (office_id, state) WHERE (state = ANY (ARRAY['planned'::text, 'committed'::text, 'assigned'::text]));
CREATE INDEX places_of_rooms ON schedules.places USING btree (office_id) WHERE (pool = 'room'::text);
grant select on schedules.places to ventanilla_citizen_reader;
grant select, update (draw_id, held_until, holder, state) on schedules.places to ventanilla_citizen_writer;
grant select, insert, update (band, cut_id, draw_id, held_until, holder, pool, starts_at, state) on schedules.places to ventanilla_console;
grant select on schedules.places to ventanilla_report;
grant select, insert, update, update (draw_id, held_until, holder, state), delete on schedules.places to ventanilla_worker;

create table schedules.releases (
  office_id text not null,
  service_group text not null,
  regime text not null,
  draws_from date not null,
  demand numeric(6,3),
  decided_at timestamp with time zone not null,
  decided_by text not null,
  constraint releases_pkey PRIMARY KEY (office_id, service_group),
  constraint releases_decided_by_check CHECK ((decided_by = ANY (ARRAY['measure'::text, 'staff'::text, 'demo'::text]))),
  constraint releases_regime_check CHECK ((regime = ANY (ARRAY['draw'::text, 'immediate'::text])))
);
comment on table schedules.releases is 'How the places of an office and service group are given out. Without a row: at once, to whoever asks.';
comment on column schedules.releases.regime is 'draw: places from draws_from on are planned, and drawn among all who asked.';
comment on column schedules.releases.draws_from is 'First day, local to the office, whose places are drawn.';
comment on column schedules.releases.demand is 'Places asked for divided by places there were, when it was decided; empty when people decided.';
comment on column schedules.releases.decided_at is 'UTC.';
grant select on schedules.releases to ventanilla_citizen_reader;
grant select on schedules.releases to ventanilla_citizen_writer;
grant select on schedules.releases to ventanilla_console;
grant select on schedules.releases to ventanilla_report;
grant select, insert, update on schedules.releases to ventanilla_worker;

create table schedules.resource_days (
  resource_id uuid not null,
  local_date date not null,
  office_id text not null,
  special_day_id uuid not null,
  constraint resource_days_pkey PRIMARY KEY (resource_id, local_date)
);
comment on table schedules.resource_days is 'Where a crew or kit is on a day: in one town.';
comment on column schedules.resource_days.local_date is 'Day in the zone of the office that has it.';
CREATE INDEX resource_days_of ON schedules.resource_days USING btree (office_id, special_day_id);
grant select, insert, update, delete on schedules.resource_days to ventanilla_console;

create table schedules.resources (
  id uuid not null,
  kind text not null,
  name text not null,
  office_id text not null,
  retired_at timestamp with time zone,
  constraint resources_pkey PRIMARY KEY (id),
  constraint resources_name_key UNIQUE (name),
  constraint resources_kind_check CHECK ((kind = ANY (ARRAY['crew'::text, 'kit'::text]))),
  constraint resources_name_check CHECK (((length(name) >= 2) AND (length(name) <= 60)))
);
comment on table schedules.resources is 'Crews and kits of the network that can be in one town at a time.';
comment on column schedules.resources.kind is 'crew: people who travel. kit: capture set, printer, link, generator.';
comment on column schedules.resources.office_id is 'Where it is kept; any office may plan with it.';
comment on column schedules.resources.retired_at is 'UTC. Not offered any more.';
grant select, insert, update on schedules.resources to ventanilla_console;

create table schedules.sessions (
  office_id text not null,
  id uuid not null,
  template_id uuid,
  service_group text not null,
  kind text not null,
  local_date date not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  counters smallint not null,
  step_minutes smallint not null,
  state text not null default 'open'::text,
  special_day_id uuid,
  layout jsonb not null default '{}'::jsonb,
  planned_places integer,
  short_notice boolean not null default false,
  constraint sessions_pkey PRIMARY KEY (office_id, id),
  constraint sessions_office_id_template_id_local_date_key UNIQUE (office_id, template_id, local_date),
  constraint sessions_kind_check CHECK ((kind = ANY (ARRAY['regular'::text, 'saturday'::text, 'sunday'::text, 'extraordinary'::text, 'mobile'::text, 'on_wheels'::text, 'walk_in'::text]))),
  constraint sessions_planned_places_check CHECK ((planned_places >= 0)),
  constraint sessions_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  constraint starts_before_it_ends CHECK ((starts_at < ends_at))
);
comment on table schedules.sessions is 'One dated opening of an office for one service group.';
comment on column schedules.sessions.kind is 'walk_in: made at the door for who comes without an appointment; closed from its first moment, so that nobody is offered it.';
comment on column schedules.sessions.local_date is 'Day in the office''s zone.';
comment on column schedules.sessions.starts_at is 'UTC instant of the local opening.';
comment on column schedules.sessions.ends_at is 'UTC instant of the local closing.';
comment on column schedules.sessions.counters is 'Counters that work at the same time: each step has this many places.';
comment on column schedules.sessions.step_minutes is 'Minutes of one place.';
comment on column schedules.sessions.state is 'closed takes the session and its places out of every offer.';
comment on column schedules.sessions.special_day_id is 'The special day that it is part of; empty for what a template makes.';
comment on column schedules.sessions.layout is 'As its template or special day had it.';
comment on column schedules.sessions.planned_places is 'Places that its layout asks for; empty: each counter in each step.';
comment on column schedules.sessions.short_notice is 'Published less than 14 days ahead: its places are drawn among those who ticked short notice, however its office gives places out.';
CREATE INDEX sessions_by_day ON schedules.sessions USING btree (office_id, local_date, service_group);
CREATE INDEX sessions_of_special_days ON schedules.sessions USING btree (office_id, special_day_id) WHERE (special_day_id IS NOT NULL);
grant select on schedules.sessions to ventanilla_citizen_reader;
grant select on schedules.sessions to ventanilla_citizen_writer;
grant select, insert, update, update (state) on schedules.sessions to ventanilla_console;
grant select on schedules.sessions to ventanilla_report;
grant select, insert, update, delete on schedules.sessions to ventanilla_worker;

create table schedules.special_days (
  office_id text not null,
  id uuid not null,
  kind text not null,
  local_date date not null,
  venue_id uuid,
  circuit_id uuid,
  sessions jsonb not null,
  state text not null,
  given_out text,
  revision integer not null default 1,
  made_at timestamp with time zone not null,
  published_at timestamp with time zone,
  told jsonb,
  constraint special_days_pkey PRIMARY KEY (office_id, id),
  constraint away_has_a_venue CHECK (((kind <> ALL (ARRAY['mobile'::text, 'on_wheels'::text])) OR (venue_id IS NOT NULL))),
  constraint published_is_dated CHECK ((((state = 'draft'::text) = (published_at IS NULL)) OR (state = 'cancelled'::text))),
  constraint special_days_given_out_check CHECK ((given_out = ANY (ARRAY['open'::text, 'draw'::text, 'short_draw'::text]))),
  constraint special_days_kind_check CHECK ((kind = ANY (ARRAY['saturday'::text, 'sunday'::text, 'extraordinary'::text, 'mobile'::text, 'on_wheels'::text]))),
  constraint special_days_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'suspended'::text, 'cancelled'::text])))
);
comment on table schedules.special_days is 'A dated opening beside the templates, at the office or at a venue; it has one session for each service group.';
comment on column schedules.special_days.local_date is 'Day in the office''s zone.';
comment on column schedules.special_days.sessions is 'What each service group opens: hours, counters, breaks, reserves, stations; shaped by src/modules/schedules/schema.ts.';
comment on column schedules.special_days.state is 'draft is seen by staff alone. suspended keeps all places and serves nobody until it has a day again; why is published nowhere.';
comment on column schedules.special_days.given_out is 'How its places went out when it was published: to all, in the weekly draw, or among those who ticked short notice.';
comment on column schedules.special_days.revision is 'Counts what changed for the public, from 1.';
comment on column schedules.special_days.made_at is 'UTC.';
comment on column schedules.special_days.published_at is 'UTC. First time.';
comment on column schedules.special_days.told is 'Day, hours (UTC) and venue as they were first published, shaped by ToldDay in src/modules/schedules/types.ts; what differs from them now is published as a correction.';
CREATE INDEX special_days_by_day ON schedules.special_days USING btree (local_date);
grant select on schedules.special_days to ventanilla_citizen_reader;
grant select on schedules.special_days to ventanilla_citizen_writer;
grant select, insert, update on schedules.special_days to ventanilla_console;
grant select on schedules.special_days to ventanilla_report;
grant select, update (told) on schedules.special_days to ventanilla_worker;

create table schedules.templates (
  id uuid not null,
  office_id text not null,
  service_group text not null,
  kind text not null,
  weekdays smallint[] not null,
  opens time without time zone not null,
  closes time without time zone not null,
  counters smallint not null,
  step_minutes smallint not null,
  valid_from date not null,
  valid_to date,
  layout jsonb not null default '{}'::jsonb,
  replaces uuid,
  constraint templates_pkey PRIMARY KEY (id),
  constraint opens_before_it_closes CHECK ((opens < closes)),
  constraint templates_counters_check CHECK (((counters >= 1) AND (counters <= 60))),
  constraint templates_kind_check CHECK ((kind = ANY (ARRAY['regular'::text, 'saturday'::text, 'sunday'::text, 'extraordinary'::text, 'mobile'::text, 'on_wheels'::text]))),
  constraint templates_step_minutes_check CHECK (((step_minutes >= 5) AND (step_minutes <= 120)))
);
comment on table schedules.templates is 'A session that repeats in the office''s local time.';
comment on column schedules.templates.weekdays is '1 is Monday, 7 is Sunday (ISO 8601).';
comment on column schedules.templates.opens is 'Local wall clock of the office.';
comment on column schedules.templates.closes is 'Local wall clock of the office.';
comment on column schedules.templates.counters is 'Counters that work at the same time: each step has this many places.';
comment on column schedules.templates.step_minutes is 'Minutes of one place; a service takes as many as its own minutes need.';
comment on column schedules.templates.layout is 'Breaks, percentage of places given out, reserves and stations; shaped by src/modules/schedules/schema.ts.';
comment on column schedules.templates.replaces is 'The template that held until the day before: what people still have of it stands around the places of this one.';
grant select on schedules.templates to ventanilla_citizen_reader;
grant select on schedules.templates to ventanilla_citizen_writer;
grant select, insert, update on schedules.templates to ventanilla_console;
grant select on schedules.templates to ventanilla_report;
grant select, insert, update on schedules.templates to ventanilla_worker;

create table schedules.venues (
  id uuid not null,
  office_id text not null,
  name text not null,
  street text not null,
  city text not null,
  region text not null,
  latitude numeric(8,5) not null,
  longitude numeric(8,5) not null,
  way_in text not null default ''::text,
  photo bytea,
  retired_at timestamp with time zone,
  constraint venues_pkey PRIMARY KEY (id),
  constraint venues_city_check CHECK (((length(city) >= 2) AND (length(city) <= 60))),
  constraint venues_latitude_check CHECK (((latitude >= ('-90'::integer)::numeric) AND (latitude <= (90)::numeric))),
  constraint venues_longitude_check CHECK (((longitude >= ('-180'::integer)::numeric) AND (longitude <= (180)::numeric))),
  constraint venues_name_check CHECK (((length(name) >= 3) AND (length(name) <= 80))),
  constraint venues_photo_check CHECK ((length(photo) <= 300000)),
  constraint venues_street_check CHECK (((length(street) >= 3) AND (length(street) <= 120))),
  constraint venues_way_in_check CHECK ((length(way_in) <= 200))
);
comment on table schedules.venues is 'Places away from the office where it serves people: a church hall, a school, a library.';
comment on column schedules.venues.region is 'Postal code of the state or province: CA, QC.';
comment on column schedules.venues.latitude is 'Degrees, WGS 84.';
comment on column schedules.venues.longitude is 'Degrees, WGS 84.';
comment on column schedules.venues.way_in is 'Which door, where to park, where a wheelchair gets in; one or two sentences.';
comment on column schedules.venues.photo is 'JPEG, PNG or WebP, at most 300,000 bytes, without what a camera writes into it.';
comment on column schedules.venues.retired_at is 'UTC. Not offered for new days any more.';
CREATE INDEX venues_by_office ON schedules.venues USING btree (office_id);
grant select on schedules.venues to ventanilla_citizen_reader;
grant select on schedules.venues to ventanilla_citizen_writer;
grant select, insert, update on schedules.venues to ventanilla_console;
grant select on schedules.venues to ventanilla_report;
grant select on schedules.venues to ventanilla_worker;

create table booking.absences (
  id uuid not null,
  folio_keys bytea[] not null,
  said_at timestamp with time zone not null,
  channel text not null,
  state text not null default 'said'::text,
  booking_id uuid,
  erase_after date not null,
  constraint absences_pkey PRIMARY KEY (id),
  constraint absences_state_check CHECK ((state = ANY (ARRAY['said'::text, 'released'::text, 'left'::text])))
);
comment on table booking.absences is 'Somebody said, with the folio in hand, that whoever has the appointment was detained and cannot come. Whether there is one is looked up later, by the worker: the answer is the same for every folio.';
comment on column booking.absences.folio_keys is 'Digests of the folio under every live version of its key.';
comment on column booking.absences.said_at is 'UTC.';
comment on column booking.absences.state is 'released: its place went back and a place waits on return. left: it stands, for its situation is delicate and only its PIN ends it.';
comment on column booking.absences.booking_id is 'The booking of that folio, once it was looked up. A folio that nobody has is deleted then.';
comment on column booking.absences.erase_after is 'Last day on which a place waits on return.';
CREATE INDEX absences_by_booking ON booking.absences USING btree (booking_id) WHERE (booking_id IS NOT NULL);
CREATE INDEX absences_said ON booking.absences USING btree (said_at) WHERE (state = 'said'::text);
grant select (booking_id, erase_after, state) on booking.absences to ventanilla_citizen_reader;
grant insert on booking.absences to ventanilla_citizen_writer;
grant select, update (booking_id, state), delete on booking.absences to ventanilla_worker;

create table booking.applicants (
  id uuid not null,
  booking_id uuid not null,
  office_id text not null,
  ordinal smallint not null,
  sealed bytea not null,
  erase_after date not null,
  constraint applicants_pkey PRIMARY KEY (id),
  constraint applicants_booking_id_ordinal_key UNIQUE (booking_id, ordinal)
);
comment on table booking.applicants is 'What this contact typed of a person; never filled from or shared with what another contact typed.';
comment on column booking.applicants.sealed is 'Personal: names, birth, sex, CURP, parents with an absent one''s address, sealed (field booking.applicant).';
comment on column booking.applicants.erase_after is 'Thirty days after the visit.';
CREATE TRIGGER shred_deleted AFTER DELETE ON booking.applicants FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON booking.applicants FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table booking.applicants enable row level security;
alter table booking.applicants force row level security;
grant select on booking.applicants to ventanilla_citizen_reader;
grant select (booking_id, id, office_id, ordinal), insert, update (erase_after, office_id, sealed) on booking.applicants to ventanilla_citizen_writer;
grant select, update (erase_after, sealed) on booking.applicants to ventanilla_console;
grant select, update, delete on booking.applicants to ventanilla_worker;

create table booking.appointments (
  office_id text not null,
  id uuid not null,
  booking_id uuid not null,
  session_id uuid not null,
  ordinal smallint not null,
  service_group text not null,
  services text[] not null,
  local_date date not null,
  starts_at timestamp with time zone not null,
  counter smallint not null,
  steps smallint not null,
  state text not null,
  constraint appointments_pkey PRIMARY KEY (office_id, id),
  constraint appointments_ordinal_check CHECK (((ordinal >= 1) AND (ordinal <= 8))),
  constraint appointments_state_check CHECK ((state = ANY (ARRAY['booked'::text, 'cancelled'::text, 'lapsed'::text, 'served'::text, 'unserved'::text, 'missed'::text]))),
  constraint appointments_steps_check CHECK ((steps > 0))
);
comment on table booking.appointments is 'One applicant at one counter for services of one group.';
comment on column booking.appointments.ordinal is 'Which of the booking''s people, from 1.';
comment on column booking.appointments.local_date is 'Day in the office''s zone.';
comment on column booking.appointments.starts_at is 'UTC.';
comment on column booking.appointments.counter is 'Number of the counter within the session, from 1: the same in all the places that it takes.';
comment on column booking.appointments.steps is 'Consecutive places of the counter that it takes.';
comment on column booking.appointments.state is 'The table of transitions is in src/modules/booking/rules/states.ts.';
CREATE INDEX appointments_by_booking ON booking.appointments USING btree (booking_id);
CREATE INDEX appointments_by_day ON booking.appointments USING btree (office_id, local_date);
alter table booking.appointments enable row level security;
alter table booking.appointments force row level security;
grant select on booking.appointments to ventanilla_citizen_reader;
grant select, insert, update on booking.appointments to ventanilla_citizen_writer;
grant select, update (counter, local_date, session_id, starts_at, state) on booking.appointments to ventanilla_console;
grant select on booking.appointments to ventanilla_report;
grant select, update, delete on booking.appointments to ventanilla_worker;

create table booking.bookings (
  office_id text not null,
  id uuid not null,
  contact_id uuid not null,
  folio_digest bytea not null,
  local_date date not null,
  starts_at timestamp with time zone not null,
  people smallint not null,
  state text not null,
  channel text not null,
  language text not null,
  full_message boolean not null default false,
  sealed bytea not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  erase_after date not null,
  permissions_missing smallint not null default 0,
  file_version integer not null default 0,
  moves smallint not null default 0,
  mend_until timestamp with time zone,
  delicate boolean not null default false,
  filed_in uuid,
  constraint bookings_pkey PRIMARY KEY (office_id, id),
  constraint bookings_moves_check CHECK (((moves >= 0) AND (moves <= 2))),
  constraint bookings_people_check CHECK (((people >= 1) AND (people <= 8))),
  constraint bookings_permissions_missing_check CHECK ((permissions_missing >= 0)),
  constraint bookings_state_check CHECK ((state = ANY (ARRAY['active'::text, 'cancelled'::text, 'lapsed'::text, 'completed'::text, 'missed'::text])))
);
comment on table booking.bookings is 'One to five people who come together: one folio, one day, one office.';
comment on column booking.bookings.folio_digest is 'Keyed digest; the folio itself is sealed.';
comment on column booking.bookings.local_date is 'Day in the office''s zone.';
comment on column booking.bookings.starts_at is 'UTC instant of the first appointment.';
comment on column booking.bookings.full_message is 'The person asked for names and papers in the message; otherwise it carries none.';
comment on column booking.bookings.sealed is 'Personal: folio and the answers of the checklist, sealed (field booking.booking).';
comment on column booking.bookings.erase_after is 'Thirty days after the visit.';
comment on column booking.bookings.permissions_missing is 'Permissions of absent parents that have not come yet: who is warned five days ahead. Which and of whom stands sealed with the people.';
comment on column booking.bookings.file_version is 'How often clerks changed what is sealed of the people: a move that has read an older version begins anew.';
comment on column booking.bookings.moves is 'How often its contact moved it to another hour, day or office: at most twice. An office''s own moves are not counted.';
comment on column booking.bookings.mend_until is 'UTC until which one move more puts a mistake right and is not counted; null once that was used.';
comment on column booking.bookings.delicate is 'Somebody said that her situation is delicate, without a reason: messages say only that there is a notice, and a birth date opens it no more.';
comment on column booking.bookings.filed_in is 'Session that filed it: that one needs no folio. A contact alone opens nothing (hardening 18). Empty when no session of a citizen did.';
CREATE INDEX bookings_by_contact ON booking.bookings USING btree (contact_id, created_at);
CREATE INDEX bookings_by_day ON booking.bookings USING btree (office_id, local_date);
CREATE INDEX bookings_by_folio ON booking.bookings USING btree (folio_digest);
CREATE INDEX bookings_to_erase ON booking.bookings USING btree (erase_after);
CREATE TRIGGER shred_deleted AFTER DELETE ON booking.bookings FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON booking.bookings FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table booking.bookings enable row level security;
alter table booking.bookings force row level security;
grant select on booking.bookings to ventanilla_citizen_reader;
grant select (changed_at, channel, contact_id, created_at, delicate, file_version, folio_digest, full_message, id, language, local_date, mend_until, moves, office_id, people, starts_at, state), insert, update (changed_at, delicate, erase_after, filed_in, full_message, local_date, mend_until, moves, office_id, sealed, starts_at, state) on booking.bookings to ventanilla_citizen_writer;
grant select, update (changed_at, erase_after, file_version, local_date, permissions_missing, sealed, starts_at, state) on booking.bookings to ventanilla_console;
grant select (channel, local_date, office_id, people, state) on booking.bookings to ventanilla_report;
grant select, update, delete on booking.bookings to ventanilla_worker;

create table booking.claims (
  key bytea not null,
  scope text not null,
  appointment_id uuid not null,
  booking_id uuid not null,
  contact_id uuid not null,
  standing text not null,
  kind text not null,
  curp_key bytea,
  version smallint not null,
  constraint claims_pkey PRIMARY KEY (appointment_id, scope, key),
  constraint claims_kind_check CHECK ((kind = ANY (ARRAY['name'::text, 'curp'::text]))),
  constraint claims_standing_check CHECK ((standing = ANY (ARRAY['counting'::text, 'contested'::text])))
);
comment on table booking.claims is 'The rule of the whole network: one counting appointment per person and scope. A row for every key of the person.';
comment on column booking.claims.key is 'Keyed digest of name, birth and sex, or of the CURP; during a rotation a row for each version.';
comment on column booking.claims.standing is 'contested: another contact filed for the same person first; nobody is told.';
comment on column booking.claims.curp_key is 'On a name row, the digest of that person''s CURP when it was given: two different ones are two people.';
CREATE INDEX claims_by_booking ON booking.claims USING btree (booking_id);
CREATE INDEX contested_claims ON booking.claims USING btree (key, scope) WHERE (standing = 'contested'::text);
CREATE UNIQUE INDEX one_counting_claim ON booking.claims USING btree (key, scope) WHERE (standing = 'counting'::text);
grant select, insert, update, delete on booking.claims to ventanilla_citizen_writer;
grant select, insert, update, delete on booking.claims to ventanilla_console;
grant select, insert, update, delete on booking.claims to ventanilla_worker;

create table booking.contact_counters (
  contact_id uuid not null,
  people smallint not null,
  hold_id uuid,
  held_until timestamp with time zone,
  hold_extended boolean not null default false,
  proof_tries smallint not null default 0,
  proof_on date,
  cancelled_at timestamp with time zone,
  cooling_until timestamp with time zone,
  suspended_until timestamp with time zone,
  constraint contact_counters_pkey PRIMARY KEY (contact_id),
  constraint contact_counters_people_check CHECK ((people >= 0))
);
comment on table booking.contact_counters is 'People of one household with an open appointment, per contact; the row is also the queue in which one contact''s commands stand.';
comment on column booking.contact_counters.people is 'At most five online.';
comment on column booking.contact_counters.hold_id is 'A contact holds places once at a time; a new hold gives the old one back.';
comment on column booking.contact_counters.held_until is 'UTC at which that hold ends.';
comment on column booking.contact_counters.hold_extended is 'A hold is lengthened once.';
comment on column booking.contact_counters.proof_tries is 'Birth dates tried on proof_on to open what an earlier visit filed; at most five a day.';
comment on column booking.contact_counters.proof_on is 'UTC day of the tries.';
comment on column booking.contact_counters.cancelled_at is 'UTC at which this contact last cancelled an appointment of its own; an office''s doing is never written here. Emptied when it means nothing any more.';
comment on column booking.contact_counters.cooling_until is 'UTC until which this contact books nothing at once, 72 hours from its cancellation; draws are never closed to it.';
comment on column booking.contact_counters.suspended_until is 'UTC until which this contact begins nothing new by itself, as a person signed; the telephone and the counter stay open to whoever uses it. May be over.';
CREATE INDEX contact_counters_cancelled ON booking.contact_counters USING btree (cancelled_at) WHERE (cancelled_at IS NOT NULL);
grant select on booking.contact_counters to ventanilla_citizen_reader;
grant select, insert, update on booking.contact_counters to ventanilla_citizen_writer;
grant select, update, delete on booking.contact_counters to ventanilla_console;
grant select, insert, update on booking.contact_counters to ventanilla_worker;

create table booking.drafts (
  session_id uuid not null,
  sealed bytea not null,
  updated_at timestamp with time zone not null,
  erase_after timestamp with time zone not null,
  constraint drafts_pkey PRIMARY KEY (session_id)
);
comment on table booking.drafts is 'What a visitor has answered so far, so that nothing is lost on an error or a dead battery.';
comment on column booking.drafts.sealed is 'Personal: the answers, sealed under a key of the day that is destroyed after two days.';
comment on column booking.drafts.erase_after is 'UTC after which retention deletes the row.';
alter table booking.drafts enable row level security;
alter table booking.drafts force row level security;
grant select (erase_after, sealed, session_id, updated_at) on booking.drafts to ventanilla_citizen_reader;
grant select (session_id), insert, update (erase_after, sealed, updated_at), delete on booking.drafts to ventanilla_citizen_writer;
grant select (erase_after, session_id), delete on booking.drafts to ventanilla_worker;

create table booking.honey (
  office_id text not null,
  id uuid not null,
  local_date date not null,
  starts_at timestamp with time zone not null,
  filed_at timestamp with time zone not null,
  services text[] not null,
  service_group text not null,
  seed bytea not null,
  constraint honey_pkey PRIMARY KEY (office_id, id),
  constraint honey_office_id_local_date_key UNIQUE (office_id, local_date),
  constraint honey_seed_check CHECK ((length(seed) = 32))
);
comment on table booking.honey is 'A person who does not exist on the list of an office''s day, among those who do. It takes no place, and stands in no table that is counted, drawn or told of: whoever opens it had no reason to.';
comment on column booking.honey.id is 'Looks like the id of a booking; there is no booking of it.';
comment on column booking.honey.local_date is 'Day in the office''s zone. The row is deleted on the next.';
comment on column booking.honey.starts_at is 'UTC: the hour of a real party of that day. Two hours before it the person is on no list any more, like one who cancelled.';
comment on column booking.honey.filed_at is 'UTC at which it seems to have been filed.';
comment on column booking.honey.services is 'Those of the real party.';
comment on column booking.honey.seed is '32 random bytes of which the invented name, birth and folio are made. Nobody who works at an office is shown them.';
alter table booking.honey enable row level security;
alter table booking.honey force row level security;
grant select on booking.honey to ventanilla_console;
grant select, insert, delete on booking.honey to ventanilla_worker;

create table booking.opened (
  session_id uuid not null,
  subject_id uuid not null,
  opened_at timestamp with time zone not null,
  constraint opened_pkey PRIMARY KEY (session_id, subject_id)
);
comment on table booking.opened is 'What a session may see beside the bookings that it filed: requests that it filed, and whatever it showed a folio, a number or a birth date for.';
comment on column booking.opened.session_id is 'Of people.sessions.';
comment on column booking.opened.subject_id is 'Id of a booking, a request or an urgent request.';
comment on column booking.opened.opened_at is 'UTC. The row is deleted once no session can be that old.';
CREATE INDEX opened_by_age ON booking.opened USING btree (opened_at);
grant select on booking.opened to ventanilla_citizen_reader;
grant select, select (session_id, subject_id), insert, delete on booking.opened to ventanilla_citizen_writer;
grant select, delete on booking.opened to ventanilla_worker;

create table booking.proposals (
  id uuid not null,
  office_id text not null,
  booking_id uuid not null,
  cut_id uuid not null,
  local_date date not null,
  starts_at timestamp with time zone not null,
  kept_until timestamp with time zone not null,
  state text not null default 'asked'::text,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  constraint proposals_pkey PRIMARY KEY (id),
  constraint answered_once CHECK (((state = 'asked'::text) = (answered_at IS NULL))),
  constraint proposals_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'accepted'::text, 'declined'::text, 'over'::text])))
);
comment on table booking.proposals is 'Another place for a party whose own was cut. Its places are held under the proposal''s id until it is answered or its time is over; it is erased with its booking.';
comment on column booking.proposals.local_date is 'Proposed day in the office''s zone.';
comment on column booking.proposals.starts_at is 'UTC instant of the first appointment there.';
comment on column booking.proposals.kept_until is 'UTC: the hour that was lost, or the proposed one where that is sooner.';
comment on column booking.proposals.state is 'declined: a no, or another day was chosen. over: the cut was undone, another cut took one of the two places, or the appointment ended.';
comment on column booking.proposals.asked_at is 'UTC at which the party was asked.';
comment on column booking.proposals.answered_at is 'UTC of its yes or no, or of the end; empty while it is asked.';
CREATE UNIQUE INDEX proposals_asked ON booking.proposals USING btree (office_id, booking_id) WHERE (state = 'asked'::text);
CREATE INDEX proposals_of_booking ON booking.proposals USING btree (office_id, booking_id);
CREATE INDEX proposals_of_cut ON booking.proposals USING btree (cut_id);
alter table booking.proposals enable row level security;
alter table booking.proposals force row level security;
grant select on booking.proposals to ventanilla_citizen_reader;
grant select, update (answered_at, state) on booking.proposals to ventanilla_citizen_writer;
grant select, insert, update (answered_at, state) on booking.proposals to ventanilla_console;
grant select (booking_id, cut_id, office_id, state) on booking.proposals to ventanilla_report;
grant select, update (answered_at, state) on booking.proposals to ventanilla_worker;

create table booking.time_views (
  viewed_on date not null,
  contact_id uuid not null,
  views integer not null,
  erase_after date not null,
  constraint time_views_pkey PRIMARY KEY (viewed_on, contact_id),
  constraint time_views_views_check CHECK ((views > 0))
);
comment on table booking.time_views is 'How often a verified contact looked at the exact times of a day; whoever only looks gets the coarse picture.';
comment on column booking.time_views.viewed_on is 'UTC day of the looks.';
comment on column booking.time_views.erase_after is 'Seven days after the looks.';
grant select, insert, update on booking.time_views to ventanilla_citizen_writer;
grant select (viewed_on, views) on booking.time_views to ventanilla_report;
grant select, delete on booking.time_views to ventanilla_worker;

create table integrity.agent_alarms (
  staff_id uuid not null,
  sign text not null,
  count integer not null,
  of integer not null,
  peers_count integer not null,
  peers_of integer not null,
  found_on date not null,
  last_on date not null,
  constraint agent_alarms_pkey PRIMARY KEY (staff_id, sign),
  constraint agent_alarms_check CHECK ((of >= count)),
  constraint agent_alarms_count_check CHECK ((count >= 0)),
  constraint agent_alarms_peers_count_check CHECK ((peers_count >= 0)),
  constraint agent_alarms_peers_of_check CHECK ((peers_of >= 0)),
  constraint agent_alarms_sign_check CHECK ((sign = ANY (ARRAY['attested'::text, 'attested_rising'::text, 'other_names'::text, 'braked'::text, 'one_seller'::text, 'honey'::text])))
);
comment on table integrity.agent_alarms is 'What stood out of what a member of staff did in four weeks. Whoever did not stand out has no row: nobody honest is ranked.';
comment on column integrity.agent_alarms.staff_id is 'Member of staff, as the audit log names her.';
comment on column integrity.agent_alarms.sign is 'What stood out: rules/agents.ts of integrity, a sentence in the console.';
comment on column integrity.agent_alarms.count is 'How often it happened to her, out of `of`.';
comment on column integrity.agent_alarms.peers_count is 'How often it happened to her peers together, out of `peers_of`.';
comment on column integrity.agent_alarms.found_on is 'UTC day of the first night.';
comment on column integrity.agent_alarms.last_on is 'UTC day of the last night; twenty-eight days after it the row is deleted.';
alter table integrity.agent_alarms enable row level security;
alter table integrity.agent_alarms force row level security;
grant select on integrity.agent_alarms to ventanilla_console;
grant select, insert, update, delete on integrity.agent_alarms to ventanilla_worker;

create table integrity.attempts (
  id uuid not null,
  case_id uuid not null,
  channel text not null,
  reached boolean not null,
  at timestamp with time zone not null,
  staff_id uuid,
  constraint attempts_pkey PRIMARY KEY (id),
  constraint attempts_channel_check CHECK ((channel = ANY (ARRAY['voice'::text, 'sms'::text, 'email'::text, 'whatsapp'::text])))
);
comment on table integrity.attempts is 'Each try to reach whoever holds a booking that is doubted.';
comment on column integrity.attempts.at is 'UTC.';
comment on column integrity.attempts.staff_id is 'Empty for the message that goes out with the challenge.';
CREATE INDEX attempts_by_case ON integrity.attempts USING btree (case_id, at);
alter table integrity.attempts enable row level security;
alter table integrity.attempts force row level security;
grant select, insert on integrity.attempts to ventanilla_console;
grant select, insert on integrity.attempts to ventanilla_worker;

create table integrity.cases (
  id uuid not null,
  booking_id uuid not null,
  office_id text not null,
  contact_id uuid not null,
  cluster_id uuid,
  origin text not null,
  level text not null,
  points smallint not null,
  kinds smallint not null,
  state text not null,
  version integer not null default 0,
  starts_at timestamp with time zone not null,
  flagged_at timestamp with time zone not null,
  queued_at timestamp with time zone,
  challenged_at timestamp with time zone,
  challenged_by uuid,
  settled_at timestamp with time zone,
  settled_by uuid,
  appealed_at timestamp with time zone,
  appeal_reason text,
  appeal_verdict text,
  appeal_decided_at timestamp with time zone,
  appeal_decided_by uuid,
  erase_after date not null,
  terms jsonb not null default '[]'::jsonb,
  ahead_by uuid,
  ahead_at timestamp with time zone,
  constraint cases_pkey PRIMARY KEY (id),
  constraint cases_booking_id_key UNIQUE (booking_id),
  constraint a_person_cancels CHECK (((state <> ALL (ARRAY['unreachable'::text, 'refuted'::text])) OR (settled_by IS NOT NULL))),
  constraint ahead_is_signed CHECK (((ahead_by IS NULL) = (ahead_at IS NULL))),
  constraint another_decides CHECK (((appeal_decided_by IS NULL) OR (appeal_decided_by <> settled_by))),
  constraint cases_appeal_reason_check CHECK ((appeal_reason = ANY (ARRAY['mine'::text, 'not_called'::text, 'helped'::text]))),
  constraint cases_appeal_verdict_check CHECK ((appeal_verdict = ANY (ARRAY['won'::text, 'upheld'::text]))),
  constraint cases_level_check CHECK ((level = ANY (ARRAY['green'::text, 'yellow'::text, 'orange'::text, 'red'::text]))),
  constraint cases_origin_check CHECK ((origin = ANY (ARRAY['score'::text, 'control'::text]))),
  constraint cases_state_check CHECK ((state = ANY (ARRAY['flagged'::text, 'queued'::text, 'challenged'::text, 'validated'::text, 'unreachable'::text, 'refuted'::text, 'cleared'::text])))
);
comment on table integrity.cases is 'A booking that a person looks at, asks about and decides. The table of transitions is in src/modules/integrity/rules/cases.ts.';
comment on column integrity.cases.origin is 'control: one booking in a hundred, by the dice, so that the figures know what the score does not see.';
comment on column integrity.cases.level is 'Of the group when it was last computed; green for the control sample.';
comment on column integrity.cases.kinds is 'Independent kinds of evidence; 9 where one was hard.';
comment on column integrity.cases.version is 'Of what an analyst saw: who acts on an older picture is refused.';
comment on column integrity.cases.starts_at is 'UTC of the hour that is doubted.';
comment on column integrity.cases.flagged_at is 'UTC.';
comment on column integrity.cases.queued_at is 'UTC at which the office''s budget of the week let it through.';
comment on column integrity.cases.challenged_at is 'UTC at which its holder was asked.';
comment on column integrity.cases.settled_at is 'UTC of the answer or signature.';
comment on column integrity.cases.settled_by is 'The member of staff who signed; empty when the citizen confirmed by herself.';
comment on column integrity.cases.appealed_at is 'UTC; once, within ten days.';
comment on column integrity.cases.appeal_reason is 'One of three sentences; nothing is typed.';
comment on column integrity.cases.appeal_decided_at is 'UTC; within three days.';
comment on column integrity.cases.appeal_decided_by is 'Somebody else than who signed.';
comment on column integrity.cases.erase_after is 'Thirteen months after it was flagged: a year of figures.';
comment on column integrity.cases.terms is 'Codes with their points when it was last scored; of nobody by name.';
comment on column integrity.cases.ahead_by is 'Member of staff who signed that its holder was not reached, more than five days before the visit: it ends five days before, unless somebody is reached until then.';
comment on column integrity.cases.ahead_at is 'UTC at which she signed.';
CREATE INDEX cases_by_cluster ON integrity.cases USING btree (cluster_id);
CREATE INDEX cases_by_contact ON integrity.cases USING btree (contact_id);
CREATE INDEX cases_by_state ON integrity.cases USING btree (state, office_id);
CREATE INDEX cases_to_erase ON integrity.cases USING btree (erase_after);
alter table integrity.cases enable row level security;
alter table integrity.cases force row level security;
grant select (appeal_decided_at, appeal_verdict, appealed_at, booking_id, contact_id, id, office_id, settled_at, settled_by, starts_at, state, version) on integrity.cases to ventanilla_citizen_reader;
grant select (appeal_decided_at, appeal_verdict, appealed_at, booking_id, contact_id, id, office_id, settled_at, settled_by, starts_at, state, version), update (appeal_reason, appealed_at, settled_at, state, version) on integrity.cases to ventanilla_citizen_writer;
grant select, update on integrity.cases to ventanilla_console;
grant select, insert, update, delete on integrity.cases to ventanilla_worker;

create table integrity.clusters (
  id uuid not null,
  points smallint not null,
  level text not null,
  families text[] not null,
  strong boolean not null,
  terms jsonb not null,
  credits jsonb not null,
  persons integer not null,
  bookings integer not null,
  contacts integer not null,
  offices integer not null,
  found_at timestamp with time zone not null,
  scored_at timestamp with time zone not null,
  constraint clusters_pkey PRIMARY KEY (id),
  constraint clusters_level_check CHECK ((level = ANY (ARRAY['green'::text, 'yellow'::text, 'orange'::text, 'red'::text]))),
  constraint clusters_points_check CHECK (((points >= 0) AND (points <= 100)))
);
comment on table integrity.clusters is 'Groups of bookings that share contacts, devices or a helper, with what speaks for a middleman.';
comment on column integrity.clusters.points is '0 to 100 (fairness 4.4.4).';
comment on column integrity.clusters.level is 'By the thresholds of that hour: from orange on its bookings are flagged.';
comment on column integrity.clusters.terms is 'Codes with their points: each is a sentence of the console.';
comment on column integrity.clusters.persons is 'Distinct people.';
comment on column integrity.clusters.found_at is 'UTC.';
comment on column integrity.clusters.scored_at is 'UTC of the last computation.';
alter table integrity.clusters enable row level security;
alter table integrity.clusters force row level security;
grant select on integrity.clusters to ventanilla_console;
grant select, insert, update, delete on integrity.clusters to ventanilla_worker;

create table integrity.due (
  source_id uuid not null,
  asked bigint not null generated always as identity,
  due_at timestamp with time zone not null,
  constraint due_pkey PRIMARY KEY (source_id)
);
comment on table integrity.due is 'Bookings of which something changed and whose people are to be looked at, after the commit.';
comment on column integrity.due.asked is 'Another one each time it is asked for: what was looked at meanwhile is looked at again.';
comment on column integrity.due.due_at is 'UTC at which it was first asked.';
grant select, insert, update, delete on integrity.due to ventanilla_worker;

create table integrity.evidence (
  contact_id uuid not null,
  advert_id uuid not null,
  found_at timestamp with time zone not null,
  erase_after date not null,
  constraint evidence_pkey PRIMARY KEY (contact_id, advert_id)
);
comment on table integrity.evidence is 'Contacts that stand in a confirmed advert of resale, or sold in a mystery purchase.';
comment on column integrity.evidence.found_at is 'UTC.';
comment on column integrity.evidence.erase_after is 'A year after it was found.';
grant select, insert, update, delete on integrity.evidence to ventanilla_worker;

create table integrity.filings (
  id uuid not null,
  source_id uuid not null,
  ordinal smallint not null,
  person_id uuid not null,
  contact_id uuid not null,
  keys bigint[] not null,
  marks bigint[] not null,
  sealed bytea not null,
  active boolean not null,
  seen boolean not null,
  filed_at timestamp with time zone not null,
  erase_after date not null,
  differs boolean not null default false,
  constraint filings_pkey PRIMARY KEY (id),
  constraint filings_source_id_ordinal_key UNIQUE (source_id, ordinal),
  constraint filings_ordinal_check CHECK (((ordinal >= 1) AND (ordinal <= 8)))
);
comment on table integrity.filings is 'What one contact filed of one person of one booking. Never filled from or shared with what another contact filed.';
comment on column integrity.filings.source_id is 'The booking.';
comment on column integrity.filings.person_id is 'Who she is, as far as equal keys and one contact''s own filings tell. It decides no booking.';
comment on column integrity.filings.keys is 'First 64 bits of keyed digests of the name with birth and sex, and of the CURP if given; under every live version. They find, they never decide: what they find is opened and compared.';
comment on column integrity.filings.marks is 'The same of what near-duplicates share: birth date, sound of the surname with the year of birth, first ten of the CURP, address.';
comment on column integrity.filings.sealed is 'Personal: names, birth, sex, CURP, sealed (field integrity.filing) under the key of the booking''s day, with which it ends.';
comment on column integrity.filings.active is 'The booking stands: its visit is to come.';
comment on column integrity.filings.seen is 'Identity level 2: a clerk had the document in hand and the service was issued (fairness 4.4.5).';
comment on column integrity.filings.filed_at is 'UTC.';
comment on column integrity.filings.erase_after is 'Of the booking: thirty days after the visit.';
comment on column integrity.filings.differs is 'Her CURP says another date, sex or initial than she does; she was asked once and stood by it. Says nothing to whoever saw her paper (seen).';
CREATE INDEX filings_by_contact ON integrity.filings USING btree (contact_id);
CREATE INDEX filings_by_key ON integrity.filings USING gin (keys) WITH (fastupdate=off);
CREATE INDEX filings_by_mark ON integrity.filings USING gin (marks) WITH (fastupdate=off);
CREATE INDEX filings_by_person ON integrity.filings USING btree (person_id);
CREATE INDEX filings_to_erase ON integrity.filings USING btree (erase_after);
CREATE TRIGGER shred_deleted AFTER DELETE ON integrity.filings FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON integrity.filings FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table integrity.filings enable row level security;
alter table integrity.filings force row level security;
grant select (contact_id, keys, seen) on integrity.filings to ventanilla_citizen_reader;
grant select, update (person_id) on integrity.filings to ventanilla_console;
grant select, insert, update, delete on integrity.filings to ventanilla_worker;

create table integrity.months (
  month date not null,
  bookings integer not null,
  challenged integer not null,
  validated integer not null,
  cancelled integer not null,
  appealed integer not null,
  won integer not null,
  constraint months_pkey PRIMARY KEY (month)
);
comment on table integrity.months is 'Numbers of a month that is over, of nobody; they stay when the cases are erased.';
comment on column integrity.months.month is 'First day, UTC.';
comment on column integrity.months.bookings is 'Bookings observed.';
grant select on integrity.months to ventanilla_report;
grant select, insert on integrity.months to ventanilla_worker;

create table integrity.observations (
  booking_id uuid not null,
  office_id text not null,
  contact_id uuid not null,
  contact_kind text not null,
  device_id uuid,
  persons bigint[] not null,
  surnames integer[] not null,
  starts_at timestamp with time zone not null,
  booked_at timestamp with time zone not null,
  cancelled_at timestamp with time zone,
  ended text,
  fresh_contact boolean not null,
  assisted boolean not null,
  is_scored boolean not null default false,
  cluster_id uuid,
  erase_after date not null,
  helper_id uuid,
  change bigint not null generated always as identity,
  constraint observations_pkey PRIMARY KEY (booking_id),
  constraint observations_ended_check CHECK ((ended = ANY (ARRAY['served'::text, 'missed'::text])))
);
comment on table integrity.observations is 'Who booked what with which contact and device, and when: ids and digests.';
comment on column integrity.observations.device_id is 'The visitor''s session, in which several contacts may have booked one after the other.';
comment on column integrity.observations.persons is '48 bits of the keyed digest of each person''s name, birth and sex: enough to count, not to find.';
comment on column integrity.observations.surnames is '16 bits of the keyed digest of each first surname: tells a family from strangers and nobody from anybody.';
comment on column integrity.observations.starts_at is 'UTC of the hour that was booked.';
comment on column integrity.observations.booked_at is 'UTC.';
comment on column integrity.observations.cancelled_at is 'UTC; also of one that lapsed.';
comment on column integrity.observations.fresh_contact is 'The contact was younger than seven days when it booked.';
comment on column integrity.observations.assisted is 'Booked by telephone, at the counter or at the door.';
comment on column integrity.observations.is_scored is 'False: the next computation looks at it and at whom it is tied to.';
comment on column integrity.observations.erase_after is 'Ninety days after it was booked.';
comment on column integrity.observations.helper_id is 'Registered helper with whom it was booked; emptied thirty days after it was booked.';
comment on column integrity.observations.change is 'Another one with each change: only what was read is marked as scored.';
CREATE INDEX observations_by_cluster ON integrity.observations USING btree (cluster_id) WHERE (cluster_id IS NOT NULL);
CREATE INDEX observations_by_contact ON integrity.observations USING btree (contact_id);
CREATE INDEX observations_by_device ON integrity.observations USING btree (device_id) WHERE (device_id IS NOT NULL);
CREATE INDEX observations_by_helper ON integrity.observations USING btree (helper_id) WHERE (helper_id IS NOT NULL);
CREATE INDEX observations_by_office ON integrity.observations USING btree (office_id, booked_at);
CREATE INDEX observations_to_erase ON integrity.observations USING btree (erase_after);
CREATE INDEX observations_to_score ON integrity.observations USING btree (booking_id) WHERE (NOT is_scored);
CREATE INDEX observations_to_settle ON integrity.observations USING btree (starts_at) WHERE ((ended IS NULL) AND (cancelled_at IS NULL));
alter table integrity.observations enable row level security;
alter table integrity.observations force row level security;
grant select on integrity.observations to ventanilla_console;
grant select, insert, update, delete on integrity.observations to ventanilla_worker;

create table integrity.pairs (
  id uuid not null,
  person_a uuid not null,
  person_b uuid not null,
  bits real not null,
  terms jsonb not null,
  one_contact boolean not null,
  found_at timestamp with time zone not null,
  verdict text,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint pairs_pkey PRIMARY KEY (id),
  constraint pairs_person_a_person_b_key UNIQUE (person_a, person_b),
  constraint decided_by_somebody CHECK ((((verdict IS NULL) = (decided_by IS NULL)) AND ((verdict IS NULL) = (decided_at IS NULL)))),
  constraint in_order CHECK ((person_a <= person_b)),
  constraint pairs_verdict_check CHECK ((verdict = ANY (ARRAY['same'::text, 'different'::text, 'twins'::text])))
);
comment on table integrity.pairs is 'A doubt for a trained person: two persons who may be one; with twice the same id a clash, one person whom two contacts filed for days to come.';
comment on column integrity.pairs.bits is 'Binary logarithm of the odds that both are one person (fairness 4.4.2): from 2 it is looked at, from 6 one person is proposed.';
comment on column integrity.pairs.terms is 'What made the bits, as codes with their bits; no value of anybody.';
comment on column integrity.pairs.one_contact is 'When it was found, one contact had filed all of both. Looked at again when it is decided: only then does "same" make two persons one.';
comment on column integrity.pairs.found_at is 'UTC.';
comment on column integrity.pairs.decided_by is 'Member of staff.';
comment on column integrity.pairs.decided_at is 'UTC.';
CREATE INDEX open_pairs ON integrity.pairs USING btree (found_at) WHERE (verdict IS NULL);
CREATE INDEX pairs_by_b ON integrity.pairs USING btree (person_b);
alter table integrity.pairs enable row level security;
alter table integrity.pairs force row level security;
grant select, update (decided_at, decided_by, verdict) on integrity.pairs to ventanilla_console;
grant select, insert, update, delete on integrity.pairs to ventanilla_worker;

create table integrity.persons (
  id uuid not null,
  created_at timestamp with time zone not null,
  constraint persons_pkey PRIMARY KEY (id)
);
comment on table integrity.persons is 'A human being as a random id, and nothing else. It goes with the last filing that names her.';
comment on column integrity.persons.created_at is 'UTC.';
grant select, delete on integrity.persons to ventanilla_console;
grant select, insert, update, delete on integrity.persons to ventanilla_worker;

create table integrity.sanctions (
  id uuid not null,
  contact_id uuid not null,
  case_id uuid not null,
  step smallint not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  lifted_at timestamp with time zone,
  constraint sanctions_pkey PRIMARY KEY (id),
  constraint sanctions_step_check CHECK (((step >= 0) AND (step <= 3)))
);
comment on table integrity.sanctions is 'Of a contact and never of a person: warning, thirty days, twelve months.';
comment on column integrity.sanctions.step is '0 held while a person asks, ten days at most; 1 warning, 2 thirty days, 3 twelve months.';
comment on column integrity.sanctions.from_at is 'UTC.';
comment on column integrity.sanctions.until_at is 'UTC; empty for a warning.';
comment on column integrity.sanctions.lifted_at is 'UTC at which an appeal took it back.';
CREATE INDEX sanctions_by_contact ON integrity.sanctions USING btree (contact_id, from_at);
alter table integrity.sanctions enable row level security;
alter table integrity.sanctions force row level security;
grant select, insert, update (lifted_at) on integrity.sanctions to ventanilla_console;
grant select, insert, update, delete on integrity.sanctions to ventanilla_worker;

create table integrity.thresholds (
  id uuid not null,
  yellow smallint not null,
  orange smallint not null,
  red smallint not null,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  constraint thresholds_pkey PRIMARY KEY (id),
  constraint rising CHECK (((0 < yellow) AND (yellow < orange) AND (orange < red) AND (red <= 100)))
);
comment on table integrity.thresholds is 'Points from which each level begins; the latest row holds. Without a row those of the rule hold.';
comment on column integrity.thresholds.set_by is 'The analyst who set it after seeing what it would have done.';
comment on column integrity.thresholds.set_at is 'UTC.';
grant select, insert on integrity.thresholds to ventanilla_console;
grant select on integrity.thresholds to ventanilla_worker;

create table integrity.unobserved (
  booking_id uuid not null,
  device_id uuid,
  asked bigint not null generated always as identity,
  constraint unobserved_pkey PRIMARY KEY (booking_id)
);
comment on table integrity.unobserved is 'Bookings of which something changed and which are looked at after the commit.';
comment on column integrity.unobserved.device_id is 'The visitor''s session that booked, where it was told.';
comment on column integrity.unobserved.asked is 'Another one each time: what changed meanwhile is looked at again.';
grant select, insert, update, delete on integrity.unobserved to ventanilla_worker;

create table integrity.weights (
  id uuid not null,
  points jsonb not null,
  labelled integer not null,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  constraint weights_pkey PRIMARY KEY (id)
);
comment on table integrity.weights is 'Points of each kind of evidence, fitted to cases that were decided; the latest row holds. Without a row those of the rule hold.';
comment on column integrity.weights.points is 'Whole points by code.';
comment on column integrity.weights.labelled is 'Decided cases that they were fitted to.';
comment on column integrity.weights.set_by is 'The analyst who set them after seeing what they would have done.';
comment on column integrity.weights.set_at is 'UTC.';
grant select, insert on integrity.weights to ventanilla_console;
grant select on integrity.weights to ventanilla_worker;

create table emergencies.requests (
  office_id text not null,
  id uuid not null,
  contact_id uuid,
  session_id uuid,
  channel text not null,
  language text not null,
  sealed bytea not null,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  reminded_at timestamp with time zone,
  state text not null default 'asked'::text,
  version integer not null default 1,
  reviewed boolean not null default false,
  proposal text,
  proposed_at timestamp with time zone,
  proposed_by uuid,
  service text,
  people smallint,
  local_date date,
  starts_at timestamp with time zone,
  reason text,
  answer_sealed bytea,
  signed_at timestamp with time zone,
  signed_by uuid,
  signed_how text,
  opening_minutes integer,
  booking_id uuid,
  erase_after date not null,
  constraint requests_pkey PRIMARY KEY (office_id, id),
  constraint alone_is_one CHECK (((signed_how IS DISTINCT FROM 'alone'::text) OR (signed_by = proposed_by))),
  constraint answered_is_signed CHECK (((state <> ALL (ARRAY['granted'::text, 'refused'::text, 'booked'::text, 'lapsed'::text])) OR (signed_how IS NOT NULL))),
  constraint no_has_a_reason CHECK (((proposal IS DISTINCT FROM 'no'::text) OR (reason IS NOT NULL))),
  constraint place_says_when CHECK (((proposal IS DISTINCT FROM 'place'::text) OR ((service IS NOT NULL) AND (people IS NOT NULL) AND (local_date IS NOT NULL) AND (starts_at IS NOT NULL)))),
  constraint proposed_by_somebody CHECK (((state = ANY (ARRAY['asked'::text, 'withdrawn'::text])) OR ((proposal IS NOT NULL) AND (proposed_by IS NOT NULL) AND (proposed_at IS NOT NULL)))),
  constraint requests_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text]))),
  constraint requests_opening_minutes_check CHECK ((opening_minutes >= 0)),
  constraint requests_people_check CHECK (((people >= 1) AND (people <= 5))),
  constraint requests_proposal_check CHECK ((proposal = ANY (ARRAY['place'::text, 'hour'::text, 'no'::text]))),
  constraint requests_reason_check CHECK ((reason = ANY (ARRAY['ordinary_in_time'::text, 'other_office'::text, 'not_consular'::text, 'not_reached'::text, 'solved'::text]))),
  constraint requests_signed_how_check CHECK ((signed_how = ANY (ARRAY['two'::text, 'alone'::text]))),
  constraint requests_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'proposed'::text, 'granted'::text, 'refused'::text, 'booked'::text, 'withdrawn'::text, 'lapsed'::text]))),
  constraint requests_version_check CHECK ((version > 0)),
  constraint two_people_sign CHECK (((signed_how IS DISTINCT FROM 'two'::text) OR (signed_by <> proposed_by)))
);
comment on table emergencies.requests is 'Somebody asked for urgent attention with two questions and no paper. A person answers within two opening hours of the office; two people sign.';
comment on column emergencies.requests.contact_id is 'Verified contact that asked; empty for whoever gave a telephone to be called back.';
comment on column emergencies.requests.session_id is 'Visit in which it was asked: it sees the answer without proving a contact.';
comment on column emergencies.requests.sealed is 'Personal: what happened, by when, and the telephone to call back, sealed (field emergencies.request). Empty once whoever asked has erased it.';
comment on column emergencies.requests.asked_at is 'UTC.';
comment on column emergencies.requests.due_at is 'UTC by which a person answers: two opening hours of the office''s own sessions after it was asked.';
comment on column emergencies.requests.reminded_at is 'UTC at which the office was reminded that it is due and not answered; it then counts as late.';
comment on column emergencies.requests.state is 'The table of transitions is in src/modules/emergencies/rules/answering.ts.';
comment on column emergencies.requests.reviewed is 'A no was sent to the head of office: the head is one of the two who sign the next answer, and there is no third.';
comment on column emergencies.requests.proposal is 'place: kept in schedules.places under this id until it starts. hour: come today at that hour, first of the line. no: with a reason.';
comment on column emergencies.requests.proposed_at is 'UTC. Thirty minutes later the head of office may sign alone.';
comment on column emergencies.requests.service is 'Slug of the service for which the place is kept.';
comment on column emergencies.requests.people is 'For how many.';
comment on column emergencies.requests.local_date is 'Day of the place or hour in the office''s zone.';
comment on column emergencies.requests.starts_at is 'UTC of the place or hour.';
comment on column emergencies.requests.reason is 'Code of a no; the catalogue words it.';
comment on column emergencies.requests.answer_sealed is 'Personal: what the office wrote to the person, sealed (field emergencies.answer).';
comment on column emergencies.requests.signed_at is 'UTC.';
comment on column emergencies.requests.signed_how is 'two: somebody else signed. alone: the head of office, after thirty minutes without a second; counted apart.';
comment on column emergencies.requests.opening_minutes is 'Minutes in which the office was open between the question and the answer.';
comment on column emergencies.requests.erase_after is 'Thirty days after it was asked, or after its place.';
CREATE UNIQUE INDEX one_open_for_a_contact ON emergencies.requests USING btree (contact_id) WHERE ((contact_id IS NOT NULL) AND (state = ANY (ARRAY['asked'::text, 'proposed'::text, 'granted'::text])));
CREATE UNIQUE INDEX one_open_for_a_visit ON emergencies.requests USING btree (session_id) WHERE ((session_id IS NOT NULL) AND (state = ANY (ARRAY['asked'::text, 'proposed'::text, 'granted'::text])));
CREATE INDEX requests_granted ON emergencies.requests USING btree (starts_at) WHERE (state = ANY (ARRAY['proposed'::text, 'granted'::text]));
CREATE INDEX requests_of_contacts ON emergencies.requests USING btree (contact_id, asked_at) WHERE (contact_id IS NOT NULL);
CREATE INDEX requests_of_visits ON emergencies.requests USING btree (session_id, asked_at) WHERE (session_id IS NOT NULL);
CREATE INDEX requests_to_erase ON emergencies.requests USING btree (erase_after);
CREATE INDEX requests_waiting ON emergencies.requests USING btree (office_id, due_at) WHERE (state = ANY (ARRAY['asked'::text, 'proposed'::text]));
CREATE TRIGGER shred_deleted AFTER DELETE ON emergencies.requests FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed', 'answer_sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed, answer_sealed ON emergencies.requests FOR EACH ROW WHEN (((old.sealed IS DISTINCT FROM new.sealed) OR (old.answer_sealed IS DISTINCT FROM new.answer_sealed))) EXECUTE FUNCTION platform.shred_old('sealed', 'answer_sealed');
alter table emergencies.requests enable row level security;
alter table emergencies.requests force row level security;
grant select (answer_sealed, asked_at, booking_id, contact_id, due_at, id, language, local_date, office_id, people, proposal, reason, reviewed, service, session_id, signed_at, signed_how, starts_at, state, version) on emergencies.requests to ventanilla_citizen_reader;
grant select (asked_at, booking_id, contact_id, due_at, erase_after, id, language, local_date, office_id, people, proposal, reviewed, service, session_id, starts_at, state, version), insert, update (booking_id, contact_id, due_at, reviewed, signed_at, signed_by, signed_how, state, version) on emergencies.requests to ventanilla_citizen_writer;
grant select, update on emergencies.requests to ventanilla_console;
grant select (asked_at, booking_id, contact_id, due_at, erase_after, id, language, office_id, opening_minutes, proposal, reminded_at, session_id, signed_at, signed_how, starts_at, state, version), update (answer_sealed, booking_id, contact_id, due_at, reminded_at, sealed, session_id, signed_at, signed_by, signed_how, state, version), delete on emergencies.requests to ventanilla_worker;

create table emergencies.weeks (
  office_id text not null,
  week date not null,
  asked integer not null,
  granted integer not null,
  refused integer not null,
  alone integer not null,
  late integer not null,
  minutes integer[] not null,
  constraint weeks_pkey PRIMARY KEY (office_id, week),
  constraint weeks_alone_check CHECK ((alone >= 0)),
  constraint weeks_asked_check CHECK ((asked > 0)),
  constraint weeks_granted_check CHECK ((granted >= 0)),
  constraint weeks_late_check CHECK ((late >= 0)),
  constraint weeks_refused_check CHECK ((refused >= 0))
);
comment on table emergencies.weeks is 'What became of the requests of a week that is over: numbers only, of nobody, which stay when the requests are erased.';
comment on column emergencies.weeks.week is 'Monday in Mexico City of the days on which they were asked.';
comment on column emergencies.weeks.alone is 'Answers that the head of office signed alone.';
comment on column emergencies.weeks.late is 'Not answered within two opening hours.';
comment on column emergencies.weeks.minutes is 'Opening minutes to each answer, in no order.';
grant select on emergencies.weeks to ventanilla_report;
grant select, insert on emergencies.weeks to ventanilla_worker;

create table visits.absences (
  office_id text not null,
  session_id uuid not null,
  counter smallint not null,
  local_date date not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  constraint absences_pkey PRIMARY KEY (office_id, session_id, counter, since),
  constraint absences_counter_check CHECK (((counter >= 1) AND (counter <= 60)))
);
comment on table visits.absences is 'Counters at which nobody works today. Which clerk is absent is not written here.';
comment on column visits.absences.counter is 'Number of the counter within the session, from 1.';
comment on column visits.absences.local_date is 'Day in the office''s zone.';
comment on column visits.absences.since is 'UTC.';
comment on column visits.absences.until is 'UTC at which somebody came after all; empty while nobody does.';
CREATE INDEX absences_by_day ON visits.absences USING btree (office_id, local_date);
CREATE UNIQUE INDEX one_standing_absence ON visits.absences USING btree (office_id, session_id, counter) WHERE (until IS NULL);
alter table visits.absences enable row level security;
alter table visits.absences force row level security;
grant select, insert, update on visits.absences to ventanilla_console;

create table visits.alarms (
  office_id text not null,
  id uuid not null,
  staff_id uuid not null,
  counter smallint,
  raised_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  seen_by uuid,
  seen_at timestamp with time zone,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint alarms_pkey PRIMARY KEY (office_id, id),
  constraint alarms_counter_check CHECK (((counter >= 1) AND (counter <= 99))),
  constraint somebody_else_goes CHECK (((seen_by <> staff_id) AND (ended_by <> staff_id))),
  constraint undone_or_ended CHECK (((undone_at IS NULL) OR (ended_at IS NULL)))
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
CREATE UNIQUE INDEX one_standing_alarm ON visits.alarms USING btree (office_id, staff_id) WHERE ((undone_at IS NULL) AND (ended_at IS NULL));
CREATE INDEX standing_alarms ON visits.alarms USING btree (office_id) WHERE ((undone_at IS NULL) AND (ended_at IS NULL));
alter table visits.alarms enable row level security;
alter table visits.alarms force row level security;
grant select, insert, update on visits.alarms to ventanilla_console;

create table visits.arrivals (
  office_id text not null,
  visit_id uuid not null,
  local_date date not null,
  by text not null,
  step_free boolean not null default false,
  constraint arrivals_pkey PRIMARY KEY (office_id, visit_id),
  constraint arrivals_by_check CHECK ((by = ANY (ARRAY['door'::text, 'kiosk'::text, 'phone'::text])))
);
comment on table visits.arrivals is 'How a party was received where it was not at a counter.';
comment on column visits.arrivals.local_date is 'Day in the office''s zone.';
comment on column visits.arrivals.step_free is 'It asked for a way without steps.';
alter table visits.arrivals enable row level security;
alter table visits.arrivals force row level security;
grant select, insert, update on visits.arrivals to ventanilla_console;

create table visits.day_counts (
  office_id text not null,
  local_date date not null,
  service_group text not null,
  served integer not null,
  unserved integer not null,
  missed integer not null,
  cancelled integer not null,
  moved integer not null,
  constraint day_counts_pkey PRIMARY KEY (office_id, local_date, service_group),
  constraint day_counts_cancelled_check CHECK ((cancelled >= 0)),
  constraint day_counts_missed_check CHECK ((missed >= 0)),
  constraint day_counts_moved_check CHECK ((moved >= 0)),
  constraint day_counts_served_check CHECK ((served >= 0)),
  constraint day_counts_unserved_check CHECK ((unserved >= 0))
);
comment on table visits.day_counts is 'Appointments of a day that is over, one for each person and service group: numbers only, which stay when bookings are erased after thirty days.';
comment on column visits.day_counts.local_date is 'Day in the office''s zone.';
comment on column visits.day_counts.served is 'Came, and at least one service was issued.';
comment on column visits.day_counts.unserved is 'Came, and nothing could be issued.';
comment on column visits.day_counts.missed is 'Did not come.';
comment on column visits.day_counts.cancelled is 'Would have been on this day and were cancelled, by whomever.';
comment on column visits.day_counts.moved is 'Of those that stood on this day, how many their contact had moved at least once.';
grant select on visits.day_counts to ventanilla_console;
grant select on visits.day_counts to ventanilla_report;
grant select, insert, update, delete on visits.day_counts to ventanilla_worker;

create table visits.day_measures (
  office_id text not null,
  local_date date not null,
  measure text not null,
  key text not null,
  minutes smallint not null,
  count integer not null,
  constraint day_measures_pkey PRIMARY KEY (office_id, local_date, measure, key, minutes),
  constraint day_measures_count_check CHECK ((count > 0)),
  constraint day_measures_measure_check CHECK ((measure = ANY (ARRAY['wait'::text, 'wait_group'::text, 'service'::text, 'reason'::text]))),
  constraint day_measures_minutes_check CHECK ((minutes >= 0))
);
comment on table visits.day_measures is 'How many waited and were attended for how many minutes on a day that is over, and why services were not issued. A year of an office is a few ten thousand rows, of which any part is summed at once.';
comment on column visits.day_measures.local_date is 'Day in the office''s zone.';
comment on column visits.day_measures.measure is 'wait and wait_group: parties, from arrival to call. service: people, from call to outcome. reason: services that were not issued.';
comment on column visits.day_measures.key is 'Service group, service, or outcome and reason with a space between; empty for wait.';
comment on column visits.day_measures.minutes is 'Whole minutes; 0 for a reason.';
comment on column visits.day_measures.count is 'Of how many: numbers only, of nobody.';
grant select on visits.day_measures to ventanilla_report;
grant select, insert, update, delete on visits.day_measures to ventanilla_worker;

create table visits.devices (
  id uuid not null,
  office_id text not null,
  kind text not null,
  code_digest bytea,
  code_until timestamp with time zone not null,
  token_digest bytea,
  offered_by uuid not null,
  enrolled_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint devices_pkey PRIMARY KEY (id),
  constraint devices_code_digest_key UNIQUE (code_digest),
  constraint devices_token_digest_key UNIQUE (token_digest),
  constraint a_code_is_good_once CHECK (((token_digest IS NULL) OR (code_digest IS NULL))),
  constraint devices_kind_check CHECK ((kind = ANY (ARRAY['screen'::text, 'kiosk'::text]))),
  constraint enrolled_with_a_token CHECK (((token_digest IS NULL) = (enrolled_at IS NULL)))
);
comment on table visits.devices is 'Devices that an office enrolled. No person uses one alone, and nothing is known of who does.';
comment on column visits.devices.code_digest is 'SHA-256 of the code that enrols it, of 60 random bits; empty once it was used.';
comment on column visits.devices.code_until is 'UTC until which the code is good: ten minutes.';
comment on column visits.devices.token_digest is 'SHA-256 of the 256 random bits in the cookie of its browser.';
comment on column visits.devices.offered_by is 'Member of staff.';
comment on column visits.devices.enrolled_at is 'UTC.';
comment on column visits.devices.revoked_at is 'UTC; from then on its browser shows nothing of the hall.';
CREATE INDEX devices_by_office ON visits.devices USING btree (office_id);
grant select, insert, update on visits.devices to ventanilla_console;

create table visits.door_days (
  office_id text not null,
  local_date date not null,
  others smallint not null default 0,
  constraint door_days_pkey PRIMARY KEY (office_id, local_date),
  constraint door_days_others_check CHECK (((others >= 0) AND (others <= 2000)))
);
comment on table visits.door_days is 'Who is inside beside the parties: companions and whoever only asks, as the door counts them.';
comment on column visits.door_days.local_date is 'Day in the office''s zone.';
grant select, insert, update on visits.door_days to ventanilla_console;

create table visits.door_lots (
  office_id text not null,
  local_date date not null,
  opens_at timestamp with time zone not null,
  source text not null,
  round bigint not null,
  randomness text not null,
  drawn_at timestamp with time zone not null,
  drawn smallint[] not null default '{}'::smallint[],
  first smallint not null default 0,
  constraint door_lots_pkey PRIMARY KEY (office_id, local_date),
  constraint door_lots_first_check CHECK ((first >= 0)),
  constraint door_lots_randomness_check CHECK ((randomness ~ '^[0-9a-f]{64}$'::text)),
  constraint door_lots_source_check CHECK ((source = ANY (ARRAY['drand'::text, 'operator'::text])))
);
comment on table visits.door_lots is 'The lot among who stood at an office''s door without an appointment when it opened. The row is also what lets it be drawn once.';
comment on column visits.door_lots.local_date is 'Day in the office''s zone.';
comment on column visits.door_lots.opens_at is 'UTC start of the first session of the day: who was registered before it is in the lot.';
comment on column visits.door_lots.source is 'operator: the installation made the number itself, for it has no network or the public one did not answer in time.';
comment on column visits.door_lots.round is 'The first round after the door opened.';
comment on column visits.door_lots.drawn_at is 'UTC.';
comment on column visits.door_lots.drawn is 'Numbers of the turns in the order of the lot, as it was drawn: what becomes of a turn afterwards changes nothing that was published.';
comment on column visits.door_lots.first is 'How many of them, from the beginning, went before others by priority.';
grant select on visits.door_lots to ventanilla_console;
grant select on visits.door_lots to ventanilla_report;
grant select, insert on visits.door_lots to ventanilla_worker;

create table visits.door_overrides (
  office_id text not null,
  id uuid not null,
  local_date date not null,
  staff_id uuid not null,
  verdict text not null,
  reason text not null,
  at timestamp with time zone not null,
  second_id uuid,
  seconded_at timestamp with time zone,
  constraint door_overrides_pkey PRIMARY KEY (office_id, id),
  constraint a_second_signs CHECK (((second_id IS DISTINCT FROM staff_id) AND ((second_id IS NULL) = (seconded_at IS NULL)))),
  constraint door_overrides_reason_check CHECK ((reason = ANY (ARRAY['priority'::text, 'emergency'::text, 'collects'::text, 'asks'::text, 'weather'::text, 'head'::text]))),
  constraint door_overrides_verdict_check CHECK ((verdict = ANY (ARRAY['wait'::text, 'later'::text, 'other_day'::text, 'other_office'::text, 'ended'::text, 'unknown'::text])))
);
comment on table visits.door_overrides is 'Whom the door let in against what it was told, by guard; whom it let in stands nowhere.';
comment on column visits.door_overrides.local_date is 'Day in the office''s zone.';
comment on column visits.door_overrides.verdict is 'What the door was told.';
comment on column visits.door_overrides.at is 'UTC.';
comment on column visits.door_overrides.second_id is 'Who runs the hall and signed it on the same day. The door waits for nobody; what nobody signed is counted apart.';
comment on column visits.door_overrides.seconded_at is 'UTC.';
CREATE INDEX door_overrides_by_day ON visits.door_overrides USING btree (office_id, local_date);
alter table visits.door_overrides enable row level security;
alter table visits.door_overrides force row level security;
grant select, insert, update on visits.door_overrides to ventanilla_console;
grant select (local_date, office_id, second_id) on visits.door_overrides to ventanilla_report;

create table visits.door_queue (
  office_id text not null,
  local_date date not null,
  number smallint not null,
  booking_id uuid not null,
  people smallint not null,
  since timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint door_queue_pkey PRIMARY KEY (office_id, local_date, number),
  constraint door_queue_number_check CHECK ((number > 0))
);
comment on table visits.door_queue is 'Parties that stand before a full hall, in the order in which they came.';
comment on column visits.door_queue.local_date is 'Day in the office''s zone.';
comment on column visits.door_queue.number is 'What the guard tells the party, from 1.';
comment on column visits.door_queue.since is 'UTC.';
comment on column visits.door_queue.ended_at is 'UTC at which it was let in, or was not there any more.';
CREATE UNIQUE INDEX one_place_before_the_door ON visits.door_queue USING btree (office_id, local_date, booking_id) WHERE (ended_at IS NULL);
alter table visits.door_queue enable row level security;
alter table visits.door_queue force row level security;
grant select, insert, update on visits.door_queue to ventanilla_console;
grant select, delete on visits.door_queue to ventanilla_worker;

create table visits.expected_hours (
  office_id text not null,
  booking_id uuid not null,
  local_date date not null,
  expected_at timestamp with time zone not null,
  told_for timestamp with time zone,
  constraint expected_hours_pkey PRIMARY KEY (office_id, booking_id)
);
comment on table visits.expected_hours is 'When a party is expected to be attended to where that is not the hour of its appointment. The appointment, its place and its folio stay as they are.';
comment on column visits.expected_hours.local_date is 'Day in the office''s zone.';
comment on column visits.expected_hours.expected_at is 'UTC.';
comment on column visits.expected_hours.told_for is 'UTC. The hour in the last message that told the party to come at another one; empty for who was told nothing.';
CREATE INDEX expected_hours_by_day ON visits.expected_hours USING btree (office_id, local_date);
alter table visits.expected_hours enable row level security;
alter table visits.expected_hours force row level security;
grant select (booking_id, expected_at, local_date, office_id, told_for) on visits.expected_hours to ventanilla_citizen_reader;
grant select, insert, update on visits.expected_hours to ventanilla_console;
grant select, delete on visits.expected_hours to ventanilla_worker;

create table visits.halls (
  office_id text not null,
  people smallint not null,
  constraint halls_pkey PRIMARY KEY (office_id),
  constraint halls_people_check CHECK (((people >= 1) AND (people <= 2000)))
);
comment on table visits.halls is 'How many people an office may have in its hall at once. An office without a row has no limit.';
grant select, insert, update, delete on visits.halls to ventanilla_console;

create table visits.interpretations (
  office_id text not null,
  id uuid not null,
  visit_id uuid not null,
  local_date date not null,
  station text not null,
  language text not null,
  asked_at timestamp with time zone not null,
  connected_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint interpretations_pkey PRIMARY KEY (office_id, id),
  constraint connected_before_ended CHECK (((connected_at >= asked_at) AND (ended_at >= COALESCE(connected_at, asked_at)))),
  constraint interpretations_language_check CHECK ((language ~ '^[a-z_]{1,40}$'::text))
);
comment on table visits.interpretations is 'Who is waiting for an interpreter or speaks through one. The turn itself is as it was: it loses no place. Deleted two days after the day; only minutes stay.';
comment on column visits.interpretations.local_date is 'Day in the office''s zone.';
comment on column visits.interpretations.station is 'Where the visit stood.';
comment on column visits.interpretations.language is 'Personal: the language of a party, with its variant where one was chosen (rules/languages.ts).';
comment on column visits.interpretations.asked_at is 'UTC.';
comment on column visits.interpretations.connected_at is 'UTC at which somebody interpreted; empty while nobody does, or where nobody did.';
comment on column visits.interpretations.ended_at is 'UTC.';
CREATE INDEX interpretations_by_day ON visits.interpretations USING btree (local_date);
CREATE UNIQUE INDEX one_interpreter_of_a_visit ON visits.interpretations USING btree (office_id, visit_id) WHERE (ended_at IS NULL);
alter table visits.interpretations enable row level security;
alter table visits.interpretations force row level security;
grant select, insert, update, delete on visits.interpretations to ventanilla_console;
grant select (local_date), delete on visits.interpretations to ventanilla_worker;

create table visits.interpreted (
  office_id text not null,
  month date not null,
  language text not null,
  measure text not null,
  minutes smallint not null,
  count integer not null,
  constraint interpreted_pkey PRIMARY KEY (office_id, month, language, measure, minutes),
  constraint interpreted_count_check CHECK ((count > 0)),
  constraint interpreted_measure_check CHECK ((measure = ANY (ARRAY['wait'::text, 'talk'::text, 'nobody'::text]))),
  constraint interpreted_minutes_check CHECK ((minutes >= 0)),
  constraint interpreted_month_check CHECK ((month = date_trunc('month'::text, (month)::timestamp with time zone)))
);
comment on table visits.interpreted is 'How many waited and spoke for how many minutes through an interpreter: numbers only, of nobody.';
comment on column visits.interpreted.month is 'First day of the month, in the office''s zone.';
comment on column visits.interpreted.language is 'As in visits.interpretations.';
comment on column visits.interpreted.measure is 'wait: from asking until somebody interpreted. talk: from then to the end. nobody: how long was waited in vain.';
comment on column visits.interpreted.minutes is 'Whole minutes.';
alter table visits.interpreted enable row level security;
alter table visits.interpreted force row level security;
grant select, insert, update on visits.interpreted to ventanilla_console;
grant select on visits.interpreted to ventanilla_report;

create table visits.interpreter_lines (
  scope text not null,
  phone text not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null,
  constraint interpreter_lines_pkey PRIMARY KEY (scope),
  constraint interpreter_lines_phone_check CHECK ((phone ~ '^\+[0-9]{8,15}$'::text))
);
comment on table visits.interpreter_lines is 'Where interpreters are called.';
comment on column visits.interpreter_lines.scope is 'An office, or network for all that have no line of their own.';
comment on column visits.interpreter_lines.phone is 'With country code, no spaces. Of a service, of nobody.';
comment on column visits.interpreter_lines.changed_at is 'UTC.';
grant select, insert, update, delete on visits.interpreter_lines to ventanilla_console;

create table visits.loaned (
  office_id text not null,
  loan_id uuid not null,
  booking_id uuid not null,
  version integer,
  held_until timestamp with time zone not null,
  constraint loaned_pkey PRIMARY KEY (office_id, loan_id, booking_id)
);
comment on table visits.loaned is 'The bookings of a list. While a tablet may bring something of them, nothing of them is made final and nobody counts as not come.';
comment on column visits.loaned.version is 'Of the visit when the list was taken; empty when there was none.';
comment on column visits.loaned.held_until is 'UTC. The expiry of the list; the merge, when it was clear; a day more while a person has to decide.';
CREATE INDEX loaned_by_booking ON visits.loaned USING btree (office_id, booking_id);
alter table visits.loaned enable row level security;
alter table visits.loaned force row level security;
grant select, insert, update on visits.loaned to ventanilla_console;
grant select on visits.loaned to ventanilla_worker;

create table visits.loans (
  office_id text not null,
  id uuid not null,
  tablet_id uuid not null,
  local_date date not null,
  special_day_id uuid,
  taken_by uuid not null,
  taken_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  merged_at timestamp with time zone,
  lost_at timestamp with time zone,
  lost_by uuid,
  merged_acts integer not null default 0,
  constraint loans_pkey PRIMARY KEY (office_id, id),
  constraint loans_merged_acts_check CHECK ((merged_acts >= 0)),
  constraint merged_or_lost CHECK (((merged_at IS NULL) OR (lost_at IS NULL)))
);
comment on table visits.loans is 'A list that a tablet took along, encrypted under a PIN that the server never learns. Deleted thirty days after the day.';
comment on column visits.loans.local_date is 'Day in the office''s zone.';
comment on column visits.loans.special_day_id is 'Whose sessions it has; empty: those of the office itself.';
comment on column visits.loans.taken_at is 'UTC.';
comment on column visits.loans.expires_at is 'UTC, 24 hours after the last session of the list ends; then the tablet erases the names.';
comment on column visits.loans.merged_at is 'UTC at which all that was done on it had been merged.';
comment on column visits.loans.lost_at is 'UTC. Somebody said that it will not come back; what it brings from then on is refused.';
comment on column visits.loans.merged_acts is 'How many acts of its tablet are merged. More may come after a list that is back: its answer was lost, and the tablet worked on.';
CREATE INDEX loans_by_day ON visits.loans USING btree (local_date);
CREATE UNIQUE INDEX one_list_of_a_tablet ON visits.loans USING btree (office_id, tablet_id) WHERE ((merged_at IS NULL) AND (lost_at IS NULL));
alter table visits.loans enable row level security;
alter table visits.loans force row level security;
grant select, insert, update on visits.loans to ventanilla_console;
grant select, delete on visits.loans to ventanilla_worker;

create table visits.merge_conflicts (
  office_id text not null,
  id uuid not null,
  loan_id uuid not null,
  booking_id uuid not null,
  appointment_id uuid,
  code text not null,
  outcomes jsonb not null,
  raised_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  resolved_by uuid,
  kept text,
  constraint merge_conflicts_pkey PRIMARY KEY (office_id, id),
  constraint merge_conflicts_office_id_loan_id_booking_id_appointment_id_key UNIQUE NULLS NOT DISTINCT (office_id, loan_id, booking_id, appointment_id),
  constraint merge_conflicts_code_check CHECK ((code ~ '^[a-z_]{1,40}$'::text)),
  constraint merge_conflicts_kept_check CHECK ((kept = ANY (ARRAY['office'::text, 'tablet'::text]))),
  constraint resolved_says_what CHECK (((resolved_at IS NULL) = (kept IS NULL)))
);
comment on table visits.merge_conflicts is 'What a tablet says differently from the office. A person decides; nothing is overwritten before.';
comment on column visits.merge_conflicts.appointment_id is 'Empty when it is about the whole party.';
comment on column visits.merge_conflicts.code is 'Why it could not be merged.';
comment on column visits.merge_conflicts.outcomes is 'What the tablet says: appointment, service, code and reason.';
comment on column visits.merge_conflicts.raised_at is 'UTC.';
comment on column visits.merge_conflicts.resolved_at is 'UTC.';
comment on column visits.merge_conflicts.kept is 'What stands: what the office has, or what the tablet says.';
alter table visits.merge_conflicts enable row level security;
alter table visits.merge_conflicts force row level security;
grant select, insert, update on visits.merge_conflicts to ventanilla_console;

create table visits.operations (
  office_id text not null,
  loan_id uuid not null,
  counter integer not null,
  booking_id uuid not null,
  act jsonb not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  constraint operations_pkey PRIMARY KEY (office_id, loan_id, counter),
  constraint operations_counter_check CHECK ((counter > 0))
);
comment on table visits.operations is 'What was done on a tablet without network, each act once. Ids and codes only.';
comment on column visits.operations.counter is 'Its order on the tablet, from 1, without gaps.';
comment on column visits.operations.act is 'As in src/modules/visits/rules/merge.ts.';
comment on column visits.operations.at is 'UTC by the tablet''s clock, corrected by the difference that the server measured when it arrived. It orders nothing.';
comment on column visits.operations.received_at is 'UTC.';
alter table visits.operations enable row level security;
alter table visits.operations force row level security;
grant select, insert on visits.operations to ventanilla_console;

create table visits.outcomes (
  office_id text not null,
  id uuid not null,
  visit_id uuid not null,
  appointment_id uuid not null,
  service text not null,
  code text not null,
  reason text,
  staff_id uuid not null,
  recorded_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint outcomes_pkey PRIMARY KEY (office_id, id),
  constraint outcomes_code_check CHECK ((code = ANY (ARRAY['issued'::text, 'missing_document'::text, 'refused'::text, 'no_show'::text]))),
  constraint outcomes_reason_check CHECK ((reason ~ '^[a-z_]{1,40}$'::text))
);
comment on table visits.outcomes is 'What came of each service of each person.';
comment on column visits.outcomes.reason is 'Code of the missing document or of the refusal, never a typed text.';
comment on column visits.outcomes.recorded_at is 'UTC; one instant for everything that was recorded with one key.';
comment on column visits.outcomes.undone_at is 'UTC. Set when the clerk took it back within a minute, or the party came after all.';
CREATE UNIQUE INDEX one_standing_outcome ON visits.outcomes USING btree (office_id, appointment_id, service) WHERE (undone_at IS NULL);
CREATE INDEX outcomes_by_visit ON visits.outcomes USING btree (office_id, visit_id);
alter table visits.outcomes enable row level security;
alter table visits.outcomes force row level security;
grant select, insert, update on visits.outcomes to ventanilla_console;
grant select on visits.outcomes to ventanilla_report;
grant select on visits.outcomes to ventanilla_worker;

create table visits.passages (
  office_id text not null,
  visit_id uuid not null,
  station text not null,
  local_date date not null,
  line text not null,
  counter smallint,
  people smallint not null,
  entered_at timestamp with time zone not null,
  called_at timestamp with time zone,
  served_at timestamp with time zone,
  ended_at timestamp with time zone not null,
  constraint passages_pkey PRIMARY KEY (office_id, visit_id, station, entered_at)
);
comment on table visits.passages is 'A station that a visit has behind it: the minutes from which waits are foretold.';
comment on column visits.passages.local_date is 'Day in the office''s zone.';
comment on column visits.passages.line is 'As in visits.visits.';
comment on column visits.passages.counter is 'As in visits.visits.';
comment on column visits.passages.entered_at is 'UTC at which it joined the queue.';
comment on column visits.passages.called_at is 'UTC of the last call.';
comment on column visits.passages.served_at is 'UTC at which it began to be attended to; empty for who was not asked for.';
comment on column visits.passages.ended_at is 'UTC.';
CREATE INDEX passages_by_day ON visits.passages USING btree (office_id, local_date, station, ended_at);
alter table visits.passages enable row level security;
alter table visits.passages force row level security;
grant select, insert, delete on visits.passages to ventanilla_console;
grant select on visits.passages to ventanilla_report;
grant select on visits.passages to ventanilla_worker;

create table visits.phone_tries (
  office_id text not null,
  booking_id uuid not null,
  local_date date not null,
  tries smallint not null,
  constraint phone_tries_pkey PRIMARY KEY (office_id, booking_id, local_date)
);
comment on table visits.phone_tries is 'Wrong codes of the hour that were typed for a booking on its day. After five only a person receives it.';
comment on column visits.phone_tries.local_date is 'Day in the office''s zone.';
alter table visits.phone_tries enable row level security;
alter table visits.phone_tries force row level security;
grant select, insert, update on visits.phone_tries to ventanilla_console;
grant select, delete on visits.phone_tries to ventanilla_worker;

create table visits.priorities (
  office_id text not null,
  visit_id uuid not null,
  priority text not null,
  local_date date not null,
  staff_id uuid not null,
  marked_at timestamp with time zone not null,
  needs_second boolean not null,
  second_id uuid,
  signed_at timestamp with time zone,
  before text,
  constraint priorities_pkey PRIMARY KEY (office_id, visit_id),
  constraint priorities_before_check CHECK ((before = ANY (ARRAY['age_60'::text, 'small_child'::text]))),
  constraint priorities_priority_check CHECK ((priority = ANY (ARRAY['disability'::text, 'pregnancy'::text, 'emergency'::text, 'far'::text]))),
  constraint two_people_sign CHECK ((second_id <> staff_id))
);
comment on table visits.priorities is 'Who let whom go first, and why. What birth dates say is not here: nobody decides it.';
comment on column visits.priorities.local_date is 'Day in the office''s zone.';
comment on column visits.priorities.marked_at is 'UTC.';
comment on column visits.priorities.needs_second is 'An emergency, or more than a tenth of the day''s turns: nobody goes first before a second person signs.';
comment on column visits.priorities.signed_at is 'UTC at which the second person signed.';
comment on column visits.priorities.before is 'What birth dates had given the party; null when nothing. It stands again when this row is taken back.';
CREATE INDEX priorities_by_day ON visits.priorities USING btree (office_id, local_date);
alter table visits.priorities enable row level security;
alter table visits.priorities force row level security;
grant select, insert, update, delete on visits.priorities to ventanilla_console;
grant select on visits.priorities to ventanilla_report;
grant select on visits.priorities to ventanilla_worker;

create table visits.return_rights (
  office_id text not null,
  booking_id uuid not null,
  local_date date not null,
  valid_until date not null,
  given_at timestamp with time zone not null,
  told_news_at timestamp with time zone,
  told_back_at timestamp with time zone,
  printed_at timestamp with time zone,
  receipt text,
  undone_at timestamp with time zone,
  constraint return_rights_pkey PRIMARY KEY (office_id, booking_id),
  constraint return_rights_receipt_check CHECK ((receipt ~ '^[A-Z0-9-]{1,20}$'::text))
);
comment on table visits.return_rights is 'Parties that a suspended service kept from being attended to: they come back without an appointment, before walk-ins. While it stands the booking stays open and nobody counts as not come. It is of the day that was lost: of a booking that moved to another day it says nothing any more. Goes when the booking is erased.';
comment on column visits.return_rights.local_date is 'The day that was lost, in the office''s zone.';
comment on column visits.return_rights.valid_until is 'Last day on which it is good: fifteen working days of the office''s own calendar, and never after the file is erased.';
comment on column visits.return_rights.given_at is 'UTC.';
comment on column visits.return_rights.told_news_at is 'UTC. The hour of the next news in the last message that told the party to stay at home; empty once it may come, and for who stood in the hall.';
comment on column visits.return_rights.told_back_at is 'UTC at which a party that was told to stay at home was told that it may come.';
comment on column visits.return_rights.printed_at is 'UTC at which its paper was first printed; from then on no undo takes it back.';
comment on column visits.return_rights.receipt is 'Personal: number of the receipt of whoever has paid. Emptied when the right is over.';
comment on column visits.return_rights.undone_at is 'UTC. The suspension was a slip of the hand, and nobody had been told.';
CREATE INDEX return_rights_by_day ON visits.return_rights USING btree (office_id, local_date);
CREATE INDEX return_rights_by_end ON visits.return_rights USING btree (office_id, valid_until);
CREATE INDEX return_rights_receipts ON visits.return_rights USING btree (office_id, valid_until) WHERE (receipt IS NOT NULL);
alter table visits.return_rights enable row level security;
alter table visits.return_rights force row level security;
grant select (booking_id, local_date, office_id, told_news_at, undone_at, valid_until) on visits.return_rights to ventanilla_citizen_reader;
grant select, insert, update on visits.return_rights to ventanilla_console;
grant select, insert, update, delete on visits.return_rights to ventanilla_worker;

create table visits.routes (
  office_id text not null,
  service text not null,
  stations text[] not null,
  constraint routes_pkey PRIMARY KEY (office_id, service),
  constraint routes_stations_check CHECK ((cardinality(stations) > 0))
);
comment on table visits.routes is 'The stations of a service at an office, in order. A service without a row goes through all of them but window, or through window alone where there is nothing else.';
grant select, insert, update, delete on visits.routes to ventanilla_console;
grant select on visits.routes to ventanilla_report;
grant select on visits.routes to ventanilla_worker;

create table visits.stations (
  office_id text not null,
  station text not null,
  counters smallint not null,
  constraint stations_pkey PRIMARY KEY (office_id, station),
  constraint stations_counters_check CHECK (((counters >= 1) AND (counters <= 60))),
  constraint stations_station_check CHECK ((station = ANY (ARRAY['filter'::text, 'cashier'::text, 'capture'::text, 'window'::text])))
);
comment on table visits.stations is 'Where a visit goes through in an office, as data. An office without a row has one station, window, for everything.';
comment on column visits.stations.counters is 'How many people can be attended to at once.';
grant select, insert, update, delete on visits.stations to ventanilla_console;
grant select on visits.stations to ventanilla_report;
grant select on visits.stations to ventanilla_worker;

create table visits.survey_counts (
  office_id text not null,
  month date not null,
  counts integer[] not null,
  constraint survey_counts_pkey PRIMARY KEY (office_id, month),
  constraint survey_counts_counts_check CHECK ((cardinality(counts) = 12)),
  constraint survey_counts_month_check CHECK ((month = date_trunc('month'::text, (month)::timestamp with time zone)))
);
comment on table visits.survey_counts is 'What people said of their visit on the page, added up: no answer is kept by itself, and none can be told from another.';
comment on column visits.survey_counts.month is 'First day of the month in which they answered, in the office''s zone.';
comment on column visits.survey_counts.counts is 'How many said good, fair and bad of the visit, then of punctuality, of the time taken and of courtesy (rules/survey.ts).';
grant select, insert, update on visits.survey_counts to ventanilla_citizen_writer;
grant select on visits.survey_counts to ventanilla_report;

create table visits.survey_marks (
  digest bytea not null,
  forget_after date not null,
  constraint survey_marks_pkey PRIMARY KEY (digest)
);
comment on table visits.survey_marks is 'That a link was used: a keyed digest of its booking, so that it answers once. It says neither of what office nor what was said.';
comment on column visits.survey_marks.digest is 'Keyed, of the booking and this purpose: it leads back to nothing.';
comment on column visits.survey_marks.forget_after is 'Last day of a month (UTC); then the link has long stopped to work, and the row is deleted.';
grant select, insert on visits.survey_marks to ventanilla_citizen_writer;
grant select, delete on visits.survey_marks to ventanilla_worker;

create table visits.survey_sheets (
  office_id text not null,
  id uuid not null,
  month date not null,
  counts smallint[] not null,
  staff_id uuid not null,
  entered_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint survey_sheets_pkey PRIMARY KEY (office_id, id),
  constraint survey_sheets_counts_check CHECK (((cardinality(counts) = 12) AND (0 <= ALL (counts)))),
  constraint survey_sheets_month_check CHECK ((month = date_trunc('month'::text, (month)::timestamp with time zone)))
);
comment on table visits.survey_sheets is 'Paper answers that an office counted and typed in.';
comment on column visits.survey_sheets.month is 'First day of the month in which they were typed in, in the office''s zone: a month that is over does not change any more.';
comment on column visits.survey_sheets.counts is 'As in visits.survey_counts.';
comment on column visits.survey_sheets.staff_id is 'Who typed them in.';
comment on column visits.survey_sheets.entered_at is 'UTC.';
comment on column visits.survey_sheets.undone_at is 'UTC at which they were taken back, before the month was over.';
CREATE INDEX survey_sheets_by_month ON visits.survey_sheets USING btree (office_id, month);
alter table visits.survey_sheets enable row level security;
alter table visits.survey_sheets force row level security;
grant select, insert, update on visits.survey_sheets to ventanilla_console;
grant select on visits.survey_sheets to ventanilla_report;

create table visits.suspensions (
  office_id text not null,
  id uuid not null,
  local_date date not null,
  service text not null,
  station text,
  reason text not null,
  news_at timestamp with time zone not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  undone boolean not null default false,
  constraint suspensions_pkey PRIMARY KEY (office_id, id),
  constraint suspensions_reason_check CHECK ((reason = ANY (ARRAY['issuing_system'::text, 'printer'::text, 'cash_desk'::text, 'power'::text, 'other'::text]))),
  constraint suspensions_station_check CHECK ((station ~ '^[a-z_]{1,40}$'::text)),
  constraint undone_is_over CHECK (((NOT undone) OR (ended_at IS NOT NULL)))
);
comment on table visits.suspensions is 'A service that an office cannot give for a part of one day. It never lasts beyond that day.';
comment on column visits.suspensions.local_date is 'Day in the office''s zone.';
comment on column visits.suspensions.service is 'Slug.';
comment on column visits.suspensions.station is 'The station on whose account the service stands still: whoever has it behind her goes on. Empty: the whole service.';
comment on column visits.suspensions.reason is 'A code for the office''s own figures; people are told what it means for them.';
comment on column visits.suspensions.news_at is 'UTC. The hour by which the office said that it would give news.';
comment on column visits.suspensions.started_at is 'UTC.';
comment on column visits.suspensions.ended_at is 'UTC at which the service went on; empty while it stands, or when it never did that day.';
comment on column visits.suspensions.undone is 'It was a slip of the hand: it counts in no figure.';
CREATE UNIQUE INDEX one_standing_suspension ON visits.suspensions USING btree (office_id, local_date, service) WHERE (ended_at IS NULL);
alter table visits.suspensions enable row level security;
alter table visits.suspensions force row level security;
grant select, insert, update on visits.suspensions to ventanilla_console;
grant select on visits.suspensions to ventanilla_worker;

create table visits.tablets (
  office_id text not null,
  id uuid not null,
  name text not null,
  secret_digest bytea not null,
  enrolled_by uuid not null,
  enrolled_at timestamp with time zone not null,
  constraint tablets_pkey PRIMARY KEY (office_id, id),
  constraint tablets_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40)))
);
comment on table visits.tablets is 'Devices of an office that may take the list of a session along.';
comment on column visits.tablets.name is 'As it is written on the device.';
comment on column visits.tablets.secret_digest is 'SHA-256 of the 256 random bits that its browser keeps.';
comment on column visits.tablets.enrolled_at is 'UTC.';
alter table visits.tablets enable row level security;
alter table visits.tablets force row level security;
grant select, insert on visits.tablets to ventanilla_console;

create table visits.turn_numbers (
  office_id text not null,
  local_date date not null,
  last smallint not null,
  constraint turn_numbers_pkey PRIMARY KEY (office_id, local_date)
);
comment on table visits.turn_numbers is 'The last turn number of an office''s day.';
comment on column visits.turn_numbers.local_date is 'Day in the office''s zone.';
grant select, insert, update on visits.turn_numbers to ventanilla_console;

create table visits.visits (
  office_id text not null,
  id uuid not null,
  booking_id uuid,
  local_date date not null,
  state text not null,
  counter smallint,
  arrived_at timestamp with time zone,
  called_at timestamp with time zone,
  served_at timestamp with time zone,
  recorded_at timestamp with time zone,
  done_at timestamp with time zone,
  settled_at timestamp with time zone,
  version integer not null default 1,
  on_paper boolean not null default false,
  turn_no smallint,
  line text not null default 'appointment'::text,
  people smallint not null default 1,
  due_at timestamp with time zone,
  lot integer,
  priority text,
  station text not null default 'window'::text,
  route text[] not null default '{window}'::text[],
  station_since timestamp with time zone,
  parked_at timestamp with time zone,
  calls smallint not null default 0,
  first_called_at timestamp with time zone,
  constraint visits_pkey PRIMARY KEY (office_id, id),
  constraint visits_office_id_booking_id_key UNIQUE (office_id, booking_id),
  constraint its_station_is_on_its_route CHECK ((station = ANY (route))),
  constraint visits_calls_check CHECK ((calls >= 0)),
  constraint visits_counter_check CHECK (((counter >= 1) AND (counter <= 99))),
  constraint visits_line_check CHECK ((line = ANY (ARRAY['appointment'::text, 'return'::text, 'walk_in'::text]))),
  constraint visits_lot_check CHECK ((lot > 0)),
  constraint visits_people_check CHECK (((people >= 1) AND (people <= 8))),
  constraint visits_priority_check CHECK ((priority = ANY (ARRAY['age_60'::text, 'disability'::text, 'pregnancy'::text, 'small_child'::text, 'emergency'::text, 'far'::text]))),
  constraint visits_state_check CHECK ((state = ANY (ARRAY['expected'::text, 'waiting'::text, 'called'::text, 'serving'::text, 'done'::text, 'left'::text]))),
  constraint visits_turn_no_check CHECK (((turn_no >= 1) AND (turn_no <= 9999))),
  constraint who_is_in_the_hall_arrived CHECK (((arrived_at IS NOT NULL) OR (state = ANY (ARRAY['expected'::text, 'left'::text]))))
);
comment on table visits.visits is 'A party in the hall, or one that was marked as not come: its turn from the door to the last station. A walk-in has a booking too, which was made for it at the door.';
comment on column visits.visits.booking_id is 'Of a walk-in the one that was made at the door.';
comment on column visits.visits.local_date is 'Day in the office''s zone.';
comment on column visits.visits.state is 'The table of transitions is in src/modules/visits/rules/visit.ts.';
comment on column visits.visits.counter is 'Number of the counter in the hall.';
comment on column visits.visits.arrived_at is 'UTC. Empty for a party that was marked as not come.';
comment on column visits.visits.called_at is 'UTC of the last call at its station.';
comment on column visits.visits.served_at is 'UTC at which it began to be attended to at its station.';
comment on column visits.visits.recorded_at is 'UTC of the last outcomes. They can be taken back for 60 seconds.';
comment on column visits.visits.done_at is 'UTC at which nothing was left to record.';
comment on column visits.visits.settled_at is 'UTC at which claims and counters were closed; from then on nothing is taken back.';
comment on column visits.visits.version is 'Grows with each change; a clerk who acts on an older picture is told so.';
comment on column visits.visits.on_paper is 'Typed in from the printed list after a day without system: its hours are those of the list and measure nothing.';
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
CREATE UNIQUE INDEX one_turn_of_a_number ON visits.visits USING btree (office_id, local_date, turn_no) WHERE (turn_no IS NOT NULL);
CREATE INDEX visits_by_day ON visits.visits USING btree (office_id, local_date);
CREATE INDEX visits_to_settle ON visits.visits USING btree (local_date) WHERE (settled_at IS NULL);
alter table visits.visits enable row level security;
alter table visits.visits force row level security;
grant select, insert, update on visits.visits to ventanilla_console;
grant select on visits.visits to ventanilla_report;
grant select, update (done_at, lot, settled_at, state, version) on visits.visits to ventanilla_worker;

create table visits.walk_in_hours (
  office_id text not null,
  opens time without time zone not null,
  closes time without time zone not null,
  constraint walk_in_hours_pkey PRIMARY KEY (office_id),
  constraint walk_in_hours_in_order CHECK ((closes > opens))
);
comment on table visits.walk_in_hours is 'Hours for people without an appointment, on every day on which the hall opens. An office without a row receives them as long as it is open.';
comment on column visits.walk_in_hours.opens is 'Local time at the office: the lot among those who stand at the door is drawn then.';
comment on column visits.walk_in_hours.closes is 'Local time at the office from which whoever comes is given a date; a turn that was given is attended to.';
grant select, insert, update, delete on visits.walk_in_hours to ventanilla_console;
grant select on visits.walk_in_hours to ventanilla_report;
grant select on visits.walk_in_hours to ventanilla_worker;

create table issuing.blanks (
  office_id text not null,
  id uuid not null,
  local_date date not null,
  annex boolean not null,
  blank text not null,
  movement text not null,
  quantity integer not null,
  number text,
  document_id uuid,
  step integer,
  staff_id uuid not null,
  at timestamp with time zone not null,
  constraint blanks_pkey PRIMARY KEY (office_id, id),
  constraint blanks_blank_check CHECK ((blank = ANY (ARRAY['booklet'::text, 'card'::text]))),
  constraint blanks_check CHECK (((quantity <> 0) OR (movement = 'adjusted'::text))),
  constraint blanks_movement_check CHECK ((movement = ANY (ARRAY['received'::text, 'used'::text, 'spoiled'::text, 'adjusted'::text]))),
  constraint blanks_number_check CHECK ((number ~ '^[A-Z0-9-]{1,20}$'::text)),
  constraint spoiled_has_its_number CHECK (((movement <> 'spoiled'::text) OR (number IS NOT NULL)))
);
comment on table issuing.blanks is 'Blank booklets and cards of an office, movement by movement: never changed and never deleted. What is left is received and adjusted less used and spoiled.';
comment on column issuing.blanks.local_date is 'Day in the office''s zone.';
comment on column issuing.blanks.annex is 'Written after that day was signed by two.';
comment on column issuing.blanks.movement is 'adjusted: what a count found more (or, below zero, less) than the movements say.';
comment on column issuing.blanks.quantity is 'Pieces. Below zero where a movement is taken back, or a count found less.';
comment on column issuing.blanks.number is 'Number that is printed on a spoiled blank; it was nobody''s document. Of one that was used no number is kept.';
comment on column issuing.blanks.step is 'Version that the document had after it; empty for what is about no document.';
comment on column issuing.blanks.at is 'UTC.';
CREATE INDEX blanks_by_day ON issuing.blanks USING btree (office_id, blank, local_date);
CREATE INDEX blanks_by_document ON issuing.blanks USING btree (office_id, document_id) WHERE (document_id IS NOT NULL);
alter table issuing.blanks enable row level security;
alter table issuing.blanks force row level security;
grant select, insert on issuing.blanks to ventanilla_console;

create table issuing.closings (
  office_id text not null,
  local_date date not null,
  page jsonb not null,
  digest text not null,
  first_by uuid not null,
  first_at timestamp with time zone not null,
  second_by uuid,
  second_at timestamp with time zone,
  constraint closings_pkey PRIMARY KEY (office_id, local_date),
  constraint closings_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint signed_at_an_instant CHECK (((second_by IS NULL) = (second_at IS NULL))),
  constraint two_different_people CHECK (((second_by IS NULL) OR (second_by <> first_by)))
);
comment on table issuing.closings is 'The page with which an office closes a day, as two people signed it. Signed by one it may still be replaced; signed by two it never changes.';
comment on column issuing.closings.local_date is 'Day in the office''s zone.';
comment on column issuing.closings.page is 'The figures, shaped by ClosingPage in src/modules/issuing/types.ts.';
comment on column issuing.closings.digest is 'SHA-256 of the page in canonical JSON: both signed the same figures.';
comment on column issuing.closings.first_by is 'Member of staff.';
comment on column issuing.closings.first_at is 'UTC.';
comment on column issuing.closings.second_by is 'Another member of staff; one of the two runs the office.';
comment on column issuing.closings.second_at is 'UTC.';
alter table issuing.closings enable row level security;
alter table issuing.closings force row level security;
grant select, insert, update on issuing.closings to ventanilla_console;

create table issuing.documents (
  office_id text not null,
  id uuid not null,
  booking_id uuid not null,
  appointment_id uuid not null,
  service text not null,
  local_date date not null,
  folio_tail text not null,
  state text not null,
  before text,
  blank text,
  variant text not null default ''::text,
  due_cents integer not null,
  promised_on date,
  return_on date,
  changed_at timestamp with time zone not null,
  version integer not null default 1,
  constraint documents_pkey PRIMARY KEY (office_id, id),
  constraint documents_office_id_appointment_id_service_key UNIQUE (office_id, appointment_id, service),
  constraint documents_before_check CHECK ((before = ANY (ARRAY['to_pay'::text, 'paid'::text, 'exempt'::text, 'captured'::text, 'in_production'::text, 'ready'::text, 'delivered'::text, 'spoiled'::text, 'by_mail'::text, 'return_on'::text]))),
  constraint documents_blank_check CHECK ((blank = ANY (ARRAY['booklet'::text, 'card'::text]))),
  constraint documents_due_cents_check CHECK ((due_cents >= 0)),
  constraint documents_folio_tail_check CHECK ((folio_tail ~ '^[0-9A-Z]{1,8}$'::text)),
  constraint documents_state_check CHECK ((state = ANY (ARRAY['to_pay'::text, 'paid'::text, 'exempt'::text, 'captured'::text, 'in_production'::text, 'ready'::text, 'delivered'::text, 'spoiled'::text, 'by_mail'::text, 'return_on'::text]))),
  constraint who_comes_back_has_a_day CHECK (((state <> 'return_on'::text) OR (return_on IS NOT NULL)))
);
comment on table issuing.documents is 'One paper that an office makes of one service of one person. Who she is stands with her booking.';
comment on column issuing.documents.local_date is 'Day on which it was asked for, in the office''s zone.';
comment on column issuing.documents.folio_tail is 'End of the folio, with which it is found on the shelf after the booking was erased.';
comment on column issuing.documents.state is 'The table of transitions is in src/modules/issuing/rules/documents.ts.';
comment on column issuing.documents.before is 'The state before the last change, for a slip of the hand; empty when nothing can be taken back.';
comment on column issuing.documents.blank is 'Blank of the counted stock that it takes; empty for plain paper and for what another authority prints.';
comment on column issuing.documents.variant is 'What is paid for, as in offices.fees: 3y, 6y, 10y. Empty where no fee is known.';
comment on column issuing.documents.due_cents is 'Amount due for that choice, in cents of a US dollar.';
comment on column issuing.documents.promised_on is 'Local day on which it was promised; empty where another authority delivers it.';
comment on column issuing.documents.return_on is 'Last local day on which its person comes back with the paper that was missing.';
comment on column issuing.documents.changed_at is 'UTC of the last change; it can be taken back for 60 seconds.';
comment on column issuing.documents.version is 'Grows with each change; whoever acts on an older picture is told so.';
CREATE INDEX documents_by_booking ON issuing.documents USING btree (office_id, booking_id);
CREATE INDEX documents_open ON issuing.documents USING btree (office_id, local_date) WHERE (state <> ALL (ARRAY['delivered'::text, 'by_mail'::text]));
alter table issuing.documents enable row level security;
alter table issuing.documents force row level security;
grant select, insert, update on issuing.documents to ventanilla_console;
grant select (booking_id, changed_at, local_date, office_id, state) on issuing.documents to ventanilla_worker;

create table issuing.payments (
  office_id text not null,
  id uuid not null,
  document_id uuid not null,
  local_date date not null,
  annex boolean not null,
  kind text not null,
  variant text not null,
  cents integer not null,
  means text,
  receipt text,
  discount text,
  reason text,
  corrects uuid,
  step integer not null,
  staff_id uuid not null,
  at timestamp with time zone not null,
  constraint payments_pkey PRIMARY KEY (office_id, id),
  constraint only_a_correction_takes_away CHECK (((cents >= 0) OR (corrects IS NOT NULL))),
  constraint paid_by_some_means CHECK (((kind = 'paid'::text) = (means IS NOT NULL))),
  constraint payments_discount_check CHECK ((discount ~ '^[a-z0-9-]{1,40}$'::text)),
  constraint payments_kind_check CHECK ((kind = ANY (ARRAY['paid'::text, 'exempt'::text]))),
  constraint payments_means_check CHECK ((means = ANY (ARRAY['cash'::text, 'exact_cash'::text, 'card'::text, 'money_order'::text]))),
  constraint payments_reason_check CHECK ((reason ~ '^[a-z_]{1,40}$'::text)),
  constraint payments_receipt_check CHECK ((receipt ~ '^[A-Z0-9-]{1,20}$'::text))
);
comment on table issuing.payments is 'What was paid or exempted, line by line: never changed and never deleted. A correction is a line with the opposite amount, and sums follow from the lines. No money is handled here, and no card data.';
comment on column issuing.payments.local_date is 'Day of the office to which the line belongs. A correction belongs to the day of the line that it corrects.';
comment on column issuing.payments.annex is 'Written after that day was signed by two: it stands below the page and changes nothing on it.';
comment on column issuing.payments.variant is 'What was paid for.';
comment on column issuing.payments.cents is 'Cents of a US dollar; of an exempt document what would have been due. Below zero in a correction.';
comment on column issuing.payments.receipt is 'Personal: number of the receipt of whoever paid. Emptied thirty days after.';
comment on column issuing.payments.discount is 'Personal: why she pays less (age, disability). Emptied thirty days after.';
comment on column issuing.payments.reason is 'Code of the exemption, or of the correction.';
comment on column issuing.payments.corrects is 'The line that this one takes back.';
comment on column issuing.payments.step is 'Version that the document had after it: what one key did is taken back together.';
comment on column issuing.payments.at is 'UTC.';
CREATE UNIQUE INDEX corrected_once ON issuing.payments USING btree (office_id, corrects) WHERE (corrects IS NOT NULL);
CREATE INDEX payments_by_day ON issuing.payments USING btree (office_id, local_date);
CREATE INDEX payments_by_document ON issuing.payments USING btree (office_id, document_id);
alter table issuing.payments enable row level security;
alter table issuing.payments force row level security;
grant select, insert on issuing.payments to ventanilla_console;
grant select (at, local_date), update (discount, receipt) on issuing.payments to ventanilla_worker;

create table messaging.messages (
  id uuid not null,
  contact_id uuid not null,
  kind text not null,
  office_id text,
  subject_id uuid not null,
  sequence bigint not null,
  urgency smallint not null,
  state text not null default 'queued'::text,
  attempts smallint not null default 0,
  next_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  error_code text,
  not_whatsapp boolean not null default false,
  delivered_at timestamp with time zone,
  constraint messages_pkey PRIMARY KEY (id),
  constraint said_once UNIQUE (subject_id, kind, sequence),
  constraint messages_kind_check CHECK ((kind = ANY (ARRAY['case_ended'::text, 'appeal_won'::text, 'staff_acted'::text, 'code'::text, 'confirmed'::text, 'moved'::text, 'cancelled'::text, 'lapsed'::text, 'displaced'::text, 'restored'::text, 'is_it_yours'::text, 'jornada_moved'::text, 'jornada_suspended'::text, 'reminder_7'::text, 'reminder_1'::text, 'permission_5'::text, 'permission_sheet'::text, 'day_suspended'::text, 'day_resumed'::text, 'day_hour'::text, 'thanks'::text, 'request_filed'::text, 'request_offered'::text, 'request_waiting'::text, 'request_identity'::text, 'notice_answered'::text, 'contact_joined'::text, 'documents_ready'::text]))),
  constraint messages_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text, 'dropped'::text]))),
  constraint messages_urgency_check CHECK (((urgency >= 0) AND (urgency <= 2)))
);
comment on table messaging.messages is 'One row per message; the unique key is what keeps it from being sent twice.';
comment on column messaging.messages.subject_id is 'The booking, the request or the one-time code that the message is about.';
comment on column messaging.messages.sequence is 'Tells messages of one kind and subject apart: the number of the event for a move, a lapse, a place that was cut or is there again, news of a day that goes wrong, the result of a draw or an answer to an urgent request, the day of the visit as YYYYMMDD for a reminder, that with the person''s and the parent''s number for a sheet, else 1.';
comment on column messaging.messages.urgency is '0 somebody waits at the screen for it, 1 something happened, 2 a reminder.';
comment on column messaging.messages.attempts is 'Tries begun. Counted before the try, so that a crash in the middle is counted too.';
comment on column messaging.messages.next_at is 'UTC of the next try; moved ahead before each try, which is the lease of whoever tries. Failures wait longer each time.';
comment on column messaging.messages.sent_at is 'UTC at which the gateway took it; empty until then.';
comment on column messaging.messages.error_code is 'Code of the last failure or of why it was dropped; never the provider''s text, which may repeat the address.';
comment on column messaging.messages.not_whatsapp is 'WhatsApp did not take it, or could not deliver it: it goes by SMS, and never by both.';
comment on column messaging.messages.delivered_at is 'UTC at which the provider said that the telephone has it; empty where a channel does not tell.';
CREATE INDEX messages_by_age ON messaging.messages USING btree (created_at);
CREATE INDEX messages_waiting ON messaging.messages USING btree (urgency, next_at) WHERE (state = 'queued'::text);
grant select (delivered_at, id, not_whatsapp, sent_at, state), update (delivered_at, error_code, next_at, not_whatsapp, sent_at, state) on messaging.messages to ventanilla_citizen_writer;
grant select, insert, update, delete on messaging.messages to ventanilla_worker;

create table messaging.reminder_days (
  office_id text not null,
  kind text not null,
  local_date date not null,
  swept_at timestamp with time zone not null,
  constraint reminder_days_pkey PRIMARY KEY (office_id, kind, local_date),
  constraint reminder_days_kind_check CHECK ((kind = ANY (ARRAY['reminder_7'::text, 'reminder_1'::text, 'permission_5'::text])))
);
comment on table messaging.reminder_days is 'Days of visits whose reminders are written, so that each day''s bookings are read once.';
comment on column messaging.reminder_days.local_date is 'Day of the visit in the office''s zone.';
comment on column messaging.reminder_days.swept_at is 'UTC at which they were written.';
grant select, insert, delete on messaging.reminder_days to ventanilla_worker;

create table room.rings (
  room_id text not null,
  id text not null,
  rang_at timestamp with time zone not null,
  tick integer not null,
  erase_after date not null,
  constraint rings_pkey PRIMARY KEY (room_id, id)
);
comment on table room.rings is 'Calls that rang, written before anybody knows who calls: a call counts from its ring.';
comment on column room.rings.rang_at is 'UTC.';
comment on column room.rings.tick is 'Tick in which it rang, and in whose log it stands.';
comment on column room.rings.erase_after is 'Thirty days after the room opened.';
CREATE INDEX rings_to_erase ON room.rings USING btree (erase_after);
grant select on room.rings to ventanilla_citizen_reader;
grant select, insert on room.rings to ventanilla_citizen_writer;
grant select, delete on room.rings to ventanilla_worker;

create table room.rooms (
  id text not null,
  office_id text not null,
  service_group text not null,
  opens_at timestamp with time zone not null,
  closes_at timestamp with time zone not null,
  state text not null default 'announced'::text,
  source text not null,
  announced_at timestamp with time zone not null,
  freed integer not null,
  places integer,
  closed_through integer not null default '-1'::integer,
  constraint rooms_pkey PRIMARY KEY (id),
  constraint rooms_office_id_service_group_opens_at_key UNIQUE (office_id, service_group, opens_at),
  constraint opens_before_it_closes CHECK ((opens_at <= closes_at)),
  constraint rooms_source_check CHECK ((source = ANY (ARRAY['quicknet'::text, 'operator'::text]))),
  constraint rooms_state_check CHECK ((state = ANY (ARRAY['announced'::text, 'open'::text, 'over'::text])))
);
comment on table room.rooms is 'One opening of an office and service group at a release tick.';
comment on column room.rooms.opens_at is 'UTC instant of the release tick.';
comment on column room.rooms.closes_at is 'UTC from which its places are open to all. Brought forward when nobody waits or nothing is left, put off when the first round is late.';
comment on column room.rooms.source is 'Whose rounds order it; fixed by its notice.';
comment on column room.rooms.announced_at is 'UTC at which its notice was first shown.';
comment on column room.rooms.freed is 'Places that waited for the tick when it was announced.';
comment on column room.rooms.places is 'Places in its pool when its first tick was closed; empty before.';
comment on column room.rooms.closed_through is 'Last tick that nobody can come into any more; -1 before the opening.';
CREATE INDEX rooms_not_over ON room.rooms USING btree (opens_at) WHERE (state <> 'over'::text);
grant select on room.rooms to ventanilla_citizen_reader;
grant select on room.rooms to ventanilla_citizen_writer;
grant select, insert, update on room.rooms to ventanilla_worker;

create table room.seeds (
  room_id text not null,
  tick integer not null,
  round bigint not null,
  signature text,
  randomness text not null,
  seed text not null,
  drawn_at timestamp with time zone not null,
  constraint seeds_pkey PRIMARY KEY (room_id, tick)
);
comment on table room.seeds is 'Rounds of the beacon, and what each makes of its tick.';
comment on column room.seeds.signature is 'The beacon''s, hex; empty for the operator''s own numbers, which nobody else can check.';
comment on column room.seeds.drawn_at is 'UTC at which it was fetched.';
grant select on room.seeds to ventanilla_citizen_reader;
grant select, insert on room.seeds to ventanilla_worker;

create table room.statuses (
  room_id text not null,
  seq integer not null,
  at timestamp with time zone not null,
  admitted text not null,
  let_in integer not null,
  rest double precision not null,
  body text not null,
  signature text not null,
  constraint statuses_pkey PRIMARY KEY (room_id, seq)
);
comment on table room.statuses is 'The published documents, each with the hash of the one before: written once, never changed.';
comment on column room.statuses.at is 'UTC.';
comment on column room.statuses.admitted is 'Rank up to which tickets may book; empty before the first.';
comment on column room.statuses.let_in is 'Tickets that the threshold lets in, by counts.';
comment on column room.statuses.rest is 'Part of a ticket that the steps so far did not use.';
comment on column room.statuses.signature is 'Ed25519 over body, hex.';
grant select on room.statuses to ventanilla_citizen_reader;
grant select, insert on room.statuses to ventanilla_worker;

create table room.tickets (
  room_id text not null,
  ticket_id bytea not null,
  rank_id bytea not null,
  tick integer not null,
  logged_in integer not null,
  ring_id text,
  erase_after date not null,
  constraint tickets_pkey PRIMARY KEY (room_id, ticket_id),
  constraint tickets_room_id_ring_id_key UNIQUE (room_id, ring_id),
  constraint only_a_ring_is_earlier CHECK (((tick <= logged_in) AND ((tick = logged_in) OR (ring_id IS NOT NULL))))
);
comment on table room.tickets is 'The log of who came, for the count and the root of each tick. Whoever is not in it never books, whoever signed her ticket.';
comment on column room.tickets.ticket_id is 'Keyed digest of a contact and her first applicant, of this room alone.';
comment on column room.tickets.rank_id is 'Keyed digest of the first applicant, of this room alone.';
comment on column room.tickets.tick is 'Place in the order of arrival: 0 before the opening, then one for each ten seconds.';
comment on column room.tickets.logged_in is 'Tick in whose log it stands; later than tick only for a call.';
comment on column room.tickets.ring_id is 'The call, which one ticket may name.';
comment on column room.tickets.erase_after is 'Thirty days after the room opened.';
CREATE INDEX tickets_of_ticks ON room.tickets USING btree (room_id, logged_in);
CREATE INDEX tickets_to_erase ON room.tickets USING btree (erase_after);
grant select on room.tickets to ventanilla_citizen_reader;
grant select, insert on room.tickets to ventanilla_citizen_writer;
grant select, delete on room.tickets to ventanilla_worker;

create table room.ticks (
  room_id text not null,
  tick integer not null,
  tickets integer not null,
  rings integer not null,
  root text not null,
  head text not null,
  closed_at timestamp with time zone not null,
  constraint ticks_pkey PRIMARY KEY (room_id, tick)
);
comment on table room.ticks is 'Closed ticks: count, root and chained head are here before anybody can know the seed.';
comment on column room.ticks.root is 'RFC 6962 root over the leaves, hex.';
comment on column room.ticks.head is 'Hash of the head before and of this tick''s line, hex.';
comment on column room.ticks.closed_at is 'UTC at which it was computed; a minute late after an outage, and auditors compare it with the round.';
grant select, insert on room.ticks to ventanilla_worker;

create table room.turns (
  room_id text not null,
  rank_id bytea not null,
  contact_id uuid not null,
  hold_id uuid not null,
  taken_at timestamp with time zone not null,
  erase_after date not null,
  constraint turns_pkey PRIMARY KEY (room_id, rank_id, contact_id),
  constraint turns_hold_id_key UNIQUE (hold_id)
);
comment on table room.turns is 'A ticket takes one hold, ever: the key is what keeps it from taking a second. Another contact that came for the same person has a turn of its own, and is told nothing.';
comment on column room.turns.rank_id is 'Keyed digest of the first applicant, of this room alone.';
comment on column room.turns.taken_at is 'UTC.';
comment on column room.turns.erase_after is 'Thirty days after the room opened.';
CREATE INDEX turns_to_erase ON room.turns USING btree (erase_after);
grant select on room.turns to ventanilla_citizen_reader;
grant select, insert, delete on room.turns to ventanilla_citizen_writer;
grant select, delete on room.turns to ventanilla_worker;

create table allocation.cells (
  draw_id uuid not null,
  office_id text not null,
  service_group text not null,
  local_date date not null,
  band text not null,
  places integer not null,
  constraint cells_pkey PRIMARY KEY (draw_id, office_id, service_group, local_date, band),
  constraint cells_band_check CHECK ((band = ANY (ARRAY['morning'::text, 'midday'::text, 'afternoon'::text]))),
  constraint cells_places_check CHECK ((places >= 0))
);
comment on table allocation.cells is 'The committed supply of a draw.';
comment on column allocation.cells.service_group is 'A service group, or a part of it: documentacion.2 counts those of its places that lie in pairs, documentacion.4 in fours. Parts are contained in their group.';
comment on column allocation.cells.local_date is 'Day in the office''s zone.';
comment on column allocation.cells.places is 'Steps of counters.';
grant select on allocation.cells to ventanilla_citizen_reader;
grant select on allocation.cells to ventanilla_citizen_writer;
grant select on allocation.cells to ventanilla_console;
grant select on allocation.cells to ventanilla_report;
grant select, insert on allocation.cells to ventanilla_worker;

create table allocation.cosignatures (
  draw_id uuid not null,
  witness text not null,
  line text not null,
  constraint cosignatures_pkey PRIMARY KEY (draw_id, witness)
);
comment on table allocation.cosignatures is 'Signature lines of witnesses under a draw''s manifest.';
grant select on allocation.cosignatures to ventanilla_citizen_reader;
grant select on allocation.cosignatures to ventanilla_citizen_writer;
grant select on allocation.cosignatures to ventanilla_console;
grant select on allocation.cosignatures to ventanilla_report;
grant select, insert on allocation.cosignatures to ventanilla_worker;

create table allocation.displaced (
  draw_id uuid not null,
  request_id uuid not null,
  office_id text not null,
  local_date date not null,
  "position" integer not null,
  since timestamp with time zone not null,
  told_at timestamp with time zone,
  settled_at timestamp with time zone,
  constraint displaced_pkey PRIMARY KEY (draw_id, request_id)
);
comment on table allocation.displaced is 'Households whom a draw gave a place that their office cut afterwards. They stand first: whatever comes free at that office before the next draw is theirs.';
comment on column allocation.displaced.local_date is 'The day that was lost, in the office''s zone.';
comment on column allocation.displaced."position" is 'In the order of the draw, from 0; told to nobody.';
comment on column allocation.displaced.since is 'UTC.';
comment on column allocation.displaced.told_at is 'UTC at which she was told that there is no other place yet.';
comment on column allocation.displaced.settled_at is 'UTC at which she had another place, or asked no more; empty while she waits.';
CREATE INDEX displaced_of_request ON allocation.displaced USING btree (request_id) WHERE (settled_at IS NULL);
CREATE INDEX displaced_waiting ON allocation.displaced USING btree (draw_id, office_id) WHERE (settled_at IS NULL);
alter table allocation.displaced enable row level security;
alter table allocation.displaced force row level security;
grant select on allocation.displaced to ventanilla_console;
grant select, insert, update (local_date, settled_at, since, told_at) on allocation.displaced to ventanilla_worker;

create table allocation.documents (
  draw_id uuid not null,
  seq integer not null,
  kind text not null,
  line text not null,
  constraint documents_pkey PRIMARY KEY (draw_id, seq),
  constraint documents_kind_check CHECK ((kind = ANY (ARRAY['opening'::text, 'manifest'::text, 'beacon'::text, 'result'::text, 'shares'::text, 'cutoff'::text])))
);
comment on table allocation.documents is 'The published papers of a draw, a line each, as docs/verify.md says. Written once; cosignatures are added to the manifest''s line when it is served.';
comment on column allocation.documents.seq is 'Order in the published file.';
grant select on allocation.documents to ventanilla_citizen_reader;
grant select on allocation.documents to ventanilla_citizen_writer;
grant select on allocation.documents to ventanilla_console;
grant select on allocation.documents to ventanilla_report;
grant select, insert on allocation.documents to ventanilla_worker;

create table allocation.draws (
  id uuid not null,
  follows uuid,
  kind text not null,
  state text not null default 'open'::text,
  opens_at timestamp with time zone not null,
  locks_at timestamp with time zone not null,
  draws_at timestamp with time zone not null,
  answers_by timestamp with time zone not null,
  horizon_from date not null,
  horizon_to date not null,
  steps jsonb not null,
  round bigint,
  rows_from date not null,
  root bytea,
  seed bytea,
  counted_at timestamp with time zone,
  entries_note text,
  constraint draws_pkey PRIMARY KEY (id),
  constraint draws_follows_key UNIQUE (follows),
  constraint draws_kind_check CHECK ((kind = ANY (ARRAY['weekly'::text, 'second'::text, 'daily'::text, 'short'::text, 'demo'::text]))),
  constraint draws_state_check CHECK ((state = ANY (ARRAY['open'::text, 'locked'::text, 'drawn'::text, 'settled'::text, 'void'::text]))),
  constraint hours_in_order CHECK (((opens_at < locks_at) AND (locks_at < draws_at) AND (draws_at < answers_by) AND (horizon_from <= horizon_to))),
  constraint locked_whole CHECK (((root IS NULL) = ((state = 'open'::text) OR ((state = 'void'::text) AND (root IS NULL)))))
);
comment on table allocation.draws is 'One draw over the whole network. It goes from open to locked to drawn to settled, each once; void when its round did not come within seven days.';
comment on column allocation.draws.follows is 'The draw whose waiting households and upgraders stand in this one: a second round.';
comment on column allocation.draws.kind is 'weekly; second: the round after its answers; daily: what came back within ten days, among those who may be called at short notice; short: each hour what came back too late for those; demo.';
comment on column allocation.draws.opens_at is 'UTC. First request.';
comment on column allocation.draws.locks_at is 'UTC, one instant for the whole network: afterwards nothing is added, changed or withdrawn before the result.';
comment on column allocation.draws.draws_at is 'UTC instant of the beacon''s round.';
comment on column allocation.draws.answers_by is 'UTC until which an offer can be answered: before the second round, or before a short draw gives the place to another.';
comment on column allocation.draws.horizon_from is 'First day whose places are drawn, local to each office.';
comment on column allocation.draws.horizon_to is 'Last day, included.';
comment on column allocation.draws.steps is 'Minutes of one place by service group; sessions of another step are left out of the supply.';
comment on column allocation.draws.round is 'Round of the public beacon, named at the opening; empty where the operator''s own number is used.';
comment on column allocation.draws.rows_from is 'Day from which anybody may have the replay''s rows: thirty days after horizon_to; a demonstration''s are public at once.';
comment on column allocation.draws.root is 'Merkle root of the entries, fixed at the lock.';
comment on column allocation.draws.counted_at is 'UTC. When the waits of its households were counted; of a first draw, once the next one was drawn.';
comment on column allocation.draws.entries_note is 'Signed by the operator at the lock: the digest of the entries as they were read, and the root they gave. The draw knows them by it again; without it, or where it does not fit, the tree is built anew.';
CREATE INDEX draws_by_lock ON allocation.draws USING btree (locks_at);
CREATE INDEX draws_by_state ON allocation.draws USING btree (state);
CREATE UNIQUE INDEX one_open ON allocation.draws USING btree ((
CASE
    WHEN (kind = ANY (ARRAY['daily'::text, 'short'::text])) THEN kind
    ELSE 'weekly'::text
END)) WHERE ((state = 'open'::text) AND (follows IS NULL));
CREATE TRIGGER keeps_its_result AFTER DELETE OR UPDATE OF id ON allocation.draws FOR EACH ROW EXECUTE FUNCTION allocation.refuse_with_outcomes();
grant select on allocation.draws to ventanilla_citizen_reader;
grant select on allocation.draws to ventanilla_citizen_writer;
grant select on allocation.draws to ventanilla_console;
grant select on allocation.draws to ventanilla_report;
grant select, insert, update on allocation.draws to ventanilla_worker;

create table allocation.endings (
  draw_id uuid not null,
  leaf bytea not null,
  request_id uuid,
  promise text not null,
  ended_at timestamp with time zone not null,
  constraint endings_pkey PRIMARY KEY (draw_id, leaf)
);
comment on table allocation.endings is 'Promised leaves that were taken out of an open draw, each with the signed note that ends its promise. Published with the rows, so that nobody can show an old promise as a broken one.';
comment on column allocation.endings.leaf is 'SHA-256 as it was promised; says nothing of anybody.';
comment on column allocation.endings.request_id is 'Whose it was; empty once the request is erased.';
comment on column allocation.endings.ended_at is 'UTC.';
CREATE INDEX endings_by_request ON allocation.endings USING btree (request_id);
alter table allocation.endings enable row level security;
alter table allocation.endings force row level security;
grant select on allocation.endings to ventanilla_citizen_reader;
grant select, insert on allocation.endings to ventanilla_citizen_writer;
grant select, insert on allocation.endings to ventanilla_worker;

create table allocation.entries (
  draw_id uuid not null,
  app_id uuid not null,
  persons smallint not null,
  need text not null,
  tier smallint not null,
  contact text not null,
  domain text not null,
  options integer[] not null,
  lot bytea not null,
  leaf bytea not null,
  holds text,
  constraint entries_pkey PRIMARY KEY (draw_id, app_id)
);
comment on table allocation.entries is 'The leaves of a draw: all that the draw reads of a household. They name nobody, and cannot change once the draw is locked.';
comment on column allocation.entries.app_id is 'Random, fresh for every draw (a second round keeps it); never a folio and never a credential.';
comment on column allocation.entries.need is 'Places for each service group, as canonical JSON.';
comment on column allocation.entries.options is 'Ids of allocation.wishes, best first.';
comment on column allocation.entries.lot is 'SHA-256 of a salt: which of several leaves of one person is live follows from it.';
comment on column allocation.entries.leaf is 'SHA-256 as promised: the leaf of the tree, which outlives the household''s own rows.';
comment on column allocation.entries.holds is 'Second round only: the place that is kept unless a better-ranked one comes free, as canonical JSON.';
CREATE TRIGGER no_change_after_lock AFTER UPDATE ON allocation.entries REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION allocation.refuse_after_lock();
CREATE TRIGGER no_entry_after_lock AFTER INSERT ON allocation.entries REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION allocation.refuse_after_lock();
CREATE TRIGGER no_loss_after_lock AFTER DELETE ON allocation.entries REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION allocation.refuse_after_lock();
grant select on allocation.entries to ventanilla_citizen_reader;
grant select, insert, delete on allocation.entries to ventanilla_citizen_writer;
grant select on allocation.entries to ventanilla_report;
grant select, insert, delete on allocation.entries to ventanilla_worker;

create table allocation.filings (
  draw_id uuid not null,
  request_id uuid not null,
  app_id uuid not null,
  salt bytea not null,
  promised_at timestamp with time zone not null,
  promise text not null,
  live boolean,
  answer text,
  seating jsonb,
  answered_at timestamp with time zone,
  seated_on date,
  upgrade boolean not null default false,
  constraint filings_pkey PRIMARY KEY (draw_id, request_id),
  constraint filings_draw_id_app_id_key UNIQUE (draw_id, app_id),
  constraint filings_answer_check CHECK ((answer = ANY (ARRAY['waiting'::text, 'offered'::text, 'accepted'::text, 'declined'::text, 'passed'::text, 'not_live'::text, 'displaced'::text])))
);
comment on table allocation.filings is 'Which household stands behind which leaf.';
comment on column allocation.filings.salt is 'Secret until auditors get it: opens entries.lot.';
comment on column allocation.filings.promised_at is 'UTC.';
comment on column allocation.filings.promise is 'The signed note handed over at filing.';
comment on column allocation.filings.live is 'Of several leaves of one person only the live one''s win is booked; set at the draw, told to nobody.';
comment on column allocation.filings.answer is 'What became of it; empty before the draw. passed: offered by a short draw, and nobody answered in time.';
comment on column allocation.filings.seating is 'Session, counter, instant and steps of each person (by number), once a place is offered.';
comment on column allocation.filings.answered_at is 'UTC at which the answer became what it is; empty before the draw.';
comment on column allocation.filings.seated_on is 'Day of the seating when it is another than the draw gave, because an office cut its places; in that office''s zone.';
comment on column allocation.filings.upgrade is 'The household said yes, and keeps this place unless the second round has one that it ranked before it.';
CREATE INDEX filings_by_request ON allocation.filings USING btree (request_id);
CREATE INDEX filings_unanswered ON allocation.filings USING btree (draw_id) WHERE (answer IS NULL);
alter table allocation.filings enable row level security;
alter table allocation.filings force row level security;
grant select on allocation.filings to ventanilla_citizen_reader;
grant select, insert, update, delete on allocation.filings to ventanilla_citizen_writer;
grant select (answer, answered_at, app_id, draw_id) on allocation.filings to ventanilla_report;
grant select, insert, update, delete on allocation.filings to ventanilla_worker;

create table allocation.measures (
  id uuid not null,
  office_id text not null,
  service_group text not null,
  measured_at timestamp with time zone not null,
  draw_id uuid,
  regime text not null,
  asked numeric(12,2),
  places integer,
  ratio numeric(8,3),
  decision text not null,
  reason text not null,
  staff_id uuid,
  constraint measures_pkey PRIMARY KEY (id),
  constraint measures_draw_id_office_id_service_group_key UNIQUE (draw_id, office_id, service_group),
  constraint measured_or_decided_by_hand CHECK ((((draw_id IS NULL) = (staff_id IS NOT NULL)) AND ((draw_id IS NULL) = (asked IS NULL)) AND ((asked IS NULL) = (places IS NULL)))),
  constraint measures_decision_check CHECK ((decision = ANY (ARRAY['draw'::text, 'immediate'::text]))),
  constraint measures_regime_check CHECK ((regime = ANY (ARRAY['draw'::text, 'immediate'::text])))
);
comment on table allocation.measures is 'The demand of each office and service group after each first draw, and what was decided about giving out its places. Insert only: staff see why.';
comment on column allocation.measures.measured_at is 'UTC.';
comment on column allocation.measures.draw_id is 'The first draw after which it was measured; empty for a decision by hand.';
comment on column allocation.measures.regime is 'How places were given out when it was measured.';
comment on column allocation.measures.asked is 'Places: in a draw the needs of the entries whose first wish names the office, in equal parts over the offices of that wish; in immediate booking the places that are taken.';
comment on column allocation.measures.places is 'Places: in a draw those committed; in immediate booking those released on the days that the next draw would cover.';
comment on column allocation.measures.ratio is 'Asked for divided by places, over the last two draws; empty where there are too few to tell.';
comment on column allocation.measures.reason is 'A code of rules/regime.ts.';
comment on column allocation.measures.staff_id is 'Who decided by hand.';
CREATE INDEX measures_latest ON allocation.measures USING btree (office_id, service_group, measured_at DESC);
CREATE TRIGGER measures_are_never_emptied BEFORE TRUNCATE ON allocation.measures FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER measures_never_change BEFORE DELETE OR UPDATE ON allocation.measures FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
grant select on allocation.measures to ventanilla_report;
grant select, insert on allocation.measures to ventanilla_worker;

create table allocation.outcomes (
  draw_id uuid not null,
  app_id uuid not null,
  key bytea not null,
  turn smallint not null,
  "position" integer not null,
  option smallint,
  office_id text,
  local_date date,
  seats text,
  constraint outcomes_pkey PRIMARY KEY (draw_id, app_id)
);
comment on table allocation.outcomes is 'What the draw gave each leaf. Written once, never changed.';
comment on column allocation.outcomes.turn is 'Class in the order: 1 to 3 by tier, 4 beyond a share.';
comment on column allocation.outcomes."position" is 'In the whole order, from 0; told to nobody.';
comment on column allocation.outcomes.option is 'Which wish led to the place, from 0; empty when nothing was given.';
comment on column allocation.outcomes.local_date is 'Day in the office''s zone.';
comment on column allocation.outcomes.seats is 'Part of the day (from 0) by service group, in the order of groups: as canonical JSON.';
CREATE TRIGGER of_a_draw AFTER INSERT ON allocation.outcomes REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION allocation.refuse_without_draw();
CREATE TRIGGER of_a_draw_changed AFTER UPDATE ON allocation.outcomes REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION allocation.refuse_without_draw();
grant select on allocation.outcomes to ventanilla_citizen_reader;
grant select on allocation.outcomes to ventanilla_report;
grant select, insert on allocation.outcomes to ventanilla_worker;

create table allocation.request_people (
  request_id uuid not null,
  ordinal smallint not null,
  name_key bytea not null,
  curp_key bytea,
  version smallint not null,
  constraint request_people_pkey PRIMARY KEY (request_id, ordinal, version)
);
comment on table allocation.request_people is 'Keyed digests of the people of a request, to find two leaves of one person. Nobody is ever told of the other.';
comment on column allocation.request_people.name_key is 'Of name, birth and sex; during a rotation a row for each version.';
comment on column allocation.request_people.curp_key is 'Of the CURP when it was given: two different ones are two people.';
alter table allocation.request_people enable row level security;
alter table allocation.request_people force row level security;
grant select, insert, delete on allocation.request_people to ventanilla_citizen_writer;
grant select, insert, delete on allocation.request_people to ventanilla_worker;

create table allocation.requests (
  id uuid not null,
  contact_id uuid not null,
  state text not null,
  people smallint not null,
  groups text[] not null,
  tier smallint not null,
  contact_class text not null,
  domain text not null,
  auto_confirm boolean not null,
  short_notice boolean not null,
  needs jsonb not null,
  options jsonb not null,
  offices text[] not null,
  channel text not null,
  language text not null,
  sealed bytea not null,
  booking_id uuid,
  office_id text,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  erase_after date not null,
  delicate boolean not null default false,
  exchanges uuid,
  constraint requests_pkey PRIMARY KEY (id),
  constraint requests_contact_class_check CHECK ((contact_class = ANY (ARRAY['email_only'::text, 'unseen_number'::text, 'known'::text, 'level_2'::text]))),
  constraint requests_people_check CHECK (((people >= 1) AND (people <= 8))),
  constraint requests_state_check CHECK ((state = ANY (ARRAY['standing'::text, 'offered'::text, 'confirmed'::text, 'withdrawn'::text, 'ended'::text]))),
  constraint requests_tier_check CHECK (((tier >= 1) AND (tier <= 3)))
);
comment on table allocation.requests is 'What a household asks for. It stands through one draw after another until it is served, withdrawn, or half a year old.';
comment on column allocation.requests.state is 'offered: a place is assigned and waits for a yes. ended: its days are over or it was erased of its people.';
comment on column allocation.requests.groups is 'Service groups asked for; at most one standing request of a contact for each.';
comment on column allocation.requests.tier is 'From birth dates or a declaration whose paper is seen at the visit.';
comment on column allocation.requests.domain is 'Keyed digest of the contact''s mail domain, in hex; empty for none and for the great public providers.';
comment on column allocation.requests.auto_confirm is 'A place of those asked for is confirmed without asking again.';
comment on column allocation.requests.short_notice is 'May be called for a place within ten days.';
comment on column allocation.requests.needs is 'Minutes of each person (by number, not by name) for each service group.';
comment on column allocation.requests.options is 'Ranked wishes as the system made them from three answers.';
comment on column allocation.requests.offices is 'Offices wished for, to count demand.';
comment on column allocation.requests.sealed is 'Personal: the people as their contact typed them and the three answers, sealed (field allocation.request).';
comment on column allocation.requests.booking_id is 'The booking that came of it.';
comment on column allocation.requests.office_id is 'Where that booking or offer is.';
comment on column allocation.requests.erase_after is 'Half a year after it was filed or changed. One that is offered waits for its answer, one in a draw that is under way for the result.';
comment on column allocation.requests.delicate is 'Somebody said that her situation is delicate, without a reason: messages say only that there is a notice, and its booking is delicate too.';
comment on column allocation.requests.exchanges is 'The second round in which its place may be exchanged for a better-ranked one, from that draw''s lock to its result: meanwhile nothing else becomes of the place.';
CREATE INDEX requests_by_booking ON allocation.requests USING btree (booking_id) WHERE (booking_id IS NOT NULL);
CREATE INDEX requests_by_contact ON allocation.requests USING btree (contact_id);
CREATE INDEX requests_callable ON allocation.requests USING gin (offices) WHERE ((state = 'standing'::text) AND short_notice);
CREATE INDEX requests_exchanging ON allocation.requests USING btree (exchanges) WHERE (exchanges IS NOT NULL);
CREATE INDEX requests_standing ON allocation.requests USING btree (id) WHERE (state = 'standing'::text);
CREATE INDEX requests_to_empty ON allocation.requests USING btree (changed_at) WHERE ((sealed <> '\x'::bytea) AND (state = ANY (ARRAY['confirmed'::text, 'withdrawn'::text, 'ended'::text])));
CREATE INDEX requests_to_erase ON allocation.requests USING btree (erase_after);
CREATE TRIGGER shred_deleted AFTER DELETE ON allocation.requests FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON allocation.requests FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table allocation.requests enable row level security;
alter table allocation.requests force row level security;
grant select on allocation.requests to ventanilla_citizen_reader;
grant select (booking_id, contact_id, delicate, exchanges, groups, id, office_id, people, state), insert, update (auto_confirm, booking_id, changed_at, contact_class, delicate, domain, erase_after, groups, language, needs, office_id, offices, options, people, sealed, short_notice, state, tier) on allocation.requests to ventanilla_citizen_writer;
grant select (id, state) on allocation.requests to ventanilla_console;
grant select, update, delete on allocation.requests to ventanilla_worker;

create table allocation.shows (
  local_date date not null,
  contact_class text not null,
  came integer not null,
  missed integer not null,
  constraint shows_pkey PRIMARY KEY (local_date, contact_class),
  constraint shows_came_check CHECK ((came >= 0)),
  constraint shows_contact_class_check CHECK ((contact_class = ANY (ARRAY['email_only'::text, 'unseen_number'::text, 'known'::text, 'level_2'::text]))),
  constraint shows_missed_check CHECK ((missed >= 0))
);
comment on table allocation.shows is 'People of drawn places whose day is over, over the whole network. Counts alone, written once for each day.';
comment on column allocation.shows.local_date is 'Day of the visit in the office''s zone.';
comment on column allocation.shows.came is 'People of bookings of which somebody came.';
comment on column allocation.shows.missed is 'People of bookings of which nobody came, and nobody said so before.';
grant select on allocation.shows to ventanilla_report;
grant select, insert, delete on allocation.shows to ventanilla_worker;

create table allocation.waits (
  draw_id uuid not null,
  office_id text not null,
  service_group text not null,
  weeks smallint not null,
  stood integer not null,
  served integer not null,
  places integer not null,
  counted_at timestamp with time zone not null,
  constraint waits_pkey PRIMARY KEY (draw_id, office_id, service_group, weeks),
  constraint waits_check CHECK (((served >= 0) AND (served <= stood))),
  constraint waits_places_check CHECK ((places >= 0)),
  constraint waits_stood_check CHECK ((stood > 0)),
  constraint waits_weeks_check CHECK ((weeks > 0))
);
comment on table allocation.waits is 'How long the households of each first draw had asked, and how many of them were given a place before the next one: counted once, when that is drawn. Insert only. Rows may be of one household: nobody publishes them, only the weeks that follow from many.';
comment on column allocation.waits.office_id is 'That the household''s first wish names first.';
comment on column allocation.waits.weeks is 'First draws in which the household stood, this one included.';
comment on column allocation.waits.stood is 'Households that no earlier draw had given a place.';
comment on column allocation.waits.places is 'Steps of counters that those who stood need.';
comment on column allocation.waits.counted_at is 'UTC. What is told while a draw takes requests was counted before it opened.';
CREATE TRIGGER waits_are_never_emptied BEFORE TRUNCATE ON allocation.waits FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER waits_never_change BEFORE DELETE OR UPDATE ON allocation.waits FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
grant select on allocation.waits to ventanilla_report;
grant select, insert on allocation.waits to ventanilla_worker;

create table allocation.wishes (
  id integer not null generated always as identity,
  text text not null,
  constraint wishes_pkey PRIMARY KEY (id),
  constraint wishes_text_key UNIQUE (text)
);
comment on table allocation.wishes is 'Every option that anybody ever wished for, once, as canonical JSON: a million households wish for a few thousand different ones. Names nobody.';
grant select on allocation.wishes to ventanilla_citizen_reader;
grant select, insert on allocation.wishes to ventanilla_citizen_writer;
grant select on allocation.wishes to ventanilla_report;
grant select, insert on allocation.wishes to ventanilla_worker;

create table adverts.adverts (
  id uuid not null,
  source text not null,
  platform text not null,
  digest bytea not null,
  sealed bytea not null,
  filed_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  reports integer not null default 1,
  filed_by uuid,
  state text not null default 'new'::text,
  version integer not null default 1,
  decided_by uuid,
  decided_at timestamp with time zone,
  erase_after date not null,
  constraint adverts_pkey PRIMARY KEY (id),
  constraint adverts_digest_key UNIQUE (digest),
  constraint adverts_platform_check CHECK ((platform = ANY (ARRAY['facebook'::text, 'whatsapp'::text, 'instagram'::text, 'tiktok'::text, 'telegram'::text, 'x'::text, 'google'::text, 'website'::text, 'street'::text, 'other'::text]))),
  constraint adverts_reports_check CHECK ((reports > 0)),
  constraint adverts_source_check CHECK ((source = ANY (ARRAY['public'::text, 'staff'::text, 'import'::text]))),
  constraint adverts_state_check CHECK ((state = ANY (ARRAY['new'::text, 'confirmed'::text, 'dismissed'::text]))),
  constraint adverts_version_check CHECK ((version > 0)),
  constraint confirmed_by_another CHECK (((state <> 'confirmed'::text) OR (filed_by IS DISTINCT FROM decided_by))),
  constraint decided_by_somebody CHECK ((((state = 'new'::text) = (decided_by IS NULL)) AND ((state = 'new'::text) = (decided_at IS NULL)))),
  constraint the_public_has_no_name CHECK (((source = 'public'::text) = (filed_by IS NULL)))
);
comment on table adverts.adverts is 'An advert that sells appointments, once for however many reported it. It is evidence only once a member of staff other than the one who filed it has confirmed it.';
comment on column adverts.adverts.digest is 'Keyed digest of its link and words (digest advert), by which the same advert is known again.';
comment on column adverts.adverts.sealed is 'Personal: link and words as they were reported, sealed (field adverts.advert). Hostile text: shown as text, its link fetched by nobody.';
comment on column adverts.adverts.filed_at is 'UTC of the first report; the monthly count goes by it.';
comment on column adverts.adverts.last_at is 'UTC of the last report.';
comment on column adverts.adverts.reports is 'How often it was reported.';
comment on column adverts.adverts.filed_by is 'Member of staff who filed or imported it; empty for the public, which is not asked who it is.';
comment on column adverts.adverts.decided_at is 'UTC.';
comment on column adverts.adverts.erase_after is 'Twelve months after it was filed; thirty days after it was dismissed.';
CREATE INDEX adverts_by_month ON adverts.adverts USING btree (filed_at);
CREATE INDEX adverts_by_state ON adverts.adverts USING btree (state, last_at DESC);
CREATE INDEX adverts_to_erase ON adverts.adverts USING btree (erase_after);
CREATE TRIGGER shred_deleted AFTER DELETE ON adverts.adverts FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON adverts.adverts FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table adverts.adverts enable row level security;
alter table adverts.adverts force row level security;
grant select (digest, filed_at, id, last_at, reports, source), insert, update (last_at, reports) on adverts.adverts to ventanilla_citizen_writer;
grant select, insert, update on adverts.adverts to ventanilla_console;
grant select, update (version), delete on adverts.adverts to ventanilla_worker;

create table adverts.months (
  month date not null,
  adverts integer not null,
  reports integer not null,
  confirmed integer not null,
  removed integer not null,
  constraint months_pkey PRIMARY KEY (month),
  constraint months_adverts_check CHECK ((adverts >= 0)),
  constraint months_confirmed_check CHECK ((confirmed >= 0)),
  constraint months_removed_check CHECK ((removed >= 0)),
  constraint months_reports_check CHECK ((reports >= 0))
);
comment on table adverts.months is 'Adverts of a month that is over: numbers only, which stay when the adverts are erased.';
comment on column adverts.months.month is 'First day, of the calendar in Mexico City.';
comment on column adverts.months.adverts is 'Different adverts that were first reported in the month, without those that were dismissed.';
comment on column adverts.months.reports is 'How often these were reported.';
comment on column adverts.months.removed is 'Of the confirmed those that their platform took down.';
grant select on adverts.months to ventanilla_console;
grant select, insert, update on adverts.months to ventanilla_worker;

create table adverts.points (
  advert_id uuid not null,
  kind text not null,
  digest bytea not null,
  contact_id uuid,
  matched_at timestamp with time zone,
  constraint points_pkey PRIMARY KEY (advert_id, kind, digest),
  constraint points_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text, 'account'::text])))
);
comment on table adverts.points is 'Telephones, addresses and accounts pulled out of an advert, as keyed digests. Matched with contacts only once the advert is confirmed.';
comment on column adverts.points.digest is 'Keyed digest (digest advert.point), which finds the other adverts of one seller and cannot be compared with the keys of contacts.';
comment on column adverts.points.contact_id is 'Verified contact with the same telephone or address; goes with the contact.';
comment on column adverts.points.matched_at is 'UTC.';
CREATE INDEX points_by_contact ON adverts.points USING btree (contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX points_by_digest ON adverts.points USING btree (digest);
alter table adverts.points enable row level security;
alter table adverts.points force row level security;
grant select (advert_id, digest, kind), insert on adverts.points to ventanilla_citizen_writer;
grant select, insert on adverts.points to ventanilla_console;
grant select, update (contact_id, matched_at) on adverts.points to ventanilla_worker;

create table adverts.purchases (
  id uuid not null,
  advert_id uuid not null,
  bought_by uuid not null,
  bought_at timestamp with time zone not null,
  price_cents integer not null,
  sealed bytea,
  witnessed_by uuid,
  witnessed_at timestamp with time zone,
  constraint purchases_pkey PRIMARY KEY (id),
  constraint purchases_price_cents_check CHECK (((price_cents >= 0) AND (price_cents <= 1000000))),
  constraint two_people_saw_it CHECK (((witnessed_by IS DISTINCT FROM bought_by) AND ((witnessed_by IS NULL) = (witnessed_at IS NULL))))
);
comment on table adverts.purchases is 'A mystery purchase: a member of staff bought what an advert sells, and another one saw it.';
comment on column adverts.purchases.bought_at is 'UTC.';
comment on column adverts.purchases.price_cents is 'US cents that the seller took.';
comment on column adverts.purchases.sealed is 'Personal: the folio that the seller delivered, sealed (field adverts.purchase); empty when none was.';
comment on column adverts.purchases.witnessed_at is 'UTC. From then on it is evidence.';
CREATE INDEX purchases_of_adverts ON adverts.purchases USING btree (advert_id);
CREATE TRIGGER shred_deleted AFTER DELETE ON adverts.purchases FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
alter table adverts.purchases enable row level security;
alter table adverts.purchases force row level security;
grant select, insert, update on adverts.purchases to ventanilla_console;

create table adverts.screenshots (
  advert_id uuid not null,
  id uuid not null,
  sealed bytea not null,
  filed_at timestamp with time zone not null,
  constraint screenshots_pkey PRIMARY KEY (id)
);
comment on table adverts.screenshots is 'Pictures of an advert, three at most, without what a camera wrote into them.';
comment on column adverts.screenshots.sealed is 'Personal: the picture in base64, sealed (field adverts.screenshot).';
comment on column adverts.screenshots.filed_at is 'UTC.';
CREATE INDEX screenshots_of_adverts ON adverts.screenshots USING btree (advert_id);
CREATE TRIGGER shred_deleted AFTER DELETE ON adverts.screenshots FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
alter table adverts.screenshots enable row level security;
alter table adverts.screenshots force row level security;
grant select (advert_id, id), insert on adverts.screenshots to ventanilla_citizen_writer;
grant select, insert on adverts.screenshots to ventanilla_console;

create table adverts.takedowns (
  advert_id uuid not null,
  state text not null,
  version integer not null default 1,
  changed_by uuid not null,
  drafted_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  answered_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint takedowns_pkey PRIMARY KEY (advert_id),
  constraint closed_is_over CHECK (((state = ANY (ARRAY['removed'::text, 'refused'::text])) = (closed_at IS NOT NULL))),
  constraint sent_before_answered CHECK (((state = 'drafted'::text) OR (sent_at IS NOT NULL))),
  constraint takedowns_state_check CHECK ((state = ANY (ARRAY['drafted'::text, 'sent'::text, 'answered'::text, 'removed'::text, 'refused'::text]))),
  constraint takedowns_version_check CHECK ((version > 0))
);
comment on table adverts.takedowns is 'What the platform of an advert was asked, and what it did. The table of transitions is in src/modules/adverts/rules/takedown.ts.';
comment on column adverts.takedowns.drafted_at is 'UTC, as are the other dates.';
comment on column adverts.takedowns.sent_at is 'UTC of the last request.';
comment on column adverts.takedowns.answered_at is 'UTC at which the platform answered; empty until then.';
comment on column adverts.takedowns.closed_at is 'UTC at which it was removed, or refused for good.';
grant select, insert, update on adverts.takedowns to ventanilla_console;
grant select on adverts.takedowns to ventanilla_worker;

create table helpers.approvals (
  helper_id uuid not null,
  staff_id uuid not null,
  house text not null,
  approved_at timestamp with time zone not null,
  constraint approvals_pkey PRIMARY KEY (helper_id, staff_id),
  constraint two_houses UNIQUE (helper_id, house)
);
comment on table helpers.approvals is 'Who approved a helper: two people of two houses.';
comment on column helpers.approvals.house is 'Office of the member of staff, or `network` for who belongs to none: two people of one house are one voice.';
comment on column helpers.approvals.approved_at is 'UTC.';
grant select, insert on helpers.approvals to ventanilla_console;

create table helpers.days (
  helper_id uuid not null,
  day date not null,
  entries integer not null default 0,
  persons integer not null default 0,
  kept integer not null default 0,
  missed integer not null default 0,
  constraint days_pkey PRIMARY KEY (helper_id, day),
  constraint days_entries_check CHECK ((entries >= 0)),
  constraint days_kept_check CHECK ((kept >= 0)),
  constraint days_missed_check CHECK ((missed >= 0)),
  constraint days_persons_check CHECK ((persons >= 0))
);
comment on table helpers.days is 'What a helper did each day: numbers only, which stay for as long as it is registered.';
comment on column helpers.days.day is 'Of the calendar in Mexico City; of a visit the day on which it became known how it ended.';
comment on column helpers.days.kept is 'Visits to which people came.';
comment on column helpers.days.missed is 'Visits to which nobody came.';
grant select on helpers.days to ventanilla_citizen_writer;
grant select on helpers.days to ventanilla_console;
grant select, insert, update on helpers.days to ventanilla_worker;

create table helpers.enrolments (
  token_digest bytea not null,
  helper_id uuid not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint enrolments_pkey PRIMARY KEY (token_digest)
);
comment on table helpers.enrolments is 'Codes by which a helper registers one passkey, once.';
comment on column helpers.enrolments.token_digest is 'SHA-256 of the code; the code itself is stored nowhere.';
comment on column helpers.enrolments.expires_at is 'UTC, three days after it was given.';
comment on column helpers.enrolments.used_at is 'UTC.';
CREATE INDEX enrolments_by_helper ON helpers.enrolments USING btree (helper_id);
grant select, update (used_at) on helpers.enrolments to ventanilla_citizen_writer;
grant select (helper_id, used_at), insert, update (used_at) on helpers.enrolments to ventanilla_console;
grant select, delete on helpers.enrolments to ventanilla_worker;

create table helpers.entries (
  entry_id uuid not null,
  helper_id uuid not null,
  kind text not null,
  persons integer not null,
  made_at timestamp with time zone not null,
  ended text,
  constraint entries_pkey PRIMARY KEY (entry_id),
  constraint entries_ended_check CHECK ((ended = ANY (ARRAY['served'::text, 'missed'::text, 'cancelled'::text]))),
  constraint entries_kind_check CHECK ((kind = ANY (ARRAY['booking'::text, 'request'::text]))),
  constraint entries_persons_check CHECK (((persons >= 1) AND (persons <= 8)))
);
comment on table helpers.entries is 'Which booking or request was made with which helper. A row is destroyed thirty days after it was made; the daily counts remain.';
comment on column helpers.entries.entry_id is 'Booking or request.';
comment on column helpers.entries.made_at is 'UTC. Thirty days later the row is destroyed.';
comment on column helpers.entries.ended is 'How the visit ended, where that was known in time. Empty: not yet.';
CREATE INDEX entries_by_day ON helpers.entries USING btree (made_at);
CREATE INDEX entries_by_helper ON helpers.entries USING btree (helper_id);
alter table helpers.entries enable row level security;
alter table helpers.entries force row level security;
grant select, insert, update (ended), delete on helpers.entries to ventanilla_worker;

create table helpers.helpers (
  id uuid not null,
  kind text not null,
  people_a_week integer not null,
  sealed bytea not null,
  state text not null default 'asked'::text,
  version integer not null default 1,
  reason text,
  asked_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  ends_on date not null,
  erase_after date not null,
  constraint helpers_pkey PRIMARY KEY (id),
  constraint a_reason_for_every_no CHECK (((state = ANY (ARRAY['refused'::text, 'suspended'::text, 'ended'::text])) = (reason IS NOT NULL))),
  constraint approved_once CHECK (((approved_at IS NOT NULL) OR (state = ANY (ARRAY['asked'::text, 'refused'::text, 'ended'::text])))),
  constraint helpers_kind_check CHECK ((kind = ANY (ARRAY['parish'::text, 'union'::text, 'library'::text, 'consular_window'::text, 'community'::text, 'other'::text]))),
  constraint helpers_people_a_week_check CHECK (((people_a_week >= 1) AND (people_a_week <= 500))),
  constraint helpers_reason_check CHECK ((reason = ANY (ARRAY['not_reached'::text, 'asks_money'::text, 'no_organisation'::text, 'known_already'::text, 'rules_broken'::text, 'own_wish'::text]))),
  constraint helpers_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text, 'suspended'::text, 'ended'::text]))),
  constraint helpers_version_check CHECK ((version > 0))
);
comment on table helpers.helpers is 'An organisation that asked to be a registered helper. The states and what may follow are in src/modules/helpers/rules/states.ts.';
comment on column helpers.helpers.people_a_week is 'People a week that the organisation expects to help, as it said.';
comment on column helpers.helpers.sealed is 'Personal: name, place, who answers and how that person is reached, sealed (field helpers.helper). A list of who helps migrants is nobody''s to read: only staff who judge helpers open it.';
comment on column helpers.helpers.version is 'Counts changes: whoever decides says which one was seen.';
comment on column helpers.helpers.reason is 'Why it was refused, suspended or ended; one of a list, so that nothing personal is written.';
comment on column helpers.helpers.asked_at is 'UTC.';
comment on column helpers.helpers.approved_at is 'UTC of the second approval.';
comment on column helpers.helpers.changed_at is 'UTC of the last change of state.';
comment on column helpers.helpers.ends_on is 'Day (UTC) on which a registration ends by itself: it is asked for anew each year.';
comment on column helpers.helpers.erase_after is 'Day after which the row is erased with all that hangs on it. The key of the sealed text ends with the month of the first one and never later.';
CREATE INDEX helpers_by_state ON helpers.helpers USING btree (state, asked_at);
CREATE INDEX helpers_to_erase ON helpers.helpers USING btree (erase_after);
CREATE TRIGGER shred_deleted AFTER DELETE ON helpers.helpers FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON helpers.helpers FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table helpers.helpers enable row level security;
alter table helpers.helpers force row level security;
grant select (approved_at, asked_at, ends_on, id, kind, people_a_week, state, version), insert, update (version) on helpers.helpers to ventanilla_citizen_writer;
grant select, update on helpers.helpers to ventanilla_console;
grant select (asked_at, ends_on, erase_after, id, state, version), update (changed_at, erase_after, reason, state, version), delete on helpers.helpers to ventanilla_worker;

create table helpers.helps (
  visit_id uuid not null,
  helper_id uuid not null,
  session_id uuid not null,
  consent text not null,
  language text not null,
  begun_at timestamp with time zone not null,
  until timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint helps_pkey PRIMARY KEY (visit_id),
  constraint helps_consent_check CHECK ((consent = ANY (ARRAY['spoken'::text, 'ticked'::text]))),
  constraint helps_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text, 'nahuatl'::text, 'maya'::text, 'tseltal'::text, 'mixteco'::text, 'tsotsil'::text, 'zapoteco'::text, 'other'::text])))
);
comment on table helpers.helps is 'Help that is going on, and that of the last day. A row says which visit a helper opened, and nothing of who came.';
comment on column helpers.helps.visit_id is 'The citizen''s visit (people.sessions.id). Erased a day after the help began.';
comment on column helpers.helps.session_id is 'Where the helper was signed in.';
comment on column helpers.helps.consent is 'How the citizen agreed.';
comment on column helpers.helps.begun_at is 'UTC.';
comment on column helpers.helps.until is 'UTC at which the visit ends in any case.';
comment on column helpers.helps.ended_at is 'UTC.';
CREATE INDEX helps_by_begin ON helpers.helps USING btree (begun_at);
CREATE INDEX helps_by_helper ON helpers.helps USING btree (helper_id, begun_at DESC);
alter table helpers.helps enable row level security;
alter table helpers.helps force row level security;
grant select, insert, update on helpers.helps to ventanilla_citizen_writer;
grant select, delete on helpers.helps to ventanilla_worker;

create table helpers.languages (
  helper_id uuid not null,
  language text not null,
  entries integer not null,
  constraint languages_pkey PRIMARY KEY (helper_id, language),
  constraint languages_entries_check CHECK ((entries > 0))
);
comment on table helpers.languages is 'Languages in which a helper helped: numbers only.';
grant select on helpers.languages to ventanilla_citizen_writer;
grant select on helpers.languages to ventanilla_console;
grant select, insert, update on helpers.languages to ventanilla_worker;

create table helpers.passkeys (
  credential_id text not null,
  helper_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkeys_pkey PRIMARY KEY (credential_id)
);
comment on table helpers.passkeys is 'WebAuthn credentials of helpers.';
comment on column helpers.passkeys.counter is 'Signature counter of the authenticator; one that falls is a copy.';
comment on column helpers.passkeys.created_at is 'UTC.';
comment on column helpers.passkeys.last_used_at is 'UTC.';
CREATE INDEX passkeys_by_helper ON helpers.passkeys USING btree (helper_id);
grant select, insert, update on helpers.passkeys to ventanilla_citizen_writer;

create table helpers.sessions (
  token_digest bytea not null,
  id uuid not null,
  helper_id uuid not null,
  challenge_digest bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint sessions_pkey PRIMARY KEY (token_digest),
  constraint sessions_challenge_digest_key UNIQUE (challenge_digest),
  constraint sessions_id_key UNIQUE (id)
);
comment on table helpers.sessions is 'Where a helper is signed in. Such a session opens no citizen''s file.';
comment on column helpers.sessions.token_digest is 'SHA-256 of the 256-bit cookie; the cookie itself is stored nowhere.';
comment on column helpers.sessions.challenge_digest is 'SHA-256 of the challenge that opened it: a challenge opens one session, once.';
comment on column helpers.sessions.created_at is 'UTC.';
comment on column helpers.sessions.expires_at is 'UTC, ten hours after signing in: a day at a desk.';
comment on column helpers.sessions.ended_at is 'UTC at which somebody ended it.';
CREATE INDEX sessions_by_helper ON helpers.sessions USING btree (helper_id, created_at DESC);
grant select, insert, update on helpers.sessions to ventanilla_citizen_writer;
grant select (ended_at, helper_id), update (ended_at) on helpers.sessions to ventanilla_console;
grant select, delete on helpers.sessions to ventanilla_worker;

create table conversations.inbox (
  id uuid not null,
  channel text not null,
  message_digest bytea not null,
  who bytea not null,
  said_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  sealed bytea not null,
  lease_until timestamp with time zone,
  attempts integer not null default 0,
  done_at timestamp with time zone,
  constraint inbox_pkey PRIMARY KEY (id),
  constraint inbox_channel_message_digest_key UNIQUE (channel, message_digest),
  constraint inbox_attempts_check CHECK ((attempts >= 0)),
  constraint inbox_channel_check CHECK ((channel = ANY (ARRAY['whatsapp'::text, 'sms'::text, 'phone'::text])))
);
comment on table conversations.inbox is 'What a provider handed over, once for however often it does: written before it is answered, worked on after.';
comment on column conversations.inbox.message_digest is 'SHA-256 of the provider''s id of the message, which may hold a telephone number.';
comment on column conversations.inbox.who is 'Keyed digest of the address (digest contact): the messages of one address are worked on one by one.';
comment on column conversations.inbox.said_at is 'UTC by the provider; messages of one address are worked on in this order.';
comment on column conversations.inbox.received_at is 'UTC of ours; the row is erased two days after.';
comment on column conversations.inbox.sealed is 'Personal: address and what was said, sealed (field conversations.said).';
comment on column conversations.inbox.lease_until is 'UTC until which one worker has it.';
comment on column conversations.inbox.attempts is 'Times that it was begun: after five it is given up, and the person is told.';
comment on column conversations.inbox.done_at is 'UTC at which it had its effect.';
CREATE INDEX inbox_due ON conversations.inbox USING btree (who, said_at, id) WHERE (done_at IS NULL);
CREATE INDEX inbox_to_erase ON conversations.inbox USING btree (received_at);
CREATE TRIGGER shred_deleted AFTER DELETE ON conversations.inbox FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON conversations.inbox FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table conversations.inbox enable row level security;
alter table conversations.inbox force row level security;
grant select (channel, message_digest), insert on conversations.inbox to ventanilla_citizen_writer;
grant select (id, said_at, sealed, who) on conversations.inbox to ventanilla_console;
grant select, insert, update, delete on conversations.inbox to ventanilla_worker;

create table conversations.replies (
  id uuid not null,
  thread_id uuid not null,
  inbox_id uuid not null,
  number integer not null,
  channel text not null,
  sealed bytea not null,
  state text not null default 'queued'::text,
  attempts integer not null default 0,
  next_try_at timestamp with time zone not null,
  ref_digest bytea,
  error_code text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  staff_id uuid,
  constraint replies_pkey PRIMARY KEY (id),
  constraint replies_inbox_id_number_key UNIQUE (inbox_id, number),
  constraint replies_attempts_check CHECK ((attempts >= 0)),
  constraint replies_channel_check CHECK ((channel = ANY (ARRAY['whatsapp'::text, 'sms'::text, 'phone'::text]))),
  constraint replies_number_check CHECK ((number > 0)),
  constraint replies_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text])))
);
comment on table conversations.replies is 'What is said back, in order and once for each message that came in.';
comment on column conversations.replies.inbox_id is 'The message that it answers: worked on twice, it is answered once.';
comment on column conversations.replies.number is 'From 1, of the answers to one message.';
comment on column conversations.replies.sealed is 'Personal: address and words, sealed (field conversations.reply); a channel puts them into its own form at the moment of sending.';
comment on column conversations.replies.next_try_at is 'UTC; while a worker sends it, until when the worker has it.';
comment on column conversations.replies.ref_digest is 'SHA-256 of the provider''s id of what was sent, by which its state comes back.';
comment on column conversations.replies.error_code is 'Ours, or the number that the provider gave.';
comment on column conversations.replies.created_at is 'UTC; the row is erased three days after.';
comment on column conversations.replies.sent_at is 'UTC at which the provider took it.';
comment on column conversations.replies.staff_id is 'Member of staff whose own words these are; empty of what the dialogue says.';
CREATE INDEX replies_by_ref ON conversations.replies USING btree (ref_digest) WHERE (ref_digest IS NOT NULL);
CREATE INDEX replies_due ON conversations.replies USING btree (next_try_at) WHERE (state = 'queued'::text);
CREATE INDEX replies_of_threads ON conversations.replies USING btree (thread_id, created_at);
CREATE TRIGGER shred_deleted AFTER DELETE ON conversations.replies FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON conversations.replies FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table conversations.replies enable row level security;
alter table conversations.replies force row level security;
grant select (ref_digest, state), update (state) on conversations.replies to ventanilla_citizen_writer;
grant select, insert on conversations.replies to ventanilla_console;
grant select, insert, update, delete on conversations.replies to ventanilla_worker;

create table conversations.tasks (
  id uuid not null,
  thread_id uuid,
  inbox_id uuid not null,
  reason text not null,
  step text not null,
  language text not null,
  channel text not null,
  sealed bytea not null,
  created_at timestamp with time zone not null,
  done_at timestamp with time zone,
  erase_after date not null,
  taken_by uuid,
  taken_until timestamp with time zone,
  outcome text,
  constraint tasks_pkey PRIMARY KEY (id),
  constraint tasks_inbox_id_key UNIQUE (inbox_id),
  constraint done_by_somebody CHECK ((((outcome IS NULL) = (done_at IS NULL)) AND ((outcome IS NULL) OR (taken_by IS NOT NULL)))),
  constraint taken_whole CHECK (((taken_by IS NULL) = (taken_until IS NULL))),
  constraint tasks_channel_check CHECK ((channel = ANY (ARRAY['whatsapp'::text, 'sms'::text, 'phone'::text]))),
  constraint tasks_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text]))),
  constraint tasks_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'called'::text, 'not_reached'::text, 'other_office'::text, 'not_for_us'::text]))),
  constraint tasks_reason_check CHECK ((reason = ANY (ARRAY['asked'::text, 'media'::text, 'not_understood'::text, 'emergency'::text])))
);
comment on table conversations.tasks is 'Conversations that wait for a person, with the place at which each stands.';
comment on column conversations.tasks.inbox_id is 'The message at which a person was called: once, however often it is worked on.';
comment on column conversations.tasks.step is 'Question at which the conversation stood.';
comment on column conversations.tasks.sealed is 'Personal: address, and the provider''s id of a voice note or picture, sealed (field conversations.task).';
comment on column conversations.tasks.created_at is 'UTC.';
comment on column conversations.tasks.done_at is 'UTC at which a person had answered.';
comment on column conversations.tasks.erase_after is 'Thirty days after it was opened.';
comment on column conversations.tasks.taken_by is 'Member of staff who took it, and who closed it.';
comment on column conversations.tasks.taken_until is 'UTC until which the conversation is hers: what its writer says goes to her and no step answers it.';
comment on column conversations.tasks.outcome is 'Why it was closed.';
CREATE INDEX tasks_by_thread ON conversations.tasks USING btree (thread_id) WHERE (thread_id IS NOT NULL);
CREATE INDEX tasks_open ON conversations.tasks USING btree (created_at) WHERE (done_at IS NULL);
CREATE TRIGGER shred_deleted AFTER DELETE ON conversations.tasks FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON conversations.tasks FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table conversations.tasks enable row level security;
alter table conversations.tasks force row level security;
grant select, update (done_at, outcome, taken_by, taken_until) on conversations.tasks to ventanilla_console;
grant select, insert, update, delete on conversations.tasks to ventanilla_worker;

create table conversations.threads (
  id uuid not null,
  who bytea not null,
  contact_id uuid,
  version integer not null default 1,
  sealed bytea not null,
  stopped boolean not null default false,
  heard_at timestamp with time zone not null,
  channel text not null,
  erase_after timestamp with time zone not null,
  constraint threads_pkey PRIMARY KEY (id),
  constraint threads_who_key UNIQUE (who),
  constraint threads_channel_check CHECK ((channel = ANY (ARRAY['whatsapp'::text, 'sms'::text, 'phone'::text]))),
  constraint threads_version_check CHECK ((version > 0))
);
comment on table conversations.threads is 'Where the conversation of one address stands, on whichever channel it goes on.';
comment on column conversations.threads.who is 'Keyed digest of the address (digest contact).';
comment on column conversations.threads.contact_id is 'The contact that the address proved to be; empty until then.';
comment on column conversations.threads.version is 'Counts what was done in it.';
comment on column conversations.threads.sealed is 'Personal: address, answers so far and the session, sealed (field conversations.state).';
comment on column conversations.threads.stopped is 'She asked not to be written to on this channel.';
comment on column conversations.threads.heard_at is 'UTC of her last message: for 24 hours a provider lets us answer in our own words.';
comment on column conversations.threads.erase_after is 'UTC: three days of silence, after which nothing of it is kept.';
CREATE INDEX threads_by_contact ON conversations.threads USING btree (contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX threads_to_erase ON conversations.threads USING btree (erase_after);
CREATE TRIGGER shred_deleted AFTER DELETE ON conversations.threads FOR EACH ROW EXECUTE FUNCTION platform.shred_old('sealed');
CREATE TRIGGER shred_replaced AFTER UPDATE OF sealed ON conversations.threads FOR EACH ROW WHEN ((old.sealed IS DISTINCT FROM new.sealed)) EXECUTE FUNCTION platform.shred_old('sealed');
alter table conversations.threads enable row level security;
alter table conversations.threads force row level security;
grant select (contact_id, heard_at, id, stopped, who) on conversations.threads to ventanilla_console;
grant select, insert, update, delete on conversations.threads to ventanilla_worker;

alter table audit.chain add constraint chain_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES audit.entries(id);
alter table audit.heads add constraint heads_position_fkey FOREIGN KEY ("position") REFERENCES audit.chain("position");
alter table offices.facts add constraint facts_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table offices.jurisdictions add constraint jurisdictions_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table people.account_contacts add constraint account_contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES people.cards(contact_id) ON DELETE CASCADE;
alter table people.account_contacts add constraint account_contacts_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE CASCADE;
alter table people.account_passkeys add constraint account_passkeys_account_id_fkey FOREIGN KEY (account_id) REFERENCES people.cards(contact_id) ON DELETE CASCADE;
alter table people.cards add constraint cards_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE CASCADE;
alter table people.cards add constraint cards_made_from_fkey FOREIGN KEY (made_from) REFERENCES people.contacts(id) ON DELETE SET NULL;
alter table people.cards add constraint cards_writes_to_fkey FOREIGN KEY (writes_to) REFERENCES people.contacts(id) ON DELETE SET NULL;
alter table people.codes add constraint codes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE CASCADE;
alter table people.contact_keys add constraint contact_keys_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE CASCADE;
alter table people.enrolments add constraint enrolments_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES people.staff(id);
alter table people.passkeys add constraint passkeys_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES people.staff(id);
alter table people.presences add constraint presences_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE SET NULL;
alter table people.presences add constraint presences_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table people.presences add constraint presences_second_id_fkey FOREIGN KEY (second_id) REFERENCES people.staff(id);
alter table people.presences add constraint presences_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES people.staff(id);
alter table people.releases add constraint releases_first_id_fkey FOREIGN KEY (first_id) REFERENCES people.staff(id);
alter table people.releases add constraint releases_second_id_fkey FOREIGN KEY (second_id) REFERENCES people.staff(id);
alter table people.sessions add constraint sessions_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE CASCADE;
alter table people.staff add constraint staff_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table people.staff_sessions add constraint staff_sessions_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES people.staff(id);
alter table schedules.circuits add constraint circuits_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.closing_offices add constraint closing_offices_closing_id_fkey FOREIGN KEY (closing_id) REFERENCES schedules.closings(id);
alter table schedules.closing_offices add constraint closing_offices_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.closures add constraint closures_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.cuts add constraint cuts_closing_id_fkey FOREIGN KEY (closing_id) REFERENCES schedules.closings(id);
alter table schedules.cuts add constraint cuts_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.cuts add constraint cuts_office_id_session_id_fkey FOREIGN KEY (office_id, session_id) REFERENCES schedules.sessions(office_id, id);
alter table schedules.places add constraint places_cut_id_fkey FOREIGN KEY (cut_id) REFERENCES schedules.cuts(id);
alter table schedules.places add constraint places_office_id_session_id_fkey FOREIGN KEY (office_id, session_id) REFERENCES schedules.sessions(office_id, id);
alter table schedules.releases add constraint releases_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.resource_days add constraint resource_days_office_id_special_day_id_fkey FOREIGN KEY (office_id, special_day_id) REFERENCES schedules.special_days(office_id, id);
alter table schedules.resource_days add constraint resource_days_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES schedules.resources(id);
alter table schedules.resources add constraint resources_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.sessions add constraint sessions_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.sessions add constraint sessions_office_id_special_day_id_fkey FOREIGN KEY (office_id, special_day_id) REFERENCES schedules.special_days(office_id, id);
alter table schedules.sessions add constraint sessions_template_id_fkey FOREIGN KEY (template_id) REFERENCES schedules.templates(id);
alter table schedules.special_days add constraint special_days_circuit_id_fkey FOREIGN KEY (circuit_id) REFERENCES schedules.circuits(id);
alter table schedules.special_days add constraint special_days_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.special_days add constraint special_days_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES schedules.venues(id);
alter table schedules.templates add constraint templates_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table schedules.templates add constraint templates_replaces_fkey FOREIGN KEY (replaces) REFERENCES schedules.templates(id);
alter table schedules.venues add constraint venues_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table booking.honey add constraint honey_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table booking.proposals add constraint proposals_cut_id_fkey FOREIGN KEY (cut_id) REFERENCES schedules.cuts(id);
alter table booking.proposals add constraint proposals_office_id_booking_id_fkey FOREIGN KEY (office_id, booking_id) REFERENCES booking.bookings(office_id, id) ON UPDATE CASCADE ON DELETE CASCADE;
alter table integrity.attempts add constraint attempts_case_id_fkey FOREIGN KEY (case_id) REFERENCES integrity.cases(id) ON DELETE CASCADE;
alter table integrity.cases add constraint cases_cluster_id_fkey FOREIGN KEY (cluster_id) REFERENCES integrity.clusters(id) ON DELETE SET NULL;
alter table integrity.filings add constraint filings_person_id_fkey FOREIGN KEY (person_id) REFERENCES integrity.persons(id);
alter table integrity.observations add constraint observations_cluster_id_fkey FOREIGN KEY (cluster_id) REFERENCES integrity.clusters(id) ON DELETE SET NULL;
alter table integrity.pairs add constraint pairs_person_a_fkey FOREIGN KEY (person_a) REFERENCES integrity.persons(id) ON DELETE CASCADE;
alter table integrity.pairs add constraint pairs_person_b_fkey FOREIGN KEY (person_b) REFERENCES integrity.persons(id) ON DELETE CASCADE;
alter table integrity.sanctions add constraint sanctions_case_id_fkey FOREIGN KEY (case_id) REFERENCES integrity.cases(id) ON DELETE CASCADE;
alter table emergencies.requests add constraint requests_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table emergencies.weeks add constraint weeks_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.alarms add constraint alarms_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.arrivals add constraint arrivals_office_id_visit_id_fkey FOREIGN KEY (office_id, visit_id) REFERENCES visits.visits(office_id, id);
alter table visits.day_counts add constraint day_counts_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.day_measures add constraint day_measures_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.devices add constraint devices_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.door_days add constraint door_days_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.door_lots add constraint door_lots_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.door_overrides add constraint door_overrides_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.door_overrides add constraint door_overrides_second_id_fkey FOREIGN KEY (second_id) REFERENCES people.staff(id);
alter table visits.door_overrides add constraint door_overrides_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES people.staff(id);
alter table visits.door_queue add constraint door_queue_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.halls add constraint halls_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.interpretations add constraint interpretations_office_id_visit_id_fkey FOREIGN KEY (office_id, visit_id) REFERENCES visits.visits(office_id, id);
alter table visits.interpreted add constraint interpreted_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.loaned add constraint loaned_office_id_loan_id_fkey FOREIGN KEY (office_id, loan_id) REFERENCES visits.loans(office_id, id) ON DELETE CASCADE;
alter table visits.loans add constraint loans_office_id_tablet_id_fkey FOREIGN KEY (office_id, tablet_id) REFERENCES visits.tablets(office_id, id);
alter table visits.merge_conflicts add constraint merge_conflicts_office_id_loan_id_fkey FOREIGN KEY (office_id, loan_id) REFERENCES visits.loans(office_id, id) ON DELETE CASCADE;
alter table visits.operations add constraint operations_office_id_loan_id_fkey FOREIGN KEY (office_id, loan_id) REFERENCES visits.loans(office_id, id) ON DELETE CASCADE;
alter table visits.outcomes add constraint outcomes_office_id_visit_id_fkey FOREIGN KEY (office_id, visit_id) REFERENCES visits.visits(office_id, id);
alter table visits.passages add constraint passages_office_id_visit_id_fkey FOREIGN KEY (office_id, visit_id) REFERENCES visits.visits(office_id, id);
alter table visits.phone_tries add constraint phone_tries_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.priorities add constraint priorities_office_id_visit_id_fkey FOREIGN KEY (office_id, visit_id) REFERENCES visits.visits(office_id, id);
alter table visits.routes add constraint routes_service_fkey FOREIGN KEY (service) REFERENCES offices.services(slug);
alter table visits.stations add constraint stations_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.survey_counts add constraint survey_counts_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.survey_sheets add constraint survey_sheets_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.suspensions add constraint suspensions_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.tablets add constraint tablets_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.turn_numbers add constraint turn_numbers_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.visits add constraint visits_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.walk_in_hours add constraint walk_in_hours_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table issuing.blanks add constraint blanks_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table issuing.closings add constraint closings_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table issuing.documents add constraint documents_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table issuing.payments add constraint payments_office_id_document_id_fkey FOREIGN KEY (office_id, document_id) REFERENCES issuing.documents(office_id, id);
alter table issuing.payments add constraint payments_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table room.rings add constraint rings_room_id_fkey FOREIGN KEY (room_id) REFERENCES room.rooms(id);
alter table room.rooms add constraint rooms_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table room.seeds add constraint seeds_room_id_fkey FOREIGN KEY (room_id) REFERENCES room.rooms(id);
alter table room.statuses add constraint statuses_room_id_fkey FOREIGN KEY (room_id) REFERENCES room.rooms(id);
alter table room.tickets add constraint tickets_room_id_fkey FOREIGN KEY (room_id) REFERENCES room.rooms(id);
alter table room.tickets add constraint tickets_room_id_ring_id_fkey FOREIGN KEY (room_id, ring_id) REFERENCES room.rings(room_id, id);
alter table room.ticks add constraint ticks_room_id_fkey FOREIGN KEY (room_id) REFERENCES room.rooms(id);
alter table allocation.cells add constraint cells_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.cosignatures add constraint cosignatures_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.displaced add constraint displaced_draw_id_request_id_fkey FOREIGN KEY (draw_id, request_id) REFERENCES allocation.filings(draw_id, request_id) ON DELETE CASCADE;
alter table allocation.displaced add constraint displaced_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table allocation.documents add constraint documents_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.draws add constraint draws_follows_fkey FOREIGN KEY (follows) REFERENCES allocation.draws(id);
alter table allocation.endings add constraint endings_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.endings add constraint endings_request_id_fkey FOREIGN KEY (request_id) REFERENCES allocation.requests(id) ON DELETE SET NULL;
alter table allocation.entries add constraint entries_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.filings add constraint filings_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.filings add constraint filings_request_id_fkey FOREIGN KEY (request_id) REFERENCES allocation.requests(id) ON DELETE CASCADE;
alter table allocation.measures add constraint measures_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.measures add constraint measures_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table allocation.request_people add constraint request_people_request_id_fkey FOREIGN KEY (request_id) REFERENCES allocation.requests(id) ON DELETE CASCADE;
alter table allocation.requests add constraint requests_exchanges_fkey FOREIGN KEY (exchanges) REFERENCES allocation.draws(id);
alter table allocation.waits add constraint waits_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.waits add constraint waits_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table adverts.points add constraint points_advert_id_fkey FOREIGN KEY (advert_id) REFERENCES adverts.adverts(id) ON DELETE CASCADE;
alter table adverts.points add constraint points_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE SET NULL;
alter table adverts.purchases add constraint purchases_advert_id_fkey FOREIGN KEY (advert_id) REFERENCES adverts.adverts(id) ON DELETE CASCADE;
alter table adverts.screenshots add constraint screenshots_advert_id_fkey FOREIGN KEY (advert_id) REFERENCES adverts.adverts(id) ON DELETE CASCADE;
alter table adverts.takedowns add constraint takedowns_advert_id_fkey FOREIGN KEY (advert_id) REFERENCES adverts.adverts(id) ON DELETE CASCADE;
alter table helpers.approvals add constraint approvals_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES helpers.helpers(id) ON DELETE CASCADE;
alter table helpers.days add constraint days_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES helpers.helpers(id) ON DELETE CASCADE;
alter table helpers.enrolments add constraint enrolments_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES helpers.helpers(id) ON DELETE CASCADE;
alter table helpers.entries add constraint entries_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES helpers.helpers(id) ON DELETE CASCADE;
alter table helpers.helps add constraint helps_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES helpers.helpers(id) ON DELETE CASCADE;
alter table helpers.languages add constraint languages_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES helpers.helpers(id) ON DELETE CASCADE;
alter table helpers.passkeys add constraint passkeys_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES helpers.helpers(id) ON DELETE CASCADE;
alter table helpers.sessions add constraint sessions_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES helpers.helpers(id) ON DELETE CASCADE;
alter table conversations.replies add constraint replies_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES conversations.threads(id) ON DELETE CASCADE;
alter table conversations.tasks add constraint tasks_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES conversations.threads(id) ON DELETE SET NULL;
alter table conversations.threads add constraint threads_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE SET NULL;

create policy anybody_writes on audit.entries for insert to ventanilla_citizen_reader, ventanilla_citizen_writer, ventanilla_console, ventanilla_worker with check (true);
create policy reader_subject on audit.entries for select to ventanilla_citizen_reader using ((subject = ANY ((string_to_array(NULLIF(current_setting('app.subjects'::text, true), ''::text), ' '::text))::bytea[])));
create policy report_all on audit.entries for select to ventanilla_report using (true);
create policy worker_all on audit.entries for select to ventanilla_worker using (true);
create policy reader_own on people.account_contacts for select to ventanilla_citizen_reader using ((account_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid));
create policy worker_all on people.account_contacts for select to ventanilla_worker using (true);
create policy writer_all on people.account_contacts for all to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on people.account_passkeys for select to ventanilla_citizen_reader using ((account_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid));
create policy writer_all on people.account_passkeys for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_issues on people.cards for insert to ventanilla_console with check (true);
create policy reader_own on people.cards for select to ventanilla_citizen_reader using ((contact_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid));
create policy worker_all on people.cards for all to ventanilla_worker using (true);
create policy writer_all on people.cards for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_issues on people.contacts for insert to ventanilla_console with check (((kind = 'card'::text) AND (sealed IS NULL)));
create policy worker_all on people.contacts for all to ventanilla_worker using (true);
create policy writer_all on people.contacts for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_own_office on people.presences for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text))) with check ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on people.presences for select to ventanilla_report using (true);
create policy worker_all on people.presences for all to ventanilla_worker using (true);
create policy console_all on people.releases for all to ventanilla_console using (true) with check (true);
create policy worker_all on people.releases for all to ventanilla_worker using (true) with check (true);
create policy reader_all on people.sessions for select to ventanilla_citizen_reader using (true);
create policy worker_all on people.sessions for all to ventanilla_worker using (true);
create policy writer_all on people.sessions for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on people.staff for all to ventanilla_console using (true) with check (true);
create policy reader_roles on people.staff for select to ventanilla_citizen_reader using (true);
create policy worker_roles on people.staff for select to ventanilla_worker using (true);
create policy console_office on booking.applicants for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on booking.applicants for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM booking.bookings
  WHERE ((bookings.office_id = applicants.office_id) AND (bookings.id = applicants.booking_id)))));
create policy reader_sheet on booking.applicants for select to ventanilla_citizen_reader using ((id = (NULLIF(current_setting('app.sheet_of'::text, true), ''::text))::uuid));
create policy worker_all on booking.applicants for all to ventanilla_worker using (true);
create policy writer_all on booking.applicants for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_office on booking.appointments for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on booking.appointments for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM booking.bookings
  WHERE ((bookings.office_id = appointments.office_id) AND (bookings.id = appointments.booking_id)))));
create policy reader_sheet on booking.appointments for select to ventanilla_citizen_reader using (((booking_id, ordinal) = ( SELECT a.booking_id,
    a.ordinal
   FROM booking.applicants a
  WHERE (a.id = (NULLIF(current_setting('app.sheet_of'::text, true), ''::text))::uuid))));
create policy report_counts on booking.appointments for select to ventanilla_report using (true);
create policy worker_all on booking.appointments for all to ventanilla_worker using (true);
create policy writer_all on booking.appointments for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_office on booking.bookings for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on booking.bookings for select to ventanilla_citizen_reader using ((contact_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid));
create policy report_counts on booking.bookings for select to ventanilla_report using (true);
create policy worker_all on booking.bookings for all to ventanilla_worker using (true);
create policy writer_all on booking.bookings for all to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on booking.drafts for select to ventanilla_citizen_reader using ((session_id = (NULLIF(current_setting('app.session_id'::text, true), ''::text))::uuid));
create policy worker_all on booking.drafts for all to ventanilla_worker using (true);
create policy writer_all on booking.drafts for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_own_office on booking.honey for select to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on booking.honey for all to ventanilla_worker using (true) with check (true);
create policy console_office on booking.proposals for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on booking.proposals for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM booking.bookings
  WHERE ((bookings.office_id = proposals.office_id) AND (bookings.id = proposals.booking_id)))));
create policy report_counts on booking.proposals for select to ventanilla_report using (true);
create policy worker_all on booking.proposals for all to ventanilla_worker using (true) with check (true);
create policy writer_all on booking.proposals for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_network on integrity.agent_alarms for select to ventanilla_console using (((NULLIF(current_setting('app.staff_id'::text, true), ''::text) IS NOT NULL) AND (NULLIF(current_setting('app.office_id'::text, true), ''::text) IS NULL)));
create policy worker_all on integrity.agent_alarms for all to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.attempts for all to ventanilla_console using (((NULLIF(current_setting('app.staff_id'::text, true), ''::text) IS NOT NULL) AND (NULLIF(current_setting('app.office_id'::text, true), ''::text) IS NULL)));
create policy worker_all on integrity.attempts for all to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.cases for all to ventanilla_console using (((NULLIF(current_setting('app.staff_id'::text, true), ''::text) IS NOT NULL) AND (NULLIF(current_setting('app.office_id'::text, true), ''::text) IS NULL)));
create policy reader_own on integrity.cases for select to ventanilla_citizen_reader using ((contact_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid));
create policy worker_all on integrity.cases for all to ventanilla_worker using (true);
create policy writer_own on integrity.cases for all to ventanilla_citizen_writer using ((contact_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid));
create policy console_network on integrity.clusters for all to ventanilla_console using (((NULLIF(current_setting('app.staff_id'::text, true), ''::text) IS NOT NULL) AND (NULLIF(current_setting('app.office_id'::text, true), ''::text) IS NULL)));
create policy worker_all on integrity.clusters for all to ventanilla_worker using (true) with check (true);
create policy console_doubt on integrity.filings for all to ventanilla_console using (((NULLIF(current_setting('app.staff_id'::text, true), ''::text) IS NOT NULL) AND (NULLIF(current_setting('app.office_id'::text, true), ''::text) IS NULL) AND (person_id IN ( SELECT unnest(ARRAY[p.person_a, p.person_b]) AS unnest
   FROM integrity.pairs p
  WHERE (p.id = (NULLIF(current_setting('app.doubt'::text, true), ''::text))::uuid))))) with check (true);
create policy reader_own on integrity.filings for select to ventanilla_citizen_reader using ((contact_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid));
create policy worker_all on integrity.filings for all to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.observations for select to ventanilla_console using (((NULLIF(current_setting('app.staff_id'::text, true), ''::text) IS NOT NULL) AND (NULLIF(current_setting('app.office_id'::text, true), ''::text) IS NULL)));
create policy worker_all on integrity.observations for all to ventanilla_worker using (true);
create policy console_network on integrity.pairs for all to ventanilla_console using (((NULLIF(current_setting('app.staff_id'::text, true), ''::text) IS NOT NULL) AND (NULLIF(current_setting('app.office_id'::text, true), ''::text) IS NULL)));
create policy worker_all on integrity.pairs for all to ventanilla_worker using (true) with check (true);
create policy console_network on integrity.sanctions for all to ventanilla_console using (((NULLIF(current_setting('app.staff_id'::text, true), ''::text) IS NOT NULL) AND (NULLIF(current_setting('app.office_id'::text, true), ''::text) IS NULL)));
create policy worker_all on integrity.sanctions for all to ventanilla_worker using (true) with check (true);
create policy console_office on emergencies.requests for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on emergencies.requests for select to ventanilla_citizen_reader using (((contact_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid) OR (session_id = (NULLIF(current_setting('app.session_id'::text, true), ''::text))::uuid)));
create policy worker_all on emergencies.requests for all to ventanilla_worker using (true);
create policy writer_all on emergencies.requests for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_office on visits.absences for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_office on visits.alarms for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_office on visits.arrivals for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_office on visits.door_overrides for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.door_overrides for select to ventanilla_report using (true);
create policy console_office on visits.door_queue for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on visits.door_queue for all to ventanilla_worker using (true);
create policy console_office on visits.expected_hours for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on visits.expected_hours for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM booking.bookings
  WHERE ((bookings.office_id = expected_hours.office_id) AND (bookings.id = expected_hours.booking_id)))));
create policy worker_all on visits.expected_hours for all to ventanilla_worker using (true);
create policy console_office on visits.interpretations for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on visits.interpretations for all to ventanilla_worker using (true);
create policy console_office on visits.interpreted for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.interpreted for select to ventanilla_report using (true);
create policy console_office on visits.loaned for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on visits.loaned for all to ventanilla_worker using (true);
create policy console_office on visits.loans for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on visits.loans for all to ventanilla_worker using (true);
create policy console_office on visits.merge_conflicts for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_office on visits.operations for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_office on visits.outcomes for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.outcomes for select to ventanilla_report using (true);
create policy worker_all on visits.outcomes for all to ventanilla_worker using (true);
create policy console_office on visits.passages for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.passages for select to ventanilla_report using (true);
create policy worker_all on visits.passages for all to ventanilla_worker using (true);
create policy console_office on visits.phone_tries for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on visits.phone_tries for all to ventanilla_worker using (true);
create policy console_office on visits.priorities for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.priorities for select to ventanilla_report using (true);
create policy worker_all on visits.priorities for all to ventanilla_worker using (true);
create policy console_office on visits.return_rights for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on visits.return_rights for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM booking.bookings
  WHERE ((bookings.office_id = return_rights.office_id) AND (bookings.id = return_rights.booking_id)))));
create policy worker_all on visits.return_rights for all to ventanilla_worker using (true);
create policy console_office on visits.survey_sheets for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.survey_sheets for select to ventanilla_report using (true);
create policy console_office on visits.suspensions for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on visits.suspensions for all to ventanilla_worker using (true);
create policy console_office on visits.tablets for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_office on visits.visits for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.visits for select to ventanilla_report using (true);
create policy worker_all on visits.visits for all to ventanilla_worker using (true);
create policy console_office on issuing.blanks for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_reads on issuing.closings for select to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_signs on issuing.closings for insert to ventanilla_console with check ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_signs_again on issuing.closings for update to ventanilla_console using (((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)) AND (second_by IS NULL))) with check ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_office on issuing.documents for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_reads on issuing.documents for select to ventanilla_worker using (true);
create policy console_office on issuing.payments for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on issuing.payments for all to ventanilla_worker using (true);
create policy console_office on allocation.displaced for select to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on allocation.displaced for all to ventanilla_worker using (true) with check (true);
create policy reader_own on allocation.endings for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM allocation.requests
  WHERE (requests.id = endings.request_id))));
create policy worker_all on allocation.endings for all to ventanilla_worker using (true) with check (true);
create policy writer_all on allocation.endings for all to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on allocation.filings for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM allocation.requests
  WHERE (requests.id = filings.request_id))));
create policy report_counts on allocation.filings for select to ventanilla_report using (true);
create policy worker_all on allocation.filings for all to ventanilla_worker using (true) with check (true);
create policy writer_all on allocation.filings for all to ventanilla_citizen_writer using (true) with check (true);
create policy worker_all on allocation.request_people for all to ventanilla_worker using (true);
create policy writer_all on allocation.request_people for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_displaced on allocation.requests for select to ventanilla_console using ((EXISTS ( SELECT
   FROM allocation.displaced d
  WHERE (d.request_id = requests.id))));
create policy reader_own on allocation.requests for select to ventanilla_citizen_reader using ((contact_id = (NULLIF(current_setting('app.contact_id'::text, true), ''::text))::uuid));
create policy worker_all on allocation.requests for all to ventanilla_worker using (true) with check (true);
create policy writer_all on allocation.requests for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on adverts.adverts for all to ventanilla_console using (true) with check (true);
create policy worker_all on adverts.adverts for all to ventanilla_worker using (true);
create policy writer_files on adverts.adverts for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on adverts.points for all to ventanilla_console using (true) with check (true);
create policy worker_all on adverts.points for all to ventanilla_worker using (true) with check (true);
create policy writer_files on adverts.points for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on adverts.purchases for all to ventanilla_console using (true) with check (true);
create policy console_all on adverts.screenshots for all to ventanilla_console using (true) with check (true);
create policy writer_files on adverts.screenshots for all to ventanilla_citizen_writer using (true) with check (true);
create policy worker_all on helpers.entries for all to ventanilla_worker using (true) with check (true);
create policy console_all on helpers.helpers for all to ventanilla_console using (true) with check (true);
create policy worker_all on helpers.helpers for all to ventanilla_worker using (true) with check (true);
create policy writer_all on helpers.helpers for all to ventanilla_citizen_writer using (true) with check (true);
create policy worker_all on helpers.helps for all to ventanilla_worker using (true) with check (true);
create policy writer_all on helpers.helps for all to ventanilla_citizen_writer using (true) with check (true);
create policy agents_read on conversations.inbox for select to ventanilla_console using (true);
create policy worker_all on conversations.inbox for all to ventanilla_worker using (true) with check (true);
create policy writer_receives on conversations.inbox for all to ventanilla_citizen_writer using (true) with check (true);
create policy agents_write on conversations.replies for all to ventanilla_console using (true) with check ((staff_id IS NOT NULL));
create policy worker_all on conversations.replies for all to ventanilla_worker using (true) with check (true);
create policy writer_states on conversations.replies for all to ventanilla_citizen_writer using (true) with check (true);
create policy agents_answer on conversations.tasks for all to ventanilla_console using (true) with check (true);
create policy worker_all on conversations.tasks for all to ventanilla_worker using (true) with check (true);
create policy agents_read on conversations.threads for select to ventanilla_console using (true);
create policy worker_all on conversations.threads for all to ventanilla_worker using (true) with check (true);
