import { describe, expect, it } from 'vitest';
import { eachDay } from '../../src/kernel/calendar.ts';
import type { PriceQuestion } from '../../src/ledger/price.ts';
import { RESOURCE_SLICES } from '../../src/ledger/slice.ts';
import type { CostSource } from '../../src/operations/ports/cost-source.ts';
import { sync } from '../../src/operations/sync.ts';
import { aSource, aTotal, CONNECTION, contextOver, failure, fakeWorld, onePage } from './fake-ports.ts';

const QUESTION: PriceQuestion = { serviceCode: 'AmazonEC2', regionId: 'ap-northeast-1', attributes: {}, term: 'onDemand' };
const questions = () => [QUESTION];
/** The sources that these tests count; every other has tests of its own. */
const BASIC = ['costExplorer', 'computeOptimizer', 'pricing'];
/** Totals three times, daily, on-demand, invoice and usage-type slice, resources, Compute Optimizer, prices. */
const ENTRIES = 3 + 4 + RESOURCE_SLICES.length + 2;
const DAILY = 'costExplorer:account-service-running';
const INVOICE = 'costExplorer:account-service';
const ON_DEMAND = 'costExplorer:account-usage-type-on-demand';

const at = (asOf: string) => ({ now: () => new Date(`${asOf}T05:00:00Z`) });

/** Days from `open` on are still estimates. */
function totalsWithOpen(open: string): CostSource['pullSums'] {
  return async (_connection, { window, groupBy }, { pageBought }) => {
    await pageBought('0.01');
    return groupBy.length > 0 ? [] : [...eachDay(window)].map((day) => ({ ...aTotal(day), estimated: day >= open }));
  };
}

describe('a first sync', () => {
  it('gives one entry per source and window, each with a run row of the same figures', async () => {
    const world = fakeWorld();
    const { asOf, entries } = await sync(contextOver(world), { questions, sources: BASIC });
    expect(asOf).toBe('2026-11-24');
    expect(entries).toHaveLength(ENTRIES);
    expect(entries.find(({ source }) => source === DAILY)).toEqual({
      connection: 'main',
      source: DAILY,
      window: { start: '2025-10-01', end: '2026-11-24' },
      pages: 1,
      estimatedPages: 7,
      requestCost: '0.01',
      rows: 1,
      quarantined: 0,
      total: '419',
      residual: '0',
      currency: 'USD',
      status: 'ok',
    });
    expect(world.runs.map((run) => [run.source, run.status, run.pages, run.requestCost])).toEqual(
      entries.map((entry) => [entry.source, 'ok', entry.pages, entry.requestCost]),
    );
  });

  it('asks the resource-level days for 14 days only', async () => {
    const { entries } = await sync(contextOver(fakeWorld()), { questions, sources: BASIC });
    const resources = entries.filter((entry) => entry.source.startsWith('costExplorer:resource:'));
    expect(resources).toHaveLength(RESOURCE_SLICES.length);
    for (const entry of resources) expect(entry.window).toEqual({ start: '2026-11-10', end: '2026-11-24' });
  });

  it('asks Compute Optimizer where the bill shows use, and only the prices that the advice wants', async () => {
    const world = fakeWorld();
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC });
    expect(world.observations[0]?.coverage).toMatchObject([
      { fact: 'computeOptimizer', accountId: '444455556666', regionId: 'ap-northeast-1', state: 'covered' },
      { fact: 'usageByResource', accountId: '444455556666', regionId: null, state: 'covered' },
    ]);
    expect(world.savedPrices).toHaveLength(1);
    expect(entries.at(-1)).toMatchObject({ source: 'pricing', rows: 1, requestCost: '0', window: null });
  });

  it('is stopped by no budget', async () => {
    const { entries } = await sync(contextOver(fakeWorld()), { questions, sources: BASIC, dailyBudget: '0.01' });
    expect(entries.filter((entry) => entry.status !== 'ok')).toEqual([]);
  });

  it('tells how far it is', async () => {
    const steps: { done: number; of: number | null }[] = [];
    await sync(contextOver(fakeWorld(), { progress: (step) => void steps.push(step) }), { questions, sources: BASIC });
    const done = steps.map((step) => step.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(new Set(steps.map((step) => step.of)).size).toBe(1);
    expect(steps.at(-1)?.done).toBe(steps.at(-1)?.of);
  });
});

