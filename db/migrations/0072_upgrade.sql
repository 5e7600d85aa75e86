-- "Yes, and change it for me if one that I would rather have comes free": fairness 4.1.7.

alter table allocation.filings add column upgrade boolean not null default false;
comment on column allocation.filings.upgrade is 'The household said yes, and keeps this place unless the second round has one that it ranked before it.';

alter table allocation.requests add column exchanges uuid references allocation.draws;
comment on column allocation.requests.exchanges is 'The second round in which its place may be exchanged for a better-ranked one, from that draw''s lock to its result: meanwhile nothing else becomes of the place.';
create index requests_exchanging on allocation.requests (exchanges) where exchanges is not null;

-- A yes and a no look at it; a household reads its own.
grant select (exchanges) on allocation.requests to ventanilla_citizen_writer;
