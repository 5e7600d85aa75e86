-- The waiting room. Of whoever waits it keeps keyed digests for the log, and of whoever used a turn the contact's id too.

create schema room;
comment on schema room is 'Openings at which more come at once than can be seated: their log, their published documents, and the turns that were taken. Ids and keyed digests only; the contact''s id stands in the turns.';
grant usage on schema room to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_worker;

-- Freed places of a room return into a pool of its own, which only a ticket opens.
alter table schedules.places drop constraint places_pool_check;
alter table schedules.places add constraint places_pool_check check (pool in ('open', 'draw', 'urgent', 'waitlist', 'walk_in', 'room'));
comment on column schedules.places.pool is 'Who may have it: open to all, or kept for a draw, urgent cases, the waitlist, walk-ins, or those who wait in the room of its office and service group.';
create index places_of_rooms on schedules.places (office_id) where pool = 'room';

create table room.rooms (
  id             text        primary key,
  office_id      text        not null references offices.offices,
  service_group  text        not null,
  opens_at       timestamptz not null,
  closes_at      timestamptz not null,
  state          text        not null default 'announced' check (state in ('announced', 'open', 'over')),
  source         text        not null check (source in ('quicknet', 'operator')),
  announced_at   timestamptz not null,
  freed          integer     not null,
  places         integer,
  closed_through integer     not null default -1,
  unique (office_id, service_group, opens_at),
  constraint opens_before_it_closes check (opens_at <= closes_at)
);
comment on table room.rooms is 'One opening of an office and service group at a release tick.';
comment on column room.rooms.opens_at is 'UTC instant of the release tick.';
comment on column room.rooms.closes_at is 'UTC from which its places are open to all. Brought forward when nobody waits or nothing is left, put off when the first round is late.';
comment on column room.rooms.source is 'Whose rounds order it; fixed by its notice.';
comment on column room.rooms.announced_at is 'UTC at which its notice was first shown.';
comment on column room.rooms.freed is 'Places that waited for the tick when it was announced.';
comment on column room.rooms.places is 'Places in its pool when its first tick was closed; empty before.';
comment on column room.rooms.closed_through is 'Last tick that nobody can come into any more; -1 before the opening.';
create index rooms_not_over on room.rooms (opens_at) where state <> 'over';

create table room.rings (
  room_id     text        not null references room.rooms,
  id          text        not null,
  rang_at     timestamptz not null,
  tick        integer     not null,
  erase_after date        not null,
  primary key (room_id, id)
);
comment on table room.rings is 'Calls that rang, written before anybody knows who calls: a call counts from its ring.';
comment on column room.rings.rang_at is 'UTC.';
comment on column room.rings.tick is 'Tick in which it rang, and in whose log it stands.';
comment on column room.rings.erase_after is 'Thirty days after the room opened.';
create index rings_to_erase on room.rings (erase_after);

create table room.tickets (
  room_id     text    not null references room.rooms,
  ticket_id   bytea   not null,
  rank_id     bytea   not null,
  tick        integer not null,
  logged_in   integer not null,
  ring_id     text,
  erase_after date    not null,
  primary key (room_id, ticket_id),
  foreign key (room_id, ring_id) references room.rings,
  unique (room_id, ring_id),
  constraint only_a_ring_is_earlier check (tick <= logged_in and (tick = logged_in or ring_id is not null))
);
comment on table room.tickets is 'The log of who came, for the count and the root of each tick. Whoever is not in it never books, whoever signed her ticket.';
comment on column room.tickets.ticket_id is 'Keyed digest of a contact and her first applicant, of this room alone.';
comment on column room.tickets.rank_id is 'Keyed digest of the first applicant, of this room alone.';
comment on column room.tickets.tick is 'Place in the order of arrival: 0 before the opening, then one for each ten seconds.';
comment on column room.tickets.logged_in is 'Tick in whose log it stands; later than tick only for a call.';
comment on column room.tickets.ring_id is 'The call, which one ticket may name.';
comment on column room.tickets.erase_after is 'Thirty days after the room opened.';
create index tickets_of_ticks on room.tickets (room_id, logged_in);
create index tickets_to_erase on room.tickets (erase_after);

create table room.ticks (
  room_id   text        not null references room.rooms,
  tick      integer     not null,
  tickets   integer     not null,
  rings     integer     not null,
  root      text        not null,
  head      text        not null,
  closed_at timestamptz not null,
  primary key (room_id, tick)
);
comment on table room.ticks is 'Closed ticks: count, root and chained head are here before anybody can know the seed.';
comment on column room.ticks.root is 'RFC 6962 root over the leaves, hex.';
comment on column room.ticks.head is 'Hash of the head before and of this tick''s line, hex.';
comment on column room.ticks.closed_at is 'UTC at which it was computed; a minute late after an outage, and auditors compare it with the round.';

create table room.seeds (
  room_id    text        not null references room.rooms,
  tick       integer     not null,
  round      bigint      not null,
  signature  text,
  randomness text        not null,
  seed       text        not null,
  drawn_at   timestamptz not null,
  primary key (room_id, tick)
);
comment on table room.seeds is 'Rounds of the beacon, and what each makes of its tick.';
comment on column room.seeds.signature is 'The beacon''s, hex; empty for the operator''s own numbers, which nobody else can check.';
comment on column room.seeds.drawn_at is 'UTC at which it was fetched.';

create table room.statuses (
  room_id   text        not null references room.rooms,
  seq       integer     not null,
  at        timestamptz not null,
  admitted  text        not null,
  let_in    integer     not null,
  rest      float8      not null,
  body      text        not null,
  signature text        not null,
  primary key (room_id, seq)
);
comment on table room.statuses is 'The published documents, each with the hash of the one before: written once, never changed.';
comment on column room.statuses.at is 'UTC.';
comment on column room.statuses.admitted is 'Rank up to which tickets may book; empty before the first.';
comment on column room.statuses.let_in is 'Tickets that the threshold lets in, by counts.';
comment on column room.statuses.rest is 'Part of a ticket that the steps so far did not use.';
comment on column room.statuses.signature is 'Ed25519 over body, hex.';

create table room.turns (
  room_id     text        not null,
  rank_id     bytea       not null,
  contact_id  uuid        not null,
  hold_id     uuid        not null unique,
  taken_at    timestamptz not null,
  erase_after date        not null,
  primary key (room_id, rank_id, contact_id)
);
comment on table room.turns is 'A ticket takes one hold, ever: the key is what keeps it from taking a second. Another contact that came for the same person has a turn of its own, and is told nothing.';
comment on column room.turns.rank_id is 'Keyed digest of the first applicant, of this room alone.';
comment on column room.turns.taken_at is 'UTC.';
comment on column room.turns.erase_after is 'Thirty days after the room opened.';
create index turns_to_erase on room.turns (erase_after);

grant select on room.rooms, room.rings, room.tickets, room.seeds, room.statuses, room.turns to ventanilla_citizen_reader;
grant select on room.rooms to ventanilla_citizen_writer;
grant select, insert on room.rings, room.tickets to ventanilla_citizen_writer;
grant select, insert, delete on room.turns to ventanilla_citizen_writer;
grant select, insert, update on room.rooms to ventanilla_worker;
grant select, delete on room.rings, room.tickets, room.turns to ventanilla_worker;
grant select, insert on room.ticks, room.seeds, room.statuses to ventanilla_worker;
