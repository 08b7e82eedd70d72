import { Exact, plain, sumExact } from '../kernel/money.ts';
import { isLive } from './deduplicate.ts';
import { OVERLAP_REASONS, type Recommendation, type Waterfall } from './recommendation.ts';

/** Over what is open or accepted: gross, what is taken off by reason, net. Exact: gross less the reductions is net. */
export function waterfallOf(recommendations: readonly Recommendation[]): Waterfall {
  const live = recommendations.filter(isLive);
  const steps = OVERLAP_REASONS.map((because) => {
    const amounts = live.flatMap(({ reductions }) =>
      reductions.filter((item) => item.because === because).map(({ amount }) => amount),
    );
    return { because, amount: sumExact(amounts), count: amounts.length };
  });
  const gross = sumExact(live.map(({ savings }) => savings.expected));
  return {
    gross: plain(gross),
    reductions: steps.filter(({ count }) => count > 0).map(({ amount, ...step }) => ({ ...step, amount: plain(amount) })),
    net: plain(steps.reduce((left, { amount }) => left.minus(amount), new Exact(gross))),
  };
}
