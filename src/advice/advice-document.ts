import type { Locale } from '../kernel/locale.ts';
import type { Catalogue, CatalogueEntry } from './catalogue-entry.ts';
import { type DecisionFigures, decisionFigures } from './decision-figures.ts';
import { explain } from './explain.ts';
import type { Advice, Recommendation } from './recommendation.ts';

/** A recommendation as strangers may rely on it: with its title in their language and its confidence as a number 0..1. */
export interface RecommendationRow extends Omit<Recommendation, 'confidence'>, DecisionFigures {
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
  /** Accepted, and gone from the data: done, unless a person says otherwise. In no total. */
  readonly seenAsDone: readonly RecommendationRow[];
}

/** What `advise --json` and the API print. Closed recommendations are history and are left out, but for what waits to be confirmed as done. */
export function adviceDocument(advice: Advice, catalogue: Catalogue, locale: Locale): AdviceDocument {
  const { asOf, dataAsOf, currency, totals, waterfall, hubReconciliation, notJudged, judged, belowMinimumSaving } = advice;
  const entries = entriesById(catalogue);
  const open = advice.recommendations.filter((item) => item.status !== 'closed');
  const seenAsDone = advice.recommendations.filter((item) => item.closedBecause === 'seenAsDone');
  const rowOf = (item: Recommendation): RecommendationRow => recommendationRow(item, entries.get(item.detectorId), locale);
  return {
    asOf,
    dataAsOf,
    currency,
    basis: 'runningCost',
    hoursPerMonth: 730,
    totals,
    waterfall,
    hubReconciliation,
    recommendations: open.map(rowOf),
    seenAsDone: seenAsDone.map(rowOf),
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
    ...decisionFigures(item),
  };
}

export function entriesById(catalogue: Catalogue): ReadonlyMap<string, CatalogueEntry> {
  return new Map(catalogue.map((entry) => [entry.detector.id, entry]));
}
