-- Whose situation is delicate: nothing that leaves the house says that there is an appointment.

alter table booking.bookings add column delicate boolean not null default false;
comment on column booking.bookings.delicate is 'Somebody said that her situation is delicate, without a reason: messages say only that there is a notice, and a birth date opens it no more.';
grant select (delicate), update (delicate) on booking.bookings to ventanilla_citizen_writer;
