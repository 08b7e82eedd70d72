import type pg from 'pg';

export interface TenantTable {
  /** "app.run". */
  readonly name: string;
  readonly columns: readonly Column[];
}

interface Column {
  readonly name: string;
  /** The type under a domain. */
  readonly type: string;
  /** Postgres fills it in: an identity, or what follows from other columns. */
  readonly generated: boolean;
}

/** Every table that holds tenants' rows and can be named by the run-time role, from the catalogue: a new one is tried at once. */
export async function tenantTables(client: pg.ClientBase): Promise<readonly TenantTable[]> {
  const { rows } = await client.query<TenantTable>(
    `select n.nspname || '.' || c.relname as name,
       json_agg(json_build_object('name', a.attname, 'generated', a.attidentity <> '' or a.attgenerated <> '',
         'type', format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null)) order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
     where n.nspname = 'app' and c.relkind in ('r', 'p') and not c.relispartition
     group by 1 having bool_or(a.attname = 'tenant_id') order by 1`,
  );
  return rows;
}

/** Where a check wants more than the type says, by column name. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  kind: 'customer',
  locale: 'en',
  credential_kind: 'sandbox',
  credential_profile: null,
  role_arn: null,
  trust_state: null,
  trust_checked_at: null,
  billing_view_arn: null,
  price_view: 'awsBilled',
  status: 'closed',
  actor_kind: 'job',
  detail: {},
  state: 'waiting',
  digest: 'a'.repeat(64),
  scopes: ['read'],
  role: 'viewer',
  currency: 'USD',
  key: 'k'.repeat(32),
  charge_category: 'Usage',
  environment: null,
  criticality: null,
  disaster_recovery_role: null,
  error_code: null,
  error_message: null,
  error_next_step: null,
  fact: 'prices',
  month: '2026-01-01',
};
const BY_TABLE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'app.run': { status: 'ok' },
  'app.coverage': { state: 'covered' },
  'app.spend_mover': { basis: 'invoiceCost' },
  'app.external_id': { account_id: '111122223333', external_id: 'e'.repeat(32) },
  'app.export': { kind: 'auto' },
  'app.policy': { layer: 'tenant' },
  'app.advice_run': { policy_version: null },
  'app.exemption': {
    change: 'added',
    ended_because: null,
    tag_key: null,
    tag_value: null,
    decided_on: '2026-01-15',
    expires_on: '2026-02-15',
  },
  'app.decision': {
    from_status: 'open',
    to_status: 'open',
    implementer: null,
    approval_state: null,
    approval_reference: null,
    approver: null,
    approval_day: null,
    implementation_cost: null,
    implementation_currency: null,
    implemented_on: null,
    seen_as_done: false,
    snoozed_until: null,
    dismissed_because: null,
  },
  'app.recommendation_event': { decision_number: null },
  'app.attribution_day': { key_kind: 'tag', state: 'value' },
};
const BY_TYPE: Readonly<Record<string, unknown>> = {
  uuid: '00000000-0000-4000-8000-000000000001',
  text: 'specimen',
  integer: 1,
  bigint: 1,
  smallint: 1,
  numeric: '1',
  boolean: true,
  date: '2026-01-15',
  'timestamp with time zone': '2026-01-15T00:00:00Z',
  jsonb: {},
  xid8: '1',
  daterange: '[2026-01-01,2026-02-01)',
  'text[]': [],
  'app.amount[]': Array.from({ length: 24 }, () => '1'),
};

/** A row of this tenant. `salt` keeps values apart that must differ between tenants. */
export function specimen(table: TenantTable, tenantId: string, salt: string): Readonly<Record<string, unknown>> {
  const row = table.columns
    .filter((column) => !column.generated)
    .map(({ name, type }) => {
      const own = BY_TABLE[table.name] ?? {};
      const special = name in own ? own[name] : BY_NAME[name];
      if (name === 'tenant_id') return [name, tenantId];
      if (name === 'digest') return [name, salt.repeat(64)];
      if (special !== undefined) return [name, special];
      if (!(type in BY_TYPE)) throw new Error(`${table.name}.${name}: teach BY_TYPE a value for ${type}`);
      return [name, type === 'text' ? `specimen ${salt}` : BY_TYPE[type]];
    });
  return Object.fromEntries(row);
}

export function insertStatement(table: TenantTable): string {
  const columns = table.columns.filter((column) => !column.generated).map((column) => column.name);
  return `insert into ${table.name} (${columns}) select ${columns} from jsonb_populate_record(null::${table.name}, $1)`;
}
