-- Who lost a place to a cut: what is proposed to parties with an appointment, and which households of a draw stand first.

create table booking.proposals (
  id          uuid        primary key,
  office_id   text        not null,
  booking_id  uuid        not null,
  cut_id      uuid        not null references schedules.cuts,
  local_date  date        not null,
  starts_at   timestamptz not null,
  kept_until  timestamptz not null,
  state       text        not null default 'asked' check (state in ('asked', 'accepted', 'declined', 'over')),
  asked_at    timestamptz not null,
  answered_at timestamptz,
  constraint answered_once check ((state = 'asked') = (answered_at is null)),
  foreign key (office_id, booking_id) references booking.bookings on update cascade on delete cascade
);
comment on table booking.proposals is 'Another place for a party whose own was cut. Its places are held under the proposal''s id until it is answered or its time is over; it is erased with its booking.';
comment on column booking.proposals.local_date is 'Proposed day in the office''s zone.';
comment on column booking.proposals.starts_at is 'UTC instant of the first appointment there.';
comment on column booking.proposals.kept_until is 'UTC: the hour that was lost, or the proposed one where that is sooner.';
comment on column booking.proposals.asked_at is 'UTC at which the party was asked.';
comment on column booking.proposals.answered_at is 'UTC of its yes or no, or of the end; empty while it is asked.';
comment on column booking.proposals.state is 'declined: a no, or another day was chosen. over: the cut was undone, another cut took one of the two places, or the appointment ended.';
create unique index proposals_asked on booking.proposals (office_id, booking_id) where state = 'asked';
create index proposals_of_booking on booking.proposals (office_id, booking_id);
create index proposals_of_cut on booking.proposals (cut_id);

-- A cut sends a party to another counter at the same hour, where there is one.
grant update (session_id, counter) on booking.appointments to ventanilla_console;
grant select, insert, update (state, answered_at) on booking.proposals to ventanilla_console;
grant select, update (state, answered_at) on booking.proposals to ventanilla_citizen_writer;
-- The worker ends what is asked of a party that lapses.
grant select, update (state, answered_at) on booking.proposals to ventanilla_worker;
grant select on booking.proposals to ventanilla_citizen_reader;
alter table booking.proposals enable row level security;
alter table booking.proposals force row level security;
create policy console_office on booking.proposals to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy writer_all on booking.proposals to ventanilla_citizen_writer using (true) with check (true);
create policy reader_own on booking.proposals for select to ventanilla_citizen_reader
  using (exists (select from booking.bookings where bookings.office_id = proposals.office_id and bookings.id = proposals.booking_id));
create policy worker_all on booking.proposals to ventanilla_worker using (true) with check (true);

alter table allocation.filings add column seated_on date;
comment on column allocation.filings.seated_on is 'Day of the seating when it is another than the draw gave, because an office cut its places; in that office''s zone.';
alter table allocation.filings drop constraint filings_answer_check;
alter table allocation.filings add constraint filings_answer_check check (answer in ('waiting', 'offered', 'accepted', 'declined', 'passed', 'not_live', 'displaced'));

create table allocation.displaced (
  draw_id    uuid        not null,
  request_id uuid        not null,
  office_id  text        not null references offices.offices,
  local_date date        not null,
  position   integer     not null,
  since      timestamptz not null,
  told_at    timestamptz,
  settled_at timestamptz,
  primary key (draw_id, request_id),
  foreign key (draw_id, request_id) references allocation.filings on delete cascade
);
comment on table allocation.displaced is 'Households whom a draw gave a place that their office cut afterwards. They stand first: whatever comes free at that office before the next draw is theirs.';
comment on column allocation.displaced.local_date is 'The day that was lost, in the office''s zone.';
comment on column allocation.displaced.position is 'In the order of the draw, from 0; told to nobody.';
comment on column allocation.displaced.since is 'UTC.';
comment on column allocation.displaced.told_at is 'UTC at which she was told that there is no other place yet.';
comment on column allocation.displaced.settled_at is 'UTC at which she had another place, or asked no more; empty while she waits.';
create index displaced_waiting on allocation.displaced (draw_id, office_id) where settled_at is null;
create index displaced_of_request on allocation.displaced (request_id) where settled_at is null;

grant select, insert, update (local_date, since, told_at, settled_at) on allocation.displaced to ventanilla_worker;
grant select on allocation.displaced to ventanilla_console;
alter table allocation.displaced enable row level security;
alter table allocation.displaced force row level security;
create policy worker_all on allocation.displaced to ventanilla_worker using (true) with check (true);
create policy console_office on allocation.displaced for select to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));

-- The console counts those who ask still; of a request it sees no more than that.
grant select (id, state) on allocation.requests to ventanilla_console;
create policy console_displaced on allocation.requests for select to ventanilla_console using (exists (select from allocation.displaced d where d.request_id = requests.id));
