import { oneLine } from '../../../kernel/text.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { PlanPurchaseAdvice, ReservationPurchaseAdvice } from '../../../ledger/purchase-advice.ts';
import type { FactPull, PlanAdviceQuestion, ReservationAdviceQuestion } from '../../../operations/ports/commitment-source.ts';
import { decimalOf, neededDecimal, readRows, UnreadableFact } from '../decimals.ts';
import { type PlanAnswer, PlanDetail, type ReservationAnswer, ReservationDetail } from './schema.ts';

const word = (text: string | null | undefined): string | null => (text ? oneLine(text, 200) : null);

/** One fact a question: AWS's whole answer, empty or not. */
export function planAdviceOf(question: PlanAdviceQuestion, pages: readonly PlanAnswer[]): FactPull<PlanPurchaseAdvice> {
  const [first] = pages;
  const summary = first?.SavingsPlansPurchaseRecommendation?.SavingsPlansPurchaseRecommendationSummary;
  const details = pages.flatMap(
    (page) => page.SavingsPlansPurchaseRecommendation?.SavingsPlansPurchaseRecommendationDetails ?? [],
  );
  const { results, unread } = readRows(details, planProposalOf);
  const body: PlanPurchaseAdvice = {
    ...question,
    generatedAt: word(first?.Metadata?.GenerationTimestamp),
    currency: word(summary?.CurrencyCode) ?? 'USD',
    estimatedMonthlySavings: decimalOf(summary?.EstimatedMonthlySavingsAmount),
    proposals: results,
  };
  return { facts: [aboutAll(question, body)], unread };
}

export function reservationAdviceOf(
  question: ReservationAdviceQuestion,
  pages: readonly ReservationAnswer[],
): FactPull<ReservationPurchaseAdvice> {
  const [first] = pages;
  const summary = first?.Recommendations?.[0]?.RecommendationSummary;
  const details = pages.flatMap((page) => page.Recommendations ?? []).flatMap((item) => item.RecommendationDetails ?? []);
  const { results, unread } = readRows(details, reservationProposalOf);
  const body: ReservationPurchaseAdvice = {
    ...question,
    generatedAt: word(first?.Metadata?.GenerationTimestamp),
    currency: word(summary?.CurrencyCode) ?? 'USD',
    estimatedMonthlySavings: decimalOf(summary?.TotalEstimatedMonthlySavingsAmount),
    proposals: results,
  };
  return { facts: [aboutAll(question, body)], unread };
}

/** Asked for the payer's accounts together: the connection's owner's alone. */
function aboutAll<Body>(question: object, body: Body): Fact<Body> {
  return { accountId: null, day: null, key: JSON.stringify(Object.values(question)), body };
}

function planProposalOf(row: unknown): PlanPurchaseAdvice['proposals'][number] {
  const read = PlanDetail.safeParse(row);
  if (!read.success) throw new UnreadableFact('a recommendation in the form that AWS sends');
  const detail = read.data;
  return {
    accountId: word(detail.AccountId),
    regionId: word(detail.SavingsPlansDetails?.Region),
    instanceFamily: word(detail.SavingsPlansDetails?.InstanceFamily),
    offeringId: word(detail.SavingsPlansDetails?.OfferingId),
    detailId: word(detail.RecommendationDetailId),
    hourlyCommitment: neededDecimal(detail.HourlyCommitmentToPurchase, 'hourly commitment'),
    upfrontCost: decimalOf(detail.UpfrontCost),
    estimatedMonthlySavings: decimalOf(detail.EstimatedMonthlySavingsAmount),
    estimatedSavings: decimalOf(detail.EstimatedSavingsAmount),
    estimatedSavingsPercent: decimalOf(detail.EstimatedSavingsPercentage),
    estimatedPlanCost: decimalOf(detail.EstimatedSPCost),
    estimatedOnDemandCost: decimalOf(detail.EstimatedOnDemandCost),
    onDemandCostWithoutIt: decimalOf(detail.EstimatedOnDemandCostWithCurrentCommitment),
    estimatedReturnPercent: decimalOf(detail.EstimatedROI),
    estimatedUtilizationPercent: decimalOf(detail.EstimatedAverageUtilization),
    hourlyOnDemandSpend: {
      minimum: decimalOf(detail.CurrentMinimumHourlyOnDemandSpend),
      average: decimalOf(detail.CurrentAverageHourlyOnDemandSpend),
      maximum: decimalOf(detail.CurrentMaximumHourlyOnDemandSpend),
    },
  };
}

function reservationProposalOf(row: unknown): ReservationPurchaseAdvice['proposals'][number] {
  const read = ReservationDetail.safeParse(row);
  if (!read.success) throw new UnreadableFact('a recommendation in the form that AWS sends');
  const detail = read.data;
  const instance = Object.values(detail.InstanceDetails ?? {}).find((item) => item !== null && item !== undefined);
  const openSearch =
    instance?.InstanceClass && instance.InstanceSize ? `${instance.InstanceClass}.${instance.InstanceSize}` : null;
  return {
    accountId: word(detail.AccountId),
    regionId: word(instance?.Region),
    instanceFamily: word(instance?.Family),
    instanceType: word(instance?.InstanceType ?? instance?.NodeType ?? openSearch),
    platform: word(instance?.Platform ?? instance?.DatabaseEngine ?? instance?.ProductDescription),
    deploymentOption: word(instance?.DeploymentOption),
    sizeFlexible: instance?.SizeFlexEligible ?? null,
    instances: neededDecimal(detail.RecommendedNumberOfInstancesToPurchase, 'number of instances'),
    normalizedUnits: decimalOf(detail.RecommendedNormalizedUnitsToPurchase),
    instancesUsed: {
      minimum: decimalOf(detail.MinimumNumberOfInstancesUsedPerHour),
      average: decimalOf(detail.AverageNumberOfInstancesUsedPerHour),
      maximum: decimalOf(detail.MaximumNumberOfInstancesUsedPerHour),
    },
    averageUtilizationPercent: decimalOf(detail.AverageUtilization),
    breakEvenMonths: decimalOf(detail.EstimatedBreakEvenInMonths),
    estimatedMonthlySavings: decimalOf(detail.EstimatedMonthlySavingsAmount),
    estimatedMonthlySavingsPercent: decimalOf(detail.EstimatedMonthlySavingsPercentage),
    estimatedMonthlyOnDemandCost: decimalOf(detail.EstimatedMonthlyOnDemandCost),
    costOverLookback: decimalOf(detail.EstimatedReservationCostForLookbackPeriod),
    upfrontCost: decimalOf(detail.UpfrontCost),
    recurringMonthlyCost: decimalOf(detail.RecurringStandardMonthlyCost),
  };
}
