import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../src/adapters/postgres/database.ts';
import { exemptionStore } from '../../../src/adapters/postgres/exemption-store.ts';
import { hourlyUsageStore } from '../../../src/adapters/postgres/ledger/hourly-usage-store.ts';
import { ledgerReader } from '../../../src/adapters/postgres/ledger/ledger-reader.ts';
import { observationWriter } from '../../../src/adapters/postgres/ledger/observation-writer.ts';
import { snapshotReader } from '../../../src/adapters/postgres/ledger/snapshot-reader.ts';
import { planStore } from '../../../src/adapters/postgres/plan-store.ts';
import { policyStore } from '../../../src/adapters/postgres/policy-store.ts';
import { recommendationStore } from '../../../src/adapters/postgres/recommendations/recommendation-store.ts';
import { DEFAULT_PURCHASE_POLICY } from '../../../src/advice/sizing/size.ts';
import { eachDay } from '../../../src/kernel/calendar.ts';
import type { Charge } from '../../../src/ledger/charge.ts';
import { SERVICE } from '../../../src/ledger/service.ts';
import { ON_DEMAND_SLICE_ID } from '../../../src/ledger/slice.ts';
import { keptCommitments } from '../../../src/operations/commitments/kept-commitments.ts';
import type { Context, TenantScope } from '../../../src/operations/context.ts';
import { Plan } from '../../../src/plan/plan.ts';
import {
  ACCOUNT,
  aCharge,
  aRun,
  assign,
  aTenant,
  aWorld,
  controlsOf,
  OTHER_ACCOUNT,
  pull,
  type World,
} from '../../adapters/postgres/ledger/world.ts';
import { aDetector, anAwsRecommendation } from '../../support/builders.ts';
import { testDatabase } from '../../support/database.ts';

const db = testDatabase();
const WINDOW = { start: '2026-09-01', end: '2026-11-01' };
const question = { currency: null, policy: { ...DEFAULT_PURCHASE_POLICY, lookbackDays: 7 } };

/** A desk whose detector counts how often it judged the one machine that there is. */
function aDesk() {
  let judged = 0;
  const counting = aDetector({
    outcome: () => {
      judged += 1;
      return { kind: 'healthy' };
    },
  });
  return { desk: keptCommitments([counting]), judged: () => judged };
}

function contextOf(scope: TenantScope, database: Database = db.database, day = '2026-10-31'): Context {
  const ports = {
    snapshots: snapshotReader(database),
    recommendations: recommendationStore(database),
    exemptions: exemptionStore(database),
    ledgerReader: ledgerReader(database),
    policies: policyStore(database),
  } as unknown as Context['ports'];
  return { scope, locale: 'en', now: () => new Date(`${day}T03:00:00Z`), ports, progress: null };
}

const machines = (dailyCost: string, accountId = ACCOUNT): Charge[] =>
  [...eachDay(WINDOW)].map((day) =>
    aCharge({
      day,
      subAccountId: accountId,
      serviceName: SERVICE.ec2Compute,
      usageType: 'APN1-BoxUsage:m5.large',
      operation: 'RunInstances',
      regionId: 'ap-northeast-1',
      chargeCategory: 'Usage',
      chargeType: 'Usage',
      billedCost: dailyCost,
      usageQuantity: '24',
    }),
  );

async function pullMachines(world: World, dailyCost: string, charges = machines(dailyCost)): Promise<void> {
  await pull(db, world, { window: WINDOW, charges });
  await pull(db, world, { sliceId: ON_DEMAND_SLICE_ID, window: WINDOW, charges });
  const named = charges.map((charge) => ({ ...charge, resourceId: `i-${charge.subAccountId}` }));
  await pull(db, world, { sliceId: `resource:${SERVICE.ec2Compute}`, window: WINDOW, charges: named });
}

