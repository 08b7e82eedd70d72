import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { plain, sumExact } from '../../../src/kernel/money.ts';
import type { Charge } from '../../../src/ledger/charge.ts';
import { billFolder, csv, duckdb, openBills } from './open-bills.ts';

const folder = billFolder();

const COLUMNS = [
  'bill_payer_account_id',
  'bill_invoice_id',
  'bill_billing_period_start_date',
  'bill_billing_period_end_date',
  'line_item_usage_account_id',
  'line_item_line_item_type',
  'line_item_usage_start_date',
  'line_item_product_code',
  'line_item_usage_type',
  'line_item_operation',
  'line_item_resource_id',
  'line_item_usage_amount',
  'line_item_currency_code',
  'line_item_unblended_cost',
  'line_item_net_unblended_cost',
  'pricing_public_on_demand_cost',
  'product',
  'resource_tags',
  'cost_category',
  'discount',
  'reservation_reservation_a_r_n',
  'reservation_effective_cost',
  'reservation_net_effective_cost',
  'reservation_unused_amortized_upfront_fee_for_billing_period',
  'reservation_unused_recurring_fee',
  'reservation_net_unused_amortized_upfront_fee_for_billing_period',
  'reservation_net_unused_recurring_fee',
  'savings_plan_savings_plan_effective_cost',
  'savings_plan_net_savings_plan_effective_cost',
  'savings_plan_total_commitment_to_date',
  'savings_plan_used_commitment',
  'savings_plan_recurring_commitment_for_billing_period',
  'savings_plan_net_recurring_commitment_for_billing_period',
  'savings_plan_amortized_upfront_commitment_for_billing_period',
  'savings_plan_net_amortized_upfront_commitment_for_billing_period',
  'split_line_item_parent_resource_id',
  'split_line_item_split_cost',
  'split_line_item_unused_cost',
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

function line(values: Row): Record<string, string> {
  return {
    bill_payer_account_id: '111122223333',
    bill_invoice_id: '990001',
    bill_billing_period_start_date: '2026-09-01T00:00:00.000Z',
    bill_billing_period_end_date: '2026-10-01T00:00:00.000Z',
    line_item_usage_account_id: '444455556666',
    line_item_line_item_type: 'Usage',
    line_item_usage_start_date: '2026-09-03T05:00:00.000Z',
    line_item_product_code: 'AmazonEC2',
    line_item_usage_type: 'APN1-BoxUsage:m5.large',
    line_item_operation: 'RunInstances',
    line_item_usage_amount: '1',
    line_item_currency_code: 'USD',
    line_item_unblended_cost: '0',
    product: '{"product_name":"Amazon Elastic Compute Cloud","region":"ap-northeast-1"}',
    resource_tags: '{}',
    cost_category: '{}',
    discount: '{}',
    ...values,
  };
}

const effectiveOf = (lines: readonly Charge[], type: string): string =>
  plain(sumExact(lines.filter((charge) => charge.chargeType === type).map((charge) => charge.effectiveCost)));

describe('a Cost and Usage Report 2.0 in CSV', () => {
  it('is recognised by its maps, from which product and region are read', async () => {
    const file = folder.write(
      'cur2.csv',
      csv(COLUMNS, [
        line({
          line_item_unblended_cost: '1.5',
          line_item_resource_id: 'i-0abc',
        }),
      ]),
    );

    const [bill] = await openBills([file]);

    expect(bill?.versions).toEqual(['2.0']);
    expect(bill?.lines).toMatchObject([
      {
        serviceName: 'Amazon Elastic Compute Cloud',
        regionId: 'ap-northeast-1',
        billedCost: '1.5',
        effectiveCost: '1.5',
      },
    ]);
  });

  it('falls back to the product code where the map is no JSON', async () => {
    const file = folder.write('cur2-odd.csv', csv(COLUMNS, [line({ product: '{torn', line_item_unblended_cost: '2' })]));

    const [bill] = await openBills([file]);

    expect(bill?.lines).toMatchObject([{ serviceName: 'AmazonEC2', regionId: 'ap-northeast-1', billedCost: '2' }]);
  });

  it('takes the net columns first, for what is billed and for every amortised part', async () => {
    const arn = 'arn:aws:ec2:ap-northeast-1:111122223333:reserved-instances/x';
    const file = folder.write(
      'cur2-net.csv',
      csv(COLUMNS, [
        line({
          line_item_unblended_cost: '10',
          line_item_net_unblended_cost: '9',
        }),
        line({
          line_item_line_item_type: 'DiscountedUsage',
          line_item_net_unblended_cost: '0',
          reservation_reservation_a_r_n: arn,
          reservation_effective_cost: '2',
          reservation_net_effective_cost: '1.8',
        }),
        line({
          line_item_line_item_type: 'RIFee',
          line_item_unblended_cost: '30',
          line_item_net_unblended_cost: '27',
          reservation_reservation_a_r_n: arn,
          reservation_unused_amortized_upfront_fee_for_billing_period: '1',
          reservation_unused_recurring_fee: '2',
          reservation_net_unused_amortized_upfront_fee_for_billing_period: '0.9',
          reservation_net_unused_recurring_fee: '1.8',
        }),
        line({
          line_item_line_item_type: 'SavingsPlanCoveredUsage',
          line_item_unblended_cost: '5',
          savings_plan_savings_plan_effective_cost: '3',
          savings_plan_net_savings_plan_effective_cost: '2.7',
        }),
        line({
          line_item_line_item_type: 'SavingsPlanNegation',
          line_item_unblended_cost: '-5',
        }),
        line({
          line_item_line_item_type: 'SavingsPlanRecurringFee',
          line_item_unblended_cost: '4',
          line_item_net_unblended_cost: '3.6',
          savings_plan_total_commitment_to_date: '4',
          savings_plan_used_commitment: '3',
          savings_plan_recurring_commitment_for_billing_period: '4',
          savings_plan_net_recurring_commitment_for_billing_period: '3.6',
        }),
        line({
          line_item_line_item_type: 'SavingsPlanUpfrontFee',
          line_item_unblended_cost: '1000',
        }),
        line({
          line_item_line_item_type: 'Fee',
          line_item_unblended_cost: '500',
          reservation_reservation_a_r_n: arn,
        }),
        line({
          line_item_line_item_type: 'EdpDiscount',
          line_item_unblended_cost: '-0.5',
        }),
      ]),
    );

    const [bill] = await openBills([file]);

    const lines = bill?.lines ?? [];
    expect(effectiveOf(lines, 'Usage')).toBe('9');
    expect(effectiveOf(lines, 'DiscountedUsage')).toBe('1.8');
    expect(effectiveOf(lines, 'RIFee')).toBe('2.7');
    expect(effectiveOf(lines, 'SavingsPlanCoveredUsage')).toBe('2.7');
    expect(effectiveOf(lines, 'SavingsPlanNegation')).toBe('0');
    expect(effectiveOf(lines, 'SavingsPlanRecurringFee')).toBe('0.9');
    expect(effectiveOf(lines, 'SavingsPlanUpfrontFee')).toBe('0');
    expect(effectiveOf(lines, 'Fee')).toBe('0');
    expect(effectiveOf(lines, 'EdpDiscount')).toBe('-0.5');
    expect(plain(sumExact(lines.map((charge) => charge.billedCost)))).toBe('1539.1');
  });

  it('sums the amortised cost of a savings plan to its net fee, used and unused together', async () => {
    const covered = line({
      line_item_line_item_type: 'SavingsPlanCoveredUsage',
      line_item_unblended_cost: '5',
      savings_plan_savings_plan_effective_cost: '0.8',
      savings_plan_net_savings_plan_effective_cost: '0.72',
    });
    const fee = line({
      line_item_line_item_type: 'SavingsPlanRecurringFee',
      line_item_unblended_cost: '1',
      line_item_net_unblended_cost: '0.9',
      savings_plan_total_commitment_to_date: '1',
      savings_plan_used_commitment: '0.8',
      savings_plan_recurring_commitment_for_billing_period: '1',
      savings_plan_net_recurring_commitment_for_billing_period: '0.9',
    });
    const [bill] = await openBills([folder.write('cur2-sp.csv', csv(COLUMNS, [covered, fee]))]);

    expect(plain(sumExact(bill?.lines.map((charge) => charge.effectiveCost) ?? []))).toBe('0.9');
  });

  it('does not count the shares of containers beside the machine that they share', async () => {
    const machine = line({
      line_item_resource_id: 'i-0node',
      line_item_unblended_cost: '2.4',
      line_item_usage_amount: '24',
      pricing_public_on_demand_cost: '2.4',
    });
    const share = line({
      line_item_resource_id: 'arn:aws:eks:ap-northeast-1:444455556666:pod/shop/cart',
      line_item_unblended_cost: '0',
      line_item_usage_amount: '24',
      pricing_public_on_demand_cost: '1.5',
      savings_plan_savings_plan_effective_cost: '1.5',
      split_line_item_parent_resource_id: 'i-0node',
      split_line_item_split_cost: '1.5',
      split_line_item_unused_cost: '0.2',
    });
    const [bill] = await openBills([folder.write('cur2-split.csv', csv(COLUMNS, [machine, share]))]);

    const sumOf = (amount: 'billedCost' | 'effectiveCost' | 'listCost' | 'usageQuantity'): string =>
      plain(sumExact(bill?.lines.map((charge) => charge[amount] ?? '0') ?? []));
    expect(sumOf('billedCost')).toBe('2.4');
    expect(sumOf('effectiveCost')).toBe('2.4');
    expect(sumOf('listCost')).toBe('2.4');
    expect(sumOf('usageQuantity')).toBe('24');
  });

  it('tells the tags of resources, as the newest line has them', async () => {
    const tagged = (day: string, tags: string): Record<string, string> =>
      line({
        line_item_resource_id: 'i-0abc',
        line_item_usage_start_date: `2026-09-${day}T00:00:00Z`,
        resource_tags: tags,
      });
    const file = folder.write(
      'cur2-tags.csv',
      csv(COLUMNS, [
        tagged('02', '{"user_env":"test","user___proto__":"x"}'),
        tagged('09', '{"user_env":"prod","aws_created_by":"Root"}'),
        line({ line_item_resource_id: 'i-0bare' }),
      ]),
    );

    const [bill] = await openBills([file]);

    expect(bill?.tagged).toEqual([
      {
        accountId: '444455556666',
        resourceId: 'i-0abc',
        tags: [
          { key: 'aws_created_by', value: 'Root' },
          { key: 'env', value: 'prod' },
        ],
        seenOn: '2026-09-09',
      },
    ]);
  });

  it.each(['NaN', '{"user_env":NaN}', '{"user_env":Infinity}', '{"user_env":"a",}', '"', '', 'null', '[]', '{}'])(
    'reads a line whose tags are %s, and no tags of it',
    async (cell) => {
      const odd = line({ line_item_resource_id: 'i-0odd', resource_tags: cell, line_item_unblended_cost: '7' });
      const plain = line({ line_item_resource_id: 'i-0abc', resource_tags: '{"user_env":"prod"}' });

      const [bill] = await openBills([folder.write('cur2-odd-tags.csv', csv(COLUMNS, [odd, plain]))]);

      expect(bill?.tagged.map(({ resourceId }) => resourceId)).toEqual(['i-0abc']);
      expect(bill?.lines.find(({ resourceId }) => resourceId === 'i-0odd')?.billedCost).toBe('7');
    },
  );

  it('is an estimate until a line has the number of the invoice', async () => {
    const open = folder.write('cur2-open.csv', csv(COLUMNS, [line({ bill_invoice_id: '', line_item_unblended_cost: '1' })]));
    const closed = folder.write('cur2-closed.csv', csv(COLUMNS, [line({ line_item_unblended_cost: '1' })]));

    expect((await openBills([open]))[0]?.controlTotals.map((control) => control.estimated)).toEqual([true]);
    expect((await openBills([closed]))[0]?.controlTotals.map((control) => control.estimated)).toEqual([false]);
  });
});

describe('a Cost and Usage Report 2.0 in Parquet', () => {
  it.each([
    ['maps', `map {'product_name': 'Amazon Simple Storage Service', 'region': 'eu-west-1'}`, `map {'user_team': 'web'}`],
    [
      'lists of keys and values',
      `[{'key': 'product_name', 'value': 'Amazon Simple Storage Service'}, {'key': 'region', 'value': 'eu-west-1'}]`,
      `[{'key': 'user_team', 'value': 'web'}]`,
    ],
    ['structs', `{'product_name': 'Amazon Simple Storage Service', 'region': 'eu-west-1'}`, `{'user_team': 'web'}`],
  ])('with %s says the same as in CSV', async (kind, product, tags) => {
    const file = path.join(folder.path, `cur2 ${kind}.parquet`);
    await duckdb(
      `copy (select '111122223333' as bill_payer_account_id, '444455556666' as line_item_usage_account_id, 'Usage' as line_item_line_item_type,
                    timestamptz '2026-09-03 23:30:00+00' as line_item_usage_start_date, 0.1::double as line_item_unblended_cost,
                    'USD' as line_item_currency_code, 'AmazonS3' as line_item_product_code, 'bucket' as line_item_resource_id,
                    ${product} as product, ${tags} as resource_tags)
         to '${file}' (format parquet)`,
    );

    const [bill] = await openBills([file]);

    expect(bill?.versions).toEqual(['2.0']);
    expect(bill?.lines).toMatchObject([
      {
        day: '2026-09-03',
        serviceName: 'Amazon Simple Storage Service',
        regionId: 'eu-west-1',
        billedCost: '0.1',
      },
    ]);
    expect(bill?.tagged).toMatchObject([{ resourceId: 'bucket', tags: [{ key: 'team', value: 'web' }] }]);
  });
});

describe('a legacy report', () => {
  it('tells tags by a column for each, whose names may differ in capitals only', async () => {
    const header = [
      'bill/PayerAccountId',
      'lineItem/UsageAccountId',
      'lineItem/LineItemType',
      'lineItem/UsageStartDate',
      'lineItem/UnblendedCost',
      'lineItem/CurrencyCode',
      'lineItem/ProductCode',
      'lineItem/ResourceId',
      'resourceTags/user:Name',
      'resourceTags/user:name',
      'resourceTags/aws:createdBy',
    ];
    const row = {
      'bill/PayerAccountId': '111122223333',
      'lineItem/UsageAccountId': '111122223333',
      'lineItem/LineItemType': 'Usage',
      'lineItem/UsageStartDate': '2018-10-03T00:00:00Z',
      'lineItem/UnblendedCost': '1',
      'lineItem/CurrencyCode': 'USD',
      'lineItem/ProductCode': 'AmazonEC2',
      'lineItem/ResourceId': 'vol-1',
      'resourceTags/user:Name': 'Ledger, old',
      'resourceTags/user:name': 'lower',
    };

    const [bill] = await openBills([folder.write('legacy-tags.csv', csv(header, [row]))]);

    expect(bill?.versions).toEqual(['legacy']);
    expect(bill?.tagged[0]?.tags).toEqual([
      { key: 'Name', value: 'Ledger, old' },
      { key: 'name', value: 'lower' },
    ]);
  });
});
