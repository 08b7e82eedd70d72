import { ATTRIBUTION, nextAttribution, pullAttribution } from '../pull-attribution.ts';
import type { Source } from '../source.ts';

/** Cost by the cost allocation tags that the plan names and by the payer's cost categories, with what is not attributable. */
export const attribution: Source = {
  id: 'attribution',
  phase: 'facts',
  steps: 1,
  dueAfter: nextAttribution,
  isPaid: true,
  runSources: [ATTRIBUTION],
  pull: async (context, plan) => {
    plan.step(ATTRIBUTION);
    return { entries: await pullAttribution(context, plan) };
  },
};
