create domain app.sha256_hex as text check (value ~ '^[0-9a-f]{64}$');
create domain app.role_name as text
  check (value in ('viewer', 'reviewer', 'tenantAdmin', 'integratorOperator', 'integratorAdmin'));
grant usage on type app.sha256_hex, app.role_name to cost_pillar_app;

-- Of every secret only its SHA-256 is kept: they are random and long, so a slow hash would add nothing.
create table app.api_key (
  tenant_id uuid not null references app.tenant,
  key_id text not null check (length(key_id) between 1 and 64),
  digest app.sha256_hex not null,
  name text not null check (length(name) between 1 and 200),
  scopes text[] not null check (scopes <@ array['read', 'write'] and cardinality(scopes) > 0),
  role app.role_name not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, key_id)
);
create unique index api_key_key_id on app.api_key (key_id);
select app_priv.protect('app.api_key', 'select, insert, update', directory => true);

create table app.sign_in_link (
  tenant_id uuid not null references app.tenant,
  digest app.sha256_hex not null,
  role app.role_name not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  primary key (tenant_id, digest)
);
create unique index sign_in_link_digest on app.sign_in_link (digest);
select app_priv.protect('app.sign_in_link', 'select, insert', directory => true);

create table app.session (
  tenant_id uuid not null references app.tenant,
  digest app.sha256_hex not null,
  -- May be shown and logged; the digest may not.
  id uuid not null default gen_random_uuid(),
  role app.role_name not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  idle_seconds integer not null check (idle_seconds > 0),
  last_seen_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (tenant_id, digest)
);
create unique index session_digest on app.session (digest);
select app_priv.protect('app.session', 'select, insert, update', directory => true);

-- Asked before there is a tenant. Each answers for one exact secret or key id only; none lists anything.
create function app.find_key(wanted_key_id text) returns table (digest text, tenant_id uuid, name text, scopes text[], role text)
  language sql volatile security definer set search_path = pg_catalog
  begin atomic
    -- At most one write a minute and key.
    update app.api_key k set last_used_at = clock_timestamp()
    where k.key_id = wanted_key_id and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
      and (k.last_used_at is null or k.last_used_at < clock_timestamp() - interval '1 minute');
    select k.digest::text, k.tenant_id, k.name, k.scopes, k.role::text from app.api_key k
    where k.key_id = wanted_key_id and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp());
  end;

create function app.redeem_link(wanted_digest text) returns table (tenant_id uuid, role text)
  language sql volatile security definer set search_path = pg_catalog
  begin atomic
    update app.sign_in_link l set redeemed_at = clock_timestamp()
    where l.digest = wanted_digest and l.redeemed_at is null and l.expires_at > clock_timestamp()
    returning l.tenant_id, l.role::text;
  end;

create function app.find_session(wanted_digest text) returns table (tenant_id uuid, role text, session_id uuid)
  language sql volatile security definer set search_path = pg_catalog
  begin atomic
    update app.session s set last_seen_at = clock_timestamp()
    where s.digest = wanted_digest and s.ended_at is null and s.expires_at > clock_timestamp()
      and s.last_seen_at + make_interval(secs => s.idle_seconds) > clock_timestamp()
      and s.last_seen_at < clock_timestamp() - least(interval '1 minute', make_interval(secs => s.idle_seconds / 4.0));
    select s.tenant_id, s.role::text, s.id from app.session s
    where s.digest = wanted_digest and s.ended_at is null and s.expires_at > clock_timestamp()
      and s.last_seen_at + make_interval(secs => s.idle_seconds) > clock_timestamp();
  end;

grant execute on function app.find_key(text), app.redeem_link(text), app.find_session(text) to cost_pillar_app;
