import { ATTRIBUTION, pullAttribution } from '../pull-attribution.ts';
import type { Source } from '../source.ts';

/** Cost by the cost allocation tags that the plan names and by the payer's cost categories, with what is not attributable. */
export const attribution: Source = {
  id: 'attribution',
  phase: 'facts',
  steps: 1,
  // The bridge reads whole months; a week keeps the open one near enough.
  everyDays: 7,
  isPaid: true,
  runSources: [ATTRIBUTION],
  pull: async (context, plan) => {
    plan.step(ATTRIBUTION);
    return { entries: await pullAttribution(context, plan) };
  },
};
