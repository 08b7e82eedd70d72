import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import {
  amountOf,
  effectiveMonthly,
  effectOn,
  isCovered,
  monthlyCosts,
  onDemandEquivalentMonthly,
  rangeOf,
  unitsMonthly,
} from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import { LAMBDA, lambdaPrice } from '../shared/lambda.ts';
import {
  answerByAge,
  answerByHistory,
  dailyUsage,
  isHistoryShort,
  judgedPeriod,
  lookbackDays,
  total,
} from '../shared/lookback.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

const KEPT_WARM: ReadonlySet<string> = new Set([LAMBDA.provisioned, LAMBDA.provisionedArm]);
const WORK: ReadonlySet<string> = new Set([LAMBDA.provisionedDuration, LAMBDA.provisionedDurationArm]);

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  maximumUsedPercent: z
    .number()
    .min(0)
    .max(50)
    .default(5)
    .describe('Less than this share of the capacity that is kept warm does any work, on average over the look-back.'),
});

const evidence = z.strictObject({
  usedPercent: z.string().describe('Share of the capacity kept warm that did any work.'),
  maximumUsedPercent: z.number().describe('The limit for it.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type LambdaProvisionedConcurrencyIdleEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<LambdaProvisionedConcurrencyIdleEvidence> | Priced<'onDemand', LambdaProvisionedConcurrencyIdleEvidence>;

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.lambda, meterKind, usageQuantity, billedCost });
const REGION = 'ap-northeast-1';
const fn = exampleResource({
  resourceId: `arn:aws:lambda:${REGION}:111122223333:function:order-api`,
  resourceType: 'LambdaFunction',
  tags: [{ key: 'System', value: 'order' }],
  lines: [...line(LAMBDA.provisioned, '864000', '3.6'), ...line(LAMBDA.provisionedDuration, '8640', '0.084')],
});
const question = { serviceCode: 'AWSLambda', regionId: REGION, attributes: { usagetype: 'APN1-Lambda-GB-Second' } } as const;

/** From the bill alone: GB-seconds kept warm, and GB-seconds of them that worked. Without it the same work is billed by the ordinary price. */
export const lambdaProvisionedConcurrencyIdle = defineDetector({
  id: 'lambda-provisioned-concurrency-idle',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST04-BP03', 'COST09-BP03'],
  resourceType: 'LambdaFunction',
  actionType: 'ScaleIn',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: fn,
    view: viewOf(
      exampleSnapshot({
        resources: [fn],
        prices: [
          {
            question: { ...question, term: 'onDemand' },
            answer: { kind: 'price', amountPerUnit: '0.0000166667', unit: 'Second', currency: 'USD', sku: 'EXAMPLE' },
            readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
          },
        ],
      }),
    ),
    evidence: {
      usedPercent: '1',
      maximumUsedPercent: 5,
      settledDays: 11,
      monthlyCost: '112.055',
      monthlySavings: '107.674991',
    },
  },
  pricesNeeded: (fn, context) => questionsOf(examine(fn, context)),
  evaluate: (fn, context) => concluded(examine(fn, context), context.view),
});

function examine(fn: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const warm = monthlyCosts(fn, view, (kind) => KEPT_WARM.has(kind));
  if (effectiveMonthly(warm).lte(0)) return { kind: 'healthy' };
  if (isDisasterRecoveryStandby(fn, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(fn, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const period = judgedPeriod(view, limits.lookbackDays);
  const kept = dailyUsage(fn, period, (kind) => KEPT_WARM.has(kind));
  if (kept.values().some((quantity) => quantity.lte(0))) return { kind: 'healthy' };
  const used = total(dailyUsage(fn, period, (kind) => WORK.has(kind))).div(total(kept));
  if (used.mul(100).gte(limits.maximumUsedPercent)) return { kind: 'healthy' };
  const isArm = warm.some(({ meterKind }) => meterKind === LAMBDA.provisionedArm);
  const onDemand = lambdaPrice(isArm ? LAMBDA.durationArm : LAMBDA.duration, fn.regionId);
  if (onDemand === null) return { kind: 'unknown', missing: ['regionPrefix'] };
  return {
    kind: 'priced',
    questions: { onDemand },
    conclude: (price) => conclude(fn, { used, days: kept.size, onDemand: price.onDemand }, { thresholds: limits, view }),
  };
}

function conclude(
  fn: ResourceSubject,
  { used, days, onDemand }: { readonly used: Exact; readonly days: number; readonly onDemand: Exact },
  { thresholds: limits, view }: Pick<Context, 'thresholds' | 'view'>,
): Outcome<LambdaProvisionedConcurrencyIdleEvidence> {
  const costs = monthlyCosts(fn, view, (kind) => KEPT_WARM.has(kind) || WORK.has(kind));
  const work = unitsMonthly(costs.filter(({ meterKind }) => WORK.has(meterKind)));
  const cost = effectiveMonthly(costs);
  const saved = cost.minus(work.mul(onDemand));
  if (saved.lte(0)) return { kind: 'healthy' };
  // Where a plan pays for some of it, what is freed may find no other use.
  const savings = rangeOf(isCovered(costs) ? new Exact(0) : saved, saved, saved);
  return {
    kind: 'finding',
    evidence: {
      usedPercent: used.mul(100).toDecimalPlaces(1).toFixed(),
      maximumUsedPercent: limits.maximumUsedPercent,
      settledDays: days,
      monthlyCost: amountOf(cost),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.95, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(fn, view),
      criticalWorkload: isCritical(fn, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'derived',
    effect: effectOn('concurrency', costs, { share: saved.div(onDemandEquivalentMonthly(costs)) }),
  };
}
