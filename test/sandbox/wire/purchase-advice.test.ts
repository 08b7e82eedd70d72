import {
  type CostExplorerClient,
  GetReservationPurchaseRecommendationCommand,
  type GetReservationPurchaseRecommendationCommandInput,
  GetSavingsPlanPurchaseRecommendationDetailsCommand,
  GetSavingsPlansPurchaseRecommendationCommand,
  type GetSavingsPlansPurchaseRecommendationCommandInput,
  ListSavingsPlansPurchaseRecommendationGenerationCommand,
  StartSavingsPlansPurchaseRecommendationGenerationCommand,
} from '@aws-sdk/client-cost-explorer';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../../src/kernel/money.ts';
import { decimal } from '../../../src/sandbox/estate/amounts.ts';
import { createEstate } from '../../../src/sandbox/index.ts';
import { bestReplay, type Chance, replay } from '../../../src/sandbox/wire/purchase/plan-replay.ts';
import { type Sandbox, serveEstate } from '../../../src/sandbox/wire/start-sandbox.ts';
import { clientsOf } from './clients.ts';

const AS_OF = '2026-11-24';
const estate = createEstate({ seed: 7, asOf: AS_OF, resources: 120 });
let sandbox: Sandbox;
let client: CostExplorerClient;

beforeAll(async () => {
  sandbox = await serveEstate(estate);
  client = clientsOf(sandbox).costExplorer;
}, 120_000);
afterAll(() => sandbox?.close());

const plans = async (input: Partial<GetSavingsPlansPurchaseRecommendationCommandInput> = {}) =>
  client.send(
    new GetSavingsPlansPurchaseRecommendationCommand({
      SavingsPlansType: 'COMPUTE_SP',
      TermInYears: 'ONE_YEAR',
      PaymentOption: 'NO_UPFRONT',
      LookbackPeriodInDays: 'SEVEN_DAYS',
      ...input,
    }),
  );
const detailsOf = async (input: Partial<GetSavingsPlansPurchaseRecommendationCommandInput> = {}) =>
  (await plans(input)).SavingsPlansPurchaseRecommendation?.SavingsPlansPurchaseRecommendationDetails ?? [];
const reservations = (Service: string, input: Partial<GetReservationPurchaseRecommendationCommandInput> = {}) =>
  client.send(new GetReservationPurchaseRecommendationCommand({ Service, ...input }));
const RDS = 'Amazon Relational Database Service';

describe('the best additional commitment', () => {
  const anyHour = fc.array(fc.record({ planCost: fc.integer({ min: 1, max: 50 }), worth: fc.constantFrom(1.1, 1.3, 1.6) }), {
    maxLength: 4,
  });

  it('saves no less than any other', () => {
    fc.assert(
      fc.property(fc.array(anyHour, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 200 }), (raw, other) => {
        const hours: Chance[][] = raw.map((hour) =>
          hour.map(({ planCost, worth }) => ({ planCost: planCost * 10_000_000, worth })).sort((a, b) => b.worth - a.worth),
        );
        const saved = (at: number): number => replay(hours, at).covered - at * hours.length;
        expect(saved(bestReplay(hours).commitment)).toBeGreaterThanOrEqual(saved(other * 10_000_000) - 1);
      }),
    );
  });

  it('is nothing where nothing runs', () => {
    expect(bestReplay([[], []]).commitment).toBe(0);
  });
});

