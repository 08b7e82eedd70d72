import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, Subject } from '../../detector.ts';
import { EXAMPLE_ACCOUNT_ID, exampleService, exampleSnapshot, exampleWave } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { accountSubject, asJudged, recentServiceDays, serviceMonthly, services } from '../shared/account.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost } from '../shared/evidence.ts';
import { afterCutOver, cutOver, daysAfterCutOver, daysSinceCutOver, lastWaveOf, wave, workloadsIn } from '../shared/wave.ts';

/** Plans say "EC2" for the machines and for all that the bill keeps beside them. */
const EC2: readonly string[] = [SERVICE.ec2Compute, SERVICE.ec2Other];
const DAYS = 30;

const thresholds = z.strictObject({
  minimumDaysAfterCutOver: daysAfterCutOver(30),
  minimumMonthlyCost: z
    .number()
    .min(0)
    .max(100_000)
    .default(10)
    .describe('What the services cost a month together, in the currency of the bill, reaches this.'),
});

const evidence = z.strictObject({ services, wave, cutOver, daysSinceCutOver, monthlyCost });

export type UnplannedServiceEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

/** Only a signal: what no line of the plan is for may well be needed, but nobody decided to pay for it. */
export const unplannedService = defineDetector({
  id: 'unplanned-service',
  revision: 1,
  category: 'migration',
  bestPractices: ['COST01-BP05', 'COST02-BP02', 'COST03-BP05'],
  resourceType: 'Account',
  actionType: 'ScaleIn',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByAccount', lookbackDays: DAYS },
    { fact: 'plan', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorer', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  select: (view) => view.snapshot.accounts.map(({ accountId }) => accountSubject(accountId)),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: viewOf(
      exampleSnapshot({
        workloads: [exampleWave()],
        spendByService: [exampleService(SERVICE.cloudWatch, '3'), exampleService(SERVICE.vpc, '2.4')],
      }),
    ),
    evidence: {
      services: 'Amazon Virtual Private Cloud',
      wave: 'Wave 2',
      cutOver: '2026-08-01',
      daysSinceCutOver: 115,
      monthlyCost: '73',
    },
  },
  evaluate,
});

function evaluate(subject: Subject, { thresholds: limits, view }: Context): Outcome<UnplannedServiceEvidence> {
  const { accountId } = subject;
  const moved = afterCutOver(asJudged(subject), view, limits.minimumDaysAfterCutOver, lastWaveOf(accountId, view));
  if (moved.kind !== 'cutOver') return moved;
  const planned = plannedIn(accountId, view);
  if (planned === null) return { kind: 'unknown', missing: ['planServices'] };
  const period = recentServiceDays(view, DAYS);
  const unplanned = view.snapshot.spendByService
    .filter((item) => item.accountId === accountId && item.serviceName !== '' && !planned.has(item.serviceName))
    .map((item) => ({ serviceName: item.serviceName, monthly: serviceMonthly(item, period) }))
    .filter(({ monthly }) => monthly.gt(0))
    .sort((a, b) => b.monthly.cmp(a.monthly) || (a.serviceName < b.serviceName ? -1 : 1));
  const monthly = unplanned.reduce((sum, item) => sum.plus(item.monthly), new Exact(0));
  if (monthly.lt(limits.minimumMonthlyCost) || unplanned.length === 0) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: {
      services: unplanned.map(({ serviceName }) => serviceName).join(', '),
      wave: moved.workload.wave,
      cutOver: moved.workload.cutOver,
      daysSinceCutOver: moved.daysSince,
      monthlyCost: amountOf(monthly),
    },
    savings: rangeOf(new Exact(0), new Exact(0), monthly),
    confidence: confidenceOf(0.95, { billOnly: true }),
    priceBasis: 'observed',
    effect: { component: '*', monthlyCost: amountOf(monthly) },
  };
}

/** Of all workloads in the account; null where one of them is planned as a whole. */
function plannedIn(accountId: string, view: SnapshotView): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const { serviceNames } of workloadsIn(accountId, view)) {
    if (serviceNames === null) return null;
    for (const name of serviceNames) names.add(name);
  }
  if (EC2.some((name) => names.has(name))) for (const name of EC2) names.add(name);
  return names;
}
