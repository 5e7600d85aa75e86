-- A CURP that says otherwise than the acta beside it: a slip more often than not, and a fact for the score (I2).
alter table integrity.filings add column differs boolean not null default false;
comment on column integrity.filings.differs is 'Her CURP says another date, sex or initial than she does; she was asked once and stood by it. Says nothing to whoever saw her paper (seen).';
