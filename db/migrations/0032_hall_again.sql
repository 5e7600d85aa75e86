-- The hall again: hours of the office's own building, a lot as it was drawn, and acts of a tablet that came after its list.

create function schedules.hall_hours(office text, day date)
  returns table (opens_at timestamptz, closes_at timestamptz, counters integer) language sql stable as $$
  select min(s.starts_at), max(s.ends_at), sum(s.counters)::integer from schedules.sessions s
  where s.office_id = office and s.local_date = day and s.state = 'open'
    and not exists (select from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null)
$$;
comment on function schedules.hall_hours(text, date) is 'UTC opening and closing of an office''s own building on a day in its zone, and the counters of all its sessions; empty when it stays shut. What opens at a venue is no hour of the hall.';

alter table visits.door_lots
  add column drawn smallint[] not null default '{}',
  add column first smallint   not null default 0 check (first >= 0);
update visits.door_lots l set drawn = d.drawn, first = d.first
  from (select office_id, local_date, array_agg(turn_no order by lot) as drawn, count(*) filter (where priority is not null) as first
        from visits.visits where lot is not null and turn_no is not null group by office_id, local_date) d
  where d.office_id = l.office_id and d.local_date = l.local_date;
alter table visits.door_lots drop column turns;
comment on column visits.door_lots.drawn is 'Numbers of the turns in the order of the lot, as it was drawn: what becomes of a turn afterwards changes nothing that was published.';
comment on column visits.door_lots.first is 'How many of them, from the beginning, went before others by priority.';

alter table visits.loans add column merged_acts integer not null default 0 check (merged_acts >= 0);
update visits.loans l set merged_acts = (select count(*) from visits.operations o where o.office_id = l.office_id and o.loan_id = l.id) where merged_at is not null;
comment on column visits.loans.merged_acts is 'How many acts of its tablet are merged. More may come after a list that is back: its answer was lost, and the tablet worked on.';

alter table visits.routes drop column later;
