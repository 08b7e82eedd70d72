import type { Month, Period } from '../../kernel/calendar.ts';
import type { DecimalString } from '../../kernel/money.ts';

export interface WorkloadQuestion {
  readonly currency: string;
  /** Whole months. */
  readonly period: Period;
}

/** What a workload of the newest plan paid for a service in a month. */
export interface WorkloadCost {
  /** null: no workload has it. */
  readonly workload: string | null;
  /** As Cost Explorer names it; '' where the source names none, '__unattributed__' for what a total has and no line has. */
  readonly serviceName: string;
  readonly month: Month;
  /** null: not known on this basis. */
  readonly runningCost: DecimalString | null;
  /** The part of it from days before the wave's cut-over. */
  readonly runningCostBeforeCutOver: DecimalString;
  readonly billedCost: DecimalString | null;
}

/** What a workload used of a usage type since its cut-over, in a month of which every day is known line by line. */
export interface WorkloadUsage {
  readonly workload: string;
  readonly serviceName: string;
  /** Without region. */
  readonly meterKind: string;
  readonly month: Month;
  readonly usageQuantity: DecimalString;
  readonly effectiveCost: DecimalString;
  /** null: a reservation hides what it would cost on demand, and the source tells no list cost. */
  readonly onDemandCost: DecimalString | null;
}

/** What an account paid that no workload of the newest plan has. */
export interface UnassignedAccount {
  /** null: of what a total has and no account has. */
  readonly accountId: string | null;
  /** null: not known on this basis. */
  readonly runningCost: DecimalString | null;
  readonly billedCost: DecimalString | null;
}
