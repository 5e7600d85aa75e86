-- Conversations by telephone.

alter table conversations.inbox drop constraint inbox_channel_check, add constraint inbox_channel_check check (channel in ('whatsapp', 'sms', 'phone'));
alter table conversations.threads drop constraint threads_channel_check, add constraint threads_channel_check check (channel in ('whatsapp', 'sms', 'phone'));
alter table conversations.replies drop constraint replies_channel_check, add constraint replies_channel_check check (channel in ('whatsapp', 'sms', 'phone'));
alter table conversations.tasks drop constraint tasks_channel_check, add constraint tasks_channel_check check (channel in ('whatsapp', 'sms', 'phone'));
