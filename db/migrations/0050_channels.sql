-- What WhatsApp tells of a message that we sent: it came, or it did not and goes by SMS.

alter table messaging.messages
  add column not_whatsapp boolean not null default false,
  add column delivered_at timestamptz;
comment on column messaging.messages.not_whatsapp is 'WhatsApp did not take it, or could not deliver it: it goes by SMS, and never by both.';
comment on column messaging.messages.delivered_at is 'UTC at which the provider said that the telephone has it; empty where a channel does not tell.';

-- States come in at the webhook: that path sees ids and states, and neither for whom a message is nor what it is about.
grant usage on schema messaging to ventanilla_citizen_writer;
grant select (id, state, sent_at, delivered_at, not_whatsapp) on messaging.messages to ventanilla_citizen_writer;
grant update (state, sent_at, delivered_at, not_whatsapp, next_at, error_code) on messaging.messages to ventanilla_citizen_writer;
