-- What is erased or sealed anew is unreadable in older backups too: its share of the key is destroyed (decision 0043).

create table platform.shreds (
  share    bytea       primary key check (octet_length(share) = 10),
  asked_at timestamptz not null,
  done_at  timestamptz
);
comment on table platform.shreds is 'Shares of keys that are to be destroyed, and those that were within the last 8 days: what a restored keyring must destroy again.';
comment on column platform.shreds.share is 'Block and number of the share in keyring.shares, as the blob that is gone named it.';
comment on column platform.shreds.asked_at is 'UTC at which the record was deleted or sealed anew.';
comment on column platform.shreds.done_at is 'UTC at which the keyring destroyed it; empty until then.';
grant insert on platform.shreds to ventanilla_citizen_writer, ventanilla_console, ventanilla_worker;
grant select, update, delete on platform.shreds to ventanilla_worker;

create function platform.shred_old() returns trigger language plpgsql set search_path = '' as $$
declare
  name text;
  was  bytea;
  now_ bytea;
begin
  foreach name in array tg_argv loop
    execute format('select ($1).%I', name) into was using old;
    if tg_op = 'UPDATE' then
      execute format('select ($1).%I', name) into now_ using new;
      continue when now_ is not distinct from was;
    end if;
    -- Format 2: key id, then the share; format 1 has none.
    if octet_length(was) > 37 and get_byte(was, 0) = 2 then
      insert into platform.shreds (share, asked_at) values (substr(was, 10, 10), pg_catalog.now()) on conflict do nothing;
    end if;
  end loop;
  return null;
end
$$;
comment on function platform.shred_old() is 'Asks for the destruction of the shares of sealed columns that were deleted or sealed anew, in the same transaction.';

create trigger shred_deleted after delete on booking.bookings for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on booking.bookings for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on booking.applicants for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on booking.applicants for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on allocation.requests for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on allocation.requests for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on integrity.filings for each row execute function platform.shred_old('sealed');
create trigger shred_replaced after update of sealed on integrity.filings for each row when (old.sealed is distinct from new.sealed) execute function platform.shred_old('sealed');
create trigger shred_deleted after delete on emergencies.requests for each row execute function platform.shred_old('sealed', 'answer_sealed');
create trigger shred_replaced after update of sealed, answer_sealed on emergencies.requests for each row when (old.sealed is distinct from new.sealed or old.answer_sealed is distinct from new.answer_sealed) execute function platform.shred_old('sealed', 'answer_sealed');
