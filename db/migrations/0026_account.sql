-- A card that somebody makes by herself: her account. It is opened by its PIN or by a passkey, and is written to where she says.

alter table people.cards
  add column made_with text check (made_with in ('email', 'sms', 'voice')),
  add column writes_to uuid references people.contacts on delete set null;
comment on table people.cards is 'Cards: a folio (a row of contact_keys) and a six-digit PIN, given at a counter, read out by an agent, or made by oneself as an account.';
comment on column people.cards.made_with is 'Way of the contact with which somebody made it by herself; empty for a card that the staff gave. Such a card is worth what that contact is worth.';
comment on column people.cards.writes_to is 'The safe contact: what there is to say to this card is sent there, and nowhere else. Empty: nothing is sent.';
create index cards_by_writing on people.cards (writes_to) where writes_to is not null;

create table people.account_contacts (
  account_id uuid        not null references people.cards on delete cascade,
  contact_id uuid        not null references people.contacts on delete cascade,
  id         uuid        not null unique,
  joined_at  timestamptz not null,
  primary key (account_id, contact_id)
);
comment on table people.account_contacts is 'Contacts that whoever holds the card has proved. One telephone may stand with the cards of several households.';
comment on column people.account_contacts.id is 'Stands in the link by which whoever was told of it takes it back.';
comment on column people.account_contacts.joined_at is 'UTC. Beside an older contact it may be written to 72 hours later.';
create index account_contacts_by_contact on people.account_contacts (contact_id);

create table people.account_passkeys (
  credential_id   text        primary key,
  account_id      uuid        not null references people.cards on delete cascade,
  id              uuid        not null unique,
  public_key      bytea       not null,
  counter         bigint      not null,
  transports      text[]      not null default '{}',
  created_at      timestamptz not null,
  last_used_at    timestamptz,
  challenge_until timestamptz
);
comment on table people.account_passkeys is 'WebAuthn credentials of citizens.';
comment on column people.account_passkeys.last_used_at is 'UTC of the last sign-in; empty before the first.';
comment on column people.account_passkeys.counter is 'Signature counter of the authenticator; one that falls is a copy.';
comment on column people.account_passkeys.challenge_until is 'UTC at which the last answered challenge ends. One that ends no later was answered already, or is older.';
create index account_passkeys_by_account on people.account_passkeys (account_id);

-- Who has just proved a contact makes the card; the same path signs in and says where to write.
grant insert (contact_id, pin_hash, made_with, writes_to, issued_at), update (writes_to, pin_hash) on people.cards to ventanilla_citizen_writer;
grant select, insert, delete on people.account_contacts to ventanilla_citizen_writer;
grant select, insert, delete, update (counter, last_used_at, challenge_until) on people.account_passkeys to ventanilla_citizen_writer;
grant select (contact_id, writes_to) on people.cards to ventanilla_citizen_reader;
grant select on people.account_contacts to ventanilla_citizen_reader;
grant select (account_id, id, credential_id, transports, created_at, last_used_at) on people.account_passkeys to ventanilla_citizen_reader;
grant select on people.account_contacts to ventanilla_worker;

alter table people.account_contacts enable row level security;
alter table people.account_contacts force row level security;
alter table people.account_passkeys enable row level security;
alter table people.account_passkeys force row level security;
create policy writer_all on people.account_contacts to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on people.account_contacts for select to ventanilla_citizen_reader using (account_id = nullif(current_setting('app.contact_id', true), '')::uuid);
create policy worker_all on people.account_contacts for select to ventanilla_worker using (true);
create policy writer_all on people.account_passkeys to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on people.account_passkeys for select to ventanilla_citizen_reader using (account_id = nullif(current_setting('app.contact_id', true), '')::uuid);
create policy reader_own on people.cards for select to ventanilla_citizen_reader using (contact_id = nullif(current_setting('app.contact_id', true), '')::uuid);

alter table messaging.messages drop constraint messages_kind_check;
alter table messaging.messages add constraint messages_kind_check check (kind in ('code', 'confirmed', 'moved', 'cancelled', 'lapsed', 'displaced', 'restored', 'jornada_moved', 'jornada_suspended', 'reminder_7', 'reminder_1', 'permission_5', 'permission_sheet', 'day_suspended', 'day_resumed', 'day_hour', 'thanks', 'request_filed', 'request_offered', 'request_waiting', 'request_identity', 'notice_answered', 'contact_joined'));
