import { savingsPlanFact } from '../../../ledger/commitment.ts';
import { attempt } from '../attempt.ts';
import { orGap } from '../gap.ts';
import type { Source } from '../source.ts';

const SAVINGS_PLANS = 'savingsPlans';

/** The Savings Plans that are owned, with their ends. Free, so asked at every sync. */
export const commitments: Source = {
  id: 'commitments',
  phase: 'facts',
  steps: 1,
  everyDays: 0,
  runSources: [SAVINGS_PLANS],
  pull: async (context, { connection, onFailure, step }) => {
    step(SAVINGS_PLANS);
    const job = { connection, source: SAVINGS_PLANS, window: null, budget: null, onFailure };
    const work = attempt(context, job, (options, runId) =>
      orGap(async () => {
        const { facts, unread } = await context.ports.costSource.commitments.savingsPlans(connection, options);
        const { id: connectionId } = connection;
        await context.ports.facts.replace(context.scope, { connectionId, runId, type: savingsPlanFact, window: null, facts });
        return { rows: facts.length, quarantined: unread.length };
      }),
    );
    return { entries: [await work] };
  },
};
