import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../src/adapters/files/statement/table.ts';
import { StatementMapping } from '../../../src/ledger/statement-mapping.ts';
import { billFolder } from './open-bills.ts';

const folder = billFolder();
const mapping = StatementMapping.parse({
  name: 'reseller',
  issuer: 'Nippon Reseller',
  customerId: 'C-1',
  columns: { amount: 'B' },
  totals: [{ label: 'Total', of: 'withTax' }],
});
const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

describe('a workbook by a stranger', () => {
  it('is read where all is as it says, stored or deflated', async () => {
    const rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>EC2</t></is></c><c r="B1"><v>5</v></c></row>';

    for (const how of [{}, { stored: true }]) expect(await read(workbook(rows, how))).toEqual([['EC2', '5']]);
  });

  it('says a small size in its list and holds more: the real bytes are counted', async () => {
    const bomb = { filler: 80 * 2 ** 20, claimed: 1_000 };

    expect((await read(workbook('<row r="1"/>', bomb))).message).toMatch(/unpacks to far more/);
  });

  it('says another size in its list than it holds: it is damaged', async () => {
    expect((await read(workbook('<row r="1"/>', { filler: 10, claimed: 5 }))).message).toMatch(/list of contents is damaged/);
  });

  it('says another size in the header of a part than in its list: what is read is what was counted', async () => {
    const rows = '<row r="1"><c r="A1"><v>7</v></c></row>';

    expect(await read(workbook(rows, { claimedLocally: 2 ** 31 }))).toEqual([['7']]);
  });

  it.each([
    ['a row too far down', '<row r="100001"/>', /more than 100000 rows/],
    ['a cell too far down', '<row><c r="A1048576"><v>1</v></c></row>', /more than 100000 rows/],
    ['a cell too far right', '<row r="1"><c r="SG1"><v>1</v></c></row>', /more than 500 columns/],
    [
      'a corner that is a table of 50 million cells',
      '<row r="100000"><c r="SF100000"><v>1</v></c></row>',
      /more than 5000000 cells/,
    ],
    ['too many rows without numbers', '<row/>'.repeat(100_001), /more than 100000 rows/],
    ['a row number with an exponent', '<row r="1e9"/>', /a cell has no place/],
    ['an endless row number', '<row r="Infinity"/>', /a cell has no place/],
    ['a row number in entities', '<row r="&#49;00000000"/>', /a cell has no place/],
    ['a row number of another prefix', '<row q:r="900000000"/>', /a cell has no place/],
    ['a row number behind a quoted end', `<row q='>' r = '1048576'/>`, /more than 100000 rows/],
    ['a column of other letters', '<row r="1"><c r="\uffff1"><v>1</v></c></row>', /a cell has no place/],
    ['a prefixed row', '<x:row r="1048576"/>', /more than 100000 rows/],
    ['a false namespace', '<row r="1"><c éxmlns:r="http://a1"><v>1</v></c></row>', /a cell has no place/],
  ])('with %s is refused before it is parsed', async (_, rows, why) => {
    const error = await read(workbook(rows));

    expect(error).toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringMatching(why) });
  });

  it('that says one long text a hundred thousand times is refused', async () => {
    const cell = (row: number) => `<row r="${row}"><c r="A${row}" t="s"><v>0</v></c></row>`;
    const rows = Array.from({ length: 10_000 }, (_, index) => cell(index + 1)).join('');

    expect((await read(workbook(rows, { sharedText: 'x'.repeat(10_000) }))).message).toMatch(/more text than a statement has/);
  });

  it('with one cell at the last place of all does not make the process big', async () => {
    const file = write(workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'));
    const script = `
      import { tableOf } from ${JSON.stringify(path.resolve('src/adapters/files/statement/table.ts'))};
      const why = await tableOf(${JSON.stringify(file)}, ${JSON.stringify(mapping)}).catch((error) => error.message);
      console.log(JSON.stringify({ why, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);

    const { why, megabytes } = JSON.parse(stdout) as { why: string; megabytes: number };
    expect(why).toMatch(/more than 100000 rows/);
    expect(megabytes).toBeLessThan(300);
  });
});

async function read(bytes: Buffer) {
  return tableOf(write(bytes), mapping).catch((error) => error);
}

let written = 0;
function write(bytes: Buffer): string {
  written += 1;
  const file = path.join(folder.path, `book-${written}.xlsx`);
  fs.writeFileSync(file, bytes);
  return file;
}

interface Lie {
  readonly stored?: boolean;
  /** White space after the sheet. */
  readonly filler?: number;
  readonly claimed?: number;
  readonly claimedLocally?: number;
  readonly sharedText?: string;
}

/** A workbook of one sheet, honest unless told otherwise. */
function workbook(rows: string, lie: Lie = {}): Buffer {
  const sheet = `<worksheet xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheetData>${rows}</sheetData></worksheet>`;
  return zip(
    {
      'xl/workbook.xml': `<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="one" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      'xl/sharedStrings.xml': `<sst><si><t>${lie.sharedText ?? ''}</t></si></sst>`,
      'xl/worksheets/sheet1.xml': sheet + ' '.repeat(lie.filler ?? 0),
    },
    lie,
  );
}

function zip(parts: Readonly<Record<string, string>>, { stored = false, claimed, claimedLocally }: Lie): Buffer {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const content = Buffer.from(text);
    const packed = stored ? content : zlib.deflateRawSync(content);
    const isSheet = name.includes('sheet1');
    const header = (size: number): Buffer => {
      const bytes = Buffer.alloc(24);
      bytes.writeUInt16LE(20, 0);
      bytes.writeUInt16LE(stored ? 0 : 8, 4);
      bytes.writeUInt32LE(zlib.crc32(content), 10);
      bytes.writeUInt32LE(packed.length, 14);
      bytes.writeUInt32LE(size, 18);
      bytes.writeUInt16LE(name.length, 22);
      return bytes;
    };
    const local = [
      Buffer.from('PK\u0003\u0004'),
      header((isSheet ? claimedLocally : undefined) ?? content.length),
      Buffer.alloc(2),
      Buffer.from(name),
      packed,
    ];
    const place = Buffer.alloc(16);
    place.writeUInt32LE(at, 12);
    list.push(
      Buffer.from('PK\u0001\u0002\u0014\u0000'),
      header((isSheet ? claimed : undefined) ?? content.length),
      place,
      Buffer.from(name),
    );
    files.push(...local);
    at += Buffer.concat(local).length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...list, end]);
}
