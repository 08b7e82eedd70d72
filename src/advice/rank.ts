import { type Exact, exact } from '../kernel/money.ts';
import type { Effort } from '../ledger/aws-recommendation.ts';
import { isLive } from './deduplicate.ts';
import type { Recommendation } from './recommendation.ts';

/** How much more saving it takes to prefer the harder action. Ours: Cost Optimization Hub names the efforts and gives them no weight. */
const EFFORT_WEIGHT: Readonly<Record<Effort, number>> = { VeryLow: 1, Low: 2, Medium: 3, High: 5, VeryHigh: 8 };

/** Net savings x confidence / effort, the best first; what people put aside comes last; ties by id. */
export function rank(recommendations: readonly Recommendation[]): Recommendation[] {
  return recommendations
    .map((item) => ({ item, live: isLive(item), score: scoreOf(item) }))
    .sort((a, b) => Number(b.live) - Number(a.live) || b.score.cmp(a.score) || (a.item.id < b.item.id ? -1 : 1))
    .map(({ item }) => item);
}

export function scoreOf({ netMonthlySavings, confidence, effort }: Recommendation): Exact {
  return exact(netMonthlySavings).mul(confidence.level).div(EFFORT_WEIGHT[effort]);
}
