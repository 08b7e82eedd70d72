import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { exemptionFileReader } from '../../../src/adapters/files/exemption-file.ts';
import { anExemption } from '../../support/builders.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'exemptions-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const files = exemptionFileReader();
const FORMATS = ['csv', 'yaml', 'json'] as const;

async function reading(name: string, text: string): Promise<readonly unknown[]> {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return files.read(file);
}

const hostile = [
  anExemption({ reason: '=HYPERLINK("http://x","y"), and a comma', owner: `O'Neil "Web"`, approver: '@sato' }),
  anExemption({
    resourceId: null,
    tagKey: 'env',
    tagValue: ' dr ',
    detectorId: 'nat-gateway-idle',
    reason: "'=1+1",
    owner: '佐藤',
    approver: '-',
  }),
  anExemption({
    accountId: '012345678901',
    maximumMonthlyCost: '12.50',
    currency: 'USD',
    reason: 'no',
    owner: 'null',
    approver: '1e3',
  }),
];

describe('a list of exemptions', () => {
  it.each(FORMATS)('reads back from %s as it was, whatever people wrote', async (format) => {
    const rows = await reading(`hostile.${format}`, files.text(hostile, format));
    expect(rows).toEqual(files.rows(hostile));
  });

  it('reads back for any words on one line', { timeout: 60_000 }, async () => {
    const words = fc
      .string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...`abc ,;"'=+-@#:{}[]&*!|>%\\日本`) })
      .map((text) => `x${text}x`);
    const any = fc.array(fc.tuple(words, words, fc.constantFrom('', '=', "'", '+')), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(any, async (lines) => {
        const terms = lines.map(([owner, reason, first]) => anExemption({ owner: `${first}${owner}`, reason }));
        for (const format of FORMATS) {
          expect(await reading(`any.${format}`, files.text(terms, format))).toEqual(files.rows(terms));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('begins with the mark by which spreadsheets know UTF-8, and no cell is a formula', () => {
    const text = files.text(hostile, 'csv');
    expect(text.startsWith('\ufeffdetectorId,')).toBe(true);
    expect(text.split(/[\n,]/).filter((cell) => /^"?[=+@]/.test(cell))).toEqual([]);
  });

  it('may be written by hand: numbers stay as they are written', async () => {
    const yaml = '- accountId: 012345678901\n  maximumMonthlyCost: 12.50\n  expiresOn: 2027-03-31\n  owner: Web\n';
    expect(await reading('hand.yml', yaml)).toEqual([
      { accountId: '012345678901', maximumMonthlyCost: '12.50', expiresOn: '2027-03-31', owner: 'Web' },
    ]);
  });

  it.each([
    ['a word twice', 'a.yaml', '- owner: a\n  owner: b\n'],
    ['no list', 'b.json', '{ "owner": "a" }'],
    ['no JSON', 'c.json', '{ "exemptions": [ '],
    ['other columns', 'd.csv', 'a,b\n1,2\n'],
    [
      'aliases that unfold',
      'e.yaml',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`,
    ],
  ])('is refused with %s, naming the file', async (_what, name, text) => {
    await expect(reading(name, text)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringContaining(name) });
  });

  it('is refused where it is not there, and where its name says nothing', async () => {
    await expect(files.read(path.join(folder, 'nowhere.csv'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(files.read(path.join(folder, 'list.txt'))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
