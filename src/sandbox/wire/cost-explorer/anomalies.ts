import { addDays, type Day, type Period } from '../../../kernel/calendar.ts';
import { fingerprint } from '../../../kernel/fingerprint.ts';
import type { Caller, World } from '../world.ts';
import { type Bill, openBill } from './bill.ts';
import { historyOf } from './charge-table.ts';
import { addUp } from './cost-cells.ts';
import type { Reader } from './dimensions.ts';
import { MATCH_OPTIONS } from './expression.ts';
import { resultPeriods } from './time-period.ts';
import { median } from './trend.ts';

/** Anomalies are kept for so long (guide, read 2026-11). */
export const KEPT_DAYS = 90;
/** Expected is the median of so many days before; a service needs ten of them to be judged (guide, read 2026-11). */
const LEARNT_DAYS = 28;
const LEAST_DAYS = 10;
/** A day stands out that costs so many times what was expected, and so many dollars more. */
const TIMES = 1.5;
const DOLLARS = 25;

export interface Anomaly {
  readonly id: string;
  readonly serviceName: string;
  readonly start: Day;
  /** Its last day. */
  readonly end: Day;
  readonly actual: number;
  readonly expected: number;
  readonly highestDay: number;
  readonly rootCauses: readonly {
    readonly accountId: string;
    readonly regionId: string;
    readonly usageType: string;
    readonly impact: number;
  }[];
}

/** Jumps of a service's usage in the bill, faults of the bill among it. Recurring and one-off charges are not looked at, as with AWS. */
export async function findAnomalies(world: World, caller: Caller): Promise<Anomaly[]> {
  const bill = await openBill(world, caller, { allowsResourceId: false, matchOptions: new Set(MATCH_OPTIONS) });
  const { asOf } = world.estate;
  const known = historyOf(asOf).start;
  const start = addDays(asOf, -KEPT_DAYS - LEARNT_DAYS);
  const period = { start: start < known ? known : start, end: asOf };
  const services = dailyBy([bill.readers.dimension('SERVICE')], period, bill);
  return [...services].flatMap(([serviceName, costs]) =>
    jumpsOf(costs, period, asOf).map((jump) => anomalyOf(serviceName, jump, period, bill)),
  );
}

interface Jump {
  readonly from: number;
  readonly until: number;
  readonly costs: readonly number[];
  readonly expected: number;
}

function jumpsOf(costs: readonly number[], { start }: Period, asOf: Day): Jump[] {
  const jumps: Jump[] = [];
  for (let from = LEAST_DAYS; from < costs.length; from++) {
    const before = costs.slice(Math.max(0, from - LEARNT_DAYS), from).filter((cost) => cost > 0);
    const expected = median(before);
    const standsOut = (place: number): boolean =>
      before.length >= LEAST_DAYS && (costs[place] ?? 0) > expected * TIMES && (costs[place] ?? 0) > expected + DOLLARS;
    let until = from;
    while (until < costs.length && until < from + LEARNT_DAYS && standsOut(until)) until++;
    if (until === from) continue;
    if (addDays(start, until - 1) >= addDays(asOf, -KEPT_DAYS))
      jumps.push({ from, until, costs: costs.slice(from, until), expected });
    from = until;
  }
  return jumps;
}

function anomalyOf(serviceName: string, jump: Jump, period: Period, bill: Bill): Anomaly {
  const days = jump.until - jump.from;
  const start = addDays(period.start, jump.from);
  return {
    id: fingerprint('sandbox anomaly', serviceName, start).slice(0, 32),
    serviceName,
    start,
    end: addDays(period.start, jump.until - 1),
    actual: jump.costs.reduce((sum, cost) => sum + cost, 0),
    expected: jump.expected * days,
    highestDay: Math.max(...jump.costs) - jump.expected,
    rootCauses: rootCausesOf(serviceName, { start, end: addDays(start, days) }, bill),
  };
}

const MOST_CAUSES = 5;

/** What rose most from the same number of days just before. */
function rootCausesOf(serviceName: string, during: Period, bill: Bill): Anomaly['rootCauses'] {
  const readers = ['LINKED_ACCOUNT', 'REGION', 'USAGE_TYPE'].map((key) => bill.readers.dimension(key));
  const days = resultPeriods(during, 'DAILY').length;
  const both = { start: addDays(during.start, -days), end: during.end };
  const sums = dailyBy(readers, both, bill, serviceName);
  return [...sums]
    .map(([text, costs]) => {
      const [accountId = '', regionId = '', usageType = ''] = text.split('\n');
      const sum = (part: readonly number[]): number => part.reduce((total, cost) => total + cost, 0);
      return { accountId, regionId, usageType, impact: sum(costs.slice(days)) - sum(costs.slice(0, days)) };
    })
    .filter(({ impact }) => impact > 0)
    .sort((a, b) => b.impact - a.impact)
    .slice(0, MOST_CAUSES);
}

/** Cost of usage, day by day of the period, by what the readers say (joined by line ends). */
function dailyBy(readers: readonly Reader[], period: Period, bill: Bill, serviceName?: string): Map<string, number[]> {
  const periods = resultPeriods(period, 'DAILY');
  const cells = addUp(bill.table, bill.overlay, {
    periods,
    metrics: ['NetUnblendedCost'],
    groupBy: readers,
    accepts: (series) =>
      bill.mayRead(series) && series.recordType === 'Usage' && (serviceName === undefined || series.serviceName === serviceName),
  });
  const found = new Map<string, number[]>();
  for (const cell of cells.cells) {
    const key = cells.keysOf(cell).join('\n');
    const costs = found.get(key) ?? new Array<number>(periods.length).fill(0);
    costs[cells.periodOf(cell)] = Number(cells.metricsOf(cell).NetUnblendedCost?.Amount);
    found.set(key, costs);
  }
  return found;
}
