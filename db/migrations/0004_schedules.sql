-- Calendars of the offices and the places that can be booked.

create schema schedules;
comment on schema schedules is 'Session templates, dated sessions, closures and places. No personal data.';
grant usage on schema schedules to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table schedules.templates (
  id            uuid     primary key,
  office_id     text     not null references offices.offices,
  service_group text     not null,
  kind          text     not null check (kind in ('regular', 'saturday', 'sunday', 'extraordinary', 'mobile', 'on_wheels')),
  weekdays      smallint[] not null,
  opens         time     not null,
  closes        time     not null,
  counters      smallint not null check (counters between 1 and 60),
  step_minutes  smallint not null check (step_minutes between 5 and 120),
  valid_from    date     not null,
  valid_to      date,
  constraint opens_before_it_closes check (opens < closes)
);
comment on table schedules.templates is 'A session that repeats in the office''s local time.';
comment on column schedules.templates.weekdays is '1 is Monday, 7 is Sunday (ISO 8601).';
comment on column schedules.templates.opens is 'Local wall clock of the office.';
comment on column schedules.templates.closes is 'Local wall clock of the office.';
comment on column schedules.templates.counters is 'Counters that work at the same time: each step has this many places.';
comment on column schedules.templates.step_minutes is 'Minutes of one place; a service takes as many as its own minutes need.';

create table schedules.sessions (
  office_id     text        not null references offices.offices,
  id            uuid        not null,
  template_id   uuid        references schedules.templates,
  service_group text        not null,
  kind          text        not null check (kind in ('regular', 'saturday', 'sunday', 'extraordinary', 'mobile', 'on_wheels', 'walk_in')),
  local_date    date        not null,
  starts_at     timestamptz not null,
  ends_at       timestamptz not null,
  counters      smallint    not null,
  step_minutes  smallint    not null,
  state         text        not null default 'open' check (state in ('open', 'closed')),
  primary key (office_id, id),
  unique (office_id, template_id, local_date),
  constraint starts_before_it_ends check (starts_at < ends_at)
);
comment on table schedules.sessions is 'One dated opening of an office for one service group.';
comment on column schedules.sessions.kind is 'walk_in: made at the door for who comes without an appointment; closed from its first moment, so that nobody is offered it.';
comment on column schedules.sessions.local_date is 'Day in the office''s zone.';
comment on column schedules.sessions.starts_at is 'UTC instant of the local opening.';
comment on column schedules.sessions.ends_at is 'UTC instant of the local closing.';
comment on column schedules.sessions.counters is 'Counters that work at the same time: each step has this many places.';
comment on column schedules.sessions.state is 'closed takes the session and its places out of every offer.';
comment on column schedules.sessions.step_minutes is 'Minutes of one place.';
create index sessions_by_day on schedules.sessions (office_id, local_date, service_group);

create table schedules.cuts (
  id           uuid        primary key,
  office_id    text        not null references offices.offices,
  local_date   date        not null,
  session_id   uuid,
  counter_from smallint,
  counter_to   smallint,
  starts_from  timestamptz,
  starts_until timestamptz,
  reason       text        not null check (reason in ('storm', 'staff', 'no_system', 'venue', 'other', 'plan')),
  places       integer     not null check (places > 0),
  made_at      timestamptz not null,
  undone_at    timestamptz,
  foreign key (office_id, session_id) references schedules.sessions,
  constraint both_counters check ((counter_from is null) = (counter_to is null) and counter_from <= counter_to),
  constraint both_hours check ((starts_from is null) = (starts_until is null) and starts_from < starts_until)
);
comment on table schedules.cuts is 'Capacity that an office took away after it was planned: a day, a session, some counters, some hours. Who made it stands in the audit log.';
comment on column schedules.cuts.local_date is 'Day in the office''s zone.';
comment on column schedules.cuts.session_id is 'Empty: every session of that day.';
comment on column schedules.cuts.counter_from is 'First counter that is closed; empty: all.';
comment on column schedules.cuts.counter_to is 'Last counter that is closed, included.';
comment on column schedules.cuts.starts_from is 'UTC. Places that start from here on; empty: the whole opening.';
comment on column schedules.cuts.starts_until is 'UTC. Places that start before this instant.';
comment on column schedules.cuts.reason is 'A code, never published: people are told what changes for them. plan: other hours or counters were planned in their place, so that nothing is given back.';
comment on column schedules.cuts.places is 'Steps of counters that it took, whoever had them.';
comment on column schedules.cuts.made_at is 'UTC.';
comment on column schedules.cuts.undone_at is 'UTC at which what nobody had meanwhile left was given back.';
create index cuts_by_day on schedules.cuts (office_id, local_date);

