-- Adverts that sell appointments: what was reported, what was pulled out of it and matched, what the platform was asked, and what a mystery purchase showed.

create schema adverts;
comment on schema adverts is 'Adverts that sell appointments, and what was done about them.';
grant usage on schema adverts to ventanilla_citizen_writer, ventanilla_console, ventanilla_worker;

create table adverts.adverts (
  id          uuid        primary key,
  source      text        not null check (source in ('public', 'staff', 'import')),
  platform    text        not null check (platform in ('facebook', 'whatsapp', 'instagram', 'tiktok', 'telegram', 'x', 'google', 'website', 'street', 'other')),
  digest      bytea       not null unique,
  sealed      bytea       not null,
  filed_at    timestamptz not null,
  last_at     timestamptz not null,
  reports     integer     not null default 1 check (reports > 0),
  filed_by    uuid,
  state       text        not null default 'new' check (state in ('new', 'confirmed', 'dismissed')),
  version     integer     not null default 1 check (version > 0),
  decided_by  uuid,
  decided_at  timestamptz,
  erase_after date        not null,
  constraint the_public_has_no_name check ((source = 'public') = (filed_by is null)),
  constraint decided_by_somebody check ((state = 'new') = (decided_by is null) and (state = 'new') = (decided_at is null)),
  constraint confirmed_by_another check (state <> 'confirmed' or filed_by is distinct from decided_by)
);
comment on table adverts.adverts is 'An advert that sells appointments, once for however many reported it. It is evidence only once a member of staff other than the one who filed it has confirmed it.';
comment on column adverts.adverts.digest is 'Keyed digest of its link and words (digest advert), by which the same advert is known again.';
comment on column adverts.adverts.sealed is 'Personal: link and words as they were reported, sealed (field adverts.advert). Hostile text: shown as text, its link fetched by nobody.';
comment on column adverts.adverts.filed_at is 'UTC of the first report; the monthly count goes by it.';
comment on column adverts.adverts.last_at is 'UTC of the last report.';
comment on column adverts.adverts.reports is 'How often it was reported.';
comment on column adverts.adverts.filed_by is 'Member of staff who filed or imported it; empty for the public, which is not asked who it is.';
comment on column adverts.adverts.decided_at is 'UTC.';
comment on column adverts.adverts.erase_after is 'Twelve months after it was filed; thirty days after it was dismissed.';
create index adverts_by_state on adverts.adverts (state, last_at desc);
create index adverts_by_month on adverts.adverts (filed_at);
create index adverts_to_erase on adverts.adverts (erase_after);

create table adverts.screenshots (
  advert_id uuid        not null references adverts.adverts on delete cascade,
  id        uuid        primary key,
  sealed    bytea       not null,
  filed_at  timestamptz not null
);
comment on table adverts.screenshots is 'Pictures of an advert, three at most, without what a camera wrote into them.';
comment on column adverts.screenshots.sealed is 'Personal: the picture in base64, sealed (field adverts.screenshot).';
comment on column adverts.screenshots.filed_at is 'UTC.';
create index screenshots_of_adverts on adverts.screenshots (advert_id);

create table adverts.points (
  advert_id  uuid        not null references adverts.adverts on delete cascade,
  kind       text        not null check (kind in ('phone', 'email', 'account')),
  digest     bytea       not null,
  contact_id uuid        references people.contacts on delete set null,
  matched_at timestamptz,
  primary key (advert_id, kind, digest)
);
comment on table adverts.points is 'Telephones, addresses and accounts pulled out of an advert, as keyed digests. Matched with contacts only once the advert is confirmed.';
comment on column adverts.points.digest is 'Keyed digest (digest advert.point), which finds the other adverts of one seller and cannot be compared with the keys of contacts.';
comment on column adverts.points.contact_id is 'Verified contact with the same telephone or address; goes with the contact.';
comment on column adverts.points.matched_at is 'UTC.';
create index points_by_digest on adverts.points (digest);
create index points_by_contact on adverts.points (contact_id) where contact_id is not null;

