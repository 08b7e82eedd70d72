import path from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { AdvisorError, isAdvisorError } from '../../../kernel/failure.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { isPlainDecimal } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { GivenPlan, PlanFiles } from '../../../operations/ports/plan-file.ts';
import type { Plan } from '../../../plan/plan.ts';
import { guarded, unguarded } from '../formula-guard.ts';
import { bytesOf, isWorkbook, splitCells, textIn, workbookSheets } from '../tables/table.ts';
import { planOfEstimate } from './estimate.ts';
import type { Sheet } from './find-table.ts';
import { readPlanTable } from './read-table.ts';
import { lineRows, valueRows } from './write-table.ts';

/** Plans as JSON, CSV (UTF-8 or what Excel in Japan saves) and XLSX. */
export const planFiles: PlanFiles = {
  read: async (file) => {
    try {
      return await readPlan(file);
    } catch (cause) {
      if (!isAdvisorError(cause) || cause.code !== 'FILE_UNREADABLE') throw cause;
      throw new AdvisorError('FILE_UNREADABLE', cause.message, NEXT_STEP, { cause });
    }
  },
  ofEstimate: planOfEstimate,
  bytes: async (plan, format, locale) => {
    if (format === 'json') return Buffer.from(`${JSON.stringify(plan, null, 2)}\n`);
    return format === 'csv' ? csvOf(plan, locale) : workbookOf(plan, locale);
  },
};

const NEXT_STEP = 'Give a plan as JSON, CSV or XLSX; "cost-pillar plan template" writes one to begin with.';

async function readPlan(file: string): Promise<GivenPlan> {
  const name = oneLine(path.basename(file), 200);
  const bytes = bytesOf(file);
  if (isWorkbook(bytes)) return readPlanTable(await workbookSheets(file, bytes), name);
  const text = decoded(file, bytes);
  if (/^\s*[{[]/.test(text)) return { document: readJson(text, name), problems: [], placeOf: () => null };
  return readPlanTable([csvSheet(text)], name);
}

const SAVE_AS = 'save it as UTF-8';

/** Excel in Japan saves CSV as Shift_JIS (CP932), of which hardly any text with Japanese in it is UTF-8 too. */
function decoded(file: string, bytes: Buffer): string {
  try {
    return textIn(file, bytes, 'utf-8', SAVE_AS);
  } catch (cause) {
    if (bytes.includes(0)) throw cause;
    return textIn(file, bytes, 'shift_jis', SAVE_AS);
  }
}

function readJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? oneLine(cause.message, 120) : 'it cannot be read';
    throw new AdvisorError('INVALID_INPUT', `The plan ${name} is not JSON: ${why}`, 'Put it right and import it again.', {
      cause,
    });
  }
}

/** The mark that stands most often outside quotes in the first lines. */
function csvSheet(text: string): Sheet {
  const beginning = text.slice(0, 4_000).replaceAll(/"[^"]*"/g, '');
  const [delimiter] = [',', '\t', ';'].toSorted((a, b) => beginning.split(b).length - beginning.split(a).length);
  return { name: null, rows: splitCells(text, delimiter ?? ',').map((row) => row.map(unguarded)) };
}

/** With a mark in front by which spreadsheets know that it is UTF-8. */
function csvOf(plan: Plan, locale: Locale): Buffer {
  const rows = [...valueRows(plan, locale), [], ...lineRows(plan, locale)];
  return Buffer.from(`\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\n')}\n`);
}

function csvCell(value: string): string {
  const safe = isPlainDecimal(value) ? value : guarded(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Every cell a text, so that no account loses its zeros and no amount its digits. */
async function workbookOf(plan: Plan, locale: Locale): Promise<Buffer> {
  const cells = (rows: readonly (readonly string[])[], bold: (row: number, column: number) => boolean) =>
    rows.map((row, at) =>
      row.map((value, column) => ({
        value,
        type: String,
        format: '@',
        ...(bold(at, column) ? { fontWeight: 'bold' as const } : {}),
      })),
    );
  const [values, lines] = [valueRows(plan, locale), lineRows(plan, locale)];
  const names = { en: ['Plan', 'Lines'], ja: ['計画', '明細'] }[locale];
  return writeXlsxFile([
    { sheet: names[0] ?? '', data: cells(values, (_row, column) => column === 0), columns: [{ width: 16 }, { width: 30 }] },
    {
      sheet: names[1] ?? '',
      data: cells(lines, (row) => row === 0),
      columns: (lines[0] ?? []).map(() => ({ width: 18 })),
      stickyRowsCount: 1,
    },
  ]).toBuffer();
}
