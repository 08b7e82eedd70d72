import { type HearingFact, hearingOf } from '../../ledger/hearing.ts';
import type { ResourceFacts } from '../../ledger/resource.ts';
import { type Environment, usualEnvironment } from './environment.ts';
import { USUAL_CALENDAR, type WorkingCalendar, workingCalendar } from './working-calendar.ts';

/** What a detector names when it asks what the organisation decided for it. */
export type PolicySubject = Pick<ResourceFacts, 'accountId' | 'resourceId' | 'tags'>;

/** What the organisation decided, for detectors: `view.policy`. */
export interface PolicyView {
  /** Null: nobody said, so neither may be assumed. */
  environmentOf(resource: PolicySubject): Environment | null;
  /** When people work with it; Monday to Friday 9 to 18 in Tokyo without Japanese public holidays, where nobody said otherwise. */
  workingHours(resource: PolicySubject): WorkingCalendar;
}

const CALENDAR = workingCalendar(USUAL_CALENDAR);

/** Without a policy of its own. */
export function usualPolicyView(hearing: readonly HearingFact[]): PolicyView {
  return {
    environmentOf: (resource) => usualEnvironment(hearingOf(hearing, resource), resource.tags),
    workingHours: () => CALENDAR,
  };
}
