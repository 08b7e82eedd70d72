import { MONTH_COMPARISON, pullComparison } from '../pull-comparison.ts';
import type { Source } from '../source.ts';

/** Why a closed month differs from the one before it, as AWS tells it. */
export const monthComparison: Source = {
  id: 'monthComparison',
  phase: 'facts',
  answersForView: true,
  steps: 1,
  // Once a month, which the month itself tells.
  everyDays: 0,
  runSources: [MONTH_COMPARISON],
  pull: async (context, plan) => {
    plan.step(MONTH_COMPARISON);
    return { entries: await pullComparison(context, plan) };
  },
};
