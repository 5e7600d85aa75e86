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

create schema visits;
comment on schema visits is 'Arrivals, counters at work and outcomes. Ids and codes only.';
grant usage on schema visits to ventanilla_citizen_reader;
grant usage on schema visits to ventanilla_console;
grant usage on schema visits to ventanilla_report;
grant usage on schema visits to ventanilla_worker;

create schema messaging;
comment on schema messaging is 'Outbound messages by id and kind.';
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

CREATE OR REPLACE FUNCTION platform.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% rows never change', tg_table_name using errcode = 'restrict_violation';
end $function$;

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
CREATE INDEX entries_by_time ON audit.entries USING btree (at);
CREATE TRIGGER entries_are_never_emptied BEFORE TRUNCATE ON audit.entries FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER entries_never_change BEFORE DELETE OR UPDATE ON audit.entries FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
grant insert on audit.entries to ventanilla_citizen_reader;
grant insert on audit.entries to ventanilla_citizen_writer;
grant insert on audit.entries to ventanilla_console;
grant select on audit.entries to ventanilla_report;
grant select, insert on audit.entries to ventanilla_worker;

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
  constraint cards_pkey PRIMARY KEY (contact_id)
);
comment on table people.cards is 'Paper cards: a folio (a row of contact_keys) and a six-digit PIN, given at a counter or read out by an agent.';
comment on column people.cards.pin_hash is 'scrypt with its salt and cost.';
comment on column people.cards.issued_by is 'The member of staff who gave the card.';
comment on column people.cards.office_id is 'Where it was given; empty when the member of staff belongs to no office.';
comment on column people.cards.issued_at is 'UTC.';
alter table people.cards enable row level security;
alter table people.cards force row level security;
grant select on people.cards to ventanilla_citizen_writer;
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

create table people.persons (
  id uuid not null,
  created_at timestamp with time zone not null,
  constraint persons_pkey PRIMARY KEY (id)
);
comment on table people.persons is 'A human being as a random id, and nothing else. No row is written yet: issue 6 (identity) will, never on the way of a booking.';
grant select, insert on people.persons to ventanilla_worker;

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
  constraint office_roles_have_an_office CHECK (((role = ANY (ARRAY['hq'::text, 'admin'::text])) OR (office_id IS NOT NULL))),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['clerk'::text, 'supervisor'::text, 'office_head'::text, 'hq'::text, 'admin'::text])))
);
comment on table people.staff is 'Members of staff.';
comment on column people.staff.name is 'Personal: the name that colleagues see.';
alter table people.staff enable row level security;
alter table people.staff force row level security;
grant select (active, id, name, office_id, role), insert, update (active) on people.staff to ventanilla_console;

create table people.staff_sessions (
  token_digest bytea not null,
  staff_id uuid not null,
  challenge_digest bytea,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint staff_sessions_pkey PRIMARY KEY (token_digest),
  constraint staff_sessions_challenge_digest_key UNIQUE (challenge_digest)
);
comment on table people.staff_sessions is 'Signed-in staff; ends at once when the person is deactivated.';
comment on column people.staff_sessions.token_digest is 'SHA-256 of the cookie.';
comment on column people.staff_sessions.challenge_digest is 'SHA-256 of the signed challenge: one challenge opens one session.';
comment on column people.staff_sessions.expires_at is 'UTC, twelve hours after signing in.';
comment on column people.staff_sessions.ended_at is 'UTC at which it was ended before its time, by signing out or by deactivation.';
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
grant select on schedules.circuits to ventanilla_citizen_reader;
grant select on schedules.circuits to ventanilla_citizen_writer;
grant select, insert, update on schedules.circuits to ventanilla_console;
grant select on schedules.circuits to ventanilla_report;
grant select on schedules.circuits to ventanilla_worker;

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
comment on column schedules.places.overbook is 'A seat beyond what the counters can carry. Nothing sets it yet: every place is false.';
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
grant select on schedules.resource_days to ventanilla_citizen_reader;
grant select on schedules.resource_days to ventanilla_citizen_writer;
grant select, insert, update, delete on schedules.resource_days to ventanilla_console;
grant select on schedules.resource_days to ventanilla_report;
grant select on schedules.resource_days to ventanilla_worker;

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
grant select on schedules.resources to ventanilla_citizen_reader;
grant select on schedules.resources to ventanilla_citizen_writer;
grant select, insert, update on schedules.resources to ventanilla_console;
grant select on schedules.resources to ventanilla_report;
grant select on schedules.resources to ventanilla_worker;

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
  constraint sessions_kind_check CHECK ((kind = ANY (ARRAY['regular'::text, 'saturday'::text, 'sunday'::text, 'extraordinary'::text, 'mobile'::text, 'on_wheels'::text]))),
  constraint sessions_planned_places_check CHECK ((planned_places >= 0)),
  constraint sessions_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  constraint starts_before_it_ends CHECK ((starts_at < ends_at))
);
comment on table schedules.sessions is 'One dated opening of an office for one service group.';
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

