import type { Day, Month, Period } from '../../kernel/calendar.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { Contract, ContractTerms } from '../../ledger/contract.ts';
import type { TenantScope } from '../scope.ts';

export interface BilledByChargeType {
  readonly month: Month;
  readonly currency: string;
  /** The source's own word; null where it is not told. */
  readonly chargeType: string | null;
  readonly billedCost: DecimalString;
}

export interface ContractStore {
  /** Each as it stands, by start, name and id. */
  list(scope: TenantScope): Promise<readonly Contract[]>;
  /** `id` null: a new contract. Else its next revision; NOT_FOUND for one that the tenant does not have. */
  record(
    scope: TenantScope,
    contract: {
      readonly id: string | null;
      readonly name: string;
      readonly startsOn: Day;
      readonly endsOn: Day | null;
      readonly terms: ContractTerms;
    },
  ): Promise<Contract>;
  /** Whether this tenant, or one that accounts of its connection are assigned to, has a contract that had not ended on `since`. */
  anyOver(scope: TenantScope, question: { readonly connectionId: string; readonly since: Day }): Promise<boolean>;
  /** The bill by month and charge type, on the invoice's basis; each account over the connection that counts. */
  billedByChargeType(scope: TenantScope, period: Period): Promise<readonly BilledByChargeType[]>;
}
