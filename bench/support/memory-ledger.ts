import { contains, type Day, type Month, monthOf } from '../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { DAILY_SLICE_ID } from '../../src/ledger/slice.ts';
import type { KnownResource } from '../../src/operations/ports/cost-source.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import type { Freshness, SpendByService } from '../../src/operations/ports/ledger.ts';
import type { KnownDay, KnownMonthSum } from '../../src/operations/ports/pull-state.ts';
import type { Run } from '../../src/operations/ports/runs.ts';

/** As much of a ledger and its run log as the planner of requests reads, in memory: counting pages needs no database. */
export function memoryLedger(): Pick<Ports, 'ledgerWriter' | 'pullState' | 'runs' | 'observations' | 'audit'> & BesideTheBill {
  const days = new Map<string, KnownDay>();
  const sums = new Map<Day, Map<string, KnownMonthSum>>();
  const resources = new Map<string, KnownResource>();
  const runs: Run[] = [];
  let clock = 0;
  const tick = (): string => new Date(Date.UTC(2026, 0, 1) + clock++).toISOString();
  const runOf = (id: string): Run => runs[Number(id)] as Run;

  return {
    audit: { record: async () => {}, list: async () => [] },
    ...besideTheBill(),
    observations: { nameAccounts: async () => {} } as Partial<Ports['observations']> as Ports['observations'],
    ledgerWriter: {
      async replaceWindow(_scope, { sliceId, window, charges, controls, runId, isPartial = false }) {
        const isDaily = sliceId === DAILY_SLICE_ID;
        if (isDaily) for (const day of [...sums.keys()]) if (contains(window, day)) sums.delete(day);
        let rows = 0;
        for await (const batch of charges) {
          rows += batch.length;
          for (const { day, subAccountId, serviceName, resourceId, currency, billedCost, effectiveCost } of batch) {
            if (resourceId && subAccountId) resources.set(resourceId, { resourceId, accountId: subAccountId, operation: null });
            if (!isDaily) continue;
            const ofDay = sums.get(day) ?? new Map<string, KnownMonthSum>();
            sums.set(day, ofDay);
            const place = { accountId: subAccountId ?? '', serviceName: serviceName ?? '' };
            ofDay.set(`${subAccountId} ${serviceName}`, { month: monthOf(day), ...place, currency, billedCost, effectiveCost });
          }
        }
        for (const control of await controls()) {
          days.set(`${sliceId} ${control.day}`, { sliceId, ...control, isPartial, readAt: runOf(runId).startedAt });
        }
        return { rows, quarantined: 0, totals: [], tenants: 1 };
      },
    },
    pullState: {
      knownDays: async () => [...days.values()],
      monthSums: async (_scope, { period }) => ({ sums: byMonth(sums, (day) => contains(period, day)), accountsElsewhere: [] }),
      knownResources: async () => [...resources.values()],
      spendByAccount: async () => [],
    },
    runs: {
      async start(_scope, run) {
        const figures = { pages: 0, requestCost: '0', rows: 0, quarantined: 0, total: null, residual: null, currency: null };
        runs.push({
          id: String(runs.length),
          ...run,
          ...figures,
          status: 'running',
          startedAt: tick(),
          endedAt: null,
          error: null,
        });
        return String(runs.length - 1);
      },
      async notePage(_scope, id, cost) {
        const run = runOf(id);
        runs[Number(id)] = { ...run, pages: run.pages + 1, requestCost: plain(exact(run.requestCost).plus(cost)) };
      },
      async end(_scope, id, end) {
        runs[Number(id)] = { ...runOf(id), ...end, endedAt: tick() } as Run;
      },
      list: async (_scope, { limit, after }) =>
        runs
          .toReversed()
          .filter((run) => after === null || Number(run.id) < Number(after.id))
          .slice(0, limit),
      spentSince: async () => '0',
    },
  };
}

type BesideTheBill = Pick<Ports, 'contracts' | 'facts' | 'attribution' | 'hourlyUsage' | 'ledgerReader' | 'plans'>;

/** Takes what the sources beside the bill bring; none of it decides what is asked next. Two services that sell reservations are in use. */
function besideTheBill(): BesideTheBill {
  const kept = new Map<string, readonly object[]>();
  const serviceNames = ['Amazon Elastic Compute Cloud - Compute', 'Amazon Relational Database Service'];
  const ports: { [K in keyof BesideTheBill]: Partial<BesideTheBill[K]> } = {
    contracts: { anyOver: async () => false },
    facts: {
      replace: async (_scope, { type, facts, connectionId }) => {
        const readAt = new Date().toISOString();
        kept.set(
          type.kind,
          facts.map((fact) => ({ ...fact, connectionId, readAt })),
        );
        return { rows: facts.length, tenants: 1 };
      },
      read: async (_scope, type) => (kept.get(type.kind) ?? []) as never,
    },
    attribution: { replace: async (_scope, { lines }) => ({ rows: lines.length, tenants: 1 }) },
    hourlyUsage: { replace: async (_scope, { usage }) => ({ rows: usage.length, tenants: 1 }) },
    ledgerReader: {
      freshness: async () => ({ currencies: ['USD'] }) as unknown as Freshness,
      spendByService: async () => serviceNames.map((serviceName) => ({ serviceName }) as SpendByService),
    },
    plans: { latest: async () => null },
  };
  return ports as BesideTheBill;
}

function byMonth(sums: ReadonlyMap<Day, ReadonlyMap<string, KnownMonthSum>>, isMeant: (day: Day) => boolean): KnownMonthSum[] {
  const grouped = Map.groupBy(
    [...sums].flatMap(([day, ofDay]) => (isMeant(day) ? [...ofDay.values()] : [])),
    (sum): string => `${sum.month satisfies Month} ${sum.accountId} ${sum.serviceName}`,
  );
  return [...grouped.values()].flatMap((own) => {
    const [first] = own;
    const total = (metric: 'billedCost' | 'effectiveCost') => plain(sumExact(own.map((sum) => sum[metric])));
    return first ? [{ ...first, billedCost: total('billedCost'), effectiveCost: total('effectiveCost') }] : [];
  });
}
