-- Whose paper is ready is told.

alter table messaging.messages drop constraint messages_kind_check;
alter table messaging.messages add constraint messages_kind_check check (kind in (
  'case_ended', 'appeal_won', 'staff_acted', 'code', 'confirmed', 'moved', 'cancelled', 'lapsed', 'displaced', 'restored', 'is_it_yours', 'jornada_moved', 'jornada_suspended', 'reminder_7',
  'reminder_1', 'permission_5', 'permission_sheet', 'day_suspended', 'day_resumed', 'day_hour', 'thanks', 'request_filed', 'request_offered', 'request_waiting', 'request_identity',
  'notice_answered', 'contact_joined', 'documents_ready'));

grant usage on schema issuing to ventanilla_worker;
grant select (office_id, booking_id, local_date, state, changed_at) on issuing.documents to ventanilla_worker;
create policy worker_reads on issuing.documents for select to ventanilla_worker using (true);
