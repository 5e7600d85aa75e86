-- Registered helpers: parishes, unions, libraries and desks that help people who cannot use a form. What stands here for longer than thirty days names no citizen.

create schema helpers;
comment on schema helpers is 'Registered helpers: who they are, how they sign in, whom they help at this moment, and what they may be proud of.';
grant usage on schema helpers to ventanilla_citizen_writer, ventanilla_console, ventanilla_worker;

create table helpers.helpers (
  id            uuid        primary key,
  kind          text        not null check (kind in ('parish', 'union', 'library', 'consular_window', 'community', 'other')),
  people_a_week integer     not null check (people_a_week between 1 and 500),
  sealed        bytea       not null,
  state         text        not null default 'asked' check (state in ('asked', 'approved', 'refused', 'suspended', 'ended')),
  version       integer     not null default 1 check (version > 0),
  reason        text        check (reason in ('not_reached', 'asks_money', 'no_organisation', 'known_already', 'rules_broken', 'own_wish')),
  asked_at      timestamptz not null,
  approved_at   timestamptz,
  changed_at    timestamptz not null,
  ends_on       date        not null,
  erase_after   date        not null,
  constraint approved_once check (approved_at is not null or state in ('asked', 'refused', 'ended')),
  constraint a_reason_for_every_no check ((state in ('refused', 'suspended', 'ended')) = (reason is not null))
);
comment on table helpers.helpers is 'An organisation that asked to be a registered helper. The states and what may follow are in src/modules/helpers/rules/states.ts.';
comment on column helpers.helpers.sealed is 'Personal: name, place, who answers and how that person is reached, sealed (field helpers.helper). A list of who helps migrants is nobody''s to read: only staff who judge helpers open it.';
comment on column helpers.helpers.people_a_week is 'People a week that the organisation expects to help, as it said.';
comment on column helpers.helpers.reason is 'Why it was refused, suspended or ended; one of a list, so that nothing personal is written.';
comment on column helpers.helpers.version is 'Counts changes: whoever decides says which one was seen.';
comment on column helpers.helpers.asked_at is 'UTC.';
comment on column helpers.helpers.approved_at is 'UTC of the second approval.';
comment on column helpers.helpers.changed_at is 'UTC of the last change of state.';
comment on column helpers.helpers.ends_on is 'Day (UTC) on which a registration ends by itself: it is asked for anew each year.';
comment on column helpers.helpers.erase_after is 'Day after which the row is erased with all that hangs on it. The key of the sealed text ends with the month of the first one and never later.';
create index helpers_by_state on helpers.helpers (state, asked_at);
create index helpers_to_erase on helpers.helpers (erase_after);

create table helpers.approvals (
  helper_id   uuid        not null references helpers.helpers on delete cascade,
  staff_id    uuid        not null,
  house       text        not null,
  approved_at timestamptz not null,
  primary key (helper_id, staff_id),
  constraint two_houses unique (helper_id, house)
);
comment on table helpers.approvals is 'Who approved a helper: two people of two houses.';
comment on column helpers.approvals.house is 'Office of the member of staff, or `network` for who belongs to none: two people of one house are one voice.';
comment on column helpers.approvals.approved_at is 'UTC.';

create table helpers.enrolments (
  token_digest bytea       primary key,
  helper_id    uuid        not null references helpers.helpers on delete cascade,
  expires_at   timestamptz not null,
  used_at      timestamptz
);
comment on table helpers.enrolments is 'Codes by which a helper registers one passkey, once.';
comment on column helpers.enrolments.token_digest is 'SHA-256 of the code; the code itself is stored nowhere.';
comment on column helpers.enrolments.expires_at is 'UTC, three days after it was given.';
comment on column helpers.enrolments.used_at is 'UTC.';
create index enrolments_by_helper on helpers.enrolments (helper_id);

create table helpers.passkeys (
  credential_id text        primary key,
  helper_id     uuid        not null references helpers.helpers on delete cascade,
  public_key    bytea       not null,
  counter       bigint      not null,
  transports    text[]      not null default '{}',
  created_at    timestamptz not null,
  last_used_at  timestamptz
);
comment on table helpers.passkeys is 'WebAuthn credentials of helpers.';
comment on column helpers.passkeys.counter is 'Signature counter of the authenticator; one that falls is a copy.';
comment on column helpers.passkeys.created_at is 'UTC.';
comment on column helpers.passkeys.last_used_at is 'UTC.';
create index passkeys_by_helper on helpers.passkeys (helper_id);

create table helpers.sessions (
  token_digest     bytea       primary key,
  id               uuid        not null unique,
  helper_id        uuid        not null references helpers.helpers on delete cascade,
  challenge_digest bytea       not null unique,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  ended_at         timestamptz
);
comment on table helpers.sessions is 'Where a helper is signed in. Such a session opens no citizen''s file.';
comment on column helpers.sessions.token_digest is 'SHA-256 of the 256-bit cookie; the cookie itself is stored nowhere.';
comment on column helpers.sessions.challenge_digest is 'SHA-256 of the challenge that opened it: a challenge opens one session, once.';
comment on column helpers.sessions.created_at is 'UTC.';
comment on column helpers.sessions.expires_at is 'UTC, ten hours after signing in: a day at a desk.';
comment on column helpers.sessions.ended_at is 'UTC at which somebody ended it.';
create index sessions_by_helper on helpers.sessions (helper_id, created_at desc);

