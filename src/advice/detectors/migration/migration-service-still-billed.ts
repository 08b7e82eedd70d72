import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import type { ServiceSpend } from '../../../ledger/snapshot.ts';
import { amountOf, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, Subject } from '../../detector.ts';
import { EXAMPLE_ACCOUNT_ID, exampleService, exampleSnapshot, exampleWave } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { accountSubject, asJudged, recentServiceDays, serviceMonthly, services } from '../shared/account.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { isCritical, isDisasterRecoveryStandby, notApplicable } from '../shared/purpose.ts';
import { afterCutOver, cutOver, daysAfterCutOver, daysSinceCutOver, lastWaveOf, wave } from '../shared/wave.ts';

/** Tools of a move. Elastic Disaster Recovery and Transfer Family, which are meant to last, are not among them. */
const TOOLS: ReadonlySet<string> = new Set([SERVICE.migration, SERVICE.dataSync, SERVICE.storageGateway]);
const DAYS = 14;

const thresholds = z.strictObject({
  minimumDaysAfterCutOver: daysAfterCutOver(30),
  minimumMonthlyCost: z
    .number()
    .min(0)
    .max(10_000)
    .default(5)
    .describe('What they cost a month together, in the currency of the bill, reaches this.'),
});

const evidence = z.strictObject({ services, wave, cutOver, daysSinceCutOver, monthlyCost, monthlySavings });

export type MigrationServiceStillBilledEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

/** Services that move data, still paid for in an account whose last wave has moved. */
export const migrationServiceStillBilled = defineDetector({
  id: 'migration-service-still-billed',
  revision: 1,
  category: 'migration',
  bestPractices: ['COST04-BP02', 'COST04-BP03'],
  resourceType: 'Account',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByAccount', lookbackDays: DAYS },
    { fact: 'plan', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorer', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  select: (view) => [...new Set(toolSpend(view).map(({ accountId }) => accountId))].map(accountSubject),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: viewOf(exampleSnapshot({ workloads: [exampleWave()], spendByService: [exampleService(SERVICE.dataSync, '4.8')] })),
    evidence: {
      services: 'AWS DataSync',
      wave: 'Wave 2',
      cutOver: '2026-08-01',
      daysSinceCutOver: 115,
      monthlyCost: '146',
      monthlySavings: '146',
    },
  },
  evaluate,
});

function evaluate(subject: Subject, { thresholds: limits, view }: Context): Outcome<MigrationServiceStillBilledEvidence> {
  const account = asJudged(subject);
  if (isDisasterRecoveryStandby(account, view)) return notApplicable('disasterRecoveryStandby');
  const period = recentServiceDays(view, DAYS);
  const paid = toolSpend(view)
    .filter((item) => item.accountId === subject.accountId && (item.days.at(-1)?.day ?? '') >= period.start)
    .map((item) => ({ serviceName: item.serviceName, monthly: serviceMonthly(item, period) }))
    .filter(({ monthly }) => monthly.gt(0));
  const monthly = paid.reduce((sum, item) => sum.plus(item.monthly), new Exact(0));
  if (monthly.lt(limits.minimumMonthlyCost) || paid.length === 0) return { kind: 'healthy' };
  const moved = afterCutOver(account, view, limits.minimumDaysAfterCutOver, lastWaveOf(subject.accountId, view));
  if (moved.kind !== 'cutOver') return moved;
  return {
    kind: 'finding',
    evidence: {
      services: paid.map(({ serviceName }) => serviceName).join(', '),
      wave: moved.workload.wave,
      cutOver: moved.workload.cutOver,
      daysSinceCutOver: moved.daysSince,
      monthlyCost: amountOf(monthly),
      monthlySavings: amountOf(monthly),
    },
    savings: rangeOf(new Exact(0), monthly, monthly),
    confidence: confidenceOf(0.9, { billOnly: true, criticalWorkload: isCritical(account, view) }),
    priceBasis: 'observed',
    effect: { component: '*', monthlyCost: amountOf(monthly) },
  };
}

function toolSpend({ snapshot }: SnapshotView): readonly ServiceSpend[] {
  return snapshot.spendByService.filter(({ serviceName }) => TOOLS.has(serviceName));
}
