create table app.connection (
  tenant_id uuid not null references app.tenant,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 200),
  payer_account_id text not null check (length(payer_account_id) between 1 and 128),
  credential_kind text not null check (credential_kind in ('chain', 'sandbox', 'files')),
  credential_profile text check (credential_kind = 'chain' or credential_profile is null),
  region_id text not null,
  endpoint_url text,
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index connection_name on app.connection (tenant_id, name);
select app_priv.protect('app.connection', 'select, insert, update');

-- A range over text, so that "one account on some days" is a range of its own and a plain exclusion constraint forbids overlaps;
-- a range over dates beside the account id would need the extension btree_gist.
create type app.text_span as range (subtype = text, collation = pg_catalog."C", multirange_type_name = app.text_multispan);
grant usage on type app.text_span to cost_pillar_app;
grant execute on function app.text_span(text, text) to cost_pillar_app;

-- The digest gives every account a prefix of one length, so that no account id lies between the days of another.
create function app.account_days(account_id text, period daterange) returns app.text_span
  language sql immutable parallel safe set search_path = pg_catalog
  return app.text_span(
    md5(account_id) || lpad((lower(period) - date '0001-01-01')::text, 8, '0'),
    md5(account_id) || case when upper_inf(period) then '99999999' else lpad((upper(period) - date '0001-01-01')::text, 8, '0') end);
grant execute on function app.account_days(text, daterange) to cost_pillar_app;

-- Whose cost: kept by the tenant that owns the connection.
create table app.account_assignment (
  tenant_id uuid not null references app.tenant,
  id uuid not null default gen_random_uuid(),
  connection_id uuid not null,
  account_id text not null check (length(account_id) between 1 and 128),
  assigned_tenant_id uuid not null references app.tenant (tenant_id),
  period daterange not null check (not isempty(period) and not lower_inf(period) and lower(period) >= date '0001-01-01'),
  primary key (tenant_id, id),
  foreign key (tenant_id, connection_id) references app.connection (tenant_id, id),
  -- Over all tenants: on no day has an account two.
  constraint account_assignment_one_tenant_a_day exclude using gist (app.account_days(account_id, period) with &&)
);
create index account_assignment_connection on app.account_assignment (tenant_id, connection_id);
create index account_assignment_assigned_tenant on app.account_assignment (assigned_tenant_id);
create index account_assignment_account on app.account_assignment (tenant_id, account_id);
select app_priv.protect('app.account_assignment', 'select, insert, update, delete');

-- Only the operator gives accounts to others. A customer that could would write into a stranger's ledger.
create function app.check_assignment() returns trigger
  language plpgsql security definer set search_path = pg_catalog
as $$
begin
  if new.assigned_tenant_id <> new.tenant_id
    and not exists (select from app.tenant t where t.tenant_id = new.tenant_id and t.kind = 'operator') then
    raise exception 'only the operator assigns accounts to other tenants' using errcode = '42501';
  end if;
  return new;
end
$$;
create trigger check_assignment before insert or update on app.account_assignment
  for each row execute function app.check_assignment();
