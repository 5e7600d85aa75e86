-- What leaves the house in bulk, or about one telephone, needs two people (decision 0050).

create table people.releases (
  id         uuid        primary key,
  kind       text        not null check (kind in ('counts', 'disclosure')),
  month      date        check (extract(day from month) = 1),
  subject    bytea,
  asked_at   timestamptz not null,
  expires_at timestamptz not null,
  first_id   uuid        references people.staff,
  first_at   timestamptz,
  second_id  uuid        references people.staff,
  second_at  timestamptz,
  used_at    timestamptz,
  constraint about_its_kind check ((kind = 'counts') = (month is not null) and (kind = 'disclosure') = (subject is not null)),
  constraint first_before_second check ((first_id is null) = (first_at is null) and (second_id is null) = (second_at is null) and (second_id is null or first_id is not null)),
  constraint two_are_two check (second_id is distinct from first_id or second_id is null),
  constraint used_with_two check (used_at is null or second_id is not null)
);
comment on table people.releases is 'What is to leave the house: counts of a month, or the answer about a telephone. Each is signed by two people and serves once.';
comment on column people.releases.kind is 'counts: a month of all offices, small ones left out. disclosure: what could be produced about one telephone.';
comment on column people.releases.month is 'First day of the month of the counts.';
comment on column people.releases.subject is 'Keyed digest of the telephone (digest contact): who signs sees that it is one, not which.';
comment on column people.releases.asked_at is 'UTC. The row is deleted 400 days after.';
comment on column people.releases.expires_at is 'UTC, 24 hours after it was asked for: from then on nobody signs it or takes it away.';
comment on column people.releases.first_id is 'Who signed first, with a touch of her passkey.';
comment on column people.releases.first_at is 'UTC.';
comment on column people.releases.second_id is 'Who signed too: never the same person.';
comment on column people.releases.second_at is 'UTC.';
comment on column people.releases.used_at is 'UTC at which it was taken away: once.';
create index releases_by_day on people.releases (asked_at);

grant select (id, kind, month, asked_at, expires_at, first_id, first_at, second_id, second_at, used_at), insert, update (first_id, first_at, second_id, second_at, used_at) on people.releases to ventanilla_console;
grant select, insert, delete, update (used_at) on people.releases to ventanilla_worker;
alter table people.releases enable row level security;
alter table people.releases force row level security;
create policy console_all on people.releases to ventanilla_console using (true) with check (true);
create policy worker_all on people.releases to ventanilla_worker using (true) with check (true);
grant select (id, role, active) on people.staff to ventanilla_worker;
create policy worker_roles on people.staff for select to ventanilla_worker using (true);

-- Conversations, adverts and helpers have shares as well (decision 0043).
create trigger shred_deleted after delete on conversations.inbox for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on conversations.inbox for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on conversations.threads for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on conversations.threads for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on conversations.replies for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on conversations.replies for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on conversations.tasks for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on conversations.tasks for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on adverts.adverts for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on adverts.adverts for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on adverts.screenshots for each row execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on adverts.purchases for each row execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on helpers.helpers for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on helpers.helpers for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
