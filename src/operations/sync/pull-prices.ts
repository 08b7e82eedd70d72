import { type PriceQuestion, priceKey } from '../../ledger/price.ts';
import type { Context } from '../context.ts';
import { attempt } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export const PRICING = 'pricing';

/** List prices change a few times a year; a week old is fresh enough for advice. */
const FRESH_DAYS = 7;
/** Saved together, so that a later failure keeps what was read before. */
const BATCH = 100;
const MS_PER_DAY = 86_400_000;

type PricePlan = Pick<SourcePlan, 'connection' | 'asOf' | 'questions' | 'onFailure'>;

/** Only the prices that the advice asks for, and only those that were not read this week. */
export function pullPrices(context: Context, plan: PricePlan): Promise<SyncEntry> {
  const job = { connection: plan.connection, source: PRICING, window: null, budget: null, onFailure: plan.onFailure };
  return attempt(context, job, async (options): Promise<Outcome> => {
    const { scope, ports } = context;
    const questions = await newQuestions(context, plan);
    let rows = 0;
    for (let at = 0; at < questions.length; at += BATCH) {
      const prices = await ports.costSource.pullPrices(plan.connection, questions.slice(at, at + BATCH), options);
      await ports.observations.savePrices(scope, prices);
      rows += prices.length;
    }
    return { rows };
  });
}

async function newQuestions(context: Context, { asOf, questions }: PricePlan): Promise<PriceQuestion[]> {
  const { scope, ports, now } = context;
  const { currencies } = await ports.ledgerReader.freshness(scope);
  const asked = new Map<string, PriceQuestion>();
  for (const currency of currencies) {
    const snapshot = await ports.snapshots.snapshot(scope, { asOf, currency });
    for (const question of questions(snapshot)) asked.set(priceKey(question), question);
  }
  if (asked.size === 0) return [];
  const since = new Date(now().getTime() - FRESH_DAYS * MS_PER_DAY).toISOString();
  for (const price of await ports.observations.prices(scope, [...asked.values()], since)) asked.delete(priceKey(price.question));
  return [...asked.values()];
}
