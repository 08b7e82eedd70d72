import { entriesById, type RecommendationRow, recommendationRow } from '../advice/advice-document.ts';
import type { Catalogue } from '../advice/catalogue-entry.ts';
import { doubtInWords } from '../advice/doubt-words.ts';
import { type EvidenceInWords, evidenceInWords } from '../advice/evidence-words.ts';
import { type Explanation, explain } from '../advice/explain.ts';
import { AdvisorError } from '../kernel/failure.ts';
import type { Context } from './context.ts';
import { catalogueOf } from './policy/load-policy.ts';
import type { RecommendationStore } from './ports/recommendations.ts';

export interface RecommendationDetail {
  readonly recommendation: RecommendationRow;
  /** Null when its detector is no longer in the catalogue. */
  readonly explanation: Explanation | null;
  readonly evidence: readonly EvidenceInWords[];
  /** What makes us less sure, in words. */
  readonly doubts: readonly string[];
  readonly events: Awaited<ReturnType<RecommendationStore['events']>>;
}

/** One recommendation with evidence, words and history. NOT_FOUND for an unknown id, and in the same words for another tenant's. */
export async function getRecommendation(
  context: Context,
  { id, catalogue }: { readonly id: string; readonly catalogue: Catalogue },
): Promise<RecommendationDetail> {
  const { scope, ports, locale } = context;
  const item = await ports.recommendations.get(scope, id);
  if (item === null) {
    throw new AdvisorError(
      'NOT_FOUND',
      'There is no such recommendation.',
      'List the recommendations and take an id from there.',
    );
  }
  const entry = entriesById(await catalogueOf(context, catalogue)).get(item.detectorId);
  return {
    recommendation: recommendationRow(item, entry, locale),
    explanation: entry ? explain(entry, item, locale) : null,
    evidence: evidenceInWords(item.evidence, item.currency, locale),
    doubts: item.confidence.because.map((because) => doubtInWords(because, locale)),
    events: await ports.recommendations.events(scope, id),
  };
}
