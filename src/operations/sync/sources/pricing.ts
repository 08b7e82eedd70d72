import { PRICING, pullPrices } from '../pull-prices.ts';
import type { Source } from '../source.ts';

/** The list prices that the advice asks for. */
export const pricing: Source = {
  id: 'pricing',
  phase: 'prices',
  answersForView: true,
  steps: 1,
  everyDays: 0,
  runSources: [],
  pull: async (context, plan) => {
    plan.step(PRICING);
    return { entries: [await pullPrices(context, plan)] };
  },
};
