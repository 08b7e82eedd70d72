import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import type { AwsRecommendation } from '../../../ledger/aws-recommendation.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_ACCOUNT_ID, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { savingsOf } from '../../savings.ts';
import { viewOf } from '../../snapshot-view.ts';
import { answerByCoverage } from '../shared/compute-optimizer.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { LAMBDA } from '../shared/lambda.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { isCritical, isPurposeKnown } from '../shared/purpose.ts';

/** Paid by memory times duration, on both architectures. */
const isDuration = (kind: string): boolean => kind === LAMBDA.duration || kind === LAMBDA.durationArm;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe('It saves at least this much a month, in the currency of the bill.'),
});

const evidence = z.strictObject({
  memoryMb: z.int().describe('Memory that the function has, in MB.'),
  targetMemoryMb: z.int().describe('Memory that AWS proposes, in MB.'),
  lookbackDays: z.int().describe('Days over which AWS measured it.'),
  savingsPercent: z.string().describe('How much less its time is expected to cost.'),
  monthlyCost,
  monthlySavings,
});

export type LambdaFunctionOversizedEvidence = z.infer<typeof evidence>;

const fn = exampleResource({
  resourceId: 'arn:aws:lambda:ap-northeast-1:111122223333:function:order-report',
  resourceType: 'LambdaFunction',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({ serviceName: SERVICE.lambda, meterKind: LAMBDA.duration, usageQuantity: '120000', billedCost: '2' }),
});

const said: AwsRecommendation = {
  source: 'ComputeOptimizer',
  kind: 'lambdaFunction',
  arn: fn.resourceId,
  accountId: EXAMPLE_ACCOUNT_ID,
  regionId: 'ap-northeast-1',
  resourceId: fn.resourceId,
  resourceType: 'LambdaFunction',
  finding: 'NotOptimized',
  findingReasonCodes: ['MemoryOverprovisioned'],
  current: '1024 MB',
  lookbackDays: 14,
  refreshedOn: EXAMPLE_AS_OF,
  options: [
    {
      rank: 1,
      target: '512 MB',
      performanceRisk: null,
      migrationEffort: null,
      platformDifferences: [],
      projectedCpuMaximumPercent: null,
      estimatedMonthlySavings: '24.5',
      currency: 'USD',
    },
  ],
};

/**
 * With less memory a function has less CPU and runs longer: how much longer only AWS has projected, and only in its saving does it say so. What
 * memory alone would save is the bound.
 */
export const lambdaFunctionOversized = defineDetector({
  id: 'lambda-function-oversized',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST06-BP02', 'COST06-BP03'],
  resourceType: 'LambdaFunction',
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
    subject: fn,
    view: viewOf(exampleSnapshot({ resources: [fn], awsRecommendations: [said] })),
    evidence: {
      memoryMb: 1024,
      targetMemoryMb: 512,
      lookbackDays: 14,
      savingsPercent: '40.3',
      monthlyCost: '60.833333',
      monthlySavings: '24.5',
    },
  },
  evaluate,
});

function evaluate(
  fn: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<LambdaFunctionOversizedEvidence> {
  const costs = monthlyCosts(fn, view, isDuration);
  const cost = effectiveMonthly(costs);
  if (cost.lt(limits.minimumMonthlySavings) || cost.lte(0)) return { kind: 'healthy' };
  const early = answerByAge(fn, view, limits.lookbackDays) ?? answerByCoverage(fn, view);
  if (early) return early;
  const advice = view.awsRecommendation(fn.resourceId, 'lambdaFunction');
  if (!advice || advice.finding === 'Unavailable') return { kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] };
  const [memoryMb, targetMemoryMb] = [megabytesOf(advice.current), megabytesOf(bestOf(advice)?.target ?? null)];
  if (advice.finding !== 'NotOptimized' || memoryMb === null || targetMemoryMb === null) return { kind: 'healthy' };
  if (targetMemoryMb >= memoryMb) return { kind: 'healthy' };
  const figure = bestOf(advice);
  if (!figure?.estimatedMonthlySavings || figure.currency !== view.snapshot.currency) {
    return { kind: 'unknown', missing: ['durationNotProjected'] };
  }
  const mostShare = new Exact(1).minus(new Exact(targetMemoryMb).div(memoryMb));
  const share = Exact.max(0, Exact.min(mostShare, new Exact(figure.estimatedMonthlySavings).div(cost)));
  const expected = new Exact(savingsOf(costs, view, { share }).expected);
  if (expected.lte(0) || expected.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
  const savings = rangeOf(new Exact(0), expected, new Exact(savingsOf(costs, view, { share: mostShare }).high));
  return {
    kind: 'finding',
    evidence: {
      memoryMb,
      targetMemoryMb,
      lookbackDays: advice.lookbackDays,
      savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
      monthlyCost: amountOf(cost),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.95, {
      purposeUnknown: !isPurposeKnown(fn, view),
      criticalWorkload: isCritical(fn, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'derived',
    effect: effectOn('compute', costs, { share }),
  };
}

function bestOf({ options }: AwsRecommendation): AwsRecommendation['options'][number] | undefined {
  return options.toSorted((a, b) => a.rank - b.rank)[0];
}

/** "1024 MB" */
function megabytesOf(text: string | null): number | null {
  const megabytes = /^(\d+) MB$/.exec(text ?? '')?.[1];
  return megabytes === undefined ? null : Number(megabytes);
}
