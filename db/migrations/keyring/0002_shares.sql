-- Of every record of a citizen's a random share that its key needs. It can be destroyed alone (decision 0043).

create table keyring.shares (
  id            bytea       primary key check (octet_length(id) = 8),
  shares        bytea       not null check (octet_length(shares) = 16384),
  made_at       timestamptz not null,
  destroy_after date        not null
);
comment on table keyring.shares is 'Blocks of 1,024 random shares of 16 bytes. The key of a record derives from its day''s key and its share; a share of zeros is destroyed.';
comment on column keyring.shares.id is '8 random bytes; with the number of the share (2 bytes) written into the blob that it helped to seal.';
comment on column keyring.shares.made_at is 'UTC.';
comment on column keyring.shares.destroy_after is 'The day on which retention deletes the block, as the keys of the records in it.';
grant select, insert, update, delete on keyring.shares to ventanilla_keyring;
