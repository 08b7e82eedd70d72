import type { Detector } from '../advice/detector.ts';
import { priceQuestionsOf } from '../advice/price-questions.ts';
import type { Day } from '../kernel/calendar.ts';
import type { PriceQuestion } from '../ledger/price.ts';
import { dayToLook } from './advise.ts';
import type { Context } from './context.ts';

/** The list prices that the advice would ask for, from what the ledger holds now. NOT_FOUND while it is empty. */
export async function priceQuestions(
  context: Context,
  {
    asOf,
    currency,
    detectors,
  }: { readonly asOf?: Day | null; readonly currency?: string | null; readonly detectors: readonly Detector[] },
): Promise<PriceQuestion[]> {
  const question = { asOf: await dayToLook(context, asOf), currency: currency ?? null };
  return priceQuestionsOf(await context.ports.snapshots.snapshot(context.scope, question), detectors);
}
