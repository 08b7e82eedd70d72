import type { Recommendation } from '../advice/recommendation.ts';
import type { Context } from './context.ts';
import { unknownRecommendation } from './decisions/named.ts';
import type { HistoryEntry } from './ports/decisions.ts';

export interface RecommendationHistory {
  readonly id: string;
  readonly status: Recommendation['status'];
  /** First change first. */
  readonly entries: readonly HistoryEntry[];
}

/** Every change of one recommendation: by whom, when and why. NOT_FOUND for an unknown id, and in the same words for another tenant's. */
export async function recommendationHistory({ ports, scope }: Context, id: string): Promise<RecommendationHistory> {
  const item = await ports.recommendations.get(scope, id);
  if (item === null) throw unknownRecommendation();
  return { id, status: item.status, entries: await ports.decisions.history(scope, id) };
}
