import { z } from 'zod';
import { amountOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import { EXAMPLE_ACCOUNT_ID, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { accountSubject } from '../shared/account.ts';
import { accountMonthly } from '../shared/account-cost.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { NO_CLAIM } from '../shared/no-claim.ts';

const thresholds = z.strictObject({
  minimumMonthlyCost: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(50)
    .describe('What the account costs a month, in the currency of the bill, from which measuring it is worth the switch.'),
});

const evidence = z.strictObject({
  accountCost: z.string().describe('What the account costs in a month of 730 hours, all of it unmeasured.'),
});

export type ComputeOptimizerOffEvidence = z.infer<typeof evidence>;

/** Nothing measures the machines of the account. Claims nothing itself: the savings are those of the advice that becomes possible. */
export const computeOptimizerOff = defineDetector({
  id: 'compute-optimizer-off',
  revision: 1,
  category: 'governance',
  bestPractices: ['COST02-BP05', 'COST06-BP02', 'COST06-BP03'],
  resourceType: 'Account',
  actionType: 'Upgrade',
  effort: 'VeryLow',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByAccount', lookbackDays: 30 }],
  worksWith: ['ComputeOptimizer'],
  thresholds,
  evidence,
  select: (view) => view.snapshot.accounts.map(({ accountId }) => accountSubject(accountId)),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: viewOf(
      exampleSnapshot({
        coverage: [
          {
            fact: 'computeOptimizer',
            accountId: EXAMPLE_ACCOUNT_ID,
            regionId: 'ap-northeast-1',
            state: 'notEnrolled',
            detail: null,
          },
        ],
      }),
    ),
    evidence: { accountCost: '101388.888889' },
  },
  evaluate: ({ accountId }, { thresholds: limits, view }) => {
    const states = view.snapshot.coverage.filter((item) => item.fact === 'computeOptimizer' && item.accountId === accountId);
    if (states.length === 0) return { kind: 'unknown', missing: ['computeOptimizer.notPulled'] };
    if (states.some(({ state }) => state === 'covered')) return { kind: 'healthy' };
    const other = states.find(({ state }) => state !== 'notEnrolled');
    if (other) return { kind: 'unknown', missing: [`computeOptimizer.${other.state}`] };
    const cost = accountMonthly(accountId, view);
    if (cost.lt(limits.minimumMonthlyCost)) return { kind: 'healthy' };
    return { kind: 'finding', evidence: { accountCost: amountOf(cost) }, confidence: confidenceOf(0.99, {}), ...NO_CLAIM };
  },
});
