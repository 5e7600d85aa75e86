-- An urgent request is erased by whoever asked it: emptied, and nobody's (decision 0057).

grant select (session_id, booking_id), update (sealed, answer_sealed, contact_id, session_id, booking_id) on emergencies.requests to ventanilla_worker;
comment on column emergencies.requests.sealed is 'Personal: what happened, by when, and the telephone to call back, sealed (field emergencies.request). Empty once whoever asked has erased it.';
