import { z } from 'zod';
import { daysInMonth } from '../../../kernel/calendar.ts';
import { Exact } from '../../../kernel/money.ts';
import type { MeterMonth } from '../../../ledger/snapshot.ts';
import { amountOf, DAYS_PER_MONTH, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, Subject } from '../../detector.ts';
import { EXAMPLE_ACCOUNT_ID, exampleSnapshot } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';

/**
 * Management events that a second trail writes down again: the first copy is free, further ones are "PaidEventsRecorded" (CloudTrail API
 * reference, "EventSelector"; price list of 2025-07: 0.00002 an event). Data events have a usage type of their own.
 */
const PAID_EVENTS = 'PaidEventsRecorded';

const thresholds = z.strictObject({
  minimumMonthlySavings: z
    .number()
    .min(0)
    .max(10_000)
    .default(5)
    .describe('Further copies cost at least this much a month, in the currency of the bill.'),
});

const evidence = z.strictObject({
  billedMonth: z.string().describe('The closed month that was judged.'),
  eventsMonthly: z.string().nullable().describe('Events of that month that were written down again.'),
  monthlyCost,
  monthlySavings,
});

export type CloudtrailDuplicateTrailEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

const month = (given: Partial<MeterMonth>): MeterMonth => ({
  accountId: EXAMPLE_ACCOUNT_ID,
  serviceName: null,
  regionId: 'ap-northeast-1',
  meterKind: PAID_EVENTS,
  month: '2026-10',
  usageQuantity: '3100000',
  billedCost: '62',
  ...given,
});

/** No resource on the bill: the advice is about the account. Which of the trails is the one too many, only people can tell. */
export const cloudtrailDuplicateTrail = defineDetector({
  id: 'cloudtrail-duplicate-trail',
  revision: 1,
  category: 'observability',
  bestPractices: ['COST04-BP03', 'COST10-BP02'],
  resourceType: 'Account',
  actionType: 'Rightsize',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'monthlyUsage', lookbackDays: 62 }],
  worksWith: ['CostExplorer', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  select: (view) => view.snapshot.accounts.map(({ accountId }) => accountSubject(accountId)),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: viewOf(exampleSnapshot({ meterMonths: [month({})] })),
    evidence: { billedMonth: '2026-10', eventsMonthly: '3100000', monthlyCost: '60.833333', monthlySavings: '60.833333' },
  },
  evaluate,
});

function accountSubject(accountId: string): Subject {
  return { accountId, regionId: null, resourceId: null, resourceType: 'Account' };
}

function evaluate({ accountId }: Subject, { thresholds: limits, view }: Context): Outcome<CloudtrailDuplicateTrailEvidence> {
  const state = view.coverage('monthlyUsage', accountId, null);
  if (state !== 'covered') return { kind: 'unknown', missing: [`monthlyUsage.${state}`] };
  const paid = latestMonth(accountId, view);
  const [first] = paid;
  if (!first) return { kind: 'healthy' };
  const billed = paid.reduce((sum, { billedCost }) => sum.plus(billedCost), new Exact(0));
  const cost = billed.div(daysInMonth(first.month)).mul(DAYS_PER_MONTH);
  if (cost.lte(0) || cost.lt(limits.minimumMonthlySavings)) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: {
      billedMonth: first.month,
      eventsMonthly: eventsOf(paid),
      monthlyCost: amountOf(cost),
      monthlySavings: amountOf(cost),
    },
    savings: rangeOf(cost.mul(0), cost, cost),
    confidence: confidenceOf(0.9, { billOnly: true }),
    priceBasis: 'observed',
    effect: { component: 'traffic', monthlyCost: amountOf(cost) },
  };
}

/** What the newest closed month has of it, by region; nothing where the copies had ended by then. */
function latestMonth(accountId: string, view: SnapshotView): readonly MeterMonth[] {
  const own = view.snapshot.meterMonths.filter((item) => item.accountId === accountId);
  const latest = own.map((item) => item.month).reduce((a, b) => (a > b ? a : b), '');
  return own.filter((item) => item.month === latest && item.meterKind === PAID_EVENTS);
}

function eventsOf(paid: readonly MeterMonth[]): string | null {
  let events = new Exact(0);
  for (const { usageQuantity } of paid) {
    if (usageQuantity === null) return null;
    events = events.plus(usageQuantity);
  }
  return events.toFixed(0);
}
