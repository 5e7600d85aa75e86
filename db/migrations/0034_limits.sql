-- Limits by rate: one table for all of them.

create unlogged table platform.limits (
  rule text not null check (rule ~ '^[a-z_]{1,40}$'),
  key  uuid not null,
  tat  timestamptz,
  primary key (rule, key)
) with (fillfactor = 70);
comment on table platform.limits is 'Budgets that were taken from. Unlogged: after a crash they are full again, which harms nobody, and taking one writes no log.';
comment on column platform.limits.rule is 'Name of the limit in src/platform/limits/table.ts.';
comment on column platform.limits.key is 'Id of the contact, member of staff or kiosk whose budget it is; never an address of the network.';
comment on column platform.limits.tat is 'UTC at which the budget is full again; a row whose instant has passed is deleted within an hour.';
grant select, insert, update on platform.limits to ventanilla_citizen_writer;
grant select, delete on platform.limits to ventanilla_worker;

drop table booking.opened_files;
drop table visits.kiosk_use;
