-- Facts of every kind beside charges and resources: commitments, coverage, forecasts, anomalies. The kinds and their bodies are in
-- src/ledger; a new kind needs no migration.
create table app.observed_fact (
  tenant_id uuid not null references app.tenant,
  -- May belong to another tenant (the operator's payer), so it is a name here and not a reference.
  connection_id uuid not null,
  kind text not null check (length(kind) between 1 and 64),
  -- The connection's: whoever is billed in another view does not see what the payer pays.
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  -- Null: how things stood when it was read.
  day date,
  key text not null check (octet_length(key) between 1 and 1500),
  -- Null: the whole connection's.
  account_id text check (octet_length(account_id) between 1 and 1024),
  body jsonb not null,
  run_id uuid not null,
  read_at timestamptz not null default clock_timestamp(),
  unique nulls not distinct (tenant_id, kind, connection_id, day, key)
);

-- Kept by the connection's owner: who was ever given facts of a kind, and must lose them when they vanish.
create table app.fact_recipient (
  tenant_id uuid not null references app.tenant,
  connection_id uuid not null,
  kind text not null check (length(kind) between 1 and 64),
  recipient_tenant_id uuid not null,
  primary key (tenant_id, connection_id, kind, recipient_tenant_id)
);

select app_priv.protect('app.observed_fact', 'select, insert, delete');
select app_priv.protect('app.fact_recipient', 'select, insert');
