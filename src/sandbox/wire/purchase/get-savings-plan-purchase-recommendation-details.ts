import { z } from 'zod';
import { type Exact, exact } from '../../../kernel/money.ts';
import { dataUnavailable } from '../commitments/period.ts';
import { percent, text } from '../commitments/sums.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';
import { type GivenDetail, givenDetail } from './detail-memory.ts';
import { generatedAt } from './generation.ts';
import { detailOf } from './get-savings-plans-purchase-recommendation.ts';
import { lookbackDays, rateFor, ratesOf } from './plan-question.ts';
import { replay } from './plan-replay.ts';

const schema = z.object({ RecommendationDetailId: z.string().length(36) });

/** The hours behind one recommendation that was given before. */
export const getSavingsPlanPurchaseRecommendationDetails: Operation = (given, _caller, world) => {
  const { RecommendationDetailId } = readInput(schema, given);
  const known = givenDetail(world, RecommendationDetailId);
  if (!known) throw dataUnavailable();
  const { input, candidate } = known;
  const { SavingsPlansDetails, RecommendationDetailId: _, ...figures } = detailOf(input, candidate, known.replay);
  return {
    RecommendationDetailId,
    RecommendationDetailData: {
      AccountScope: input.AccountScope,
      LookbackPeriodInDays: input.LookbackPeriodInDays,
      SavingsPlansType: input.SavingsPlansType,
      TermInYears: input.TermInYears,
      PaymentOption: input.PaymentOption,
      ...SavingsPlansDetails,
      ...figures,
      GenerationTimestamp: generatedAt(world),
      LatestUsageTimestamp: `${world.estate.asOf}T00:00:00Z`,
      MetricsOverLookbackPeriod: hoursOf(known, world),
    },
  };
};

const dollars = (amount: number): Exact => exact(amount.toFixed(0)).div(10_000_000_000);

function hoursOf({ input, isOf, hours, replay: whole }: GivenDetail, { estate }: World) {
  const rates = ratesOf(estate);
  return lookbackDays(estate, input.LookbackPeriodInDays).flatMap(({ day, usage }, index) => {
    const own = usage.filter((item) => {
      const rate = rateFor(rates, item);
      return rate !== undefined && isOf(item, rate);
    });
    return Array.from({ length: 24 }, (_, hour) => {
      const covered = dollars(own.reduce((sum, item) => sum + (item.coveredCost[hour] ?? 0), 0));
      const after = replay([hours[index * 24 + hour] ?? []], whole.commitment);
      const all = covered.plus(dollars(after.onDemand));
      return {
        StartTime: `${day}T${String(hour).padStart(2, '0')}:00:00Z`,
        EstimatedOnDemandCost: text(dollars(after.onDemand - after.covered)),
        CurrentCoverage: percent(covered, all),
        EstimatedCoverage: percent(covered.plus(dollars(after.covered)), all),
        EstimatedNewCommitmentUtilization: percent(dollars(after.used), dollars(whole.commitment)),
      };
    });
  });
}
