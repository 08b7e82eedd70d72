import path from 'node:path';
import type { Day } from '../../../kernel/calendar.ts';
import { AdvisorError } from '../../../kernel/failure.ts';
import { type Exact, exact, HALF_A_CENT, isPlainDecimal, plain, sumExact } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import { type Plan, PlanFile } from '../../../plan/plan.ts';
import { amountOf } from '../statement/yen.ts';
import { bytesOf, isWorkbook, splitCells, textIn } from '../tables/table.ts';

/** The columns of "Detailed Estimate" that count here. Description, Status and what a service is configured to be came and went over the years. */
const NEEDED = ['Group hierarchy', 'Service', 'Upfront', 'Monthly', 'Currency'] as const;
const SUMMARY = ['Upfront cost', 'Monthly cost'] as const;
const LEVELS = ' > ';
/** Monthly figures are binary fractions written out (895.6499999999999): 15 digits of them are meant. */
const MEANT_DIGITS = 15;
const PLAN_DECIMALS = 10;

interface EstimateRow {
  readonly row: number;
  readonly group: readonly string[];
  readonly serviceName: string;
  readonly monthly: Exact;
  readonly currency: string;
}

/**
 * An estimate of the AWS Pricing Calculator, exported as CSV in English, as a plan: a workload for each group, without what it matches.
 * AWS documents no format; this is what published exports of 2020 to 2025 have in common (read 2026-11). INVALID_INPUT names the row; an
 * upfront cost is refused, since over how many months it counts is not told. NOT_RECONCILED where the lines miss the estimate's own total.
 */
export function planOfEstimate(file: string, cutOver: Day): Plan {
  const name = oneLine(path.basename(file), 200);
  const bytes = bytesOf(file);
  if (isWorkbook(bytes)) throw refused(name, 'is a workbook', 'Export the estimate as CSV.');
  const table = splitCells(textIn(file, bytes, 'utf-8', 'export it again, as CSV'), ',').map((row) =>
    row.map((cell) => cell.trim()),
  );
  const header = table.findIndex((row) => NEEDED.every((heading) => row.includes(heading)));
  if (header < 0)
    throw refused(
      name,
      `has no row with ${NEEDED.join(', ')}`,
      'Set the calculator to English and export the estimate as CSV: Export, then CSV.',
    );
  const rows = rowsBelow(table, header, name);
  reconcile(table.slice(0, header), rows, name);
  return planOf(rows, cutOver, name);
}

function rowsBelow(table: readonly (readonly string[])[], header: number, name: string): readonly EstimateRow[] {
  const columns = new Map(NEEDED.map((heading) => [heading, table[header]?.indexOf(heading) ?? -1]));
  const rows: EstimateRow[] = [];
  for (const [index, cells] of table.entries()) {
    if (index <= header || cells.every((cell) => cell === '')) continue;
    if (/^(Acknowledgement$|Total:)/.test(cells[0] ?? '')) break;
    const value = (heading: (typeof NEEDED)[number]): string => cells[columns.get(heading) ?? -1] ?? '';
    const where = `row ${index + 1}`;
    const [monthly, upfront] = [meant(value('Monthly')), meant(value('Upfront'))];
    if (monthly === null || upfront === null || value('Service') === '' || !/^[A-Z]{3}$/.test(value('Currency')))
      throw refused(name, `cannot be read in ${where}: it lacks a service, a cost or a currency`, 'Export it again.');
    if (!upfront.isZero())
      throw refused(
        name,
        `has an upfront cost in ${where} (${oneLine(value('Service'), 80)}), and not for how many months`,
        'Set it to "No upfront" in the calculator, or write the plan by hand with its monthly share.',
      );
    const group = value('Group hierarchy')
      .split(LEVELS)
      .map((level) => level.trim())
      .filter((level) => level !== '');
    rows.push({ row: index + 1, group, serviceName: oneLine(value('Service'), 200), monthly, currency: value('Currency') });
  }
  if (rows.length > 0) return rows;
  throw refused(name, 'has no lines', 'Export an estimate with services in it.');
}

function meant(cell: string): Exact | null {
  const text = isPlainDecimal(cell) ? cell : amountOf(cell);
  return text === null ? null : exact(text).toSignificantDigits(MEANT_DIGITS).toDecimalPlaces(PLAN_DECIMALS);
}

/** The estimate's own total, where it stands above the lines; they are rounded to cents in it, and not where they stand. */
function reconcile(above: readonly (readonly string[])[], rows: readonly EstimateRow[], name: string): void {
  const summary = above.findIndex((row) => SUMMARY.every((heading) => row.includes(heading)));
  if (summary < 0) return;
  const stated = meant(above[summary + 1]?.[above[summary]?.indexOf('Monthly cost') ?? -1] ?? '');
  const sum = sumExact(rows.map(({ monthly }) => monthly));
  if (stated !== null && sum.minus(stated).abs().lte(HALF_A_CENT.mul(rows.length))) return;
  throw new AdvisorError(
    'NOT_RECONCILED',
    `The estimate ${name} says ${stated === null ? 'no monthly cost' : `a monthly cost of ${plain(stated)}`}; its lines sum to ${plain(sum)}.`,
    'Nothing was written. Export it again; a file that was edited by hand does not add up.',
  );
}

function planOf(rows: readonly EstimateRow[], cutOver: Day, name: string): Plan {
  const [first] = rows;
  const odd = rows.find(({ currency }) => currency !== first?.currency);
  if (odd !== undefined)
    throw refused(
      name,
      `is in ${first?.currency} and, in row ${odd.row}, in ${odd.currency}`,
      'Export an estimate in one currency.',
    );
  const root = rows.every(({ group }) => group[0] === first?.group[0]) ? (first?.group[0] ?? null) : null;
  const groups = Map.groupBy(rows, ({ group }) => group.slice(root !== null && group.length > 1 ? 1 : 0).join(LEVELS) || name);
  const workloads = [...groups].map(([group, own]) => ({
    name: oneLine(group, 200),
    matches: {},
    lines: own.map(({ serviceName, monthly }) => ({ serviceName, expectedMonthlyCost: plain(monthly) })),
  }));
  return PlanFile.parse({ name: root ?? name, currency: first?.currency, waves: [{ name: 'Wave 1', cutOver, workloads }] });
}

function refused(name: string, why: string, nextStep: string): AdvisorError {
  return new AdvisorError('INVALID_INPUT', `The estimate ${name} ${why}.`, nextStep);
}
