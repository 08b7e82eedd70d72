import pg from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { assignmentStore } from '../../../../src/adapters/postgres/assignment-store.ts';
import { attributionStore } from '../../../../src/adapters/postgres/ledger/attribution-store.ts';
import { factStore } from '../../../../src/adapters/postgres/ledger/fact-store.ts';
import { hourlyUsageStore } from '../../../../src/adapters/postgres/ledger/hourly-usage-store.ts';
import { pullState } from '../../../../src/adapters/postgres/ledger/pull-state.ts';
import { eachDay } from '../../../../src/kernel/calendar.ts';
import { defineFact } from '../../../../src/ledger/fact.ts';
import type { TenantScope } from '../../../../src/operations/context.ts';
import { testDatabase } from '../../../support/database.ts';
import { aCharge, aRun, aTenant, aWorld, inBatches, ports, pull, WINDOW, type World } from './world.ts';

const db = testDatabase();
/** One for each test, since an account has one tenant a day over all of them. */
let moving = '';
const MOVED_ON = '2026-10-02';
const EC2 = 'Amazon Elastic Compute Cloud - Compute';
const COST = '1234567890123.000000000001';
const testFact = defineFact('testMove', z.strictObject({ percent: z.string() }));

/** Tables that name accounts and are not moved with them, each with the reason. */
const STAYS: Readonly<Record<string, string>> = {
  account: 'the dictionary of numbers that a ledger has ever seen; it holds no figure',
  account_assignment: 'says whose the account is',
  connection: 'names the account that is connected',
  exemption: 'what a tenant accepted, kept for ever; it matches nothing of an account that is not its own any more',
  external_id: 'made by us for an account that somebody connects',
  recommendation: 'what a tenant was advised and decided; the next advice closes what is not its own any more',
};

/** Facts of how things stand now are taken away and told anew by the next pull. */
const TOLD_ANEW = ['aws_recommendation', 'coverage', 'observed_resource'];

let tests = 0;
beforeEach(() => {
  moving = String(100_000_000_041 + tests++);
});

it('leaves the former tenant nothing of an account that went to another, in any table that names accounts', async () => {
  const payer = await aWorld(db, 'operator');
  const [former, next] = [await aTenant(db), await aTenant(db)];
  await give(payer, former, '2020-01-01');
  await fillEverything(payer);
  const tables = (await accountTables()).filter(({ name }) => !(name in STAYS));
  const before = await rowsByTable(tables, former);
  const empty = [...before].filter(([, rows]) => rows === 0).map(([name]) => name);
  expect(empty, 'a new table: fill it in fillEverything, and see that an account takes its rows along').toEqual([]);
  await give(payer, next, '2026-01-01');
  expect([...(await rowsByTable(tables, former)).values()].every((rows) => rows === 0)).toBe(true);
  const after = await rowsByTable(tables, next);
  for (const [name, rows] of before) expect([name, after.get(name)]).toEqual([name, TOLD_ANEW.includes(name) ? 0 : rows]);
});

it('moves hours and attributed cost from that day on, to the last digit, and says which hours are known', async () => {
  const payer = await aWorld(db, 'operator');
  const [former, next] = [await aTenant(db), await aTenant(db)];
  await give(payer, former, '2020-01-01');
  await fillEverything(payer);
  const period = { start: '2026-01-01', end: '2027-01-01' };
  const hours = async (scope: TenantScope) => hourlyUsageStore(db.database).read(scope, period);
  const lines = async (scope: TenantScope) =>
    attributionStore(db.database).read(scope, {
      kind: 'tag',
      key: 'project',
      period,
    });
  const [held, attributed] = [await hours(former), await lines(former)];
  await give(payer, next, MOVED_ON);
  const isMoved = ({ day }: { readonly day: string }): boolean => day >= MOVED_ON;
  expect(await hours(next)).toEqual({
    usage: held.usage.filter(isMoved),
    knownDays: [{ serviceName: EC2, days: ['2026-10-02', '2026-10-03'] }],
  });
  expect((await hours(former)).usage).toEqual(held.usage.filter((item) => !isMoved(item)));
  expect(await lines(next)).toEqual(attributed.filter(isMoved));
  expect(await lines(former)).toEqual(attributed.filter((item) => !isMoved(item)));
  expect((await lines(next))[0]?.billedCost).toBe(COST);
});

it('keeps of a day that only some accounts of it were asked for, whoever gets an account', async () => {
  const payer = await aWorld(db, 'operator');
  const [former, next] = [await aTenant(db), await aTenant(db)];
  await give(payer, former, '2020-01-01');
  await pull(db, payer, { charges: [aCharge({ subAccountId: moving })], window: { start: '2026-10-01', end: '2026-10-02' } });
  const cut = { charges: [aCharge({ day: '2026-10-02', subAccountId: moving })], isPartial: true };
  await pull(db, payer, { ...cut, window: { start: '2026-10-02', end: '2026-10-03' } });
  const known = async () =>
    (await pullState(db.database).knownDays(payer.scope, payer.connectionId)).map(({ day, isPartial }) => [day, isPartial]);
  const told = [
    ['2026-10-01', false],
    ['2026-10-02', true],
  ];
  expect(await known()).toEqual(told);
  await give(payer, next, '2026-01-01');
  expect(await known()).toEqual(told);
});

