import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { cacheEngineOf, cacheNodeTypesOf, cachePrice } from './cache-nodes.ts';
import { type CheaperHoursEvidence, cheaperHours } from './cheaper-hours.ts';
import type { Doubt } from './confidence.ts';
import { answerByAge } from './lookback.ts';
import type { Priced } from './priced.ts';
import { notApplicable } from './purpose.ts';

export interface CacheNodeMove {
  readonly view: SnapshotView;
  readonly thresholds: { readonly lookbackDays: number; readonly minimumSavingsPercent: number };
  /** Of a node type: the one to move to; undefined: this one is all right. null: the other family has no such size. */
  readonly targetOf: (nodeType: string) => string | null | undefined;
  readonly doubts?: Partial<Record<Doubt, boolean>>;
}

/** The same engine on another node type of the same size, by list price. */
export function cheaperCacheNode(
  node: ResourceFacts,
  { view, thresholds: limits, targetOf, doubts }: CacheNodeMove,
): Outcome<CheaperHoursEvidence> | Priced<string, CheaperHoursEvidence> {
  const types = cacheNodeTypesOf(node, view, limits.lookbackDays);
  const current = types.at(-1);
  if (current === undefined) return notApplicable('noInstanceHours');
  const byAge = answerByAge(node, view, limits.lookbackDays);
  if (byAge) return byAge;
  const target = targetOf(current);
  if (target === undefined) return { kind: 'healthy' };
  if (types.length > 1) return notApplicable('typeChangedRecently');
  if (target === null) return notApplicable('noSameSize');
  if (!view.policy.mayUseType(node, target.replace('cache.', ''))) return notApplicable('policy.familyNotAllowed');
  const engine = cacheEngineOf(node);
  if (engine === undefined) return { kind: 'unknown', missing: ['cacheEngine'] };
  const [now, then] = [cachePrice(node.regionId, current, engine), cachePrice(node.regionId, target, engine)];
  if (!now || !then) return { kind: 'unknown', missing: ['regionPrefix'] };
  const move = {
    meterKind: `NodeUsage:${current}`,
    current: { name: current, price: now },
    target: { name: target, price: then, meterKind: `NodeUsage:${target}` },
  };
  return cheaperHours(node, [move], { view, thresholds: limits, otherProduct: 'cacheEngine', ...(doubts ? { doubts } : {}) });
}
