import type pg from 'pg';
import type { Decision } from '../../../advice/decision.ts';
import { withDecision, withDecisions } from '../../../advice/follow.ts';
import type { Recommendation } from '../../../advice/recommendation.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { DecisionStore, HistoryEntry } from '../../../operations/ports/decisions.ts';
import type { Database } from '../database.ts';
import { asJsonb, storableText } from '../safe-values.ts';
import { type DecisionRow, decisionOf, insertDecision } from './decision-rows.ts';
import { lockAdvice, storedRecommendation } from './recommendation-rows.ts';

const LATEST = 'select distinct on (recommendation_id) * from app.decision';

export function decisionStore(database: Database): DecisionStore {
  return {
    current: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<DecisionRow>(`${LATEST} order by recommendation_id, number desc`);
        return rows.map(decisionOf);
      }),
    record: (scope, ids, decide) =>
      database.withTenant(scope, async (client) => {
        await lockAdvice(client, scope);
        const items = await standing(client, ids);
        const byId = new Map(items.map((item) => [item.id, item]));
        const recorded: Decision[] = [];
        for (const decision of decide(items)) {
          const written = await insertDecision(client, scope, decision);
          const item = byId.get(decision.recommendationId);
          if (item) await keep(client, scope, withDecision(item, written), written);
          recorded.push(written);
        }
        return recorded;
      }),
    history: (scope, id) => database.withTenant(scope, (client) => history(client, id)),
  };
}

/** In the order of the ids, each with what was decided of it last, whether or not a turn of advice has read that. */
async function standing(client: pg.ClientBase, ids: readonly string[]): Promise<readonly Recommendation[]> {
  const known = ids.map(storableText);
  const { rows } = await client.query<{ body: Recommendation }>(
    `select r.body from app.recommendation r join unnest($1::text[]) with ordinality as wanted (id, n) using (id) order by n`,
    [known],
  );
  const { rows: decisions } = await client.query<DecisionRow>(
    `${LATEST} where recommendation_id = any ($1) order by recommendation_id, number desc`,
    [known],
  );
  return withDecisions(
    rows.map((row) => storedRecommendation(row.body)),
    decisions.map(decisionOf),
  );
}

async function keep(
  client: pg.ClientBase,
  { tenantId, actor }: TenantScope,
  item: Recommendation,
  { decidedOn, from, to, dismissedBecause, number }: Decision,
): Promise<void> {
  await client.query('update app.recommendation set status = $2, net_monthly_savings = $3, body = $4 where id = $1', [
    item.id,
    item.status,
    item.netMonthlySavings,
    asJsonb(item),
  ]);
  await client.query(
    `insert into app.recommendation_event (tenant_id, recommendation_id, day, from_status, to_status, actor, because, decision_number)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenantId, item.id, decidedOn, from, to, storableText(actor.label), dismissedBecause, number],
  );
}

type EventRow = Omit<HistoryEntry, 'decision'> & { readonly decision_number: number | null };

async function history(client: pg.ClientBase, id: string): Promise<readonly HistoryEntry[]> {
  const known = storableText(id);
  const { rows } = await client.query<EventRow>(
    `select at, day, from_status as "from", to_status as "to", actor, because, decision_number
       from app.recommendation_event where recommendation_id = $1 order by id`,
    [known],
  );
  const { rows: decisions } = await client.query<DecisionRow>('select * from app.decision where recommendation_id = $1', [known]);
  const byNumber = new Map(decisions.map((row) => [row.number, decisionOf(row)]));
  return rows.map(({ decision_number: number, ...event }) => ({
    ...event,
    decision: number === null ? null : (byNumber.get(number) ?? null),
  }));
}
