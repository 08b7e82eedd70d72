import { type DecimalString, Exact, exact, plain } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { StatementMapping } from '../../../ledger/statement-mapping.ts';
import { unreadable } from '../unreadable.ts';
import { headingsOf } from './headings.ts';
import { amountOf, monthOfText } from './yen.ts';

/** One amount of a statement for one month. */
export interface StatementLine {
  readonly month: string;
  readonly account: string;
  readonly service: string;
  readonly description: string | null;
  readonly isTax: boolean;
  readonly amount: DecimalString;
}

/** A sum that the statement states itself. */
export interface StatedTotal {
  readonly month: string;
  readonly label: string;
  readonly of: 'withoutTax' | 'withTax' | 'tax';
  readonly amount: DecimalString;
}

export interface StatementContent {
  readonly lines: readonly StatementLine[];
  readonly totals: readonly StatedTotal[];
  readonly rows: number;
}

/** Reads a statement's cells by its mapping. Every row under the headings is a line, a total, a repetition, or empty; anything else refuses the file. */
export function statementLines(
  file: string,
  table: readonly (readonly string[])[],
  mapping: StatementMapping,
  givenMonth: string | null,
): StatementContent {
  const headings = headingsOf(file, table, mapping);
  const fixed = fixedMonth(file, table, mapping, givenMonth);
  const lines: StatementLine[] = [];
  const totals: StatedTotal[] = [];
  let rows = 0;
  for (const [index, row] of table.entries()) {
    const rowNumber = index + 1;
    if (rowNumber < mapping.headerRow + mapping.headerRows || row.every((cell) => cell.trim() === '')) continue;
    if (labelled(row, mapping.skipLabels) !== null) continue;
    const total = mapping.totals.find(({ label }) => labelled(row, [label]) !== null);
    for (const { column, month: ofColumn } of headings.amounts) {
      const cell = row[column] ?? '';
      const month = ofColumn ?? fixed ?? monthOfText(row[headings.month ?? -1] ?? '');
      if (cell.trim() === '' && !total) continue;
      const amount = scaled(cell, mapping);
      if (amount === null) throw unreadable(file, `row ${rowNumber}: "${oneLine(cell, 60)}" is no amount`);
      if (total && month === null) continue;
      if (month === null) throw unreadable(file, `row ${rowNumber}: its month cannot be read`);
      if (total) totals.push({ month, label: total.label, of: total.of, amount });
      else lines.push(...linesOf(file, row, rowNumber, month, amount, headings, mapping));
    }
    rows += 1;
  }
  if (headings.month !== null) totals.push(...totalsOverMonths(file, table, mapping, headings.amounts[0]?.column ?? -1, lines));
  return { lines, totals, rows };
}

function linesOf(
  file: string,
  row: readonly string[],
  rowNumber: number,
  month: string,
  amount: DecimalString,
  headings: ReturnType<typeof headingsOf>,
  mapping: StatementMapping,
): StatementLine[] {
  const cell = (column: number | null): string => oneLine((row[column ?? -1] ?? '').normalize('NFKC').trim(), 200);
  const isTax = labelled(row, mapping.taxLabels) !== null;
  const description = cell(headings.description) || null;
  const accountCell = cell(headings.account);
  const isLabel = isTax && labelled([accountCell], mapping.taxLabels) !== null;
  const base = {
    month,
    account: (isLabel ? '' : accountCell) || mapping.customerId,
    service: cell(headings.service) || description || (isLabel ? accountCell : mapping.issuer),
    description,
  };
  const line = (value: DecimalString, isTaxLine: boolean): StatementLine => ({ ...base, isTax: isTaxLine, amount: value });
  if (isTax) return [line(amount, true)];
  if (mapping.taxIncludedPercent !== null) {
    const net = exact(amount).mul(100).div(exact(100).plus(mapping.taxIncludedPercent)).toDecimalPlaces(0, Exact.ROUND_HALF_UP);
    return [line(plain(net), false), line(plain(exact(amount).minus(net)), true)];
  }
  const taxCell = headings.tax === null ? '' : (row[headings.tax] ?? '');
  if (taxCell.trim() === '') return [line(amount, false)];
  const tax = scaled(taxCell, mapping);
  if (tax === null) throw unreadable(file, `row ${rowNumber}: "${oneLine(taxCell, 60)}" is no amount of tax`);
  return [line(amount, false), line(tax, true)];
}

function scaled(cell: string, { unit }: StatementMapping): DecimalString | null {
  const amount = amountOf(cell);
  return amount === null ? null : plain(exact(amount).mul(unit));
}

/** Compared without white space and in one width: 合　計 is 合計. */
function labelled(row: readonly string[], labels: readonly string[]): string | null {
  const texts = row.map((cell) => cell.normalize('NFKC').replaceAll(/\s/g, '')).filter((cell) => cell !== '');
  return labels.find((label) => texts.some((cell) => cell.startsWith(label.normalize('NFKC').replaceAll(/\s/g, '')))) ?? null;
}

function fixedMonth(
  file: string,
  table: readonly (readonly string[])[],
  { months }: StatementMapping,
  givenMonth: string | null,
): string | null {
  if (months.kind === 'headings' || months.kind === 'column') return null;
  const month = months.kind === 'cell' ? monthOfText(table[months.row - 1]?.[months.column - 1] ?? '') : givenMonth;
  if (month !== null) return month;
  throw unreadable(file, months.kind === 'cell' ? `row ${months.row} names no month` : 'it names no month; add --month YYYY-MM');
}

/** Where each line has its month, a total row has none: it is of all of them, and can be met only by a single one. */
function totalsOverMonths(
  file: string,
  table: readonly (readonly string[])[],
  mapping: StatementMapping,
  column: number,
  lines: readonly StatementLine[],
): StatedTotal[] {
  const months = new Set(lines.map((line) => line.month));
  const [only] = months;
  return table.flatMap((row, index) => {
    const total = mapping.totals.find(({ label }) => labelled(row, [label]) !== null);
    if (!total || index + 1 < mapping.headerRow + mapping.headerRows) return [];
    if (months.size !== 1 || only === undefined)
      throw unreadable(file, `row ${index + 1} is the total of several months; give one month a file`);
    const amount = scaled(row[column] ?? '', mapping);
    return amount === null ? [] : [{ month: only, label: total.label, of: total.of, amount }];
  });
}
