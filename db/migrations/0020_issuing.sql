-- What an office makes of a visit: documents on their way, what was paid for them, blank stock, and the close of each day.

create schema issuing;
comment on schema issuing is 'Documents, fees, blank stock and the close of the day of an office. Ids, codes and numbers; no names and no card data.';
grant usage on schema issuing to ventanilla_console, ventanilla_worker;

create table issuing.documents (
  office_id      text        not null references offices.offices,
  id             uuid        not null,
  booking_id     uuid        not null,
  appointment_id uuid        not null,
  service        text        not null,
  local_date     date        not null,
  folio_tail     text        not null check (folio_tail ~ '^[0-9A-Z]{1,8}$'),
  state          text        not null check (state in ('to_pay', 'paid', 'exempt', 'captured', 'in_production', 'ready', 'delivered', 'spoiled', 'by_mail', 'return_on')),
  before         text        check (before in ('to_pay', 'paid', 'exempt', 'captured', 'in_production', 'ready', 'delivered', 'spoiled', 'by_mail', 'return_on')),
  blank          text        check (blank in ('booklet', 'card')),
  variant        text        not null default '',
  due_cents      integer     not null check (due_cents >= 0),
  promised_on    date,
  return_on      date,
  changed_at     timestamptz not null,
  version        integer     not null default 1,
  primary key (office_id, id),
  unique (office_id, appointment_id, service),
  constraint who_comes_back_has_a_day check (state <> 'return_on' or return_on is not null)
);
comment on table issuing.documents is 'One paper that an office makes of one service of one person. Who she is stands with her booking.';
comment on column issuing.documents.local_date is 'Day on which it was asked for, in the office''s zone.';
comment on column issuing.documents.folio_tail is 'End of the folio, with which it is found on the shelf after the booking was erased.';
comment on column issuing.documents.state is 'The table of transitions is in src/modules/issuing/rules/documents.ts.';
comment on column issuing.documents.before is 'The state before the last change, for a slip of the hand; empty when nothing can be taken back.';
comment on column issuing.documents.blank is 'Blank of the counted stock that it takes; empty for plain paper and for what another authority prints.';
comment on column issuing.documents.variant is 'What is paid for, as in offices.fees: 3y, 6y, 10y. Empty where no fee is known.';
comment on column issuing.documents.due_cents is 'Amount due for that choice, in cents of a US dollar.';
comment on column issuing.documents.promised_on is 'Local day on which it was promised; empty where another authority delivers it.';
comment on column issuing.documents.return_on is 'Last local day on which its person comes back with the paper that was missing.';
comment on column issuing.documents.changed_at is 'UTC of the last change; it can be taken back for 60 seconds.';
comment on column issuing.documents.version is 'Grows with each change; whoever acts on an older picture is told so.';
create index documents_by_booking on issuing.documents (office_id, booking_id);
create index documents_open on issuing.documents (office_id, local_date) where state not in ('delivered', 'by_mail');

create table issuing.payments (
  office_id   text        not null references offices.offices,
  id          uuid        not null,
  document_id uuid        not null,
  local_date  date        not null,
  annex       boolean     not null,
  kind        text        not null check (kind in ('paid', 'exempt')),
  variant     text        not null,
  cents       integer     not null,
  means       text        check (means in ('cash', 'exact_cash', 'card', 'money_order')),
  receipt     text        check (receipt ~ '^[A-Z0-9-]{1,20}$'),
  discount    text        check (discount ~ '^[a-z0-9-]{1,40}$'),
  reason      text        check (reason ~ '^[a-z_]{1,40}$'),
  corrects    uuid,
  step        integer     not null,
  staff_id    uuid        not null,
  at          timestamptz not null,
  primary key (office_id, id),
  foreign key (office_id, document_id) references issuing.documents,
  constraint paid_by_some_means check ((kind = 'paid') = (means is not null)),
  constraint only_a_correction_takes_away check (cents >= 0 or corrects is not null)
);
comment on table issuing.payments is 'What was paid or exempted, line by line: never changed and never deleted. A correction is a line with the opposite amount, and sums follow from the lines. No money is handled here, and no card data.';
comment on column issuing.payments.local_date is 'Day of the office to which the line belongs. A correction belongs to the day of the line that it corrects.';
comment on column issuing.payments.annex is 'Written after that day was signed by two: it stands below the page and changes nothing on it.';
comment on column issuing.payments.variant is 'What was paid for.';
comment on column issuing.payments.cents is 'Cents of a US dollar; of an exempt document what would have been due. Below zero in a correction.';
comment on column issuing.payments.receipt is 'Personal: number of the receipt of whoever paid. Emptied thirty days after.';
comment on column issuing.payments.discount is 'Personal: why she pays less (age, disability). Emptied thirty days after.';
comment on column issuing.payments.reason is 'Code of the exemption, or of the correction.';
comment on column issuing.payments.corrects is 'The line that this one takes back.';
comment on column issuing.payments.step is 'Version that the document had after it: what one key did is taken back together.';
comment on column issuing.payments.at is 'UTC.';
create index payments_by_day on issuing.payments (office_id, local_date);
create index payments_by_document on issuing.payments (office_id, document_id);
create unique index corrected_once on issuing.payments (office_id, corrects) where corrects is not null;

