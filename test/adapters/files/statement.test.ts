import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { openStatements } from '../../../src/adapters/files/statement/index.ts';
import { amountOf, monthOfText } from '../../../src/adapters/files/statement/yen.ts';
import type { Charge } from '../../../src/ledger/charge.ts';
import { StatementMapping } from '../../../src/ledger/statement-mapping.ts';
import { billFolder } from './open-bills.ts';

const folder = billFolder();

const MAPPING = {
  name: 'reseller',
  issuer: 'Nippon Reseller',
  customerId: 'C-1',
  headerRow: 2,
  columns: { account: 'アカウント', service: 'サービス', amount: '金額（円）' },
  totals: [{ label: '合計', of: 'withTax' }],
};
const mapped = (more: object = {}): StatementMapping => StatementMapping.parse({ ...MAPPING, ...more });

const TABLE = [
  ['ご請求明細', '', ''],
  ['アカウント', 'サービス', '金額（円）'],
  ['111122223333', 'Amazon EC2', '１２３,４５６'],
  ['111122223333', '値引', '△3456'],
  ['', '', ''],
  ['小計', '', '120,000'],
  ['消費税(10%)', '', '12,000'],
  ['合　計', '', '132,000'],
];

describe('a statement in CSV', () => {
  it.each(['utf-8', 'shift_jis'] as const)(
    'in %s becomes fees on the first of the month, tax apart, in yen',
    async (encoding) => {
      const file = write(`statement-${encoding}.csv`, TABLE, encoding);

      const [bill] = await read([file], mapped({ encoding }), '2026-09');

      expect(bill?.window).toEqual({ start: '2026-09-01', end: '2026-10-01' });
      expect(bill?.billingAccountId).toBe('Nippon Reseller/C-1');
      expect(bill?.charges).toMatchObject([
        {
          day: '2026-09-01',
          subAccountId: '111122223333',
          serviceName: 'Amazon EC2',
          chargeCategory: 'Purchase',
          billedCost: '123456',
          currency: 'JPY',
        },
        { chargeCategory: 'Adjustment', billedCost: '-3456', usageQuantity: null },
        { subAccountId: 'C-1', chargeCategory: 'Tax', chargeType: 'Tax', billedCost: '12000' },
      ]);
      expect(bill?.controls).toEqual([
        { day: '2026-09-01', currency: 'JPY', billedCost: '132000', effectiveCost: '132000', estimated: false },
      ]);
    },
  );

  it('whose total is one yen off is refused, with both sums', async () => {
    const table = TABLE.map((row) => (row[0] === '合　計' ? ['合計', '', '132,001'] : row));

    await expect(read([write('off.csv', table)], mapped(), '2026-09')).rejects.toMatchObject({
      code: 'NOT_RECONCILED',
      message: expect.stringMatching(/132001 JPY.*132000/),
    });
  });

  it.each([
    [
      'an amount that is none',
      TABLE.map((row) => (row[1] === '値引' ? ['', '値引', '別途'] : row)),
      {},
      /row 4: "別途" is no amount/,
    ],
    ['no total at all', TABLE.slice(0, 7), {}, /states no total for 2026-09/],
    ['another heading', TABLE, { columns: { ...MAPPING.columns, service: 'Service' } }, /no column "Service"/],
    ['another encoding', TABLE, { encoding: 'shift_jis' }, /is not shift_jis text|no column/],
  ])('with %s is refused by name', async (what, table, more, why) => {
    await expect(read([write(`${what}.csv`, table)], mapped(more), '2026-09')).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringMatching(why),
    });
  });

  it('needs a month where it names none, and finds it in a cell', async () => {
    const table = [['2026年9月分 ご請求明細', '', ''], ...TABLE.slice(1)];
    const file = write('cell.csv', table);

    await expect(read([file], mapped(), null)).rejects.toMatchObject({ message: expect.stringMatching(/--month/) });
    const [bill] = await read([file], mapped({ months: { kind: 'cell', row: 1, column: 1 } }), null);
    expect(bill?.window.start).toBe('2026-09-01');
  });

  it('given for one month twice is refused rather than added', async () => {
    const files = [write('a.csv', TABLE), write('b.csv', [...TABLE, ['', '', '']])];

    await expect(read(files, mapped(), '2026-09')).rejects.toMatchObject({
      message: expect.stringMatching(/more than one of the files/),
    });
  });
});

