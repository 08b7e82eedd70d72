import { describe, expect, it } from 'vitest';
import { lintCatalogue } from '../../../src/adapters/postgres/catalogue-lint.ts';
import { RULES } from '../../../src/adapters/postgres/catalogue-rules.ts';
import { testDatabase, withSuperuser } from '../../support/database.ts';

const db = testDatabase();

/** What breaks each rule, as a careless migration would write it, and the name that the lint must give it. */
const PLANTED: Readonly<Record<keyof typeof RULES, readonly { readonly sql: string; readonly object: string }[]>> = {
  'a tenant table has row-level security, forced': [
    { sql: 'create table app.planted (tenant_id uuid primary key)', object: 'app.planted' },
    { sql: 'alter table app.connection no force row level security', object: 'app.connection' },
  ],
  'a tenant table has a policy, and every policy compares with app.tenant()': [
    { sql: 'create policy open on app.connection using (true)', object: 'app.connection policy open' },
    { sql: 'drop policy tenant on app.outbox', object: 'app.outbox' },
    {
      sql: 'drop policy tenant on app.run; create policy tenant on app.run using (tenant_id = (select app.tenant())) with check (true)',
      object: 'app.run policy tenant',
    },
    {
      sql: `create policy directory on app.run to cost_pillar_owner using (true)`,
      object: 'app.run policy directory',
    },
    { sql: 'create policy everyone on app.tenant using (true)', object: 'app.tenant policy everyone' },
  ],
  'a table without a tenant is on the reviewed list': [{ sql: 'create table app.planted (id int)', object: 'app.planted' }],
  'a foreign key between tenant tables includes the tenant': [
    {
      sql: `alter table app.run add column plain uuid; create unique index planted on app.connection (id);
        alter table app.run add constraint planted foreign key (plain) references app.connection (id)`,
      object: 'app.run planted',
    },
  ],
  'a unique index on a tenant table starts with the tenant': [
    { sql: 'create unique index planted on app.connection (name)', object: 'app.planted' },
    { sql: 'create unique index planted on app.connection (name, tenant_id)', object: 'app.planted' },
  ],
  'there is no materialized view, and every view is a security_invoker': [
    { sql: 'create materialized view app.planted as select name from app.connection', object: 'app.planted' },
    { sql: 'create view app.planted as select name from app.connection', object: 'app.planted' },
  ],
  'a SECURITY DEFINER function sets its search_path, is on the reviewed list and belongs to no superuser': [
    {
      sql: `create function app.planted() returns int language sql security definer set search_path = pg_catalog return 1;
        alter function app.planted() owner to cost_pillar_owner; revoke execute on function app.planted() from public`,
      object: 'app.planted',
    },
    { sql: 'alter function app.find_key(text) reset search_path', object: 'app.find_key' },
    { sql: 'alter function app.list_tenants() owner to current_user', object: 'app.list_tenants' },
    { sql: 'grant execute on function app.find_session(text) to public', object: 'app.find_session' },
  ],
  'a run-time role owns nothing, passes by no policy and has no more rights than it needs': [
    { sql: 'grant truncate on app.connection to cost_pillar_app', object: 'cost_pillar_app may TRUNCATE app.connection' },
    { sql: 'grant create on schema app to cost_pillar_app', object: 'cost_pillar_app may create in app' },
    { sql: 'grant usage on schema app_priv to cost_pillar_app', object: 'cost_pillar_app may use app_priv' },
    {
      sql: 'create table app.planted (id int); alter table app.planted owner to cost_pillar_app',
      object: 'cost_pillar_app owns app.planted',
    },
    { sql: 'grant cost_pillar_owner to cost_pillar_app', object: 'cost_pillar_app may become the owner' },
    { sql: 'alter role cost_pillar_app bypassrls', object: 'cost_pillar_app passes by policies or makes roles' },
  ],
  'no default and no trigger writes another tenant': [
    { sql: 'alter table app.run alter tenant_id set default gen_random_uuid()', object: 'app.run.tenant_id has a default' },
    {
      sql: `create function app.planted() returns trigger language plpgsql as 'begin new.tenant_id := gen_random_uuid(); return new; end';
        create trigger planted before insert on app.run for each row execute function app.planted()`,
      object: 'app.run trigger planted',
    },
  ],
  'the columns of a foreign key are indexed': [
    {
      sql: `alter table app.outbox add column run_id uuid;
        alter table app.outbox add constraint planted foreign key (tenant_id, run_id) references app.run (tenant_id, id)`,
      object: 'app.outbox planted',
    },
  ],
};

describe('the lint of the catalogue', () => {
  it('finds nothing on the migrated database, asked as the run-time role', async () => {
    await db.database.withoutTenant((client) => client.query("select app.ensure_month('2026-01-01')"));
    expect(await db.database.withoutTenant(lintCatalogue)).toEqual([]);
  });

  it('has a planted violation for each rule', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(Object.keys(RULES).sort());
  });

  it.each(Object.entries(PLANTED).flatMap(([rule, violations]) => violations.map((violation) => ({ rule, ...violation }))))(
    '$rule: finds $object',
    async ({ rule, sql, object }) => {
      const findings = await withSuperuser(db.adminUrl, async (client) => {
        await client.query('begin');
        await client.query(sql);
        const found = await lintCatalogue(client);
        await client.query('rollback');
        return found;
      });
      expect(findings).toContainEqual({ rule, object });
    },
  );
});
