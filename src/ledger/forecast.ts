import { z } from 'zod';
import { isDay } from '../kernel/calendar.ts';
import { defineFact } from './fact.ts';

const amount = z.string().regex(/^-?\d{1,20}(\.\d{1,18})?$/);
const day = z.string().refine(isDay);

const CostForecast = z.strictObject({
  start: day,
  end: day,
  low: amount,
  expected: amount,
  high: amount,
  percent: z.int().min(51).max(99),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type CostForecast = z.infer<typeof CostForecast>;

/**
 * AWS's own forecast of a month's cost (net unblended, everything), one fact a month. The body's period starts on the day of asking in the
 * open month: what is spent already is not in it. `percent` of the possible outcomes lie between low and high.
 */
export const costForecast = defineFact('costForecast', CostForecast);
