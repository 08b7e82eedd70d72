import { Exact } from '../../../kernel/money.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { dailyUsage, judgedPeriod, total } from './lookback.ts';

/** By how much of the mean the quietest judged day lies below it, and the busiest above: what a month may do to usage that comes and goes. */
export interface Pace {
  readonly least: Exact;
  readonly most: Exact;
}

export function paceOf(resource: ResourceFacts, days: number, view: SnapshotView, matches: (meterKind: string) => boolean): Pace {
  const usage = dailyUsage(resource, judgedPeriod(view, days), matches);
  const mean = total(usage).div(usage.size);
  if (mean.isZero()) return { least: mean, most: mean };
  const ofMean = (quantity: Exact): Exact => quantity.minus(mean).abs().div(mean);
  return { least: ofMean(Exact.min(...usage.values())), most: ofMean(Exact.max(...usage.values())) };
}
