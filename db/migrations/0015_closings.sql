-- One decision over several offices: a storm, an outage of a whole region.

create table schedules.closings (
  id        uuid        primary key,
  reason    text        not null check (reason in ('storm', 'staff', 'no_system', 'venue', 'other')),
  from_date date        not null,
  to_date   date        not null,
  made_at   timestamptz not null,
  made_by   uuid        not null,
  undone_at timestamptz,
  constraint days_in_order check (from_date <= to_date)
);
comment on table schedules.closings is 'Days that headquarters closes at several offices with one action. Office by office its days become cuts.';
comment on column schedules.closings.reason is 'A code, never published.';
comment on column schedules.closings.from_date is 'First day, in each office''s own zone.';
comment on column schedules.closings.to_date is 'Last day, included.';
comment on column schedules.closings.made_at is 'UTC.';
comment on column schedules.closings.made_by is 'Member of staff under whose id the cuts stand in the audit log.';
comment on column schedules.closings.undone_at is 'UTC at which it was taken back: offices that are not closed yet stay open, the others open again.';

create table schedules.closing_offices (
  closing_id uuid not null references schedules.closings,
  office_id  text not null references offices.offices,
  state      text not null default 'due' check (state in ('due', 'closed', 'nothing', 'inside', 'reopened')),
  parties    integer,
  primary key (closing_id, office_id),
  constraint closed_counts check (state not in ('closed', 'reopened') or parties is not null)
);
comment on table schedules.closing_offices is 'The offices of a closing, and how far it has come with each.';
comment on column schedules.closing_offices.state is 'due: to be closed. nothing: nothing to come was open there. inside: families were in the hall, so the office decides itself.';
comment on column schedules.closing_offices.parties is 'Families who had an appointment there when it was closed.';
create index closing_offices_due on schedules.closing_offices (closing_id) where state in ('due', 'closed');

alter table schedules.cuts add closing_id uuid references schedules.closings;
comment on column schedules.cuts.closing_id is 'The closing of several offices that it is part of.';
create index cuts_of_closings on schedules.cuts (closing_id) where closing_id is not null;

grant select, insert, update on schedules.closings, schedules.closing_offices to ventanilla_console;
grant select on schedules.closings, schedules.closing_offices to ventanilla_worker;

-- Headquarters counts how far a closing has come.
grant select on schedules.closings, schedules.closing_offices to ventanilla_report;
grant select (office_id, booking_id, cut_id, state) on booking.proposals to ventanilla_report;
create policy report_counts on booking.proposals for select to ventanilla_report using (true);
