import { z } from 'zod';

const text = z.string().nullish();

/** AWS's recommendations of purchases, as far as we read them. */
export const PlanAnswer = z.object({
  Metadata: z.object({ GenerationTimestamp: text }).nullish(),
  SavingsPlansPurchaseRecommendation: z
    .object({
      SavingsPlansPurchaseRecommendationDetails: z.array(z.unknown()).nullish(),
      SavingsPlansPurchaseRecommendationSummary: z.object({ EstimatedMonthlySavingsAmount: text, CurrencyCode: text }).nullish(),
    })
    .nullish(),
  NextPageToken: text,
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

export const PlanDetail = z.object({
  SavingsPlansDetails: z.object({ Region: text, InstanceFamily: text, OfferingId: text }).nullish(),
  AccountId: text,
  UpfrontCost: text,
  EstimatedROI: text,
  EstimatedSPCost: text,
  EstimatedOnDemandCost: text,
  EstimatedOnDemandCostWithCurrentCommitment: text,
  EstimatedSavingsAmount: text,
  EstimatedSavingsPercentage: text,
  HourlyCommitmentToPurchase: text,
  EstimatedAverageUtilization: text,
  EstimatedMonthlySavingsAmount: text,
  CurrentMinimumHourlyOnDemandSpend: text,
  CurrentMaximumHourlyOnDemandSpend: text,
  CurrentAverageHourlyOnDemandSpend: text,
  RecommendationDetailId: text,
});

export const ReservationAnswer = z.object({
  Metadata: z.object({ GenerationTimestamp: text }).nullish(),
  Recommendations: z
    .array(
      z.object({
        RecommendationDetails: z.array(z.unknown()).nullish(),
        RecommendationSummary: z.object({ TotalEstimatedMonthlySavingsAmount: text, CurrencyCode: text }).nullish(),
      }),
    )
    .nullish(),
  NextPageToken: text,
});
export type ReservationAnswer = z.infer<typeof ReservationAnswer>;

/** One of several by service; they share what we read. */
const instance = z
  .object({
    Family: text,
    InstanceType: text,
    NodeType: text,
    InstanceClass: text,
    InstanceSize: text,
    Region: text,
    Platform: text,
    DatabaseEngine: text,
    ProductDescription: text,
    DeploymentOption: text,
    SizeFlexEligible: z.boolean().nullish(),
  })
  .nullish();

export const ReservationDetail = z.object({
  AccountId: text,
  InstanceDetails: z.record(z.string(), instance).nullish(),
  RecommendedNumberOfInstancesToPurchase: text,
  RecommendedNormalizedUnitsToPurchase: text,
  MinimumNumberOfInstancesUsedPerHour: text,
  MaximumNumberOfInstancesUsedPerHour: text,
  AverageNumberOfInstancesUsedPerHour: text,
  AverageUtilization: text,
  EstimatedBreakEvenInMonths: text,
  EstimatedMonthlySavingsAmount: text,
  EstimatedMonthlySavingsPercentage: text,
  EstimatedMonthlyOnDemandCost: text,
  EstimatedReservationCostForLookbackPeriod: text,
  UpfrontCost: text,
  RecurringStandardMonthlyCost: text,
});
