import type pg from 'pg';
import { type AwsRecommendation, withoutMoney } from '../../../ledger/aws-recommendation.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import type { KnownFact } from '../../../ledger/fact.ts';
import type { HearingFact, ResourceMatch } from '../../../ledger/hearing.ts';
import type { HubRecommendation } from '../../../ledger/hub-facts.ts';
import { withHub } from '../../../ledger/hub-merge.ts';
import { type Price, type PriceAnswer, type PriceQuestion, priceKey } from '../../../ledger/price.ts';
import type { Coverage, PlannedWorkload, Snapshot } from '../../../ledger/snapshot.ts';
import { Plan } from '../../../plan/plan.ts';
import { plannedWorkloads } from '../../../plan/planned-workloads.ts';
import { byText } from './order.ts';

/**
 * AWS's own advice: where two connections say it of one resource, the one in the tenant's own prices, then the newest; with what the Hub says
 * of the same. At other prices than the tenant's its figures are left out: they would tell a customer what its reseller pays.
 */
export async function readAwsRecommendations(
  client: pg.ClientBase,
  view: PriceView,
  hub: readonly KnownFact<HubRecommendation>[],
): Promise<readonly AwsRecommendation[]> {
  const { rows } = await client.query<{ body: AwsRecommendation; isOwn: boolean }>(
    `select body, price_view is not distinct from $1 as "isOwn" from app.aws_recommendation order by "isOwn", refreshed_on, id`,
    [view],
  );
  const newest = new Map(rows.map(({ body, isOwn }) => [`${body.kind}\n${body.arn}`, isOwn ? body : withoutMoney(body)]));
  const words = hub.flatMap(({ accountId, body }) => (accountId === null ? [] : [{ ...body, accountId }]));
  return [...withHub([...newest.values()], words)].sort(byText((item) => `${item.kind}\n${item.resourceId}\n${item.arn}`));
}

export async function readAllPrices(client: pg.ClientBase): Promise<readonly Price[]> {
  const { rows } = await client.query<{ question: PriceQuestion; answer: PriceAnswer; read_at: string }>(
    'select question, answer, read_at from app.price',
  );
  return rows
    .map(({ question, answer, read_at }) => ({ question, answer, readAt: new Date(read_at).toISOString() }))
    .sort(byText((price) => priceKey(price.question)));
}

/** Of the latest plan, in its own order: the first workload that matches a resource has it. */
export async function readHearing(client: pg.ClientBase): Promise<readonly HearingFact[]> {
  const { rows } = await client.query<Omit<HearingFact, 'matches'> & { matches: ResourceMatch }>(
    `select w.workload, w.matches, h.environment, h.criticality, h.disaster_recovery_role as "disasterRecoveryRole",
            h.operating_hours as "operatingHours", h.licence_bound as "licenceBound", h.end_date as "endDate"
       from app.plan_workload w join app.hearing_fact h on h.version = w.version and h.position = w.position
      where w.version = (select max(version) from app.plan_version)
      order by w.position`,
  );
  return rows;
}

/** Of the latest plan, in its own order. */
export async function readWorkloads(client: pg.ClientBase): Promise<readonly PlannedWorkload[]> {
  const { rows } = await client.query<{ document: unknown }>(
    'select document from app.plan_version order by version desc limit 1',
  );
  return rows.flatMap(({ document }) => plannedWorkloads(Plan.parse(document)));
}

/** What sources reported, and for the bill itself what lies in the ledger; a report goes before our own finding. */
export async function readCoverage(client: pg.ClientBase, facts: CoveredFacts): Promise<readonly Coverage[]> {
  const { rows } = await client.query<Coverage & { fact: Coverage['fact'] }>(
    `select distinct on (fact, account_id, region_id) fact, account_id as "accountId", region_id as "regionId", state, detail
       from app.coverage order by fact, account_id, region_id, (state = 'covered') desc, connection_id`,
  );
  const coverage = new Map(ownCoverage(facts).map((item) => [keyOf(item), item]));
  for (const row of rows) coverage.set(keyOf(row), row);
  return [...coverage.values()].sort(byText(keyOf));
}

function keyOf({ fact, accountId, regionId }: Coverage): string {
  return `${fact}\n${accountId}\n${regionId ?? ''}`;
}

type CoveredFacts = Pick<Snapshot, 'accounts' | 'resources' | 'meterMonths' | 'prices' | 'commitmentFacts' | 'workloads'>;

function ownCoverage(facts: CoveredFacts): readonly Coverage[] {
  const withResources = new Set(facts.resources.map((resource) => resource.accountId));
  const withMonths = new Set(facts.meterMonths.map((month) => month.accountId));
  const state = (isCovered: boolean) => (isCovered ? 'covered' : 'notPulled');
  return facts.accounts.flatMap(({ accountId }): Coverage[] => {
    const about = { accountId, regionId: null, detail: null };
    return [
      { ...about, fact: 'usageByAccount', state: 'covered' },
      { ...about, fact: 'usageByResource', state: state(withResources.has(accountId)) },
      { ...about, fact: 'monthlyUsage', state: state(withMonths.has(accountId)) },
      { ...about, fact: 'plan', state: state(facts.workloads.length > 0) },
      { ...about, fact: 'prices', state: state(facts.prices.length > 0) },
      { ...about, fact: 'commitments', state: state(facts.commitmentFacts.isOwnedKnown) },
      { ...about, fact: 'hourlyUsage', state: state(facts.commitmentFacts.hourly.knownDays.length > 0) },
    ];
  });
}
