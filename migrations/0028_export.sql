-- The export of the bill (Cost and Usage Report, Data Exports) that a connection reads from S3: one a connection, since it gives the charges.
create table app.export (
  tenant_id uuid not null references app.tenant,
  connection_id uuid not null,
  bucket text not null check (length(bucket) between 3 and 63),
  -- '' where the report lies at the top of the bucket.
  prefix text not null check (octet_length(prefix) <= 900),
  name text not null check (length(name) between 1 and 180),
  kind text not null check (kind in ('auto', 'cur', 'dataExport')),
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, connection_id),
  foreign key (tenant_id, connection_id) references app.connection (tenant_id, id)
);

-- What of each billing period lies in the ledger: an unchanged one is not fetched again. A period that vanished at the source stays.
create table app.export_period (
  tenant_id uuid not null references app.tenant,
  connection_id uuid not null,
  month date not null check (extract(day from month) = 1),
  -- AWS's assembly (CUR) or execution (Data Exports).
  assembly_id text not null check (length(assembly_id) between 1 and 200),
  manifest_etag text not null check (length(manifest_etag) between 1 and 200),
  -- [{ "key", "etag", "bytes" }]
  files jsonb not null,
  run_id uuid not null,
  imported_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, connection_id, month),
  foreign key (tenant_id, connection_id) references app.export (tenant_id, connection_id) on delete cascade
);

select app_priv.protect('app.export', 'select, insert, update');
select app_priv.protect('app.export_period', 'select, insert, update, delete');
