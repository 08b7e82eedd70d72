import type { Day } from '../kernel/calendar.ts';
import { type ResourceFacts, type Tag, tagValue } from './resource.ts';

type Matchable = Pick<ResourceFacts, 'accountId' | 'resourceId' | 'tags'>;

/** What only a person can know of a workload. Absent means nobody was asked; then confidence is low. */
export interface HearingFact {
  readonly workload: string;
  readonly matches: ResourceMatch;
  readonly environment: 'production' | 'staging' | 'development' | null;
  readonly criticality: 'high' | 'medium' | 'low' | null;
  /** `standby` looks idle on purpose. */
  readonly disasterRecoveryRole: 'active' | 'standby' | 'none' | null;
  readonly operatingHours: string | null;
  /** A licence bound to the present machine (cores, host, architecture): no Graviton, no resize without asking. */
  readonly licenceBound: boolean | null;
  readonly endDate: Day | null;
}

/** Any one hit is a match; a workload without any selector matches nothing. */
export interface ResourceMatch {
  readonly accountIds: readonly string[];
  readonly resourceIds: readonly string[];
  readonly tags: readonly Tag[];
}

export function isMatch(match: ResourceMatch, resource: Matchable): boolean {
  return (
    match.resourceIds.includes(resource.resourceId) ||
    match.accountIds.includes(resource.accountId) ||
    match.tags.some(({ key, value }) => tagValue(resource.tags, key) === value)
  );
}

/** The first workload in list order that matches: the list is ordered by the person who wrote it. */
export function hearingOf(facts: readonly HearingFact[], resource: Matchable): HearingFact | null {
  return facts.find((fact) => isMatch(fact.matches, resource)) ?? null;
}
