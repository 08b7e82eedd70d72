import {
  type CostExplorerClient,
  GetReservationCoverageCommand,
  type GetReservationCoverageCommandInput,
  GetReservationUtilizationCommand,
  type GetReservationUtilizationCommandInput,
  GetSavingsPlansCoverageCommand,
  type GetSavingsPlansCoverageCommandInput,
  GetSavingsPlansUtilizationCommand,
  GetSavingsPlansUtilizationDetailsCommand,
} from '@aws-sdk/client-cost-explorer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachDay } from '../../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../../src/kernel/money.ts';
import { decimal } from '../../../src/sandbox/estate/amounts.ts';
import type { EstateCharge } from '../../../src/sandbox/estate/types.ts';
import { createEstate } from '../../../src/sandbox/index.ts';
import { type Sandbox, serveEstate } from '../../../src/sandbox/wire/start-sandbox.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { tinyEstate } from './tiny-estate.ts';

const AS_OF = '2026-11-24';
/** The second plan begins on 2026-06-01, the reservations on 2026-04-01. */
const WINDOW = { start: '2026-05-28', end: '2026-06-10' };
const TimePeriod = { Start: WINDOW.start, End: WINDOW.end };
const EC2 = 'Amazon Elastic Compute Cloud - Compute';
const RDS = 'Amazon Relational Database Service';
const estate = createEstate({ seed: 7, asOf: AS_OF, resources: 120 });
const bill = [...estate.charges(WINDOW)];
let sandbox: Sandbox;
let client: CostExplorerClient;

beforeAll(async () => {
  sandbox = await serveEstate(estate);
  client = clientsOf(sandbox).costExplorer;
}, 120_000);
afterAll(() => sandbox?.close());

const onBill = (accepts: (charge: EstateCharge) => boolean, of: (charge: EstateCharge) => bigint): string =>
  decimal(bill.filter(accepts).reduce((sum, charge) => sum + of(charge), 0n));
const isType =
  (recordType: string) =>
  (charge: EstateCharge): boolean =>
    charge.recordType === recordType;
const sum = (values: readonly (string | undefined)[]): string => plain(sumExact(values.map((value) => value ?? 'NaN')));

const coverage = (input: Partial<GetSavingsPlansCoverageCommandInput> = {}) =>
  client.send(new GetSavingsPlansCoverageCommand({ TimePeriod, MaxResults: 1000, ...input }));
const reserved = (input: Partial<GetReservationUtilizationCommandInput> = {}) =>
  client.send(new GetReservationUtilizationCommand({ TimePeriod, ...input }));
const reservationCoverage = (input: Partial<GetReservationCoverageCommandInput> = {}) =>
  client.send(new GetReservationCoverageCommand({ TimePeriod, ...input }));
const serviceIs = (service: string) => ({ Dimensions: { Key: 'SERVICE' as const, Values: [service] } });
const groupedBy = (...keys: string[]) => keys.map((Key) => ({ Type: 'DIMENSION' as const, Key }));

