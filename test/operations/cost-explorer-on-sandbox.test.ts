import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/kernel/calendar.ts';
import { plain, sumExact } from '../../src/kernel/money.ts';
import { anomalyMonitor, costAnomaly } from '../../src/ledger/anomaly.ts';
import { allocationKey, tagBackfill } from '../../src/ledger/attribution.ts';
import { costForecast } from '../../src/ledger/forecast.ts';
import { comparisonDriver } from '../../src/ledger/month-comparison.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import type { Context } from '../../src/operations/context.ts';
import { importPlan } from '../../src/operations/import-plan.ts';
import { type SyncResult, sync } from '../../src/operations/sync.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { testDatabase } from '../support/database.ts';
import { connectedTo } from './sandbox-world.ts';

const AS_OF = '2026-11-24';
const made = testDatabase();
let sandbox: Sandbox;
let context: Context;
let first: SyncResult;
const again = (asOf: string, sources: string[], isEverythingWanted = false) =>
  sync(context, { asOf, sources, questions: () => [], isEverythingWanted });

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 11, asOf: AS_OF, resources: 60 });
  context = await connectedTo(sandbox, made.database, 'shop by the hour', AS_OF);
  await importPlan(context, { document: sandbox.estate.plan() });
  first = await again(AS_OF, ['costExplorer', 'hourlyUsage', 'attribution', 'forecast', 'anomalies', 'monthComparison']);
}, 600_000);
afterAll(() => sandbox?.close());

describe('hours for commitments', () => {
  it('arrive with the first sync, two weeks of them, reconciled and paid page by page', () => {
    const [entry, ...others] = first.entries.filter(({ source }) => source === 'hourlyUsage');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ status: 'ok', residual: '0', window: { start: '2026-11-10', end: AS_OF } });
    expect(Number(entry?.requestCost)).toBe((entry?.pages ?? 0) / 100);
    expect(entry?.rows).toBeGreaterThan(50);
  });

  it('add up to the daily bill of the same usage, to the last digit', async () => {
    const period = { start: '2026-11-10', end: '2026-11-14' };
    const { usage, knownDays } = await context.ports.hourlyUsage.read(context.scope, period);
    const ec2 = usage.filter(({ serviceName }) => serviceName === SERVICE.ec2Compute);
    const daily = await made.database.withTenant(context.scope, (client) =>
      client.query<{ day: string; account_id: string; usage_type: string; cost: string; quantity: string }>(
        `select c.day::text, a.account_id, m.usage_type, sum(c.billed_cost)::text as cost, sum(c.usage_quantity)::text as quantity
           from app.charge c join app.feed f on f.id = c.feed_ref and f.slice_id = 'account-usage-type-on-demand'
           join app.account a on a.id = c.account_ref join app.meter m on m.id = c.meter_ref
          where c.day >= $1 and c.day < $2 and m.usage_type like '%BoxUsage:%' group by 1, 2, 3`,
        [period.start, period.end],
      ),
    );
    const key = (parts: readonly string[], cost: string, quantity: string) =>
      [...parts, plain(sumExact([cost])), plain(sumExact([quantity]))].join(' ');
    expect(ec2.length).toBeGreaterThan(20);
    expect(
      ec2
        .map((item) =>
          key(
            [item.day, item.accountId, item.usageType],
            sumExact(item.billedCost).toFixed(),
            sumExact(item.usageQuantity).toFixed(),
          ),
        )
        .sort(),
    ).toEqual(daily.rows.map((row) => key([row.day, row.account_id, row.usage_type], row.cost, row.quantity)).sort());
    expect(knownDays.find(({ serviceName }) => serviceName === SERVICE.ec2Compute)?.days).toHaveLength(4);
  });

  it('are asked of the services alone that the bill shows', async () => {
    const { knownDays } = await context.ports.hourlyUsage.read(context.scope, { start: '2026-11-10', end: AS_OF });
    const inBill = new Set([...sandbox.estate.charges({ start: '2026-10-20', end: AS_OF })].map((line) => line.serviceName));
    expect(knownDays.length).toBeGreaterThan(1);
    expect(knownDays.filter(({ serviceName }) => !inBill.has(serviceName))).toEqual([]);
  });

  it('are asked again after ten days, not before', async () => {
    expect((await again(addDays(AS_OF, 9), ['hourlyUsage'])).entries).toEqual([]);
  });

  it('are a named gap with the way out where the payer has not opted in, and what was read stays', async () => {
    sandbox.faults.add({ kind: 'hourlyNotEnabled' });
    const [entry] = (await again(addDays(AS_OF, 10), ['hourlyUsage'])).entries;
    sandbox.faults.clear();
    expect(entry).toMatchObject({ status: 'failed', rows: 0, error: { code: 'NOT_ENROLLED' } });
    expect(entry?.error?.nextStep).toMatch(/Switch on hourly granularity/);
    const { usage } = await context.ports.hourlyUsage.read(context.scope, { start: '2026-11-10', end: AS_OF });
    expect(usage.length).toBeGreaterThan(50);
  });
});

