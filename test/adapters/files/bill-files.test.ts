import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billFileReader } from '../../../src/adapters/files/index.ts';
import { plain, sumExact } from '../../../src/kernel/money.ts';
import type { Charge } from '../../../src/ledger/charge.ts';
import type { Bill } from '../../../src/operations/ports/bill-file.ts';

let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bill files '));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const CUR_HEADER =
  'identity/LineItemId,bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/Operation,lineItem/ResourceId,lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedCost,product/ProductName,reservation/EffectiveCost,reservation/UnusedAmortizedUpfrontFeeForBillingPeriod,reservation/UnusedRecurringFee,reservation/ReservationARN';

function curLine(values: {
  type?: string;
  start?: string;
  resource?: string;
  cost?: string;
  effective?: string;
  unusedUpfront?: string;
  unusedFee?: string;
  arn?: string;
  account?: string;
}): string {
  const {
    type = 'Usage',
    start = '2018-10-03T05:00:00Z',
    resource = 'i-0abc',
    cost = '0.1',
    effective = '',
    unusedUpfront = '',
    unusedFee = '',
    arn = '',
    account = '111122223333',
  } = values;
  return [
    'x',
    '111122223333',
    '2018-10-01T00:00:00Z',
    '2018-11-01T00:00:00Z',
    account,
    type,
    start,
    'AmazonEC2',
    'APN1-BoxUsage:m5.large',
    'RunInstances',
    resource,
    '1',
    'USD',
    cost,
    'Amazon Elastic Compute Cloud',
    effective,
    unusedUpfront,
    unusedFee,
    arn,
  ].join(',');
}

describe('a Cost and Usage Report in CSV', () => {
  it('is rolled up to days, exactly, with the amortised cost of reservations', async () => {
    const file = write('cur.csv', [
      CUR_HEADER,
      curLine({ cost: '0.1' }),
      curLine({ cost: '0.0000000002' }),
      curLine({
        type: 'DiscountedUsage',
        cost: '0',
        effective: '0.05145662',
        resource: 'i-0def',
      }),
      curLine({
        type: 'RIFee',
        cost: '38.69',
        unusedUpfront: '1.5',
        unusedFee: '2.25',
        resource: '',
      }),
      curLine({
        type: 'Fee',
        cost: '500',
        arn: 'arn:aws:ec2:us-east-1:111122223333:reserved-instances/x',
        resource: '',
      }),
      curLine({ type: 'Fee', cost: '12', resource: '' }),
    ]);

    const [bill] = await open([file]);

    expect(bill?.window).toEqual({ start: '2018-10-01', end: '2018-11-01' });
    expect(bill?.billingAccountId).toBe('111122223333');
    expect(bill?.rows).toBe(6);
    const byType = (type: string): Charge[] => bill?.lines.filter((charge) => charge.chargeType === type) ?? [];
    expect(byType('Usage')).toMatchObject([
      {
        day: '2018-10-03',
        billedCost: '0.1000000002',
        effectiveCost: '0.1000000002',
        usageQuantity: '2',
        regionId: 'ap-northeast-1',
        resourceId: 'i-0abc',
        chargeCategory: 'Usage',
        listCost: null,
      },
    ]);
    expect(byType('DiscountedUsage')).toMatchObject([{ billedCost: '0', effectiveCost: '0.05145662' }]);
    expect(byType('RIFee')).toMatchObject([
      {
        billedCost: '38.69',
        effectiveCost: '3.75',
        resourceId: null,
        chargeCategory: 'Purchase',
      },
    ]);
    expect(plain(sumExact(byType('Fee').map((charge) => charge.effectiveCost)))).toBe('12');
  });

  it('has controls that DuckDB sums from the raw lines', async () => {
    const file = write('controls.csv', [
      CUR_HEADER,
      curLine({ cost: '1.10' }),
      curLine({ cost: '-0.30', start: '2018-10-04T00:00:00Z' }),
    ]);

    const [bill] = await open([file]);

    expect(bill?.controlTotals).toEqual([
      {
        day: '2018-10-03',
        currency: 'USD',
        billedCost: '1.1',
        effectiveCost: '1.1',
        estimated: false,
      },
      {
        day: '2018-10-04',
        currency: 'USD',
        billedCost: '-0.3',
        effectiveCost: '-0.3',
        estimated: false,
      },
    ]);
  });

  it('quarantines rows that cannot be read, with the reason, and keeps the rest', async () => {
    const file = write('bad.csv', [
      CUR_HEADER,
      curLine({ cost: '1' }),
      curLine({ cost: 'NaN' }),
      curLine({ cost: '"1,234.5"' }),
      curLine({ cost: '1e400' }),
      curLine({ cost: '5000000000' }),
      curLine({ start: 'yesterday' }),
      curLine({ account: '' }),
      'torn,row',
    ]);

    const [bill] = await open([file]);

    expect(bill?.lines.map((charge) => charge.billedCost)).toEqual(['1']);
    expect(bill?.lost.map((row) => row.reason.replace(/:.*/, '')).toSorted()).toEqual([
      'amountAbsurd',
      'billedCostUnreadable',
      'billedCostUnreadable',
      'billedCostUnreadable',
      'noAccount',
      'noDay',
      'rowTorn',
    ]);
    expect(bill?.rows).toBe(8);
  });

  it('is one bill when the month comes in several files, packed or not', async () => {
    const plainFile = write('part-1.csv', [CUR_HEADER, curLine({ cost: '1' })]);
    const packed = path.join(folder, 'part-2.csv.gz');
    fs.writeFileSync(packed, zlib.gzipSync([CUR_HEADER, curLine({ cost: '2' })].join('\n')));

    const bills = await open([plainFile, packed]);

    expect(bills).toHaveLength(1);
    expect(bills[0]?.lines.map((charge) => charge.billedCost)).toEqual(['3']);
  });

  it('keeps hostile names as they are', async () => {
    const name = "=cmd|x __proto__ <b> '; drop table x";
    const [bill] = await open([write('hostile.csv', [CUR_HEADER, curLine({ resource: name })])]);

    expect(bill?.lines[0]?.resourceId).toBe(name);
  });
});

