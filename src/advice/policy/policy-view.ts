import { type HearingFact, hearingOf } from '../../ledger/hearing.ts';
import { type Organization, organizationOf } from '../../ledger/organization.ts';
import type { ResourceFacts } from '../../ledger/resource.ts';
import type { PolicyDocument } from './document.ts';
import { type Environment, usualEnvironment } from './environment.ts';
import { type SettingsBook, settingsBook } from './settings.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** What a detector names when it asks what the organisation decided for it. */
export type PolicySubject = Pick<ResourceFacts, 'accountId' | 'resourceId' | 'tags'>;
export type Changeable = 'size' | 'family' | 'architecture';

/** What the organisation decided, for detectors: `view.policy`. */
export interface PolicyView extends SettingsBook {
  /** Null: nobody said, so neither may be assumed. */
  environmentOf(resource: PolicySubject): Environment | null;
  /** When people work with it; Monday to Friday 9 to 18 in Tokyo without Japanese public holidays, where nobody said otherwise. */
  workingHours(resource: PolicySubject): WorkingCalendar;
  /** Whether the organisation allows this type ("m7i.large", "db.r6g.xlarge"). */
  mayUseType(resource: PolicySubject, instanceType: string): boolean;
  /** Whether it may run there, and its data may be kept there. */
  mayUseRegion(resource: PolicySubject, regionId: string): boolean;
  /** What its licence allows to change; null: the policy says nothing of a licence. */
  licenceAllows(resource: PolicySubject): readonly Changeable[] | null;
}

/** Policies from the widest to the narrowest, with what they need to know of accounts. */
export interface Policy {
  readonly documents: readonly PolicyDocument[];
  readonly organization: Organization;
  readonly versions: PolicyVersions;
}

/** Which versions these are; null: there is none. */
export interface PolicyVersions {
  readonly integrator: number | null;
  readonly tenant: number | null;
}

export const NO_POLICY: Policy = {
  documents: [],
  organization: organizationOf([]),
  versions: { integrator: null, tenant: null },
};

export function policyViewOf(
  { documents, organization }: Pick<Policy, 'documents' | 'organization'>,
  hearing: readonly HearingFact[],
): PolicyView {
  const book = settingsBook(documents, organization);
  return {
    ...book,
    environmentOf: (resource) => {
      const said = book.settingsFor(resource).environment;
      if (said?.byTag) return said.value;
      const heard = hearingOf(hearing, resource);
      // Nearest first: of the tag, of the workload, of the account.
      if (heard?.environment || said === null) return usualEnvironment(heard, resource.tags);
      return said.value;
    },
    workingHours: (resource) => book.settingsFor(resource).calendar,
    mayUseType: (resource, instanceType) => {
      const { instanceFamilies } = book.settingsFor(resource);
      const family = familyOf(instanceType);
      return instanceFamilies === null || instanceFamilies.has(family) || instanceFamilies.has(family.replace(/^db\./, ''));
    },
    mayUseRegion: (resource, regionId) => book.settingsFor(resource).regions?.has(regionId) ?? true,
    licenceAllows: (resource) => book.settingsFor(resource).licence?.mayChange ?? null,
  };
}

/** "m7i.large" is of m7i, "db.m7i.large" of db.m7i. */
function familyOf(instanceType: string): string {
  return instanceType.slice(0, instanceType.lastIndexOf('.'));
}
