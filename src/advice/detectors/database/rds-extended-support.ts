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

/** "ExtendedSupport:Yr1-Yr2:MySQL5.7", "ExtendedSupport:Yr3:PostgreSQL12", "ExtendedSupport:Yr1-Yr2:ASv2:AuroraPostgreSQL13". */
const SURCHARGE = /(^|[-:])ExtendedSupport:/;

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
  engineVersion: z.string().describe('Engine and major version that AWS bills the surcharge for.'),
  supportYear: z.string().describe('Year of extended support: "Yr1-Yr2", or "Yr3", which costs twice as much.'),
  monthlyCost,
  monthlySavings,
});

export type RdsExtendedSupportEvidence = z.infer<typeof evidence>;

const database = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:member',
  resourceType: 'RdsDbInstance',
  operation: 'CreateDBInstance:0002',
  lines: [
    ...dailyLines({
      serviceName: SERVICE.rds,
      meterKind: 'InstanceUsage:db.m5.large',
      usageQuantity: '24',
      billedCost: '5.64',
    }),
    ...dailyLines({
      serviceName: SERVICE.rds,
      meterKind: 'ExtendedSupport:Yr1-Yr2:MySQL5.7',
      usageQuantity: '48',
      billedCost: '5.76',
    }),
  ],
});

/** From the bill alone: the surcharge is a line of its own, and it ends with the upgrade. AWS moves the dates, so none is written here. */
export const rdsExtendedSupport = defineDetector({
  id: 'rds-extended-support',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST10-BP02'],
  resourceType: 'RdsDbInstance',
  actionType: 'Upgrade',
  effort: 'High',
  rollbackPossible: false,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: database,
    view: viewOf(exampleSnapshot({ resources: [database] })),
    evidence: { engineVersion: 'MySQL 5.7', supportYear: 'Yr1-Yr2', monthlyCost: '175.2', monthlySavings: '175.2' },
  },
  evaluate,
});

function evaluate(
  database: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<RdsExtendedSupportEvidence> {
  const costs = monthlyCosts(database, view, (kind) => SURCHARGE.test(kind));
  const surcharge = effectiveMonthly(costs);
  const latest = database.lines.findLast((line) => SURCHARGE.test(line.meterKind));
  if (!latest || surcharge.lte(0) || surcharge.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
  const byAge = answerByAge(database, view, limits.lookbackDays);
  if (byAge) return byAge;
  return {
    kind: 'finding',
    evidence: {
      ...readMeter(latest.meterKind),
      monthlyCost: amountOf(surcharge),
      monthlySavings: amountOf(surcharge),
    },
    savings: sameRange(surcharge),
    confidence: confidenceOf(0.97, {
      criticalWorkload: isCritical(database, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('extendedSupport', costs),
  };
}

function readMeter(meterKind: string): Pick<RdsExtendedSupportEvidence, 'engineVersion' | 'supportYear'> {
  const parts = meterKind.slice(meterKind.indexOf('ExtendedSupport:')).split(':');
  const engine = parts.at(-1) ?? '';
  return { engineVersion: engine.replace(/([A-Za-z])(\d)/, '$1 $2'), supportYear: parts[1] ?? '' };
}
