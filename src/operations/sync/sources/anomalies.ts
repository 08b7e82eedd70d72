import { ANOMALIES, pullAnomalies } from '../pull-anomalies.ts';
import type { Source } from '../source.ts';

/** What AWS's anomaly detection found. */
export const anomalies: Source = {
  id: 'anomalies',
  phase: 'facts',
  steps: 1,
  everyDays: 3,
  isPaid: true,
  runSources: [ANOMALIES],
  pull: async (context, plan) => {
    plan.step(ANOMALIES);
    return { entries: await pullAnomalies(context, plan) };
  },
};
