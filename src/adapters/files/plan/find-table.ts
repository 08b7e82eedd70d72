import { AdvisorError } from '../../../kernel/failure.ts';
import { oneLine } from '../../../kernel/text.ts';
import { type Cell, isBlank, textOf } from './cells.ts';
import { columnNamed, PLAN_COLUMNS, PLAN_VALUES, type PlanColumn } from './columns.ts';

export interface Sheet {
  /** null: the file has only one, and it has no name. */
  readonly name: string | null;
  readonly rows: readonly (readonly Cell[])[];
}

/** A cell with its place, counted as people see it. */
export interface Found {
  readonly cell: Cell;
  readonly column: PlanColumn;
  readonly place: string;
}

export interface FoundTable {
  /** Values of the whole plan. */
  readonly values: readonly Found[];
  /** The cells of each row that are not empty; a row without any is left out. */
  readonly rows: readonly { readonly place: string; readonly cells: readonly Found[] }[];
  readonly problems: readonly string[];
}

/** Leading rows hold the plan's own values; a table that begins farther down is none of ours. */
const MOST_LEADING_ROWS = 50;

/** The sheet with the headings, and the values of the plan above it or in the other sheets. INVALID_INPUT where there is none, or more than one. */
export function findTable(sheets: readonly Sheet[], name: string): FoundTable {
  const tables = sheets.flatMap((sheet) => {
    const header = sheet.rows.slice(0, MOST_LEADING_ROWS).findIndex(isHeader);
    return header < 0 ? [] : [{ sheet, header }];
  });
  const [table, other] = tables;
  if (table === undefined) throw noTable(sheets, name);
  if (other !== undefined)
    throw new AdvisorError(
      'INVALID_INPUT',
      `The plan ${name} has its headings in two sheets: "${nameOf(table.sheet)}" and "${nameOf(other.sheet)}".`,
      'Keep all lines in one sheet.',
    );
  const leading = { ...table.sheet, rows: table.sheet.rows.slice(0, table.header) };
  const values = [leading, ...sheets.filter((sheet) => sheet !== table.sheet)].flatMap(valuesIn);
  const { columns, problems } = columnsOf(table.sheet, table.header);
  const rows = table.sheet.rows.flatMap((cells, index) => {
    if (index <= table.header || cells.every(isBlank)) return [];
    return [rowOf(table.sheet, index, columns, problems)];
  });
  return { values, rows, problems: [...twice(values), ...problems] };
}

function isHeader(cells: readonly Cell[]): boolean {
  const ids = cells.map((cell) => columnNamed(PLAN_COLUMNS, textOf(cell))?.id);
  return ids.includes('wave') && ids.includes('workload');
}

/** A label and, in the next cell that is not empty, its value. */
function valuesIn(sheet: Sheet): readonly Found[] {
  return sheet.rows.flatMap((cells, row) => {
    const label = cells.findIndex((cell) => !isBlank(cell));
    const column = label < 0 ? undefined : columnNamed(PLAN_VALUES, textOf(cells[label] ?? ''));
    if (column === undefined) return [];
    const at = cells.findIndex((cell, index) => index > label && !isBlank(cell));
    return at < 0 ? [] : [{ cell: cells[at] ?? '', column, place: placeOf(sheet, row, column.id) }];
  });
}

function twice(values: readonly Found[]): readonly string[] {
  return values
    .filter(({ column }, index) => values.findIndex((other) => other.column === column) < index)
    .map(({ column, place }) => `${place}: the plan states its ${column.id} twice`);
}

type Columns = ReadonlyMap<number, PlanColumn>;

function columnsOf(sheet: Sheet, header: number): { readonly columns: Columns; readonly problems: string[] } {
  const columns = new Map<number, PlanColumn>();
  const problems: string[] = [];
  for (const [index, cell] of (sheet.rows[header] ?? []).entries()) {
    if (isBlank(cell)) continue;
    const heading = oneLine(textOf(cell), 60);
    const column = columnNamed(PLAN_COLUMNS, textOf(cell));
    if (column === undefined)
      problems.push(
        `${placeOf(sheet, header, heading)}: is no column of a plan; it has ${PLAN_COLUMNS.map(({ id }) => id).join(', ')}`,
      );
    else if ([...columns.values()].includes(column)) problems.push(`${placeOf(sheet, header, heading)}: stands there twice`);
    columns.set(index, column ?? UNKNOWN);
  }
  return { columns, problems };
}

/** Told of once, by its heading; its cells are not. */
const UNKNOWN: PlanColumn = { id: '', ja: '', kind: 'text', of: 'line' };

function rowOf(sheet: Sheet, row: number, columns: Columns, problems: string[]): FoundTable['rows'][number] {
  const cells = (sheet.rows[row] ?? []).flatMap((cell, index): Found[] => {
    if (isBlank(cell)) return [];
    const column = columns.get(index);
    if (column === undefined) problems.push(`${placeOf(sheet, row, letters(index))}: has a value and no heading`);
    return column === undefined || column === UNKNOWN ? [] : [{ cell, column, place: placeOf(sheet, row, column.id) }];
  });
  return { place: rowPlace(sheet, row), cells };
}

function placeOf(sheet: Sheet, row: number, column: string): string {
  return `${rowPlace(sheet, row)}, column ${column}`;
}

function rowPlace(sheet: Sheet, row: number): string {
  return sheet.name === null ? `row ${row + 1}` : `sheet "${nameOf(sheet)}", row ${row + 1}`;
}

function nameOf({ name }: Sheet): string {
  return oneLine(name ?? '', 40);
}

function letters(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);
}

function noTable(sheets: readonly Sheet[], name: string): AdvisorError {
  const named = sheets.flatMap((sheet) => (sheet.name === null ? [] : [`"${nameOf(sheet)}"`]));
  const where = named.length === 0 ? '' : ` in ${named.slice(0, 10).join(', ')}`;
  return new AdvisorError(
    'INVALID_INPUT',
    `The plan ${name} has no row of headings${where}: it needs wave and workload (ウェーブ, ワークロード) within its first ${MOST_LEADING_ROWS} rows.`,
    'Begin with what "cost-pillar plan template --format xlsx -o plan.xlsx" writes.',
  );
}
