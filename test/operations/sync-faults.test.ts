import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exact } from '../../src/kernel/money.ts';
import type { Context } from '../../src/operations/context.ts';
import type { SyncEntry } from '../../src/operations/sync/entry.ts';
import { sync } from '../../src/operations/sync.ts';
import { type Fault, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { testDatabase } from '../support/database.ts';
import { connectedTo } from './sandbox-world.ts';

const AS_OF = '2026-11-24';
const BY_SERVICE = 'costExplorer:account-service-running';
const made = testDatabase();
let sandbox: Sandbox;
let context: Context;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 11, asOf: AS_OF, resources: 60, groupsPerPage: 700 });
  context = await connectedTo(sandbox, made.database, 'retailer', AS_OF);
  await pull();
}, 240_000);
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox?.close());

/** Everything, so that every kind of request meets the fault. */
async function pull(
  sources: readonly string[] = ['costExplorer', 'computeOptimizer'],
  isEverythingWanted = true,
): Promise<readonly SyncEntry[]> {
  return (await sync(context, { asOf: AS_OF, sources, questions: () => [], dailyBudget: '100', isEverythingWanted })).entries;
}

/** What a sync asks by itself. */
const pullWhatIsDue = () => pull(['costExplorer'], false);

const entryOf = (entries: readonly SyncEntry[], source: string): SyncEntry => {
  const entry = entries.find((item) => item.source === source);
  if (!entry) throw new Error(`no entry of ${source}`);
  return entry;
};

async function spend(): Promise<Map<string, string>> {
  const question = { period: { start: '2026-10-01', end: AS_OF }, basis: 'runningCost', currency: 'USD' } as const;
  const rows = await context.ports.ledgerReader.spendByService(context.scope, question);
  return new Map(rows.map((row) => [`${row.month} ${row.serviceName}`, row.cost]));
}

describe('a bill that AWS changes', () => {
  it('converges in one good run, restated days and vanished groups included', async () => {
    const before = await spend();
    sandbox.faults.add({
      kind: 'restatedDays',
      serviceName: 'AmazonCloudWatch',
      start: '2026-11-05',
      end: '2026-11-07',
      addedCost: '1.5',
    });
    sandbox.faults.add({
      kind: 'vanishedGroup',
      dimension: 'SERVICE',
      value: 'Amazon Elastic Load Balancing',
      start: '2026-11-01',
    });
    await pullWhatIsDue();
    const restated = await spend();
    const key = '2026-11 AmazonCloudWatch';
    expect(
      exact(restated.get(key) ?? 'NaN')
        .minus(before.get(key) ?? 'NaN')
        .toFixed(),
    ).toBe('3');
    expect(restated.has('2026-11 Amazon Elastic Load Balancing')).toBe(false);
    expect(restated.get('2026-10 Amazon Elastic Load Balancing')).toBe(before.get('2026-10 Amazon Elastic Load Balancing'));
    sandbox.faults.clear();
    await pullWhatIsDue();
    expect(await spend()).toEqual(before);
  });
});

describe('a source that breaks off', () => {
  const mid = { service: 'ce', operation: 'GetCostAndUsage', after: 1 } as const;
  it.each<[string, Fault, string]>([
    ['data that is not there', { kind: 'dataUnavailable', ...mid }, 'DATA_UNAVAILABLE'],
    ['credentials that expire between two pages', { kind: 'expiredToken', ...mid }, 'CREDENTIALS_REJECTED'],
    ['a permission that is taken away', { kind: 'accessDenied', ...mid }, 'ACCESS_DENIED_BY_AWS'],
    ['throttling without end', { kind: 'throttling', ...mid }, 'SOURCE_THROTTLED'],
    ['a failing AWS', { kind: 'serverError', ...mid }, 'SOURCE_UNREACHABLE'],
    ['an answer cut off', { kind: 'truncatedBody', ...mid, ending: 'clean' }, 'SOURCE_ANSWER_UNREADABLE'],
  ])('leaves the old figures as they were: %s', async (_what, fault, code) => {
    const before = await spend();
    sandbox.faults.add(fault);
    const entry = entryOf(await pull(['costExplorer']), BY_SERVICE);
    expect(entry).toMatchObject({ status: 'failed', rows: 0, error: { code } });
    expect(entry.error?.message).not.toMatch(/sandbox|undefined|\[object/);
    expect(await spend()).toEqual(before);
  });

  it('starts a window anew when AWS drops its page token, and ends well', async () => {
    sandbox.faults.add({ kind: 'invalidToken', service: 'ce', operation: 'GetCostAndUsage', times: 1 });
    const entries = await pull(['costExplorer']);
    expect(entries.filter((entry) => entry.status !== 'ok')).toEqual([]);
  });

  it('reads over an empty page in the middle', async () => {
    const before = await spend();
    sandbox.faults.add({ kind: 'emptyPage', service: 'ce', operation: 'GetCostAndUsage', times: 2 });
    expect((await pull(['costExplorer'])).filter((entry) => entry.status !== 'ok')).toEqual([]);
    expect(await spend()).toEqual(before);
  });

  it('says which setting is missing when resource-level data is off, and reads everything else', async () => {
    sandbox.faults.add({ kind: 'dataUnavailable', service: 'ce', operation: 'GetCostAndUsageWithResources' });
    const entries = await pull();
    const failed = entries.filter((entry) => entry.status === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.every((entry) => entry.source.startsWith('costExplorer:resource:'))).toBe(true);
    expect(failed[0]?.error?.nextStep).toMatch(/resource-level data/);
    expect(entryOf(entries, 'computeOptimizer').status).toBe('ok');
    const snapshot = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' });
    expect(snapshot.resources.some((resource) => resource.operation !== null)).toBe(true);
    expect(snapshot.coverage.find((item) => item.fact === 'usageByResource')?.state).toBe('accessDenied');
  });
});

describe('Compute Optimizer with gaps', () => {
  it('keeps one account that is not enrolled as a fact and reads the others', async () => {
    const member = sandbox.estate.accounts.find((account) => !account.isPayer);
    sandbox.faults.add({ kind: 'optInRequired', service: 'compute-optimizer', accountId: member?.accountId ?? '' });
    const entry = entryOf(await pull(), 'computeOptimizer');
    expect(entry).toMatchObject({ status: 'partial', error: { code: 'NOT_ENROLLED' } });
    expect(entry.rows).toBeGreaterThan(0);
    const { coverage } = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' });
    const off = coverage.filter((item) => item.fact === 'computeOptimizer' && item.state === 'notEnrolled');
    expect(new Set(off.map((item) => item.accountId))).toEqual(new Set([member?.accountId]));
  });

  it('names the one permission that is missing', async () => {
    sandbox.faults.add({ kind: 'accessDenied', service: 'compute-optimizer', operation: 'GetIdleRecommendations' });
    const entry = entryOf(await pull(), 'computeOptimizer');
    expect(entry.status).toBe('partial');
    expect(entry.error?.nextStep).toMatch(/allow compute-optimizer:GetIdleRecommendations/);
    expect(entry.rows).toBeGreaterThan(0);
  });

  it('keeps what was known when nobody answers', async () => {
    await pull();
    const known = async () =>
      (await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' })).awsRecommendations.length;
    const before = await known();
    expect(before).toBeGreaterThan(0);
    sandbox.faults.add({ kind: 'badCredentials', service: 'compute-optimizer' });
    const entry = entryOf(await pull(['computeOptimizer']), 'computeOptimizer');
    expect(entry).toMatchObject({ status: 'failed', error: { code: 'CREDENTIALS_REJECTED' } });
    expect(await known()).toBe(before);
  });
});
