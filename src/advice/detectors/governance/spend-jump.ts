import { z } from 'zod';
import { addDays, daysIn } from '../../../kernel/calendar.ts';
import { Exact } from '../../../kernel/money.ts';
import type { ServiceSpend } from '../../../ledger/snapshot.ts';
import { amountOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, Subject } from '../../detector.ts';
import { EXAMPLE_ACCOUNT_ID, exampleService, exampleSnapshot } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { accountSubject, serviceMonthly, services } from '../shared/account.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { NO_CLAIM } from '../shared/no-claim.ts';

/** Four whole weeks each, so that weekends and the length of months play no part. */
const SPAN_DAYS = 28;

const thresholds = z.strictObject({
  minimumRisePercent: z
    .number()
    .min(5)
    .max(1_000)
    .default(40)
    .describe('A service costs more by at least this share than in the four weeks before.'),
  minimumRiseMonthly: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(100)
    .describe('It costs more by at least this amount a month, in the currency of the bill.'),
});

const evidence = z.strictObject({
  services,
  costBefore: z.string().describe('What they cost in the four weeks before, as a month of 730 hours.'),
  costNow: z.string().describe('What they cost in the last four settled weeks, likewise.'),
  riseCost: z.string().describe('The difference.'),
});

export type SpendJumpEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

const example = (() => {
  const before = exampleService('AmazonCloudWatch', '10');
  const jumped = before.days.map((item, index) =>
    index < before.days.length - SPAN_DAYS ? item : { ...item, runningCost: '25' },
  );
  return viewOf(exampleSnapshot({ spendByService: [{ ...before, days: jumped }] }));
})();

/**
 * Service by service, so that a rise is seen although another service fell by as much. Claims nothing: it may be growth. Money moves
 * between services where commitments are bought, so what rises in one and falls in another account of EC2 is still said.
 */
export const spendJump = defineDetector({
  id: 'spend-jump',
  revision: 1,
  category: 'governance',
  bestPractices: ['COST02-BP06', 'COST03-BP04', 'COST03-BP05'],
  resourceType: 'Account',
  actionType: 'ScaleIn',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByAccount', lookbackDays: 2 * SPAN_DAYS }],
  worksWith: ['CostExplorer', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  select: (view) => view.snapshot.accounts.map(({ accountId }) => accountSubject(accountId)),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: example,
    evidence: {
      services: 'AmazonCloudWatch',
      costBefore: '304.166667',
      costNow: '760.416667',
      riseCost: '456.25',
    },
  },
  evaluate,
});

function evaluate({ accountId }: Subject, { thresholds: limits, view }: Context): Outcome<SpendJumpEvidence> {
  const own = view.snapshot.spendByService.filter((item) => item.accountId === accountId && item.serviceName !== '');
  if (own.length === 0 || !reachesBack(own, view)) return { kind: 'unknown', missing: ['shortHistory'] };
  const jumps = own
    .map((spend) => ({ serviceName: spend.serviceName, ...spansOf(spend, view) }))
    .filter(({ before, now }) => {
      const rise = now.minus(before);
      return rise.gte(limits.minimumRiseMonthly) && rise.mul(100).gte(before.mul(limits.minimumRisePercent));
    })
    .sort((a, b) => b.now.minus(b.before).cmp(a.now.minus(a.before)) || (a.serviceName < b.serviceName ? -1 : 1));
  if (jumps.length === 0) return { kind: 'healthy' };
  const sum = (of: (jump: (typeof jumps)[number]) => Exact): Exact =>
    jumps.reduce((total, jump) => total.plus(of(jump)), new Exact(0));
  const [before, now] = [sum((jump) => jump.before), sum((jump) => jump.now)];
  return {
    kind: 'finding',
    evidence: {
      services: jumps.map(({ serviceName }) => serviceName).join(', '),
      costBefore: amountOf(before),
      costNow: amountOf(now),
      riseCost: amountOf(now.minus(before)),
    },
    confidence: confidenceOf(0.95, {}),
    ...NO_CLAIM,
  };
}

function spansOf(spend: ServiceSpend, { snapshot }: SnapshotView): { readonly before: Exact; readonly now: Exact } {
  const { end } = snapshot.serviceWindow;
  const middle = addDays(end, -SPAN_DAYS);
  return {
    before: serviceMonthly(spend, { start: addDays(middle, -SPAN_DAYS), end: middle }),
    now: serviceMonthly(spend, { start: middle, end }),
  };
}

/** An account that has just joined has no weeks before. */
function reachesBack(own: readonly ServiceSpend[], { snapshot }: SnapshotView): boolean {
  const { start, end } = snapshot.serviceWindow;
  const wanted = addDays(end, -2 * SPAN_DAYS);
  return daysIn({ start, end }) >= 2 * SPAN_DAYS && own.some(({ days }) => (days[0]?.day ?? end) <= wanted);
}
