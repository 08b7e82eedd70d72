import { MONTH_COMPARISON, nextComparison, pullComparison } from '../pull-comparison.ts';
import type { Source } from '../source.ts';

/** Why a closed month differs from the one before it, as AWS tells it. */
export const monthComparison: Source = {
  id: 'monthComparison',
  phase: 'facts',
  answersForView: true,
  steps: 1,
  dueAfter: nextComparison,
  isPaid: true,
  runSources: [MONTH_COMPARISON],
  pull: async (context, plan) => {
    plan.step(MONTH_COMPARISON);
    return { entries: await pullComparison(context, plan) };
  },
};
