import { APP_ROLE, OWNER_ROLE } from './roles.ts';

/** What a rule would find and somebody has looked at. Each with its reason; nothing comes onto a list by itself. */
export const REVIEWED = {
  /** Hold no tenant's data. */
  tablesWithoutTenant: ['app.schema_migration', 'app_priv.signing_key'],
  /** Read across tenants by the listed SECURITY DEFINER functions, which run as the owner. */
  directoryTables: ['app.tenant', 'app.api_key', 'app.sign_in_link', 'app.session'],
  /**
   * Unique over all tenants: the names of tenants and the one operator (run-time roles cannot insert there), random ids and digests by
   * which someone is found before there is a tenant.
   */
  uniqueOverTenants: [
    'app.tenant_name',
    'app.tenant_one_operator',
    'app.api_key_key_id',
    'app.sign_in_link_digest',
    'app.session_digest',
    'app.account_assignment_one_tenant_a_day',
  ],
  /** Tell the tenant, or answer one exact question before there is one, or keep a rule over tenants, or make a month, or drop one that is too old. */
  definerFunctions: [
    'app.tenant',
    'app.operator_tenant',
    'app.list_tenants',
    'app.create_tenant',
    'app.check_assignment',
    'app.find_key',
    'app.redeem_link',
    'app.find_session',
    'app.ensure_month',
    'app.drop_oldest_month',
  ],
  /** Write nothing, or nothing but what they were given, or only that something of the tenant has changed. */
  triggerFunctions: ['app.check_assignment', 'app.refuse_change', 'app.note_ledger_change'],
  /** Leave the tenant out: the tenant they name is another one on purpose (who was given an account). */
  keysToAnotherTenant: ['account_assignment_assigned_tenant_id_fkey'],
} as const;

interface Rule {
  /** Answers one row (`object`) a violation; $1 is the reviewed list, where there is one. */
  readonly sql: string;
  readonly reviewed?: keyof typeof REVIEWED;
}

const OURS = `n.nspname in ('app', 'app_priv')`;
/** The reviewed lists name things as "schema.name". */
const NAMED = `n.nspname || '.' || c.relname`;
const TENANT_TABLES = `select c.oid, ${NAMED} as name, c.relrowsecurity, c.relforcerowsecurity
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and c.relkind in ('r', 'p')
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)`;
/** As Postgres prints the condition of our policies. */
const OWN_ROWS = '(tenant_id = ( SELECT app.tenant() AS tenant))';
/** What a run-time login may be: every role that has the rights of the group, superusers apart. */
const RUN_TIME_ROLES = `select r.oid, r.rolname from pg_roles r
  where r.rolname = '${APP_ROLE}' or exists (
    select from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid and g.rolname = '${APP_ROLE}'
      and not r.rolsuper and not r.rolcreaterole)`;

