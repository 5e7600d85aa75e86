-- Whose telephone it is and whose appointment it is are two things: what a visit filed or showed the folio of, and what a relative said.

alter table booking.bookings add column filed_in uuid;
comment on column booking.bookings.filed_in is 'Session that filed it: that one needs no folio. A contact alone opens nothing (hardening 18). Empty when no session of a citizen did.';

create table booking.opened (
  session_id uuid        not null,
  subject_id uuid        not null,
  opened_at  timestamptz not null,
  primary key (session_id, subject_id)
);
comment on table booking.opened is 'What a session may see beside the bookings that it filed: requests that it filed, and whatever it showed a folio, a number or a birth date for.';
comment on column booking.opened.session_id is 'Of people.sessions.';
comment on column booking.opened.subject_id is 'Id of a booking, a request or an urgent request.';
comment on column booking.opened.opened_at is 'UTC. The row is deleted once no session can be that old.';
create index opened_by_age on booking.opened (opened_at);
grant select, insert on booking.opened to ventanilla_citizen_writer;
grant select on booking.opened to ventanilla_citizen_reader;
grant select, delete on booking.opened to ventanilla_worker;

alter table allocation.requests add column delicate boolean not null default false;
comment on column allocation.requests.delicate is 'Somebody said that her situation is delicate, without a reason: messages say only that there is a notice, and its booking is delicate too.';

grant select (delicate), update (delicate) on allocation.requests to ventanilla_citizen_writer;

alter table people.cards
  add column made_from uuid references people.contacts on delete set null;
update people.cards k set made_from = a.contact_id
  from (select distinct on (account_id) account_id, contact_id from people.account_contacts order by account_id, joined_at) a
  where a.account_id = k.contact_id and k.made_with is not null;
comment on column people.cards.made_from is 'Contact with which somebody made it by herself. Taking that contact off gives it no other account.';
create index cards_by_maker on people.cards (made_from) where made_from is not null;
grant insert (made_from) on people.cards to ventanilla_citizen_writer;

create table booking.absences (
  id          uuid        primary key,
  folio_keys  bytea[]     not null,
  said_at     timestamptz not null,
  channel     text        not null,
  state       text        not null default 'said' check (state in ('said', 'released', 'left')),
  booking_id  uuid,
  erase_after date        not null
);
comment on table booking.absences is 'Somebody said, with the folio in hand, that whoever has the appointment was detained and cannot come. Whether there is one is looked up later, by the worker: the answer is the same for every folio.';
comment on column booking.absences.folio_keys is 'Digests of the folio under every live version of its key.';
comment on column booking.absences.said_at is 'UTC.';
comment on column booking.absences.state is 'released: its place went back and a place waits on return. left: it stands, for its situation is delicate and only its PIN ends it.';
comment on column booking.absences.booking_id is 'The booking of that folio, once it was looked up. A folio that nobody has is deleted then.';
comment on column booking.absences.erase_after is 'Last day on which a place waits on return.';
create index absences_said on booking.absences (said_at) where state = 'said';
create index absences_by_booking on booking.absences (booking_id) where booking_id is not null;
grant insert on booking.absences to ventanilla_citizen_writer;
grant select (booking_id, state, erase_after) on booking.absences to ventanilla_citizen_reader;
grant select, update (state, booking_id), delete on booking.absences to ventanilla_worker;
