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
import { answerByAge, lookbackDays } from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
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
  lookbackDays: z.int().describe('Days in which next to nothing was read or written.'),
  monthlyCost,
  monthlySavings,
});

export type EbsVolumeIdleEvidence = z.infer<typeof evidence>;

const volume = exampleResource({
  resourceId: 'vol-0123456789abcdef5',
  resourceType: 'EbsVolume',
  tags: [{ key: 'System', value: 'order' }],
  // 500 GiB for a day of November.
  lines: dailyLines({
    serviceName: SERVICE.ec2Other,
    meterKind: 'EBS:VolumeUsage.gp3',
    usageQuantity: '16.6666666667',
    billedCost: '1.6',
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
        finding: 'Idle',
        findingReasonCodes: [],
        current: null,
        lookbackDays: 14,
        refreshedOn: EXAMPLE_AS_OF,
        options: [],
      },
    ],
  }),
);

/**
 * Attached, no root disk, and less than one operation a day in 14 days (Compute Optimizer guide, "Viewing idle resource recommendations",
 * read 2026-11). A volume that hangs on nothing has a rule of its own.
 */
export const ebsVolumeIdle = defineDetector({
  id: 'ebs-volume-idle',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST04-BP01', 'COST04-BP03'],
  resourceType: 'EbsVolume',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'computeOptimizer', lookbackDays: 14 },
  ],
  worksWith: ['ComputeOptimizer'],
  thresholds,
  evidence,
  example: {
    subject: volume,
    view,
    evidence: { volumeType: 'gp3', sizeGib: '500', lookbackDays: 14, monthlyCost: '48', monthlySavings: '48' },
  },
  evaluate,
});

function evaluate(
  volume: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<EbsVolumeIdleEvidence> {
  if (isDisasterRecoveryStandby(volume, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(volume, view, limits.lookbackDays) ?? answerByCoverage(volume, view);
  if (early) return early;
  const said = view.awsRecommendation(volume.resourceId, 'idle');
  if (said?.finding !== 'Idle') return { kind: 'healthy' };
  if (said.lookbackDays < limits.lookbackDays) return { kind: 'unknown', missing: ['shortHistory'] };

  const costs = monthlyCosts(volume, view);
  const storage = costs.find((cost) => cost.meterKind.startsWith('EBS:VolumeUsage'));
  if (!storage) return { kind: 'unknown', missing: ['volumeUsage'] };
  const volumeType = storage.meterKind.split('.')[1] ?? 'standard';
  const cost = effectiveMonthly(costs);
  // Hard disks cost no more than a snapshot of them: kept, it may eat the whole saving.
  const kept = /^gp[23]$|^piops$|^io2$/.test(volumeType) ? exact(limits.keptSnapshotCostPercent).div(100) : exact(1);
  return {
    kind: 'finding',
    evidence: {
      volumeType,
      sizeGib: unitsMonthly([storage]).toFixed(0),
      lookbackDays: said.lookbackDays,
      monthlyCost: amountOf(cost),
      monthlySavings: amountOf(cost),
    },
    savings: rangeOf(cost.minus(storage.effectiveMonthly.mul(kept)), cost, cost),
    confidence: confidenceOf(0.95, {
      purposeUnknown: !isPurposeKnown(volume, view),
      criticalWorkload: isCritical(volume, view),
      snapshotKept: true,
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs),
  };
}
