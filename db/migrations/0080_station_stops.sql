-- A station that stands still is told apart from a service.

comment on column visits.suspensions.station is 'The station on whose account the service stands still: whoever has it behind her goes on. Empty: the whole service.';
