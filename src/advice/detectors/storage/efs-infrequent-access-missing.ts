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
import { regionalQuestions } from '../shared/regional-prices.ts';
import { gigabytesOf, storedGigabytes } from '../shared/storage-class.ts';

/** EFS user guide, "Understanding billing and usage reports for Amazon EFS", read 2026-11. */
const STANDARD = 'TimedStorage-ByteHrs';
const COLDER = /^(IA|Archive)TimedStorage-/;
const ACCESS = 'ETDataAccess-Bytes';
/** Files that were not read or written for so long move (EFS user guide, "Managing storage lifecycle", default, read 2026-11). */
const MOVES_AFTER_DAYS = 30;
const PRICES = {
  standard: { serviceCode: 'AmazonEFS', kind: STANDARD, isPrefixedInVirginia: true },
  infrequent: { serviceCode: 'AmazonEFS', kind: 'IATimedStorage-ET-ByteHrs', isPrefixedInVirginia: true },
};

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumGigabytes: z.number().min(1).max(1_000_000).default(50).describe('The file system holds at least this many GB.'),
  minimumUnreadPercent: z
    .number()
    .min(0)
    .max(100)
    .default(30)
    .describe('At least this share of the data cannot have been read or written within a month.'),
});

const evidence = z.strictObject({
  storedGigabytes,
  unreadPercent: z.string().describe('Share of the data that cannot have been read or written within a month, at least.'),
  monthlyCost,
  monthlySavings,
});

export type EfsInfrequentAccessMissingEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<EfsInfrequentAccessMissingEvidence> | Priced<keyof typeof PRICES, EfsInfrequentAccessMissingEvidence>;

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.efs, meterKind, usageQuantity, billedCost });
const fileSystem = exampleResource({
  resourceId: 'arn:aws:elasticfilesystem:ap-northeast-1:111122223333:file-system/fs-0123456789abcdef0',
  resourceType: 'FileSystem',
  // 1,500 GB for a day of November, of which at most 5 GB are read or written.
  lines: [...line(STANDARD, '50', '18'), ...line(ACCESS, '5', '0.25')],
});

/**
 * With elastic throughput the bill says how much is read and written: even if every byte of it were another file, the rest lies untouched.
 * Other throughput modes do not bill it, and then nothing is said. Small files are charged as 128 KiB there, so `low` is nothing.
 */
export const efsInfrequentAccessMissing = defineDetector({
  id: 'efs-infrequent-access-missing',
  revision: 1,
  category: 'storage',
  bestPractices: ['COST06-BP02', 'COST04-BP05'],
  resourceType: 'FileSystem',
  actionType: 'Upgrade',
  effort: 'VeryLow',
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
    subject: fileSystem,
    view: viewOf(
      exampleSnapshot({
        resources: [fileSystem],
        prices: examplePrices(regionalQuestions('ap-northeast-1', PRICES), { standard: '0.36', infrequent: '0.0192' }),
      }),
    ),
    evidence: { storedGigabytes: '1500', unreadPercent: '90', monthlyCost: '540', monthlySavings: '460.08' },
  },
  pricesNeeded: (fileSystem, context) => questionsOf(examine(fileSystem, context)),
  evaluate: (fileSystem, context) => concluded(examine(fileSystem, context), context.view),
});

function examine(fileSystem: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const early = answerByAge(fileSystem, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const costs = monthlyCosts(fileSystem, view, (kind) => kind === STANDARD);
  const stored = unitsMonthly(costs);
  const hasColder = fileSystem.lines.some(({ serviceName, meterKind }) => serviceName === SERVICE.efs && COLDER.test(meterKind));
  const isEfs = costs.some(({ serviceName }) => serviceName === SERVICE.efs);
  if (!isEfs || hasColder || stored.lt(limits.minimumGigabytes)) return { kind: 'healthy' };
  const access = dailyUsage(fileSystem, judgedPeriod(view, limits.lookbackDays), (kind) => kind === ACCESS);
  if (total(access).isZero()) return { kind: 'unknown', missing: ['fileAccessNotBilled'] };
  const touched = total(access).div(access.size).mul(MOVES_AFTER_DAYS);
  const unread = Exact.max(0, new Exact(1).minus(touched.div(stored)));
  if (unread.lte(0) || unread.mul(100).lt(limits.minimumUnreadPercent)) return { kind: 'healthy' };
  const questions = regionalQuestions(fileSystem.regionId, PRICES);
  if (questions === null) return { kind: 'unknown', missing: ['regionPrefix'] };

  return {
    kind: 'priced',
    questions,
    conclude: (price) => {
      const share = new Exact(1).minus(price.infrequent.div(price.standard));
      if (share.lte(0)) return { kind: 'healthy' };
      const cost = effectiveMonthly(costs);
      const savings = cost.mul(unread).mul(share);
      return {
        kind: 'finding',
        evidence: {
          storedGigabytes: gigabytesOf(costs),
          unreadPercent: unread.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(cost),
          monthlySavings: amountOf(savings),
        },
        savings: rangeOf(cost.mul(0), savings, cost.mul(share)),
        confidence: confidenceOf(0.93, { objectSizes: true, shortHistory: isHistoryShort(view, limits.lookbackDays) }),
        priceBasis: 'derived',
        effect: effectOn('storage', costs),
      };
    },
  };
}
