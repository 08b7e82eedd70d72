-- As in 0011, but for the second look: to_regclass remembers that there was no such table and does not look again after a wait for a lock,
-- so two first pulls at once made the month twice, and the later one failed.
create or replace function app.ensure_month(month date) returns void
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
  if exists (select from pg_class c where c.relname = part and c.relnamespace = 'app'::regnamespace) then return; end if;
  execute format('create table app.%I (like app.charge including all)', part);
  execute format('alter table app.%I enable row level security', part);
  execute format('alter table app.%I force row level security', part);
  execute format('create policy tenant on app.%I using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()))', part);
  execute format('alter table app.charge attach partition app.%I for values from (%L) to (%L)',
    part, first_day, (first_day + interval '1 month')::date);
  execute format('revoke all on table app.%I from public, cost_pillar_app', part);
end
$$;

-- Drops the oldest month of lines, of all tenants, if it is older than the given number of months; answers its first day, or null when
-- there is none. What pages read (spend_day, spend_month and so on) stays. Never a month of the last 38, whatever is asked: the floor is
-- here, so that no injected statement takes a younger one. It waits half a second for readers and writers, then gives up (55P03).
create function app.drop_oldest_month(keep_months integer) returns date
language plpgsql security definer set search_path = pg_catalog set lock_timeout = '500ms'
as $$
declare
  oldest text;
  first_day date;
begin
  if keep_months is null or keep_months < 38 then
    raise exception 'the lines of the last 38 months are kept' using errcode = '22023';
  end if;
  select min(c.relname) into oldest from pg_inherits i join pg_class c on c.oid = i.inhrelid
   where i.inhparent = 'app.charge'::regclass and c.relname ~ '^charge_\d{4}_\d{2}$';
  if oldest is null then return null; end if;
  first_day := to_date(right(oldest, 7), 'YYYY_MM');
  if first_day >= (date_trunc('month', now() at time zone 'UTC') - make_interval(months => keep_months))::date then return null; end if;
  -- The parent first, like whoever writes: two locks in one order wait and never block each other.
  lock table app.charge in access exclusive mode;
  execute format('drop table app.%I', oldest);
  return first_day;
end
$$;
grant execute on function app.drop_oldest_month(integer) to cost_pillar_app;
