import type pg from 'pg';
import { addDays, asDay, type Day } from '../../../kernel/calendar.ts';
import { AdvisorError } from '../../../kernel/failure.ts';
import { SERVICE_DAYS, settledUntil } from '../../../ledger/billing-horizon.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import { hubRecommendation } from '../../../ledger/hub-facts.ts';
import { ON_DEMAND_SLICE_ID } from '../../../ledger/slice.ts';
import type { Snapshot } from '../../../ledger/snapshot.ts';
import type { SnapshotQuestion, SnapshotReader } from '../../../operations/ports/ledger.ts';
import type { Database } from '../database.ts';
import { readFacts } from './fact-store.ts';
import { knownSpend, priceViewOf } from './freshness.ts';
import { readAccounts, readOnDemandMeters } from './snapshot-accounts.ts';
import { readCommitmentFacts } from './snapshot-commitment-use.ts';
import { readAwsAdvice, readCommitments } from './snapshot-commitments.ts';
import { readFeeds, readMeters, type SnapshotFrame } from './snapshot-feeds.ts';
import { readAllPrices, readAwsRecommendations, readCoverage, readHearing, readWorkloads } from './snapshot-observations.ts';
import { readResources } from './snapshot-resources.ts';
import { readSafetyNets } from './snapshot-safety-nets.ts';
import { readMeterMonths, readSpendByService } from './snapshot-spend.ts';
import { HASH_ONLY, ledgerLock } from './tenant-window.ts';

/** Resource lines reach back this far; Cost Explorer itself forgets them after 14 days. */
const LINE_DAYS = 90;
const SPEND_DAYS = 30;

/** Everything the advice needs, in a fixed number of queries, whatever the number of resources. */
export function snapshotReader(database: Database): SnapshotReader {
  return {
    snapshot: (scope, question) =>
      database.withTenant(scope, async (client) => {
        await ledgerLock(client, scope.tenantId, 'shared');
        await client.query(HASH_ONLY);
        return readSnapshot(client, scope.tenantId, question);
      }),
    version: (scope) =>
      database.withTenant(scope, async (client) => ({
        version: await ledgerVersion(client),
        priceView: await priceViewOf(client),
      })),
  };
}

/** See migrations/0038_ledger_change.sql. */
async function ledgerVersion(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    `select coalesce(md5(string_agg(stamp::text, ',' order by stamp)), 'as migrated') as version from app.ledger_change`,
  );
  return rows[0]?.version ?? 'as migrated';
}

async function readSnapshot(client: pg.ClientBase, tenantId: string, question: SnapshotQuestion): Promise<Snapshot> {
  const view = await priceViewOf(client);
  const settled = await detailUntil(client, view, settledUntil(asDay(question.asOf, 'asOf')));
  const { dataAsOf, currencies } = await knownSpend(client, view);
  const frame: SnapshotFrame = {
    client,
    view,
    currency: chosenCurrency(question.currency, currencies),
    lineWindow: { start: addDays(settled, -LINE_DAYS), end: settled },
    spendWindow: { start: addDays(settled, -(question.spendDays ?? SPEND_DAYS)), end: settled },
    serviceWindow: { start: addDays(settled, -SERVICE_DAYS), end: settled },
    feeds: await readFeeds(client, view),
    meters: await readMeters(client),
  };
  const hub = await readFacts(client, view, hubRecommendation, null);
  const facts = {
    accounts: await readAccounts(frame),
    spendByService: await readSpendByService(frame),
    meterMonths: await readMeterMonths(frame),
    resources: await readResources(frame),
    prices: await readAllPrices(client),
    commitmentFacts: await readCommitmentFacts(frame),
    workloads: await readWorkloads(client),
  };
  return {
    version: 1,
    tenantId,
    asOf: question.asOf,
    settledUntil: settled,
    dataAsOf,
    currency: frame.currency,
    priceView: view,
    lineWindow: { start: earliestKnown(facts.resources, frame.lineWindow), end: settled },
    spendWindow: frame.spendWindow,
    serviceWindow: frame.serviceWindow,
    ...facts,
    onDemandMeters: await readOnDemandMeters(frame),
    ...(await readCommitments(client, view, question.asOf)),
    awsRecommendations: await readAwsRecommendations(client, view, hub),
    ...(await readAwsAdvice(client, view, hub)),
    hearing: await readHearing(client),
    safetyNets: await readSafetyNets(client, view),
    coverage: await readCoverage(client, facts),
  };
}

/** A connection whose detail is older was given up: it does not hold the others back. */
const GIVEN_UP_DAYS = 14;

/**
 * Detail is asked every few days, and a day that was not read yet must not look like a day without usage: everything that is judged ends
 * where the detail of every live connection reaches.
 */
async function detailUntil(client: pg.ClientBase, view: PriceView, settled: Day): Promise<Day> {
  const { rows } = await client.query<{ until: Day }>(
    `select (max(s.day) + 1)::date as until
       from app.charge_day_status s join app.feed f on f.id = s.feed_ref
      where f.price_view = $1 and (f.slice_id = $2 or f.slice_id like 'resource:%')
      group by f.connection_id, f.slice_id = $2`,
    [view, ON_DEMAND_SLICE_ID],
  );
  const live = rows.map((row) => row.until).filter((until) => until >= addDays(settled, -GIVEN_UP_DAYS));
  return [settled, ...live].sort()[0] ?? settled;
}

/** The days that the lines really cover: a resource that was there on the first of them may be older than anybody can tell. */
function earliestKnown(resources: Snapshot['resources'], { start, end }: Snapshot['lineWindow']): Day {
  const first = resources.reduce((earliest, { firstBilledDay }) => (firstBilledDay < earliest ? firstBilledDay : earliest), end);
  return first < start ? start : first;
}

function chosenCurrency(wanted: string | null, held: readonly string[]): string {
  const [only, ...others] = held;
  if (only === undefined) {
    throw new AdvisorError(
      'NOT_FOUND',
      'There is no cost in the ledger yet.',
      'Run "cost-pillar sync" or "cost-pillar import" first.',
    );
  }
  if (wanted === null && others.length === 0) return only;
  if (wanted !== null && held.includes(wanted)) return wanted;
  throw new AdvisorError(
    'INVALID_INPUT',
    wanted === null
      ? `There is cost in several currencies (${held.join(', ')}), and they are never added.`
      : `There is no cost in "${wanted}".`,
    `Ask for one currency: ${held.join(', ')}.`,
  );
}
