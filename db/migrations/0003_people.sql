-- Contacts, visitors' sessions, paper cards, and staff.

create schema people;
comment on schema people is 'Who asks and who works here. Personal data are sealed; look-ups go through keyed digests.';
grant usage on schema people to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table people.persons (
  id         uuid        primary key,
  created_at timestamptz not null
);
comment on table people.persons is 'A human being as a random id, and nothing else. No row is written yet: issue 6 (identity) will, never on the way of a booking.';

create table people.contacts (
  id          uuid        primary key,
  kind        text        not null check (kind in ('email', 'sms', 'voice', 'card', 'whatsapp')),
  sealed      bytea,
  seal_ends   date,
  language    text        not null default 'es',
  verified_at timestamptz,
  created_at  timestamptz not null,
  erase_after date        not null,
  constraint a_seal_has_an_end check (sealed is null or seal_ends is not null)
);
comment on table people.contacts is 'A way to reach whoever books. A paper card is a full substitute.';
comment on column people.contacts.verified_at is 'UTC of the last code or PIN typed right; empty until the first.';
comment on column people.contacts.sealed is 'Personal: the address or number, sealed (field people.contact). Empty for a card.';
comment on column people.contacts.seal_ends is 'Last day of the key under which the address is sealed. A contact that is kept longer is sealed anew before.';
comment on column people.contacts.erase_after is 'The day after which retention deletes the row.';
create index contacts_by_erasure on people.contacts (erase_after);
create index contacts_to_seal_anew on people.contacts (id) where erase_after > seal_ends;

create table people.contact_keys (
  digest     bytea    not null,
  kind       text     not null,
  contact_id uuid     not null references people.contacts on delete cascade,
  version    smallint not null,
  primary key (digest, kind)
);
comment on table people.contact_keys is 'Keyed digest of an address or number, by which it is found again; during a rotation a row for each version.';
create index contact_keys_by_contact on people.contact_keys (contact_id);

create table people.sessions (
  token_digest   bytea       primary key,
  id             uuid        not null unique,
  contact_id     uuid        references people.contacts on delete cascade,
  contact_kind   text,
  language       text        not null default 'es',
  channel        text        not null,
  created_at     timestamptz not null,
  verified_at    timestamptz,
  verified_until timestamptz,
  expires_at     timestamptz not null,
  constraint verified_whole check (num_nonnulls(contact_id, contact_kind, verified_at, verified_until) in (0, 4))
);
comment on table people.sessions is 'A visitor''s browser or call; verified once its contact typed the code or the card''s PIN.';
comment on column people.sessions.verified_at is 'UTC at which the code or PIN was typed. Verification ends at most twelve hours later.';
comment on column people.sessions.expires_at is 'UTC, from then on the cookie opens nothing: twelve hours after it was given, thirty days after it was verified.';
comment on column people.sessions.token_digest is 'SHA-256 of the 256-bit cookie; the cookie itself is stored nowhere.';
comment on column people.sessions.contact_kind is 'How the contact was verified; here too, so that the hot read needs no other table.';
comment on column people.sessions.verified_until is 'Moves with use. After it the session only remembers which contact it knew, for the budget of codes.';
create index sessions_by_expiry on people.sessions (expires_at);
create index sessions_by_contact on people.sessions (contact_id);

