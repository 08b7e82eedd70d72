import type pg from 'pg';
import { savingsPlanFact } from '../../../ledger/commitment.ts';
import { type CommitmentFacts, NO_COMMITMENT_FACTS, type OfMonth } from '../../../ledger/commitment-facts.ts';
import { planCoverageByMonth, planUtilizationByMonth, reservationUtilizationByMonth } from '../../../ledger/commitment-use.ts';
import type { FactType, KnownFact } from '../../../ledger/fact.ts';
import { planPurchaseAdviceFact, reservationPurchaseAdviceFact } from '../../../ledger/purchase-advice.ts';
import { savingsPlanRatesAsked } from '../../../ledger/savings-plan-rate.ts';
import { readFactsOfKinds } from './fact-store.ts';
import { readHours } from './hourly-usage-store.ts';
import type { SnapshotFrame } from './snapshot-feeds.ts';

const TYPES: readonly FactType<unknown>[] = [
  planUtilizationByMonth,
  planCoverageByMonth,
  reservationUtilizationByMonth,
  planPurchaseAdviceFact,
  reservationPurchaseAdviceFact,
  savingsPlanRatesAsked,
];

/** Cost Explorer speaks US dollars of commitments: a snapshot in another currency has none of its figures. */
export async function readCommitmentFacts({ client, view, currency, spendWindow }: SnapshotFrame): Promise<CommitmentFacts> {
  const hours = await readHours(client, spendWindow, view);
  const hourly = { ...hours, usage: hours.usage.filter((item) => item.currency === currency) };
  if (currency !== 'USD') return { ...NO_COMMITMENT_FACTS, hourly };
  const kinds = TYPES.map(({ kind }) => kind);
  const all = await readFactsOfKinds(client, view, kinds, null);
  return {
    isOwnedKnown: await wasAsked(client),
    hourly,
    planUse: all(planUtilizationByMonth).map(ofMonth),
    planCoverage: all(planCoverageByMonth).map(ofMonth),
    reservationUse: all(reservationUtilizationByMonth).map(ofMonth),
    awsPlans: all(planPurchaseAdviceFact).map(({ body }) => body),
    awsReservations: all(reservationPurchaseAdviceFact).map(({ body }) => body),
    planRatesAsked: [...new Set(all(savingsPlanRatesAsked).flatMap(({ body }) => body.usageTypes))].sort(),
  };
}

function ofMonth<Body>({ connectionId, day, body }: KnownFact<Body>): OfMonth<Body> {
  return { connectionId, day, body };
}

/** Whoever owns a connection is given the answer, be it that there is no plan. */
async function wasAsked(client: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(
    'select from app.fact_recipient where kind = $1 and recipient_tenant_id = tenant_id limit 1',
    [savingsPlanFact.kind],
  );
  return rowCount === 1;
}
