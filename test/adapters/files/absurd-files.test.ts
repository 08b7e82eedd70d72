import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { billFolder, csv, openBills } from './open-bills.ts';

const folder = billFolder();

const HEADER = [
  'bill/PayerAccountId',
  'lineItem/UsageAccountId',
  'lineItem/LineItemType',
  'lineItem/UsageStartDate',
  'lineItem/UnblendedCost',
  'lineItem/CurrencyCode',
  'lineItem/ProductCode',
  'lineItem/ResourceId',
];

function row(values: Record<string, string> = {}): Record<string, string> {
  return {
    'bill/PayerAccountId': '111122223333',
    'lineItem/UsageAccountId': '111122223333',
    'lineItem/LineItemType': 'Usage',
    'lineItem/UsageStartDate': '2026-09-03T05:00:00Z',
    'lineItem/UnblendedCost': '1',
    'lineItem/CurrencyCode': 'USD',
    'lineItem/ProductCode': 'AmazonEC2',
    'lineItem/ResourceId': '',
    ...values,
  };
}

const bytes = (name: string, content: Buffer | string): string => {
  const file = path.join(folder.path, name);
  fs.writeFileSync(file, content);
  return file;
};
const gzip = (name: string, content: Buffer | string): string => bytes(name, zlib.gzipSync(content));
const whole = (): string => csv(HEADER, [row()]).join('\n');

describe('a file that is no bill', () => {
  it.each([
    [
      'a gzip bomb',
      () => gzip('bomb.csv.gz', Buffer.concat([Buffer.from(`${whole()}\n`), Buffer.alloc(80 * 2 ** 20, '\n')])),
      /200 times its size/,
    ],
    ['gzip within gzip', () => gzip('twice.gz', zlib.gzipSync(whole())), /packed by gzip twice/],
    [
      'gzip cut off in the middle',
      () =>
        bytes(
          'cut.gz',
          zlib
            .gzipSync(
              csv(
                HEADER,
                Array.from({ length: 5000 }, (_, i) => row({ 'lineItem/ResourceId': `i-${i * 7919}` })),
              ).join('\n'),
            )
            .subarray(0, 5000),
        ),
      /broken or cut off/,
    ],
    [
      'ten thousand columns',
      () => bytes('wide.csv', `${Array.from({ length: 10_001 }, (_, i) => `c${i}`).join(',')}\n1\n`),
      /10001 columns/,
    ],
    ['a first line without an end', () => bytes('long.csv', Buffer.alloc(2 ** 20, 'a')), /first line is longer/],
    ['a zip archive', () => bytes('bill.zip', 'PK\u0003\u0004xxxx'), /zip archive/],
    ['an encrypted Parquet file', () => bytes('secret.parquet', 'PAREabcdefghPARE'), /Parquet is encrypted/],
    [
      'a Parquet file whose list of contents lies about its length',
      () =>
        bytes(
          'liar.parquet',
          Buffer.concat([Buffer.from('PAR1abcdefgh'), Buffer.from([0xff, 0xff, 0xff, 0x7f]), Buffer.from('PAR1')]),
        ),
      /longer than the file/,
    ],
    ['a PDF that is called a bill', () => bytes('bill.csv', '%PDF-1.7 xxx'), /it is a PDF/],
    ['UTF-16', () => bytes('wide-text.csv', Buffer.from(`\ufeff${whole()}`, 'utf16le')), /UTF-16/],
    [
      'dates beyond all calendars only',
      () => folder.write('years.csv', csv(HEADER, [row({ 'lineItem/UsageStartDate': '9999-01-01T00:00:00Z' })])),
      /noDay/,
    ],
  ])('%s is refused by name and reason', async (_what, make, why) => {
    await expect(openBills([make()])).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringMatching(why) });
  });

  it('a circle of links is refused', async () => {
    const [a, b] = [path.join(folder.path, 'circle-a.csv'), path.join(folder.path, 'circle-b.csv')];
    fs.symlinkSync(a, b);
    fs.symlinkSync(b, a);

    await expect(openBills([a])).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it.each(['row.csv', 'row.csv.gz'])('a line of 100 MB is refused: %s', async (name) => {
    const content = Buffer.concat([Buffer.from(`${whole()}\n`), Buffer.alloc(100 * 2 ** 20, 'x'), Buffer.from('\n')]);
    const file = name.endsWith('.gz') ? gzip(name, content) : bytes(name, content);

    await expect(openBills([file])).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringMatching(/line of more than 2 MB|times its size/),
    });
  });
});

describe('a row that is no charge', () => {
  it('is set aside with its reason; where its money can be read, the total still has it', async () => {
    const file = folder.write(
      'rows.csv',
      csv(HEADER, [
        row({ 'lineItem/UnblendedCost': '10' }),
        row({ 'lineItem/UsageAccountId': '', 'lineItem/UnblendedCost': '-4' }),
        row({ 'lineItem/UnblendedCost': '1,234.5' }),
        row({ 'lineItem/UnblendedCost': '1e400' }),
        row({ 'lineItem/UnblendedCost': '=1+1' }),
        row({ 'lineItem/CurrencyCode': '$' }),
      ]),
    );

    const [bill] = await openBills([file]);

    expect(bill?.lines.map((line) => line.billedCost)).toEqual(['10']);
    expect(bill?.lost.map((lost) => lost.reason).toSorted()).toEqual([
      'billedCostUnreadable',
      'billedCostUnreadable',
      'billedCostUnreadable',
      'noAccount',
      'noCurrency',
    ]);
    expect(bill?.lost.find((lost) => lost.row.includes('1,234.5'))?.row).toContain('lineItem/UnblendedCost');
    expect(bill?.controlTotals).toMatchObject([{ billedCost: '6', unreadCredits: { billedCost: '-4', effectiveCost: '-4' } }]);
  });
});

describe('files that are meant', () => {
  it('are those of a folder or a pattern, packed or not, as one bill; a file given twice counts once', async () => {
    folder.write('month/part-1.csv', csv(HEADER, [row({ 'lineItem/UnblendedCost': '1' })]));
    folder.write('month/manifest.json', ['{}']);
    gzip('month/part-2.csv.gz', csv(HEADER, [row({ 'lineItem/UnblendedCost': '2' })]).join('\n'));
    folder.write('copy-of-part-1.csv', csv(HEADER, [row({ 'lineItem/UnblendedCost': '1' })]));
    const month = path.join(folder.path, 'month');

    for (const named of [
      [month],
      [path.join(month, 'part-*')],
      [month, path.join(month, 'part-1.csv'), path.join(folder.path, 'copy-of-part-1.csv')],
    ]) {
      const bills = await openBills(named);
      expect(bills).toHaveLength(1);
      expect(bills[0]?.paths).toHaveLength(2);
      expect(bills[0]?.lines.map((line) => line.billedCost)).toEqual(['3']);
    }
  });
});
