-- What the public was first told of a special day: a change is then told as one.

alter table schedules.special_days add column told jsonb;
comment on column schedules.special_days.told is 'Day, hours (UTC) and venue as they were first published, shaped by ToldDay in src/modules/schedules/types.ts; what differs from them now is published as a correction.';
grant update (told) on schedules.special_days to ventanilla_worker;
