-- What the organisation decided, as people wrote it: a row a version, earlier ones stay. The operator's tenant also keeps the one that holds for
-- all tenants ("integrator"); the two are numbered together.
create table app.policy (
  tenant_id uuid not null references app.tenant,
  version integer not null check (version > 0),
  layer text not null check (layer in ('integrator', 'tenant')),
  body text not null check (octet_length(body) between 1 and 1000000),
  reason text not null check (octet_length(reason) between 1 and 4000),
  recorded_by text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, version)
);
create index policy_by_layer on app.policy (tenant_id, layer, version desc);
select app_priv.protect('app.policy', 'select, insert');

-- By which versions a turn was judged, and what it found too small to show. The integrator's row is the operator's, so it is a number here and not
-- a reference. Turns before this file have none,
-- so there is nothing to check among them: checking would need a tenant's context.
alter table app.advice_run
  add column policy_version integer,
  add column integrator_policy_version integer,
  add column below_minimum_saving jsonb,
  add foreign key (tenant_id, policy_version) references app.policy (tenant_id, version) not valid;
create index advice_run_by_policy on app.advice_run (tenant_id, policy_version);
select app_priv.note_changes('app.policy');
