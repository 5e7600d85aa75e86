-- What an office plans beside its weeks: special days, their venues, and the crews and kits that travel.

create table schedules.venues (
  id         uuid          primary key,
  office_id  text          not null references offices.offices,
  name       text          not null check (length(name) between 3 and 80),
  street     text          not null check (length(street) between 3 and 120),
  city       text          not null check (length(city) between 2 and 60),
  region     text          not null,
  latitude   numeric(8, 5) not null check (latitude between -90 and 90),
  longitude  numeric(8, 5) not null check (longitude between -180 and 180),
  way_in     text          not null default '' check (length(way_in) <= 200),
  photo      bytea         check (length(photo) <= 300000),
  retired_at timestamptz
);
comment on table schedules.venues is 'Places away from the office where it serves people: a church hall, a school, a library.';
comment on column schedules.venues.region is 'Postal code of the state or province: CA, QC.';
comment on column schedules.venues.latitude is 'Degrees, WGS 84.';
comment on column schedules.venues.longitude is 'Degrees, WGS 84.';
comment on column schedules.venues.way_in is 'Which door, where to park, where a wheelchair gets in; one or two sentences.';
comment on column schedules.venues.photo is 'JPEG, PNG or WebP, at most 300,000 bytes, without what a camera writes into it.';
comment on column schedules.venues.retired_at is 'UTC. Not offered for new days any more.';
create index venues_by_office on schedules.venues (office_id);

create table schedules.resources (
  id         uuid primary key,
  kind       text not null check (kind in ('crew', 'kit')),
  name       text not null unique check (length(name) between 2 and 60),
  office_id  text not null references offices.offices,
  retired_at timestamptz
);
comment on table schedules.resources is 'Crews and kits of the network that can be in one town at a time.';
comment on column schedules.resources.kind is 'crew: people who travel. kit: capture set, printer, link, generator.';
comment on column schedules.resources.office_id is 'Where it is kept; any office may plan with it.';
comment on column schedules.resources.retired_at is 'UTC. Not offered any more.';

create table schedules.circuits (
  id        uuid        primary key,
  office_id text        not null references offices.offices,
  name      text        not null check (length(name) between 3 and 60),
  made_at   timestamptz not null
);
comment on table schedules.circuits is 'Routes of a consulate on wheels: special days at several venues that were planned together.';
comment on column schedules.circuits.made_at is 'UTC.';

create table schedules.special_days (
  office_id    text        not null references offices.offices,
  id           uuid        not null,
  kind         text        not null check (kind in ('saturday', 'sunday', 'extraordinary', 'mobile', 'on_wheels')),
  local_date   date        not null,
  venue_id     uuid        references schedules.venues,
  circuit_id   uuid        references schedules.circuits,
  sessions     jsonb       not null,
  state        text        not null check (state in ('draft', 'published', 'suspended', 'cancelled')),
  given_out    text        check (given_out in ('open', 'draw', 'short_draw')),
  revision     integer     not null default 1,
  made_at      timestamptz not null,
  published_at timestamptz,
  primary key (office_id, id),
  constraint away_has_a_venue check (kind not in ('mobile', 'on_wheels') or venue_id is not null),
  constraint published_is_dated check ((state = 'draft') = (published_at is null) or state = 'cancelled')
);
comment on table schedules.special_days is 'A dated opening beside the templates, at the office or at a venue; it has one session for each service group.';
comment on column schedules.special_days.local_date is 'Day in the office''s zone.';
comment on column schedules.special_days.state is 'draft is seen by staff alone. suspended keeps all places and serves nobody until it has a day again; why is published nowhere.';
comment on column schedules.special_days.revision is 'Counts what changed for the public, from 1.';
comment on column schedules.special_days.sessions is 'What each service group opens: hours, counters, breaks, reserves, stations; shaped by src/modules/schedules/schema.ts.';
comment on column schedules.special_days.given_out is 'How its places went out when it was published: to all, in the weekly draw, or among those who ticked short notice.';
comment on column schedules.special_days.made_at is 'UTC.';
comment on column schedules.special_days.published_at is 'UTC. First time.';
create index special_days_by_day on schedules.special_days (local_date);

create table schedules.resource_days (
  resource_id uuid not null references schedules.resources,
  local_date  date not null,
  office_id   text not null,
  special_day_id uuid not null,
  primary key (resource_id, local_date),
  foreign key (office_id, special_day_id) references schedules.special_days
);
comment on table schedules.resource_days is 'Where a crew or kit is on a day: in one town.';
comment on column schedules.resource_days.local_date is 'Day in the zone of the office that has it.';
create index resource_days_of on schedules.resource_days (office_id, special_day_id);

-- Beside counters and steps: breaks, percentage, reserves, stations. Empty: each counter has a place in each step, for everybody.
alter table schedules.templates add column layout jsonb not null default '{}';
alter table schedules.templates add column replaces uuid references schedules.templates;
comment on column schedules.templates.replaces is 'The template that held until the day before: what people still have of it stands around the places of this one.';
comment on column schedules.templates.layout is 'Breaks, percentage of places given out, reserves and stations; shaped by src/modules/schedules/schema.ts.';

alter table schedules.sessions add column special_day_id uuid, add column layout jsonb not null default '{}',
  add column planned_places integer check (planned_places >= 0), add column short_notice boolean not null default false;
alter table schedules.sessions add foreign key (office_id, special_day_id) references schedules.special_days;
comment on column schedules.sessions.special_day_id is 'The special day that it is part of; empty for what a template makes.';
comment on column schedules.sessions.layout is 'As its template or special day had it.';
comment on column schedules.sessions.planned_places is 'Places that its layout asks for; empty: each counter in each step.';
comment on column schedules.sessions.short_notice is 'Published less than 14 days ahead: its places are drawn among those who ticked short notice, however its office gives places out.';
create index sessions_of_special_days on schedules.sessions (office_id, special_day_id) where special_day_id is not null;

alter table schedules.places drop constraint places_pool_check;
alter table schedules.places add constraint places_pool_check check (pool in ('open', 'draw', 'urgent', 'waitlist', 'walk_in', 'room', 'assisted'));
comment on column schedules.places.pool is 'Who may have it: open to all, or kept for a draw, urgent cases, the waitlist, walk-ins, the telephone and the desk, or those who wait in the room of its office and service group.';

grant select on schedules.venues, schedules.special_days
  to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;
grant select on schedules.resources, schedules.circuits, schedules.resource_days to ventanilla_console;
grant insert, update on schedules.venues, schedules.resources, schedules.circuits, schedules.special_days, schedules.templates to ventanilla_console;
grant insert, update, delete on schedules.resource_days to ventanilla_console;
grant insert, update on schedules.sessions to ventanilla_console;
grant insert, update (starts_at, band, pool) on schedules.places to ventanilla_console;
create index places_assisted on schedules.places (starts_at) where pool = 'assisted' and state = 'planned';
-- A special day that moves takes its bookings along.
grant update (local_date, starts_at, sealed, erase_after) on booking.bookings to ventanilla_console;
grant update (local_date, starts_at) on booking.appointments to ventanilla_console;
grant update (erase_after) on booking.applicants to ventanilla_console;
