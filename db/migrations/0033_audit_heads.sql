-- Signed heads of the audit chain: what is published cannot be rewritten without showing.

create table audit.heads (
  at        timestamptz primary key,
  position  bigint      not null unique references audit.chain,
  hash      bytea       not null check (octet_length(hash) = 32),
  signature bytea       not null check (octet_length(signature) = 64)
);
comment on table audit.heads is 'The end of the chain at each full hour, signed and published. Insert only. Whoever rewrites the chain cannot rewrite the copies that others kept.';
comment on column audit.heads.at is 'UTC of signing.';
comment on column audit.heads.position is 'Not published: how much is done in an hour is nobody''s business.';
comment on column audit.heads.signature is 'Ed25519, over the text that platform/audit-heads.ts writes of time and hash.';
create trigger heads_never_change before update or delete on audit.heads for each row execute function platform.refuse_change();
create trigger heads_are_never_emptied before truncate on audit.heads for each statement execute function platform.refuse_change();
grant select, insert on audit.heads to ventanilla_worker;
grant select on audit.heads to ventanilla_report;
