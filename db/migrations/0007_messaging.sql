-- Messages that leave the house. The text is rendered while sending and stored nowhere.

create schema messaging;
comment on schema messaging is 'Outbound messages by id and kind.';
grant usage on schema messaging to ventanilla_worker;

create table messaging.messages (
  id          uuid        primary key,
  contact_id  uuid        not null,
  kind        text        not null check (kind in ('code', 'confirmed', 'moved', 'cancelled', 'lapsed', 'displaced', 'restored', 'jornada_moved', 'jornada_suspended', 'reminder_7', 'reminder_1', 'permission_5', 'permission_sheet', 'day_suspended', 'day_resumed', 'day_hour', 'thanks', 'request_filed', 'request_offered', 'request_waiting', 'request_identity', 'notice_answered')),
  office_id   text,
  subject_id  uuid        not null,
  sequence    bigint      not null,
  urgency     smallint    not null check (urgency between 0 and 2),
  state       text        not null default 'queued' check (state in ('queued', 'sent', 'failed', 'dropped')),
  attempts    smallint    not null default 0,
  next_at     timestamptz not null,
  created_at  timestamptz not null,
  sent_at     timestamptz,
  error_code  text,
  constraint said_once unique (subject_id, kind, sequence)
);
comment on table messaging.messages is 'One row per message; the unique key is what keeps it from being sent twice.';
comment on column messaging.messages.sent_at is 'UTC at which the gateway took it; empty until then.';
comment on column messaging.messages.subject_id is 'The booking, the request or the one-time code that the message is about.';
comment on column messaging.messages.sequence is 'Tells messages of one kind and subject apart: the number of the event for a move, a lapse, a place that was cut or is there again, news of a day that goes wrong, the result of a draw or an answer to an urgent request, the day of the visit as YYYYMMDD for a reminder, that with the person''s and the parent''s number for a sheet, else 1.';
comment on column messaging.messages.urgency is '0 somebody waits at the screen for it, 1 something happened, 2 a reminder.';
comment on column messaging.messages.attempts is 'Tries begun. Counted before the try, so that a crash in the middle is counted too.';
comment on column messaging.messages.next_at is 'UTC of the next try; moved ahead before each try, which is the lease of whoever tries. Failures wait longer each time.';
comment on column messaging.messages.error_code is 'Code of the last failure or of why it was dropped; never the provider''s text, which may repeat the address.';
create index messages_waiting on messaging.messages (urgency, next_at) where state = 'queued';
create index messages_by_age on messaging.messages (created_at);
grant select, insert, update, delete on messaging.messages to ventanilla_worker;

create table messaging.reminder_days (
  office_id  text        not null,
  kind       text        not null check (kind in ('reminder_7', 'reminder_1', 'permission_5')),
  local_date date        not null,
  swept_at   timestamptz not null,
  primary key (office_id, kind, local_date)
);
comment on table messaging.reminder_days is 'Days of visits whose reminders are written, so that each day''s bookings are read once.';
comment on column messaging.reminder_days.swept_at is 'UTC at which they were written.';
comment on column messaging.reminder_days.local_date is 'Day of the visit in the office''s zone.';
grant select, insert, delete on messaging.reminder_days to ventanilla_worker;
