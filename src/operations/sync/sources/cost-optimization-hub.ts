import { HUB, pullCostOptimizationHub } from '../pull-cost-optimization-hub.ts';
import type { Source } from '../source.ts';

/** AWS's own list of advice, each resource once, with its total. */
export const costOptimizationHub: Source = {
  id: 'costOptimizationHub',
  phase: 'facts',
  steps: 1,
  runSources: [HUB],
  pull: async (context, plan) => {
    plan.step(HUB);
    return { entries: [await pullCostOptimizationHub(context, plan)] };
  },
};
