import type pg from 'pg';
import type { Recommendation, RecommendationStatus } from '../../../advice/recommendation.ts';
import type { Day } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import type { TenantScope } from '../../../operations/context.ts';
import { asJsonb, storableText } from '../safe-values.ts';

/** A recommendation with its place in the last advice, from 1. */
export interface Ranked {
  readonly rank: number;
  readonly recommendation: Recommendation;
}

/** As it stands in the store: rows of versions before ours lack what came later. */
export function storedRecommendation(body: Recommendation): Recommendation {
  const later: Partial<Recommendation> = {
    reductions: [],
    freedCommitment: null,
    secondSources: [],
    exemption: null,
    reopened: null,
    decision: null,
    reopenedAfterDecision: null,
    stillSeen: null,
  };
  return { ...later, ...body };
}

/** Whoever writes a tenant's advice or decides of it waits for the others. */
export async function lockAdvice(client: pg.ClientBase, { tenantId }: TenantScope): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`advice ${tenantId}`]);
}

/** Adds what is new and changes what differs; a row that is the same is not touched. */
export async function upsertRecommendations(client: pg.ClientBase, tenantId: string, ranked: readonly Ranked[]): Promise<void> {
  const column = <T>(read: (item: Recommendation) => T) => ranked.map(({ recommendation }) => read(recommendation));
  await client.query(
    `insert into app.recommendation as known (tenant_id, id, detector_id, category, account_id, resource_id, status, currency,
                                              net_monthly_savings, first_seen, last_seen, rank, body)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                              $9::numeric[], $10::date[], $11::date[], $12::int[], $13::jsonb[])
     on conflict (tenant_id, id) do update set
       detector_id = excluded.detector_id, category = excluded.category, account_id = excluded.account_id,
       resource_id = excluded.resource_id, status = excluded.status, currency = excluded.currency,
       net_monthly_savings = excluded.net_monthly_savings, first_seen = excluded.first_seen, last_seen = excluded.last_seen,
       rank = excluded.rank, body = excluded.body
     where (known.body, known.rank) is distinct from (excluded.body, excluded.rank)`,
    [
      tenantId,
      column((item) => item.id),
      column((item) => item.detectorId),
      column((item) => item.category),
      column((item) => storableText(item.accountId)),
      column((item) => item.resourceId && storableText(item.resourceId)),
      column((item) => item.status),
      column((item) => item.currency),
      column((item) => item.netMonthlySavings),
      column((item) => item.firstSeen),
      column((item) => item.lastSeen),
      ranked.map((item) => item.rank),
      column((item) => asJsonb(item)),
    ],
  );
}

/** A recommendation whose status is not the stored one. */
export interface StatusChange {
  readonly from: RecommendationStatus | null;
  readonly recommendation: Recommendation;
}

/** To be asked before the rows are written, under the lock that the writers of a tenant's advice share. */
export async function statusChanges(
  client: pg.ClientBase,
  recommendations: readonly Recommendation[],
): Promise<readonly StatusChange[]> {
  const { rows } = await client.query<{ id: string; status: RecommendationStatus }>(
    'select id, status from app.recommendation where id = any ($1)',
    [recommendations.map((item) => item.id)],
  );
  const known = new Map(rows.map((row) => [row.id, row.status]));
  return recommendations
    .map((recommendation) => ({ from: known.get(recommendation.id) ?? null, recommendation }))
    .filter(({ from, recommendation }) => from !== recommendation.status);
}

export async function recordStatusChanges(
  client: pg.ClientBase,
  scope: TenantScope,
  day: Day,
  changes: readonly StatusChange[],
): Promise<void> {
  await client.query(
    `insert into app.recommendation_event (tenant_id, recommendation_id, day, from_status, to_status, actor, because)
     select $1, id, $2, was, becomes, $3, because
       from unnest($4::text[], $5::text[], $6::text[], $7::text[]) with ordinality as change (id, was, becomes, because, n)
      order by n`,
    [
      scope.tenantId,
      day,
      storableText(scope.actor.label),
      changes.map((change) => change.recommendation.id),
      changes.map((change) => change.from),
      changes.map((change) => change.recommendation.status),
      changes.map(becauseOf),
    ],
  );
}

function becauseOf({ recommendation }: StatusChange): string | null {
  const { status, closedBecause, reopenedAfterDecision, reopened } = recommendation;
  if (status !== 'open') return closedBecause;
  return reopenedAfterDecision?.because ?? reopened?.because ?? null;
}

export interface RecommendationRow {
  readonly id: string;
  readonly net: DecimalString;
  readonly rank: number;
  readonly first_seen: Day;
  readonly status: RecommendationStatus;
  readonly body: Recommendation;
}
