import { entriesById, type RecommendationRow, recommendationRow } from '../advice/advice-document.ts';
import type { Catalogue } from '../advice/catalogue-entry.ts';
import { missingInWords } from '../advice/missing-words.ts';
import type { Advice, HubReconciliation, NotJudged, Totals, Waterfall } from '../advice/recommendation.ts';
import type { Day } from '../kernel/calendar.ts';
import type { Context } from './context.ts';
import { catalogueOf } from './policy/load-policy.ts';
import type { RecommendationFilter, RecommendationPage, RecommendationSort } from './ports/recommendations.ts';

export interface ListRecommendationsInput {
  readonly filter: RecommendationFilter;
  readonly sort: RecommendationSort;
  readonly limit: number;
  readonly after: RecommendationPage['next'];
  readonly catalogue: Catalogue;
}

/** `title` is the rule's, `missing` the fact that was not there, both in the reader's language. */
export interface NotJudgedRow extends NotJudged {
  readonly title: string;
  readonly missing: string;
}

export interface RecommendationList {
  readonly items: readonly RecommendationRow[];
  readonly next: RecommendationPage['next'];
  /** Of all that match, not of this page. */
  readonly count: number;
  /** Of the whole last turn, whatever the filter; null before the first one. */
  readonly latest: {
    readonly asOf: Day;
    readonly dataAsOf: Day | null;
    readonly currency: string;
    readonly totals: Totals;
    /** Null of a turn before it was kept. */
    readonly waterfall: Waterfall | null;
    readonly hubReconciliation: HubReconciliation | null;
    /** What could not be told, and why: shown beside the advice, never hidden. */
    readonly notJudged: readonly NotJudgedRow[];
    readonly judged: Advice['judged'];
    readonly belowMinimumSaving: Advice['belowMinimumSaving'];
    readonly policyVersions: Advice['policyVersions'];
  } | null;
}

/** A page of what the store holds, with titles in the reader's language. */
export async function listRecommendations(
  context: Context,
  { catalogue, ...question }: ListRecommendationsInput,
): Promise<RecommendationList> {
  const { scope, ports, locale } = context;
  const [page, latest] = await Promise.all([ports.recommendations.list(scope, question), ports.recommendations.latest(scope)]);
  const entries = entriesById(await catalogueOf(context, catalogue));
  return {
    items: page.items.map((item) => recommendationRow(item, entries.get(item.detectorId), locale)),
    next: page.next,
    count: page.count,
    latest: latest && {
      asOf: latest.asOf,
      dataAsOf: latest.dataAsOf,
      currency: latest.currency,
      totals: latest.totals,
      waterfall: latest.waterfall,
      hubReconciliation: latest.hubReconciliation,
      notJudged: latest.notJudged.map((item) => ({
        ...item,
        title: entries.get(item.detectorId)?.prose.title[locale] ?? item.detectorId,
        missing: missingInWords(item.because, locale),
      })),
      judged: latest.judged,
      belowMinimumSaving: latest.belowMinimumSaving,
      policyVersions: latest.policyVersions,
    },
  };
}