describe('what AWS would have you buy', () => {
  it('is one Compute plan for the payer, whose figures fit each other', async () => {
    const [detail, ...others] = await detailsOf();
    expect(others).toEqual([]);
    const of = (member: keyof NonNullable<typeof detail>) => exact(String(detail?.[member]));
    const hours = 7 * 24;
    expect(of('EstimatedSPCost').eq(of('HourlyCommitmentToPurchase').mul(hours))).toBe(true);
    const covered = of('EstimatedOnDemandCostWithCurrentCommitment').minus(of('EstimatedOnDemandCost'));
    expect(covered.minus(of('EstimatedSPCost')).minus(of('EstimatedSavingsAmount')).abs().lt('1e-8')).toBe(true);
    expect(of('EstimatedMonthlySavingsAmount').minus(of('EstimatedSavingsAmount').mul(730).div(hours)).abs().lt('1e-6')).toBe(
      true,
    );
    expect(
      of('EstimatedROI')
        .minus(of('EstimatedSavingsAmount').mul(100).div(of('EstimatedSPCost')))
        .abs()
        .lt('1e-6'),
    ).toBe(true);
    expect(of('HourlyCommitmentToPurchase').gt(0)).toBe(true);
    expect(of('HourlyCommitmentToPurchase').decimalPlaces()).toBeLessThanOrEqual(3);
    expect(detail?.AccountId).toBe('111111111111');
  });

  it('starts from what the bill left on demand', async () => {
    const [detail] = await detailsOf();
    const rated = new Set(estate.savingsPlanRates().map((rate) => `${rate.usageType} ${rate.operation}`));
    let left = 0n;
    for (const charge of estate.charges({ start: addDays(AS_OF, -7), end: AS_OF })) {
      if (charge.recordType === 'Usage' && rated.has(`${charge.usageType} ${charge.operation}`)) left += charge.unblendedCost;
    }
    const difference = exact(detail?.EstimatedOnDemandCostWithCurrentCommitment ?? 'NaN').minus(decimal(left));
    expect(difference.abs().lt('0.000001')).toBe(true);
  });

  it('saves more for three years, asks its fee at once, and is told family by family for EC2 Instance plans', async () => {
    const [oneYear] = await detailsOf();
    const [threeYears] = await detailsOf({ TermInYears: 'THREE_YEARS', PaymentOption: 'ALL_UPFRONT' });
    expect(Number(threeYears?.EstimatedMonthlySavingsAmount)).toBeGreaterThan(Number(oneYear?.EstimatedMonthlySavingsAmount));
    expect(exact(threeYears?.UpfrontCost ?? 'NaN').eq(exact(threeYears?.HourlyCommitmentToPurchase ?? 'NaN').mul(26_280))).toBe(
      true,
    );
    const families = await detailsOf({ SavingsPlansType: 'EC2_INSTANCE_SP' });
    expect(families.length).toBeGreaterThan(1);
    expect(families.every((detail) => detail.SavingsPlansDetails?.InstanceFamily && detail.SavingsPlansDetails.Region)).toBe(
      true,
    );
  });

  it('is split by account for linked accounts, and its summary adds up', async () => {
    const { SavingsPlansPurchaseRecommendation: advice } = await plans({ AccountScope: 'LINKED' });
    const details = advice?.SavingsPlansPurchaseRecommendationDetails ?? [];
    expect(new Set(details.map((detail) => detail.AccountId)).size).toBe(details.length);
    expect(advice?.SavingsPlansPurchaseRecommendationSummary?.HourlyCommitmentToPurchase).toBe(
      plain(sumExact(details.map((detail) => detail.HourlyCommitmentToPurchase ?? 'NaN'))),
    );
  });

  it('is nothing for databases and SageMaker, and pages where there is much', async () => {
    for (const SavingsPlansType of ['DATABASE_SP', 'SAGEMAKER_SP'] as const) {
      expect((await plans({ SavingsPlansType })).SavingsPlansPurchaseRecommendation).toMatchObject({ SavingsPlansType });
      expect(await detailsOf({ SavingsPlansType })).toEqual([]);
    }
    const first = await plans({ SavingsPlansType: 'EC2_INSTANCE_SP', PageSize: 1 });
    const second = await plans({ SavingsPlansType: 'EC2_INSTANCE_SP', PageSize: 1, NextPageToken: first.NextPageToken });
    const ids = [first, second].map(
      (page) => page.SavingsPlansPurchaseRecommendation?.SavingsPlansPurchaseRecommendationDetails?.[0]?.RecommendationDetailId,
    );
    expect(new Set(ids).size).toBe(2);
    await expect(plans({ NextPageToken: first.NextPageToken })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });

  it('is explained hour by hour to whoever was given it', async () => {
    const [detail] = await detailsOf();
    const RecommendationDetailId = detail?.RecommendationDetailId ?? '';
    const { RecommendationDetailData: data } = await client.send(
      new GetSavingsPlanPurchaseRecommendationDetailsCommand({ RecommendationDetailId }),
    );
    const hours = data?.MetricsOverLookbackPeriod ?? [];
    expect(hours).toHaveLength(168);
    const left = sumExact(hours.map((hour) => hour.EstimatedOnDemandCost ?? 'NaN'));
    expect(
      left
        .minus(detail?.EstimatedOnDemandCost ?? 'NaN')
        .abs()
        .lt('0.000001'),
    ).toBe(true);
    for (const hour of hours) {
      expect(Number(hour.EstimatedCoverage)).toBeGreaterThanOrEqual(Number(hour.CurrentCoverage));
      expect(Number(hour.EstimatedNewCommitmentUtilization)).toBeLessThanOrEqual(100);
    }
    const unknown = '00000000-0000-8000-8000-000000000000';
    await expect(
      client.send(new GetSavingsPlanPurchaseRecommendationDetailsCommand({ RecommendationDetailId: unknown })),
    ).rejects.toMatchObject({ name: 'DataUnavailableException' });
  });

  it('is worked out anew once a day', async () => {
    const started = await client.send(new StartSavingsPlansPurchaseRecommendationGenerationCommand({}));
    const { GenerationSummaryList = [] } = await client.send(new ListSavingsPlansPurchaseRecommendationGenerationCommand({}));
    expect(GenerationSummaryList).toMatchObject([{ RecommendationId: started.RecommendationId, GenerationStatus: 'SUCCEEDED' }]);
    await expect(client.send(new StartSavingsPlansPurchaseRecommendationGenerationCommand({}))).rejects.toMatchObject({
      name: 'GenerationExistsException',
    });
  });
});

describe('reservations that AWS would have you buy', () => {
  it('are databases that run all the time on demand', async () => {
    const { Recommendations: [advice] = [] } = await reservations(RDS);
    const details = advice?.RecommendationDetails ?? [];
    expect(details.length).toBeGreaterThan(0);
    for (const detail of details) {
      expect(detail.InstanceDetails?.RDSInstanceDetails?.InstanceType).toMatch(/^db\./);
      expect(Number(detail.EstimatedMonthlySavingsAmount)).toBeGreaterThan(0);
      expect(Number(detail.AverageUtilization)).toBeLessThanOrEqual(100);
      expect(Number(detail.RecommendedNumberOfInstancesToPurchase)).toBeGreaterThanOrEqual(1);
      expect(detail.UpfrontCost).toBe('0');
    }
    expect(advice?.RecommendationSummary?.TotalEstimatedMonthlySavingsAmount).toBe(
      plain(sumExact(details.map((detail) => detail.EstimatedMonthlySavingsAmount ?? 'NaN'))),
    );
  });

  it('ask a fee and break even within the term when it is paid at once', async () => {
    const { Recommendations: [advice] = [] } = await reservations(RDS, { PaymentOption: 'ALL_UPFRONT' });
    for (const detail of advice?.RecommendationDetails ?? []) {
      expect(detail.RecurringStandardMonthlyCost).toBe('0');
      expect(Number(detail.EstimatedBreakEvenInMonths)).toBeGreaterThan(0);
      expect(Number(detail.EstimatedBreakEvenInMonths)).toBeLessThan(12);
    }
  });

  it('are none of a service that is not used', async () => {
    expect((await reservations('Amazon Redshift')).Recommendations).toEqual([]);
  });
});