create table helpers.helps (
  visit_id   uuid        primary key,
  helper_id  uuid        not null references helpers.helpers on delete cascade,
  session_id uuid        not null,
  consent    text        not null check (consent in ('spoken', 'ticked')),
  language   text        not null check (language in ('es', 'en', 'nahuatl', 'maya', 'tseltal', 'mixteco', 'tsotsil', 'zapoteco', 'other')),
  begun_at   timestamptz not null,
  until      timestamptz not null,
  ended_at   timestamptz
);
comment on table helpers.helps is 'Help that is going on, and that of the last day. A row says which visit a helper opened, and nothing of who came.';
comment on column helpers.helps.visit_id is 'The citizen''s visit (people.sessions.id). Erased a day after the help began.';
comment on column helpers.helps.session_id is 'Where the helper was signed in.';
comment on column helpers.helps.consent is 'How the citizen agreed.';
comment on column helpers.helps.begun_at is 'UTC.';
comment on column helpers.helps.until is 'UTC at which the visit ends in any case.';
comment on column helpers.helps.ended_at is 'UTC.';
create index helps_by_helper on helpers.helps (helper_id, begun_at desc);
create index helps_by_begin on helpers.helps (begun_at);

create table helpers.entries (
  entry_id  uuid        primary key,
  helper_id uuid        not null references helpers.helpers on delete cascade,
  kind      text        not null check (kind in ('booking', 'request')),
  persons   integer     not null check (persons between 1 and 8),
  made_at   timestamptz not null,
  ended     text        check (ended in ('served', 'missed', 'cancelled'))
);
comment on table helpers.entries is 'Which booking or request was made with which helper. A row is destroyed thirty days after it was made; the daily counts remain.';
comment on column helpers.entries.entry_id is 'Booking or request.';
comment on column helpers.entries.made_at is 'UTC. Thirty days later the row is destroyed.';
comment on column helpers.entries.ended is 'How the visit ended, where that was known in time. Empty: not yet.';
create index entries_by_helper on helpers.entries (helper_id);
create index entries_by_day on helpers.entries (made_at);

create table helpers.days (
  helper_id uuid    not null references helpers.helpers on delete cascade,
  day       date    not null,
  entries   integer not null default 0 check (entries >= 0),
  persons   integer not null default 0 check (persons >= 0),
  kept      integer not null default 0 check (kept >= 0),
  missed    integer not null default 0 check (missed >= 0),
  primary key (helper_id, day)
);
comment on table helpers.days is 'What a helper did each day: numbers only, which stay for as long as it is registered.';
comment on column helpers.days.day is 'Of the calendar in Mexico City; of a visit the day on which it became known how it ended.';
comment on column helpers.days.kept is 'Visits to which people came.';
comment on column helpers.days.missed is 'Visits to which nobody came.';

create table helpers.languages (
  helper_id uuid    not null references helpers.helpers on delete cascade,
  language  text    not null,
  entries   integer not null check (entries > 0),
  primary key (helper_id, language)
);
comment on table helpers.languages is 'Languages in which a helper helped: numbers only.';

-- The public asks and a helper signs in on the citizens' path, which reads nothing that is sealed.
grant select (id, kind, people_a_week, state, version, asked_at, approved_at, ends_on), insert on helpers.helpers to ventanilla_citizen_writer;
-- It changes nothing; without the right to it could not hold a row while it counts.
grant update (version) on helpers.helpers to ventanilla_citizen_writer;
grant select, insert, update on helpers.passkeys, helpers.sessions, helpers.helps to ventanilla_citizen_writer;
grant select, update (used_at) on helpers.enrolments to ventanilla_citizen_writer;
grant select on helpers.days, helpers.languages to ventanilla_citizen_writer;
grant select, update on helpers.helpers to ventanilla_console;
grant select, insert on helpers.approvals to ventanilla_console;
grant insert on helpers.enrolments to ventanilla_console;
grant select (helper_id, used_at), update (used_at) on helpers.enrolments to ventanilla_console;
grant select (helper_id, ended_at), update (ended_at) on helpers.sessions to ventanilla_console;
grant select on helpers.days, helpers.languages to ventanilla_console;
grant select (id, state, version, asked_at, ends_on, erase_after), update (state, version, reason, changed_at, erase_after), delete on helpers.helpers to ventanilla_worker;
grant select, delete on helpers.helps, helpers.sessions, helpers.enrolments to ventanilla_worker;
grant select, insert, delete, update (ended) on helpers.entries to ventanilla_worker;
grant select, insert, update on helpers.days, helpers.languages to ventanilla_worker;

alter table helpers.helpers enable row level security;
alter table helpers.helpers force row level security;
alter table helpers.helps enable row level security;
alter table helpers.helps force row level security;
alter table helpers.entries enable row level security;
alter table helpers.entries force row level security;
create policy writer_all on helpers.helpers to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on helpers.helpers to ventanilla_console using (true) with check (true);
create policy worker_all on helpers.helpers to ventanilla_worker using (true) with check (true);
create policy writer_all on helpers.helps to ventanilla_citizen_writer using (true) with check (true);
create policy worker_all on helpers.helps to ventanilla_worker using (true) with check (true);
create policy worker_all on helpers.entries to ventanilla_worker using (true) with check (true);

-- A visit in somebody else's browser ends at a fixed instant, whatever is done in it.
alter table people.sessions add column ends_by timestamptz;
comment on column people.sessions.ends_by is 'UTC. Set for a visit in a helper''s browser: it is over then, also when a contact was verified in it. Empty for every other.';

-- A helper counts for the score like a contact or a browser.
alter table integrity.observations add column helper_id uuid;
comment on column integrity.observations.helper_id is 'Registered helper with whom it was booked; emptied thirty days after it was booked.';
create index observations_by_helper on integrity.observations (helper_id) where helper_id is not null;
