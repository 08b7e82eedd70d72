-- How to read a reseller's statement: as somebody wrote it, one row a version; earlier ones stay.
create table app.statement_mapping (
  tenant_id uuid not null references app.tenant,
  name text not null check (length(name) between 1 and 64),
  version integer not null check (version > 0),
  document jsonb not null,
  saved_at timestamptz not null default now(),
  saved_by text not null,
  primary key (tenant_id, name, version)
);
select app_priv.protect('app.statement_mapping', 'select, insert');
