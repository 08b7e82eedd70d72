import { COMPUTE_OPTIMIZER, pullComputeOptimizer } from '../pull-compute-optimizer.ts';
import type { Source } from '../source.ts';

/** AWS's own measurements and advice by resource. */
export const computeOptimizer: Source = {
  id: 'computeOptimizer',
  phase: 'facts',
  steps: 1,
  everyDays: 0,
  runSources: [],
  pull: async (context, plan) => {
    plan.step(COMPUTE_OPTIMIZER);
    return { entries: [await pullComputeOptimizer(context, plan)] };
  },
};
