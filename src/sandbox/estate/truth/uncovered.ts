import { HOURS_PER_WEEK } from '../asset.ts';
import type { HourlyItem } from '../bill/hourly-item.ts';

export interface BestCommitment {
  /** In 1e-10 dollars an hour, beside what is committed already. */
  readonly hourlyCommitment: number;
  /** What a week would cost less, the new commitment paid. */
  readonly weeklySavings: number;
}

/**
 * The additional Compute Savings Plan commitment (1 year, no upfront) that saves most over the week: exact, not searched for. In each hour
 * a dollar of commitment takes over the next usage in AWS's order and saves its on-demand price per plan price, less the dollar itself; the
 * sum over the hours is concave, so the best commitment is where its slope turns negative. With one discount d for all usage that is the
 * d-quantile of the hourly on-demand cost. `items` must be in plan order; `committed` is applied to them first.
 */
export function bestCommitment(items: readonly HourlyItem[], committed: number): BestCommitment {
  const changes: (readonly [at: number, change: number])[] = [];
  let slope = 0;
  for (let hour = 0; hour < HOURS_PER_WEEK; hour++) slope += hourChanges(items, hour, committed, changes);
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let at = 0;
  let savings = 0;
  for (const [next, change] of changes) {
    if (slope <= 0) break;
    savings += slope * (next - at);
    at = next;
    slope += change;
  }
  return { hourlyCommitment: at, weeklySavings: savings };
}

/** Adds where the slope of one hour changes; returns its slope at nothing committed more. */
function hourChanges(
  items: readonly HourlyItem[],
  hour: number,
  committed: number,
  changes: (readonly [number, number])[],
): number {
  let end = 0;
  let worth = 0;
  let first: number | null = null;
  for (const item of items) {
    const cost = item.savingsPlanCost?.[hour] ?? 0;
    if (cost === 0) continue;
    const start = Math.max(0, end - committed);
    end += cost;
    if (end <= committed) continue;
    const here = (item.onDemandCost[hour] ?? 0) / cost;
    if (first === null) first = here;
    else changes.push([start, here - worth]);
    worth = here;
  }
  if (first === null) return -1;
  changes.push([end - committed, -worth]);
  return first - 1;
}
