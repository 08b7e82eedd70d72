import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { judgeSurcharge, surchargeEvidence, surchargeThresholds } from '../shared/surcharge.ts';

/** "ExtendedSupport:Yr1-Yr2:MySQL5.7", "ExtendedSupport:Yr3:PostgreSQL12", "ExtendedSupport:Yr1-Yr2:ASv2:AuroraPostgreSQL13". */
const SURCHARGE = /(^|[-:])ExtendedSupport:/;

const evidence = z.strictObject({
  engineVersion: z.string().describe('Engine and major version that AWS bills the surcharge for.'),
  supportYear: z.string().describe('Year of extended support: "Yr1-Yr2", or "Yr3", which costs twice as much.'),
  ...surchargeEvidence,
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
  thresholds: surchargeThresholds,
  evidence,
  example: {
    subject: database,
    view: viewOf(exampleSnapshot({ resources: [database] })),
    evidence: { engineVersion: 'MySQL 5.7', supportYear: 'Yr1-Yr2', monthlyCost: '175.2', monthlySavings: '175.2' },
  },
  evaluate: (database: ResourceSubject, context) => judgeSurcharge(database, context, SURCHARGE, readMeter),
});

function readMeter(meterKind: string): Pick<RdsExtendedSupportEvidence, 'engineVersion' | 'supportYear'> {
  const parts = meterKind.slice(meterKind.indexOf('ExtendedSupport:')).split(':');
  const engine = parts.at(-1) ?? '';
  return { engineVersion: engine.replace(/([A-Za-z])(\d)/, '$1 $2'), supportYear: parts[1] ?? '' };
}
