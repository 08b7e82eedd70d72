import type { Day, Period } from '../../kernel/calendar.ts';
import type { Commitment } from '../../ledger/commitment.ts';
import type { PlanCoverage, PlanUtilization, ReservationCoverage, ReservationUtilization } from '../../ledger/commitment-use.ts';
import type { Fact } from '../../ledger/fact.ts';
import type { PlanPurchaseAdvice, ReservationPurchaseAdvice } from '../../ledger/purchase-advice.ts';
import type { SavingsPlanRate } from '../../ledger/savings-plan-rate.ts';
import type { Connection } from './connections.ts';
import type { PullOptions } from './cost-source.ts';

/** Facts of one kind as a source gave them, and why rows were left out. */
export interface FactPull<Body> {
  readonly facts: readonly Fact<Body>[];
  readonly unread: readonly string[];
}

/** What Cost Explorer says of commitments over some days (each grain by itself). */
export interface PlanUse {
  readonly utilizationByDay: FactPull<PlanUtilization>;
  readonly utilizationByMonth: FactPull<PlanUtilization>;
  readonly coverageByDay: FactPull<PlanCoverage>;
  readonly coverageByMonth: FactPull<PlanCoverage>;
}

export interface ReservationUse {
  readonly utilizationByDay: FactPull<ReservationUtilization>;
  readonly utilizationByMonth: FactPull<ReservationUtilization>;
  readonly coverageByMonth: FactPull<ReservationCoverage>;
  readonly inventory: FactPull<Commitment>;
}

/** The days to ask for: `window` by day, `months` each as a whole (the last may be cut). Ends lie before today. */
export interface UseQuestion {
  readonly window: Period;
  readonly months: readonly Period[];
}

/** One question for AWS's advice on plans: the members of the answer that we choose. */
export type PlanAdviceQuestion = Pick<
  PlanPurchaseAdvice,
  'planType' | 'termYears' | 'paymentOption' | 'lookbackDays' | 'accountScope'
>;
export type ReservationAdviceQuestion = Pick<
  ReservationPurchaseAdvice,
  'serviceName' | 'offeringClass' | 'termYears' | 'paymentOption' | 'lookbackDays' | 'accountScope'
>;

/** Usage types of machines and of database nodes, and regions for what has no instance; `asOf` is the day of reading. */
export interface RateQuestion {
  readonly usageTypes: readonly string[];
  readonly nodeUsageTypes: readonly string[];
  readonly regionIds: readonly string[];
  readonly asOf: Day;
}

/** AWS on what is committed, how it is used, and what it costs to commit. */
export interface CommitmentSource {
  /** Free. The plans of the connection's own account: for an organisation the payer's. */
  savingsPlans(connection: Connection, options: PullOptions): Promise<FactPull<Commitment>>;
  /** Cost Explorer, each page paid. DATA_UNAVAILABLE when there is no plan. */
  planUse(connection: Connection, question: UseQuestion, options: PullOptions): Promise<PlanUse>;
  /** Cost Explorer, each page paid, one service at a time (its name as on the bill). */
  reservationUse(
    connection: Connection,
    question: UseQuestion & { readonly serviceNames: readonly string[] },
    options: PullOptions,
  ): Promise<ReservationUse>;
  /** Cost Explorer, each page paid. AWS's advice as it last worked it out; no proposals is an answer. */
  planAdvice(connection: Connection, question: PlanAdviceQuestion, options: PullOptions): Promise<FactPull<PlanPurchaseAdvice>>;
  reservationAdvice(
    connection: Connection,
    question: ReservationAdviceQuestion,
    options: PullOptions,
  ): Promise<FactPull<ReservationPurchaseAdvice>>;
  /** Free. What plans on sale charge, dated `asOf`. */
  planRates(connection: Connection, question: RateQuestion, options: PullOptions): Promise<FactPull<SavingsPlanRate>>;
}
