import type pg from 'pg';
import type { Day } from '../../../kernel/calendar.ts';
import { hubSayingOf, rightsizingSayingOf } from '../../../ledger/aws-advice.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import { ownedOn, reservationFact, savingsPlanFact } from '../../../ledger/commitment.ts';
import type { KnownFact } from '../../../ledger/fact.ts';
import { type HubRecommendation, hubTotal } from '../../../ledger/hub-facts.ts';
import { rightsizingAdviceFact } from '../../../ledger/rightsizing-advice.ts';
import { ratesOn, savingsPlanRateFact } from '../../../ledger/savings-plan-rate.ts';
import type { Snapshot } from '../../../ledger/snapshot.ts';
import { readFacts } from './fact-store.ts';
import { byText } from './order.ts';

/** What is owned, and what plans charge. */
export async function readCommitments(
  client: pg.ClientBase,
  view: PriceView,
  asOf: Day,
): Promise<Pick<Snapshot, 'commitments' | 'savingsPlanRates'>> {
  const plans = await readFacts(client, view, savingsPlanFact, null);
  const reservations = await readFacts(client, view, reservationFact, null);
  const rates = ratesOn(asOf, await readFacts(client, view, savingsPlanRateFact, null));
  return {
    commitments: ownedOn(
      asOf,
      [...plans, ...reservations].map(({ body }) => body),
    ),
    savingsPlanRates: rates.map(({ effectiveFrom: _, ...rate }) => rate),
  };
}

/** AWS's words beside Compute Optimizer's. Totals of several payers are no one total, so then there is none. */
export async function readAwsAdvice(
  client: pg.ClientBase,
  view: PriceView,
  said: readonly KnownFact<HubRecommendation>[],
): Promise<Pick<Snapshot, 'hub' | 'rightsizing'>> {
  const totals = await readFacts(client, view, hubTotal, null);
  const machines = await readFacts(client, view, rightsizingAdviceFact, null);
  const sayings = said.flatMap(({ accountId, body }) => (accountId === null ? [] : [hubSayingOf(accountId, body)]));
  const rightsizing = machines.flatMap(({ accountId, body }) =>
    accountId === null ? [] : [rightsizingSayingOf(accountId, body)],
  );
  return {
    hub: {
      total: totals.length === 1 ? (totals[0]?.body ?? null) : null,
      sayings: onceEach(sayings, (item) => item.recommendationId),
    },
    rightsizing: onceEach(rightsizing, (item) => `${item.accountId} ${item.resourceId}`),
  };
}

function onceEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()].sort(byText(keyOf));
}
