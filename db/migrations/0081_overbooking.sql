-- Places beyond what the counters carry, by who was measured to come.

grant select on visits.day_counts to ventanilla_console;
comment on column schedules.places.overbook is 'A seat beyond what the counters can carry, given out because not everybody comes: by the percentage in the layout of its session. Its counter number is above sixty.';
