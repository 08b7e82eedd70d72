import type { Day, Month, Period } from '../../kernel/calendar.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { TenantScope } from '../scope.ts';
import type { KnownResource } from './cost-source.ts';

/** One day and currency of a slice as it lies in the ledger, with the source's own total by which it was reconciled. */
export interface KnownDay {
  readonly sliceId: string;
  readonly day: Day;
  readonly currency: string;
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
  readonly estimated: boolean;
  /** Only some accounts were asked for. */
  readonly isPartial: boolean;
  /** When the run began that wrote the day (ISO instant). */
  readonly readAt: string;
}

export interface KnownMonthSum {
  readonly month: Month;
  readonly accountId: string;
  readonly serviceName: string;
  readonly currency: string;
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
}

export interface AccountSpend {
  readonly accountId: string;
  readonly effectiveCost: DecimalString;
}

/** What the ledger holds of one connection of the tenant's own: what need not be asked again. */
export interface PullState {
  knownDays(scope: TenantScope, connectionId: string): Promise<readonly KnownDay[]>;
  /** Whole-month sums of a slice by account and service, and the accounts whose lines went to other tenants: those cannot be compared. */
  monthSums(
    scope: TenantScope,
    question: { readonly connectionId: string; readonly sliceId: string; readonly period: Period },
  ): Promise<{ readonly sums: readonly KnownMonthSum[]; readonly accountsElsewhere: readonly string[] }>;
  /** Resources with lines since a day, and the one account that they name. */
  knownResources(scope: TenantScope, connectionId: string, since: Day): Promise<readonly KnownResource[]>;
  /** Of a slice by account, largest first, ties by id. */
  spendByAccount(
    scope: TenantScope,
    question: { readonly connectionId: string; readonly sliceId: string; readonly period: Period },
  ): Promise<readonly AccountSpend[]>;
}
