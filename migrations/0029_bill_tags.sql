-- Tags of resources as bill files state them: apart from app.observed_resource, which each pull of its sources replaces.
create table app.bill_tag (
  tenant_id uuid not null references app.tenant,
  -- May belong to another tenant (the operator's payer), so it is a name here and not a reference.
  connection_id uuid not null,
  account_id text not null,
  resource_ref bigint not null,
  -- A list of {key, value}: a tag may be called __proto__.
  tags jsonb not null,
  -- Day of the line that stated them: an older line does not overwrite a newer one's.
  seen_on date not null,
  run_id uuid not null,
  primary key (tenant_id, connection_id, account_id, resource_ref),
  foreign key (tenant_id, resource_ref) references app.resource (tenant_id, id)
);
create index bill_tag_by_resource on app.bill_tag (tenant_id, resource_ref);

select app_priv.protect('app.bill_tag', 'select, insert, update, delete');
