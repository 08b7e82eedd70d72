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
    .describe('What all accounts of the payer cost a month, in the currency of the bill, from which watching is worth it.'),
});

const evidence = z.strictObject({
  groupCost: z.string().describe('What all accounts of the payer cost in a month of 730 hours.'),
});

export type AnomalyMonitorMissingEvidence = z.infer<typeof evidence>;

/** AWS's anomaly detection has nothing to watch: a mistake is seen when the invoice comes. Claims nothing itself. */
export const anomalyMonitorMissing = defineDetector({
  id: 'anomaly-monitor-missing',
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
      exampleSnapshot({ safetyNets: { ...NO_SAFETY_NETS, anomalyMonitors: [{ accountId: EXAMPLE_ACCOUNT_ID, count: 0 }] } }),
    ),
    evidence: { groupCost: '101388.888889' },
  },
  evaluate: ({ accountId }, { thresholds: limits, view }) => {
    const said = view.snapshot.safetyNets.anomalyMonitors.find((item) => item.accountId === accountId);
    if (said === undefined) return { kind: 'unknown', missing: ['anomalyMonitors'] };
    if (said.count > 0) return { kind: 'healthy' };
    const cost = groupMonthly(accountId, view);
    if (cost.lt(limits.minimumMonthlyCost)) return { kind: 'healthy' };
    return { kind: 'finding', evidence: { groupCost: amountOf(cost) }, confidence: confidenceOf(0.99, {}), ...NO_CLAIM };
  },
});