create table schedules.places (
  office_id       text        not null,
  session_id      uuid        not null,
  starts_at       timestamptz not null,
  counter         smallint    not null,
  band            text        not null check (band in ('morning', 'midday', 'afternoon')),
  pool            text        not null default 'open' check (pool in ('open', 'draw', 'urgent', 'waitlist', 'walk_in')),
  overbook        boolean     not null default false,
  state           text        not null default 'open' check (state in ('planned', 'open', 'committed', 'assigned', 'held', 'booked', 'used', 'freed', 'withdrawn')),
  held_until      timestamptz,
  holder          uuid,
  draw_id         uuid,
  cut_id          uuid        references schedules.cuts,
  primary key (office_id, session_id, starts_at, counter),
  foreign key (office_id, session_id) references schedules.sessions,
  constraint who_holds_it check ((state in ('held', 'booked', 'used', 'assigned')) = (holder is not null)),
  constraint a_hold_ends check ((state = 'held') = (held_until is not null)),
  constraint whose_draw check (state = 'withdrawn' or (state in ('committed', 'assigned')) = (draw_id is not null)),
  constraint a_cut_is_never_given check (cut_id is null or state in ('assigned', 'booked', 'used', 'withdrawn'))
) with (fillfactor = 80);
comment on table schedules.places is 'One seat at one counter for one step of its session. A booking claims rows; it never counts and then inserts.';
comment on column schedules.places.starts_at is 'UTC instant at which the step begins.';
comment on column schedules.places.counter is 'Number of the counter within the session, from 1.';
comment on column schedules.places.band is 'Part of the local day: morning before 11:00, midday before 14:00, afternoon after.';
comment on column schedules.places.pool is 'Who may have it: open to all, or kept for a draw, urgent cases, the waitlist, walk-ins.';
comment on column schedules.places.overbook is 'A seat beyond what the counters can carry. Nothing sets it yet: every place is false.';
comment on column schedules.places.state is 'Which may follow which stands in src/modules/schedules/rules/transitions.ts. freed is in no public read until the next release tick.';
comment on column schedules.places.held_until is 'UTC. The instant itself is already too late.';
comment on column schedules.places.holder is 'The hold, the booking or the household''s request that has it.';
comment on column schedules.places.draw_id is 'The draw that it is committed to or was assigned by; of a withdrawn place the draw that had promised it.';
comment on column schedules.places.cut_id is 'The cut that took it. Whoever has it keeps it until she has another; then it is withdrawn, and no draw, hold or tick gives it again.';
create index places_by_holder on schedules.places (holder) where holder is not null;
create index places_held on schedules.places (held_until) where state = 'held';
create index places_freed on schedules.places (office_id) where state = 'freed';
create index places_cut on schedules.places (cut_id) where cut_id is not null;
create index places_of_draws on schedules.places (office_id, state) where state in ('planned', 'committed', 'assigned');

create table schedules.closures (
  office_id  text not null references offices.offices,
  local_date date not null,
  reason     text not null,
  source     text not null,
  primary key (office_id, local_date)
);
comment on table schedules.closures is 'Days on which an office does not open, seeded from its two holiday calendars.';
comment on column schedules.closures.reason is 'Id of the holiday, or a reason code.';

create table schedules.releases (
  office_id     text        not null references offices.offices,
  service_group text        not null,
  regime        text        not null check (regime in ('draw', 'immediate')),
  draws_from    date        not null,
  demand        numeric(6, 3),
  decided_at    timestamptz not null,
  decided_by    text        not null check (decided_by in ('measure', 'staff', 'demo')),
  primary key (office_id, service_group)
);
comment on table schedules.releases is 'How the places of an office and service group are given out. Without a row: at once, to whoever asks.';
comment on column schedules.releases.regime is 'draw: places from draws_from on are planned, and drawn among all who asked.';
comment on column schedules.releases.draws_from is 'First day, local to the office, whose places are drawn.';
comment on column schedules.releases.demand is 'Places asked for divided by places there were, when it was decided; empty when people decided.';
comment on column schedules.releases.decided_at is 'UTC.';

grant select on all tables in schema schedules to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;
grant update (state, held_until, holder, draw_id) on schedules.places to ventanilla_citizen_writer, ventanilla_console, ventanilla_worker;
grant insert, update on schedules.templates, schedules.sessions, schedules.places, schedules.closures, schedules.releases to ventanilla_worker;
grant delete on schedules.places, schedules.sessions to ventanilla_worker;
grant insert, update (undone_at) on schedules.cuts to ventanilla_console;
grant update (cut_id) on schedules.places to ventanilla_console;
grant update (state) on schedules.sessions to ventanilla_console;
