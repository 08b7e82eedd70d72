-- Whether anything that advice reads has changed. One row a tenant and writing transaction, with a value that never comes back: whoever keeps an
-- answer keeps the values it was made from. Writers never wait for each other here, which a counter in one row would make them do.
create table app.ledger_change (
  tenant_id uuid not null references app.tenant,
  transaction xid8 not null default pg_current_xact_id(),
  stamp uuid not null default gen_random_uuid(),
  changed_at timestamptz not null default now(),
  primary key (tenant_id, transaction)
);
select app_priv.protect('app.ledger_change', 'select, insert, update, delete');

-- A new row takes the old ones away: the values differ as a whole as long as one row of them is new. Rows that another writer is taking away
-- are left to it. Without a context only a superuser gets as far as here (a restore, a repair by hand), and whose rows it wrote nobody can tell.
create function app.note_ledger_change() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  if coalesce(current_setting('app.ctx', true), '') = '' then
    insert into app.ledger_change (tenant_id) select tenant_id from app.tenant on conflict do nothing;
    return null;
  end if;
  insert into app.ledger_change (tenant_id) values (app.tenant()) on conflict do nothing;
  if found then
    delete from app.ledger_change where (tenant_id, transaction) in (
      select tenant_id, transaction from app.ledger_change
       where tenant_id = app.tenant() and changed_at < now() - interval '1 hour'
         for update skip locked);
  end if;
  return null;
end
$$;

create function app_priv.note_changes(target regclass) returns void
  language plpgsql set search_path = pg_catalog
as $$
begin
  execute format(
    'create trigger note_ledger_change after insert or update or delete on %s for each statement execute function app.note_ledger_change()',
    target);
end
$$;

select app_priv.note_changes(name::regclass)
  from unnest(array[
    'app.connection', 'app.account', 'app.meter', 'app.resource', 'app.feed', 'app.charge', 'app.charge_day_status', 'app.spend_day',
    'app.spend_month', 'app.month_close', 'app.observed_resource', 'app.aws_recommendation', 'app.coverage', 'app.price', 'app.bill_tag',
    'app.observed_fact', 'app.fact_recipient', 'app.hourly_usage', 'app.hourly_day', 'app.plan_version', 'app.plan_workload',
    'app.hearing_fact', 'app.recommendation']) as name;
