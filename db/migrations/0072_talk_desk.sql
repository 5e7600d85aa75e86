-- Agents answer whoever asked a conversation for a person.

alter table people.staff drop constraint staff_role_check;
alter table people.staff add constraint staff_role_check check (role in ('clerk', 'door', 'supervisor', 'office_head', 'hq', 'analyst', 'agent', 'admin'));

alter table people.staff drop constraint office_roles_have_an_office;
alter table people.staff add constraint office_roles_have_an_office check (role in ('hq', 'analyst', 'agent', 'admin') or office_id is not null);

alter table conversations.tasks
  add column taken_by uuid,
  add column taken_until timestamptz,
  add column outcome text constraint tasks_outcome_check check (outcome in ('answered', 'called', 'not_reached', 'other_office', 'not_for_us')),
  add constraint taken_whole check ((taken_by is null) = (taken_until is null)),
  add constraint done_by_somebody check ((outcome is null) = (done_at is null) and (outcome is null or taken_by is not null));
comment on column conversations.tasks.taken_by is 'Member of staff who took it, and who closed it.';
comment on column conversations.tasks.taken_until is 'UTC until which the conversation is hers: what its writer says goes to her and no step answers it.';
comment on column conversations.tasks.outcome is 'Why it was closed.';

alter table conversations.replies add column staff_id uuid;
comment on column conversations.replies.staff_id is 'Member of staff whose own words these are; empty of what the dialogue says.';

grant usage on schema conversations to ventanilla_console;
grant select, update (taken_by, taken_until, done_at, outcome) on conversations.tasks to ventanilla_console;
grant select (id, who, contact_id, heard_at, stopped) on conversations.threads to ventanilla_console;
grant select (id, who, said_at, sealed) on conversations.inbox to ventanilla_console;
grant select, insert on conversations.replies to ventanilla_console;
create policy agents_answer on conversations.tasks to ventanilla_console using (true) with check (true);
create policy agents_read on conversations.threads for select to ventanilla_console using (true);
create policy agents_read on conversations.inbox for select to ventanilla_console using (true);
create policy agents_write on conversations.replies to ventanilla_console using (true) with check (staff_id is not null);
