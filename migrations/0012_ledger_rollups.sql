-- What pages read. Ordinary tables, written in the transaction that replaces the window behind them.

create table app.spend_day (
  tenant_id uuid not null references app.tenant,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  connection_id uuid not null,
  day date not null,
  account_ref integer,
  -- '' where the source names none, '__unattributed__' for what a source's total has and its lines have not.
  service_name text not null,
  currency app.currency_code not null,
  -- invoiceCost: everything, cash basis. Null: the slice that tells it was not pulled.
  billed_cost app.amount,
  -- runningCost: amortised, without tax, credits, refunds and support.
  running_cost app.amount,
  from_file boolean not null,
  -- Whose account this is: 0 assigned over this connection, 1 assigned to nobody, 2 assigned over another connection.
  standing smallint not null check (standing between 0 and 2),
  -- False where another connection is the one source of this account on this day: no account counts twice.
  counted boolean not null,
  unique nulls not distinct (tenant_id, connection_id, price_view, day, account_ref, service_name, currency, from_file)
);
create index spend_day_by_day on app.spend_day (tenant_id, price_view, day);

create table app.spend_month (
  tenant_id uuid not null references app.tenant,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  month date not null check (extract(day from month) = 1),
  service_name text not null,
  currency app.currency_code not null,
  billed_cost app.amount,
  running_cost app.amount,
  primary key (tenant_id, price_view, month, service_name, currency)
);

select app_priv.protect('app.spend_day', 'select, insert, update, delete');
select app_priv.protect('app.spend_month', 'select, insert, update, delete');
