-- Who hides her appointment takes it from every other visit that had opened it, also with a birth date (decision 0057).

grant select (session_id, subject_id), delete on booking.opened to ventanilla_citizen_writer;
grant update (filed_in) on booking.bookings to ventanilla_citizen_writer;