create table booking.applicants (
  id uuid not null,
  booking_id uuid not null,
  office_id text not null,
  ordinal smallint not null,
  person_id uuid,
  sealed bytea not null,
  erase_after date not null,
  constraint applicants_pkey PRIMARY KEY (id),
  constraint applicants_booking_id_ordinal_key UNIQUE (booking_id, ordinal)
);
comment on table booking.applicants is 'What this contact typed of a person; never filled from or shared with what another contact typed.';
comment on column booking.applicants.person_id is 'Empty: nothing is linked yet. Issue 6 (identity) will fill it, after the booking has committed.';
comment on column booking.applicants.sealed is 'Personal: names, birth, sex, CURP, parents with an absent one''s address, sealed (field booking.applicant).';
comment on column booking.applicants.erase_after is 'Thirty days after the visit.';
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
CREATE INDEX bookings_by_contact ON booking.bookings USING btree (contact_id, created_at);
CREATE INDEX bookings_by_day ON booking.bookings USING btree (office_id, local_date);
CREATE INDEX bookings_by_folio ON booking.bookings USING btree (folio_digest);
CREATE INDEX bookings_to_erase ON booking.bookings USING btree (erase_after);
alter table booking.bookings enable row level security;
alter table booking.bookings force row level security;
grant select on booking.bookings to ventanilla_citizen_reader;
grant select (changed_at, channel, contact_id, created_at, file_version, folio_digest, full_message, id, language, local_date, mend_until, moves, office_id, people, starts_at, state), insert, update (changed_at, erase_after, full_message, local_date, mend_until, moves, office_id, sealed, starts_at, state) on booking.bookings to ventanilla_citizen_writer;
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

