import type { Exemption, ExemptionTerms } from '../../advice/exemption.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { TenantScope } from '../scope.ts';

export interface ExemptionStore {
  /** Each as it stands, those that are over included. By day of expiry and id. */
  current(scope: TenantScope): Promise<readonly Exemption[]>;
  /** All that was ever decided, by id and revision. */
  revisions(scope: TenantScope): Promise<readonly Exemption[]>;
  /**
   * All of them in one transaction. What one is about names it: the same again is its next revision, and no revision where it stands like that
   * already. Answers how each stands then, in the same order.
   */
  record(
    scope: TenantScope,
    input: { readonly terms: readonly ExemptionTerms[]; readonly decidedOn: Day },
  ): Promise<readonly Exemption[]>;
  /** NOT_FOUND for one that the tenant does not have; one that was ended stays as it is. */
  end(scope: TenantScope, input: { readonly id: string; readonly because: string }): Promise<Exemption>;
}
