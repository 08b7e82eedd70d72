import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billFileReader } from '../../../src/adapters/files/index.ts';
import { chargeGate } from '../../../src/adapters/postgres/ledger/charge-gate.ts';
import { plain, sumExact } from '../../../src/kernel/money.ts';
import type { Charge, ChargeCategory } from '../../../src/ledger/charge.ts';
import type { Bill } from '../../../src/operations/ports/bill-file.ts';
import { billFolder, csv, duckdb } from './open-bills.ts';

const folder = billFolder();

const HEADER = [
  'BilledCost',
  'BillingAccountId',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodStart',
  'ConsumedQuantity',
  'ConsumedUnit',
  'EffectiveCost',
  'ListCost',
  'RegionId',
  'ResourceId',
  'ServiceName',
  'SubAccountId',
  'x_UsageType',
];

/** Words as strangers write them: empty, spaced, quoted, with what COPY text means something by, and longer than a ledger takes. */
const word = fc.constantFrom(
  '',
  'a',
  'A b',
  'tab\there',
  'back\\slash\\N',
  'quote"d, x',
  'zeile\nneu',
  '電算',
  '__proto__',
  'x'.repeat(257),
  'é'.repeat(1100),
);
const amount = fc.constantFrom('0', '-0.000000000000000001', '1.5', '999999999.999999999999999999', '-12', '1000000000', '0.1');
const row = fc.record({
  BilledCost: amount,
  EffectiveCost: amount,
  ListCost: fc.oneof(amount, fc.constant('')),
  ConsumedQuantity: fc.constantFrom('', '1', '123456789012345678.5'),
  BillingAccountId: fc.constant('1'),
  BillingCurrency: fc.constantFrom('USD', 'JPY'),
  ChargeCategory: fc.constantFrom('Usage', 'Tax', 'odd\ttype', 'Something else'),
  ChargePeriodStart: fc.constantFrom('2026-09-01T00:00:00Z', '2026-09-30T23:59:59Z'),
  ConsumedUnit: word,
  RegionId: fc.constantFrom('', 'eu-west-1', 'ap-northeast-1'),
  ResourceId: word,
  ServiceName: word,
  SubAccountId: word,
  x_UsageType: fc.constantFrom('', 'APN1-BoxUsage:m5.large', 'BoxUsage'),
});

describe('charges as prepared lines', () => {
  it('write a sum of doubles to the last digit, whether or not it fits into a narrow decimal', async () => {
    const file = path.join(folder.path, 'wide sums.parquet');
    await duckdb(
      `copy (select '1' as bill_payer_account_id, '1' as line_item_usage_account_id, 'Usage' as line_item_line_item_type,
                    timestamp '2026-09-03' as line_item_usage_start_date, 'USD' as line_item_currency_code, 'AmazonS3' as line_item_product_code,
                    n::varchar as line_item_resource_id, sign * 89999.9999999999::double as line_item_unblended_cost
               from (values (1000, 1), (1001, 1), (1001, -1), (1, -1), (0, 0)) as t (n, sign), range(greatest(n, 1)))
         to '${file}' (format parquet)`,
    );
    const { bills, close } = await billFileReader().open([file]);
    const [bill] = bills;
    const { lines, doubtful } = await preparedOf(bill as Bill);
    await close();

    const costs = Object.fromEntries(lines.map((line) => [line.resourceId, line.billedCost]));
    expect(costs).toEqual({ '1000': '89999999.9999999', '1001': '0', '1': '-89999.9999999999', '0': '0' });
    expect(doubtful).toEqual([]);
  });

  it('write sums on both sides of the widest narrow decimal', async () => {
    const file = path.join(folder.path, 'wider sums.parquet');
    await duckdb(
      `copy (select '1' as bill_payer_account_id, '1' as line_item_usage_account_id, 'Usage' as line_item_line_item_type,
                    timestamp '2026-09-03' as line_item_usage_start_date, 'USD' as line_item_currency_code, 'AmazonS3' as line_item_product_code,
                    n::varchar as line_item_resource_id, sign * 99998.5::double as line_item_unblended_cost
               from (values (899, 1), (900, 1), (901, -1), (1001, 1), (2000, -1)) as t (n, sign), range(n))
         to '${file}' (format parquet)`,
    );
    const { bills, close } = await billFileReader().open([file]);
    const { lines } = await preparedOf(bills[0] as Bill);
    await close();

    expect(Object.fromEntries(lines.map((line) => [line.resourceId, line.billedCost]))).toEqual({
      '899': '89898651.5',
      '900': '89998650',
      '901': '-90098648.5',
      '1001': '100098498.5',
      '2000': '-199997000',
    });
  });

  it('are, with those that are doubtful, the same charges; and the gate lets every line in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const file = folder.write('random.csv', csv(HEADER, rows));
        const { bills, close } = await billFileReader()
          .open([file])
          .catch(() => ({ bills: [], close: async () => {} }));
        for (const bill of bills) {
          const whole = (await Array.fromAsync(bill.charges)).flat();
          const { lines, doubtful } = await preparedOf(bill);
          expect([...lines, ...doubtful].map(sameness).toSorted()).toEqual(whole.map(sameness).toSorted());
          const gate = chargeGate(bill.window);
          expect(lines.map(gate).filter((reason) => reason !== null)).toEqual([]);
          expect(plain(sumExact([...lines, ...doubtful].map((charge) => charge.billedCost)))).toBe(
            plain(sumExact(whole.map((charge) => charge.billedCost))),
          );
        }
        await close();
      }),
      { numRuns: 25 },
    );
  });
});

function sameness(charge: Charge): string {
  return JSON.stringify(Object.entries(charge).toSorted());
}

/** Reads the lines back as Postgres would, to which "1." is 1. */
async function preparedOf(bill: Bill): Promise<{ lines: Charge[]; doubtful: Charge[] }> {
  const { charges, prepared } = await bill.forLedger();
  const accounts = (await prepared?.accounts()) ?? [];
  const meters = (await prepared?.meters()) ?? [];
  const resources = (await Array.fromAsync(prepared?.resources() ?? [])).flat();
  const text = (await Array.fromAsync(prepared?.lines() ?? [])).join('');
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Charge => {
      const cells = line.split('\t').map((cell) => (cell === '\\N' ? null : cell.replace(/\.$/, '')));
      const [day, account, meter, resource, category, type, currency, billed, effective, list, contracted, quantity] = cells;
      const [serviceName = null, usageType = null, operation = null, usageUnit = null, regionId = null] =
        meters[Number(meter) - 1] ?? [];
      return {
        day: day ?? '',
        subAccountId: accounts[Number(account) - 1] ?? null,
        serviceName,
        usageType,
        operation,
        regionId,
        resourceId: resources[Number(resource) - 1] ?? null,
        chargeCategory: category as ChargeCategory,
        chargeType: type ?? null,
        billedCost: billed ?? '',
        effectiveCost: effective ?? '',
        listCost: list ?? null,
        contractedCost: contracted ?? null,
        usageQuantity: quantity ?? null,
        usageUnit,
        currency: currency ?? '',
      };
    });
  return { lines, doubtful: (await Array.fromAsync(charges)).flat() };
}
