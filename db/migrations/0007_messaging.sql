-- Messages that leave the house. The text is rendered while sending and stored nowhere.

create schema messaging;
comment on schema messaging is 'Outbound messages by id and kind.';
grant usage on schema messaging to ventanilla_citizen_writer, ventanilla_worker;

create table messaging.messages (
  id          uuid        primary key,
  contact_id  uuid        not null,
  kind        text        not null check (kind in ('code', 'confirmed', 'moved', 'cancelled', 'reminder_7', 'reminder_1', 'parent_sheet')),
  office_id   text,
  subject_id  uuid        not null,
  sequence    smallint    not null default 1,
  state       text        not null default 'queued' check (state in ('queued', 'sent', 'failed', 'dropped')),
  attempts    smallint    not null default 0,
  next_at     timestamptz not null,
  created_at  timestamptz not null,
  sent_at     timestamptz,
  error_code  text,
  unique (subject_id, kind, sequence)
);
comment on table messaging.messages is 'One row per message; the unique key is what keeps it from being sent twice.';
comment on column messaging.messages.subject_id is 'The booking, or the one-time code, that the message is about.';
comment on column messaging.messages.sequence is 'Counts changes of the same booking.';
comment on column messaging.messages.next_at is 'UTC of the next try; failures wait longer each time.';
comment on column messaging.messages.error_code is 'Code of the last failure; never the provider''s text, which may repeat the address.';
create index messages_waiting on messaging.messages (next_at) where state = 'queued';
grant insert on messaging.messages to ventanilla_citizen_writer;
grant select, insert, update, delete on messaging.messages to ventanilla_worker;
