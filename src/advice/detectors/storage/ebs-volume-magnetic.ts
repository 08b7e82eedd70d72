import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, rangeOf, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, examplePrices, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, lookbackDays } from '../shared/lookback.ts';
import { paceOf } from '../shared/pace.ts';
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { ebsPrice, regionalQuestions } from '../shared/regional-prices.ts';

/**
 * Magnetic volumes have no suffix and pay for each operation beside their size ("EBS:VolumeUsage", "EBS:VolumeIOUsage"; EBS user guide,
 * "Understand codes for Amazon EBS in billing and usage reports", read 2026-11). They are 1 TiB at most and give about 100 operations a second, so gp3 as
 * it comes is always faster (same guide, "Previous generation volumes", read 2026-11).
 */
const STORAGE = 'EBS:VolumeUsage';
const OPERATIONS = 'EBS:VolumeIOUsage';
const PRICES = { magnetic: ebsPrice(STORAGE, 'standard'), gp3: ebsPrice('EBS:VolumeUsage.gp3', 'gp3') };

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(90)
    .default(1)
    .describe('gp3 of the same size is cheaper by at least this share of what size and operations cost today.'),
});

const evidence = z.strictObject({
  sizeGib: z.string().describe('Provisioned size in GiB.'),
  millionOperationsMonthly: z.string().describe('Operations a month that are paid for one by one, in millions.'),
  savingsPercent: z.string().describe('How much less gp3 costs, operations included.'),
  monthlyCost,
  monthlySavings,
});

export type EbsVolumeMagneticEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<EbsVolumeMagneticEvidence> | Priced<keyof typeof PRICES, EbsVolumeMagneticEvidence>;

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.ec2Other, meterKind, usageQuantity, billedCost });
const volume = exampleResource({
  resourceId: 'vol-0123456789abcdef3',
  resourceType: 'EbsVolume',
  // 300 GiB for a day of November, and 10 million operations.
  lines: [...line(STORAGE, '10', '0.8'), ...line(OPERATIONS, '10000000', '0.8')],
});

/** gp3 is dearer by the GiB in most regions: only who reads and writes much saves, so the operations decide. */
export const ebsVolumeMagnetic = defineDetector({
  id: 'ebs-volume-magnetic',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'EbsVolume',
  actionType: 'Upgrade',
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
    subject: volume,
    view: viewOf(
      exampleSnapshot({
        resources: [volume],
        prices: examplePrices(regionalQuestions('ap-northeast-1', PRICES), { magnetic: '0.08', gp3: '0.096' }),
      }),
    ),
    evidence: {
      sizeGib: '300',
      millionOperationsMonthly: '304.2',
      savingsPercent: '40.4',
      monthlyCost: '48.333333',
      monthlySavings: '19.533333',
    },
  },
  pricesNeeded: (volume, context) => questionsOf(examine(volume, context)),
  evaluate: (volume, context) => concluded(examine(volume, context), context.view),
});

function examine(volume: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const storage = monthlyCosts(volume, view, (kind) => kind === STORAGE);
  const size = unitsMonthly(storage);
  if (size.lt(1)) return { kind: 'healthy' };
  const byAge = answerByAge(volume, view, limits.lookbackDays);
  if (byAge) return byAge;
  const questions = regionalQuestions(volume.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const costs = monthlyCosts(volume, view, (kind) => kind === STORAGE || kind === OPERATIONS);
      const cost = effectiveMonthly(costs);
      // gp3 gets the discount that is seen on the size today.
      const savings = cost.minus(effectiveMonthly(storage).mul(price.gp3).div(price.magnetic));
      const percent = cost.isZero() ? cost : savings.div(cost).mul(100);
      if (savings.lte(0) || percent.lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };
      const operations = costs.filter(({ meterKind }) => meterKind === OPERATIONS);
      const { least, most } = paceOf(volume, limits.lookbackDays, view, (kind) => kind === OPERATIONS);
      const operationsCost = effectiveMonthly(operations);
      return {
        kind: 'finding',
        evidence: {
          sizeGib: size.toFixed(0),
          millionOperationsMonthly: unitsMonthly(operations).div(1_000_000).toDecimalPlaces(1).toFixed(),
          savingsPercent: percent.toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(savings),
        },
        savings: rangeOf(
          savings.minus(operationsCost.mul(least)),
          savings,
          Exact.min(cost, savings.plus(operationsCost.mul(most))),
        ),
        confidence: confidenceOf(0.95, { shortHistory: isHistoryShort(view, limits.lookbackDays) }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}
