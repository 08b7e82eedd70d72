import type { Period } from '../../kernel/calendar.ts';
import type { Fact, FactType, KnownFact } from '../../ledger/fact.ts';
import type { TenantScope } from '../scope.ts';

/** Facts of every kind beside the bill, split by account assignment like the charges. */
export interface FactStore {
  /**
   * Replaces what this connection said before of this kind: all of it, or only the days of `window` (days outside it are kept, so that
   * what a source forgets stays known). Two facts of one day and key: the last one given is kept. Bodies are held against the type's schema
   * first: one that does not fit throws and nothing is written. In one transaction; CONFLICT when the run was taken over.
   */
  replace<Body>(
    scope: TenantScope,
    input: {
      readonly connectionId: string;
      readonly runId: string;
      readonly type: FactType<Body>;
      readonly window: Period | null;
      readonly facts: readonly Fact<Body>[];
    },
  ): Promise<{ readonly rows: number; readonly tenants: number }>;
  /** The tenant's own, of all its connections, by day, key and connection. With `period` only facts of its days. */
  read<Body>(scope: TenantScope, type: FactType<Body>, period?: Period): Promise<readonly KnownFact<Body>[]>;
}