create table booking.opened_files (
  staff_id uuid not null,
  opened_at timestamp with time zone[] not null,
  constraint opened_files_pkey PRIMARY KEY (staff_id)
);
comment on table booking.opened_files is 'When each member of staff last opened files of parties: the brake on copying them. Over all nodes, at most sixty instants each.';
comment on column booking.opened_files.opened_at is 'UTC, the latest last; older than a minute they mean nothing.';
alter table booking.opened_files enable row level security;
alter table booking.opened_files force row level security;
grant select, insert, update on booking.opened_files to ventanilla_console;

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
comment on column visits.suspensions.station is 'Empty: the whole service. Services have no stations yet, so that nothing sets it.';
comment on column visits.suspensions.reason is 'A code for the office''s own figures; people are told what it means for them.';
comment on column visits.suspensions.news_at is 'UTC. When people hear the next news, whatever it is.';
comment on column visits.suspensions.started_at is 'UTC.';
comment on column visits.suspensions.ended_at is 'UTC at which the service went on; empty while it stands, or when it never did that day.';
comment on column visits.suspensions.undone is 'It was a slip of the hand: it counts in no figure.';
CREATE UNIQUE INDEX one_standing_suspension ON visits.suspensions USING btree (office_id, local_date, service) WHERE (ended_at IS NULL);
alter table visits.suspensions enable row level security;
alter table visits.suspensions force row level security;
grant select, insert, update on visits.suspensions to ventanilla_console;
grant select on visits.suspensions to ventanilla_worker;

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
  constraint visits_pkey PRIMARY KEY (office_id, id),
  constraint visits_office_id_booking_id_key UNIQUE (office_id, booking_id),
  constraint visits_counter_check CHECK (((counter >= 1) AND (counter <= 99))),
  constraint visits_state_check CHECK ((state = ANY (ARRAY['expected'::text, 'waiting'::text, 'called'::text, 'serving'::text, 'done'::text, 'left'::text]))),
  constraint who_is_in_the_hall_arrived CHECK (((arrived_at IS NOT NULL) OR (state = ANY (ARRAY['expected'::text, 'left'::text]))))
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
comment on column visits.visits.on_paper is 'Typed in from the printed list after a day without system: its hours are those of the list and measure nothing.';
CREATE INDEX visits_by_day ON visits.visits USING btree (office_id, local_date);
CREATE INDEX visits_to_settle ON visits.visits USING btree (local_date) WHERE (settled_at IS NULL);
alter table visits.visits enable row level security;
alter table visits.visits force row level security;
grant select, insert, update on visits.visits to ventanilla_console;
grant select on visits.visits to ventanilla_report;
grant select, update (done_at, settled_at, state, version) on visits.visits to ventanilla_worker;

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
  constraint messages_pkey PRIMARY KEY (id),
  constraint said_once UNIQUE (subject_id, kind, sequence),
  constraint messages_kind_check CHECK ((kind = ANY (ARRAY['code'::text, 'confirmed'::text, 'moved'::text, 'cancelled'::text, 'lapsed'::text, 'displaced'::text, 'restored'::text, 'jornada_moved'::text, 'jornada_suspended'::text, 'reminder_7'::text, 'reminder_1'::text, 'permission_5'::text, 'permission_sheet'::text, 'day_suspended'::text, 'day_resumed'::text, 'day_hour'::text, 'request_filed'::text, 'request_offered'::text, 'request_waiting'::text, 'request_identity'::text]))),
  constraint messages_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text, 'dropped'::text]))),
  constraint messages_urgency_check CHECK (((urgency >= 0) AND (urgency <= 2)))
);
comment on table messaging.messages is 'One row per message; the unique key is what keeps it from being sent twice.';
comment on column messaging.messages.subject_id is 'The booking, the request or the one-time code that the message is about.';
comment on column messaging.messages.sequence is 'Tells messages of one kind and subject apart: the number of the event for a move, a lapse, a place that was cut or is there again, news of a day that goes wrong or the result of a draw, the day of the visit as YYYYMMDD for a reminder, that with the person''s and the parent''s number for a sheet, else 1.';
comment on column messaging.messages.urgency is '0 somebody waits at the screen for it, 1 something happened, 2 a reminder.';
comment on column messaging.messages.attempts is 'Tries begun. Counted before the try, so that a crash in the middle is counted too.';
comment on column messaging.messages.next_at is 'UTC of the next try; moved ahead before each try, which is the lease of whoever tries. Failures wait longer each time.';
comment on column messaging.messages.sent_at is 'UTC at which the gateway took it; empty until then.';
comment on column messaging.messages.error_code is 'Code of the last failure or of why it was dropped; never the provider''s text, which may repeat the address.';
CREATE INDEX messages_by_age ON messaging.messages USING btree (created_at);
CREATE INDEX messages_waiting ON messaging.messages USING btree (urgency, next_at) WHERE (state = 'queued'::text);
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
CREATE INDEX draws_by_lock ON allocation.draws USING btree (locks_at);
CREATE INDEX draws_by_state ON allocation.draws USING btree (state);
CREATE UNIQUE INDEX one_open ON allocation.draws USING btree ((
CASE
    WHEN (kind = ANY (ARRAY['daily'::text, 'short'::text])) THEN kind
    ELSE 'weekly'::text
END)) WHERE ((state = 'open'::text) AND (follows IS NULL));
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
  constraint entries_pkey PRIMARY KEY (draw_id, app_id)
);
comment on table allocation.entries is 'The leaves of a draw: all that the draw reads of a household. They name nobody, and cannot change once the draw is locked.';
comment on column allocation.entries.app_id is 'Random, fresh for every draw (a second round keeps it); never a folio and never a credential.';
comment on column allocation.entries.need is 'Places for each service group, as canonical JSON.';
comment on column allocation.entries.options is 'Ids of allocation.wishes, best first.';
comment on column allocation.entries.lot is 'SHA-256 of a salt: which of several leaves of one person is live follows from it.';
comment on column allocation.entries.leaf is 'SHA-256 as promised: the leaf of the tree, which outlives the household''s own rows.';
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
CREATE INDEX requests_by_contact ON allocation.requests USING btree (contact_id);
CREATE INDEX requests_callable ON allocation.requests USING gin (offices) WHERE ((state = 'standing'::text) AND short_notice);
CREATE INDEX requests_standing ON allocation.requests USING btree (id) WHERE (state = 'standing'::text);
CREATE INDEX requests_to_empty ON allocation.requests USING btree (changed_at) WHERE ((sealed <> '\x'::bytea) AND (state = ANY (ARRAY['confirmed'::text, 'withdrawn'::text, 'ended'::text])));
CREATE INDEX requests_to_erase ON allocation.requests USING btree (erase_after);
alter table allocation.requests enable row level security;
alter table allocation.requests force row level security;
grant select on allocation.requests to ventanilla_citizen_reader;
grant select (booking_id, contact_id, groups, id, office_id, people, state), insert, update (auto_confirm, booking_id, changed_at, contact_class, domain, erase_after, groups, language, needs, office_id, offices, options, people, sealed, short_notice, state, tier) on allocation.requests to ventanilla_citizen_writer;
grant select (id, state) on allocation.requests to ventanilla_console;
grant select, update, delete on allocation.requests to ventanilla_worker;

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

