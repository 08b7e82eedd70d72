import type pg from 'pg';
import { type Price, type PriceAnswer, type PriceQuestion, priceKey } from '../../../ledger/price.ts';
import type { TenantScope } from '../../../operations/context.ts';
import { asJsonb } from '../safe-values.ts';

/** The newest answer to each question; an older one that arrives late changes nothing. */
export async function savePrices(client: pg.ClientBase, scope: TenantScope, prices: readonly Price[]): Promise<void> {
  const byKey = new Map(prices.map((price) => [priceKey(price.question), price]));
  await client.query(
    `insert into app.price (tenant_id, key, question, answer, read_at)
     select $1, * from unnest($2::text[], $3::jsonb[], $4::jsonb[], $5::timestamptz[])
     on conflict (tenant_id, key) do update set question = excluded.question, answer = excluded.answer, read_at = excluded.read_at
      where price.read_at <= excluded.read_at`,
    [
      scope.tenantId,
      [...byKey.keys()],
      [...byKey.values()].map((price) => asJsonb(price.question)),
      [...byKey.values()].map((price) => asJsonb(price.answer)),
      [...byKey.values()].map((price) => price.readAt),
    ],
  );
}

export async function readPrices(
  client: pg.ClientBase,
  questions: readonly PriceQuestion[],
  since: string,
): Promise<readonly Price[]> {
  const { rows } = await client.query<{ question: PriceQuestion; answer: PriceAnswer; read_at: string }>(
    'select question, answer, read_at from app.price where key = any ($1) and read_at >= $2 order by key',
    [questions.map(priceKey), since],
  );
  return rows.map(({ question, answer, read_at }) => ({ question, answer, readAt: new Date(read_at).toISOString() }));
}
