-- External ids: what a customer's role demands of whoever assumes it. One per tenant and account. The run-time role names those two and
-- nothing else: it can neither choose an id nor change one. 128 of the 244 random bits of two UUIDs, so that no extension is needed.
create table app.external_id (
  tenant_id uuid not null references app.tenant,
  account_id text not null check (account_id ~ '^[0-9]{12}$'),
  external_id text not null check (external_id ~ '^[0-9a-f]{32}$')
    default left(encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'), 32),
  made_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, account_id)
);
select app_priv.protect('app.external_id', 'select, insert (tenant_id, account_id)');

alter table app.connection
  drop constraint connection_credential_kind_check,
  add constraint connection_credential_kind_check check (credential_kind in ('chain', 'sandbox', 'files', 'role')),
  drop constraint connection_check,
  add constraint connection_profile_of_a_chain check (credential_kind in ('chain', 'role') or credential_profile is null),
  add column role_arn text
    check (role_arn ~ '^arn:(aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$' and length(role_arn) <= 550),
  -- A role gives the account that its name says, and there is an external id of ours for it: the reference below.
  add column role_account_id text generated always as (split_part(role_arn, ':', 5)) stored,
  -- What the last probes of the role's trust policy showed. An insecure one gives no credentials.
  add column trust_state text check (trust_state in ('proven', 'insecureTrust')),
  add column trust_checked_at timestamptz,
  -- Null: the account's own view. A billing group's view has pro forma rates: what the customer is billed.
  add column billing_view_arn text
    check (billing_view_arn ~ '^arn:aws[a-z-]*:billing::[0-9]{12}:billingview/[A-Za-z0-9/:_+=.@-]{1,75}$'),
  add constraint connection_role check (
    (credential_kind = 'role') = (role_arn is not null)
    and (credential_kind = 'role') = (trust_state is not null)
    and (trust_state is null) = (trust_checked_at is null)
    and role_account_id = payer_account_id),
  add constraint connection_pro_forma_view check (
    billing_view_arn is null
    or credential_kind <> 'files' and (price_view = 'customerBilled' or billing_view_arn !~ ':billingview/billing-group-')),
  -- Not held against the rows before: none of them has a role, and to look at them needs a tenant's context.
  add constraint connection_external_id foreign key (tenant_id, role_account_id) references app.external_id (tenant_id, account_id)
    not valid;
create index connection_role_account on app.connection (tenant_id, role_account_id);

-- Whose role, which view and which prices a connection has never changes: another answer is another connection.
revoke update on app.connection from cost_pillar_app;
grant update (endpoint_url, trust_state, trust_checked_at) on app.connection to cost_pillar_app;
