-- Who came of those whose place was drawn, by kind of contact: what the shares of the next draw are measured by.

create table allocation.shows (
  local_date    date    not null,
  contact_class text    not null check (contact_class in ('email_only', 'unseen_number', 'known', 'level_2')),
  came          integer not null check (came >= 0),
  missed        integer not null check (missed >= 0),
  primary key (local_date, contact_class)
);
comment on table allocation.shows is 'People of drawn places whose day is over, over the whole network. Counts alone, written once for each day.';
comment on column allocation.shows.local_date is 'Day of the visit in the office''s zone.';
comment on column allocation.shows.came is 'People of bookings of which somebody came.';
comment on column allocation.shows.missed is 'People of bookings of which nobody came, and nobody said so before.';
grant select, insert, delete on allocation.shows to ventanilla_worker;
grant select on allocation.shows to ventanilla_report;

create index requests_by_booking on allocation.requests (booking_id) where booking_id is not null;
