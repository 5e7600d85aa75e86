-- Contacts, visitors' sessions, paper cards, and staff.

create schema people;
comment on schema people is 'Who asks and who works here. Personal data are sealed; look-ups go through keyed digests.';
grant usage on schema people to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table people.persons (
  id         uuid        primary key,
  created_at timestamptz not null
);
comment on table people.persons is 'A human being as a random id, and nothing else. Linked after commit, never on the way of a booking.';

create table people.contacts (
  id          uuid        primary key,
  kind        text        not null check (kind in ('email', 'sms', 'voice', 'card', 'whatsapp')),
  sealed      bytea,
  language    text        not null default 'es',
  verified_at timestamptz,
  created_at  timestamptz not null,
  erase_after date        not null
);
comment on table people.contacts is 'A way to reach whoever books. A paper card is a full substitute.';
comment on column people.contacts.sealed is 'Personal: the address or number, sealed (field people.contact). Empty for a card.';
comment on column people.contacts.erase_after is 'The day after which retention deletes the row.';

create table people.contact_keys (
  digest     bytea    not null,
  kind       text     not null,
  contact_id uuid     not null references people.contacts on delete cascade,
  version    smallint not null,
  primary key (digest, kind)
);
comment on table people.contact_keys is 'Keyed digest of an address or number, by which it is found again; during a rotation a row for each version.';

create table people.sessions (
  token_digest bytea       primary key,
  id           uuid        not null unique,
  contact_id   uuid        references people.contacts on delete cascade,
  language     text        not null default 'es',
  channel      text        not null,
  created_at   timestamptz not null,
  verified_at  timestamptz,
  expires_at   timestamptz not null
);
comment on table people.sessions is 'A visitor''s browser or call; verified once its contact typed the code or the card''s PIN.';
comment on column people.sessions.token_digest is 'SHA-256 of the 256-bit cookie; the cookie itself is stored nowhere.';
create index sessions_by_expiry on people.sessions (expires_at);
create index sessions_by_contact on people.sessions (contact_id);

create table people.codes (
  id         uuid        primary key,
  session_id uuid        not null references people.sessions (id) on delete cascade,
  contact_id uuid        not null references people.contacts on delete cascade,
  attempts   smallint    not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
comment on table people.codes is 'One-time codes. The six digits are a keyed function of the id and stand nowhere.';
comment on column people.codes.attempts is 'Wrong tries; five end the code.';
create index codes_by_contact on people.codes (contact_id, created_at);
create index codes_by_session on people.codes (session_id, created_at);

create table people.cards (
  folio_digest bytea       primary key,
  contact_id   uuid        not null unique references people.contacts on delete cascade,
  pin_hash     text        not null,
  attempts     smallint    not null default 0,
  locked_until timestamptz,
  issued_by    uuid,
  office_id    text,
  issued_at    timestamptz not null
);
comment on table people.cards is 'Paper cards: a folio and a six-digit PIN, given at a counter or read out by an agent.';
comment on column people.cards.pin_hash is 'scrypt with its salt and cost.';
comment on column people.cards.attempts is 'Wrong PINs since the last right one; five lock the card for 15 minutes.';

create table people.staff (
  id         uuid        primary key,
  office_id  text        references offices.offices,
  role       text        not null check (role in ('clerk', 'supervisor', 'office_head', 'hq', 'admin')),
  name       text        not null,
  active     boolean     not null default true,
  created_at timestamptz not null,
  constraint office_roles_have_an_office check (role in ('hq', 'admin') or office_id is not null)
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
comment on column people.passkeys.counter is 'Signature counter of the authenticator; one that falls is a copy.';

create table people.enrolments (
  token_digest bytea       primary key,
  staff_id     uuid        not null references people.staff,
  expires_at   timestamptz not null,
  used_at      timestamptz
);
comment on table people.enrolments is 'One-time links by which a member of staff registers a passkey.';
comment on column people.enrolments.token_digest is 'SHA-256 of the link''s token.';

create table people.staff_sessions (
  token_digest bytea       primary key,
  staff_id     uuid        not null references people.staff,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz
);
comment on table people.staff_sessions is 'Signed-in staff; ends at once when the person is deactivated.';
comment on column people.staff_sessions.token_digest is 'SHA-256 of the cookie.';

grant select, insert, update on people.contacts, people.contact_keys, people.sessions, people.codes, people.cards to ventanilla_citizen_writer;
grant select on people.sessions, people.contacts to ventanilla_citizen_reader;
grant select, insert, update on people.staff, people.passkeys, people.enrolments, people.staff_sessions to ventanilla_console;
grant insert on people.contacts, people.cards to ventanilla_console;
grant select, update, delete on people.contacts, people.contact_keys, people.sessions, people.codes, people.cards to ventanilla_worker;
grant select, insert on people.persons to ventanilla_worker;
grant select on people.staff to ventanilla_worker;

alter table people.contacts enable row level security;
alter table people.contacts force row level security;
alter table people.sessions enable row level security;
alter table people.sessions force row level security;
alter table people.cards enable row level security;
alter table people.cards force row level security;
create policy writer_all on people.contacts to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on people.contacts for select to ventanilla_citizen_reader using (id = nullif(current_setting('app.contact_id', true), '')::uuid);
create policy console_issues on people.contacts for insert to ventanilla_console with check (kind = 'card' and sealed is null);
create policy worker_all on people.contacts to ventanilla_worker using (true);
create policy writer_all on people.sessions to ventanilla_citizen_writer using (true) with check (true);
create policy reader_all on people.sessions for select to ventanilla_citizen_reader using (true);
create policy worker_all on people.sessions to ventanilla_worker using (true);
create policy writer_all on people.cards to ventanilla_citizen_writer using (true) with check (true);
create policy console_issues on people.cards for insert to ventanilla_console with check (true);
create policy worker_all on people.cards to ventanilla_worker using (true);
