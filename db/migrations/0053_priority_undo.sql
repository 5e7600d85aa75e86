-- A priority that was given by mistake is taken back: the party goes where its birth dates had it.

alter table visits.priorities add column before text;
alter table visits.priorities add constraint priorities_before_check check (before in ('age_60', 'small_child'));
comment on column visits.priorities.before is 'What birth dates had given the party; null when nothing. It stands again when this row is taken back.';
grant delete on visits.priorities to ventanilla_console;
