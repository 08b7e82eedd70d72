import type { StatementMapping } from '../../ledger/statement-mapping.ts';
import type { TenantScope } from '../scope.ts';

export interface SavedMapping {
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
  readonly mapping: StatementMapping;
}

/** A tenant's own; earlier versions stay. */
export interface StatementMappings {
  save(scope: TenantScope, mapping: StatementMapping): Promise<{ readonly version: number }>;
  /** The newest version of each, by name. */
  list(scope: TenantScope): Promise<readonly SavedMapping[]>;
}
