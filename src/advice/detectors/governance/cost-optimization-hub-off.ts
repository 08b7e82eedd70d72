import { z } from 'zod';
import { NO_SAFETY_NETS } from '../../../ledger/safety-nets.ts';
import { amountOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import { EXAMPLE_ACCOUNT_ID, exampleSnapshot } from '../../example-facts.ts';
import { sharingGroups } from '../../sharing-group.ts';
import { viewOf } from '../../snapshot-view.ts';
import { accountSubject } from '../shared/account.ts';
import { groupMonthly } from '../shared/account-cost.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { NO_CLAIM } from '../shared/no-claim.ts';

const thresholds = z.strictObject({
  minimumMonthlyCost: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(100)
    .describe('What all accounts of the payer cost a month, in the currency of the bill, from which the switch is worth it.'),
});

const evidence = z.strictObject({
  groupCost: z.string().describe('What all accounts of the payer cost in a month of 730 hours.'),
});

export type CostOptimizationHubOffEvidence = z.infer<typeof evidence>;

/** AWS's own list of advice, de-duplicated, is not made for this payer. Claims nothing itself. */
export const costOptimizationHubOff = defineDetector({
  id: 'cost-optimization-hub-off',
  revision: 1,
  category: 'governance',
  bestPractices: ['COST02-BP05', 'COST03-BP05'],
  resourceType: 'Account',
  actionType: 'Upgrade',
  effort: 'VeryLow',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByAccount', lookbackDays: 30 }],
  worksWith: ['CostExplorer'],
  thresholds,
  evidence,
  select: (view) => sharingGroups(view).map(accountSubject),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: viewOf(
      exampleSnapshot({ safetyNets: { ...NO_SAFETY_NETS, hub: [{ accountId: EXAMPLE_ACCOUNT_ID, status: 'Inactive' }] } }),
    ),
    evidence: { groupCost: '101388.888889' },
  },
  evaluate: ({ accountId }, { thresholds: limits, view }) => {
    const status = view.snapshot.safetyNets.hub.find((item) => item.accountId === accountId)?.status ?? 'Unknown';
    if (status === 'Unknown') return { kind: 'unknown', missing: ['hubEnrolment'] };
    if (status === 'Active') return { kind: 'healthy' };
    const cost = groupMonthly(accountId, view);
    if (cost.lt(limits.minimumMonthlyCost)) return { kind: 'healthy' };
    return { kind: 'finding', evidence: { groupCost: amountOf(cost) }, confidence: confidenceOf(0.99, {}), ...NO_CLAIM };
  },
});
