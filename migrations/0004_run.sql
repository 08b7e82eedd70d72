-- Every attempt at a source, kept as an audit: run-time roles never delete one.
create table app.run (
  tenant_id uuid not null references app.tenant,
  id uuid not null default gen_random_uuid(),
  connection_id uuid,
  source text not null check (length(source) between 1 and 200),
  period daterange,
  status text not null default 'running' check (status in ('running', 'ok', 'partial', 'rejected', 'failed', 'abandoned')),
  -- Grows by one with each run of the same source: who holds an older one has lost the right to write.
  fence bigint not null,
  -- The session lock that the working process holds while it lives.
  presence bigint not null,
  heartbeat_at timestamptz not null default clock_timestamp(),
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  pages integer not null default 0 check (pages >= 0),
  request_cost app.amount not null default 0,
  rows bigint not null default 0,
  quarantined bigint not null default 0,
  total app.amount,
  residual app.amount,
  currency app.currency_code,
  error_code text,
  error_message text,
  error_next_step text,
  primary key (tenant_id, id),
  foreign key (tenant_id, connection_id) references app.connection (tenant_id, id),
  check ((status = 'running') = (ended_at is null)),
  check ((error_code is null) = (error_message is null) and (error_code is null) = (error_next_step is null))
);
create unique index run_one_at_a_time on app.run (tenant_id, source, connection_id) nulls not distinct where status = 'running';
create index run_newest on app.run (tenant_id, started_at desc, id desc);
create index run_connection on app.run (tenant_id, connection_id, source, fence desc);
select app_priv.protect('app.run', 'select, insert, update');

-- One bought page of a source that asks money for an answer, written down before its content is used.
create table app.bought_page (
  tenant_id uuid not null references app.tenant,
  run_id uuid not null,
  page integer not null,
  connection_id uuid,
  request_cost app.amount not null check (request_cost >= 0),
  bought_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, run_id, page),
  foreign key (tenant_id, run_id) references app.run (tenant_id, id),
  foreign key (tenant_id, connection_id) references app.connection (tenant_id, id)
);
create index bought_page_connection on app.bought_page (tenant_id, connection_id, bought_at);
select app_priv.protect('app.bought_page', 'select, insert');

-- Rows that a run could not read: counted and kept with the reason, never guessed and never dropped.
create table app.quarantined_row (
  tenant_id uuid not null references app.tenant,
  run_id uuid not null,
  row_number integer not null,
  reason text not null,
  row_text text not null check (length(row_text) <= 2000),
  primary key (tenant_id, run_id, row_number),
  foreign key (tenant_id, run_id) references app.run (tenant_id, id)
);
select app_priv.protect('app.quarantined_row', 'select, insert, delete');