describe('utilisation of Savings Plans', () => {
  it('is the fee on the bill, and used and unused are all of it', async () => {
    const { SavingsPlansUtilizationsByTime: days = [], Total } = await client.send(
      new GetSavingsPlansUtilizationCommand({ TimePeriod, Granularity: 'DAILY' }),
    );
    expect(days.map((day) => day.TimePeriod?.Start)).toEqual([...eachDay(WINDOW)]);
    for (const { Utilization } of [...days, ...(Total ? [Total] : [])]) {
      const { TotalCommitment = '', UsedCommitment = '', UnusedCommitment = '', UtilizationPercentage = '' } = Utilization ?? {};
      expect(sum([UsedCommitment, UnusedCommitment])).toBe(plain(exact(TotalCommitment)));
      expect(exact(UsedCommitment).mul(100).div(TotalCommitment).minus(UtilizationPercentage).abs().lt('1e-9')).toBe(true);
    }
    const isFee = isType('SavingsPlanRecurringFee');
    expect(Total?.Utilization?.TotalCommitment).toBe(onBill(isFee, (charge) => charge.unblendedCost));
    expect(Total?.Utilization?.UnusedCommitment).toBe(onBill(isFee, (charge) => charge.amortizedCost));
    const isCovered = isType('SavingsPlanCoveredUsage');
    expect(Total?.Utilization?.UsedCommitment).toBe(onBill(isCovered, (charge) => charge.amortizedCost));
    expect(Total?.Savings?.OnDemandCostEquivalent).toBe(onBill(isCovered, (charge) => charge.unblendedCost));
    expect(sum(days.map((day) => day.Utilization?.UsedCommitment))).toBe(Total?.Utilization?.UsedCommitment);
  });

  it('is told plan by plan with the end of each, and adds up to the whole', async () => {
    const { SavingsPlansUtilizationDetails: details = [], Total } = await client.send(
      new GetSavingsPlansUtilizationDetailsCommand({ TimePeriod }),
    );
    expect(details.map((detail) => detail.SavingsPlanArn)).toEqual(
      estate
        .savingsPlans()
        .map((plan) => plan.arn)
        .sort(),
    );
    expect(details.map((detail) => detail.Attributes?.EndDateTime).sort()).toEqual([
      '2026-12-31T23:59:59.000Z',
      '2027-05-31T23:59:59.000Z',
    ]);
    for (const member of ['TotalCommitment', 'UsedCommitment', 'UnusedCommitment'] as const) {
      expect(sum(details.map((detail) => detail.Utilization?.[member]))).toBe(Total?.Utilization?.[member]);
    }
    expect(sum(details.map((detail) => detail.Savings?.OnDemandCostEquivalent))).toBe(Total?.Savings?.OnDemandCostEquivalent);
  });

  it('gives only the parts asked for, page by page', async () => {
    const first = await client.send(
      new GetSavingsPlansUtilizationDetailsCommand({ TimePeriod, MaxResults: 1, DataType: ['UTILIZATION'] }),
    );
    const second = await client.send(
      new GetSavingsPlansUtilizationDetailsCommand({
        TimePeriod,
        MaxResults: 1,
        DataType: ['UTILIZATION'],
        NextToken: first.NextToken,
      }),
    );
    const pages = [first, second].flatMap((page) => page.SavingsPlansUtilizationDetails ?? []);
    expect(new Set(pages.map((detail) => detail.SavingsPlanArn)).size).toBe(2);
    expect(pages.every((detail) => detail.Attributes === undefined && detail.Savings === undefined)).toBe(true);
    expect(second.NextToken).toBeUndefined();
  });
});

describe('coverage by Savings Plans', () => {
  it('is covered usage at on-demand prices beside what was left on demand', async () => {
    const { SavingsPlansCoverages: days = [] } = await coverage({ Granularity: 'DAILY' });
    expect(days).toHaveLength(13);
    const spend = sum(days.map((day) => day.Coverage?.SpendCoveredBySavingsPlans));
    expect(spend).toBe(onBill(isType('SavingsPlanCoveredUsage'), (charge) => charge.unblendedCost));
    const rated = new Set(estate.savingsPlanRates().map((rate) => `${rate.usageType} ${rate.operation}`));
    const left = onBill(
      (charge) => charge.recordType === 'Usage' && rated.has(`${charge.usageType} ${charge.operation}`),
      (charge) => charge.unblendedCost,
    );
    expect(sum(days.map((day) => day.Coverage?.OnDemandCost))).toBe(left);
    for (const { Coverage } of days) {
      expect(sum([Coverage?.SpendCoveredBySavingsPlans, Coverage?.OnDemandCost])).toBe(
        plain(exact(Coverage?.TotalCost ?? 'NaN')),
      );
      expect(Number(Coverage?.CoveragePercentage)).toBeGreaterThanOrEqual(0);
      expect(Number(Coverage?.CoveragePercentage)).toBeLessThanOrEqual(100);
    }
  });

  it('adds up to the same by family, region and service', async () => {
    const { SavingsPlansCoverages: groups = [] } = await coverage({ GroupBy: groupedBy('INSTANCE_FAMILY', 'REGION', 'SERVICE') });
    const [whole] = (await coverage()).SavingsPlansCoverages ?? [];
    expect(groups.length).toBeGreaterThan(5);
    expect(groups.every(({ Attributes }) => Attributes?.REGION && Attributes.SERVICE && Attributes.INSTANCE_FAMILY)).toBe(true);
    for (const member of ['SpendCoveredBySavingsPlans', 'OnDemandCost', 'TotalCost'] as const) {
      expect(sum(groups.map((group) => group.Coverage?.[member]))).toBe(whole?.Coverage?.[member]);
    }
  });

  it('answers twenty at a time unless told otherwise', async () => {
    const long = { Start: '2026-05-01', End: '2026-06-10' };
    const first = await coverage({ TimePeriod: long, Granularity: 'DAILY', MaxResults: undefined });
    expect(first.SavingsPlansCoverages).toHaveLength(20);
    const second = await coverage({ TimePeriod: long, Granularity: 'DAILY', MaxResults: undefined, NextToken: first.NextToken });
    expect(second.SavingsPlansCoverages?.[0]?.TimePeriod?.Start).toBe('2026-05-21');
    expect(second.NextToken).toBeUndefined();
  });
});