describe('a Cost and Usage Report in Parquet', () => {
  it('gives doubles back as the decimals that were written', async () => {
    const file = path.join(folder, 'cur.parquet');
    await parquet(file, [0.1, 0.2, 0.0000054, 2389.328128]);

    const [bill] = await open([file]);

    expect(plain(sumExact(bill?.lines.map((charge) => charge.billedCost) ?? []))).toBe('2389.6281334');
  });

  it.each([
    ['longer than ten places', 0.123456789012, '0.223456789012'],
    ['larger than a narrow decimal', 123456789.25, '123456789.35'],
  ])('looks again where a double is %s, and counts a torn row of the file beside it once', async (_what, cost, sum) => {
    const file = path.join(folder, 'long.parquet');
    await parquet(file, [0.1, cost]);
    const torn = write('torn row.csv', [CUR_HEADER, curLine({ cost: '0' }), 'only,three,cells']);

    const [bill] = await open([file, torn]);

    expect(plain(sumExact(bill?.lines.map((charge) => charge.billedCost) ?? []))).toBe(sum);
    expect(bill?.lost.map(({ reason }) => reason.slice(0, 7))).toEqual(['rowTorn']);
  });

  it('that is torn is refused by name, whichever end is missing', async () => {
    const whole = path.join(folder, 'whole.parquet');
    await parquet(whole, [1]);
    const torn = path.join(folder, 'torn.parquet');
    fs.writeFileSync(torn, fs.readFileSync(whole).subarray(0, 200));

    await expect(billFileReader().open([torn])).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('torn.parquet'),
    });
  });
});

const FOCUS_HEADER =
  '"BilledCost","BillingAccountId","BillingCurrency","BillingPeriodEnd","BillingPeriodStart","ChargeCategory","ChargePeriodStart","ConsumedQuantity","ConsumedUnit","ContractedCost","EffectiveCost","ListCost","RegionId","ResourceId","Id","ServiceName","SubAccountId","Tags"';

