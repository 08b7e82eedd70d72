-- On-demand usage by the hour, kept beyond the two weeks that AWS keeps it. One row is an account, a usage type and a day with 24 figures each:
-- whoever reads wants whole days of a meter, and 24 rows of one figure would cost 24 times the headers and the index. Not partitioned: 50 accounts
-- with 20 meters make a third of a million rows a year.
create table app.hourly_usage (
  tenant_id uuid not null references app.tenant,
  -- May belong to another tenant (the operator's payer), so it is a name here and not a reference.
  connection_id uuid not null,
  day date not null,
  service_name text not null check (octet_length(service_name) between 1 and 1024),
  account_id text not null check (octet_length(account_id) between 1 and 64),
  usage_type text not null check (octet_length(usage_type) between 1 and 1024),
  usage_unit text,
  currency app.currency_code not null,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  billed_cost app.amount[] not null check (cardinality(billed_cost) = 24 and array_position(billed_cost, null) is null),
  usage_quantity app.amount[] not null check (cardinality(usage_quantity) = 24 and array_position(usage_quantity, null) is null),
  run_id uuid not null,
  read_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, day, connection_id, service_name, account_id, usage_type, currency)
);

-- Which days were read at all: a day without a row here is unknown, one with a row and no usage was quiet.
create table app.hourly_day (
  tenant_id uuid not null references app.tenant,
  connection_id uuid not null,
  service_name text not null check (octet_length(service_name) between 1 and 1024),
  day date not null,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  run_id uuid not null,
  primary key (tenant_id, day, connection_id, service_name)
);

select app_priv.protect('app.hourly_usage', 'select, insert, delete');
select app_priv.protect('app.hourly_day', 'select, insert, delete');
