-- Against insiders: sensitive acts ask for the passkey once more.

alter table people.staff_sessions add column touched_at timestamptz;
update people.staff_sessions set touched_at = created_at;
alter table people.staff_sessions alter column touched_at set not null;
comment on column people.staff_sessions.touched_at is 'UTC of the last touch of the passkey. Acts that reach far (people.policy) ask for one of the last five minutes.';
