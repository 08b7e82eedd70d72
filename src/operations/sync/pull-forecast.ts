import { addMonths, firstDay, monthOf } from '../../kernel/calendar.ts';
import { isAdvisorError } from '../../kernel/failure.ts';
import { costForecast } from '../../ledger/forecast.ts';
import type { Context } from '../context.ts';
import { attempt, paidJob } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export const FORECAST = 'forecast';

/** The open month and the year after it: any fiscal year's landing. */
const MONTHS = 13;

/** AWS's own forecast, month by month. A young account has none, which is an answer: what was known before is taken back. */
export async function pullForecast(context: Context, plan: SourcePlan): Promise<readonly SyncEntry[]> {
  const { connection, asOf } = plan;
  const window = { start: asOf, end: firstDay(addMonths(monthOf(asOf), MONTHS)) };
  const entry = await attempt(context, paidJob(plan, FORECAST, window), async (options, runId): Promise<Outcome> => {
    const keep = { connectionId: connection.id, runId, type: costForecast, window: null };
    try {
      const facts = await context.ports.costSource.pullForecast(connection, window, options);
      return { rows: (await context.ports.facts.replace(context.scope, { ...keep, facts })).rows };
    } catch (error) {
      if (!isAdvisorError(error) || error.code !== 'DATA_UNAVAILABLE') throw error;
      await context.ports.facts.replace(context.scope, { ...keep, facts: [] });
      const message = 'AWS has too little history of this account for a forecast';
      const nextStep = 'Nothing to do: there is one after about a billing cycle.';
      return { rows: 0, gap: { code: error.code, message, nextStep } };
    }
  });
  return [entry];
}
