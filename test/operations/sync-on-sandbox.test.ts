import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import type { PriceQuestion } from '../../src/ledger/price.ts';
import type { Context } from '../../src/operations/context.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { importPlan } from '../../src/operations/import-plan.ts';
import { type SyncResult, sync } from '../../src/operations/sync.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { testDatabase } from '../support/database.ts';
import { connectedTo } from './sandbox-world.ts';

const AS_OF = '2026-11-24';
const QUESTION: PriceQuestion = {
  serviceCode: 'AmazonEC2',
  regionId: 'ap-northeast-1',
  attributes: {
    instanceType: 'm5.large',
    operatingSystem: 'Linux',
    tenancy: 'Shared',
    capacitystatus: 'Used',
    preInstalledSw: 'NA',
  },
  term: 'onDemand',
};

const made = testDatabase();
let sandbox: Sandbox;
let context: Context;
let first: SyncResult;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7, asOf: AS_OF, resources: 120 });
  context = await connectedTo(sandbox, made.database, 'retailer', AS_OF);
  await importPlan(context, { document: sandbox.estate.plan() });
  first = await sync(context, { asOf: AS_OF, questions: () => [QUESTION] });
}, 240_000);
afterAll(() => sandbox?.close());

describe('a whole sync of a sandbox company into Postgres', () => {
  it('ends well for every source and window, reconciled', () => {
    expect(first.entries.filter((entry) => entry.status !== 'ok')).toEqual([]);
    for (const entry of first.entries.filter(({ source }) => source.startsWith('costExplorer:'))) {
      expect(
        exact(entry.residual ?? 'NaN')
          .abs()
          .lt('0.005'),
      ).toBe(true);
    }
  });

  it('brings what the estate really cost, to the last digit', () => {
    const entry = first.entries.find(({ source }) => source === 'costExplorer:account-service');
    const total = sandbox.estate.charges({ start: entry?.window?.start ?? '', end: AS_OF });
    let units = 0n;
    for (const charge of total) units += charge.netUnblendedCost;
    expect(entry?.total).toBe(plain(exact(units).div('1e10')));
  });

  it('writes down each page and what it cost', async () => {
    const runs = await context.ports.runs.list(context.scope, { limit: 100, after: null });
    expect(runs).toHaveLength(first.entries.length);
    expect(plain(sumExact(runs.map((run) => run.requestCost)))).toBe(
      plain(sumExact(first.entries.map((entry) => entry.requestCost))),
    );
    const asked = sandbox.requests().filter(({ service }) => service === 'ce');
    expect(runs.filter((run) => run.requestCost !== '0').reduce((sum, run) => sum + run.pages, 0)).toBe(
      asked.reduce((sum, item) => sum + item.pages, 0),
    );
  });

  it('gives the advice its facts: resources with account and platform, utilization, recommendations, prices', async () => {
    const snapshot = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' });
    const instances = snapshot.resources.filter((resource) => resource.resourceType === 'Ec2Instance');
    const platforms = new Map(sandbox.estate.resources().map((resource) => [resource.resourceId, resource.operatingSystem]));
    expect(instances.length).toBeGreaterThan(0);
    for (const { resourceId, operation } of instances) {
      expect([resourceId, operation === 'RunInstances:0002']).toEqual([resourceId, platforms.get(resourceId) === 'Windows']);
    }
    expect(instances.some((resource) => resource.utilization?.cpuMaximumPercent !== undefined)).toBe(true);
    expect(snapshot.awsRecommendations.length).toBeGreaterThan(0);
    expect(snapshot.prices.map((price) => price.answer.kind)).toEqual(['price']);
    expect(snapshot.accounts.every((account) => account.accountName !== null)).toBe(true);
    const covered = snapshot.coverage.filter((item) => item.fact === 'computeOptimizer');
    expect(new Set(covered.map((item) => item.state))).toEqual(new Set(['covered']));
  });

  it('is found sound by the doctor', async () => {
    const report = await doctor(context, { asOf: AS_OF, detectors: [] });
    expect(report.checks.filter((check) => check.state !== 'ok')).toEqual([]);
  });
});

describe('a second sync', () => {
  it('asks only the open months again, changes nothing, and takes the prices from memory', async () => {
    const before = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' });
    const { entries } = await sync(context, { asOf: AS_OF, questions: () => [QUESTION] });
    expect(entries.filter((entry) => entry.status !== 'ok')).toEqual([]);
    expect(entries[0]?.window).toEqual({ start: '2026-10-01', end: AS_OF });
    expect(entries.at(-1)).toMatchObject({ source: 'pricing', rows: 0, pages: 0 });
    expect(await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' })).toEqual(before);
  });
});
