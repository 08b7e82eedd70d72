import type { Locale } from '../kernel/locale.ts';
import type { Catalogue, CatalogueEntry } from './catalogue-entry.ts';
import { explain } from './explain.ts';
import type { Advice, Recommendation } from './recommendation.ts';

/** A recommendation as strangers may rely on it: with its title in their language and its confidence as a number 0..1. */
export interface RecommendationRow extends Omit<Recommendation, 'confidence'> {
  readonly title: string;
  readonly confidence: number;
  /** Message ids of what widens the range. */
  readonly confidenceBecause: readonly string[];
}

export interface AdviceDocument extends Omit<Advice, 'recommendations'> {
  readonly basis: 'runningCost';
  /** All amounts are for a month of this many hours. */
  readonly hoursPerMonth: 730;
  readonly recommendations: readonly RecommendationRow[];
}

/** What `advise --json` and the API print. Closed recommendations are history and are left out. */
export function adviceDocument(advice: Advice, catalogue: Catalogue, locale: Locale): AdviceDocument {
  const { asOf, dataAsOf, currency, totals, waterfall, hubReconciliation, notJudged, judged, belowMinimumSaving } = advice;
  const entries = entriesById(catalogue);
  const open = advice.recommendations.filter((item) => item.status !== 'closed');
  return {
    asOf,
    dataAsOf,
    currency,
    basis: 'runningCost',
    hoursPerMonth: 730,
    totals,
    waterfall,
    hubReconciliation,
    recommendations: open.map((item) => recommendationRow(item, entries.get(item.detectorId), locale)),
    notJudged,
    judged,
    belowMinimumSaving,
    policyVersions: advice.policyVersions,
  };
}

/** A recommendation whose detector is no longer in the catalogue keeps its id for a title. */
export function recommendationRow(item: Recommendation, entry: CatalogueEntry | undefined, locale: Locale): RecommendationRow {
  const { confidence, ...rest } = item;
  return {
    ...rest,
    title: entry ? explain(entry, item, locale).title : item.detectorId,
    confidence: confidence.level,
    confidenceBecause: confidence.because,
  };
}

export function entriesById(catalogue: Catalogue): ReadonlyMap<string, CatalogueEntry> {
  return new Map(catalogue.map((entry) => [entry.detector.id, entry]));
}
