import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, sameRange } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { isCritical } from '../shared/purpose.ts';

/** On top of "AmazonEKS-Hours:perCluster" (price list of EKS and bills in public repositories, read 2026-11). */
const SURCHARGE = 'AmazonEKS-Hours:extendedSupport';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('The surcharge is at least this much a month, in the currency of the bill.'),
});

const evidence = z.strictObject({
  standardMonthlyCost: z.string().describe('What the cluster costs a month beside the surcharge, without its nodes.'),
  monthlyCost,
  monthlySavings,
});

export type EksClusterExtendedSupportEvidence = z.infer<typeof evidence>;

const hours = (meterKind: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.eks, meterKind, usageQuantity: '24', billedCost });
const cluster = exampleResource({
  resourceId: 'arn:aws:eks:ap-northeast-1:111122223333:cluster/order',
  resourceType: 'EksCluster',
  lines: [...hours('AmazonEKS-Hours:perCluster', '2.4'), ...hours(SURCHARGE, '12')],
});

/** From the bill alone: the surcharge is a line of its own and ends with the upgrade. AWS moves the dates, so none is written here. */
export const eksClusterExtendedSupport = defineDetector({
  id: 'eks-cluster-extended-support',
  revision: 1,
  category: 'licences',
  bestPractices: ['COST01-BP07', 'COST10-BP02'],
  resourceType: 'EksCluster',
  actionType: 'Upgrade',
  effort: 'High',
  rollbackPossible: false,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: cluster,
    view: viewOf(exampleSnapshot({ resources: [cluster] })),
    evidence: { standardMonthlyCost: '73', monthlyCost: '365', monthlySavings: '365' },
  },
  evaluate,
});

function evaluate(
  cluster: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<EksClusterExtendedSupportEvidence> {
  const costs = monthlyCosts(cluster, view, (kind) => kind === SURCHARGE);
  const surcharge = effectiveMonthly(costs);
  if (surcharge.lte(0) || surcharge.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
  const byAge = answerByAge(cluster, view, limits.lookbackDays);
  if (byAge) return byAge;
  return {
    kind: 'finding',
    evidence: {
      standardMonthlyCost: amountOf(effectiveMonthly(monthlyCosts(cluster, view, (kind) => kind !== SURCHARGE))),
      monthlyCost: amountOf(surcharge),
      monthlySavings: amountOf(surcharge),
    },
    savings: sameRange(surcharge),
    confidence: confidenceOf(0.97, {
      criticalWorkload: isCritical(cluster, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('extendedSupport', costs),
  };
}
