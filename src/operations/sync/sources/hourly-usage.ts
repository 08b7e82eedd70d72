import { HOURLY_USAGE, pullHourlyUsage } from '../pull-hourly-usage.ts';
import type { Source } from '../source.ts';

/** On-demand usage by the hour, from which commitments are sized. */
export const hourlyUsage: Source = {
  id: 'hourlyUsage',
  phase: 'facts',
  steps: 1,
  // AWS keeps two weeks: every ten days loses nothing and leaves four for a failed run.
  everyDays: 10,
  isPaid: true,
  runSources: [HOURLY_USAGE],
  pull: async (context, plan) => {
    plan.step(HOURLY_USAGE);
    return { entries: await pullHourlyUsage(context, plan) };
  },
};
