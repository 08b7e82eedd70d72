import { describe, expect, it } from 'vitest';
import { COMMITTED_USAGE, UNUSED_COMMITMENT } from '../../../src/ledger/charge.ts';
import { billFolder, csv, openBills } from './open-bills.ts';

const folder = billFolder();

const V1_0 = [
  'BilledCost',
  'BillingAccountId',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'CommitmentDiscountId',
  'CommitmentDiscountStatus',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'EffectiveCost',
  'ListCost',
  'PricingCategory',
  'ProviderName',
  'RegionId',
  'ResourceId',
  'ServiceName',
  'SkuId',
  'SubAccountId',
  'Tags',
  'x_UsageType',
  'x_Operation',
];
const V1_1 = [...V1_0, 'SkuMeter', 'SkuPriceDetails', 'CommitmentDiscountQuantity', 'CapacityReservationId'];
const V1_2 = [...V1_1, 'InvoiceId', 'PricingCurrency', 'BillingAccountType', 'SubAccountType'];

function row(values: Record<string, string>): Record<string, string> {
  return {
    BilledCost: '1',
    EffectiveCost: '1',
    BillingAccountId: '111122223333',
    BillingCurrency: 'USD',
    BillingPeriodStart: '2026-09-01T00:00:00Z',
    BillingPeriodEnd: '2026-10-01T00:00:00Z',
    ChargeCategory: 'Usage',
    ChargePeriodStart: '2026-09-18T22:00:00Z',
    ProviderName: 'AWS',
    ServiceName: 'Amazon Elastic Compute Cloud',
    SubAccountId: '444455556666',
    ...values,
  };
}

describe('a FOCUS file', () => {
  it.each([
    ['1.0', V1_0],
    ['1.1', V1_1],
    ['1.2', V1_2],
  ])('of version %s is told by its columns', async (version, header) => {
    const [bill] = await openBills([folder.write(`focus-${version}.csv`, csv(header, [row({})]))]);

    expect(bill?.versions).toEqual([version]);
    expect(bill?.lines).toMatchObject([{ billedCost: '1', subAccountId: '444455556666', chargeType: 'Usage' }]);
  });

  it('tells hours under a commitment and commitments that nothing used from on-demand usage', async () => {
    const file = folder.write(
      'focus-commitment.csv',
      csv(V1_1, [
        row({
          BilledCost: '0',
          EffectiveCost: '0.6',
          CommitmentDiscountId: 'sp-1',
          CommitmentDiscountStatus: 'Used',
        }),
        row({
          BilledCost: '0',
          EffectiveCost: '0.4',
          CommitmentDiscountId: 'sp-1',
          CommitmentDiscountStatus: 'Unused',
        }),
        row({
          BilledCost: '0',
          EffectiveCost: '0.5',
          PricingCategory: 'Committed',
        }),
        row({
          ChargeCategory: 'Purchase',
          BilledCost: '24',
          EffectiveCost: '0',
          CommitmentDiscountId: 'sp-1',
        }),
        row({ BilledCost: '2', EffectiveCost: '2' }),
      ]),
    );

    const [bill] = await openBills([file]);

    const byType = Object.fromEntries(
      bill?.lines.map((line) => [line.chargeType, [line.chargeCategory, line.effectiveCost]]) ?? [],
    );
    expect(byType).toEqual({
      [COMMITTED_USAGE]: ['Usage', '1.1'],
      [UNUSED_COMMITMENT]: ['Usage', '0.4'],
      Purchase: ['Purchase', '0'],
      Usage: ['Usage', '2'],
    });
  });

  it('keeps providers apart, even where they call an account alike, and their currencies', async () => {
    const file = folder.write(
      'focus-clouds.csv',
      csv(V1_2, [
        row({ BillingAccountId: '12345', SubAccountId: '1', InvoiceId: 'A-1' }),
        row({
          BillingAccountId: '12345',
          SubAccountId: '1',
          ProviderName: 'Microsoft',
          BillingCurrency: 'EUR',
          SkuMeter: 'D4s v5',
        }),
        row({
          BillingAccountId: '12345',
          SubAccountId: '',
          ProviderName: 'Osaka data centre',
          BillingCurrency: 'JPY',
        }),
      ]),
    );

    const bills = await openBills([file]);

    expect(
      bills.map((bill) => [bill.billingAccountId, bill.lines.map((line) => [line.subAccountId, line.currency, line.usageType])]),
    ).toEqual([
      ['12345', [['1', 'USD', null]]],
      ['Microsoft/12345', [['Microsoft/1', 'EUR', 'D4s v5']]],
      ['Osaka data centre/12345', [['Osaka data centre/12345', 'JPY', null]]],
    ]);
    expect(bills.map((bill) => bill.controlTotals.map((control) => control.estimated))).toEqual([[false], [true], [true]]);
  });

  it('reads the column names in whatever spelling they come, and an offset as what it is', async () => {
    const header = V1_0.map((name) => name.toLowerCase());
    const lower = Object.fromEntries(
      Object.entries(row({ ChargePeriodStart: '2026-09-02T08:30:00+09:00' })).map(([name, value]) => [name.toLowerCase(), value]),
    );

    const [bill] = await openBills([folder.write('focus-lower.csv', csv(header, [lower]))]);

    expect(bill?.lines).toMatchObject([{ day: '2026-09-01', serviceName: 'Amazon Elastic Compute Cloud' }]);
  });

  it('tells tags, without value too', async () => {
    const file = folder.write(
      'focus-tags.csv',
      csv(V1_0, [
        row({
          ResourceId: 'vm-1',
          Tags: '{"user:env":"prod","critical":true}',
        }),
      ]),
    );

    const [bill] = await openBills([file]);

    expect(bill?.tagged[0]?.tags).toEqual([
      { key: 'critical', value: 'true' },
      { key: 'env', value: 'prod' },
    ]);
  });
});

describe('a FOCUS file that a spreadsheet saved again', () => {
  it('is read month first where its own billing period is a month only so', async () => {
    const file = folder.write(
      'focus-sheet.csv',
      csv(V1_0, [
        row({
          BillingPeriodStart: '4/1/25',
          BillingPeriodEnd: '5/1/25',
          ChargePeriodStart: '4/2/25',
        }),
      ]),
    );

    const [bill] = await openBills([file]);

    expect(bill?.window).toEqual({ start: '2025-04-01', end: '2025-05-01' });
    expect(bill?.lines).toMatchObject([{ day: '2025-04-02' }]);
  });

  it('is refused where the date could be either, and where amounts carry signs', async () => {
    const either = csv(V1_0, [
      row({
        BillingPeriodStart: '1/4/25',
        BillingPeriodEnd: '1/5/25',
        ChargePeriodStart: '1/4/25',
      }),
    ]);
    const signs = csv(V1_0, [row({ BilledCost: '$50,000.00 ' })]);

    await expect(openBills([folder.write('either.csv', either)])).rejects.toMatchObject({
      message: expect.stringMatching(/noDay/),
    });
    await expect(openBills([folder.write('signs.csv', signs)])).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringMatching(/signs\.csv.*billedCostUnreadable.*\$50,000\.00/),
    });
  });
});
