import { z } from 'zod';

/** What Cost Explorer's answers about commitments hold, as far as we read them. Every amount is a text. */
const amount = z.string().nullish();
const attributes = z.record(z.string(), z.string().nullish()).nullish();
const period = z.object({ Start: z.string(), End: z.string() });

const planFigures = {
  Utilization: z.object({
    TotalCommitment: amount,
    UsedCommitment: amount,
    UnusedCommitment: amount,
    UtilizationPercentage: amount,
  }),
  Savings: z.object({ NetSavings: amount, OnDemandCostEquivalent: amount }).nullish(),
};

export const PlanUtilizationAnswer = z.object({
  SavingsPlansUtilizationsByTime: z.array(z.object({ TimePeriod: period, ...planFigures })).nullish(),
});
export const PlanDetailsAnswer = z.object({
  SavingsPlansUtilizationDetails: z.array(z.object({ SavingsPlanArn: z.string().nullish(), ...planFigures })),
  NextToken: z.string().nullish(),
});
export const PlanCoverageAnswer = z.object({
  SavingsPlansCoverages: z.array(
    z.object({
      Attributes: attributes,
      TimePeriod: period,
      Coverage: z.object({ SpendCoveredBySavingsPlans: amount, OnDemandCost: amount, CoveragePercentage: amount }),
    }),
  ),
  NextToken: z.string().nullish(),
});

const aggregates = z.object({
  UtilizationPercentage: amount,
  PurchasedHours: amount,
  PurchasedUnits: amount,
  TotalActualHours: amount,
  TotalActualUnits: amount,
  UnusedHours: amount,
  OnDemandCostOfRIHoursUsed: amount,
  NetRISavings: amount,
  TotalAmortizedFee: amount,
  RICostForUnusedHours: amount,
});
export const ReservationUtilizationAnswer = z.object({
  UtilizationsByTime: z.array(
    z.object({
      TimePeriod: period,
      Total: aggregates.nullish(),
      Groups: z
        .array(z.object({ Value: z.string().nullish(), Attributes: attributes, Utilization: aggregates.nullish() }))
        .nullish(),
    }),
  ),
  NextPageToken: z.string().nullish(),
});
export const ReservationCoverageAnswer = z.object({
  CoveragesByTime: z.array(
    z.object({
      TimePeriod: period,
      Groups: z
        .array(
          z.object({
            Attributes: attributes,
            Coverage: z.object({
              CoverageHours: z.object({
                OnDemandHours: amount,
                ReservedHours: amount,
                TotalRunningHours: amount,
                CoverageHoursPercentage: amount,
              }),
              CoverageCost: z.object({ OnDemandCost: amount }).nullish(),
            }),
          }),
        )
        .nullish(),
    }),
  ),
  NextPageToken: z.string().nullish(),
});

type Of<T extends z.ZodType> = z.infer<T>;
export type PlanFigures = NonNullable<Of<typeof PlanUtilizationAnswer>['SavingsPlansUtilizationsByTime']>[number];
export type PlanDetail = Of<typeof PlanDetailsAnswer>['SavingsPlansUtilizationDetails'][number];
export type PlanCoverageRow = Of<typeof PlanCoverageAnswer>['SavingsPlansCoverages'][number];
export type ReservationPeriod = Of<typeof ReservationUtilizationAnswer>['UtilizationsByTime'][number];
export type ReservationGroup = NonNullable<ReservationPeriod['Groups']>[number];
export type ReservationFigures = Of<typeof aggregates>;
export type ReservationCoverageGroup = NonNullable<
  Of<typeof ReservationCoverageAnswer>['CoveragesByTime'][number]['Groups']
>[number];
export type Attributes = Of<typeof attributes>;
