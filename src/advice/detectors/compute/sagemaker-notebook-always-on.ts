import { z } from 'zod';
import type { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { instanceType, monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, answerByHistory, dailyUsage, isHistoryShort, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { offHoursOf } from '../shared/off-hours.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

/** "Notebk:ml.t3.medium": SageMaker AI price list, read 2026-11. Its disk is another line and stays. */
const HOURS = /^Notebk:(ml\..+)$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumHoursPerDay: z
    .number()
    .min(12)
    .max(24)
    .default(23)
    .describe('It ran at least so many hours on each settled day of the look-back, weekends included.'),
  marginHours: z
    .number()
    .min(0)
    .max(12)
    .default(2)
    .describe('Hours around each working day in which it may run too: who comes early, who stays late.'),
});

const evidence = z.strictObject({
  instanceType,
  runningHoursPerWeek: z.string().describe('Hours that it runs a week, at the pace of the last one.'),
  workingHoursPerWeek: z.string().describe('Hours that people work a week by the calendar, with the margin around each day.'),
  monthlyCost,
  monthlySavings,
});

export type SagemakerNotebookAlwaysOnEvidence = z.infer<typeof evidence>;

const notebook = exampleResource({
  resourceId: 'arn:aws:sagemaker:ap-northeast-1:111122223333:notebook-instance/price-study',
  resourceType: 'SageMakerNotebook',
  tags: [{ key: 'System', value: 'analysis' }],
  lines: dailyLines({
    serviceName: SERVICE.sageMaker,
    meterKind: 'Notebk:ml.m5.xlarge',
    usageQuantity: '24',
    billedCost: '7.152',
  }),
});

/** A notebook is worked in by a person: one that never sleeps was forgotten at night. */
export const sagemakerNotebookAlwaysOn = defineDetector({
  id: 'sagemaker-notebook-always-on',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST09-BP03', 'COST04-BP03'],
  resourceType: 'SageMakerNotebook',
  actionType: 'Stop',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: notebook,
    view: viewOf(exampleSnapshot({ resources: [notebook] })),
    evidence: {
      instanceType: 'ml.m5.xlarge',
      runningHoursPerWeek: '168',
      workingHoursPerWeek: '55',
      monthlyCost: '217.54',
      monthlySavings: '151.1605',
    },
  },
  evaluate,
});

function evaluate(
  notebook: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<SagemakerNotebookAlwaysOnEvidence> {
  if (isDisasterRecoveryStandby(notebook, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(notebook, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const hours = dailyUsage(notebook, judgedPeriod(view, limits.lookbackDays), (kind) => HOURS.test(kind));
  if (hours.values().some((quantity) => quantity.lt(limits.minimumHoursPerDay))) return { kind: 'healthy' };
  const costs = monthlyCosts(notebook, view, (kind) => HOURS.test(kind));
  const off = offHoursOf(costs, view.policy.workingHours(notebook), limits.marginHours, view);
  if (off === null) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: {
      instanceType: HOURS.exec(costs[0]?.meterKind ?? '')?.[1] ?? 'unknown',
      runningHoursPerWeek: inHours(off.runningPerWeek),
      workingHoursPerWeek: inHours(off.neededPerWeek),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: off.savings.expected,
    },
    savings: off.savings,
    confidence: confidenceOf(0.95, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(notebook, view),
      criticalWorkload: isCritical(notebook, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('hours', costs, { share: off.share }),
  };
}

function inHours(hours: Exact): string {
  return hours.toDecimalPlaces(1).toFixed();
}
