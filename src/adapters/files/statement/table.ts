import fs from 'node:fs';
import { Readable } from 'node:stream';
import { readSheet, SheetNotFoundError } from 'read-excel-file/node';
import { AdvisorError } from '../../../kernel/failure.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { StatementMapping } from '../../../ledger/statement-mapping.ts';
import { unreadable } from '../unreadable.ts';
import { MAX_COLUMNS, MAX_ROWS, refuseFarCells } from './sheet-size.ts';
import { packed, unpack } from './zip.ts';

/** A statement is made for people. */
const MAX_BYTES = 20 * 2 ** 20;
/** All cells together: an XLSX says a text once and names it from a million cells. */
const MAX_CHARACTERS = 64 * 2 ** 20;

/** The cells of a statement as texts, row by row; XLSX by its first bytes, else text in the encoding that the mapping names. */
export async function tableOf(file: string, mapping: StatementMapping): Promise<readonly (readonly string[])[]> {
  const bytes = read(file);
  const rows =
    bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004' ? await sheet(file, bytes, mapping) : text(file, bytes, mapping);
  if (rows.length > MAX_ROWS) throw unreadable(file, `it has more than ${MAX_ROWS} rows`);
  if (rows.some((row) => row.length > MAX_COLUMNS)) throw unreadable(file, `it has more than ${MAX_COLUMNS} columns`);
  const characters = rows.reduce((sum, row) => row.reduce((own, cell) => own + cell.length, sum), 0);
  if (characters > MAX_CHARACTERS) throw unreadable(file, 'its cells hold more text than a statement has');
  return rows;
}

function read(file: string): Buffer {
  try {
    const { size } = fs.statSync(file);
    if (size === 0) throw unreadable(file, 'it is empty');
    if (size > MAX_BYTES) throw unreadable(file, 'it is larger than 20 MB, as no statement is');
    return fs.readFileSync(file);
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw unreadable(file, 'it cannot be opened', cause);
  }
}

async function sheet(file: string, bytes: Buffer, mapping: StatementMapping): Promise<string[][]> {
  const parts = unpack(file, bytes);
  for (const part of parts.values()) refuseFarCells(file, part);
  try {
    const rows = await readSheet(Readable.from(packed(parts)), mapping.sheet ?? 1);
    return rows.map((row) => row.map(cellText));
  } catch (cause) {
    if (cause instanceof SheetNotFoundError) throw noSheet(file, mapping.sheet, cause);
    throw unreadable(file, 'it is no XLSX that can be read: damaged, or with a password', cause);
  }
}

/** The reader's types leave the names out. */
function noSheet(file: string, asked: string | null, cause: SheetNotFoundError & { readonly sheets?: readonly string[] }): Error {
  if (asked === null) return unreadable(file, 'it has no sheet', cause);
  const names = (cause.sheets ?? []).slice(0, 20).map((name) => `"${oneLine(name, 40)}"`);
  return unreadable(file, `it has no sheet "${asked}", only ${names.join(', ')}`, cause);
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}

function text(file: string, bytes: Buffer, { encoding, delimiter }: StatementMapping): string[][] {
  if (bytes.includes(0)) throw unreadable(file, 'it holds NUL bytes, so it is no text');
  try {
    return split(new TextDecoder(encoding, { fatal: true }).decode(bytes), delimiter);
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw unreadable(file, `it is not ${encoding} text; name its encoding in the mapping`, cause);
  }
}

/** RFC 4180, line ends of any kind. */
function split(content: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = (): void => {
    row.push(cell);
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let index = 0; index < content.length; index += 1) {
    const character = content[index];
    if (isQuoted && character === '"' && content[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (character === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (isQuoted) cell += character;
    else if (character === delimiter) endCell();
    else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}
