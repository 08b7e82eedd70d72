import type pg from 'pg';
import type { Period } from '../../../kernel/calendar.ts';
import { CHARGE_CATEGORIES } from '../../../ledger/charge.ts';
import { CHARGE_TEXT_BYTES, COST_BOUND } from '../../../ledger/charge-bounds.ts';
import type { PreparedCharges } from '../../../operations/ports/ledger.ts';
import { meterNumber, numberOf, type StagedWords } from './staged-words.ts';

/** Takes the words over under the numbers that the lines use. */
export async function takePreparedWords(words: StagedWords, prepared: PreparedCharges): Promise<void> {
  takeInOrder(await prepared.accounts(), 0, (account) => numberOf(words.accounts, account));
  takeInOrder(await prepared.meters(), 0, (parts) => meterNumber(words, parts));
  for await (const resources of prepared.resources()) {
    takeInOrder(resources, words.resources.size, (resource) => numberOf(words.resources, resource));
  }
}

function takeInOrder<T>(given: readonly T[], before: number, take: (word: T) => number): void {
  for (const [index, word] of given.entries()) {
    if (take(word) !== before + index + 1)
      throw new Error(`the prepared word number ${before + index + 1} is empty or was given twice`);
  }
}

const COSTS = ['billed_cost', 'effective_cost', 'list_cost', 'contracted_cost'];

/** Postgres holds NaN to be larger than any number. */
const BAD_NUMBER = `
  day < $1 or day >= $2 or ${COSTS.map((cost) => `${cost} >= $5 or ${cost} <= -($5::numeric)`).join(' or ')} or usage_quantity = 'NaN'
  or account not between 0 and $6 or meter not between 1 and $7 or resource not between 0 and $8`;

/** Asked of each word once. */
const BAD_WORD = `currency !~ '^[A-Z]{3}$' or charge_category <> all ($3) or octet_length(charge_type) > $4`;

const LINES_AND_BAD = `
  select coalesce(sum(lines), 0) as lines, coalesce(sum(case when ${BAD_WORD} then lines else bad end), 0) as bad
    from (select currency, charge_category, charge_type, count(*) as lines, count(*) filter (where ${BAD_NUMBER}) as bad
            from pg_temp.staged group by currency, charge_category, charge_type) words`;

/**
 * What the gate asks of a charge, asked of the prepared lines by Postgres, which has them by now: a source that promises to send only
 * lines that pass is not believed. Answers how many there are.
 */
export async function countPrepared(client: pg.ClientBase, words: StagedWords, window: Period): Promise<number> {
  const isLong = (bytes: number, text: string | null): boolean => text !== null && Buffer.byteLength(text) > bytes;
  const bounds = [
    CHARGE_TEXT_BYTES.serviceName,
    CHARGE_TEXT_BYTES.usageType,
    CHARGE_TEXT_BYTES.operation,
    CHARGE_TEXT_BYTES.usageUnit,
    CHARGE_TEXT_BYTES.regionId,
  ];
  const hasLongWord =
    words.meters.values().some(({ parts }) => parts.some((part, index) => isLong(bounds[index] ?? 0, part))) ||
    words.accounts.keys().some((account) => isLong(CHARGE_TEXT_BYTES.subAccountId, account)) ||
    words.resources.keys().some((resource) => isLong(CHARGE_TEXT_BYTES.resourceId, resource));
  const { rows } = await client.query<{ lines: string; bad: string }>(LINES_AND_BAD, [
    window.start,
    window.end,
    CHARGE_CATEGORIES,
    CHARGE_TEXT_BYTES.chargeType,
    COST_BOUND,
    words.accounts.size,
    words.meters.size,
    words.resources.size,
  ]);
  const [{ lines, bad } = { lines: '0', bad: '0' }] = rows;
  if (bad !== '0' || hasLongWord)
    throw new Error(`prepared lines do not pass the gate: ${bad} lines, long words: ${hasLongWord}`);
  return Number(lines);
}