describe('a later sync', () => {
  it('asks on the same day for the totals alone, and once whether earlier months still add up', async () => {
    const world = fakeWorld();
    await sync(contextOver(world), { questions, sources: ['costExplorer'] });
    const { entries } = await sync(contextOver(world), { questions, sources: ['costExplorer'] });
    expect(entries.map(({ source }) => source)).toEqual(['costExplorer:control', 'costExplorer:probe']);
    const third = await sync(contextOver(world), { questions, sources: ['costExplorer'] });
    expect(third.entries.map(({ source, pages }) => [source, pages])).toEqual([['costExplorer:control', 1]]);
  });

  it('asks everything again when a person wants that', async () => {
    const world = fakeWorld();
    await sync(contextOver(world), { questions, sources: BASIC });
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC, isEverythingWanted: true });
    const sources = entries.map(({ source }) => source);
    expect(sources).toEqual(expect.arrayContaining([DAILY, ON_DEMAND, INVOICE, 'costExplorer:account-charge-type']));
  });

  it('asks for charge types once there is a contract to hold against them', async () => {
    const world = fakeWorld();
    await sync(contextOver(world), { questions, sources: BASIC });
    world.contracts.push('credits of 2026');
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC });
    expect(entries.map(({ source }) => source)).toContain('costExplorer:account-charge-type');
  });

  it('asks by day for the new days alone', async () => {
    const world = fakeWorld();
    await sync(contextOver(world), { questions, sources: BASIC, asOf: '2026-11-23' });
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC });
    const bill = entries.filter(({ source }) => source.startsWith('costExplorer:account'));
    expect(bill.map(({ source, window }) => [source, window])).toEqual([[DAILY, { start: '2026-11-23', end: '2026-11-24' }]]);
  });

  it('leaves no day out after a pause', async () => {
    const world = fakeWorld();
    await sync(contextOver(world), { questions, sources: BASIC, asOf: '2026-07-10' });
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC });
    for (const source of [DAILY, ON_DEMAND, INVOICE]) {
      expect(entries.find((entry) => entry.source === source)?.window?.start).toMatch(/^2026-07-(09|10)$/);
    }
  });

  it('loads a source whole that was never good, and the others as usual', async () => {
    let broken = true;
    const source = aSource({
      pullSlice: (_connection, slice, window, options) => {
        if (broken && slice.id === 'account-service') throw failure('SOURCE_THROTTLED');
        return onePage(window, options);
      },
    });
    const world = fakeWorld(source);
    await sync(contextOver(world), { questions, sources: BASIC });
    broken = false;
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC });
    expect(entries.find((entry) => entry.source === INVOICE)).toMatchObject({ status: 'ok', window: { start: '2025-10-01' } });
    expect(entries.find((entry) => entry.source === DAILY)).toBeUndefined();
  });

  it('stops at the daily budget with what is there, says so, and keeps the old windows', async () => {
    const world = fakeWorld();
    await sync(contextOver(world), { questions, sources: BASIC, asOf: '2026-11-10' });
    const before = world.windows.get('connection-1 account-usage-type-on-demand')?.window;
    const spent = world.runs.reduce((sum, run) => sum + run.pages, 0);
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC, dailyBudget: `${(spent + 3) / 100}` });
    const told = entries.map((entry) => [entry.source, entry.status, entry.pages]);
    expect(told.slice(0, 4)).toEqual([
      ['costExplorer:control', 'ok', 1],
      ['costExplorer:probe', 'ok', 1],
      [DAILY, 'ok', 1],
      [ON_DEMAND, 'partial', 0],
    ]);
    expect(entries[3]?.error).toMatchObject({ code: 'BUDGET_REACHED', nextStep: expect.stringMatching(/tomorrow/) });
    expect(world.windows.get('connection-1 account-usage-type-on-demand')?.window).toEqual(before);
    expect(entries.at(-1)?.source).toBe('pricing');
  });

  it('pulls a month at its close beyond the budget, with every slice that is read', async () => {
    const world = fakeWorld(aSource({ pullSums: totalsWithOpen('2026-10-01') }));
    await sync(contextOver(world, at('2026-10-31')), { questions, sources: BASIC });
    world.ports.costSource.pullSums = totalsWithOpen('2026-11-01');
    const { entries } = await sync(contextOver(world, at('2026-11-04')), { questions, sources: BASIC, dailyBudget: '0' });
    for (const source of [DAILY, ON_DEMAND, INVOICE]) {
      const entry = entries.find((item) => item.source === source);
      expect(entry).toMatchObject({ status: 'ok', window: { start: '2026-10-01', end: expect.any(String) } });
    }
  });

  it('stops within a window when the budget is spent on its pages', async () => {
    let pages = 1;
    const source = aSource({
      pullSlice: (_connection, _slice, window, options) => ({
        ...onePage(window, options),
        charges: (async function* () {
          for (let page = 0; page < pages; page++) {
            options.beforePage?.();
            await options.pageBought('0.01');
          }
          yield [];
        })(),
      }),
    });
    const world = fakeWorld(source);
    await sync(contextOver(world), { questions, sources: ['costExplorer'], asOf: '2026-11-23' });
    const spent = world.runs.reduce((sum, run) => sum + run.pages, 0);
    pages = 50;
    const { entries } = await sync(contextOver(world), {
      questions,
      sources: ['costExplorer'],
      dailyBudget: `${(spent + 10) / 100}`,
    });
    expect(entries.map((entry) => [entry.source, entry.status, entry.pages])).toEqual([
      ['costExplorer:control', 'ok', 1],
      ['costExplorer:probe', 'ok', 1],
      [DAILY, 'partial', 8],
    ]);
  });
});

