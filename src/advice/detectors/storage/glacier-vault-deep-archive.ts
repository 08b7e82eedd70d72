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
import { concluded, type Priced, questionsOf } from '../shared/priced.ts';
import { regionalQuestions } from '../shared/regional-prices.ts';
import { gigabytesOf, savingsPercent, storedGigabytes } from '../shared/storage-class.ts';

/** Vaults have a service of their own, and so has the class that they would move to (AWS price list index, read 2026-11). */
const STORAGE = 'TimedStorage-ByteHrs';
const PRICES = {
  vault: { serviceCode: 'AmazonGlacier', kind: STORAGE },
  deepArchive: { serviceCode: 'AmazonS3GlacierDeepArchive', kind: 'TimedStorage-GDA-ByteHrs' },
};

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumGigabytes: z
    .number()
    .min(1)
    .max(1_000_000)
    .default(500)
    .describe('The vault holds at least this many GB; moving less is not worth the work.'),
});

const evidence = z.strictObject({ storedGigabytes, savingsPercent, monthlyCost, monthlySavings });

export type GlacierVaultDeepArchiveEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<GlacierVaultDeepArchiveEvidence> | Priced<keyof typeof PRICES, GlacierVaultDeepArchiveEvidence>;

const vault = exampleResource({
  resourceId: 'arn:aws:glacier:ap-northeast-1:111122223333:vaults/order-archive',
  resourceType: 'GlacierVault',
  // 60,000 GB for a day of November.
  lines: dailyLines({ serviceName: SERVICE.glacier, meterKind: STORAGE, usageQuantity: '2000', billedCost: '9' }),
});

/** Moving costs once: each archive is retrieved and put again. How often the data is needed, and how fast, only people know: `low` is nothing. */
export const glacierVaultDeepArchive = defineDetector({
  id: 'glacier-vault-deep-archive',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST01-BP07', 'COST04-BP05', 'COST06-BP02'],
  resourceType: 'GlacierVault',
  actionType: 'Upgrade',
  effort: 'High',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: vault,
    view: viewOf(
      exampleSnapshot({
        resources: [vault],
        prices: examplePrices(regionalQuestions('ap-northeast-1', PRICES), { vault: '0.0045', deepArchive: '0.002' }),
      }),
    ),
    evidence: { storedGigabytes: '60000', savingsPercent: '55.6', monthlyCost: '270', monthlySavings: '150' },
  },
  pricesNeeded: (vault, context) => questionsOf(examine(vault, context)),
  evaluate: (vault, context) => concluded(examine(vault, context), context.view),
});

function examine(vault: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const byAge = answerByAge(vault, view, limits.lookbackDays);
  if (byAge) return byAge;
  const costs = monthlyCosts(vault, view, (kind) => kind === STORAGE);
  if (unitsMonthly(costs).lt(limits.minimumGigabytes)) return { kind: 'healthy' };
  const questions = regionalQuestions(vault.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const share = new Exact(1).minus(price.deepArchive.div(price.vault));
      if (share.lte(0)) return { kind: 'healthy' };
      const cost = effectiveMonthly(costs);
      return {
        kind: 'finding',
        evidence: {
          storedGigabytes: gigabytesOf(costs),
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(cost.mul(share)),
        },
        savings: rangeOf(cost.mul(0), cost.mul(share), cost.mul(share)),
        confidence: confidenceOf(0.9, {
          keepingRule: true,
          objectSizes: true,
          shortHistory: isHistoryShort(view, limits.lookbackDays),
        }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}