create table adverts.takedowns (
  advert_id   uuid        primary key references adverts.adverts on delete cascade,
  state       text        not null check (state in ('drafted', 'sent', 'answered', 'removed', 'refused')),
  version     integer     not null default 1 check (version > 0),
  changed_by  uuid        not null,
  drafted_at  timestamptz not null,
  sent_at     timestamptz,
  answered_at timestamptz,
  closed_at   timestamptz,
  constraint closed_is_over check ((state in ('removed', 'refused')) = (closed_at is not null)),
  constraint sent_before_answered check (state = 'drafted' or sent_at is not null)
);
comment on table adverts.takedowns is 'What the platform of an advert was asked, and what it did. The table of transitions is in src/modules/adverts/rules/takedown.ts.';
comment on column adverts.takedowns.answered_at is 'UTC at which the platform answered; empty until then.';
comment on column adverts.takedowns.closed_at is 'UTC at which it was removed, or refused for good.';
comment on column adverts.takedowns.drafted_at is 'UTC, as are the other dates.';
comment on column adverts.takedowns.sent_at is 'UTC of the last request.';

create table adverts.purchases (
  id           uuid        primary key,
  advert_id    uuid        not null references adverts.adverts on delete cascade,
  bought_by    uuid        not null,
  bought_at    timestamptz not null,
  price_cents  integer     not null check (price_cents between 0 and 1000000),
  sealed       bytea,
  witnessed_by uuid,
  witnessed_at timestamptz,
  constraint two_people_saw_it check (witnessed_by is distinct from bought_by and (witnessed_by is null) = (witnessed_at is null))
);
comment on table adverts.purchases is 'A mystery purchase: a member of staff bought what an advert sells, and another one saw it.';
comment on column adverts.purchases.bought_at is 'UTC.';
comment on column adverts.purchases.price_cents is 'US cents that the seller took.';
comment on column adverts.purchases.sealed is 'Personal: the folio that the seller delivered, sealed (field adverts.purchase); empty when none was.';
comment on column adverts.purchases.witnessed_at is 'UTC. From then on it is evidence.';
create index purchases_of_adverts on adverts.purchases (advert_id);

create table adverts.months (
  month     date    primary key,
  adverts   integer not null check (adverts >= 0),
  reports   integer not null check (reports >= 0),
  confirmed integer not null check (confirmed >= 0),
  removed   integer not null check (removed >= 0)
);
comment on table adverts.months is 'Adverts of a month that is over: numbers only, which stay when the adverts are erased.';
comment on column adverts.months.month is 'First day, of the calendar in Mexico City.';
comment on column adverts.months.adverts is 'Different adverts that were first reported in the month, without those that were dismissed.';
comment on column adverts.months.reports is 'How often these were reported.';
comment on column adverts.months.removed is 'Of the confirmed those that their platform took down.';

-- The public files and reads nothing back but whether the same advert is there.
grant select (id, source, digest, filed_at, reports, last_at), insert, update (reports, last_at) on adverts.adverts to ventanilla_citizen_writer;
grant select (advert_id, id), insert on adverts.screenshots to ventanilla_citizen_writer;
grant insert on adverts.points to ventanilla_citizen_writer;
grant select (advert_id, kind, digest) on adverts.points to ventanilla_citizen_writer;
grant select, insert, update on adverts.adverts, adverts.takedowns, adverts.purchases to ventanilla_console;
grant select, insert on adverts.screenshots, adverts.points to ventanilla_console;
grant select on adverts.months to ventanilla_console;
-- It updates nothing; without the right to it could not hold a row while it matches it.
grant select, delete, update (version) on adverts.adverts to ventanilla_worker;
grant select, update (contact_id, matched_at) on adverts.points to ventanilla_worker;
grant select on adverts.takedowns to ventanilla_worker;
grant select, insert, update on adverts.months to ventanilla_worker;

alter table adverts.adverts enable row level security;
alter table adverts.adverts force row level security;
alter table adverts.screenshots enable row level security;
alter table adverts.screenshots force row level security;
alter table adverts.points enable row level security;
alter table adverts.points force row level security;
alter table adverts.purchases enable row level security;
alter table adverts.purchases force row level security;
create policy writer_files on adverts.adverts to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on adverts.adverts to ventanilla_console using (true) with check (true);
create policy worker_all on adverts.adverts to ventanilla_worker using (true);
create policy writer_files on adverts.screenshots to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on adverts.screenshots to ventanilla_console using (true) with check (true);
create policy writer_files on adverts.points to ventanilla_citizen_writer using (true) with check (true);
create policy console_all on adverts.points to ventanilla_console using (true) with check (true);
create policy worker_all on adverts.points to ventanilla_worker using (true) with check (true);
create policy console_all on adverts.purchases to ventanilla_console using (true) with check (true);
