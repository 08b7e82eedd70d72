import { z } from 'zod';
import { fingerprintUuid } from '../../../kernel/fingerprint.ts';
import { type Exact, exact, HOURS_PER_MONTH } from '../../../kernel/money.ts';
import { termHours } from '../../estate/prices/offers.ts';
import type { CoverableUsage, SandboxPlanRate } from '../../estate/types.ts';
import { commitmentPage, percent, text } from '../commitments/sums.ts';
import { familyOf, offeringId } from '../savings-plans/offerings.ts';
import { readInput } from '../validate.ts';
import type { Caller, Operation, World } from '../world.ts';
import { rememberDetail } from './detail-memory.ts';
import { generatedAt } from './generation.ts';
import {
  type Candidate,
  chancesOf,
  familiesOf,
  LOOKBACKS,
  type Lookback,
  lookbackDays,
  PAYMENTS,
  ratesOf,
  TERMS,
} from './plan-question.ts';
import { bestReplay, type Replay } from './plan-replay.ts';

const schema = z.object({
  SavingsPlansType: z.enum(['COMPUTE_SP', 'EC2_INSTANCE_SP', 'SAGEMAKER_SP', 'DATABASE_SP']),
  TermInYears: z.enum(Object.keys(TERMS) as [keyof typeof TERMS]),
  PaymentOption: z.enum(Object.keys(PAYMENTS) as [keyof typeof PAYMENTS]),
  LookbackPeriodInDays: z.enum(Object.keys(LOOKBACKS) as [Lookback]),
  AccountScope: z.enum(['PAYER', 'LINKED']).default('PAYER'),
  PageSize: z.int().min(0).max(6000).optional(),
  NextPageToken: z.string().optional(),
});
export type PlanInput = z.output<typeof schema>;
type Input = PlanInput;

/** "Only for accounts that average at least $0.10 an hour on demand" (Savings Plans guide, recommendations, read 2026-11). */
const LEAST_PER_HOUR = 1_000_000_000;
const PAGE = 20;

/** What AWS would have you buy: the look-back replayed with one more commitment. */
export const getSavingsPlansPurchaseRecommendation: Operation = (given, caller, world) => {
  const input = readInput(schema, given);
  const found = candidates(input, caller, world)
    .map(({ candidate, replay }) => detailOf(input, candidate, replay))
    .sort((a, b) => Number(b.EstimatedMonthlySavingsAmount) - Number(a.EstimatedMonthlySavingsAmount));
  const paging = { token: input.NextPageToken || undefined, size: input.PageSize || PAGE };
  const { PageSize: _, ...identity } = input;
  const { page, nextToken } = commitmentPage('GetSavingsPlansPurchaseRecommendation', found, identity, paging, caller, world);
  const { SavingsPlansType, TermInYears, PaymentOption, LookbackPeriodInDays, AccountScope } = input;
  return {
    Metadata: {
      RecommendationId: fingerprintUuid('plan advice', JSON.stringify(identity)),
      GenerationTimestamp: generatedAt(world),
    },
    SavingsPlansPurchaseRecommendation: {
      AccountScope,
      SavingsPlansType,
      TermInYears,
      PaymentOption,
      LookbackPeriodInDays,
      ...(found.length > 0 && {
        SavingsPlansPurchaseRecommendationDetails: page,
        SavingsPlansPurchaseRecommendationSummary: summaryOf(found),
      }),
    },
    ...(nextToken && { NextPageToken: nextToken }),
  };
};

function candidates(input: Input, caller: Caller, world: World): { candidate: Candidate; replay: Replay }[] {
  const { estate, payerAccountId } = world;
  if (input.SavingsPlansType === 'SAGEMAKER_SP' || input.SavingsPlansType === 'DATABASE_SP') return [];
  const planType = input.SavingsPlansType === 'COMPUTE_SP' ? 'Compute' : 'EC2Instance';
  const [days, rates] = [lookbackDays(estate, input.LookbackPeriodInDays), ratesOf(estate)];
  const places: readonly (readonly [string | null, string | null])[] =
    planType === 'Compute' ? [[null, null]] : familiesOf(days, rates);
  const isPayer = caller.accountId === payerAccountId;
  const pooled = input.AccountScope === 'PAYER' && isPayer;
  const accounts = pooled ? [payerAccountId] : isPayer ? estate.accounts.map((account) => account.accountId) : [caller.accountId];
  return accounts.flatMap((accountId) =>
    places.flatMap(([family, regionId]) => {
      const isOf = (usage: CoverableUsage, rate: SandboxPlanRate): boolean =>
        (pooled || usage.accountId === accountId) &&
        (family === null ||
          (rate.instanceType !== null && familyOf(rate.instanceType) === family && usage.regionId === regionId));
      const hours = chancesOf(days, rates, offerOf(input), planType, isOf);
      const replay = bestReplay(hours);
      if (replay.commitment === 0 || replay.onDemand / replay.hours < LEAST_PER_HOUR) return [];
      const candidate = { accountId, family, regionId };
      rememberDetail(world, detailId(input, candidate), { input, candidate, isOf, hours, replay });
      return [{ candidate, replay }];
    }),
  );
}

