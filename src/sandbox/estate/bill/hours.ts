import type { Day } from '../../../kernel/calendar.ts';
import type { EstateCharge } from '../types.ts';
import { usageOf, WHOLE_DAY } from './day.ts';
import type { BillModel } from './model.ts';

/**
 * The day's lines hour by hour, hour 0 first: they add up to `lines`, the whole day as `month.ts` writes it, usage first. What no usage makes
 * (the month's fees, tax, support, credits) stands in the first hour.
 */
export function* hoursOf(model: BillModel, day: Day, lines: readonly EstateCharge[]): Generator<readonly EstateCharge[]> {
  const usage = usageOf(model, day);
  const others = lines.slice(usage(WHOLE_DAY).length);
  for (let hour = 0; hour < 24; hour++) {
    yield [...usage({ from: hour, until: hour + 1 }), ...(hour === 0 ? others : [])];
  }
}
