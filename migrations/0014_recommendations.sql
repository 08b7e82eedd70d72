create table app.recommendation (
  tenant_id uuid not null references app.tenant,
  id text collate "C" not null check (length(id) between 1 and 64),
  detector_id text not null,
  category text not null,
  account_id text not null,
  resource_id text,
  status text not null check (status in ('open', 'accepted', 'implemented', 'snoozed', 'dismissed', 'exempted', 'closed')),
  currency app.currency_code not null,
  net_monthly_savings app.amount not null,
  -- Place in the last advice, from 1.
  rank integer not null check (rank > 0),
  first_seen date not null,
  last_seen date not null,
  -- Recommendation as src/advice has it: what is read back. The columns beside it are for filters and order.
  body jsonb not null,
  primary key (tenant_id, id)
);
create index recommendation_by_savings on app.recommendation (tenant_id, status, net_monthly_savings desc, id desc);
create index recommendation_by_rank on app.recommendation (tenant_id, status, rank, id);
create index recommendation_by_first_seen on app.recommendation (tenant_id, status, first_seen desc, id desc);

-- Append-only: the run-time role may neither change nor delete what was said.
create table app.recommendation_event (
  tenant_id uuid not null references app.tenant,
  id bigint generated always as identity,
  recommendation_id text collate "C" not null,
  at timestamptz not null default clock_timestamp(),
  day date not null,
  from_status text,
  to_status text not null,
  actor text not null,
  because text,
  primary key (tenant_id, id),
  foreign key (tenant_id, recommendation_id) references app.recommendation (tenant_id, id)
);
create index recommendation_event_by_recommendation on app.recommendation_event (tenant_id, recommendation_id, id);

-- One whole answer: its totals and what could not be judged.
create table app.advice_run (
  tenant_id uuid not null references app.tenant,
  id bigint generated always as identity,
  made_at timestamptz not null default clock_timestamp(),
  as_of date not null,
  data_as_of date,
  currency app.currency_code not null,
  gross app.amount not null,
  overlap app.amount not null,
  net app.amount not null,
  judged jsonb not null,
  not_judged jsonb not null,
  primary key (tenant_id, id)
);

select app_priv.protect('app.recommendation', 'select, insert, update');
select app_priv.protect('app.recommendation_event', 'select, insert');
select app_priv.protect('app.advice_run', 'select, insert');