describe('a source that fails', () => {
  it('is an entry with the next step, and every other source goes on', async () => {
    const causes: unknown[] = [];
    const source = aSource({
      pullSlice: (_connection, slice, window, options) => {
        if (slice.id.startsWith('resource:')) throw failure('ACCESS_DENIED_BY_AWS');
        return onePage(window, options);
      },
    });
    const world = fakeWorld(source);
    const { entries } = await sync(contextOver(world), {
      questions,
      sources: BASIC,
      onFailure: (_source, cause) => void causes.push(cause),
    });
    const failed = entries.filter((entry) => entry.status === 'failed');
    expect(failed).toHaveLength(RESOURCE_SLICES.length);
    expect(failed[0]?.error).toEqual({
      code: 'ACCESS_DENIED_BY_AWS',
      message: 'it is ACCESS_DENIED_BY_AWS',
      nextStep: 'do the next thing',
    });
    expect(entries.filter((entry) => entry.status === 'ok')).toHaveLength(ENTRIES - RESOURCE_SLICES.length);
    expect(world.runs.every((run) => run.status === 'ok' || run.status === 'failed')).toBe(true);
    expect(world.observations[0]?.coverage.at(-1)).toMatchObject({ fact: 'usageByResource', state: 'accessDenied' });
    expect(causes).toHaveLength(RESOURCE_SLICES.length);
  });

  it('is rejected, not failed, when its window does not reconcile', async () => {
    const world = fakeWorld();
    world.ports.ledgerWriter.replaceWindow = () => Promise.reject(failure('NOT_RECONCILED'));
    const { entries } = await sync(contextOver(world), { questions, sources: ['costExplorer'] });
    const slices = entries.filter(({ source }) => !source.startsWith('costExplorer:control'));
    expect(new Set(slices.map((entry) => entry.status))).toEqual(new Set(['rejected']));
  });

  it('says nothing of an unexpected error to the reader and everything to the log', async () => {
    const causes: unknown[] = [];
    const secret = new Error('connection string postgres://user:secret@host');
    const source = aSource({ pullPrices: () => Promise.reject(secret) });
    const input = { questions, sources: BASIC, onFailure: (_source: string, cause: unknown) => void causes.push(cause) };
    const { entries } = await sync(contextOver(fakeWorld(source)), input);
    expect(entries.at(-1)).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
    expect(JSON.stringify(entries)).not.toContain('secret');
    expect(causes).toEqual([secret]);
  });

  it('replaces nothing that Compute Optimizer said before when it cannot be reached', async () => {
    const source = aSource({ pullComputeOptimizer: () => Promise.reject(failure('SOURCE_UNREACHABLE')) });
    const world = fakeWorld(source);
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC });
    expect(world.observations).toEqual([]);
    expect(entries.find((entry) => entry.source === 'computeOptimizer')?.status).toBe('failed');
  });

  it('is partial when Compute Optimizer has gaps, which are kept as facts', async () => {
    const coverage = [
      {
        fact: 'computeOptimizer',
        accountId: '444455556666',
        regionId: 'us-east-1',
        state: 'notEnrolled',
        detail: 'opt in there',
      } as const,
    ];
    const source = aSource({ pullComputeOptimizer: async () => ({ recommendations: [], resources: [], coverage }) });
    const world = fakeWorld(source);
    const { entries } = await sync(contextOver(world), { questions, sources: BASIC });
    expect(entries.find((entry) => entry.source === 'computeOptimizer')).toMatchObject({
      status: 'partial',
      error: { code: 'NOT_ENROLLED', nextStep: 'opt in there' },
    });
    expect(world.observations[0]?.coverage[0]?.state).toBe('notEnrolled');
  });

  it('of one connection leaves the other connection whole', async () => {
    const second = { ...CONNECTION, id: 'connection-2', name: 'second' };
    const source = aSource({
      pullSlice: (connection, _slice, window, options) => {
        if (connection.id === 'connection-1') throw failure('CREDENTIALS_REJECTED');
        return onePage(window, options);
      },
      pullSums: async (connection, question, options) => {
        if (connection.id === 'connection-1') throw failure('CREDENTIALS_REJECTED');
        return aSource().pullSums(connection, question, options);
      },
    });
    const { entries } = await sync(contextOver(fakeWorld(source, [CONNECTION, second])), {
      questions,
      sources: ['costExplorer'],
    });
    expect(new Set(entries.map((entry) => `${entry.connection} ${entry.status}`))).toEqual(new Set(['main failed', 'second ok']));
  });

  it('has no run row when another process runs it, and says so', async () => {
    const world = fakeWorld();
    world.ports.runs.start = () => Promise.reject(failure('CONFLICT'));
    const { entries } = await sync(contextOver(world), { questions, sources: ['computeOptimizer'] });
    expect(entries).toMatchObject([{ status: 'failed', error: { code: 'CONFLICT' }, pages: 0 }]);
  });
});

