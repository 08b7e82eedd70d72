import type { ExemptInput } from '../../advice/exempt.ts';
import { type Day, dayOf } from '../../kernel/calendar.ts';
import type { Context } from '../context.ts';

/**
 * What is accepted, for a turn of advice. Asked on the day of the decision: figures may be older than that, and whoever looks ahead sees what
 * will have come back by then.
 */
export async function decidedExemptions(
  { scope, ports, now }: Context,
  asOf: Day,
): Promise<Pick<ExemptInput, 'exemptions' | 'day'>> {
  const today = dayOf(now());
  return { exemptions: await ports.exemptions.current(scope), day: asOf > today ? asOf : today };
}