const offerOf = ({ TermInYears, PaymentOption }: Input) => ({
  termYears: TERMS[TermInYears],
  paymentOption: PAYMENTS[PaymentOption],
});

function detailId(input: Input, { accountId, family, regionId }: Candidate): string {
  const { SavingsPlansType, TermInYears, PaymentOption, LookbackPeriodInDays, AccountScope } = input;
  return fingerprintUuid(
    'plan detail',
    SavingsPlansType,
    TermInYears,
    PaymentOption,
    LookbackPeriodInDays,
    AccountScope,
    accountId,
    family,
    regionId,
  );
}

const dollars = (amount: number): Exact => exact(amount.toFixed(0)).div(10_000_000_000);

export function detailOf(input: Input, candidate: Candidate, replay: Replay) {
  const offer = offerOf(input);
  const [paid, onDemand, covered] = [
    dollars(replay.commitment).mul(replay.hours),
    dollars(replay.onDemand),
    dollars(replay.covered),
  ];
  const savings = covered.minus(paid);
  const upfront = { 'No Upfront': 0, 'Partial Upfront': 0.5, 'All Upfront': 1 }[offer.paymentOption];
  const planType = input.SavingsPlansType === 'COMPUTE_SP' ? 'Compute' : 'EC2Instance';
  return {
    SavingsPlansDetails: {
      OfferingId: offeringId(planType, offer, candidate.family, candidate.regionId),
      ...(candidate.family && { InstanceFamily: candidate.family }),
      ...(candidate.regionId && { Region: candidate.regionId }),
    },
    AccountId: candidate.accountId,
    CurrencyCode: 'USD',
    HourlyCommitmentToPurchase: text(dollars(replay.commitment)),
    UpfrontCost: text(dollars(replay.commitment).mul(termHours(offer).toString()).mul(upfront)),
    EstimatedSPCost: text(paid),
    EstimatedOnDemandCost: text(onDemand.minus(covered)),
    EstimatedOnDemandCostWithCurrentCommitment: text(onDemand),
    EstimatedSavingsAmount: text(savings),
    EstimatedSavingsPercentage: percent(savings, onDemand),
    EstimatedMonthlySavingsAmount: text(savings.mul(HOURS_PER_MONTH).div(replay.hours)),
    EstimatedROI: percent(savings, paid),
    EstimatedAverageUtilization: percent(dollars(replay.used), paid),
    CurrentMinimumHourlyOnDemandSpend: text(dollars(replay.quietest)),
    CurrentMaximumHourlyOnDemandSpend: text(dollars(replay.busiest)),
    CurrentAverageHourlyOnDemandSpend: text(onDemand.div(replay.hours)),
    RecommendationDetailId: detailId(input, candidate),
  };
}

type Detail = ReturnType<typeof detailOf>;

/** AWS adds up what it lists, although EC2 Instance plans and a Compute plan are alternatives. */
function summaryOf(details: readonly Detail[]) {
  const sum = (member: keyof Detail): Exact => details.reduce((all, detail) => all.plus(String(detail[member])), exact(0));
  const [paid, onDemand, left] = [
    sum('EstimatedSPCost'),
    sum('EstimatedOnDemandCostWithCurrentCommitment'),
    sum('EstimatedOnDemandCost'),
  ];
  const commitment = sum('HourlyCommitmentToPurchase');
  return {
    CurrencyCode: 'USD',
    TotalRecommendationCount: String(details.length),
    HourlyCommitmentToPurchase: text(commitment),
    DailyCommitmentToPurchase: text(commitment.mul(24)),
    CurrentOnDemandSpend: text(onDemand),
    EstimatedOnDemandCostWithCurrentCommitment: text(onDemand),
    EstimatedTotalCost: text(paid.plus(left)),
    EstimatedSavingsAmount: text(sum('EstimatedSavingsAmount')),
    EstimatedSavingsPercentage: percent(sum('EstimatedSavingsAmount'), onDemand),
    EstimatedMonthlySavingsAmount: text(sum('EstimatedMonthlySavingsAmount')),
    EstimatedROI: percent(sum('EstimatedSavingsAmount'), paid),
  };
}