create table people.codes (
  id         uuid        primary key,
  session_id uuid        not null,
  contact_id uuid        not null references people.contacts on delete cascade,
  kind       text        not null check (kind in ('email', 'sms', 'voice')),
  language   text        not null,
  familiar   boolean     not null,
  withheld   boolean     not null,
  attempts   smallint    not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
comment on table people.codes is 'One-time codes. The six digits are a keyed function of the id and stand nowhere.';
comment on column people.codes.session_id is 'No foreign key: the row outlives its session, because the limits of the day are counted from it.';
comment on column people.codes.kind is 'How this code is delivered; the contact''s own way changes only once the code was typed.';
comment on column people.codes.familiar is 'The session had verified this contact before: such codes have a budget of their own.';
comment on column people.codes.withheld is 'Not sent and never right: the strangers'' budget of this contact was used up. The answer told nobody.';
comment on column people.codes.expires_at is 'UTC, ten minutes after it was made. From then on not even the right digits open.';
comment on column people.codes.used_at is 'UTC at which the right digits were typed: a code opens once.';
comment on column people.codes.attempts is 'Wrong tries; five end the code.';
create index codes_by_contact on people.codes (contact_id, created_at);
create index codes_by_session on people.codes (session_id, created_at);
create index codes_by_age on people.codes (created_at);

create table people.cards (
  contact_id uuid        primary key references people.contacts on delete cascade,
  pin_hash   text        not null,
  issued_by  uuid,
  office_id  text,
  issued_at  timestamptz not null
);
comment on table people.cards is 'Paper cards: a folio (a row of contact_keys) and a six-digit PIN, given at a counter or read out by an agent.';
comment on column people.cards.issued_at is 'UTC.';
comment on column people.cards.issued_by is 'The member of staff who gave the card.';
comment on column people.cards.office_id is 'Where it was given; empty when the member of staff belongs to no office.';
comment on column people.cards.pin_hash is 'scrypt with its salt and cost.';

create table people.card_tries (
  digest       bytea       primary key,
  attempts     smallint    not null,
  locked_until timestamptz,
  last_at      timestamptz not null
);
comment on table people.card_tries is 'Wrong PINs by presented folio, whether such a card exists or not: the lock betrays nothing.';
comment on column people.card_tries.last_at is 'UTC of the last try; retention counts from it.';
comment on column people.card_tries.digest is 'Keyed digest of the folio as typed.';
comment on column people.card_tries.attempts is 'Wrong PINs since the last right one; five lock for 15 minutes.';
comment on column people.card_tries.locked_until is 'UTC. Until then not even the right PIN opens.';

create table people.staff (
  id         uuid        primary key,
  office_id  text        references offices.offices,
  role       text        not null check (role in ('clerk', 'door', 'supervisor', 'office_head', 'hq', 'analyst', 'admin')),
  name       text        not null,
  active     boolean     not null default true,
  created_at timestamptz not null,
  constraint office_roles_have_an_office check (role in ('hq', 'analyst', 'admin') or office_id is not null)
);
comment on table people.staff is 'Members of staff.';
comment on column people.staff.name is 'Personal: the name that colleagues see.';

create table people.passkeys (
  credential_id text        primary key,
  staff_id      uuid        not null references people.staff,
  public_key    bytea       not null,
  counter       bigint      not null,
  transports    text[]      not null default '{}',
  created_at    timestamptz not null,
  last_used_at  timestamptz
);
comment on table people.passkeys is 'WebAuthn credentials of staff. There is no password.';
comment on column people.passkeys.last_used_at is 'UTC of the last sign-in; empty before the first.';
comment on column people.passkeys.counter is 'Signature counter of the authenticator; one that falls is a copy.';

create table people.enrolments (
  token_digest bytea       primary key,
  staff_id     uuid        not null references people.staff,
  expires_at   timestamptz not null,
  used_at      timestamptz
);
comment on table people.enrolments is 'One-time links by which a member of staff registers a passkey.';
comment on column people.enrolments.expires_at is 'UTC, 24 hours after it was given.';
comment on column people.enrolments.used_at is 'UTC at which a passkey was registered by it: a link works once.';
comment on column people.enrolments.token_digest is 'SHA-256 of the link''s token.';

create table people.staff_sessions (
  token_digest     bytea       primary key,
  staff_id         uuid        not null references people.staff,
  challenge_digest bytea       unique,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  ended_at         timestamptz
);
create index staff_sessions_by_staff on people.staff_sessions (staff_id);
comment on table people.staff_sessions is 'Signed-in staff; ends at once when the person is deactivated.';
comment on column people.staff_sessions.expires_at is 'UTC, twelve hours after signing in.';
comment on column people.staff_sessions.ended_at is 'UTC at which it was ended before its time, by signing out or by deactivation.';
comment on column people.staff_sessions.token_digest is 'SHA-256 of the cookie.';
comment on column people.staff_sessions.challenge_digest is 'SHA-256 of the signed challenge: one challenge opens one session.';

-- Whoever proves a contact writes its address and never reads it: that is the worker's.
grant insert, select (id, kind, seal_ends, language, verified_at, created_at, erase_after), update (kind, sealed, seal_ends, language, verified_at, erase_after) on people.contacts to ventanilla_citizen_writer;
grant select, insert, update on people.sessions, people.codes to ventanilla_citizen_writer;
grant select, insert on people.contact_keys to ventanilla_citizen_writer;
grant select on people.cards to ventanilla_citizen_writer;
grant select, insert, update, delete on people.card_tries to ventanilla_citizen_writer;
grant select on people.sessions to ventanilla_citizen_reader;
grant select (id, office_id, role, name, active), insert, update (active) on people.staff to ventanilla_console;
grant select, insert, update on people.passkeys, people.enrolments, people.staff_sessions to ventanilla_console;
grant insert on people.contacts, people.contact_keys, people.cards to ventanilla_console;
grant select, update, delete on people.contacts, people.contact_keys, people.sessions, people.codes, people.cards to ventanilla_worker;
grant insert on people.contact_keys to ventanilla_worker;
grant select, delete on people.card_tries, people.enrolments, people.staff_sessions to ventanilla_worker;
grant select, insert on people.persons to ventanilla_worker;

alter table people.contacts enable row level security;
alter table people.contacts force row level security;
alter table people.sessions enable row level security;
alter table people.sessions force row level security;
alter table people.cards enable row level security;
alter table people.cards force row level security;
alter table people.staff enable row level security;
alter table people.staff force row level security;
create policy writer_all on people.contacts to ventanilla_citizen_writer using (true) with check (true);
create policy console_issues on people.contacts for insert to ventanilla_console with check (kind = 'card' and sealed is null);
create policy worker_all on people.contacts to ventanilla_worker using (true);
create policy writer_all on people.sessions to ventanilla_citizen_writer using (true) with check (true);
create policy reader_all on people.sessions for select to ventanilla_citizen_reader using (true);
create policy worker_all on people.sessions to ventanilla_worker using (true);
create policy writer_all on people.cards to ventanilla_citizen_writer using (true) with check (true);
create policy console_issues on people.cards for insert to ventanilla_console with check (true);
create policy worker_all on people.cards to ventanilla_worker using (true);
-- Before a passkey is looked up nobody knows whose it is, so this path sees every row; no other path sees one.
create policy console_all on people.staff to ventanilla_console using (true) with check (true);
