import { pullComputeOptimizerSettings, SETTINGS } from '../pull-compute-optimizer-settings.ts';
import type { Source } from '../source.ts';

/** Who takes part in Compute Optimizer, how machines are judged, and AWS's own sums. */
export const computeOptimizerSettings: Source = {
  id: 'computeOptimizerSettings',
  phase: 'facts',
  steps: 1,
  runSources: [SETTINGS],
  pull: async (context, plan) => {
    plan.step(SETTINGS);
    return { entries: [await pullComputeOptimizerSettings(context, plan)] };
  },
};