describe('the kept answer', () => {
  it('is judged once, and again after a new pull, whose figures it has', async () => {
    const world = await aWorld(db);
    await pullMachines(world, '24');
    const { desk, judged } = aDesk();
    const context = contextOf(world.scope);
    const first = await desk.advice(context, question);
    expect(await desk.advice(context, question)).toEqual(first);
    expect([judged(), first.series.onDemandCost]).toEqual([1, '1']);
    await pullMachines(world, '48');
    expect((await desk.advice(context, question)).series.onDemandCost).toBe('2');
    expect(judged()).toBe(2);
  });

  it('serves other ways to buy and purchases of one’s own without judging again', async () => {
    const world = await aWorld(db);
    await pullMachines(world, '24');
    const { desk, judged } = aDesk();
    const context = contextOf(world.scope);
    const { series } = await desk.advice(context, question);
    const later = await desk.advice(context, { ...question, policy: { ...question.policy, lookbackDays: 14 } });
    expect([series.hours, later.series.hours]).toEqual([7 * 24, 14 * 24]);
    const tried = await desk.whatIf(context, { ...question, sharingGroupId: null, purchases: [], usageChangePercent: -50 });
    expect([tried.hourlyOnDemandCost, judged()]).toEqual(['0.5', 1]);
  });

  it('is another one when the policy for all tenants changes, which leaves no mark among this tenant’s', async () => {
    const [operator, world] = [await aWorld(db, 'operator'), await aWorld(db)];
    await pullMachines(world, '24');
    const { desk, judged } = aDesk();
    await desk.advice(contextOf(world.scope), question);
    await policyStore(db.database).apply(operator.scope, {
      layer: 'integrator',
      text: 'version: 1',
      reason: 'to try it',
      basedOnVersion: null,
    });
    await desk.advice(contextOf(world.scope), question);
    expect(judged()).toBe(2);
  });

  it('is of its day', async () => {
    const world = await aWorld(db);
    await pullMachines(world, '24');
    const { desk, judged } = aDesk();
    expect((await desk.advice(contextOf(world.scope, db.database, '2026-10-30'), question)).asOf).toBe('2026-10-30');
    expect((await desk.advice(contextOf(world.scope), question)).asOf).toBe('2026-10-31');
    expect(judged()).toBe(2);
  });

  it('is sized on 60 days where they are known, and says that it cannot tell where they are not', async () => {
    const [long, short] = [await aWorld(db), await aWorld(db)];
    // Half of it in the older month of the look-back.
    const risen = machines('24').map((charge) => (charge.day < '2026-09-28' ? { ...charge, billedCost: '12' } : charge));
    await pullMachines(long, '', risen);
    await pullMachines(
      short,
      '',
      machines('24').filter(({ day }) => day >= '2026-09-15'),
    );
    const { desk, judged } = aDesk();
    const twoMonths = { ...question, policy: { ...question.policy, lookbackDays: 60 } };
    const at = (world: World, asked = twoMonths) => desk.advice(contextOf(world.scope, db.database, '2026-11-03'), asked);
    const found = await at(long);
    expect([found.series.from, found.series.hours, found.groups[0]?.missing]).toEqual(['2026-09-01T00:00:00Z', 60 * 24, []]);
    expect(Number(found.series.onDemandCost)).toBeCloseTo((27 * 0.5 + 33) / 60, 9);
    expect((await at(long, question)).series.onDemandCost).toBe('1');
    expect((await at(short)).groups[0]).toMatchObject({ missing: ['shortHistory'], lookbackDays: 60 });
    expect((await at(short, question)).groups[0]?.missing).toEqual([]);
    expect(judged()).toBe(4);
  });

  it('never reaches another tenant, nor one without figures', async () => {
    const [world, other, empty] = [await aWorld(db), await aWorld(db), await aWorld(db)];
    await pullMachines(world, '24');
    await pullMachines(other, '96');
    const { desk, judged } = aDesk();
    expect((await desk.advice(contextOf(world.scope), question)).series.onDemandCost).toBe('1');
    expect((await desk.advice(contextOf(other.scope), question)).series.onDemandCost).toBe('4');
    await expect(desk.advice(contextOf(empty.scope), question)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(judged()).toBe(2);
  });

  it('of a customer is judged again when the payer’s pull brings it new days', async () => {
    const operator = await aWorld(db, 'operator');
    const customer = await aTenant(db);
    await assign(db, operator, OTHER_ACCOUNT, customer, WINDOW);
    const both = (daily: string) => [...machines('24'), ...machines(daily, OTHER_ACCOUNT)];
    await pullMachines(operator, '', both('24'));
    const { desk } = aDesk();
    const known = async () => (await desk.advice(contextOf(customer), question)).series.onDemandCost;
    expect(await known()).toBe('1');
    await pullMachines(operator, '', both('72'));
    expect(await known()).toBe('3');
  });
});

describe('the version of what is known', () => {
  const versionOf = ({ scope }: World) => snapshotReader(db.database).version(scope);
  const advice = anAwsRecommendation({ kind: 'Idle' as never, accountId: ACCOUNT });
  const observed = { resources: [], coverage: [], recommendations: [advice] };

  const changes: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
    'charges of a window': (world) => pull(db, world, { window: WINDOW, charges: machines('1') }),
    prices: ({ scope }) =>
      observationWriter(db.database).savePrices(scope, [
        {
          question: { serviceCode: 'AmazonEC2', regionId: 'ap-northeast-1', attributes: {}, term: 'onDemand' } as never,
          readAt: '2026-10-29T00:00:00.000Z',
          answer: { kind: 'notFound' },
        },
      ]),
    'advice of AWS': async (world) =>
      observationWriter(db.database).replaceAwsRecommendations(world.scope, {
        connectionId: world.connectionId,
        runId: await aRun(db, world),
        ...observed,
      }),
    'usage by the hour': async (world) =>
      hourlyUsageStore(db.database).replace(world.scope, {
        connectionId: world.connectionId,
        runId: await aRun(db, world),
        serviceNames: [SERVICE.ec2Compute],
        window: WINDOW,
        usage: [],
      }),
    'the policy': ({ scope }) =>
      policyStore(db.database).apply(scope, { layer: 'tenant', text: 'version: 1', reason: 'to try it', basedOnVersion: null }),
    'the hearing': ({ scope }) =>
      planStore(db.database).save(
        scope,
        Plan.parse({
          name: 'plan',
          currency: 'USD',
          waves: [{ name: 'first', cutOver: '2026-01-01', workloads: [{ name: 'shop', matches: { accountIds: [ACCOUNT] } }] }],
        }),
      ),
    'what people said of the advice': ({ scope }) =>
      recommendationStore(db.database).save(scope, {
        asOf: '2026-10-31',
        dataAsOf: '2026-10-30',
        currency: 'USD',
        totals: { gross: '0', overlap: '0', net: '0', acceptedCost: '0' },
        waterfall: { gross: '0', reductions: [], net: '0' },
        hubReconciliation: null,
        recommendations: [],
        notJudged: [],
        judged: { findings: 0, healthy: 0, notApplicable: 0, unknown: 0, belowMinimumSaving: 0 },
        belowMinimumSaving: [],
        policyVersions: { tenant: null, integrator: null },
      }),
  };

  for (const [what, change] of Object.entries(changes)) {
    it(`is another one after a change of ${what}, and stays when another tenant writes`, async () => {
      const [world, other] = [await aWorld(db), await aWorld(db)];
      const before = await versionOf(world);
      await change(other);
      expect(await versionOf(world)).toEqual(before);
      await change(world);
      const after = await versionOf(world);
      expect(after).not.toEqual(before);
      await change(world);
      expect([before, after]).not.toContainEqual(await versionOf(world));
    });
  }

  it('stays while nothing is written, and when a change was taken back', async () => {
    const world = await aWorld(db);
    const before = await versionOf(world);
    const controls = controlsOf(machines('3'));
    const broken = pull(db, world, { window: WINDOW, charges: machines('9'), controls });
    await expect(broken).rejects.toMatchObject({ code: 'NOT_RECONCILED' });
    expect(await versionOf(world)).toEqual(before);
  });

  it('is kept in few rows: those of more than an hour ago go with the next change', async () => {
    const world = await aWorld(db);
    const rows = () =>
      db.database.withTenant(world.scope, async (client) => (await client.query('select stamp from app.ledger_change')).rows);
    for (let turn = 0; turn < 3; turn += 1) await changes.prices?.(world);
    const before = await rows();
    expect(before.length).toBeGreaterThanOrEqual(3);
    await db.database.withTenant(world.scope, (client) =>
      client.query("update app.ledger_change set changed_at = now() - interval '61 minutes'"),
    );
    await changes.prices?.(world);
    expect(await rows()).toHaveLength(1);
    expect(before).not.toContainEqual((await rows())[0]);
  });
});

