import { oneLine } from '../../../kernel/text.ts';
import type { StatementMapping } from '../../../ledger/statement-mapping.ts';
import { unreadable } from '../unreadable.ts';
import { monthOfText } from './yen.ts';

export interface Headings {
  readonly account: number | null;
  readonly service: number | null;
  readonly description: number | null;
  readonly tax: number | null;
  /** The column that names the month of each line. */
  readonly month: number | null;
  /** One, or one for each month. */
  readonly amounts: readonly {
    readonly column: number;
    readonly month: string | null;
  }[];
}

/** Finds the columns by their headings. FILE_UNREADABLE names the heading that is missing and those that are there. */
export function headingsOf(file: string, table: readonly (readonly string[])[], mapping: StatementMapping): Headings {
  const names = joinedHeadings(table.slice(mapping.headerRow - 1, mapping.headerRow - 1 + mapping.headerRows));
  const find = (heading: string | null): number | null => {
    if (heading === null) return null;
    const index = names.indexOf(comparable(heading));
    if (index >= 0) return index;
    throw unreadable(
      file,
      `it has no column "${heading}"; its headings are ${names
        .filter((name) => name !== '')
        .slice(0, 20)
        .map((name) => oneLine(name, 60))
        .join(', ')}`,
    );
  };
  const { columns, months } = mapping;
  return {
    account: find(columns.account),
    service: find(columns.service),
    description: find(columns.description),
    tax: find(columns.tax),
    month: months.kind === 'column' ? find(months.heading) : null,
    amounts:
      months.kind === 'headings'
        ? monthColumns(file, names, months.firstMonth)
        : [{ column: find(columns.amount) ?? amountMissing(file), month: null }],
  };
}

function amountMissing(file: string): never {
  throw unreadable(file, 'the mapping names no column for the amount');
}

function monthColumns(file: string, names: readonly string[], firstMonth: string | null): Headings['amounts'] {
  const found = names.flatMap((name, column) => {
    const month = monthOfText(name, firstMonth);
    return month === null ? [] : [{ column, month }];
  });
  if (found.length === 0) throw unreadable(file, 'none of its headings is a month');
  if (new Set(found.map(({ month }) => month)).size < found.length)
    throw unreadable(file, 'two of its headings are the same month');
  return found;
}

/** A merged heading stands in its first cell only: it counts for the empty ones to its right, but not in the last row. */
function joinedHeadings(rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const filled = rows.map((row, index) => {
    let last = '';
    return Array.from({ length: width }, (_, column) => {
      const cell = comparable(row[column] ?? '');
      if (index === rows.length - 1) return cell;
      last = cell || last;
      return last;
    });
  });
  return Array.from({ length: width }, (_, column) =>
    [...new Set(filled.map((row) => row[column] ?? ''))].filter((cell) => cell !== '').join(' '),
  );
}

function comparable(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