describe('a sync that is stopped', () => {
  it('closes its run as abandoned and starts nothing more', async () => {
    const abort = new AbortController();
    const source = aSource({
      pullSlice: () => {
        abort.abort();
        throw abort.signal.reason;
      },
    });
    const world = fakeWorld(source);
    await expect(sync(contextOver(world, { signal: abort.signal }), { questions, sources: BASIC })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(world.runs.findIndex((run) => run.status === 'abandoned')).toBe(world.runs.length - 1);
    expect(world.runs.some((run) => run.status === 'running')).toBe(false);
  });
});

describe('what to pull', () => {
  it('is nothing when nothing is connected, with the next step', async () => {
    await expect(sync(contextOver(fakeWorld(aSource(), [])), { questions, sources: BASIC })).rejects.toMatchObject({
      code: 'NOT_READY',
    });
  });

  it('passes by connections that take files', async () => {
    const files = { ...CONNECTION, credentials: { kind: 'files' } as const };
    await expect(sync(contextOver(fakeWorld(aSource(), [files])), { questions, sources: BASIC })).rejects.toMatchObject({
      code: 'NOT_READY',
    });
  });

  it('names the connections there are when asked for another', async () => {
    const asking = sync(contextOver(fakeWorld()), { questions, sources: BASIC, connectionName: 'other' });
    await expect(asking).rejects.toMatchObject({ code: 'NOT_FOUND', nextStep: 'There are: main.' });
  });

  it('refuses a day that is none', async () => {
    await expect(sync(contextOver(fakeWorld()), { questions, sources: BASIC, asOf: '2026-02-30' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});
