-- What a draw of a million need not do twice.

alter table allocation.draws add column entries_note text;
comment on column allocation.draws.entries_note is 'Signed by the operator at the lock: the digest of the entries as they were read, and the root they gave. The draw knows them by it again; without it, or where it does not fit, the tree is built anew.';

-- What an upgrader of a second round keeps; it was always in the leaf, and nothing could be kept in the row.
alter table allocation.entries add column holds text;
comment on column allocation.entries.holds is 'Second round only: the place that is kept unless a better-ranked one comes free, as canonical JSON.';

-- All rows of a draw''s result name that one draw: asked once for each statement, where a foreign key asks for each of a
-- million rows. That no draw goes while it has a result is asked of the draw''s own row.
alter table allocation.outcomes drop constraint outcomes_draw_id_fkey;
create function allocation.refuse_without_draw() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- The row is kept as a foreign key would keep it, until the transaction ends.
  perform from allocation.draws d where d.id in (select draw_id from touched) for key share;
  if exists (select from (select distinct draw_id from touched) t where not exists (select from allocation.draws d where d.id = t.draw_id)) then
    raise exception 'there is no such draw' using errcode = '23503';
  end if;
  return null;
end $$;
comment on function allocation.refuse_without_draw() is 'An outcome names a draw that there is.';
create trigger of_a_draw after insert on allocation.outcomes referencing new table as touched for each statement execute function allocation.refuse_without_draw();
create trigger of_a_draw_changed after update on allocation.outcomes referencing new table as touched for each statement execute function allocation.refuse_without_draw();
create function allocation.refuse_with_outcomes() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if (tg_op = 'DELETE' or new.id <> old.id) and exists (select from allocation.outcomes o where o.draw_id = old.id) then
    raise exception 'the draw has a result' using errcode = '23503';
  end if;
  return null;
end $$;
comment on function allocation.refuse_with_outcomes() is 'No draw goes while it has a result.';
create trigger keeps_its_result after delete or update of id on allocation.draws for each row execute function allocation.refuse_with_outcomes();
