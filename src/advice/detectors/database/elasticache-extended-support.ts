import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { instanceType } from '../shared/evidence.ts';
import { judgeSurcharge, surchargeEvidence, surchargeThresholds } from '../shared/surcharge.ts';

/** "ExtendedSupportYr1_Yr2-NodeUsage:cache.m5.large", "ExtendedSupportYr3-NodeUsage:…": price list of AmazonElastiCache and bill lines, read 2026-11. */
const SURCHARGE = /^ExtendedSupportYr[0-9_Yr]+-NodeUsage:/;

const evidence = z.strictObject({
  instanceType,
  supportYear: z.string().describe('Year of extended support: "Yr1-Yr2", or "Yr3", which costs twice as much.'),
  ...surchargeEvidence,
});

export type ElasticacheExtendedSupportEvidence = z.infer<typeof evidence>;

const node = exampleResource({
  resourceId: 'arn:aws:elasticache:ap-northeast-1:111122223333:cluster:member-001',
  resourceType: 'ElastiCacheCluster',
  operation: 'CreateCacheCluster:0002',
  lines: [
    ...dailyLines({
      serviceName: SERVICE.elastiCache,
      meterKind: 'NodeUsage:cache.m5.large',
      usageQuantity: '24',
      billedCost: '4.776',
    }),
    ...dailyLines({
      serviceName: SERVICE.elastiCache,
      meterKind: 'ExtendedSupportYr1_Yr2-NodeUsage:cache.m5.large',
      usageQuantity: '24',
      billedCost: '3.816',
    }),
  ],
});

export const elasticacheExtendedSupport = defineDetector({
  id: 'elasticache-extended-support',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST10-BP02'],
  resourceType: 'ElastiCacheCluster',
  actionType: 'Upgrade',
  effort: 'Medium',
  rollbackPossible: false,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds: surchargeThresholds,
  evidence,
  example: {
    subject: node,
    view: viewOf(exampleSnapshot({ resources: [node] })),
    evidence: {
      instanceType: 'cache.m5.large',
      supportYear: 'Yr1-Yr2',
      monthlyCost: '116.07',
      monthlySavings: '116.07',
    },
  },
  evaluate: (node: ResourceSubject, context) => judgeSurcharge(node, context, SURCHARGE, readMeter),
});

function readMeter(meterKind: string): Pick<ElasticacheExtendedSupportEvidence, 'instanceType' | 'supportYear'> {
  const [, years = '', nodeType = ''] = /^ExtendedSupport(.+?)-NodeUsage:(.+)$/.exec(meterKind) ?? [];
  return { instanceType: nodeType, supportYear: years.replace('_', '-') };
}
