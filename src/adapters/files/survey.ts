import { addMonths, firstDay, monthOf, type Period } from '../../kernel/calendar.ts';
import { exact, plain, sumExact } from '../../kernel/money.ts';
import type { ControlTotal } from '../../operations/ports/ledger.ts';
import type { Duck } from './duckdb.ts';
import { MONEY_IS_READABLE } from './lines.ts';

/** What one pass over the raw lines tells of each billing account. */
export interface Surveyed {
  readonly payer: string | null;
  readonly charges: number;
  readonly window: Period;
  readonly controls: readonly ControlTotal[];
}

export interface Survey {
  readonly payers: readonly Surveyed[];
  readonly lines: number;
  /** Rows that are no charges, by reason. */
  readonly refused: ReadonlyMap<string, number>;
  /** All doubles are as short as they were taken for. Else the sums mean nothing. */
  readonly areShort: boolean;
}

type Row = readonly (string | null)[];

/** A billing period as it may be: anything else is not used to widen the window. */
const PERIOD_IS_USABLE = 'year(starts) between 2006 and 2099 and ends > starts and ends <= starts + interval 366 day';

/** Grouped as the lines say it first, which is quick; what must not be believed is taken out of the few rows that remain. */
const SURVEY = (name: string): string => `
  select case when reason is null or payer is not null then payer end, reason,
         case when ${MONEY_IS_READABLE} then currency end, case when ${MONEY_IS_READABLE} then cast(day as varchar) end,
         sum(lines), sum(billed), sum(effective), sum(billed_credits), sum(effective_credits),
         cast(cast(min(case when ${PERIOD_IS_USABLE} then starts end) as date) as varchar),
         cast(cast(max(case when ${PERIOD_IS_USABLE} then ends end) - interval 1 microsecond as date) as varchar), sum(invoiced),
         bool_and(are_short)
    from (
      select payer, reason, currency, cast(moment as date) as day, count(*) as lines, sum(billed) as billed,
             sum(coalesce(effective, billed)) as effective,
             coalesce(sum(billed) filter (where reason is not null and billed < 0), 0) as billed_credits,
             coalesce(sum(coalesce(effective, billed)) filter (where reason is not null and coalesce(effective, billed) < 0), 0) as effective_credits,
             min(period_start) as starts, max(period_end) as ends, count(invoice) as invoiced, bool_and(is_short) as are_short
        from ${name} group by all)
   group by 1, 2, 3, 4 order by 1, 4, 3, 2`;

/**
 * Reads every line once: how many there are, which months they cover, and what they sum to by day and currency. The sums are the controls
 * of the roll-up, which is asked apart. `isOpen`: the files have a column for the invoice, and no line of the billing account has one yet.
 */
export async function survey(duck: Duck, name: string, hasInvoiceColumn: boolean): Promise<Survey> {
  const rows = await duck.rows(SURVEY(name));
  const byPayer = Map.groupBy(rows, ([payer]) => payer ?? null);
  const payers = [...byPayer].flatMap(([payer, own]) => surveyed(payer, own, hasInvoiceColumn));
  const refused = new Map<string, number>();
  for (const [, reason, , , count] of rows) {
    if (reason) refused.set(reason, (refused.get(reason) ?? 0) + Number(count));
  }
  return {
    payers,
    lines: rows.reduce((sum, row) => sum + Number(row[4]), 0),
    refused,
    areShort: rows.every((row) => row[12] === 'true'),
  };
}

function surveyed(payer: string | null, rows: readonly Row[], hasInvoiceColumn: boolean): Surveyed[] {
  const charges = rows.filter(([, reason]) => reason === null);
  if (charges.length === 0) return [];
  const readable = rows.filter(([, , currency, day]) => currency && day);
  const days = readable
    .flatMap(([, , , day, , , , , , start, end]) => [day, start, end])
    .filter((day) => day !== null && day !== undefined);
  const [first = '', last = ''] = [days.reduce((a, b) => (a < b ? a : b)), days.reduce((a, b) => (a > b ? a : b))];
  const isOpen = hasInvoiceColumn && rows.every((row) => Number(row[11]) === 0);
  return [
    {
      payer,
      charges: charges.reduce((sum, row) => sum + Number(row[4]), 0),
      window: {
        start: firstDay(monthOf(first)),
        end: firstDay(addMonths(monthOf(last), 1)),
      },
      controls: controlsOf(readable, isOpen),
    },
  ];
}

function controlsOf(rows: readonly Row[], isOpen: boolean): ControlTotal[] {
  return [...Map.groupBy(rows, ([, , currency, day]) => `${day} ${currency}`)].map(([, same]) => {
    const [first] = same;
    const sum = (index: number, of: readonly Row[]): string => plain(sumExact(of.map((row) => exact(row[index] ?? '0'))));
    const refused = same.filter(([, reason]) => reason !== null);
    const control = {
      day: first?.[3] ?? '',
      currency: first?.[2] ?? '',
      billedCost: sum(5, same),
      effectiveCost: sum(6, same),
      estimated: isOpen,
    };
    return refused.length === 0
      ? control
      : {
          ...control,
          unreadCredits: {
            billedCost: sum(7, refused),
            effectiveCost: sum(8, refused),
          },
        };
  });
}
