import type { AwsRecommendation } from '../../../ledger/aws-recommendation.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { Outcome } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

/**
 * Why Compute Optimizer says nothing of this resource, as an answer; null when it looked. It lists idle resources only, so its silence
 * about idleness counts as "not idle" only where it covered the account and region.
 */
export function answerByCoverage(resource: ResourceFacts, view: SnapshotView): Extract<Outcome, { kind: 'unknown' }> | null {
  const state = view.coverage('computeOptimizer', resource.accountId, resource.regionId);
  return state === 'covered' ? null : { kind: 'unknown', missing: [`computeOptimizer.${state}`] };
}

/** AWS judged the resource itself, whatever it found. */
export function isAnalysed(resource: ResourceFacts, kind: AwsRecommendation['kind'], view: SnapshotView): boolean {
  const said = view.awsRecommendation(resource.resourceId, kind);
  return said !== undefined && said.finding !== 'Unavailable';
}
