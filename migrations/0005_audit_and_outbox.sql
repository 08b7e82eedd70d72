create table app.audit_event (
  tenant_id uuid not null references app.tenant,
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('person', 'key', 'localOperator', 'job')),
  actor_id text not null,
  actor_label text not null,
  action text not null check (length(action) between 1 and 200),
  subject text not null,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (tenant_id, id)
);
create index audit_event_newest on app.audit_event (tenant_id, at desc, id desc);
select app_priv.protect('app.audit_event', 'select, insert');

-- Append-only for the owner too, not by grants alone.
create function app.refuse_change() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end
$$;
create trigger append_only before update or delete on app.audit_event for each row execute function app.refuse_change();
create trigger append_only_whole before truncate on app.audit_event for each statement execute function app.refuse_change();

-- What is to be sent, written in the transaction that gives the reason for it. The natural key makes writing twice the same as once.
create table app.outbox (
  tenant_id uuid not null references app.tenant,
  id uuid not null default gen_random_uuid(),
  kind text not null check (length(kind) between 1 and 100),
  natural_key text not null check (length(natural_key) between 1 and 500),
  payload jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed', 'unknown')),
  attempts integer not null default 0 check (attempts >= 0),
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  lease_until timestamptz,
  sent_at timestamptz,
  last_error text,
  primary key (tenant_id, id)
);
create unique index outbox_natural_key on app.outbox (tenant_id, kind, natural_key);
create index outbox_due on app.outbox (tenant_id, due_at) where state in ('waiting', 'sending');
select app_priv.protect('app.outbox', 'select, insert, update');