describe('reservations', () => {
  it.each([EC2, RDS])('are used every hour, as the bill has it: %s', async (service) => {
    const { UtilizationsByTime: [all] = [], Total } = await reserved({
      GroupBy: groupedBy('SUBSCRIPTION_ID'),
      Filter: serviceIs(service),
    });
    const own = estate.reservations().filter((item) => item.serviceName === service);
    const groups = all?.Groups ?? [];
    expect(groups.map((group) => group.Attributes?.reservationARN).sort()).toEqual(own.map((item) => item.arn).sort());
    expect(groups.every((group) => group.Attributes?.endDateTime === '2027-03-31T23:59:59.000Z')).toBe(true);
    const isOwn = (charge: EstateCharge) => charge.recordType === 'DiscountedUsage' && charge.serviceName === service;
    expect(Total?.TotalActualHours).toBe(onBill(isOwn, (charge) => charge.usageQuantity));
    expect(Total?.TotalAmortizedFee).toBe(onBill(isOwn, (charge) => charge.amortizedCost));
    expect(Total).toMatchObject({ UnusedHours: '0', UtilizationPercentage: '100', RICostForUnusedHours: '0' });
    expect(Total?.NetRISavings).toBe(
      plain(exact(Total?.OnDemandCostOfRIHoursUsed ?? 'NaN').minus(Total?.TotalAmortizedFee ?? 'NaN')),
    );
  });

  it('are told day by day, of EC2 when nobody names a service', async () => {
    const { UtilizationsByTime: days = [] } = await reserved();
    expect(days).toHaveLength(13);
    const machines = estate.reservations().filter((item) => item.serviceName === EC2).length;
    expect(new Set(days.map((day) => day.Total?.PurchasedHours))).toEqual(new Set([String(machines * 24)]));
  });

  it('cover a share of the hours that adds up over accounts and types', async () => {
    const { CoveragesByTime: [all] = [], Total } = await reservationCoverage({
      GroupBy: groupedBy('LINKED_ACCOUNT', 'INSTANCE_TYPE'),
      Filter: serviceIs(RDS),
    });
    const groups = all?.Groups ?? [];
    expect(groups.some((group) => group.Coverage?.CoverageHours?.ReservedHours !== '0')).toBe(true);
    expect(groups.every((group) => group.Attributes?.linkedAccount && group.Attributes.instanceType)).toBe(true);
    for (const member of ['OnDemandHours', 'ReservedHours', 'TotalRunningHours'] as const) {
      expect(sum(groups.map((group) => group.Coverage?.CoverageHours?.[member]))).toBe(Total?.CoverageHours?.[member]);
    }
    expect(Total?.CoverageHours?.ReservedHours).toBe(
      onBill(
        (charge) => charge.recordType === 'DiscountedUsage' && charge.serviceName === RDS,
        (charge) => charge.usageQuantity,
      ),
    );
  });
});

describe('what Cost Explorer refuses', () => {
  const today = { Start: '2026-11-01', End: AS_OF };
  it.each<[string, () => Promise<unknown>, string]>([
    ['a window that ends today', () => coverage({ TimePeriod: today }), 'DataUnavailableException'],
    [
      'a window into the future',
      () => reserved({ TimePeriod: { Start: '2026-11-01', End: '2026-12-01' } }),
      'ValidationException',
    ],
    ['more than 13 months', () => coverage({ TimePeriod: { Start: '2025-09-01', End: '2025-11-01' } }), 'ValidationException'],
    ['groups and grain together', () => coverage({ Granularity: 'DAILY', GroupBy: groupedBy('REGION') }), 'ValidationException'],
    ['hours', () => coverage({ Granularity: 'HOURLY' }), 'ValidationException'],
    ['another grouping of reservations', () => reserved({ GroupBy: groupedBy('REGION') }), 'ValidationException'],
    [
      'two services at once',
      () => reserved({ Filter: { Dimensions: { Key: 'SERVICE', Values: [EC2, RDS] } } }),
      'ValidationException',
    ],
    ['a token that is none', () => coverage({ NextToken: 'bm90IG9uZQ==' }), 'InvalidNextTokenException'],
  ])('%s', async (_what, ask, name) => {
    await expect(ask()).rejects.toMatchObject({ name });
  });

  it('has no utilisation for whoever owns no plan, but a coverage of nothing', async () => {
    const { costExplorer } = clientsOf(await serveForTest(tinyEstate({ lines: [{}] })));
    const window = { Start: '2026-11-01', End: '2026-11-05' };
    await expect(
      costExplorer.send(new GetSavingsPlansUtilizationCommand({ TimePeriod: window, Granularity: 'DAILY' })),
    ).rejects.toMatchObject({ name: 'DataUnavailableException' });
    const { SavingsPlansCoverages } = await costExplorer.send(new GetSavingsPlansCoverageCommand({ TimePeriod: window }));
    expect(SavingsPlansCoverages).toEqual([]);
  });
});
