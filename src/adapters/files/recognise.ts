import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { AdvisorError } from '../../kernel/failure.ts';
import { type Duck, identifier, literal } from './duckdb.ts';

/** How DuckDB reads a file, and the columns it has: by our normalised name, the name in the file. */
export interface Readable {
  readonly path: string;
  readonly from: string;
  readonly columns: ReadonlyMap<string, string>;
  readonly isParquet: boolean;
}

const HEAD_BYTES = 256 * 1024;
const DELIMITERS = [',', '\u0001', '\t', ';'] as const;

/** Tells Parquet, gzip and delimited text apart by their first bytes, never by the name. */
export async function recognise(duck: Duck, file: string): Promise<Readable> {
  const head = readHead(file);
  if (head.length === 0) throw unreadable(file, 'it is empty');
  if (/[*?[\]]/.test(file)) throw unreadable(file, 'its name holds one of * ? [ ], which would be taken for a pattern');
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return parquet(duck, file);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  return delimited(file, isGzip ? unzippedHead(file, head) : head, isGzip);
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
    const code = (cause as NodeJS.ErrnoException).code;
    throw unreadable(
      file,
      code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'this user may not read it' : 'it cannot be opened',
      cause,
    );
  }
}

function unzippedHead(file: string, head: Buffer): Buffer {
  try {
    return zlib.gunzipSync(head, { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 });
  } catch (cause) {
    throw unreadable(file, 'its gzip packing is broken', cause);
  }
}

async function parquet(duck: Duck, file: string): Promise<Readable> {
  const from = `read_parquet(${literal(file)})`;
  try {
    const described = await duck.rows(`describe select * from ${from}`);
    return { path: file, from, columns: columnsOf(described.map(([name]) => name ?? '')), isParquet: true };
  } catch (cause) {
    throw unreadable(file, 'it begins like Parquet, but its end is torn or damaged', cause);
  }
}

function delimited(file: string, head: Buffer, isGzip: boolean): Readable {
  const text = head.toString('utf8').replace(/^\ufeff/, '');
  const header = text.slice(0, text.search(/[\r\n]|$/));
  if (header.includes('\u0000')) throw unreadable(file, 'it is neither Parquet nor text');
  const delimiter = DELIMITERS.toSorted((a, b) => header.split(b).length - header.split(a).length)[0] ?? ',';
  const names = header.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const quote = delimiter === '\u0001' ? '' : '"';
  const options = [
    `delim = ${literal(delimiter)}`,
    `quote = ${literal(quote)}`,
    `escape = ${literal(quote)}`,
    `compression = ${literal(isGzip ? 'gzip' : 'none')}`,
    "nullstr = ['', 'NULL']",
    'header = true',
    'auto_detect = false',
    'store_rejects = true',
    'rejects_limit = 0',
    `columns = {${names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')}}`,
  ];
  return { path: file, from: `read_csv(${literal(file)}, ${options.join(', ')})`, columns: columnsOf(names), isParquet: false };
}

function columnsOf(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [normalised(name), name]));
}

/** "lineItem/UsageAccountId" of a CUR in CSV and "line_item_usage_account_id" of the same in Parquet are one column; FOCUS names have no separators. */
function normalised(name: string): string {
  return name
    .replaceAll('/', '_')
    .replace(/(?<=[A-Za-z0-9])(?=[A-Z])/g, '_')
    .replaceAll('__', '_')
    .toLowerCase();
}

export function columnOf(file: Readable, name: string): string | null {
  const found = file.columns.get(name);
  return found === undefined ? null : identifier(found);
}

export function unreadable(file: string, why: string, cause?: unknown): AdvisorError {
  return new AdvisorError(
    'FILE_UNREADABLE',
    `the file ${path.basename(file)} was not imported: ${why}`,
    'Give a Cost and Usage Report (CSV, gzip or Parquet) or a FOCUS 1.0 file; fetch it again if it was cut off.',
    { cause },
  );
}
