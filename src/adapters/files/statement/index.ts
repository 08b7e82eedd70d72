import { addMonths, firstDay } from '../../../kernel/calendar.ts';
import { AdvisorError } from '../../../kernel/failure.ts';
import { exact, plain, sumExact } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { Charge } from '../../../ledger/charge.ts';
import type { StatementMapping } from '../../../ledger/statement-mapping.ts';
import type { Bill, OpenBills } from '../../../operations/ports/bill-file.ts';
import type { ControlTotal } from '../../../operations/ports/ledger.ts';
import { findFiles } from '../find-files.ts';
import { unreadable } from '../unreadable.ts';
import { type StatementContent, type StatementLine, statementLines } from './statement-lines.ts';
import { tableOf } from './table.ts';

/** `chargeType` of a statement's lines: an amount of a month, of which the statement says no day and no usage. */
const FEE = 'StatementFee';
const ADJUSTMENT = 'StatementAdjustment';

/** Statements of one reseller, each reconciled with its own totals before anything is written. A month is one bill, whatever file it is in. */
export async function openStatements(
  named: readonly string[],
  { mapping, month }: { readonly mapping: StatementMapping; readonly month: string | null },
): Promise<OpenBills> {
  const paths = await findFiles(named);
  const contents: { readonly path: string; readonly content: StatementContent }[] = [];
  for (const path of paths) {
    const content = statementLines(path, await tableOf(path, mapping), mapping, month);
    reconcile(path, content, mapping);
    contents.push({ path, content });
  }
  const lines = contents.flatMap(({ path, content }) => content.lines.map((line) => ({ path, line })));
  const byMonth = Map.groupBy(lines, ({ line }) => line.month);
  for (const [own, each] of byMonth) {
    const files = new Set(each.map(({ path }) => path));
    if (files.size > 1)
      throw unreadable([...files][1] ?? '', `${own} is in more than one of the files; give one statement a month`);
  }
  const rowsOf = (path: string): number => contents.find((each) => each.path === path)?.content.rows ?? 0;
  const bills = [...byMonth]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([own, each]) =>
      billOf(
        own,
        each.map(({ line }) => line),
        mapping,
        each[0]?.path ?? '',
        rowsOf,
      ),
    );
  return { bills, close: async () => {} };
}

function billOf(
  month: string,
  lines: readonly StatementLine[],
  mapping: StatementMapping,
  path: string,
  rowsOf: (path: string) => number,
): Bill {
  const charges = lines.map((line) => chargeOf(line, mapping));
  return {
    paths: [path],
    format: 'statement',
    versions: [mapping.name],
    billingAccountId: oneLine(`${mapping.issuer}/${mapping.customerId}`, 128),
    window: { start: firstDay(month), end: firstDay(addMonths(month, 1)) },
    rows: rowsOf(path),
    charges: once(charges),
    forLedger: async () => ({ charges: once(charges) }),
    controls: async () => [controlOf(month, lines, mapping)],
    quarantined: () => [],
    resources: once([]),
  };
}

async function* once<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield items;
}

/** On the first of the month, as fees are: a statement says nothing of days, so nothing is spread over them, and nothing is called usage. */
function chargeOf(line: StatementLine, { currency }: StatementMapping): Charge {
  const isNegative = line.amount.startsWith('-');
  return {
    day: firstDay(line.month),
    subAccountId: line.account,
    serviceName: line.service,
    usageType: null,
    operation: line.description,
    regionId: null,
    resourceId: null,
    chargeCategory: line.isTax ? 'Tax' : isNegative ? 'Adjustment' : 'Purchase',
    chargeType: line.isTax ? 'Tax' : isNegative ? ADJUSTMENT : FEE,
    billedCost: line.amount,
    effectiveCost: line.amount,
    listCost: null,
    contractedCost: null,
    usageQuantity: null,
    usageUnit: null,
    currency,
  };
}

function controlOf(month: string, lines: readonly StatementLine[], { currency }: StatementMapping): ControlTotal {
  const total = plain(sumExact(lines.map((line) => line.amount)));
  return { day: firstDay(month), currency, billedCost: total, effectiveCost: total, estimated: false };
}

/** Every total that the statement states, against its lines; to the yen, or to the thousand where it is in thousands. */
function reconcile(path: string, { lines, totals }: StatementContent, mapping: StatementMapping): void {
  const months = new Set(lines.map((line) => line.month));
  if (months.size === 0) throw unreadable(path, 'it holds no line with an amount');
  for (const month of months) {
    const own = lines.filter((line) => line.month === month);
    const stated = totals.filter((total) => total.month === month);
    if (stated.length === 0)
      throw unreadable(
        path,
        `it states no total for ${month} (${mapping.totals.map(({ label }) => label).join(', ')}), so nothing shows that it was read whole`,
      );
    for (const { label, of, amount } of stated) {
      const sum = sumExact(own.filter(({ isTax }) => of === 'withTax' || isTax === (of === 'tax')).map((line) => line.amount));
      if (sum.eq(exact(amount))) continue;
      throw new AdvisorError(
        'NOT_RECONCILED',
        `The statement ${oneLine(path.split('/').at(-1) ?? '', 200)} says ${label} ${amount} ${mapping.currency} for ${month}; its lines sum to ${plain(sum)}.`,
        'Nothing was imported. Look for a line that the mapping takes for a total, or a total that it takes for a line.',
      );
    }
  }
}
