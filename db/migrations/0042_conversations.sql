-- Conversations by WhatsApp and SMS: where each stands, what came in, what is said, and what waits for a person.

create schema conversations;
comment on schema conversations is 'Conversations on channels that carry messages: where each stands, what came in and what is said.';
grant usage on schema conversations to ventanilla_citizen_writer, ventanilla_worker;

create table conversations.inbox (
  id             uuid        primary key,
  channel        text        not null check (channel in ('whatsapp', 'sms')),
  message_digest bytea       not null,
  who            bytea       not null,
  said_at        timestamptz not null,
  received_at    timestamptz not null,
  sealed         bytea       not null,
  lease_until    timestamptz,
  attempts       integer     not null default 0 check (attempts >= 0),
  done_at        timestamptz,
  unique (channel, message_digest)
);
comment on table conversations.inbox is 'What a provider handed over, once for however often it does: written before it is answered, worked on after.';
comment on column conversations.inbox.message_digest is 'SHA-256 of the provider''s id of the message, which may hold a telephone number.';
comment on column conversations.inbox.who is 'Keyed digest of the address (digest contact): the messages of one address are worked on one by one.';
comment on column conversations.inbox.said_at is 'UTC by the provider; messages of one address are worked on in this order.';
comment on column conversations.inbox.received_at is 'UTC of ours; the row is erased two days after.';
comment on column conversations.inbox.sealed is 'Personal: address and what was said, sealed (field conversations.said).';
comment on column conversations.inbox.lease_until is 'UTC until which one worker has it.';
comment on column conversations.inbox.attempts is 'Times that it was begun: after five it is given up, and the person is told.';
comment on column conversations.inbox.done_at is 'UTC at which it had its effect.';
create index inbox_due on conversations.inbox (who, said_at, id) where done_at is null;
create index inbox_to_erase on conversations.inbox (received_at);

create table conversations.threads (
  id          uuid        primary key,
  who         bytea       not null unique,
  contact_id  uuid        references people.contacts on delete set null,
  version     integer     not null default 1 check (version > 0),
  sealed      bytea       not null,
  stopped     boolean     not null default false,
  heard_at    timestamptz not null,
  channel     text        not null check (channel in ('whatsapp', 'sms')),
  erase_after timestamptz not null
);
comment on table conversations.threads is 'Where the conversation of one address stands, on whichever channel it goes on.';
comment on column conversations.threads.who is 'Keyed digest of the address (digest contact).';
comment on column conversations.threads.contact_id is 'The contact that the address proved to be; empty until then.';
comment on column conversations.threads.version is 'Counts what was done in it.';
comment on column conversations.threads.sealed is 'Personal: address, answers so far and the session, sealed (field conversations.state).';
comment on column conversations.threads.stopped is 'She asked not to be written to on this channel.';
comment on column conversations.threads.heard_at is 'UTC of her last message: for 24 hours a provider lets us answer in our own words.';
comment on column conversations.threads.erase_after is 'UTC: three days of silence, after which nothing of it is kept.';
create index threads_to_erase on conversations.threads (erase_after);
create index threads_by_contact on conversations.threads (contact_id) where contact_id is not null;

create table conversations.replies (
  id          uuid        primary key,
  thread_id   uuid        not null references conversations.threads on delete cascade,
  inbox_id    uuid        not null,
  number      integer     not null check (number > 0),
  channel     text        not null check (channel in ('whatsapp', 'sms')),
  sealed      bytea       not null,
  state       text        not null default 'queued' check (state in ('queued', 'sent', 'delivered', 'read', 'failed')),
  attempts    integer     not null default 0 check (attempts >= 0),
  next_try_at timestamptz not null,
  ref_digest  bytea,
  error_code  text,
  created_at  timestamptz not null,
  sent_at     timestamptz,
  unique (inbox_id, number)
);
comment on table conversations.replies is 'What is said back, in order and once for each message that came in.';
comment on column conversations.replies.inbox_id is 'The message that it answers: worked on twice, it is answered once.';
comment on column conversations.replies.number is 'From 1, of the answers to one message.';
comment on column conversations.replies.sealed is 'Personal: address and words, sealed (field conversations.reply); a channel puts them into its own form at the moment of sending.';
comment on column conversations.replies.ref_digest is 'SHA-256 of the provider''s id of what was sent, by which its state comes back.';
comment on column conversations.replies.next_try_at is 'UTC; while a worker sends it, until when the worker has it.';
comment on column conversations.replies.error_code is 'Ours, or the number that the provider gave.';
comment on column conversations.replies.created_at is 'UTC; the row is erased three days after.';
comment on column conversations.replies.sent_at is 'UTC at which the provider took it.';
create index replies_due on conversations.replies (next_try_at) where state = 'queued';
create index replies_of_threads on conversations.replies (thread_id, created_at);
create index replies_by_ref on conversations.replies (ref_digest) where ref_digest is not null;

create table conversations.tasks (
  id          uuid        primary key,
  thread_id   uuid        references conversations.threads on delete set null,
  inbox_id    uuid        not null unique,
  reason      text        not null check (reason in ('asked', 'media', 'not_understood', 'emergency')),
  step        text        not null,
  language    text        not null check (language in ('es', 'en')),
  channel     text        not null check (channel in ('whatsapp', 'sms')),
  sealed      bytea       not null,
  created_at  timestamptz not null,
  done_at     timestamptz,
  erase_after date        not null
);
comment on table conversations.tasks is 'Conversations that wait for a person, with the place at which each stands.';
comment on column conversations.tasks.inbox_id is 'The message at which a person was called: once, however often it is worked on.';
comment on column conversations.tasks.step is 'Question at which the conversation stood.';
comment on column conversations.tasks.sealed is 'Personal: address, and the provider''s id of a voice note or picture, sealed (field conversations.task).';
comment on column conversations.tasks.created_at is 'UTC.';
comment on column conversations.tasks.done_at is 'UTC at which a person had answered.';
comment on column conversations.tasks.erase_after is 'Thirty days after it was opened.';
create index tasks_open on conversations.tasks (created_at) where done_at is null;
create index tasks_by_thread on conversations.tasks (thread_id) where thread_id is not null;

-- What comes in is written and never read back on that path.
grant insert on conversations.inbox to ventanilla_citizen_writer;
grant select (channel, message_digest) on conversations.inbox to ventanilla_citizen_writer;
grant select (ref_digest, state), update (state) on conversations.replies to ventanilla_citizen_writer;
grant select, insert, update, delete on conversations.inbox, conversations.threads, conversations.replies, conversations.tasks to ventanilla_worker;

alter table conversations.inbox enable row level security;
alter table conversations.inbox force row level security;
alter table conversations.threads enable row level security;
alter table conversations.threads force row level security;
alter table conversations.replies enable row level security;
alter table conversations.replies force row level security;
alter table conversations.tasks enable row level security;
alter table conversations.tasks force row level security;
create policy writer_receives on conversations.inbox to ventanilla_citizen_writer using (true) with check (true);
create policy writer_states on conversations.replies to ventanilla_citizen_writer using (true) with check (true);
create policy worker_all on conversations.inbox to ventanilla_worker using (true) with check (true);
create policy worker_all on conversations.threads to ventanilla_worker using (true) with check (true);
create policy worker_all on conversations.replies to ventanilla_worker using (true) with check (true);
create policy worker_all on conversations.tasks to ventanilla_worker using (true) with check (true);
