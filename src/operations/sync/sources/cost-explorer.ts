import { COST_RUNS, pullCosts } from '../pull-costs.ts';
import type { Source } from '../source.ts';

/** The bill: its totals, and of its slices what the plan of requests finds worth asking today. */
export const costExplorer: Source = {
  id: 'costExplorer',
  phase: 'bill',
  answersForView: true,
  steps: 5,
  everyDays: 0,
  isPaid: true,
  runSources: COST_RUNS,
  pull: async (context, plan) => {
    const costs = await pullCosts(context, plan);
    return { entries: costs.entries, costs };
  },
};
