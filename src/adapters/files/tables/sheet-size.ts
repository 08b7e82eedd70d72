import { unreadable } from '../unreadable.ts';

export const MAX_ROWS = 100_000;
export const MAX_COLUMNS = 500;
/** The reader makes a table of a sheet, whatever is in it: one far cell is as large as all cells before it. */
export const MAX_CELLS = 5_000_000;

const SHEET = /<(?:[^\s<>/:]+:)?sheetData[\s/>]/;
/** Every attribute `r`, whatever prefix, quotes or elements are around it: in a sheet each is the number of a row or the place of a cell. */
const PLACE = /((?<=\s)xmlns:)?(?<![\w.-])r\s*=\s*["']([^"']*)["']/g;
const ROW = /<(?:[^\s<>/:]+:)?row(?=[\s/>])/g;

/**
 * Before a sheet is parsed: FILE_UNREADABLE where it has a cell farther out than a statement has, or a place that is none ("1e9"). Gives the
 * cells of the table that the reader will make of it.
 */
export function refuseFarCells(file: string, part: Buffer): number {
  const xml = part.toString('latin1');
  if (!SHEET.test(xml)) return 0;
  let rows = 0;
  let columns = 1;
  for (const _ of xml.matchAll(ROW)) rows += 1;
  for (const [, namespace, place = ''] of xml.matchAll(PLACE)) {
    if (namespace !== undefined && /^https?:[\w./-]+$/.test(place)) continue;
    const [, letters, digits] = /^([A-Z]{0,3})([1-9]\d{0,6})$/.exec(place) ?? [];
    if (letters === undefined || digits === undefined)
      throw unreadable(file, 'it is no XLSX that can be read: a cell has no place');
    rows = Math.max(rows, Number(digits));
    columns = Math.max(columns, columnNumber(letters));
  }
  if (rows > MAX_ROWS) throw unreadable(file, `it has more than ${MAX_ROWS} rows`);
  if (columns > MAX_COLUMNS) throw unreadable(file, `it has more than ${MAX_COLUMNS} columns`);
  if (rows * columns > MAX_CELLS) throw unreadable(file, `it is a table of more than ${MAX_CELLS} cells`);
  return rows * columns;
}

function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
