import fs from 'node:fs';
import zlib from 'node:zlib';
import { AdvisorError } from '../../kernel/failure.ts';
import { type Duck, literal } from './duckdb.ts';
import { textIsReasonable } from './packing.ts';
import { parquetIsWhole } from './parquet-footer.ts';
import { distinct, type Readable } from './readable.ts';
import { unreadable } from './unreadable.ts';

const HEAD_BYTES = 256 * 1024;
/** A legacy report with every product attribute and 200 tags has about 500. */
const MAX_COLUMNS = 2_000;
const DELIMITERS = [',', '\u0001', '\t', ';'] as const;

/** What begins like this is no bill, and saying what it is helps more than a list of missing columns. */
const OTHER_KINDS: readonly (readonly [string, string])[] = [
  ['PARE', 'its Parquet is encrypted'],
  ['PK\u0003\u0004', 'it is a zip archive or a spreadsheet; unpack it, or give a mapping if it is a statement'],
  ['PK\u0005\u0006', 'it is an empty zip archive'],
  ['\u00d0\u00cf\u0011\u00e0', 'it is an old or encrypted Office document; save it as CSV or XLSX without a password'],
  ['%PDF', 'it is a PDF'],
  ['7z\u00bc\u00af', 'it is a 7z archive; unpack it'],
  ['BZh', 'it is packed by bzip2; unpack it or pack it by gzip'],
  ['\u0028\u00b5\u002f\u00fd', 'it is packed by zstd; unpack it or pack it by gzip'],
  ['\u00fd7zXZ', 'it is packed by xz; unpack it or pack it by gzip'],
  ['\u00ff\u00fe', 'it is UTF-16 text; save it as UTF-8'],
  ['\u00fe\u00ff', 'it is UTF-16 text; save it as UTF-8'],
];

/** Tells Parquet, gzip and delimited text apart by their first bytes, never by the name. */
export async function recognise(duck: Duck, file: string): Promise<Readable> {
  const head = readHead(file);
  if (head.length === 0) throw unreadable(file, 'it is empty');
  if (/[*?[\]{}]/.test(file)) throw unreadable(file, 'its name holds one of * ? [ ] { }, which would be taken for a pattern');
  const begin = head.subarray(0, 8).toString('latin1');
  if (begin.startsWith('PAR1')) return parquet(duck, file);
  refuseOtherKinds(file, begin);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  if (!isGzip) {
    const found = delimited(file, head, false);
    await textIsReasonable(file, false);
    return found;
  }
  const unpacked = unzippedHead(file, head);
  if (unpacked[0] === 0x1f && unpacked[1] === 0x8b) throw unreadable(file, 'it is packed by gzip twice');
  refuseOtherKinds(file, unpacked.subarray(0, 8).toString('latin1'));
  if (unpacked.subarray(0, 4).toString('latin1') === 'PAR1') throw unreadable(file, 'it is Parquet packed by gzip; unpack it');
  await textIsReasonable(file, true);
  return delimited(file, unpacked, true);
}

function refuseOtherKinds(file: string, begin: string): void {
  const other = OTHER_KINDS.find(([mark]) => begin.startsWith(mark));
  if (other) throw unreadable(file, other[1]);
}

function readHead(file: string): Buffer {
  try {
    if (!fs.statSync(file).isFile()) throw unreadable(file, 'it is not a file');
    const handle = fs.openSync(file, 'r');
    const buffer = Buffer.alloc(HEAD_BYTES);
    const length = fs.readSync(handle, buffer, 0, HEAD_BYTES, 0);
    fs.closeSync(handle);
    return buffer.subarray(0, length);
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    throw unreadable(file, OPENING_FAILED[code] ?? 'it cannot be opened', cause);
  }
}

const OPENING_FAILED: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  ELOOP: 'its links lead in a circle',
};

function unzippedHead(file: string, head: Buffer): Buffer {
  try {
    const packed = head.subarray(0, HEAD_BYTES / 4);
    return zlib.gunzipSync(packed, {
      finishFlush: zlib.constants.Z_SYNC_FLUSH,
      maxOutputLength: 128 * 1024 * 1024,
    });
  } catch (cause) {
    throw unreadable(file, 'its gzip packing is broken', cause);
  }
}

async function parquet(duck: Duck, file: string): Promise<Readable> {
  parquetIsWhole(file);
  const from = `read_parquet(${literal(file)})`;
  try {
    const described = await duck.rows(`describe select * from ${from}`);
    const columns = described.map(([name, type]) => ({
      name: name ?? '',
      type: type ?? '',
    }));
    refuseManyColumns(file, columns.length);
    return { path: file, from, columns: distinct(columns), isText: false };
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw unreadable(file, 'it begins like Parquet, but its end is torn or damaged', cause);
  }
}

function delimited(file: string, head: Buffer, isGzip: boolean): Readable {
  const text = head.toString('utf8').replace(/^\ufeff/, '');
  const header = text.slice(0, text.search(/[\r\n]|$/));
  if (header.includes('\u0000')) throw unreadable(file, 'it is neither Parquet nor text');
  if (header.length === text.length && head.length >= HEAD_BYTES)
    throw unreadable(file, `its first line is longer than ${HEAD_BYTES / 1024} KB`);
  const delimiter = DELIMITERS.toSorted((a, b) => header.split(b).length - header.split(a).length)[0] ?? ',';
  const names = splitHeader(header, delimiter);
  refuseManyColumns(file, names.length);
  const columns = distinct(names.map((name) => ({ name, type: 'VARCHAR' })));
  const quote = delimiter === '\u0001' ? '' : '"';
  const options = [
    `delim = ${literal(delimiter)}`,
    `quote = ${literal(quote)}`,
    `escape = ${literal(quote)}`,
    `compression = ${literal(isGzip ? 'gzip' : 'none')}`,
    "nullstr = ['', 'NULL', 'null']",
    'header = true',
    'auto_detect = false',
    'store_rejects = true',
    'rejects_limit = 0',
    `columns = {${columns.map(({ sql }) => `${sql}: 'VARCHAR'`).join(', ')}}`,
  ];
  return {
    path: file,
    from: `read_csv(${literal(file)}, ${options.join(', ')})`,
    columns,
    isText: true,
  };
}

function refuseManyColumns(file: string, count: number): void {
  if (count > MAX_COLUMNS) throw unreadable(file, `it has ${count} columns, more than any bill (${MAX_COLUMNS})`);
}

/** The names of the first line; a name in quotes may hold the delimiter. */
function splitHeader(header: string, delimiter: string): readonly string[] {
  const names: string[] = [''];
  let isQuoted = false;
  for (const character of header) {
    if (character === '"' && delimiter !== '\u0001') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) names.push('');
    else names[names.length - 1] += character;
  }
  return names.map((name) => name.trim());
}
