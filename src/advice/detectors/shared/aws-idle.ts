import { z } from 'zod';
import type { AwsRecommendation } from '../../../ledger/aws-recommendation.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts } from '../../costing.ts';
import type { Effect, Outcome } from '../../detector.ts';
import { EXAMPLE_AS_OF } from '../../example-facts.ts';
import { ALL_OF_IT, savingsOf } from '../../savings.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { answerByCoverage } from './compute-optimizer.ts';
import { confidenceOf, type Doubt } from './confidence.ts';
import { monthlyCost, monthlySavings } from './evidence.ts';
import { answerByAge, isHistoryShort } from './lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from './purpose.ts';

/** What every rule shows that has nothing but AWS's word for it that a thing does nothing. */
export const awsIdleEvidence = z.strictObject({
  lookbackDays: z.int().describe('Days over which AWS measured it.'),
  monthlyCost,
  monthlySavings,
});

export type AwsIdleEvidence = z.infer<typeof awsIdleEvidence>;

/** What goes of an idle thing, where that is not all of it, and what else speaks against it. */
interface Part {
  readonly component?: Extract<Effect['component'], '*' | 'compute'>;
  readonly isPart?: (meterKind: string) => boolean;
  readonly doubts?: Partial<Readonly<Record<Doubt, boolean>>>;
}

/**
 * Compute Optimizer measured it and calls it idle, and it is still billed: without it the bill loses all that it costs. AWS lists idle things
 * alone, so where it covered the place its silence means that the thing works.
 */
export function judgeAwsIdle(
  resource: ResourceFacts,
  view: SnapshotView,
  limits: { readonly lookbackDays: number },
  confidence: number,
  { component = '*', isPart, doubts = {} }: Part = {},
): Outcome<AwsIdleEvidence> {
  if (isDisasterRecoveryStandby(resource, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(resource, view, limits.lookbackDays) ?? answerByCoverage(resource, view);
  if (early) return early;
  const said = view.awsRecommendation(resource.resourceId, 'idle');
  if (said?.finding !== 'Idle' && said?.finding !== 'Unused') return { kind: 'healthy' };

  const costs = monthlyCosts(resource, view, isPart);
  if (effectiveMonthly(costs).lte(0)) return { kind: 'healthy' };
  const savings = savingsOf(costs, view);
  return {
    kind: 'finding',
    evidence: {
      lookbackDays: said.lookbackDays,
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(confidence, {
      purposeUnknown: !isPurposeKnown(resource, view),
      criticalWorkload: isCritical(resource, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
      ...doubts,
    }),
    priceBasis: 'observed',
    effect: effectOn(component, costs, ALL_OF_IT),
  };
}

/** For examples: AWS's word that the resource is idle. */
export function exampleIdleSaying(resource: ResourceFacts, lookbackDays: number): AwsRecommendation {
  return {
    source: 'ComputeOptimizer',
    kind: 'idle',
    arn: resource.resourceId,
    accountId: resource.accountId,
    regionId: resource.regionId,
    resourceId: resource.resourceId,
    resourceType: resource.resourceType,
    finding: 'Idle',
    findingReasonCodes: [],
    current: null,
    lookbackDays,
    refreshedOn: EXAMPLE_AS_OF,
    options: [],
  };
}
