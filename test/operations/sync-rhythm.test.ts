import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/kernel/calendar.ts';
import { INVOICE_SLICE_ID } from '../../src/ledger/slice.ts';
import { planSync } from '../../src/operations/plan-sync.ts';
import { SOURCES } from '../../src/operations/sync/sources/index.ts';
import { sync } from '../../src/operations/sync.ts';
import { syncStatus } from '../../src/operations/sync-status.ts';
import { aSource, contextOver, type FakeWorld, failure, fakeWorld, noCommitments } from './fake-ports.ts';

const AS_OF = '2026-11-24';
/** Those with a rhythm of their own, longer than a day. */
const SLOW = SOURCES.filter(({ everyDays = 1 }) => everyDays > 1);

async function pull(world: FakeWorld, asOf: string, rest: { sources?: string[]; isEverythingWanted?: boolean } = {}) {
  const sources = rest.sources ?? SLOW.map(({ id }) => id);
  const { entries } = await sync(contextOver(world), { questions: () => [], asOf, ...rest, sources });
  return entries.map(({ source }) => source);
}

describe('a source that is not worth asking every day', () => {
  it.each(SLOW.map((source) => [source.id, source] as const))(
    '%s is asked on its day and not before',
    async (id, { everyDays = 1, runSources }) => {
      const world = fakeWorld();
      expect(await pull(world, AS_OF, { sources: [id] })).toEqual(runSources);
      expect(await pull(world, addDays(AS_OF, everyDays - 1), { sources: [id] })).toEqual([]);
      expect(await pull(world, addDays(AS_OF, everyDays), { sources: [id] })).toEqual(runSources);
    },
  );

  it.each(SLOW.map((source) => [source.id, source] as const))(
    '%s is due on the day that the status names',
    async (id, { everyDays = 1, runSources }) => {
      const world = fakeWorld();
      const dueOn = async (asOf: string) => {
        const [status] = await syncStatus(contextOver(world), { asOf, connectionName: null });
        return status?.sources.filter(({ source }) => runSources.includes(source)).map(({ nextDue }) => nextDue);
      };
      expect(await dueOn(AS_OF)).toEqual(runSources.map(() => AS_OF));
      await pull(world, AS_OF, { sources: [id] });
      expect(await dueOn(addDays(AS_OF, 1))).toEqual(runSources.map(() => addDays(AS_OF, everyDays)));
      expect(await dueOn(addDays(AS_OF, 99))).toEqual(runSources.map(() => addDays(AS_OF, 99)));
    },
  );

  it('is named by the plan of its day, which plans the bill alone', async () => {
    const world = fakeWorld();
    const unplanned = async (asOf: string, isEverythingWanted = false) =>
      (await planSync(contextOver(world), { asOf, connectionName: null, isEverythingWanted }))[0]?.unplanned;
    const all = [...SLOW.flatMap(({ runSources }) => runSources), 'attribution', 'monthComparison'].sort();
    expect(await unplanned(AS_OF)).toEqual(all);
    await pull(world, AS_OF, { sources: [...SLOW.map(({ id }) => id), 'attribution', 'monthComparison'] });
    expect(await unplanned(AS_OF)).toEqual([]);
    expect(await unplanned(addDays(AS_OF, 3))).toEqual(['anomalies']);
    expect(await unplanned(AS_OF, true)).toEqual(all);
  });

  it('reads cost by tags once the last month has closed, and in the middle of the open one', async () => {
    const world = fakeWorld();
    const sources = ['attribution'];
    const asked = [];
    for (const asOf of ['2026-11-24', '2026-12-07', '2026-12-08', '2026-12-21', '2026-12-22', '2027-01-07', '2027-02-20']) {
      if ((await pull(world, asOf, { sources })).length > 0) asked.push(asOf);
    }
    expect(asked).toEqual(['2026-11-24', '2026-12-08', '2026-12-22', '2027-02-20']);
  });

  it('asks who watches for anomalies once a month, and at once where nobody is known', async () => {
    const wanted: boolean[] = [];
    const source = aSource({
      pullAnomalies: async (_connection, { areMonitorsWanted }) => {
        wanted.push(areMonitorsWanted);
        return { anomalies: [], monitors: areMonitorsWanted ? [] : null, unreadable: 0 };
      },
    });
    const world = fakeWorld(source);
    const sources = ['anomalies'];
    await pull(world, AS_OF, { sources });
    const known = { connectionId: 'connection-1', accountId: null, day: null, key: 'monitors', body: { count: 1 } };
    const readAgo = (days: number) => `${addDays(AS_OF, -days)}T05:00:00.000Z`;
    for (const [n, days] of [29, 30].entries()) {
      world.ports.facts.read = async () => [{ ...known, readAt: readAgo(days) }] as never;
      await pull(world, addDays(AS_OF, 10 * (n + 1)), { sources });
    }
    expect(wanted).toEqual([true, false, true]);
  });

  it('compares a month with the one before it once, when it has closed', async () => {
    const world = fakeWorld();
    const sources = ['monthComparison'];
    expect(await pull(world, AS_OF, { sources })).toEqual(sources);
    expect(await pull(world, '2026-12-07', { sources })).toEqual([]);
    const [status] = await syncStatus(contextOver(world), { asOf: '2026-12-07', connectionName: null });
    expect(status?.sources.find(({ source }) => source === 'monthComparison')?.nextDue).toBe('2026-12-08');
    expect(await pull(world, '2026-12-08', { sources })).toEqual(sources);
  });

  it('is asked at once by who wants everything, and by who looks at an earlier day', async () => {
    const world = fakeWorld();
    const all = SLOW.flatMap(({ runSources }) => runSources).sort();
    await pull(world, AS_OF);
    expect((await pull(world, AS_OF, { isEverythingWanted: true })).sort()).toEqual(all);
    expect((await pull(world, addDays(AS_OF, -40))).sort()).toEqual(all);
  });

  it('asks of its two halves the one that failed', async () => {
    const broken = { ...noCommitments(), reservationUse: () => Promise.reject(failure('SOURCE_UNREACHABLE')) };
    const world = fakeWorld(aSource({ commitments: broken }));
    world.ports.ledgerReader.spendByService = async () => [
      { serviceName: 'Amazon Redshift', month: '2026-11', cost: '1' } as never,
    ];
    await pull(world, AS_OF, { sources: ['costExplorer', 'commitmentsUse'] });
    expect(await pull(world, AS_OF, { sources: ['commitmentsUse'] })).toEqual(['commitmentUse:reservations']);
  });
});

