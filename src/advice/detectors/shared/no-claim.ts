import type { Effect, SavingsRange } from '../../detector.ts';

/** Nothing is claimed: what there is to gain lies elsewhere, or nobody can tell before somebody has looked. */
export const NO_CLAIM: { readonly savings: SavingsRange; readonly effect: Effect; readonly priceBasis: 'observed' } = {
  savings: { low: '0', expected: '0', high: '0' },
  effect: { component: '*', monthlyCost: '0' },
  priceBasis: 'observed',
};
