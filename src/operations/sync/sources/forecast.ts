import { FORECAST, pullForecast } from '../pull-forecast.ts';
import type { Source } from '../source.ts';

/** What AWS itself expects the coming months to cost. */
export const forecast: Source = {
  id: 'forecast',
  phase: 'facts',
  answersForView: true,
  steps: 1,
  everyDays: 7,
  lookedOn: ({ start }) => start,
  isPaid: true,
  runSources: [FORECAST],
  pull: async (context, plan) => {
    plan.step(FORECAST);
    return { entries: await pullForecast(context, plan) };
  },
};