describe('cost by tags and cost categories', () => {
  const lines = (kind: 'tag' | 'costCategory', key: string, period: { start: string; end: string }) =>
    context.ports.attribution.read(context.scope, { kind, key, period });

  it('is pulled for the tags that the plan names and for cost categories, and the keys are known', async () => {
    expect(first.entries.find(({ source }) => source === 'attribution')).toMatchObject({ status: 'ok', residual: '0' });
    const keys = await context.ports.facts.read(context.scope, allocationKey);
    expect(keys.filter(({ body }) => body.isPulled).map(({ key }) => key)).toEqual(['costCategory Environment', 'tag dr-role']);
    expect(keys.find(({ key }) => key === 'tag memo')?.body).toMatchObject({ isActive: false, attributableFrom: null });
  });

  it('adds up to the running cost of each day: values, untagged and not attributable', async () => {
    const period = { start: '2026-10-30', end: '2026-11-03' };
    const running = await made.database.withTenant(context.scope, (client) =>
      client.query<{ day: string; cost: string }>(
        `select c.day::text, sum(c.effective_cost)::text as cost from app.charge c
           join app.feed f on f.id = c.feed_ref and f.slice_id = 'account-service-running'
          where c.day >= $1 and c.day < $2 group by 1 order by 1`,
        [period.start, period.end],
      ),
    );
    for (const [kind, key] of [
      ['tag', 'dr-role'],
      ['costCategory', 'Environment'],
    ] as const) {
      const byDay = Map.groupBy(await lines(kind, key, period), ({ day }) => day);
      expect([...byDay].map(([day, own]) => [day, plain(sumExact(own.map((line) => line.effectiveCost)))])).toEqual(
        running.rows.map(({ day, cost }) => [day, plain(sumExact([cost]))]),
      );
    }
    const environments = new Set((await lines('costCategory', 'Environment', period)).map(({ value }) => value));
    expect(environments).toEqual(new Set(['production', 'staging', 'development', null]));
  });

  it('is not attributable before the tag was switched on, and untagged after; a backfill has all of it read again', async () => {
    const statesOf = async (day: string) =>
      [...new Set((await lines('tag', 'dr-role', { start: day, end: addDays(day, 1) })).map(({ state }) => state))].sort();
    const key = (await context.ports.facts.read(context.scope, allocationKey)).find((fact) => fact.key === 'tag dr-role');
    const since = key?.body.attributableFrom ?? '';
    expect(await statesOf(addDays(since, -1))).toEqual(['notAttributable']);
    expect(await statesOf(since)).toEqual(['untagged', 'value']);
    sandbox.faults.add({ kind: 'tagBackfill', from: addDays(since, -20), completedOn: AS_OF });
    const [entry] = (await again(addDays(AS_OF, 7), ['attribution'], true)).entries;
    sandbox.faults.clear();
    expect(entry?.error).toBeUndefined();
    expect(await statesOf(addDays(since, -1))).toEqual(['untagged', 'value']);
    expect(await statesOf(addDays(since, -21))).toEqual(['notAttributable']);
    expect((await context.ports.facts.read(context.scope, tagBackfill)).map(({ body }) => body.status)).toEqual(['succeeded']);
  });
});

describe('what AWS itself expects, finds odd and explains', () => {
  it('arrives: a forecast with its range for each month', async () => {
    const facts = await context.ports.facts.read(context.scope, costForecast);
    expect(facts).toHaveLength(13);
    expect(facts[0]?.body).toMatchObject({ start: AS_OF, end: '2026-12-01' });
    for (const { body } of facts)
      expect(Number(body.low) <= Number(body.expected) && Number(body.expected) <= Number(body.high)).toBe(true);
  });

  it('arrives: drivers of the last closed month, which add up to its difference from the one before', async () => {
    const drivers = await context.ports.facts.read(context.scope, comparisonDriver);
    const cost = (start: string, end: string) => {
      let sum = 0n;
      for (const charge of sandbox.estate.charges({ start, end })) sum += charge.netUnblendedCost;
      return sum;
    };
    const difference = cost('2026-10-01', '2026-11-01') - cost('2026-09-01', '2026-10-01');
    expect(plain(sumExact(drivers.map(({ body }) => body.difference)))).toBe(plain(sumExact([String(difference)]).div('1e10')));
    expect((await again(addDays(AS_OF, 6), ['monthComparison'])).entries).toEqual([]);
  });

  it('arrives: a jump of cost with its causes, and who watches', async () => {
    const monitors = await context.ports.facts.read(context.scope, anomalyMonitor);
    expect(monitors.map(({ body }) => body.dimension)).toEqual(['SERVICE']);
    sandbox.faults.add({
      kind: 'restatedDays',
      serviceName: SERVICE.rds,
      start: '2026-11-18',
      end: '2026-11-20',
      addedCost: '5000',
    });
    await again(addDays(AS_OF, 3), ['anomalies']);
    sandbox.faults.clear();
    const found = await context.ports.facts.read(context.scope, costAnomaly);
    const jump = found.find(({ body }) => body.dimensionValue === SERVICE.rds && body.end === '2026-11-19');
    expect(Number(jump?.body.totalImpact)).toBeGreaterThan(9_000);
    expect(jump?.body.rootCauses[0]).toMatchObject({ serviceName: SERVICE.rds, impact: expect.stringMatching(/^\d+/) });
  });
});
