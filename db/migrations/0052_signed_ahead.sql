-- Whoever was not reached loses the place five days before, by itself, once a person has signed that enough was tried.

alter table integrity.cases
  add column ahead_by uuid,
  add column ahead_at timestamptz,
  add constraint ahead_is_signed check ((ahead_by is null) = (ahead_at is null));
comment on column integrity.cases.ahead_by is 'Member of staff who signed that its holder was not reached, more than five days before the visit: it ends five days before, unless somebody is reached until then.';
comment on column integrity.cases.ahead_at is 'UTC at which she signed.';
