-- Draws: who asked for what, what was committed, what came out.

create schema allocation;
comment on schema allocation is 'Requests of households, draws, their papers and their results. What the draw reads names nobody; the link to a household stands in allocation.filings.';
grant usage on schema allocation to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table allocation.draws (
  id           uuid        primary key,
  follows      uuid        unique references allocation.draws,
  kind         text        not null check (kind in ('weekly', 'second', 'daily', 'short', 'demo')),
  state        text        not null default 'open' check (state in ('open', 'locked', 'drawn', 'settled', 'void')),
  opens_at     timestamptz not null,
  locks_at     timestamptz not null,
  draws_at     timestamptz not null,
  answers_by   timestamptz not null,
  horizon_from date        not null,
  horizon_to   date        not null,
  steps        jsonb       not null,
  round        bigint,
  rows_from    date        not null,
  root         bytea,
  seed         bytea,
  counted_at   timestamptz,
  constraint hours_in_order check (opens_at < locks_at and locks_at < draws_at and draws_at < answers_by and horizon_from <= horizon_to),
  constraint locked_whole check ((root is null) = (state = 'open' or (state = 'void' and root is null)))
);
comment on table allocation.draws is 'One draw over the whole network. It goes from open to locked to drawn to settled, each once; void when its round did not come within seven days.';
comment on column allocation.draws.kind is 'weekly; second: the round after its answers; daily: what came back within ten days, among those who may be called at short notice; short: each hour what came back too late for those; demo.';
comment on column allocation.draws.follows is 'The draw whose waiting households and upgraders stand in this one: a second round.';
comment on column allocation.draws.opens_at is 'UTC. First request.';
comment on column allocation.draws.locks_at is 'UTC, one instant for the whole network: afterwards nothing is added, changed or withdrawn before the result.';
comment on column allocation.draws.draws_at is 'UTC instant of the beacon''s round.';
comment on column allocation.draws.answers_by is 'UTC until which an offer can be answered: before the second round, or before a short draw gives the place to another.';
comment on column allocation.draws.horizon_from is 'First day whose places are drawn, local to each office.';
comment on column allocation.draws.horizon_to is 'Last day, included.';
comment on column allocation.draws.steps is 'Minutes of one place by service group; sessions of another step are left out of the supply.';
comment on column allocation.draws.round is 'Round of the public beacon, named at the opening; empty where the operator''s own number is used.';
comment on column allocation.draws.rows_from is 'Day from which anybody may have the replay''s rows: thirty days after horizon_to; a demonstration''s are public at once.';
comment on column allocation.draws.counted_at is 'UTC. When the waits of its households were counted; of a first draw, once the next one was drawn.';
comment on column allocation.draws.root is 'Merkle root of the entries, fixed at the lock.';
create index draws_by_state on allocation.draws (state);
create index draws_by_lock on allocation.draws (locks_at);
create unique index one_open on allocation.draws ((case when kind in ('daily', 'short') then kind else 'weekly' end)) where state = 'open' and follows is null;

create table allocation.documents (
  draw_id uuid     not null references allocation.draws,
  seq     integer  not null,
  kind    text     not null check (kind in ('opening', 'manifest', 'beacon', 'result', 'shares', 'cutoff')),
  line    text     not null,
  primary key (draw_id, seq)
);
comment on table allocation.documents is 'The published papers of a draw, a line each, as docs/verify.md says. Written once; cosignatures are added to the manifest''s line when it is served.';
comment on column allocation.documents.seq is 'Order in the published file.';

create table allocation.cosignatures (
  draw_id uuid not null references allocation.draws,
  witness text not null,
  line    text not null,
  primary key (draw_id, witness)
);
comment on table allocation.cosignatures is 'Signature lines of witnesses under a draw''s manifest.';

create table allocation.cells (
  draw_id       uuid     not null references allocation.draws,
  office_id     text     not null,
  service_group text     not null,
  local_date    date     not null,
  band          text     not null check (band in ('morning', 'midday', 'afternoon')),
  places        integer  not null check (places >= 0),
  primary key (draw_id, office_id, service_group, local_date, band)
);
comment on table allocation.cells is 'The committed supply of a draw.';
comment on column allocation.cells.service_group is 'A service group, or a part of it: documentacion.2 counts those of its places that lie in pairs, documentacion.4 in fours. Parts are contained in their group.';
comment on column allocation.cells.local_date is 'Day in the office''s zone.';
comment on column allocation.cells.places is 'Steps of counters.';

