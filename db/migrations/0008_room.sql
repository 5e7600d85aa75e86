-- The waiting room. It keeps nothing of anybody who waits; only a turn that was taken leaves a row.

create schema room;
comment on schema room is 'Turns taken in waiting rooms: ids and keyed digests only.';
grant usage on schema room to ventanilla_citizen_writer, ventanilla_worker;

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
comment on column room.turns.erase_after is 'Thirty days after the room closed.';
create index turns_to_erase on room.turns (erase_after);

grant select, insert, delete on room.turns to ventanilla_citizen_writer;
grant select, delete on room.turns to ventanilla_worker;
