-- runningCost by the values of cost allocation tags and cost categories. A table of its own, since a tag has no place in FOCUS's dimensions of a
-- charge: each key says the same money again, so lines of two keys are never added.
create table app.attribution_day (
  tenant_id uuid not null references app.tenant,
  -- May belong to another tenant (the operator's payer), so it is a name here and not a reference.
  connection_id uuid not null,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  key_kind text not null check (key_kind in ('tag', 'costCategory')),
  key text not null check (octet_length(key) between 1 and 1024),
  day date not null,
  -- Null: of the whole connection.
  account_id text check (octet_length(account_id) between 1 and 64),
  state text not null check (state in ('value', 'untagged', 'notAttributable', 'residual')),
  value text check (octet_length(value) <= 4096),
  currency app.currency_code not null,
  billed_cost app.amount not null,
  effective_cost app.amount not null,
  run_id uuid not null,
  read_at timestamptz not null default clock_timestamp(),
  check ((state = 'value') = (value is not null)),
  unique nulls not distinct (tenant_id, key_kind, key, day, connection_id, account_id, currency, state, value)
);

select app_priv.protect('app.attribution_day', 'select, insert, delete');

-- What people know of the agreements with AWS: credits, commits, discounts, support. Each change is a new revision; earlier ones stay.
create table app.contract (
  tenant_id uuid not null references app.tenant,
  id uuid not null,
  revision integer not null check (revision > 0),
  name text not null check (octet_length(name) between 1 and 800),
  starts_on date not null,
  -- First day on which it no longer holds; null: open.
  ends_on date check (ends_on >= starts_on),
  terms jsonb not null,
  recorded_by text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id, revision)
);

select app_priv.protect('app.contract', 'select, insert');
