create table app.tenant (
  tenant_id uuid primary key default gen_random_uuid(),
  name text not null check (name = btrim(name) and length(name) between 1 and 200),
  kind text not null check (kind in ('operator', 'customer')),
  locale text not null check (locale in ('en', 'ja')),
  created_at timestamptz not null default now()
);
create unique index tenant_name on app.tenant (name);
create unique index tenant_one_operator on app.tenant (kind) where kind = 'operator';
select app_priv.protect('app.tenant', 'select', directory => true);

-- The operator is a tenant too: it holds what belongs to no customer.
insert into app.tenant (name, kind, locale) values ('operator', 'operator', 'en');

-- For the installation itself (command line, start-up); the API never reaches these.
create function app.operator_tenant()
  returns table (tenant_id uuid, name text, kind text, locale text)
  language sql stable security definer set search_path = pg_catalog
  begin atomic
    select t.tenant_id, t.name, t.kind, t.locale from app.tenant t where t.kind = 'operator';
  end;

create function app.list_tenants()
  returns table (tenant_id uuid, name text, kind text, locale text)
  language sql stable security definer set search_path = pg_catalog
  begin atomic
    select t.tenant_id, t.name, t.kind, t.locale from app.tenant t order by t.kind desc, t.name collate "C";
  end;

create function app.create_tenant(wanted_name text, wanted_locale text)
  returns table (tenant_id uuid, name text, kind text, locale text)
  language sql volatile security definer set search_path = pg_catalog
  begin atomic
    insert into app.tenant as t (name, kind, locale) values (wanted_name, 'customer', wanted_locale)
    returning t.tenant_id, t.name, t.kind, t.locale;
  end;

grant execute on function app.operator_tenant(), app.list_tenants(), app.create_tenant(text, text) to cost_pillar_app;