describe('a FOCUS file', () => {
  it('reads NULL as null, lets odd columns pass, and is one bill per billing account', async () => {
    const row = (account: string, cost: string, currency = 'USD'): string =>
      `${cost},"${account}","${currency}","2024-10-01 00:00:00","2024-09-01 00:00:00","Usage","2024-09-18 22:00:00",2.000000000000000,"Requests",NULL,${cost},0.5,NULL,NULL,11472,"Amazon SQS","517389287820","{""a"": ""b""}"`;
    const bills = await open([
      write('focus.csv', [FOCUS_HEADER, row('1234567890123', '0.00000080000'), row('/providers/x', '1.25', 'JPY')]),
    ]);

    expect(bills.map((bill) => bill.billingAccountId)).toEqual(['/providers/x', '1234567890123']);
    expect(bills[1]?.lines).toMatchObject([
      {
        billedCost: '0.0000008',
        effectiveCost: '0.0000008',
        listCost: '0.5',
        contractedCost: null,
        regionId: null,
        resourceId: null,
        usageType: null,
        chargeCategory: 'Usage',
        currency: 'USD',
      },
    ]);
    expect(bills[0]?.lines).toMatchObject([{ billedCost: '1.25', currency: 'JPY' }]);
  });

  it('that lacks a needed column is refused with the names of what is missing', async () => {
    const file = write('lacking.csv', ['BilledCost,ChargeCategory,ServiceName', '1,Usage,x']);

    await expect(billFileReader().open([file])).rejects.toMatchObject({
      message: expect.stringMatching(/BillingAccountId, BillingCurrency, EffectiveCost/),
    });
  });
});

describe('what is no bill', () => {
  it.each([
    ['nothing', () => path.join(folder, 'absent.csv'), /there is no such file/],
    ['a folder without bills', () => fs.mkdtempSync(path.join(folder, 'bare-')), /no file that is called like a bill/],
    ['a pattern without matches', () => path.join(folder, 'nothing-*.csv'), /no file matches the pattern/],
    ['an empty file', () => write('empty.csv', []), /it is empty/],
    ['some other table', () => write('other.csv', ['name,age', 'a,1']), /neither those of a Cost and Usage Report nor of FOCUS/],
    ['bytes', () => write('bytes.bin', ['\u0000\u0001\u0002']), /neither Parquet nor text/],
    ['a header and no rows', () => write('bare.csv', [CUR_HEADER]), /no line that can be read/],
  ])('%s is refused in a sentence', async (_what, make, why) => {
    await expect(billFileReader().open([make()])).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringMatching(why),
    });
  });
});

function write(name: string, lines: string[]): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, lines.length === 0 ? '' : `${lines.join('\n')}\n`);
  return file;
}

async function open(paths: string[]): Promise<
  (Pick<Bill, 'window' | 'billingAccountId' | 'rows'> & {
    lines: Charge[];
    lost: readonly { reason: string }[];
    controlTotals: readonly unknown[];
  })[]
> {
  const { bills, close } = await billFileReader().open(paths);
  const read = [];
  for (const bill of bills)
    read.push({
      ...bill,
      lines: (await Array.fromAsync(bill.charges)).flat(),
      lost: bill.quarantined(),
      controlTotals: await bill.controls(),
    });
  await close();
  return read;
}

async function parquet(file: string, costs: number[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = costs.map(
    (cost, i) => `('111122223333', '111122223333', 'Usage', timestamp '2018-10-0${i + 1}', ${cost}::double, 'USD', 'AmazonEC2')`,
  );
  await connection.run(
    `copy (select * from (values ${rows.join(', ')}) as t(bill_payer_account_id, line_item_usage_account_id, line_item_line_item_type, line_item_usage_start_date, line_item_unblended_cost, line_item_currency_code, line_item_product_code)) to '${file}' (format parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}
