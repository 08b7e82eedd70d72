import { addDays } from '../../../kernel/calendar.ts';
import { rightsizingAdviceFact, rightsizingSummaryFact } from '../../../ledger/rightsizing-advice.ts';
import type { Context } from '../../context.ts';
import type { PullOptions } from '../../ports/cost-source.ts';
import { attempt, paidJob } from '../attempt.ts';
import type { Outcome } from '../entry.ts';
import { orGap } from '../gap.ts';
import type { Source, SourcePlan } from '../source.ts';

const RIGHTSIZING = 'rightsizingAdvice';
/** What AWS looks back on (Cost Management guide, rightsizing, read 2026-11). */
const LOOKBACK_DAYS = 14;

/** Cost Explorer's own advice on EC2 machines: observed facts, never added to other advice. */
export const rightsizingAdvice: Source = {
  id: 'rightsizingAdvice',
  phase: 'facts',
  steps: 1,
  // Each page is paid, and Compute Optimizer says the same for nothing.
  everyDays: 30,
  isPaid: true,
  runSources: [RIGHTSIZING],
  pull: async (context, plan) => {
    plan.step(RIGHTSIZING);
    const job = paidJob(plan, RIGHTSIZING, { start: addDays(plan.asOf, -LOOKBACK_DAYS), end: plan.asOf });
    return {
      entries: [await attempt(context, job, (options, runId) => orGap(() => ask(context, plan, options, runId)))],
    };
  },
};

async function ask({ scope, ports }: Context, { connection }: SourcePlan, options: PullOptions, runId: string): Promise<Outcome> {
  const { advice, summary, unread } = await ports.awsAdvice.pullRightsizing(connection, options);
  const written = { connectionId: connection.id, runId, window: null };
  await ports.facts.replace(scope, {
    ...written,
    type: rightsizingAdviceFact,
    facts: advice,
  });
  await ports.facts.replace(scope, {
    ...written,
    type: rightsizingSummaryFact,
    facts: [summary],
  });
  return { rows: advice.length, quarantined: unread.length };
}
