-- Facts that are not charges. Each pull replaces what its connection said before.

create table app.observed_resource (
  tenant_id uuid not null references app.tenant,
  connection_id uuid not null,
  account_id text not null,
  resource_ref bigint not null,
  region_id text not null,
  -- A list of {key, value}: a tag may be called __proto__.
  tags jsonb not null,
  utilization jsonb,
  operation text,
  run_id uuid not null,
  primary key (tenant_id, connection_id, account_id, resource_ref),
  foreign key (tenant_id, resource_ref) references app.resource (tenant_id, id)
);
create index observed_resource_by_resource on app.observed_resource (tenant_id, resource_ref);

create table app.aws_recommendation (
  tenant_id uuid not null references app.tenant,
  id bigint generated always as identity,
  connection_id uuid not null,
  account_id text not null,
  refreshed_on date not null,
  -- AwsRecommendation as src/ledger has it.
  body jsonb not null,
  run_id uuid not null,
  primary key (tenant_id, id)
);
create index aws_recommendation_by_connection on app.aws_recommendation (tenant_id, connection_id);

create table app.coverage (
  tenant_id uuid not null references app.tenant,
  connection_id uuid not null,
  fact text not null check (fact in ('usageByResource', 'usageByAccount', 'computeOptimizer', 'prices')),
  account_id text not null,
  region_id text,
  state text not null check (state in ('covered', 'notEnrolled', 'accessDenied', 'failed', 'notPulled', 'tooOld')),
  detail text,
  run_id uuid not null,
  unique nulls not distinct (tenant_id, connection_id, fact, account_id, region_id)
);

-- Kept by the connection's owner: who was ever given observations of it, and must lose them when they vanish.
create table app.observation_recipient (
  tenant_id uuid not null references app.tenant,
  connection_id uuid not null,
  recipient_tenant_id uuid not null,
  primary key (tenant_id, connection_id, recipient_tenant_id)
);

create table app.price (
  tenant_id uuid not null references app.tenant,
  -- Fingerprint of the question.
  key text not null check (length(key) = 32),
  question jsonb not null,
  answer jsonb not null,
  read_at timestamptz not null,
  primary key (tenant_id, key)
);

select app_priv.protect('app.observed_resource', 'select, insert, update, delete');
select app_priv.protect('app.aws_recommendation', 'select, insert, update, delete');
select app_priv.protect('app.coverage', 'select, insert, update, delete');
select app_priv.protect('app.observation_recipient', 'select, insert, update, delete');
select app_priv.protect('app.price', 'select, insert, update, delete');