create table allocation.requests (
  id           uuid        primary key,
  contact_id   uuid        not null,
  state        text        not null check (state in ('standing', 'offered', 'confirmed', 'withdrawn', 'ended')),
  people       smallint    not null check (people between 1 and 8),
  groups       text[]      not null,
  tier         smallint    not null check (tier between 1 and 3),
  contact_class text       not null check (contact_class in ('email_only', 'unseen_number', 'known', 'level_2')),
  domain       text        not null,
  auto_confirm boolean     not null,
  short_notice boolean     not null,
  needs        jsonb       not null,
  options      jsonb       not null,
  offices      text[]      not null,
  channel      text        not null,
  language     text        not null,
  sealed       bytea       not null,
  booking_id   uuid,
  office_id    text,
  created_at   timestamptz not null,
  changed_at   timestamptz not null,
  erase_after  date        not null
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
create index requests_by_contact on allocation.requests (contact_id);
create index requests_standing on allocation.requests (id) where state = 'standing';
create index requests_callable on allocation.requests using gin (offices) where state = 'standing' and short_notice;
create index requests_to_erase on allocation.requests (erase_after);
create index requests_to_empty on allocation.requests (changed_at) where sealed <> '' and state in ('confirmed', 'withdrawn', 'ended');

create table allocation.request_people (
  request_id uuid     not null references allocation.requests on delete cascade,
  ordinal    smallint not null,
  name_key   bytea    not null,
  curp_key   bytea,
  version    smallint not null,
  primary key (request_id, ordinal, version)
);
comment on table allocation.request_people is 'Keyed digests of the people of a request, to find two leaves of one person. Nobody is ever told of the other.';
comment on column allocation.request_people.name_key is 'Of name, birth and sex; during a rotation a row for each version.';
comment on column allocation.request_people.curp_key is 'Of the CURP when it was given: two different ones are two people.';

create table allocation.wishes (
  id   integer generated always as identity primary key,
  text text    not null unique
);
comment on table allocation.wishes is 'Every option that anybody ever wished for, once, as canonical JSON: a million households wish for a few thousand different ones. Names nobody.';

create table allocation.entries (
  draw_id  uuid      not null references allocation.draws,
  app_id   uuid      not null,
  persons  smallint  not null,
  need     text      not null,
  tier     smallint  not null,
  contact  text      not null,
  domain   text      not null,
  options  integer[] not null,
  lot      bytea     not null,
  leaf     bytea     not null,
  primary key (draw_id, app_id)
);
comment on table allocation.entries is 'The leaves of a draw: all that the draw reads of a household. They name nobody, and cannot change once the draw is locked.';
comment on column allocation.entries.app_id is 'Random, fresh for every draw (a second round keeps it); never a folio and never a credential.';
comment on column allocation.entries.need is 'Places for each service group, as canonical JSON.';
comment on column allocation.entries.options is 'Ids of allocation.wishes, best first.';
comment on column allocation.entries.leaf is 'SHA-256 as promised: the leaf of the tree, which outlives the household''s own rows.';
comment on column allocation.entries.lot is 'SHA-256 of a salt: which of several leaves of one person is live follows from it.';

create table allocation.filings (
  draw_id    uuid        not null references allocation.draws,
  request_id uuid        not null references allocation.requests on delete cascade,
  app_id     uuid        not null,
  salt       bytea       not null,
  promised_at timestamptz not null,
  promise    text        not null,
  live       boolean,
  answer     text        check (answer in ('waiting', 'offered', 'accepted', 'declined', 'passed', 'not_live')),
  seating     jsonb,
  answered_at timestamptz,
  primary key (draw_id, request_id),
  unique (draw_id, app_id)
);
comment on table allocation.filings is 'Which household stands behind which leaf.';
comment on column allocation.filings.answered_at is 'UTC at which the answer became what it is; empty before the draw.';
comment on column allocation.filings.salt is 'Secret until auditors get it: opens entries.lot.';
comment on column allocation.filings.promised_at is 'UTC.';
comment on column allocation.filings.promise is 'The signed note handed over at filing.';
comment on column allocation.filings.live is 'Of several leaves of one person only the live one''s win is booked; set at the draw, told to nobody.';
comment on column allocation.filings.answer is 'What became of it; empty before the draw. passed: offered by a short draw, and nobody answered in time.';
comment on column allocation.filings.seating is 'Session, counter, instant and steps of each person (by number), once a place is offered.';
create index filings_by_request on allocation.filings (request_id);
create index filings_unanswered on allocation.filings (draw_id) where answer is null;

create table allocation.endings (
  draw_id    uuid        not null references allocation.draws,
  leaf       bytea       not null,
  request_id uuid        references allocation.requests on delete set null,
  promise    text        not null,
  ended_at   timestamptz not null,
  primary key (draw_id, leaf)
);
comment on table allocation.endings is 'Promised leaves that were taken out of an open draw, each with the signed note that ends its promise. Published with the rows, so that nobody can show an old promise as a broken one.';
comment on column allocation.endings.leaf is 'SHA-256 as it was promised; says nothing of anybody.';
comment on column allocation.endings.request_id is 'Whose it was; empty once the request is erased.';
comment on column allocation.endings.ended_at is 'UTC.';
create index endings_by_request on allocation.endings (request_id);

create table allocation.outcomes (
  draw_id    uuid     not null references allocation.draws,
  app_id     uuid     not null,
  key        bytea    not null,
  turn       smallint not null,
  position   integer  not null,
  option     smallint,
  office_id  text,
  local_date date,
  seats      text,
  primary key (draw_id, app_id)
);
comment on table allocation.outcomes is 'What the draw gave each leaf. Written once, never changed.';
comment on column allocation.outcomes.turn is 'Class in the order: 1 to 3 by tier, 4 beyond a share.';
comment on column allocation.outcomes.position is 'In the whole order, from 0; told to nobody.';
comment on column allocation.outcomes.option is 'Which wish led to the place, from 0; empty when nothing was given.';
comment on column allocation.outcomes.local_date is 'Day in the office''s zone.';
comment on column allocation.outcomes.seats is 'Part of the day (from 0) by service group, in the order of groups: as canonical JSON.';

-- Invariant 14: between lock and result nothing is added, changed or taken out, whoever asks. Filing takes the
-- draw's row for share; locking takes it for itself, so the one waits for the other.
create function allocation.keep_open(wanted uuid) returns boolean language sql security definer set search_path = pg_catalog as $$
  select state = 'open' from allocation.draws where id = wanted for share
$$;
comment on function allocation.keep_open(uuid) is 'Whether a draw is open, and it stays so until the transaction ends. Whoever takes rows of requests and then enters them asks this first: the lock takes the draw before the requests, too.';
create function allocation.refuse_after_lock() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- First wait for whoever locks or files, then look: the second statement sees what the first one waited for.
  perform from allocation.draws d where d.id in (select draw_id from touched) for share;
  if exists (select from allocation.draws d where d.id in (select draw_id from touched) and d.state <> 'open') then
    raise exception 'the draw is locked' using errcode = 'VE001';
  end if;
  return null;
end $$;
comment on function allocation.refuse_after_lock() is 'Entries change only while their draw is open.';
create trigger no_entry_after_lock after insert on allocation.entries referencing new table as touched
  for each statement execute function allocation.refuse_after_lock();
create trigger no_change_after_lock after update on allocation.entries referencing new table as touched
  for each statement execute function allocation.refuse_after_lock();
create trigger no_loss_after_lock after delete on allocation.entries referencing old table as touched
  for each statement execute function allocation.refuse_after_lock();

grant select on allocation.draws, allocation.documents, allocation.cosignatures, allocation.cells
  to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;
grant insert, update on allocation.draws to ventanilla_worker;
grant insert on allocation.documents, allocation.cosignatures, allocation.cells, allocation.outcomes to ventanilla_worker;
grant select on allocation.outcomes to ventanilla_worker, ventanilla_citizen_reader, ventanilla_report;
grant select, insert, delete on allocation.entries to ventanilla_citizen_writer, ventanilla_worker;
grant select, insert on allocation.wishes to ventanilla_citizen_writer, ventanilla_worker;
grant select on allocation.wishes to ventanilla_citizen_reader, ventanilla_report;
grant select on allocation.entries to ventanilla_citizen_reader, ventanilla_report;
grant select (id, contact_id, state, people, groups, office_id, booking_id), insert,
  update (state, people, groups, tier, contact_class, domain, auto_confirm, short_notice, needs, options, offices, language, sealed, booking_id, office_id, changed_at, erase_after)
  on allocation.requests to ventanilla_citizen_writer;
grant select on allocation.requests to ventanilla_citizen_reader;
grant select, update, delete on allocation.requests to ventanilla_worker;
grant select, insert, delete on allocation.request_people to ventanilla_citizen_writer;
grant select, insert, delete on allocation.request_people to ventanilla_worker;
grant select, insert, update, delete on allocation.filings to ventanilla_citizen_writer, ventanilla_worker;
grant select on allocation.filings to ventanilla_citizen_reader;
grant select, insert on allocation.endings to ventanilla_citizen_writer, ventanilla_worker;
grant select on allocation.endings to ventanilla_citizen_reader;

alter table allocation.requests enable row level security;
alter table allocation.requests force row level security;
alter table allocation.request_people enable row level security;
alter table allocation.request_people force row level security;
alter table allocation.filings enable row level security;
alter table allocation.filings force row level security;
alter table allocation.endings enable row level security;
alter table allocation.endings force row level security;
create policy writer_all on allocation.requests to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on allocation.requests for select to ventanilla_citizen_reader using (contact_id = nullif(current_setting('app.contact_id', true), '')::uuid);
create policy worker_all on allocation.requests to ventanilla_worker using (true) with check (true);
create policy writer_all on allocation.request_people to ventanilla_citizen_writer using (true) with check (true);
create policy worker_all on allocation.request_people to ventanilla_worker using (true);
create policy writer_all on allocation.filings to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on allocation.filings for select to ventanilla_citizen_reader
  using (exists (select from allocation.requests where requests.id = filings.request_id));
create policy worker_all on allocation.filings to ventanilla_worker using (true) with check (true);
create policy writer_all on allocation.endings to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on allocation.endings for select to ventanilla_citizen_reader
  using (exists (select from allocation.requests where requests.id = endings.request_id));
create policy worker_all on allocation.endings to ventanilla_worker using (true) with check (true);
