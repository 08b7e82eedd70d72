import fs from 'node:fs';
import { Readable } from 'node:stream';
import readWorkbook from 'read-excel-file/node';
import { AdvisorError } from '../../../kernel/failure.ts';
import { unreadable } from '../unreadable.ts';
import { MAX_CELLS, MAX_COLUMNS, MAX_ROWS, refuseFarCells } from './sheet-size.ts';
import { packed, unpack } from './zip.ts';

/** These tables are made for people. */
const MAX_BYTES = 20 * 2 ** 20;
/** All cells together: an XLSX says a text once and names it from a million cells. */
const MAX_CHARACTERS = 64 * 2 ** 20;

/** What stands in a cell: numbers as the file keeps them, days as texts. */
export type CellValue = string | number;

export interface WorkbookSheet {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
}

/** A table that people made, whole. FILE_UNREADABLE where it is not there, empty, or larger than any is. */
export function bytesOf(file: string): Buffer {
  try {
    const { size } = fs.statSync(file);
    if (size === 0) throw unreadable(file, 'it is empty');
    if (size > MAX_BYTES) throw unreadable(file, 'it is larger than 20 MB, as no such table is');
    return fs.readFileSync(file);
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw unreadable(file, 'it cannot be opened', cause);
  }
}

export function isWorkbook(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
}

/** The parts of an XLSX by a stranger: unpacked while counted, each sheet measured before anything parses it. */
export function measuredParts(
  file: string,
  bytes: Buffer,
): { readonly parts: ReadonlyMap<string, Buffer>; readonly cells: number } {
  const parts = unpack(file, bytes);
  return { parts, cells: [...parts.values()].reduce((sum, part) => sum + refuseFarCells(file, part), 0) };
}

/** Every sheet of an XLSX; all of them together as large as one may be. */
export async function workbookSheets(file: string, bytes: Buffer): Promise<readonly WorkbookSheet[]> {
  const { parts, cells } = measuredParts(file, bytes);
  if (cells > MAX_CELLS) throw unreadable(file, `its sheets are tables of more than ${MAX_CELLS} cells`);
  const sheets = await parsed(file, parts);
  refuseLarge(
    file,
    sheets.flatMap(({ rows }) => rows),
  );
  return sheets;
}

async function parsed(file: string, parts: ReadonlyMap<string, Buffer>): Promise<readonly WorkbookSheet[]> {
  try {
    const sheets = await readWorkbook(Readable.from(packed(parts)));
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellValueOf)) }));
  } catch (cause) {
    throw unreadable(file, 'it is no XLSX that can be read: damaged, or with a password', cause);
  }
}

/** A cell as the reader gives it. */
export function cellValueOf(value: unknown): CellValue {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value;
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}

/** `otherwise`: what to do where it is another encoding. */
export function textIn(file: string, bytes: Buffer, encoding: 'utf-8' | 'shift_jis', otherwise: string): string {
  if (bytes.includes(0)) throw unreadable(file, 'it holds NUL bytes, so it is no text');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(file, `it is not ${encoding} text; ${otherwise}`, cause);
  }
}

/** RFC 4180, line ends of any kind. */
export function splitCells(content: string, delimiter: string): string[][] {
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

export function refuseLarge(file: string, rows: readonly (readonly CellValue[])[]): void {
  if (rows.length > MAX_ROWS) throw unreadable(file, `it has more than ${MAX_ROWS} rows`);
  if (rows.some((row) => row.length > MAX_COLUMNS)) throw unreadable(file, `it has more than ${MAX_COLUMNS} columns`);
  let characters = 0;
  for (const row of rows) for (const cell of row) characters += String(cell).length;
  if (characters > MAX_CHARACTERS) throw unreadable(file, 'its cells hold more text than a statement has');
}
