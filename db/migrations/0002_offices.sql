-- The network as data: offices, services, jurisdictions, holidays. Loaded from db/reference, confirmed by staff.

create schema offices;
comment on schema offices is 'The network''s reference data. No personal data.';
grant usage on schema offices to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;

create table offices.offices (
  id         text             primary key,
  zone       text             not null,
  country    text             not null,
  lat        double precision not null,
  lng        double precision not null,
  valid_from date             not null default '2022-03-01',
  valid_to   date,
  detail     jsonb            not null
);
comment on table offices.offices is 'Consular offices of the network.';
comment on column offices.offices.zone is 'IANA zone in which the office''s calendar is kept.';
comment on column offices.offices.lat is 'Degrees north, about 0.01 exact: good for distance, not for a map pin.';
comment on column offices.offices.lng is 'Degrees east.';
comment on column offices.offices.valid_to is 'Last day of an office that closed or moved; empty while it is open.';
comment on column offices.offices.detail is 'Names, type, city and state as in db/reference/offices.json.';

create table offices.facts (
  office_id    text        not null references offices.offices,
  field        text        not null,
  value        jsonb       not null,
  level        text        not null check (level in ('confirmed', 'page', 'partial', 'community_file', 'memory', 'invented')),
  source       text        not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  due_at       timestamptz,
  primary key (office_id, field)
);
comment on table offices.facts is 'What the public is told of an office, field by field, each with how far it can be trusted.';
comment on column offices.facts.confirmed_at is 'UTC at which staff last confirmed it; empty for what only the files say.';
comment on column offices.facts.field is 'address, phone, email, hours:<service group>, payment_means, duty_line, parking, bus, bring_in, lunch_closing.';
comment on column offices.facts.level is 'memory and community_file are never shown to the public as fact; invented exists in demo databases only.';
comment on column offices.facts.confirmed_by is 'Member of staff who confirmed the field.';
comment on column offices.facts.due_at is 'When the field must be confirmed again: 180 days after the last time.';

create table offices.services (
  slug          text     primary key,
  service_group text     not null,
  claim_scope   text     not null,
  minutes       smallint not null check (minutes between 1 and 240),
  position      smallint not null,
  detail        jsonb    not null
);
comment on table offices.services is 'The catalogue of services with requirements and fees by year.';
comment on column offices.services.claim_scope is 'One counting appointment per person and scope over the whole network; variants of one document share a scope.';
comment on column offices.services.minutes is 'Planned minutes at a counter for one person. A planning assumption.';
comment on column offices.services.detail is 'Texts, requirements, fees, rules and sources as in db/reference/services.json.';

create table offices.holidays (
  calendar text not null,
  on_date  date not null,
  id       text not null,
  name_es  text not null,
  name_en  text not null,
  primary key (calendar, on_date, id)
);
comment on table offices.holidays is 'Rest days of Mexico and of the host countries; an office closes on those of its two calendars.';

create table offices.jurisdictions (
  office_id  text not null references offices.offices,
  area       text not null,
  extent     text not null check (extent in ('whole', 'part')),
  detail     text,
  level      text not null check (level in ('confirmed', 'page', 'partial', 'memory')),
  source     text not null,
  valid_from date not null,
  valid_to   date,
  primary key (office_id, area, valid_from),
  constraint it_ends_after_it_begins check (valid_to >= valid_from)
);
comment on table offices.jurisdictions is 'Which office serves which state or province, and since when. It suggests an office; it never blocks a booking.';
comment on column offices.jurisdictions.area is 'Postal code of the state or province: TX, QC.';
comment on column offices.jurisdictions.extent is 'whole, or part when the state is shared; detail then keeps the counties as the source names them.';
comment on column offices.jurisdictions.detail is 'Counties of a part; empty for a whole state.';
comment on column offices.jurisdictions.level is 'How far it can be trusted, as in offices.facts.';
comment on column offices.jurisdictions.valid_to is 'Last day; empty while it holds.';

create table offices.catalogues (
  name      text        primary key check (name in ('planning', 'checklist', 'chains', 'lines')),
  content   jsonb       not null,
  loaded_at timestamptz not null
);
comment on table offices.catalogues is 'Lists of db/reference that are read whole: planning defaults, checklist questions, chains of services, national telephone lines.';
comment on column offices.catalogues.loaded_at is 'When db/reference was last brought in, all of it in one transaction.';

grant select on all tables in schema offices to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker, ventanilla_report;
grant insert, update on offices.facts to ventanilla_console;
