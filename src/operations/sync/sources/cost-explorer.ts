import { pullCosts, SLICES, sourceOf } from '../pull-costs.ts';
import type { Source } from '../source.ts';

/** The bill, slice by slice. */
export const costExplorer: Source = {
  id: 'costExplorer',
  phase: 'bill',
  steps: SLICES.length,
  runSources: SLICES.map(sourceOf),
  pull: async (context, plan) => {
    const costs = await pullCosts(context, plan);
    return { entries: costs.entries, costs };
  },
};
