-- What an organisation decided to live with, until a day. Each change is a new revision; earlier ones stay. An exemption is named by what it
-- is about (a fingerprint of the columns from detector_id to tag_value), so the same one written twice is one.
create table app.exemption (
  tenant_id uuid not null references app.tenant,
  id uuid not null,
  revision integer not null check (revision > 0),
  change text not null check (change in ('added', 'changed', 'ended')),
  -- Why it was ended.
  ended_because text check (octet_length(ended_because) between 1 and 4000),
  detector_id text,
  resource_id text check (octet_length(resource_id) between 1 and 4096),
  account_id text check (octet_length(account_id) between 1 and 64),
  region_id text check (octet_length(region_id) <= 64),
  tag_key text check (octet_length(tag_key) between 1 and 1024),
  tag_value text check (octet_length(tag_value) <= 4096),
  owner text not null check (octet_length(owner) between 1 and 800),
  reason text not null check (octet_length(reason) between 1 and 4000),
  approver text not null check (octet_length(approver) between 1 and 800),
  decided_on date not null,
  -- First day on which it no longer holds.
  expires_on date not null,
  -- It holds while what it is about costs at most this a month.
  maximum_monthly_cost app.amount,
  currency app.currency_code,
  recorded_by text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id, revision),
  check (expires_on > decided_on and expires_on <= decided_on + 400),
  check ((maximum_monthly_cost is null) = (currency is null)),
  check ((change = 'ended') = (ended_because is not null)),
  check ((tag_key is null) = (tag_value is null)),
  -- One resource, or what one rule says of one account or one tag.
  check (case when resource_id is not null then tag_key is null
              else detector_id is not null and region_id is null and (account_id is null) <> (tag_key is null) end)
);
select app_priv.protect('app.exemption', 'select, insert');
select app_priv.note_changes('app.exemption');
create trigger append_only before update or delete on app.exemption for each row execute function app.refuse_change();
create trigger append_only_whole before truncate on app.exemption for each statement execute function app.refuse_change();

-- What the exempted advice would save. Before this file nothing could be exempted.
alter table app.advice_run add column accepted_cost app.amount not null default 0;
