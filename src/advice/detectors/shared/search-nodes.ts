import { usageTypeOf } from '../../../ledger/meter.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { type CheaperHoursEvidence, cheaperHours, type HoursMove } from './cheaper-hours.ts';
import { answerByAge, judgedPeriod } from './lookback.ts';
import type { Priced } from './priced.ts';
import { notApplicable } from './purpose.ts';

/** "ESInstance:m4.large" on the bill, without ".search" (rates of Database Savings Plans of 2026-04 and price list of AmazonES, read 2026-11). */
const HOURS = /^ESInstance:(([a-z]+\d[a-z]*)\.(.+))$/;

export interface SearchNodesContext {
  readonly view: SnapshotView;
  readonly thresholds: { readonly lookbackDays: number; readonly minimumSavingsPercent: number };
}

/** Data nodes and dedicated masters are billed alike, each type on its own line: every one that `targetOf` knows a family for is looked at. */
export function cheaperSearchNodes(
  domain: ResourceFacts,
  { view, thresholds: limits }: SearchNodesContext,
  targetOf: (family: string, size: string) => string | null,
): Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence> {
  const { start } = judgedPeriod(view, limits.lookbackDays);
  const kinds = new Set(domain.lines.filter(({ day }) => day >= start).map(({ meterKind }) => meterKind));
  const nodes = [...kinds].sort().flatMap((kind) => {
    const [, type, family = '', size = ''] = HOURS.exec(kind) ?? [];
    return type === undefined ? [] : [{ type, target: targetOf(family, size) }];
  });
  if (nodes.length === 0) return notApplicable('noInstanceHours');
  const byAge = answerByAge(domain, view, limits.lookbackDays);
  if (byAge) return byAge;
  const moves: HoursMove[] = [];
  for (const { type, target } of nodes) {
    if (target === null) continue;
    const [now, then] = [searchInstancePrice(domain.regionId, type), searchInstancePrice(domain.regionId, target)];
    if (!now || !then) return { kind: 'unknown', missing: ['regionPrefix'] };
    moves.push({
      meterKind: `ESInstance:${type}`,
      current: { name: `${type}.search`, price: now },
      target: { name: `${target}.search`, price: then, meterKind: `ESInstance:${target}` },
    });
  }
  if (moves.length === 0) return { kind: 'healthy' };
  return cheaperHours(domain, moves, { view, thresholds: limits, otherProduct: 'platform' });
}

export function searchInstancePrice(regionId: string, instanceType: string): PriceQuestion | undefined {
  const usagetype = usageTypeOf({ kind: `ESInstance:${instanceType}`, regionId });
  return usagetype === undefined ? undefined : { serviceCode: 'AmazonES', regionId, attributes: { usagetype }, term: 'onDemand' };
}