create table issuing.blanks (
  office_id   text        not null references offices.offices,
  id          uuid        not null,
  local_date  date        not null,
  annex       boolean     not null,
  blank       text        not null check (blank in ('booklet', 'card')),
  movement    text        not null check (movement in ('received', 'used', 'spoiled', 'adjusted')),
  quantity    integer     not null check (quantity <> 0 or movement = 'adjusted'),
  number      text        check (number ~ '^[A-Z0-9-]{1,20}$'),
  document_id uuid,
  step        integer,
  staff_id    uuid        not null,
  at          timestamptz not null,
  primary key (office_id, id),
  constraint spoiled_has_its_number check (movement <> 'spoiled' or number is not null)
);
comment on table issuing.blanks is 'Blank booklets and cards of an office, movement by movement: never changed and never deleted. What is left is received and adjusted less used and spoiled.';
comment on column issuing.blanks.local_date is 'Day in the office''s zone.';
comment on column issuing.blanks.annex is 'Written after that day was signed by two.';
comment on column issuing.blanks.movement is 'adjusted: what a count found more (or, below zero, less) than the movements say.';
comment on column issuing.blanks.quantity is 'Pieces. Below zero where a movement is taken back, or a count found less.';
comment on column issuing.blanks.number is 'Number that is printed on a spoiled blank; it was nobody''s document. Of one that was used no number is kept.';
comment on column issuing.blanks.step is 'Version that the document had after it; empty for what is about no document.';
comment on column issuing.blanks.at is 'UTC.';
create index blanks_by_day on issuing.blanks (office_id, blank, local_date);
create index blanks_by_document on issuing.blanks (office_id, document_id) where document_id is not null;

create table issuing.closings (
  office_id  text        not null references offices.offices,
  local_date date        not null,
  page       jsonb       not null,
  digest     text        not null check (digest ~ '^[0-9a-f]{64}$'),
  first_by   uuid        not null,
  first_at   timestamptz not null,
  second_by  uuid,
  second_at  timestamptz,
  primary key (office_id, local_date),
  constraint two_different_people check (second_by is null or second_by <> first_by),
  constraint signed_at_an_instant check ((second_by is null) = (second_at is null))
);
comment on table issuing.closings is 'The page with which an office closes a day, as two people signed it. Signed by one it may still be replaced; signed by two it never changes.';
comment on column issuing.closings.local_date is 'Day in the office''s zone.';
comment on column issuing.closings.page is 'The figures, shaped by ClosingPage in src/modules/issuing/types.ts.';
comment on column issuing.closings.digest is 'SHA-256 of the page in canonical JSON: both signed the same figures.';
comment on column issuing.closings.first_by is 'Member of staff.';
comment on column issuing.closings.first_at is 'UTC.';
comment on column issuing.closings.second_by is 'Another member of staff; one of the two runs the office.';
comment on column issuing.closings.second_at is 'UTC.';

grant select, insert, update on issuing.documents, issuing.closings to ventanilla_console;
grant select, insert on issuing.payments, issuing.blanks to ventanilla_console;
grant select (local_date, at), update (receipt, discount) on issuing.payments to ventanilla_worker;

alter table issuing.documents enable row level security;
alter table issuing.documents force row level security;
alter table issuing.payments enable row level security;
alter table issuing.payments force row level security;
alter table issuing.blanks enable row level security;
alter table issuing.blanks force row level security;
alter table issuing.closings enable row level security;
alter table issuing.closings force row level security;
create policy console_office on issuing.documents to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_office on issuing.payments to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_office on issuing.blanks to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_reads on issuing.closings for select to ventanilla_console using (office_id = nullif(current_setting('app.office_id', true), ''));
create policy console_signs on issuing.closings for insert to ventanilla_console with check (office_id = nullif(current_setting('app.office_id', true), ''));
-- What two people signed no statement of the program changes.
create policy console_signs_again on issuing.closings for update to ventanilla_console
  using (office_id = nullif(current_setting('app.office_id', true), '') and second_by is null) with check (office_id = nullif(current_setting('app.office_id', true), ''));
create policy worker_all on issuing.payments to ventanilla_worker using (true);