alter table audit.chain add constraint chain_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES audit.entries(id);
alter table offices.facts add constraint facts_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table offices.jurisdictions add constraint jurisdictions_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table people.cards add constraint cards_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE CASCADE;
alter table people.codes add constraint codes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE CASCADE;
alter table people.contact_keys add constraint contact_keys_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES people.contacts(id) ON DELETE CASCADE;
alter table people.enrolments add constraint enrolments_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES people.staff(id);
alter table people.passkeys add constraint passkeys_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES people.staff(id);
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
alter table booking.applicants add constraint applicants_person_id_fkey FOREIGN KEY (person_id) REFERENCES people.persons(id);
alter table booking.proposals add constraint proposals_cut_id_fkey FOREIGN KEY (cut_id) REFERENCES schedules.cuts(id);
alter table booking.proposals add constraint proposals_office_id_booking_id_fkey FOREIGN KEY (office_id, booking_id) REFERENCES booking.bookings(office_id, id) ON UPDATE CASCADE ON DELETE CASCADE;
alter table visits.day_counts add constraint day_counts_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.day_measures add constraint day_measures_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.outcomes add constraint outcomes_office_id_visit_id_fkey FOREIGN KEY (office_id, visit_id) REFERENCES visits.visits(office_id, id);
alter table visits.suspensions add constraint suspensions_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
alter table visits.visits add constraint visits_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);
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
alter table allocation.outcomes add constraint outcomes_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.request_people add constraint request_people_request_id_fkey FOREIGN KEY (request_id) REFERENCES allocation.requests(id) ON DELETE CASCADE;
alter table allocation.waits add constraint waits_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES allocation.draws(id);
alter table allocation.waits add constraint waits_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices.offices(id);

create policy console_issues on people.cards for insert to ventanilla_console with check (true);
create policy worker_all on people.cards for all to ventanilla_worker using (true);
create policy writer_all on people.cards for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_issues on people.contacts for insert to ventanilla_console with check (((kind = 'card'::text) AND (sealed IS NULL)));
create policy worker_all on people.contacts for all to ventanilla_worker using (true);
create policy writer_all on people.contacts for all to ventanilla_citizen_writer using (true) with check (true);
create policy reader_all on people.sessions for select to ventanilla_citizen_reader using (true);
create policy worker_all on people.sessions for all to ventanilla_worker using (true);
create policy writer_all on people.sessions for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on people.staff for all to ventanilla_console using (true) with check (true);
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
create policy console_own on booking.opened_files for all to ventanilla_console using ((staff_id = (NULLIF(current_setting('app.staff_id'::text, true), ''::text))::uuid));
create policy console_office on booking.proposals for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on booking.proposals for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM booking.bookings
  WHERE ((bookings.office_id = proposals.office_id) AND (bookings.id = proposals.booking_id)))));
create policy report_counts on booking.proposals for select to ventanilla_report using (true);
create policy worker_all on booking.proposals for all to ventanilla_worker using (true) with check (true);
create policy writer_all on booking.proposals for all to ventanilla_citizen_writer using (true) with check (true);
create policy console_office on visits.absences for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy console_office on visits.expected_hours for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on visits.expected_hours for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM booking.bookings
  WHERE ((bookings.office_id = expected_hours.office_id) AND (bookings.id = expected_hours.booking_id)))));
create policy worker_all on visits.expected_hours for all to ventanilla_worker using (true);
create policy console_office on visits.outcomes for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.outcomes for select to ventanilla_report using (true);
create policy worker_all on visits.outcomes for all to ventanilla_worker using (true);
create policy console_office on visits.return_rights for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy reader_own on visits.return_rights for select to ventanilla_citizen_reader using ((EXISTS ( SELECT
   FROM booking.bookings
  WHERE ((bookings.office_id = return_rights.office_id) AND (bookings.id = return_rights.booking_id)))));
create policy worker_all on visits.return_rights for all to ventanilla_worker using (true);
create policy console_office on visits.suspensions for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy worker_all on visits.suspensions for all to ventanilla_worker using (true);
create policy console_office on visits.visits for all to ventanilla_console using ((office_id = NULLIF(current_setting('app.office_id'::text, true), ''::text)));
create policy report_counts on visits.visits for select to ventanilla_report using (true);
create policy worker_all on visits.visits for all to ventanilla_worker using (true);
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
