import { Readable } from 'node:stream';
import { readSheet, SheetNotFoundError } from 'read-excel-file/node';
import { oneLine } from '../../../kernel/text.ts';
import type { StatementMapping } from '../../../ledger/statement-mapping.ts';
import { bytesOf, cellValueOf, isWorkbook, measuredParts, refuseLarge, splitCells, textIn } from '../tables/table.ts';
import { packed } from '../tables/zip.ts';
import { unreadable } from '../unreadable.ts';

/** The cells of a statement as texts, row by row; XLSX by its first bytes, else text in the encoding that the mapping names. */
export async function tableOf(file: string, mapping: StatementMapping): Promise<readonly (readonly string[])[]> {
  const bytes = bytesOf(file);
  const rows = isWorkbook(bytes)
    ? await sheet(file, bytes, mapping)
    : splitCells(textIn(file, bytes, mapping.encoding, 'name its encoding in the mapping'), mapping.delimiter);
  refuseLarge(file, rows);
  return rows;
}

async function sheet(file: string, bytes: Buffer, mapping: StatementMapping): Promise<string[][]> {
  const { parts } = measuredParts(file, bytes);
  try {
    const rows = await readSheet(Readable.from(packed(parts)), mapping.sheet ?? 1);
    return rows.map((row) => row.map((cell) => String(cellValueOf(cell))));
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
