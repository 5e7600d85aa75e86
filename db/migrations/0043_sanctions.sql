-- What a person decided of a contact has consequences: its own form is closed for a time. Persons are never sanctioned.

alter table booking.contact_counters add column suspended_until timestamptz;
comment on column booking.contact_counters.suspended_until is 'UTC until which this contact begins nothing new by itself, as a person signed; the telephone and the counter stay open to whoever uses it. May be over.';

alter table integrity.sanctions drop constraint sanctions_step_check;
alter table integrity.sanctions add constraint sanctions_step_check check (step between 0 and 3);
comment on column integrity.sanctions.step is '0 held while a person asks, ten days at most; 1 warning, 2 thirty days, 3 twelve months.';

-- What is noted while a group is computed is looked at again, and not forgotten with it.
alter table integrity.observations add column change bigint generated always as identity;
comment on column integrity.observations.change is 'Another one with each change: only what was read is marked as scored.';

-- What spoke for a case when it was flagged, so that weights can be fitted to how cases ended.
alter table integrity.cases add column terms jsonb not null default '[]';
comment on column integrity.cases.terms is 'Codes with their points when it was last scored; of nobody by name.';

create table integrity.weights (
  id      uuid        primary key,
  points  jsonb       not null,
  labelled integer    not null,
  set_by  uuid        not null,
  set_at  timestamptz not null
);
comment on table integrity.weights is 'Points of each kind of evidence, fitted to cases that were decided; the latest row holds. Without a row those of the rule hold.';
comment on column integrity.weights.points is 'Whole points by code.';
comment on column integrity.weights.labelled is 'Decided cases that they were fitted to.';
comment on column integrity.weights.set_by is 'The analyst who set them after seeing what they would have done.';
comment on column integrity.weights.set_at is 'UTC.';
grant select on integrity.weights to ventanilla_worker;
grant select, insert on integrity.weights to ventanilla_console;

-- Two kinds of message more, whatever kinds there are.
do $$
declare rule text;
begin
  select pg_get_constraintdef(oid) into rule from pg_constraint where conname = 'messages_kind_check' and conrelid = 'messaging.messages'::regclass;
  alter table messaging.messages drop constraint messages_kind_check;
  execute 'alter table messaging.messages add constraint messages_kind_check ' || replace(rule, 'ARRAY[', 'ARRAY[''case_ended''::text, ''appeal_won''::text, ');
end $$;
