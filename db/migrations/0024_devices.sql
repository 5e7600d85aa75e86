-- Browsers that stand in a hall for everybody: the screen on the wall, and the kiosk at the door.

create table visits.devices (
  id           uuid        primary key,
  office_id    text        not null references offices.offices,
  kind         text        not null check (kind in ('screen', 'kiosk')),
  code_digest  bytea       unique,
  code_until   timestamptz not null,
  token_digest bytea       unique,
  offered_by   uuid        not null,
  enrolled_at  timestamptz,
  revoked_at   timestamptz,
  constraint enrolled_with_a_token check ((token_digest is null) = (enrolled_at is null)),
  constraint a_code_is_good_once check (token_digest is null or code_digest is null)
);
comment on table visits.devices is 'Devices that an office enrolled. No person uses one alone, and nothing is known of who does.';
comment on column visits.devices.code_digest is 'SHA-256 of the code that enrols it, of 60 random bits; empty once it was used.';
comment on column visits.devices.code_until is 'UTC until which the code is good: ten minutes.';
comment on column visits.devices.token_digest is 'SHA-256 of the 256 random bits in the cookie of its browser.';
comment on column visits.devices.offered_by is 'Member of staff.';
comment on column visits.devices.enrolled_at is 'UTC.';
comment on column visits.devices.revoked_at is 'UTC; from then on its browser shows nothing of the hall.';
create index devices_by_office on visits.devices (office_id);

grant select, insert, update on visits.devices to ventanilla_console;
