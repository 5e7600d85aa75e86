-- Why something is to leave the house stands with it, for the second person who signs and for the log (decision 0050).

alter table people.releases add column reason text check (
  reason in ('planning', 'transparency', 'audit') and kind = 'counts'
  or reason in ('court_order', 'agency_request', 'own_request') and kind = 'disclosure'
);
comment on column people.releases.reason is 'Why it was asked for, of a closed list for its kind: nothing that anybody typed. Empty for what is older than the list.';
grant select (reason) on people.releases to ventanilla_console;
create index releases_by_age on people.releases (asked_at, id);
