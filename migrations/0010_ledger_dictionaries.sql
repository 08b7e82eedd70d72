-- Words that a bill repeats a million times are written down once per tenant. The run-time role may add words and never take one
-- away or change it, except an account's name: that is why the charges below carry plain numbers and need no foreign key.

create table app.account (
  tenant_id uuid not null references app.tenant,
  id integer generated always as identity,
  -- 12 digits on AWS; other clouds have their own.
  account_id text not null check (octet_length(account_id) between 1 and 1024),
  account_name text,
  primary key (tenant_id, id),
  unique (tenant_id, account_id)
);

-- What is measured: null is "outside the line's slice", '' is "the source said none".
create table app.meter (
  tenant_id uuid not null references app.tenant,
  id integer generated always as identity,
  -- Fingerprint of the five parts below, null and '' kept apart. Parts may be too long for an index together.
  key text not null check (length(key) = 32),
  service_name text,
  usage_type text,
  operation text,
  usage_unit text,
  region_id text,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);

create table app.resource (
  tenant_id uuid not null references app.tenant,
  id bigint generated always as identity,
  resource_id text not null check (octet_length(resource_id) between 1 and 2048),
  primary key (tenant_id, id),
  unique (tenant_id, resource_id)
);

-- One slice as seen over one connection in one price view. Lines of different feeds may say the same money again. The connection may
-- belong to another tenant (the operator's payer), so it is a name here and not a reference.
create table app.feed (
  tenant_id uuid not null references app.tenant,
  id integer generated always as identity,
  connection_id uuid not null,
  slice_id text not null check (length(slice_id) between 1 and 200),
  price_view text not null check (price_view in ('awsBilled', 'customerBilled')),
  primary key (tenant_id, id),
  unique (tenant_id, connection_id, slice_id, price_view)
);

-- Kept by the tenant that owns the connection: who was ever given lines of a feed, and must lose them when they vanish.
create table app.feed_recipient (
  tenant_id uuid not null references app.tenant,
  feed_ref integer not null,
  recipient_tenant_id uuid not null,
  primary key (tenant_id, feed_ref, recipient_tenant_id),
  foreign key (tenant_id, feed_ref) references app.feed (tenant_id, id)
);

select app_priv.protect('app.account', 'select, insert, update (account_name)');
select app_priv.protect('app.meter', 'select, insert');
select app_priv.protect('app.resource', 'select, insert');
select app_priv.protect('app.feed', 'select, insert');
select app_priv.protect('app.feed_recipient', 'select, insert');
