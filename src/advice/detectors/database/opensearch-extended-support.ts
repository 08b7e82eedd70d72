import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { defineDetector } from '../../define-detector.ts';
import type { ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { judgeSurcharge, surchargeEvidence, surchargeThresholds } from '../shared/surcharge.ts';

/**
 * "OpenSearchExtendedSupport", by the normalized instance hour (usage type on bills of 2026; "What is Amazon OpenSearch Service", developer guide,
 * read 2026-11). It names neither version nor year.
 */
const SURCHARGE = /^OpenSearchExtendedSupport$/;

const evidence = z.strictObject(surchargeEvidence);

export type OpensearchExtendedSupportEvidence = z.infer<typeof evidence>;

const domain = exampleResource({
  resourceId: 'arn:aws:es:ap-northeast-1:111122223333:domain/logs-es56',
  resourceType: 'OpenSearchDomain',
  lines: [
    ...dailyLines({
      serviceName: SERVICE.openSearch,
      meterKind: 'ESInstance:m5.xlarge',
      usageQuantity: '48',
      billedCost: '17.664',
    }),
    ...dailyLines({
      serviceName: SERVICE.openSearch,
      meterKind: 'OpenSearchExtendedSupport',
      usageQuantity: '384',
      billedCost: '2.496',
    }),
  ],
});

export const opensearchExtendedSupport = defineDetector({
  id: 'opensearch-extended-support',
  revision: 1,
  category: 'database',
  bestPractices: ['COST01-BP07', 'COST10-BP02'],
  resourceType: 'OpenSearchDomain',
  actionType: 'Upgrade',
  effort: 'High',
  rollbackPossible: false,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds: surchargeThresholds,
  evidence,
  example: {
    subject: domain,
    view: viewOf(exampleSnapshot({ resources: [domain] })),
    evidence: { monthlyCost: '75.92', monthlySavings: '75.92' },
  },
  evaluate: (domain: ResourceSubject, context) => judgeSurcharge(domain, context, SURCHARGE, () => ({})),
});
