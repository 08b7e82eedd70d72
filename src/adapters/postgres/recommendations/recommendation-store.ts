import type pg from 'pg';
import type { Advice, NotJudged, Recommendation } from '../../../advice/recommendation.ts';
import type { Day } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { AdviceRecord, RecommendationStore } from '../../../operations/ports/recommendations.ts';
import type { Database } from '../database.ts';
import { asJsonb } from '../safe-values.ts';
import { listRecommendations } from './recommendation-list.ts';
import {
  lockAdvice,
  recordStatusChanges,
  statusChanges,
  storedRecommendation,
  upsertRecommendations,
} from './recommendation-rows.ts';

/** How long a closed recommendation is still compared with: one that comes back within it keeps its first day. */
const CLOSED_KEPT_DAYS = 400;

export function recommendationStore(database: Database): RecommendationStore {
  return {
    current: (scope) => database.withTenant(scope, current),
    save: (scope, advice) => database.withTenant(scope, (client) => save(client, scope, advice)),
    latest: (scope) => database.withTenant(scope, latest),
    list: (scope, question) => database.withTenant(scope, (client) => listRecommendations(client, question)),
    get: (scope, id) => database.withTenant(scope, (client) => get(client, id)),
    events: (scope, id) => database.withTenant(scope, (client) => events(client, id)),
  };
}

async function current(client: pg.ClientBase): Promise<readonly Recommendation[]> {
  const { rows } = await client.query<{ body: Recommendation }>(
    `select body from app.recommendation
      where status <> 'closed' or last_seen >= (select max(last_seen) from app.recommendation) - $1::int
      order by id`,
    [CLOSED_KEPT_DAYS],
  );
  return rows.map((row) => storedRecommendation(row.body));
}

async function save(client: pg.ClientBase, scope: TenantScope, advice: Advice): Promise<void> {
  await lockAdvice(client, scope);
  const unread = await decidedMeanwhile(client, advice.recommendations);
  const ranked = new Map(
    advice.recommendations
      .map((recommendation, index) => [recommendation.id, { rank: index + 1, recommendation }] as const)
      .filter(([id]) => !unread.has(id)),
  );
  const recommendations = [...ranked.values()].map((item) => item.recommendation);
  const changes = await statusChanges(client, recommendations);
  await upsertRecommendations(client, scope.tenantId, [...ranked.values()]);
  await recordStatusChanges(client, scope, advice.asOf, changes);
  await client.query(
    `insert into app.advice_run (tenant_id, as_of, data_as_of, currency, gross, overlap, net, judged, not_judged, waterfall,
       hub_reconciliation, below_minimum_saving, policy_version, integrator_policy_version, accepted_cost)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      scope.tenantId,
      advice.asOf,
      advice.dataAsOf,
      advice.currency,
      advice.totals.gross,
      advice.totals.overlap,
      advice.totals.net,
      asJsonb(advice.judged),
      asJsonb(advice.notJudged),
      asJsonb(advice.waterfall),
      advice.hubReconciliation && asJsonb(advice.hubReconciliation),
      asJsonb(advice.belowMinimumSaving),
      advice.policyVersions.tenant,
      advice.policyVersions.integrator,
      advice.totals.acceptedCost,
    ],
  );
}

/** What somebody decided while the turn was made stays as decided; the next turn reads it. */
async function decidedMeanwhile(client: pg.ClientBase, recommendations: readonly Recommendation[]): Promise<ReadonlySet<string>> {
  const read = new Map(recommendations.map(({ id, decision }) => [id, decision?.number ?? 0]));
  const { rows } = await client.query<{ id: string; number: number }>(
    'select recommendation_id as id, max(number) as number from app.decision group by 1',
  );
  return new Set(rows.filter(({ id, number }) => number > (read.get(id) ?? number)).map(({ id }) => id));
}

async function latest(client: pg.ClientBase): Promise<AdviceRecord | null> {
  const { rows } = await client.query<{
    made_at: string;
    as_of: Day;
    data_as_of: Day | null;
    currency: string;
    gross: DecimalString;
    overlap: DecimalString;
    net: DecimalString;
    judged: Omit<Advice['judged'], 'belowMinimumSaving'> & Partial<Advice['judged']>;
    not_judged: readonly NotJudged[];
    waterfall: Advice['waterfall'] | null;
    hub_reconciliation: Advice['hubReconciliation'];
    below_minimum_saving: Advice['belowMinimumSaving'] | null;
    policy_version: number | null;
    integrator_policy_version: number | null;
    accepted_cost: DecimalString;
  }>(
    `select made_at, as_of, data_as_of, currency, gross, overlap, net, judged, not_judged, waterfall, hub_reconciliation,
            below_minimum_saving, policy_version, integrator_policy_version, accepted_cost
       from app.advice_run order by id desc limit 1`,
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    madeAt: row.made_at,
    asOf: row.as_of,
    dataAsOf: row.data_as_of,
    currency: row.currency,
    totals: { gross: row.gross, overlap: row.overlap, net: row.net, acceptedCost: row.accepted_cost },
    judged: { belowMinimumSaving: 0, ...row.judged },
    notJudged: row.not_judged,
    waterfall: row.waterfall,
    hubReconciliation: row.hub_reconciliation,
    belowMinimumSaving: row.below_minimum_saving ?? [],
    policyVersions: { tenant: row.policy_version, integrator: row.integrator_policy_version },
  };
}

async function get(client: pg.ClientBase, id: string): Promise<Recommendation | null> {
  if (id.includes('\0')) return null;
  const { rows } = await client.query<{ body: Recommendation }>('select body from app.recommendation where id = $1', [id]);
  return rows[0] ? storedRecommendation(rows[0].body) : null;
}

async function events(client: pg.ClientBase, id: string): Promise<Awaited<ReturnType<RecommendationStore['events']>>> {
  if (id.includes('\0')) return [];
  const { rows } = await client.query(
    `select at, day, from_status as "from", to_status as "to", actor, because
       from app.recommendation_event where recommendation_id = $1 order by id`,
    [id],
  );
  return rows;
}