describe('an answer without figures', () => {
  const answering = (code: 'NOT_ENROLLED' | 'ACCESS_DENIED_BY_AWS', price: string) => {
    const awsAdvice = {
      pullRightsizing: async (_connection: unknown, options: { pageBought(cost: string): Promise<void> }) => {
        await options.pageBought(price);
        throw failure(code);
      },
    };
    const world = fakeWorld();
    Object.assign(world.ports.awsAdvice, awsAdvice);
    return world;
  };

  it('that was paid for is asked for again after a week', async () => {
    const world = answering('NOT_ENROLLED', '0.01');
    const sources = ['rightsizingAdvice'];
    expect(await pull(world, AS_OF, { sources })).toEqual(sources);
    expect(await pull(world, addDays(AS_OF, 6), { sources })).toEqual([]);
    expect(await pull(world, addDays(AS_OF, 7), { sources })).toEqual(sources);
  });

  it('that cost nothing, or is a missing permission, is asked for again at once', async () => {
    const sources = ['rightsizingAdvice'];
    for (const world of [answering('NOT_ENROLLED', '0'), answering('ACCESS_DENIED_BY_AWS', '0.01')]) {
      expect(await pull(world, AS_OF, { sources })).toEqual(sources);
      expect(await pull(world, AS_OF, { sources })).toEqual(sources);
    }
  });
});

