-- The ledger itself, at daily grain. No foreign key: checks per line would cost more than the load, and the dictionaries never lose a word.
create table app.charge (
  tenant_id uuid not null,
  feed_ref integer not null,
  day date not null,
  account_ref integer,
  meter_ref integer not null,
  resource_ref bigint,
  charge_category text check (charge_category in ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment', 'Unknown')),
  charge_type text check (length(charge_type) <= 128),
  currency app.currency_code not null,
  billed_cost app.amount not null,
  effective_cost app.amount not null,
  list_cost app.amount,
  contracted_cost app.amount,
  usage_quantity app.amount
) partition by range (day);

create unique index charge_line on app.charge
  (tenant_id, feed_ref, day, account_ref, meter_ref, resource_ref, currency, charge_type, charge_category) nulls not distinct;

select app_priv.protect('app.charge', 'select, insert, delete');

-- Makes the partition of a month. Attached rather than created in place, so that readers of the ledger do not wait for it. The
-- run-time role reaches a partition only through `app.charge`, where the policy stands; the partition's own is a second lock.
create function app.ensure_month(month date) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
declare
  first_day date := date_trunc('month', month)::date;
  part text := 'charge_' || to_char(first_day, 'YYYY_MM');
begin
  if month is null or month < date '2006-01-01' or month >= date '2100-01-01' then
    raise exception 'no ledger month for %: it must lie from 2006 to 2099', month using errcode = '22008';
  end if;
  if to_regclass('app.' || quote_ident(part)) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('app.ensure_month', 0));
  if to_regclass('app.' || quote_ident(part)) is not null then return; end if;
  execute format('create table app.%I (like app.charge including all)', part);
  execute format('alter table app.%I enable row level security', part);
  execute format('alter table app.%I force row level security', part);
  execute format('create policy tenant on app.%I using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()))', part);
  execute format('alter table app.charge attach partition app.%I for values from (%L) to (%L)',
    part, first_day, (first_day + interval '1 month')::date);
  execute format('revoke all on table app.%I from public, cost_pillar_app', part);
end
$$;
grant execute on function app.ensure_month(date) to cost_pillar_app;

-- What we know of each day of a feed: who wrote it last, whether the source still calls it an estimate, and how it met its control.
create table app.charge_day_status (
  tenant_id uuid not null,
  feed_ref integer not null,
  day date not null,
  currency app.currency_code not null,
  run_id uuid not null,
  estimated boolean not null,
  -- This tenant's own part of the day.
  billed_cost app.amount not null,
  effective_cost app.amount not null,
  -- The source's ungrouped total and what the lines left of it: the whole payer's, so only with the connection's owner.
  control_billed_cost app.amount,
  control_effective_cost app.amount,
  residual_billed_cost app.amount,
  residual_effective_cost app.amount,
  primary key (tenant_id, feed_ref, day, currency),
  foreign key (tenant_id, feed_ref) references app.feed (tenant_id, id)
);
create index charge_day_status_run on app.charge_day_status (tenant_id, run_id);

select app_priv.protect('app.charge_day_status', 'select, insert, delete');