describe('a statement with months as columns', () => {
  const table = [
    ['', 'ご利用月', ''],
    ['サービス', '12月', '1月'],
    ['Amazon EC2', '10', '20'],
    ['Amazon S3', '1', ''],
    ['合計', '11', '20'],
  ];

  it('in thousands of yen, under merged headings, is one bill a month', async () => {
    const mapping = mapped({
      headerRow: 1,
      headerRows: 2,
      unit: 1000,
      columns: { service: 'サービス' },
      months: { kind: 'headings', firstMonth: '2026-04' },
      totals: [{ label: '合計', of: 'withoutTax' }],
    });
    const bills = await read(
      [
        write(
          'months.csv',
          table.map((row) => row.map((cell) => cell.replace('月', '月'))),
        ),
      ],
      mapping,
      null,
    ).catch((error) => error);

    expect(bills).toMatchObject([
      { window: { start: '2026-12-01' }, controls: [{ billedCost: '11000' }] },
      { window: { start: '2027-01-01' }, controls: [{ billedCost: '20000' }] },
    ]);
  });
});

describe('a statement with tax in its amounts', () => {
  it('is split at the stated rate, so that net and tax sum to the amount', async () => {
    const table = [
      ['サービス', '金額'],
      ['EC2', '1001'],
      ['合計', '1001'],
    ];
    const mapping = mapped({ headerRow: 1, columns: { service: 'サービス', amount: '金額' }, taxIncludedPercent: 10 });

    const [bill] = await read([write('included.csv', table)], mapping, '2026-09');

    expect(bill?.charges.map((charge) => [charge.chargeCategory, charge.billedCost])).toEqual([
      ['Purchase', '910'],
      ['Tax', '91'],
    ]);
  });
});

describe('a statement in XLSX', () => {
  it('says the same as in CSV', async () => {
    const file = path.join(folder.path, 'statement.xlsx');
    await writeXlsxFile(
      TABLE.map((row) => row.map((value) => ({ value, type: String }))),
      { sheet: '明細' },
    ).toFile(file);

    const [bill] = await read([file], mapped({ sheet: '明細' }), '2026-09');

    expect(bill?.charges.map((charge) => charge.billedCost)).toEqual(['123456', '-3456', '12000']);
    await expect(read([file], mapped({ sheet: 'other' }), '2026-09')).rejects.toMatchObject({
      message: expect.stringMatching(/no sheet "other"/),
    });
  });

  it('that is cut off is refused', async () => {
    const file = path.join(folder.path, 'cut.xlsx');
    fs.writeFileSync(file, Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(100, 7)]));

    await expect(read([file], mapped(), '2026-09')).rejects.toMatchObject({ message: expect.stringMatching(/cut off/) });
  });
});

describe('an amount', () => {
  it.each([
    ['¥1,234', '1234'],
    ['１，２３４円', '1234'],
    ['(500)', '-500'],
    ['▲ 1,000', '-1000'],
    ['−20', '-20'],
    ['0', '0'],
    ['1,23', null],
    ['1e5', null],
    ['-(5)', null],
    ['=1+1', null],
  ])('%s is %s', (cell, amount) => {
    expect(amountOf(cell)).toBe(amount);
  });
});

describe('a month', () => {
  it.each([
    ['2026年９月', null, '2026-09'],
    ['2026/9', null, '2026-09'],
    ['4月', '2026-04', '2026-04'],
    ['3月', '2026-04', '2027-03'],
    ['3月', null, null],
    ['2026年13月', null, null],
  ])('%s from %s is %s', (cell, firstMonth, month) => {
    expect(monthOfText(cell, firstMonth)).toBe(month);
  });
});

async function read(files: string[], mapping: StatementMapping, month: string | null) {
  const { bills } = await openStatements(files, { mapping, month });
  return Promise.all(
    bills.map(async (bill) => ({
      window: bill.window,
      billingAccountId: bill.billingAccountId,
      charges: (await Array.fromAsync(bill.charges)).flat() as Charge[],
      controls: await bill.controls(),
    })),
  );
}

function write(name: string, rows: readonly (readonly string[])[], encoding: 'utf-8' | 'shift_jis' = 'utf-8'): string {
  const text = `${rows.map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\r\n')}\r\n`;
  const file = path.join(folder.path, name);
  fs.writeFileSync(file, encoding === 'utf-8' ? text : shiftJis(text));
  return file;
}

/** Node decodes Shift_JIS and does not encode it: every code is decoded once and turned round. */
function shiftJis(text: string): Buffer {
  const decoder = new TextDecoder('shift_jis');
  const codes = new Map<string, number[]>();
  for (let low = 0; low < 0x80; low += 1) codes.set(String.fromCharCode(low), [low]);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const character = decoder.decode(Buffer.from([lead, trail]));
      if (character.length === 1 && character !== '\ufffd' && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
  return Buffer.from([...text].flatMap((character) => codes.get(character) ?? [0x3f]));
}