it('takes back what the next pull finds moved away once more', async () => {
  const payer = await aWorld(db, 'operator');
  const [former, next] = [await aTenant(db), await aTenant(db)];
  await give(payer, former, '2020-01-01');
  await fillEverything(payer);
  await give(payer, next, '2026-01-01');
  await replaceHours(payer, []);
  expect((await hourlyUsageStore(db.database).read(next, WINDOW)).usage).toEqual([]);
});

async function give(payer: World, to: TenantScope, start: string): Promise<void> {
  await assignmentStore(db.database).assign(payer.scope, {
    accountId: moving,
    tenantId: to.tenantId,
    connectionId: payer.connectionId,
    period: { start, end: '2099-01-01' },
  });
}

/** Something of the account in every table that names accounts. */
async function fillEverything(payer: World): Promise<void> {
  const { connectionId, scope } = payer;
  const days = [...eachDay(WINDOW)];
  const resource = {
    accountId: moving,
    resourceId: 'i-1',
    tags: [{ key: 'env', value: 'prod' }],
  };
  await pull(db, payer, {
    charges: days.map((day) => aCharge({ day, subAccountId: moving, resourceId: 'i-1' })),
  });
  await ports(db).observations.replaceAwsRecommendations(scope, {
    connectionId,
    runId: await aRun(db, payer),
    recommendations: [
      {
        accountId: moving,
        refreshedOn: '2026-10-01',
        kind: 'ec2Instance',
        arn: 'arn:1',
      } as never,
    ],
    resources: [
      {
        ...resource,
        regionId: 'eu-west-1',
        utilization: null,
        operation: null,
      },
    ],
    coverage: [
      {
        fact: 'computeOptimizer',
        accountId: moving,
        regionId: null,
        state: 'covered',
        detail: null,
      },
    ],
  });
  await ports(db).observations.mergeResourceTags(scope, {
    connectionId,
    runId: await aRun(db, payer),
    resources: inBatches([{ ...resource, seenOn: '2026-10-02' }]),
  });
  const facts = [null, ...days].map((day) => ({
    accountId: moving,
    day,
    key: 'plan-1',
    body: { percent: '97.5' },
  }));
  await factStore(db.database).replace(scope, {
    connectionId,
    runId: await aRun(db, payer),
    type: testFact,
    window: null,
    facts,
  });
  await replaceHours(payer, ['2026-10-01', '2026-10-02']);
  await attributionStore(db.database).replace(scope, {
    connectionId,
    runId: await aRun(db, payer),
    kind: 'tag',
    key: 'project',
    window: WINDOW,
    lines: days.map((day) => ({
      day,
      accountId: moving,
      state: 'value',
      value: 'x',
      currency: 'USD',
      billedCost: COST,
      effectiveCost: '2',
    })),
  });
}

async function replaceHours(payer: World, days: readonly string[]): Promise<void> {
  await hourlyUsageStore(db.database).replace(payer.scope, {
    connectionId: payer.connectionId,
    runId: await aRun(db, payer),
    serviceNames: [EC2],
    window: WINDOW,
    usage: days.map((day) => ({
      day,
      accountId: moving,
      serviceName: EC2,
      usageType: 'BoxUsage:m5.large',
      usageUnit: 'Hrs',
      currency: 'USD',
      billedCost: Array.from({ length: 24 }, () => COST),
      usageQuantity: Array.from({ length: 24 }, () => '1'),
    })),
  });
}

interface AccountTable {
  readonly name: string;
  readonly column: string;
}

/** From the catalogue, so that a table of a later migration cannot be forgotten. Parts of a partitioned table count with it. */
async function accountTables(): Promise<readonly AccountTable[]> {
  return asAdmin(
    `select c.relname as name, a.attname as column
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'app' and c.relkind in ('r', 'p') and not c.relispartition and not a.attisdropped and a.attname ~ 'account_(id|ref)$'
      order by 1, 2`,
    [],
  );
}

async function rowsByTable(tables: readonly AccountTable[], { tenantId }: TenantScope): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { name, column } of tables) {
    const [id, ref] = ['account_id = $2', '(select id from app.account a where a.tenant_id = $1 and a.account_id = $2)'];
    const isMeant = column === 'account_ref' ? `account_ref = ${ref}` : id;
    const [row] = await asAdmin<{ rows: number }>(
      `select count(*)::int as rows from app.${name} where tenant_id = $1 and ${isMeant}`,
      [tenantId, moving],
    );
    counts.set(name, row?.rows ?? 0);
  }
  return counts;
}

async function asAdmin<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> {
  const client = new pg.Client(db.adminUrl);
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
