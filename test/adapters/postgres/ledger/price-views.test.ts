import { describe, expect, it } from 'vitest';
import { factStore } from '../../../../src/adapters/postgres/ledger/fact-store.ts';
import { readAwsRecommendations } from '../../../../src/adapters/postgres/ledger/snapshot-observations.ts';
import type { AwsRecommendation } from '../../../../src/ledger/aws-recommendation.ts';
import { computeOptimizerSummary } from '../../../../src/ledger/compute-optimizer-facts.ts';
import { type HubRecommendation, hubRecommendation, hubTotal } from '../../../../src/ledger/hub-facts.ts';
import { rightsizingSummaryFact } from '../../../../src/ledger/rightsizing-advice.ts';
import { anAwsRecommendation } from '../../../support/builders.ts';
import { testDatabase } from '../../../support/database.ts';
import { aCharge, aConnection, aRun, assign, aTenant, aWorld, ports, pull, type World } from './world.ts';

const db = testDatabase();
const ALWAYS = { start: '2020-01-01', end: '9999-12-31' };
const MACHINE = 'i-0aaaaaaaaaaaaaaa1';
const OPTION = {
  rank: 1,
  target: 'm5.large',
  performanceRisk: 1,
  migrationEffort: 'VeryLow',
  platformDifferences: [],
  projectedCpuMaximumPercent: 40,
  estimatedMonthlySavings: '61.32',
  currency: 'USD',
};

const advice = (accountId: string, given: Partial<AwsRecommendation> = {}): AwsRecommendation =>
  anAwsRecommendation({ kind: 'ec2Instance', accountId, finding: 'Overprovisioned', options: [OPTION], ...given });

async function say(world: World, recommendations: readonly AwsRecommendation[]): Promise<void> {
  const about = { connectionId: world.connectionId, runId: await aRun(db, world), resources: [], coverage: [] };
  await ports(db).observations.replaceAwsRecommendations(world.scope, { ...about, recommendations });
}

/** A reseller's payer at AWS's prices, and a customer under it who is billed by a statement of the reseller. */
async function resold(accountId: string, isBilled = true) {
  const payer = await aWorld(db, 'operator');
  const scope = await aTenant(db);
  await assign(db, payer, accountId, scope, ALWAYS);
  await pull(db, payer, { charges: [aCharge({ subAccountId: accountId, billedCost: '70' })] });
  const statement = { scope, connectionId: await aConnection(db, scope, 'customerBilled') };
  if (isBilled) {
    const charges = [aCharge({ subAccountId: accountId, billedCost: '100' })];
    await pull(db, statement, { charges, sliceId: 'file', priceView: 'customerBilled' });
  }
  return { payer, scope, statement };
}

const adviceOf = async ({ scope }: Pick<World, 'scope'>) =>
  (await ports(db).snapshots.snapshot(scope, { asOf: '2026-10-31', currency: 'USD' })).awsRecommendations;

describe('what AWS advises over a reseller’s payer', () => {
  it('is known to the customer without its money: unknown, not zero', async () => {
    const world = await resold('700000000001');
    await say(world.payer, [advice('700000000001')]);
    const [said, ...others] = await adviceOf(world);
    expect(others).toEqual([]);
    expect(said).toEqual(advice('700000000001', { options: [{ ...OPTION, estimatedMonthlySavings: null, currency: null }] }));
  });

  it('keeps its money for a customer who reads AWS’s own prices', async () => {
    const world = await resold('700000000002', false);
    await say(world.payer, [advice('700000000002')]);
    expect(await adviceOf(world)).toEqual([advice('700000000002')]);
  });

  it('gives way to what was said at the customer’s own prices, be that older', async () => {
    const world = await resold('700000000003');
    const own = advice('700000000003', { refreshedOn: '2026-10-01', options: [{ ...OPTION, estimatedMonthlySavings: '87.6' }] });
    await say(world.statement, [own]);
    await say(world.payer, [advice('700000000003', { refreshedOn: '2026-10-30' })]);
    expect(await adviceOf(world)).toEqual([own]);
  });

  it('written before anybody noted the prices has no money for anyone', async () => {
    const world = await resold('700000000004', false);
    await say(world.payer, [advice('700000000004')]);
    const read = await db.database.withTenant(world.scope, async (client) => {
      await client.query('update app.aws_recommendation set price_view = null');
      return readAwsRecommendations(client, 'awsBilled', []);
    });
    expect(read.flatMap(({ options }) => options.map((option) => option.estimatedMonthlySavings))).toEqual([null]);
  });
});

describe('facts with AWS’s money in them', () => {
  const HUB: HubRecommendation = {
    recommendationId: 'hub-1',
    regionId: 'ap-northeast-1',
    resourceId: MACHINE,
    arn: null,
    resourceType: 'Ec2Instance',
    recommendedResourceType: null,
    actionType: 'Rightsize',
    effort: null,
    restartNeeded: null,
    rollbackPossible: null,
    source: null,
    monthlySavings: '61.32',
    savingsPercent: null,
    monthlyCostAfterwards: null,
    currency: 'USD',
    lookbackDays: 14,
    refreshedOn: '2026-10-30',
    current: 'm5.2xlarge',
    recommended: 'm5.large',
    tags: [],
    details: null,
    commitment: null,
  };

  it('of the payer are not the customer’s, nor does the Hub’s figure come in by its advice', async () => {
    const world = await resold('700000000005');
    const facts = factStore(db.database);
    const about = { connectionId: world.payer.connectionId, runId: await aRun(db, world.payer), window: null };
    const fact = { accountId: '700000000005', day: null, key: 'hub-1', body: HUB };
    await facts.replace(world.payer.scope, { ...about, type: hubRecommendation, facts: [fact] });
    await say(world.payer, [advice('700000000005')]);
    for (const type of [hubRecommendation, hubTotal, computeOptimizerSummary, rightsizingSummaryFact]) {
      expect(await facts.read(world.scope, type as typeof hubRecommendation)).toEqual([]);
    }
    expect(JSON.stringify(await adviceOf(world))).not.toContain('61.32');
    const held = await db.database.withTenant(world.scope, async (client) =>
      client.query('select price_view from app.observed_fact'),
    );
    expect(held.rows).toEqual([{ price_view: 'awsBilled' }]);
  });
});

it('every table that holds amounts or AWS’s advice knows whose prices they are, or why it need not', async () => {
  const needNot: Readonly<Record<string, string>> = {
    advice_run: 'what the tenant was told, at the prices that it read then',
    recommendation: 'what the tenant was told, at the prices that it read then',
    charge: 'its feed knows',
    charge_day_status: 'its feed knows',
    contract: 'entered by the tenant itself',
    plan_workload: 'entered by the tenant itself',
    exemption: 'entered by the tenant itself',
    decision: 'entered by the tenant itself',
    run: 'of the owner of the connection alone',
    bought_page: 'what asking cost, not what AWS bills',
  };
  const { rows } = await db.database.withoutTenant<{ rows: { name: string; knows: boolean }[] }>((client) =>
    client.query(
      `select c.relname as name, exists (select from pg_attribute v where v.attrelid = c.oid and v.attname = 'price_view') as knows
         from pg_class c
        where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and (c.relname in ('aws_recommendation', 'observed_fact')
               or exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.atttypid = 'app.amount'::regtype))
        order by 1`,
    ),
  );
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.filter(({ knows }) => !knows).map(({ name }) => name)).toEqual(
    rows.map(({ name }) => name).filter((name) => Object.hasOwn(needNot, name)),
  );
});
