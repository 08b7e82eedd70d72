-- More of what pages read, written like 0012 in the transaction that replaces the window behind it. No reference to app.tenant: see 0015.

-- What each meter cost in a month beside the month before, on one basis. Read from one slice a basis: `account-usage-type` (invoiceCost),
-- `account-service-running` (runningCost), or the lines of a file, which tell both.
create table app.spend_mover (
  tenant_id uuid not null,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  month date not null check (extract(day from month) = 1),
  basis text not null check (basis in ('invoiceCost', 'runningCost')),
  currency app.currency_code not null,
  -- Null is "outside the line's slice", '' is "the source said none".
  service_name text,
  usage_type text,
  region_id text,
  -- Null: no charge in this month (it had one in the month before).
  cost app.amount,
  -- Null: no charge in the month before.
  previous_cost app.amount,
  -- Null: nothing at all is known of the month before, so there is no telling.
  change app.amount
);
create index spend_mover_by_change on app.spend_mover (tenant_id, price_view, month, basis, currency, abs(change) desc);

-- Cost by workload of the newest plan and day, from app.spend_day and, for what is matched by resource or tag, from the lines of files.
create table app.spend_workload_day (
  tenant_id uuid not null,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  day date not null,
  -- As in app.plan_workload; null is "unassigned".
  position integer check (position >= 0),
  currency app.currency_code not null,
  billed_cost app.amount,
  running_cost app.amount,
  unique nulls not distinct (tenant_id, price_view, currency, position, day)
);
create index spend_workload_day_by_day on app.spend_workload_day (tenant_id, price_view, day);

-- What a month came to when the source first called it final, and what it comes to now.
create table app.month_close (
  tenant_id uuid not null references app.tenant,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  month date not null check (extract(day from month) = 1),
  currency app.currency_code not null,
  closed_at timestamptz not null,
  -- invoiceCost.
  closed_cost app.amount not null,
  cost app.amount not null,
  -- When the cost last changed after the close.
  restated_at timestamptz,
  primary key (tenant_id, price_view, month, currency)
);

select app_priv.protect('app.spend_mover', 'select, insert, delete');
select app_priv.protect('app.spend_workload_day', 'select, insert, delete');
select app_priv.protect('app.month_close', 'select, insert, update');
