import { z } from 'zod';
import type { Month } from '../kernel/calendar.ts';
import { type DecimalString, Exact, plain, sumExact } from '../kernel/money.ts';
import { defineFact } from './fact.ts';

const amount = z.string().regex(/^-?\d{1,20}(\.\d{1,18})?$/);

/** One reason why a month cost more or less than the one before (net unblended, everything), as AWS tells it. */
const Driver = z.strictObject({
  serviceName: z.string().max(1024).nullable(),
  usageType: z.string().max(1024).nullable(),
  /** AWS's word (USAGE_CHANGE, CREDIT, TAX …); `remainder` is ours: what the drivers that were read leave of the difference. */
  type: z.string().max(100),
  name: z.string().max(1024),
  baseline: amount,
  comparison: amount,
  difference: amount,
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type ComparisonDriver = z.infer<typeof Driver>;

/** One fact a driver; its day is the first of the later month. */
export const comparisonDriver = defineFact('comparisonDriver', Driver);

export const REMAINDER = 'remainder';

export interface MonthComparison {
  readonly baseline: Month;
  readonly comparison: Month;
  readonly total: { readonly baseline: DecimalString; readonly comparison: DecimalString; readonly currency: string };
  readonly drivers: readonly ComparisonDriver[];
}

/** The drivers with a remainder, so that they add up to the difference of the two months exactly, and so do both months. */
export function withRemainder({ total, drivers }: Pick<MonthComparison, 'total' | 'drivers'>): readonly ComparisonDriver[] {
  const left = (month: 'baseline' | 'comparison'): Exact =>
    new Exact(total[month]).minus(sumExact(drivers.map((driver) => driver[month])));
  const [baseline, comparison] = [left('baseline'), left('comparison')];
  const difference = new Exact(total.comparison)
    .minus(total.baseline)
    .minus(sumExact(drivers.map((driver) => driver.difference)));
  if (baseline.isZero() && comparison.isZero() && difference.isZero()) return drivers;
  const amounts = { baseline: plain(baseline), comparison: plain(comparison), difference: plain(difference) };
  const rest = { serviceName: null, usageType: null, type: REMAINDER, name: REMAINDER, currency: total.currency };
  return [...drivers, { ...rest, ...amounts }];
}
