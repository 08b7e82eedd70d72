import { z } from 'zod';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, monthlyCosts, sameRange } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from '../shared/evidence.ts';
import {
  answerByAge,
  answerByHistory,
  dailyUsage,
  isHistoryShort,
  judgedPeriod,
  lookbackDays,
  total,
} from '../shared/lookback.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

/** Since February 2024 every public address is billed; before, only an Elastic IP that was not in use (AWS News Blog, 2023-07-28). */
const IDLE = /^(PublicIPv4|ElasticIP):IdleAddress$/;
const IN_USE = /^PublicIPv4:InUseAddress$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
});

const evidence = z.strictObject({
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type PublicIpv4IdleEvidence = z.infer<typeof evidence>;

const address = exampleResource({
  resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:elastic-ip/eipalloc-0123456789abcdef0',
  resourceType: 'PublicIpv4Address',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.vpc,
    meterKind: 'PublicIPv4:IdleAddress',
    usageQuantity: '24',
    billedCost: '0.12',
  }),
});

/** From the bill alone: AWS itself bills the address as idle, on every day and never as in use. */
export const publicIpv4Idle = defineDetector({
  id: 'public-ipv4-idle',
  revision: 1,
  category: 'network',
  bestPractices: ['COST04-BP03'],
  resourceType: 'PublicIpv4Address',
  actionType: 'Delete',
  effort: 'VeryLow',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: address,
    view: viewOf(exampleSnapshot({ resources: [address] })),
    evidence: { settledDays: 11, monthlyCost: '3.65', monthlySavings: '3.65' },
  },
  evaluate,
});

function evaluate(
  address: ResourceSubject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<PublicIpv4IdleEvidence> {
  if (isDisasterRecoveryStandby(address, view)) return notApplicable('disasterRecoveryStandby');
  const early = answerByAge(address, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const period = judgedPeriod(view, limits.lookbackDays);
  const idleHours = dailyUsage(address, period, (kind) => IDLE.test(kind));
  const hoursInUse = total(dailyUsage(address, period, (kind) => IN_USE.test(kind)));
  if (hoursInUse.gt(0) || idleHours.values().some((quantity) => quantity.lte(0))) return { kind: 'healthy' };

  const costs = monthlyCosts(address, view);
  return {
    kind: 'finding',
    evidence: {
      settledDays: idleHours.size,
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: amountOf(effectiveMonthly(costs)),
    },
    savings: sameRange(effectiveMonthly(costs)),
    confidence: confidenceOf(0.97, {
      purposeUnknown: !isPurposeKnown(address, view),
      criticalWorkload: isCritical(address, view),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('*', costs),
  };
}