it('every table that the answer is read from tells when it changes', async () => {
  const world = await aWorld(db);
  await pullMachines(world, '24');
  const read = new Set<string>();
  const watched: Database = {
    ...db.database,
    withTenant: (scope, fn, options) =>
      db.database.withTenant(
        scope,
        async (client) => {
          const result = await fn(client);
          for (const name of await tablesRead(client)) read.add(name);
          return result;
        },
        options,
      ),
  };
  await aDesk().desk.advice(contextOf(world.scope, watched), question);
  const telling = await db.database.withTenant(world.scope, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select tgrelid::regclass::text as name from pg_trigger where tgname = 'note_ledger_change' and tgenabled = 'O'`,
    );
    return rows.map(({ name }) => name);
  });
  expect(read.size).toBeGreaterThan(15);
  // Which tenant is the operator never changes.
  expect([...read].filter((name) => !telling.includes(name)).sort()).toEqual(['app.ledger_change', 'app.tenant']);
});

/** What this transaction holds a lock on for reading, partitions under the name of their table. */
async function tablesRead(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct coalesce(i.inhparent, c.oid)::regclass::text as name
       from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
       left join pg_inherits i on i.inhrelid = c.oid
      where l.pid = pg_backend_pid() and l.mode = 'AccessShareLock' and c.relkind in ('r', 'p') and n.nspname = 'app'`,
  );
  return rows.map(({ name }) => name);
}