/** The rules of tenancy. Each has its planted violation in the tests. */
export const RULES: Readonly<Record<string, Rule>> = {
  'a tenant table has row-level security, forced': {
    sql: `select name as object from (${TENANT_TABLES}) t where not (relrowsecurity and relforcerowsecurity) order by 1`,
  },
  'a tenant table has a policy, and every policy compares with app.tenant()': {
    reviewed: 'directoryTables',
    sql: `select t.name as object from (${TENANT_TABLES}) t where not exists (select from pg_policy p where p.polrelid = t.oid)
      union all
      select t.name || ' policy ' || p.polname from (${TENANT_TABLES}) t join pg_policy p on p.polrelid = t.oid
      where p.polpermissive and not (
        coalesce(pg_get_expr(p.polqual, p.polrelid), '${OWN_ROWS}') = '${OWN_ROWS}'
        and coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '${OWN_ROWS}') = '${OWN_ROWS}'
      ) and not (
        t.name = any ($1::text[]) and p.polroles = array[(select oid from pg_roles where rolname = '${OWNER_ROLE}')]
      ) order by 1`,
  },
  'a table without a tenant is on the reviewed list': {
    reviewed: 'tablesWithoutTenant',
    sql: `select ${NAMED} as object from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p', 'f') and c.oid not in (select oid from (${TENANT_TABLES}) t)
        and ${NAMED} <> all ($1::text[]) order by 1`,
  },
  'a foreign key between tenant tables includes the tenant': {
    reviewed: 'keysToAnotherTenant',
    sql: `select t.name || ' ' || k.conname as object from (${TENANT_TABLES}) t
      join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' and k.conparentid = 0
      join (${TENANT_TABLES}) u on u.oid = k.confrelid
      where k.conname <> all ($1::text[]) and not exists (
        select from unnest(k.conkey, k.confkey) as pair (here, there)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here and a.attname = 'tenant_id'
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there and b.attname = 'tenant_id')
      order by 1`,
  },
  'a unique index on a tenant table starts with the tenant': {
    reviewed: 'uniqueOverTenants',
    sql: `select n.nspname || '.' || i.relname as object from (${TENANT_TABLES}) t
      join pg_index x on x.indrelid = t.oid and (x.indisunique or x.indisexclusion)
      join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace
      left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
      where a.attname is distinct from 'tenant_id' and n.nspname || '.' || i.relname <> all ($1::text[]) order by 1`,
  },
  'there is no materialized view, and every view is a security_invoker': {
    sql: `select ${NAMED} as object from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
        and (c.relkind = 'm' or c.relkind = 'v' and ${OURS}
          and not coalesce((select o.option_value::boolean from pg_options_to_table(c.reloptions) o
            where o.option_name = 'security_invoker'), false))
        and (${OURS} or exists (select from pg_depend d join pg_rewrite w on w.oid = d.objid and w.ev_class = c.oid
          join (${TENANT_TABLES}) t on t.oid = d.refobjid)) order by 1`,
  },
  'a SECURITY DEFINER function sets its search_path, is on the reviewed list and belongs to no superuser': {
    reviewed: 'definerFunctions',
    sql: `select n.nspname || '.' || f.proname as object from pg_proc f join pg_namespace n on n.oid = f.pronamespace
      where f.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and not (
        exists (select from unnest(f.proconfig) as setting where setting like 'search\\_path=%')
        and n.nspname || '.' || f.proname = any ($1::text[])
        and not (select r.rolsuper or r.rolbypassrls from pg_roles r where r.oid = f.proowner)
        and not has_function_privilege('public', f.oid, 'execute'))
      order by 1`,
  },
  'a run-time role owns nothing, passes by no policy and has no more rights than it needs': {
    sql: `with run_time as (${RUN_TIME_ROLES})
      select r.rolname || ' passes by policies or makes roles' as object from run_time t join pg_roles r on r.oid = t.oid
        where r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
      union all
      select r.rolname || ' owns ' || ${NAMED} from run_time r join pg_class c on c.relowner = r.oid
        join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_(toast|temp)'
      union all
      select r.rolname || ' may become the owner' from run_time r
        where pg_has_role(r.oid, (select oid from pg_roles where rolname = '${OWNER_ROLE}'), 'member')
      union all
      select r.rolname || ' may ' || p.power || ' ' || ${NAMED} from run_time r
        cross join (values ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) as p (power)
        join pg_class c on c.relkind in ('r', 'p', 'v', 'm', 'f') and has_table_privilege(r.oid, c.oid, p.power)
        join pg_namespace n on n.oid = c.relnamespace and n.nspname !~ '^pg_(toast|temp)' and n.nspname <> 'information_schema'
      union all
      select r.rolname || ' may create in ' || n.nspname from run_time r
        join pg_namespace n on n.nspname !~ '^pg_(toast|temp)' and has_schema_privilege(r.oid, n.oid, 'CREATE')
      union all
      select r.rolname || ' may use app_priv' from run_time r where has_schema_privilege(r.oid, 'app_priv', 'USAGE')
      order by 1`,
  },
  'no default and no trigger writes another tenant': {
    reviewed: 'triggerFunctions',
    sql: `select t.name || '.tenant_id has a default' as object from (${TENANT_TABLES}) t
        join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id' and a.atthasdef and t.name <> 'app.tenant'
      union all
      select t.name || ' trigger ' || g.tgname from (${TENANT_TABLES}) t
        join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
        join pg_proc f on f.oid = g.tgfoid join pg_namespace n on n.oid = f.pronamespace
        where n.nspname || '.' || f.proname <> all ($1::text[])
      union all
      select t.name || ' rule ' || w.rulename from (${TENANT_TABLES}) t join pg_rewrite w on w.ev_class = t.oid
      order by 1`,
  },
  'the columns of a foreign key are indexed': {
    sql: `select t.name || ' ' || k.conname as object from (${TENANT_TABLES}) t
      join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      where not exists (select from pg_index x where x.indrelid = k.conrelid and x.indpred is null and x.indisvalid
        and (x.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey) order by 1`,
  },
};
