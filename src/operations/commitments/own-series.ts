import { optimise } from '../../commitments/optimise.ts';
import type { PlanRate } from '../../commitments/rates.ts';
import { type UsagePoint, usageOf } from '../../commitments/usage.ts';
import { type WhatIf, whatIf } from '../../commitments/what-if.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { type CommitmentReport, commitmentAdviceOf, decimal, percent, riskOf } from './figures.ts';

/**
 * The best commitments over somebody's own series and rate card, without a bill: no look-back and no tranche applies. INVALID_INPUT when
 * the series is empty or a rate is not between 0 and 1.
 */
export function commitmentsOf(points: readonly UsagePoint[], rates: readonly PlanRate[]): CommitmentReport {
  if (points.length === 0) {
    throw new AdvisorError('INVALID_INPUT', 'The usage holds no hours', 'Give a CSV with the columns hour,family,onDemandCost.');
  }
  const usage = usageOf(points);
  const optimum = optimise(usage, rates);
  const replay = (change: number): WhatIf => whatIf(usage, rates, optimum.advice, change);
  const now = replay(0);
  return {
    advice: optimum.advice.map(commitmentAdviceOf),
    certifiedGap: optimum.certifiedGap,
    series: {
      from: usage.hourNames[0] ?? '',
      to: usage.hourNames.at(-1) ?? '',
      hours: usage.hours,
      families: usage.families.length,
      onDemandCost: decimal(optimum.onDemandCost),
      cost: decimal(optimum.cost),
    },
    coveragePercent: percent(now.coverage),
    utilizationPercent: percent(now.utilization),
    effectiveSavingsRatePercent: percent(now.effectiveSavingsRate),
    risk: riskOf(replay),
  };
}
