-- How much was asked for, draw by draw, and what followed: draw or immediate booking.

create table allocation.measures (
  id            uuid          primary key,
  office_id     text          not null references offices.offices,
  service_group text          not null,
  measured_at   timestamptz   not null,
  draw_id       uuid          references allocation.draws,
  regime        text          not null check (regime in ('draw', 'immediate')),
  asked         numeric(12, 2),
  places        integer,
  ratio         numeric(8, 3),
  decision      text          not null check (decision in ('draw', 'immediate')),
  reason        text          not null,
  staff_id      uuid,
  unique (draw_id, office_id, service_group),
  constraint measured_or_decided_by_hand check ((draw_id is null) = (staff_id is not null) and (draw_id is null) = (asked is null) and (asked is null) = (places is null))
);
comment on table allocation.measures is 'The demand of each office and service group after each first draw, and what was decided about giving out its places. Insert only: staff see why.';
comment on column allocation.measures.measured_at is 'UTC.';
comment on column allocation.measures.draw_id is 'The first draw after which it was measured; empty for a decision by hand.';
comment on column allocation.measures.regime is 'How places were given out when it was measured.';
comment on column allocation.measures.asked is 'Places: in a draw the needs of the entries whose first wish names the office, in equal parts over the offices of that wish; in immediate booking the places that are taken.';
comment on column allocation.measures.places is 'Places: in a draw those committed; in immediate booking those released on the days that the next draw would cover.';
comment on column allocation.measures.ratio is 'Asked for divided by places, over the last two draws; empty where there are too few to tell.';
comment on column allocation.measures.reason is 'A code of rules/regime.ts.';
comment on column allocation.measures.staff_id is 'Who decided by hand.';
create index measures_latest on allocation.measures (office_id, service_group, measured_at desc);
create trigger measures_never_change before update or delete on allocation.measures for each row execute function platform.refuse_change();
create trigger measures_are_never_emptied before truncate on allocation.measures for each statement execute function platform.refuse_change();

grant select, insert on allocation.measures to ventanilla_worker;
grant select on allocation.measures to ventanilla_report;

create table allocation.waits (
  draw_id       uuid        not null references allocation.draws,
  office_id     text        not null references offices.offices,
  service_group text        not null,
  weeks         smallint    not null check (weeks > 0),
  stood         integer     not null check (stood > 0),
  served        integer     not null check (served between 0 and stood),
  places        integer     not null check (places >= 0),
  counted_at    timestamptz not null,
  primary key (draw_id, office_id, service_group, weeks)
);
comment on table allocation.waits is 'How long the households of each first draw had asked, and how many of them were given a place before the next one: counted once, when that is drawn. Insert only. Rows may be of one household: nobody publishes them, only the weeks that follow from many.';
comment on column allocation.waits.office_id is 'That the household''s first wish names first.';
comment on column allocation.waits.weeks is 'First draws in which the household stood, this one included.';
comment on column allocation.waits.stood is 'Households that no earlier draw had given a place.';
comment on column allocation.waits.places is 'Steps of counters that those who stood need.';
comment on column allocation.waits.counted_at is 'UTC. What is told while a draw takes requests was counted before it opened.';
create trigger waits_never_change before update or delete on allocation.waits for each row execute function platform.refuse_change();
create trigger waits_are_never_emptied before truncate on allocation.waits for each statement execute function platform.refuse_change();

grant select, insert on allocation.waits to ventanilla_worker;
grant select on allocation.waits to ventanilla_report;

-- The draw monitor counts offers by their answer; it learns neither whose they are nor what was promised.
grant select (draw_id, app_id, answer, answered_at) on allocation.filings to ventanilla_report;
create policy report_counts on allocation.filings for select to ventanilla_report using (true);
