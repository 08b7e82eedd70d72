import { z } from 'zod';
import { exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_ACCOUNT_ID, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { answerByCoverage } from '../shared/compute-optimizer.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge } from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

const thresholds = z.strictObject({
  minimumDetachedDays: z
    .int()
    .min(32)
    .max(365)
    .default(32)
    .describe('The volume is older than this; Compute Optimizer itself waits for 32 days without an instance.'),
  keptSnapshotCostPercent: z
    .number()
    .min(0)
    .max(100)
    .default(63)
    .describe(
      'What a snapshot that is kept for good may cost at most, as a share of the volume (us-east-1: gp3 0.08, snapshot 0.05).',
    ),
});

const evidence = z.strictObject({
  volumeType: z.string().describe('Volume type as the bill names it.'),
  sizeGib: z.string().describe('Provisioned size in GiB.'),
  detachedDays: z.int().describe('Days without an instance, at least.'),
  monthlyCost,
  monthlySavings,
});

export type EbsVolumeUnattachedEvidence = z.infer<typeof evidence>;

const volume = exampleResource({
  resourceId: 'vol-0123456789abcdef0',
  resourceType: 'EbsVolume',
  tags: [{ key: 'System', value: 'order' }],
  // 200 GiB for a day of November.
  lines: dailyLines({
    serviceName: SERVICE.ec2Other,
    meterKind: 'EBS:VolumeUsage.gp3',
    usageQuantity: '6.6666666667',
    billedCost: '0.64',
  }),
});
const view = viewOf(
  exampleSnapshot({
    resources: [volume],
    awsRecommendations: [
      {
        source: 'ComputeOptimizer',
        kind: 'idle',
        arn: `arn:aws:ec2:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:volume/${volume.resourceId}`,
        accountId: EXAMPLE_ACCOUNT_ID,
        regionId: 'ap-northeast-1',
        resourceId: volume.resourceId,
        resourceType: 'EbsVolume',
        finding: 'Unattached',
        findingReasonCodes: [],
        current: null,
        lookbackDays: 32,
        refreshedOn: EXAMPLE_AS_OF,
        options: [],
      },
    ],
  }),
);

/** "Unattached: not attached for 32 days" (Compute Optimizer guide, "Viewing idle resource recommendations", read 2026-11). */
export const ebsVolumeUnattached = defineDetector({
  id: 'ebs-volume-unattached',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST04-BP01', 'COST04-BP03'],
  resourceType: 'EbsVolume',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 7 },
    { fact: 'computeOptimizer', lookbackDays: 32 },
  ],
  worksWith: ['ComputeOptimizer'],
  thresholds,
  evidence,
  example: {
    subject: volume,
    view,
    evidence: { volumeType: 'gp3', sizeGib: '200', detachedDays: 32, monthlyCost: '19.2', monthlySavings: '19.2' },
  },
  evaluate,
});

function evaluate(
  volume: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<EbsVolumeUnattachedEvidence> {
  if (isDisasterRecoveryStandby(volume, view)) return notApplicable('disasterRecoveryStandby');
  const byAge = answerByAge(volume, view, limits.minimumDetachedDays);
  if (byAge) return byAge;
  const uncovered = answerByCoverage(volume, view);
  if (uncovered) return uncovered;
  const said = view.awsRecommendation(volume.resourceId, 'idle');
  if (said?.finding !== 'Unattached') return { kind: 'healthy' };
  if (said.lookbackDays < limits.minimumDetachedDays) return { kind: 'unknown', missing: ['detachedDays'] };

  const costs = monthlyCosts(volume, view);
  const storage = costs.find((cost) => cost.meterKind.startsWith('EBS:VolumeUsage'));
  if (!storage) return { kind: 'unknown', missing: ['volumeUsage'] };
  const volumeType = storage.meterKind.split('.')[1] ?? 'standard';
  const cost = effectiveMonthly(costs);
  // Hard disks cost no more than a snapshot of them: kept, it may eat the whole saving.
  const kept = /^gp[23]$|^piops$|^io2$/.test(volumeType) ? exact(limits.keptSnapshotCostPercent).div(100) : exact(1);
  const snapshot = storage.effectiveMonthly.mul(kept);
  return {
    kind: 'finding',
    evidence: {
      volumeType,
      sizeGib: unitsMonthly([storage]).toFixed(0),
      detachedDays: said.lookbackDays,
      monthlyCost: amountOf(cost),
      monthlySavings: amountOf(cost),
    },
    savings: rangeOf(cost.minus(snapshot), cost, cost),
    confidence: confidenceOf(0.97, {
      purposeUnknown: !isPurposeKnown(volume, view),
      criticalWorkload: isCritical(volume, view),
      snapshotKept: true,
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs),
  };
}
