-- The keys. In the main database, or in one of their own when KEYRING_DATABASE_URL names it: nothing here may lean on another schema.
-- The runner makes the schema, because it keeps there what ran.

comment on schema keyring is 'Wrapped keys. No foreign key points here, so that it can leave this cluster and its backups.';
comment on table keyring.migrations is 'Migrations of the keyring that ran, with the hash of their text.';
grant usage on schema keyring to ventanilla_keyring;

create table keyring.keys (
  id            bytea       primary key check (octet_length(id) = 8),
  name          text        not null,
  version       smallint    not null default 1,
  wrapped       bytea       not null,
  wrapped_by    bytea       not null,
  created_at    timestamptz not null,
  destroy_after date,
  unique (name, version)
);
comment on table keyring.keys is 'Secrets, each wrapped by another or by the root key. Destroying a month''s key makes everything under it unreadable, backups included.';
comment on column keyring.keys.id is '8 random bytes, written into every blob that the key sealed.';
comment on column keyring.keys.name is 'Purpose: digest:<column>, digest:<column>:<year>, sign:<purpose>, month:<YYYY-MM>, day:<office>:<date>, draft:<date>.';
comment on column keyring.keys.wrapped is 'AES-256-GCM of the 32 secret bytes under the key named in wrapped_by.';
comment on column keyring.keys.version is 'During a rotation two versions live; every digest is written and looked up under both.';
comment on column keyring.keys.destroy_after is 'The day on which retention deletes the row.';
grant select, insert, delete on keyring.keys to ventanilla_keyring;
