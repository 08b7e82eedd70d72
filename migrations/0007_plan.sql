-- The plan as somebody wrote it, one row a version; earlier ones stay.
create table app.plan_version (
  tenant_id uuid not null references app.tenant,
  version integer not null check (version > 0),
  name text not null,
  currency app.currency_code not null,
  document jsonb not null,
  saved_at timestamptz not null default now(),
  saved_by text not null,
  primary key (tenant_id, version)
);
select app_priv.protect('app.plan_version', 'select, insert');

-- The same workloads as rows, in list order: the first that matches a charge has it.
create table app.plan_workload (
  tenant_id uuid not null references app.tenant,
  version integer not null,
  position integer not null check (position >= 0),
  wave text not null,
  cut_over date not null,
  ramp_days integer not null check (ramp_days >= 0),
  workload text not null,
  owner text,
  matches jsonb not null,
  expected_monthly_cost app.amount not null,
  on_premises_monthly_cost app.amount,
  on_premises_end_date date,
  primary key (tenant_id, version, position),
  foreign key (tenant_id, version) references app.plan_version (tenant_id, version)
);
select app_priv.protect('app.plan_workload', 'select, insert');

-- What only a person can know of a workload.
create table app.hearing_fact (
  tenant_id uuid not null references app.tenant,
  version integer not null,
  position integer not null,
  environment text check (environment in ('production', 'staging', 'development')),
  criticality text check (criticality in ('high', 'medium', 'low')),
  disaster_recovery_role text check (disaster_recovery_role in ('active', 'standby', 'none')),
  operating_hours text,
  licence_bound boolean,
  end_date date,
  primary key (tenant_id, version, position),
  foreign key (tenant_id, version, position) references app.plan_workload (tenant_id, version, position)
);
select app_priv.protect('app.hearing_fact', 'select, insert');
