import type { Day, Period } from '../../../kernel/calendar.ts';
import { addDays, contains, isDay } from '../../../kernel/calendar.ts';
import { type DecimalString, exact, isPlainDecimal, plain } from '../../../kernel/money.ts';
import type { Metrics } from './schema.ts';

/** A row that cannot be read: it goes to quarantine with this reason, the rest lands. */
export class UnreadableRow extends Error {}

/** The metrics that a question asks for; the mapper below says what becomes of them. */
export const COST_METRICS = ['NetUnblendedCost', 'UnblendedCost', 'NetAmortizedCost', 'AmortizedCost'] as const;

interface Costs {
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
  readonly currency: string;
}

/**
 * Cost Explorer's metrics in FOCUS's words; the one place that says which becomes which.
 *
 * | FOCUS            | Cost Explorer                                                     |
 * |------------------|-------------------------------------------------------------------|
 * | `billedCost`     | NetUnblendedCost; UnblendedCost where AWS sends no net figure      |
 * | `effectiveCost`  | NetAmortizedCost; AmortizedCost where AWS sends no net figure      |
 * | `listCost`       | nothing: Cost Explorer has no list cost, so it stays unknown       |
 * | `contractedCost` | nothing, for the same reason                                      |
 */
export function costsOf(metrics: Metrics): Costs {
  const billed = metrics.NetUnblendedCost ?? metrics.UnblendedCost;
  const effective = metrics.NetAmortizedCost ?? metrics.AmortizedCost;
  if (!billed || !effective) throw new UnreadableRow('a cost metric is missing');
  if (billed.Unit !== effective.Unit) throw new UnreadableRow('two currencies in one row');
  if (!/^[A-Z]{3}$/.test(billed.Unit)) throw new UnreadableRow('the unit of the cost is not a currency');
  return {
    billedCost: decimalOf(billed.Amount),
    effectiveCost: decimalOf(effective.Amount),
    currency: billed.Unit,
  };
}

/** Quantity and unit of a row that holds one usage type; "N/A" is AWS's word for an unknown unit. */
export function usageOf(metrics: Metrics): { usageQuantity: DecimalString | null; usageUnit: string | null } {
  const usage = metrics.UsageQuantity;
  if (!usage) return { usageQuantity: null, usageUnit: null };
  return { usageQuantity: decimalOf(usage.Amount), usageUnit: usage.Unit === 'N/A' || usage.Unit === '' ? null : usage.Unit };
}

/** Plain decimals pass digit by digit. A small number in exponent form ("1E-7") is written out; anything else is unreadable. */
export function decimalOf(text: string): DecimalString {
  const written = /^-?\d(\.\d{1,18})?[eE]-\d{1,2}$/.test(text) ? plain(exact(text)) : text;
  if (!isPlainDecimal(written)) throw new UnreadableRow('an amount is not a decimal number');
  return /^-0+(\.0+)?$/.test(written) ? '0' : written;
}

/** The day of a daily row inside the window that was asked for. */
export function dayOfRow(row: { readonly Start: string; readonly End: string }, window: Period): Day {
  if (!isDay(row.Start)) throw new UnreadableRow('the period does not start on a day');
  if (row.End !== addDays(row.Start, 1)) throw new UnreadableRow('the period is not one day');
  if (!contains(window, row.Start)) throw new UnreadableRow('the day lies outside the window that was asked for');
  return row.Start;
}
