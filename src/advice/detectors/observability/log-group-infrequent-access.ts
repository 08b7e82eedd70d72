import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, examplePrices, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, dailyUsage, isHistoryShort, judgedPeriod, lookbackDays, total } from '../shared/lookback.ts';
import { paceOf } from '../shared/pace.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { regionalQuestions } from '../shared/regional-prices.ts';

/**
 * Ingestion of the Standard and of the Infrequent Access class (CloudWatch user guide, "Analyzing, optimizing, and reducing CloudWatch
 * costs"; in us-east-1 the price list writes "USE1-DataProcessingIA-Bytes"; read 2026-11). Logs that AWS delivers itself have other usage types.
 */
const INGESTION = 'DataProcessing-Bytes';
const PRICES = {
  standard: { serviceCode: 'AmazonCloudWatch', kind: INGESTION, isPrefixedInVirginia: true },
  infrequent: { serviceCode: 'AmazonCloudWatch', kind: 'DataProcessingIA-Bytes', isPrefixedInVirginia: true },
};

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumGigabytesPerDay: z
    .number()
    .min(0.1)
    .max(10_000)
    .default(10)
    .describe('GB taken in a day, on average over the look-back; for less, a new log group is not worth the work.'),
});

const evidence = z.strictObject({
  gigabytesPerDay: z.string().describe('GB taken in a day, on average over the look-back.'),
  savingsPercent: z.string().describe('How much less the other class charges for taking it in, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type LogGroupInfrequentAccessEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<LogGroupInfrequentAccessEvidence> | Priced<keyof typeof PRICES, LogGroupInfrequentAccessEvidence>;

const logGroup = exampleResource({
  resourceId: 'arn:aws:logs:ap-northeast-1:111122223333:log-group:/ecs/order',
  resourceType: 'LogGroup',
  lines: dailyLines({ serviceName: SERVICE.cloudWatch, meterKind: INGESTION, usageQuantity: '40', billedCost: '30.4' }),
});

/** Whether live tail, metric filters or subscriptions are used, only people can tell: `low` is nothing. */
export const logGroupInfrequentAccess = defineDetector({
  id: 'log-group-infrequent-access',
  revision: 1,
  category: 'observability',
  bestPractices: ['COST06-BP02', 'COST05-BP05'],
  resourceType: 'LogGroup',
  actionType: 'Upgrade',
  effort: 'Medium',
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
    subject: logGroup,
    view: viewOf(
      exampleSnapshot({
        resources: [logGroup],
        prices: examplePrices(regionalQuestions('ap-northeast-1', PRICES), { standard: '0.76', infrequent: '0.38' }),
      }),
    ),
    evidence: { gigabytesPerDay: '40', savingsPercent: '50', monthlyCost: '924.666667', monthlySavings: '462.333334' },
  },
  pricesNeeded: (logGroup, context) => questionsOf(examine(logGroup, context)),
  evaluate: (logGroup, context) => concluded(examine(logGroup, context), context.view),
});

function examine(logGroup: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const byAge = answerByAge(logGroup, view, limits.lookbackDays);
  if (byAge) return byAge;
  const usage = dailyUsage(logGroup, judgedPeriod(view, limits.lookbackDays), (kind) => kind === INGESTION);
  const gigabytesPerDay = total(usage).div(usage.size);
  if (gigabytesPerDay.lt(limits.minimumGigabytesPerDay)) return { kind: 'healthy' };
  const questions = regionalQuestions(logGroup.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const share = new Exact(1).minus(price.infrequent.div(price.standard));
      if (share.lte(0)) return { kind: 'healthy' };
      const costs = monthlyCosts(logGroup, view, (kind) => kind === INGESTION);
      const cost = effectiveMonthly(costs);
      const { most } = paceOf(logGroup, limits.lookbackDays, view, (kind) => kind === INGESTION);
      return {
        kind: 'finding',
        evidence: {
          gigabytesPerDay: gigabytesPerDay.toDecimalPlaces(1).toFixed(),
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(cost.mul(share)),
        },
        savings: rangeOf(cost.mul(0), cost.mul(share), Exact.min(cost, cost.mul(share).mul(most.plus(1)))),
        confidence: confidenceOf(0.9, { fewerFeatures: true, shortHistory: isHistoryShort(view, limits.lookbackDays) }),
        priceBasis: 'derived',
        effect: effectOn('traffic', costs),
      };
    },
  };
}
