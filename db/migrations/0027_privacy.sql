-- Who has looked at a file, for whoever it is about: lines of the audit log are found by their pseudonym.

create index entries_by_subject on audit.entries (subject, at) where subject is not null;

alter table audit.entries enable row level security;
alter table audit.entries force row level security;
create policy anybody_writes on audit.entries for insert
  to ventanilla_citizen_writer, ventanilla_citizen_reader, ventanilla_console, ventanilla_worker with check (true);
create policy report_all on audit.entries for select to ventanilla_report using (true);
create policy worker_all on audit.entries for select to ventanilla_worker using (true);
-- Pseudonyms of one booking, in hex and with a space between them. Only who opened the booking is told them.
create policy reader_subject on audit.entries for select to ventanilla_citizen_reader
  using (subject = any (string_to_array(nullif(current_setting('app.subjects', true), ''), ' ')::bytea[]));
grant select (at, actor_kind, actor_id, action, purpose, office_id, subject) on audit.entries to ventanilla_citizen_reader;

-- The citizen is told the role of who looked, and never the name.
create policy reader_roles on people.staff for select to ventanilla_citizen_reader using (true);
grant select (id, role) on people.staff to ventanilla_citizen_reader;
