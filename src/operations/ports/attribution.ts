import type { Period } from '../../kernel/calendar.ts';
import type { AttributionKind, AttributionLine } from '../../ledger/attribution.ts';
import type { TenantScope } from '../scope.ts';

interface Named {
  readonly kind: AttributionKind;
  readonly key: string;
}

/** runningCost by the values of cost allocation tags and cost categories, day by day. */
export interface AttributionStore {
  /** Replaces the window's days of this key over this connection, split by account assignment. In one transaction; CONFLICT when the run was taken over. */
  replace(
    scope: TenantScope,
    input: Named & {
      readonly connectionId: string;
      readonly runId: string;
      readonly window: Period;
      readonly lines: readonly AttributionLine[];
    },
  ): Promise<{ readonly rows: number; readonly tenants: number }>;
  /** The tenant's own, by day, account, state and value. An account and day that two connections saw is told by the newer one. */
  read(scope: TenantScope, question: Named & { readonly period: Period }): Promise<readonly AttributionLine[]>;
}
