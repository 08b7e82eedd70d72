import type { PlanCoverage, PlanUtilization, ReservationUtilization } from './commitment-use.ts';
import type { KnownFact } from './fact.ts';
import type { HourlyUsage } from './hourly-usage.ts';
import type { PlanPurchaseAdvice, ReservationPurchaseAdvice } from './purchase-advice.ts';

/** A figure of Cost Explorer and the month that it is about. */
export type OfMonth<Body> = Pick<KnownFact<Body>, 'connectionId' | 'day' | 'body'>;

/** What a tenant may know, in its price view, of how commitments are used and what else they could cover. */
export interface CommitmentFacts {
  /** Whether anybody could tell which plans are owned. False: an empty list of commitments says nothing. */
  readonly isOwnedKnown: boolean;
  /** On-demand usage of the spend window, as far as it is known by the hour, in the snapshot's currency. */
  readonly hourly: HourlyUsage;
  readonly planUse: readonly OfMonth<PlanUtilization>[];
  readonly planCoverage: readonly OfMonth<PlanCoverage>[];
  readonly reservationUse: readonly OfMonth<ReservationUtilization>[];
  /** What AWS itself would buy: alternatives, never to be added up. */
  readonly awsPlans: readonly PlanPurchaseAdvice[];
  readonly awsReservations: readonly ReservationPurchaseAdvice[];
  /** Usage types whose Savings Plans rates were asked: one without a rate is covered by no plan. */
  readonly planRatesAsked: readonly string[];
}

export const NO_COMMITMENT_FACTS: CommitmentFacts = {
  isOwnedKnown: false,
  hourly: { usage: [], knownDays: [] },
  planUse: [],
  planCoverage: [],
  reservationUse: [],
  awsPlans: [],
  awsReservations: [],
  planRatesAsked: [],
};
