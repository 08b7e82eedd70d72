import { z } from 'zod';

const text = z.string().nullish();

/** Cost Explorer's rightsizing recommendations (service model of 2026-08). */
export const RightsizingPage = z.object({
  Metadata: z
    .object({
      RecommendationId: text,
      GenerationTimestamp: text,
      LookbackPeriodInDays: text,
      AdditionalMetadata: text,
    })
    .nullish(),
  Summary: z
    .object({
      TotalRecommendationCount: text,
      EstimatedTotalMonthlySavingsAmount: text,
      SavingsCurrencyCode: text,
      SavingsPercentage: text,
    })
    .nullish(),
  RightsizingRecommendations: z.array(z.unknown()).nullish(),
  NextPageToken: text,
});
export type RightsizingPage = z.infer<typeof RightsizingPage>;

const resource = z
  .object({
    EC2ResourceDetails: z
      .object({
        HourlyOnDemandRate: text,
        InstanceType: text,
        Platform: text,
        Region: text,
        Sku: text,
        Memory: text,
        NetworkPerformance: text,
        Storage: text,
        Vcpu: text,
      })
      .nullish(),
  })
  .nullish();
export type Resource = z.infer<typeof resource>;

const rates = z.record(z.string(), text).nullish();
const utilization = z
  .object({
    EC2ResourceUtilization: z
      .object({
        MaxCpuUtilizationPercentage: text,
        MaxMemoryUtilizationPercentage: text,
        MaxStorageUtilizationPercentage: text,
        EBSResourceUtilization: rates,
        DiskResourceUtilization: rates,
        NetworkResourceUtilization: rates,
      })
      .nullish(),
  })
  .nullish();
export type Utilization = z.infer<typeof utilization>;

const target = z.object({
  EstimatedMonthlyCost: text,
  EstimatedMonthlySavings: text,
  CurrencyCode: text,
  DefaultTargetInstance: z.boolean().nullish(),
  ResourceDetails: resource,
  ExpectedResourceUtilization: utilization,
  PlatformDifferences: z.array(z.string()).nullish(),
});
export type Target = z.infer<typeof target>;

export const RightsizingItem = z.object({
  AccountId: z.string(),
  CurrentInstance: z.object({
    ResourceId: z.string().min(1),
    InstanceName: text,
    Tags: z.array(z.object({ Key: text, Values: z.array(z.string()).nullish() })).nullish(),
    ResourceDetails: resource,
    ResourceUtilization: utilization,
    ReservationCoveredHoursInLookbackPeriod: text,
    SavingsPlansCoveredHoursInLookbackPeriod: text,
    OnDemandHoursInLookbackPeriod: text,
    TotalRunningHoursInLookbackPeriod: text,
    MonthlyCost: text,
    CurrencyCode: text,
  }),
  RightsizingType: z.string(),
  ModifyRecommendationDetail: z.object({ TargetInstances: z.array(target).nullish() }).nullish(),
  TerminateRecommendationDetail: z.object({ EstimatedMonthlySavings: text, CurrencyCode: text }).nullish(),
  FindingReasonCodes: z.array(z.string()).nullish(),
});