describe('an answer that does not add up', () => {
  /** The invoice slice never does; its pages are paid for all the same. */
  function neverAddingUp(): FakeWorld {
    const world = fakeWorld();
    const { replaceWindow } = world.ports.ledgerWriter;
    world.ports.ledgerWriter.replaceWindow = async (scope, input) => {
      if (input.sliceId !== INVOICE_SLICE_ID) return replaceWindow(scope, input);
      for await (const _ of input.charges);
      throw failure('NOT_RECONCILED');
    };
    return world;
  }

  async function invoiceOf(world: FakeWorld, today: string, isEverythingWanted = false) {
    const context = contextOver(world, { now: () => new Date(`${today}T08:00:00Z`) });
    const { entries } = await sync(context, { questions: () => [], sources: ['costExplorer'], isEverythingWanted });
    const own = entries.filter(({ source }) => source === `costExplorer:${INVOICE_SLICE_ID}`);
    return own.map(({ status, pages, window }) => ({ status, isPaid: pages > 0, start: window?.start ?? null }));
  }

  it('is paid for twice, then on open days once a day and on closed ones once a week, and each sync says so', async () => {
    const world = neverAddingUp();
    const paid = { status: 'rejected', isPaid: true, start: '2025-10-01' };
    const told = { status: 'rejected', isPaid: false, start: null };
    expect(await invoiceOf(world, AS_OF)).toEqual([paid]);
    expect(await invoiceOf(world, AS_OF)).toEqual([paid]);
    expect(await invoiceOf(world, AS_OF)).toEqual([told]);
    expect(await invoiceOf(world, AS_OF, true)).toEqual([paid]);
    expect(await invoiceOf(world, '2026-11-25')).toEqual([{ ...paid, start: '2026-10-01' }, told]);
    expect(await invoiceOf(world, '2026-11-30')).toEqual([{ ...paid, start: '2026-10-01' }, told]);
    expect(await invoiceOf(world, '2026-12-01')).toEqual([{ ...paid, start: '2025-11-01' }]);
  });

  it('does not keep the days beside it from being read', async () => {
    const world = neverAddingUp();
    await invoiceOf(world, AS_OF);
    await invoiceOf(world, AS_OF);
    const { replaceWindow } = fakeWorld().ports.ledgerWriter;
    world.ports.ledgerWriter.replaceWindow = replaceWindow;
    const [open] = await invoiceOf(world, '2026-11-25');
    expect(open).toEqual({ status: 'ok', isPaid: true, start: '2026-10-01' });
  });

  it('of a source without a plan is paid for twice a day', async () => {
    const world = fakeWorld(
      aSource({
        pullHourlyUsage: async (_connection, _question, { pageBought }) => {
          await pageBought('0.01');
          throw failure('NOT_RECONCILED');
        },
      }),
    );
    const sources = ['hourlyUsage'];
    const asked = [];
    for (let n = 0; n < 3; n++) asked.push(...(await pull(world, AS_OF, { sources })));
    expect(asked).toEqual(['hourlyUsage', 'hourlyUsage']);
    expect(await pull(world, AS_OF, { sources, isEverythingWanted: true })).toEqual(sources);
  });
});

describe('the run log', () => {
  it('is read only as far back as the last good run of each source', async () => {
    const world = fakeWorld();
    world.ports.ledgerReader.spendByService = async () => [];
    world.ports.snapshots.snapshot = () => Promise.reject(failure('NOT_FOUND'));
    const sources = SOURCES.map(({ id }) => id);
    await pull(world, AS_OF, { sources });
    const runs = world.runs.length;
    const startedAt = '2026-11-01T00:00:00Z';
    for (let n = 0; n < 1_000; n++)
      world.runs.unshift({ ...(world.runs.at(-1) as FakeWorld['runs'][number]), id: `old-${n}`, startedAt });
    let pages = 0;
    const { list } = world.ports.runs;
    world.ports.runs.list = (scope, question) => {
      pages++;
      return list(scope, question);
    };
    await pull(world, AS_OF, { sources });
    expect(runs).toBeLessThan(200);
    expect(pages).toBe(1);
  });
});
