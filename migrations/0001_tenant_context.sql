-- Runs as cost_pillar_owner. The roles and the schemas app and app_priv are made before (src/adapters/postgres/roles.ts).

-- Whatever is made from here on belongs to its owner alone until it is granted.
alter default privileges revoke execute on functions from public;
alter default privileges revoke usage on types from public;

revoke all on schema app_priv from public;
grant usage on schema app to cost_pillar_app;
grant select on app.schema_migration to cost_pillar_app;

create table app_priv.signing_key (
  id integer generated always as identity primary key,
  inner_pad bytea not null check (length(inner_pad) = 64),
  outer_pad bytea not null check (length(outer_pad) = 64),
  made_at timestamptz not null default now(),
  -- Null: the key in use. Otherwise an older one, still accepted until then.
  accepted_until timestamptz
);

-- HMAC-SHA256 (RFC 2104) from core functions, so that no extension is needed.
create function app_priv.mac(message text, inner_pad bytea, outer_pad bytea) returns text
  language sql immutable parallel safe set search_path = pg_catalog
  return encode(sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))), 'hex');

-- Whose transaction this is, from a context that only the holder of the key can sign. The expiry is compared with the start of the
-- transaction: a long pull keeps its context to the end, while a captured one opens no transaction after its 60 seconds.
create function app.tenant() returns uuid
  language plpgsql stable parallel safe security definer set search_path = pg_catalog
as $$
declare
  context text := current_setting('app.ctx', true);
  claim text;
  given text;
begin
  if coalesce(context, '') = '' then
    raise exception 'no tenant context' using errcode = '28000';
  end if;
  claim := split_part(context, '|', 1) || '|' || split_part(context, '|', 2);
  given := split_part(context, '|', 3);
  -- Digests are compared, not the codes themselves: the time of a comparison then tells nothing about the right one.
  if context <> claim || '|' || given or not exists (
    select from app_priv.signing_key k
    where (k.accepted_until is null or k.accepted_until > transaction_timestamp())
      and sha256(convert_to(given, 'UTF8')) = sha256(convert_to(app_priv.mac(claim, k.inner_pad, k.outer_pad), 'UTF8'))
  ) then
    raise exception 'tenant context forged' using errcode = '28000';
  end if;
  if split_part(claim, '|', 2)::bigint < extract(epoch from transaction_timestamp()) then
    raise exception 'tenant context expired' using errcode = '28000';
  end if;
  return split_part(claim, '|', 1)::uuid;
end
$$;
grant execute on function app.tenant() to cost_pillar_app;

-- The one way to make a tenant table: forced row-level security, the policy, and exactly these rights for the run-time role.
-- `directory`: the listed SECURITY DEFINER functions (they run as the owner) also read it across tenants.
create function app_priv.protect(target regclass, rights text, directory boolean default false) returns void
  language plpgsql set search_path = pg_catalog
as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant on %s to %s using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()))',
    target, case when directory then 'cost_pillar_app' else 'public' end);
  if directory then
    execute format('create policy directory on %s to cost_pillar_owner using (true) with check (true)', target);
  end if;
  execute format('revoke all on %s from public', target);
  execute format('grant %s on %s to cost_pillar_app', rights, target);
end
$$;

-- Exact amounts. A plain numeric accepts NaN and Infinity, and one of them spoils every sum.
create domain app.amount as numeric check (value not in ('NaN', 'Infinity', '-Infinity'));
create domain app.currency_code as text check (value ~ '^[A-Z]{3}$');
grant usage on type app.amount, app.currency_code to cost_pillar_app;
