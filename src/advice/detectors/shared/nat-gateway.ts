import type { Exact } from '../../../kernel/money.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { type MeterCost, monthlyCosts } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { answerByAge, answerByHistory, dailyUsage, judgedPeriod, total } from './lookback.ts';

/** Also of gateways that stand in all zones of a region (AWS price list of AmazonEC2, read 2026-11). */
export const NAT_HOURS = /^(Regional)?NatGateway-Hours$/;
export const NAT_BYTES = /^(Regional)?NatGateway-Bytes$/;
/** The bill counts processed data in GB. */
export const MEGABYTES_PER_GB = 1_000;

export interface NatTraffic {
  readonly kind: 'traffic';
  readonly settledDays: number;
  readonly gigabytesPerDay: Exact;
}

/** What went through on an average settled day of a gateway that was there on all of them; else the answer that this already is. */
export function natTraffic(
  gateway: ResourceFacts,
  view: SnapshotView,
  lookbackDays: number,
): NatTraffic | Extract<Outcome, { kind: 'healthy' | 'notApplicable' | 'unknown' }> {
  const early = answerByAge(gateway, view, lookbackDays) ?? answerByHistory(view, lookbackDays);
  if (early) return early;
  const period = judgedPeriod(view, lookbackDays);
  const hours = dailyUsage(gateway, period, (kind) => NAT_HOURS.test(kind));
  if (hours.values().some((quantity) => quantity.lte(0))) return { kind: 'healthy' };
  const gigabytes = total(dailyUsage(gateway, period, (kind) => NAT_BYTES.test(kind)));
  return { kind: 'traffic', settledDays: hours.size, gigabytesPerDay: gigabytes.div(hours.size) };
}

export interface NatCosts {
  /** What it costs to be there. */
  readonly hours: readonly MeterCost[];
  /** What it costs to carry. */
  readonly bytes: readonly MeterCost[];
}

export function natCosts(gateway: ResourceFacts, view: SnapshotView): NatCosts {
  return {
    hours: monthlyCosts(gateway, view, (kind) => NAT_HOURS.test(kind)),
    bytes: monthlyCosts(gateway, view, (kind) => NAT_BYTES.test(kind)),
  };
}
