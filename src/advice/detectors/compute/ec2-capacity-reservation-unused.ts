import { z } from 'zod';
import { Exact, HOURS_PER_MONTH } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts, unitsMonthly } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { savingsOf } from '../../savings.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { instanceType, monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import { answerByAge, answerByHistory, dailyUsage, isHistoryShort, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

/** Reserved hours in which nothing ran, shared and dedicated (EC2 guide, "Capacity Reservation usage reports", read 2026-11). */
const UNUSED = /^Unused(?:Box|Ded):(.+)$/;
const HOURS_PER_DAY = 24;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  minimumUnusedInstances: z
    .int()
    .min(1)
    .max(1_000)
    .default(1)
    .describe('At least so many of its places stayed empty around the clock on each settled day of the look-back.'),
});

const evidence = z.strictObject({
  instanceType,
  unusedInstances: z.int().describe('Places that were empty all the time, on the fullest day of the look-back.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type Ec2CapacityReservationUnusedEvidence = z.infer<typeof evidence>;

const reservation = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:capacity-reservation/cr-0123456789abcdef0',
  resourceType: 'CapacityReservation',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.ec2Compute,
    meterKind: 'UnusedBox:m5.large',
    usageQuantity: '48',
    billedCost: '5.952',
  }),
});

/** From the bill alone. What is in use now and then needs its place: only what was empty all the time can be given back. */
export const ec2CapacityReservationUnused = defineDetector({
  id: 'ec2-capacity-reservation-unused',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST04-BP03', 'COST06-BP03'],
  resourceType: 'CapacityReservation',
  actionType: 'ScaleIn',
  effort: 'Low',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: reservation,
    view: viewOf(exampleSnapshot({ resources: [reservation] })),
    evidence: {
      instanceType: 'm5.large',
      unusedInstances: 2,
      settledDays: 11,
      monthlyCost: '181.04',
      monthlySavings: '181.04',
    },
  },
  evaluate,
});

function evaluate(
  reservation: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<Ec2CapacityReservationUnusedEvidence> {
  if (isDisasterRecoveryStandby(reservation, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(reservation, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const unused = dailyUsage(reservation, judgedPeriod(view, limits.lookbackDays), (kind) => UNUSED.test(kind));
  const unusedInstances = Exact.min(...unused.values())
    .div(HOURS_PER_DAY)
    .floor()
    .toNumber();
  if (unusedInstances < limits.minimumUnusedInstances) return { kind: 'healthy' };

  const costs = monthlyCosts(reservation, view, (kind) => UNUSED.test(kind));
  const hoursMonthly = new Exact(unusedInstances).mul(HOURS_PER_MONTH);
  const share = Exact.min(1, hoursMonthly.div(unitsMonthly(costs)));
  const savings = savingsOf(costs, view, { share });
  return {
    kind: 'finding',
    evidence: {
      instanceType: UNUSED.exec(costs[0]?.meterKind ?? '')?.[1] ?? 'unknown',
      unusedInstances,
      settledDays: unused.size,
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.97, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(reservation, view),
      criticalWorkload: isCritical(reservation, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('compute', costs, { share }),
  };
}
