import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, type MeterCost, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { answerByCoverage } from '../shared/compute-optimizer.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { boughtThroughputMibps, GP3_IOPS, GP3_MIBPS_PER_IOPS, GP3_THROUGHPUT_MIBPS } from '../shared/ebs.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, notApplicable } from '../shared/purpose.ts';

/** Above what gp3 includes; of io2 all of them, in three tiers of which the upper ones are cheaper (EBS billing codes, read 2026-11). */
const OPERATIONS = /^EBS:VolumeP-IOPS\.(gp3|io2(\.tier[23])?)$/;
const GP3_THROUGHPUT = 'EBS:VolumeP-Throughput.gp3';
/** The least that io2 takes. */
const IO2_LEAST = 100;
const STEP = 100;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  headroomPercent: z
    .number()
    .min(0)
    .max(200)
    .default(30)
    .describe('What is kept above the highest operations a second that were measured.'),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(100)
    .default(10)
    .describe('At least this share of what the provisioned operations cost goes.'),
});

const evidence = z.strictObject({
  volumeType: z.string().describe('Volume type as the bill names it.'),
  provisionedIops: z.int().describe('I/O operations a second that are provisioned.'),
  measuredIops: z.int().describe('Most operations a second that were measured, reads and writes added up.'),
  targetIops: z.int().describe('I/O operations a second to set.'),
  monthlyCost,
  monthlySavings,
});

export type EbsVolumeIopsOverprovisionedEvidence = z.infer<typeof evidence>;
type Limits = z.infer<typeof thresholds>;

const volume = exampleResource({
  resourceId: 'vol-0123456789abcdef4',
  resourceType: 'EbsVolume',
  // 9,000 operations a second above the included ones, for a day of November.
  lines: [
    ...dailyLines({
      serviceName: SERVICE.ec2Other,
      meterKind: 'EBS:VolumeUsage.gp3',
      usageQuantity: '16.6666666667',
      billedCost: '1.6',
    }),
    ...dailyLines({ serviceName: SERVICE.ec2Other, meterKind: 'EBS:VolumeP-IOPS.gp3', usageQuantity: '300', billedCost: '1.8' }),
  ],
  utilization: {
    source: 'ComputeOptimizer',
    lookbackDays: 14,
    asOf: EXAMPLE_AS_OF,
    readWriteOperationsPerSecondMaximum: 2400,
  },
});

/**
 * Operations are bought by the second and measured as the highest five minutes, so bursts within them may be higher: `low` keeps twice what
 * was measured. Of io1 another rule speaks, since gp3 is the better way out of it.
 */
export const ebsVolumeIopsOverprovisioned = defineDetector({
  id: 'ebs-volume-iops-overprovisioned',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST06-BP02', 'COST10-BP02'],
  resourceType: 'EbsVolume',
  actionType: 'Rightsize',
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
    view: viewOf(exampleSnapshot({ resources: [volume] })),
    evidence: {
      volumeType: 'gp3',
      provisionedIops: 12_000,
      measuredIops: 2400,
      targetIops: 3200,
      monthlyCost: '54',
      monthlySavings: '52.8',
    },
  },
  evaluate,
});

function evaluate(
  volume: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<Limits>,
): Outcome<EbsVolumeIopsOverprovisionedEvidence> {
  const costs = monthlyCosts(volume, view, (kind) => OPERATIONS.test(kind));
  const cost = effectiveMonthly(costs);
  if (cost.lte(0)) return { kind: 'healthy' };
  if (isDisasterRecoveryStandby(volume, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(volume, view, limits.lookbackDays) ?? answerByCoverage(volume, view);
  if (early) return early;
  const measured = volume.utilization?.readWriteOperationsPerSecondMaximum;
  if (measured === undefined) return { kind: 'unknown', missing: ['operationsNotMeasured'] };

  const isGp3 = costs.some(({ meterKind }) => meterKind.endsWith('.gp3'));
  const included = isGp3 ? GP3_IOPS : 0;
  const provisioned = Math.round(unitsMonthly(costs).toNumber()) + included;
  const least = isGp3 ? Math.max(GP3_IOPS, throughputOf(volume, view) / GP3_MIBPS_PER_IOPS) : IO2_LEAST;
  const keptAt = (factor: number): number => Math.max(least, Math.ceil((measured * factor) / STEP) * STEP);
  const savingsAt = (factor: number): Exact => costOfTop(costs, provisioned - keptAt(factor));
  const target = keptAt(1 + limits.headroomPercent / 100);
  const savings = rangeOf(savingsAt(2), costOfTop(costs, provisioned - target), savingsAt(1));
  if (new Exact(savings.expected).mul(100).lt(cost.mul(limits.minimumSavingsPercent)) || target >= provisioned) {
    return { kind: 'healthy', measured: { measuredIops: Math.ceil(measured), targetIops: target } };
  }
  return {
    kind: 'finding',
    evidence: {
      volumeType: isGp3 ? 'gp3' : 'io2',
      provisionedIops: provisioned,
      measuredIops: Math.ceil(measured),
      targetIops: target,
      monthlyCost: amountOf(cost),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.95, {
      criticalWorkload: isCritical(volume, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('iops', costs),
  };
}

/** gp3 gives its throughput only with enough operations. */
function throughputOf(volume: ResourceSubject, view: SnapshotView): number {
  const bought = unitsMonthly(monthlyCosts(volume, view, (kind) => kind === GP3_THROUGHPUT));
  return GP3_THROUGHPUT_MIBPS + boughtThroughputMibps(bought);
}

/** What the last so many operations cost: those of the highest tier go first. */
function costOfTop(costs: readonly MeterCost[], iops: number): Exact {
  let left = new Exact(Math.max(0, iops));
  let cost = new Exact(0);
  for (const { unitsMonthly: units, effectiveMonthly: paid } of costs.toSorted((a, b) => (a.meterKind < b.meterKind ? 1 : -1))) {
    if (units.lte(0)) continue;
    const gone = Exact.min(units, left);
    cost = cost.plus(paid.mul(gone).div(units));
    left = left.minus(gone);
  }
  return cost;
}
