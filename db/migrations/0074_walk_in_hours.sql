-- Hours in which whoever comes without an appointment is received, where they are others than the hall's.

create table visits.walk_in_hours (
  office_id text primary key references offices.offices,
  opens     time not null,
  closes    time not null,
  constraint walk_in_hours_in_order check (closes > opens)
);
comment on table visits.walk_in_hours is 'Hours for people without an appointment, on every day on which the hall opens. An office without a row receives them as long as it is open.';
comment on column visits.walk_in_hours.opens is 'Local time at the office: the lot among those who stand at the door is drawn then.';
comment on column visits.walk_in_hours.closes is 'Local time at the office from which whoever comes is given a date; a turn that was given is attended to.';
grant select on visits.walk_in_hours to ventanilla_console, ventanilla_worker, ventanilla_report;
grant insert, update, delete on visits.walk_in_hours to ventanilla_console;

create function visits.walk_in_day(office text, day date)
  returns table (opens_at timestamptz, closes_at timestamptz) language sql stable as $$
  select case when h.opens_at is not null then greatest(h.opens_at, (day + w.opens) at time zone o.zone) end,
         case when h.opens_at is not null then least(h.closes_at, (day + w.closes) at time zone o.zone) end
  from schedules.hall_hours(office, day) h join offices.offices o on o.id = office left join visits.walk_in_hours w on w.office_id = office
$$;
comment on function visits.walk_in_day(text, date) is 'UTC from which and until which an office receives people without an appointment on a day in its zone; empty when it stays shut.';
