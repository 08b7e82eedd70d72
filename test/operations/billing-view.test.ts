import { expect, it } from 'vitest';
import { awsClients } from '../../src/adapters/aws/clients.ts';
import { tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import type { PriceQuestion } from '../../src/ledger/price.ts';
import { connect } from '../../src/operations/connect.ts';
import { connectExport } from '../../src/operations/connect-export.ts';
import type { Context } from '../../src/operations/context.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { planSync } from '../../src/operations/plan-sync.ts';
import { SYNC_SOURCES, sync } from '../../src/operations/sync.ts';
import { syncStatus } from '../../src/operations/sync-status.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { serveForTest } from '../sandbox/wire/clients.ts';
import { LEDGER, PAYER, SHOP, tinyEstate, usd } from '../sandbox/wire/tiny-estate.ts';
import { testDatabase } from '../support/database.ts';
import { contextOf } from './sandbox-world.ts';

const AS_OF = '2026-11-20';
const VIEW = `arn:aws:billing::${PAYER}:billingview/billing-group-${SHOP}`;
const OF_VIEW = ['costExplorer', 'forecast', 'monthComparison', 'pricing'];
const HIDDEN = SYNC_SOURCES.filter((source) => !OF_VIEW.includes(source)).sort();
const PRICE: PriceQuestion = {
  serviceCode: 'AmazonEC2',
  regionId: 'ap-northeast-1',
  attributes: { instanceType: 'm5.large' },
  term: 'onDemand',
};
/** What a machine costs; the price list of a place without any prices answers nothing at all. */
const LISTED = {
  ...PRICE,
  unit: 'Hrs',
  onDemand: '0.124',
  reserved1yNoUpfrontStandard: null,
  reserved1yNoUpfrontConvertible: null,
  source: 'test',
};

const db = testDatabase();

/** A reseller's payer with machines, a plan and tags of three accounts, one of which a customer sees through its billing view. */
async function customerOf(name: string): Promise<{ context: Context; sandbox: Sandbox }> {
  const machines = [PAYER, SHOP, LEDGER].map((accountId) => ({
    accountId,
    resourceId: `i-of-${accountId}`,
    tags: { owner: 'x' },
  }));
  const estate = tinyEstate({
    asOf: AS_OF,
    resources: machines,
    prices: [LISTED],
    lines: machines.map((machine, n) => ({
      ...machine,
      from: '2026-09-01',
      unblendedCost: usd(`${n + 1}.5`),
    })),
    savingsPlans: [
      {
        arn: `arn:aws:savingsplans::${PAYER}:savingsplan/secret`,
        start: '2026-01-01',
        end: '2027-01-01',
        hourlyCommitment: usd('0.01'),
      },
    ],
  });
  const sandbox = await serveForTest(estate, {
    billingViews: [{ arn: VIEW, markUpPercent: { [SHOP]: 10 } }],
  });
  const tenant = await tenantDirectoryStore(db.database).create({
    name,
    locale: 'en',
  });
  const context = contextOf(db.database, tenant.id, AS_OF);
  const way = {
    regionId: 'ap-northeast-1',
    endpointUrl: sandbox.url,
    billingViewArn: VIEW,
  };
  await connect(context, {
    ...way,
    name: 'pro forma',
    credentials: { kind: 'sandbox' },
  });
  return { context, sandbox };
}

const pull = (context: Context, sources?: readonly string[]) =>
  sync(context, {
    asOf: AS_OF,
    isEverythingWanted: true,
    questions: () => [PRICE],
    ...(sources && { sources }),
  });

const asked = (sandbox: Sandbox) =>
  sandbox
    .requests()
    .map(({ service, operation }) => `${service} ${operation}`)
    .sort();

/** Every row of every table that the tenant can read. */
async function allRows({ scope }: Context): Promise<string> {
  return db.database.withTenant(scope, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.table_privileges
        where table_schema = 'app' and privilege_type = 'SELECT' and grantee = current_user group by 1
       union select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'app' and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select')`,
    );
    expect(rows.length).toBeGreaterThan(20);
    const texts: string[] = [];
    for (const { name } of rows) {
      const found = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from app.${name} t`);
      texts.push(...found.rows.map(({ row }) => `${name} ${row}`));
    }
    return texts.join('\n');
  });
}

it('a sync over a billing view asks for the view alone, and nothing of the payer’s others lands', async () => {
  const { context, sandbox } = await customerOf('of a view');
  const { entries } = await pull(context);
  expect(entries.filter(({ status }) => status !== 'ok' && status !== 'partial')).toEqual([]);
  expect([...new Set(entries.map(({ source }) => source.split(':')[0]))].sort()).toEqual(
    ['costExplorer', 'forecast', 'monthComparison', 'pricing'].sort(),
  );
  for (const request of asked(sandbox)) {
    expect(request).toMatch(
      /^sts GetCallerIdentity$|^pricing |^ce Get(CostAndUsage|CostForecast|CostComparison|DimensionValues)/,
    );
  }
  const rows = await allRows(context);
  expect(rows).toContain(`i-of-${SHOP}`);
  expect(rows).not.toContain(LEDGER);
  expect(rows).not.toContain(`i-of-${PAYER}`);
  expect(rows).not.toContain('savingsplan/secret');
});

it('the forecast and the comparison of months are those of the view', async () => {
  const { context } = await customerOf('outlook');
  await pull(context, ['forecast', 'monthComparison']);
  const drivers = await db.database.withTenant(context.scope, async (client) => {
    const { rows } = await client.query(
      `select kind, body, price_view from app.observed_fact where kind in ('comparisonDriver', 'costForecast') order by kind, day, key`,
    );
    return rows;
  });
  expect(new Set(drivers.map(({ kind }) => kind))).toEqual(new Set(['comparisonDriver', 'costForecast']));
  expect(new Set(drivers.map(({ price_view }) => price_view))).toEqual(new Set(['customerBilled']));
  // The shop's machine at 2.5 a day and 10 % over it: 30 days of September, 31 of October.
  const [driver] = drivers.filter(({ kind, body }) => kind === 'comparisonDriver' && Number(body.difference) !== 0);
  expect([driver.body.baseline, driver.body.comparison].map(Number)).toEqual([82.5, 85.25]);
});

it('says which sources are passed by, in the plan, in the status, and to whoever asks for one by name', async () => {
  const { context, sandbox } = await customerOf('told');
  const input = { asOf: AS_OF, connectionName: null };
  expect((await planSync(context, input)).map(({ passedBy }) => [...passedBy].sort())).toEqual([HIDDEN]);
  const [status] = await syncStatus(context, input);
  expect([...(status?.passedBy ?? [])].sort()).toEqual(HIDDEN);
  expect(status?.sources.map(({ source }) => source)).not.toContain('hourlyUsage');
  const before = asked(sandbox);
  expect((await pull(context, ['organizations'])).entries).toMatchObject([
    {
      source: 'organizations',
      status: 'partial',
      error: {
        code: 'DATA_UNAVAILABLE',
        message: expect.stringMatching(/billing view/),
      },
    },
  ]);
  expect(asked(sandbox)).toEqual(before);
});

it('the doctor says what a view cannot show, asks for none of it, and finds nothing broken but an empty ledger', async () => {
  const { context, sandbox } = await customerOf('looked at');
  const { checks } = await doctor(context, { asOf: AS_OF, detectors: [] });
  expect(checks.filter(({ state }) => state === 'broken').map(({ what }) => what)).toEqual(['ledger']);
  const hidden = checks.filter(({ finding }) => finding.startsWith('Not asked: AWS cannot answer it for one billing view'));
  expect(hidden.map(({ what, state }) => [what, state])).toEqual([
    ['Compute Optimizer', 'off'],
    ['Compute Optimizer preferences', 'off'],
    ['cost allocation tags', 'off'],
    ['Cost Explorer by the hour', 'off'],
    ['Cost Optimization Hub', 'off'],
    ['AWS Organizations', 'off'],
  ]);
  for (const request of asked(sandbox)) expect(request).toMatch(/^sts |^pricing |^ce GetCostAndUsage/);
});

it('has no clients for services that know no views', async () => {
  const { context, sandbox } = await customerOf('clients');
  const [connection] = await context.ports.connections.list(context.scope);
  if (!connection) throw new Error('not connected');
  const clients = awsClients();
  const before = asked(sandbox);
  const refused = {
    code: 'DATA_UNAVAILABLE',
    message: expect.stringMatching(/one billing view alone/),
  };
  await expect(clients.organizations(connection)).rejects.toMatchObject(refused);
  await expect(clients.costOptimizationHub(connection)).rejects.toMatchObject(refused);
  await expect(clients.computeOptimizer(connection, 'us-east-1')).rejects.toMatchObject(refused);
  await expect(clients.savingsPlans(connection)).rejects.toMatchObject(refused);
  await expect(clients.s3(connection, [])).rejects.toMatchObject(refused);
  expect(await clients.pricing(connection)).toBeDefined();
  const { ports } = context;
  const options = { pageBought: async () => {} };
  await expect(ports.awsAdvice.pullOrganization(connection, options)).rejects.toMatchObject(refused);
  await expect(ports.costSource.commitments.savingsPlans(connection, options)).rejects.toMatchObject(refused);
  expect(asked(sandbox)).toEqual(before);
});

it('an export is refused: it would be the payer’s whole bill', async () => {
  const { context } = await customerOf('export');
  const [connection] = await context.ports.connections.list(context.scope);
  if (!connection) throw new Error('not connected');
  const connecting = connectExport(context, {
    connection,
    address: 's3://yamabuki-billing/cur/daily',
  });
  await expect(connecting).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringMatching(/billing view/),
  });
  expect(await context.ports.exports.of(context.scope, connection.id)).toBeNull();
});
