import type { DecidedStatus } from '../../advice/decision.ts';
import { legalDecisions } from '../../advice/decision.ts';
import { findSubject, type NamedResource } from '../../advice/find-subject.ts';
import { RECOMMENDATION_STATUSES, type Recommendation } from '../../advice/recommendation.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';

/** All that match each of these; what was left out matches everything. */
export interface DecisionFilter {
  readonly detector?: string;
  readonly account?: string;
  readonly region?: string;
  readonly category?: string;
  /** Left out: every status from which it is legal, but none that stands like that already. */
  readonly status?: string;
}

const FILTERS = ['detector', 'account', 'region', 'category', 'status'] as const;

/** "detector=…,account=…" as people type it. */
export function readFilter(text: string): DecisionFilter {
  const filter: Partial<Record<(typeof FILTERS)[number], string>> = {};
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const [name, value] = [FILTERS.find((known) => known === part.slice(0, at).trim()), part.slice(at + 1).trim()];
    if (at < 1 || name === undefined || value === '' || filter[name] !== undefined) throw wrongFilter(part);
    if (name === 'status' && !RECOMMENDATION_STATUSES.some((status) => status === value)) throw wrongFilter(part);
    filter[name] = value;
  }
  return filter;
}

export function matching(items: readonly Recommendation[], filter: DecisionFilter, to: DecidedStatus): readonly Recommendation[] {
  return items.filter(
    (item) =>
      (filter.detector === undefined || item.detectorId === filter.detector) &&
      (filter.account === undefined || item.accountId === filter.account) &&
      (filter.region === undefined || item.regionId === filter.region) &&
      (filter.category === undefined || item.category === filter.category) &&
      (filter.status === undefined ? item.status !== to && legalDecisions(item).includes(to) : item.status === filter.status),
  );
}

/** Each in turn. NOT_FOUND where one names nothing, INVALID_INPUT where it names several. */
export function allNamed(texts: readonly string[], items: readonly Recommendation[]): readonly Recommendation[] {
  return texts.map((text, index) => {
    const item = named(text, items);
    if (item === null) throw unknownRecommendation(index + 1, texts.length);
    return item;
  });
}

/** A recommendation by its id, or the only one on a resource that is named as `explain` takes it. */
function named(text: string, items: readonly Recommendation[]): Recommendation | null {
  const byId = items.find(({ id }) => id === text);
  if (byId) return byId;
  const advised = items.filter((item): item is typeof item & NamedResource => item.resourceId !== null);
  const found = findSubject({ text }, { resources: [], accounts: [] }, advised);
  if (found.kind === 'none') return null;
  const isMeant = (item: Recommendation): boolean =>
    found.kind === 'resource'
      ? item.resourceId === found.resource.resourceId &&
        item.accountId === found.resource.accountId &&
        item.regionId === found.resource.regionId
      : found.kind === 'candidates'
        ? found.candidates.some(({ resourceId }) => resourceId === item.resourceId)
        : item.accountId === found.accountId;
  const meant = items.filter(isMeant);
  const standing = meant.filter(({ status }) => status !== 'closed');
  const [only, ...others] = standing.length > 0 ? standing : meant;
  if (!only) return null;
  if (others.length > 0) throw severalAbout(text, [only, ...others]);
  return only;
}

/** Says which of several it was, and not what was typed: that may be somebody else's. */
export function unknownRecommendation(position = 1, of = 1): AdvisorError {
  return new AdvisorError(
    'NOT_FOUND',
    `There is no such recommendation${of > 1 ? `: the one named as number ${position} of ${of}` : ''}.`,
    'List the recommendations and take an id from there.',
  );
}

function severalAbout(text: string, items: readonly Recommendation[]): AdvisorError {
  const shown = items.slice(0, 5).map(({ id, detectorId, status }) => `${id} (${detectorId}, ${status})`);
  return new AdvisorError(
    'INVALID_INPUT',
    `There are ${items.length} recommendations about "${oneLine(text, 120)}": ${shown.join('; ')}${items.length > 5 ? '; …' : ''}.`,
    'Give the id of the one that is meant, or several of them.',
  );
}

function wrongFilter(part: string): AdvisorError {
  return new AdvisorError(
    'INVALID_INPUT',
    `"${oneLine(part, 100)}" is no part of a filter.`,
    `Write name=value, each once, divided by commas. Names: ${FILTERS.join(', ')}; status is one of ${RECOMMENDATION_STATUSES.join(', ')}.`,
  );
}
