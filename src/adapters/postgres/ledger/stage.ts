import type pg from 'pg';
import { fingerprint } from '../../../kernel/fingerprint.ts';
import { Exact, isPlainDecimal } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { Charge } from '../../../ledger/charge.ts';
import type { MeterParts, QuarantinedRow, WindowInput } from '../../../operations/ports/ledger.ts';
import { chargeGate } from './charge-gate.ts';
import { copyInto, copyLine } from './copy-text.ts';
import { countPrepared, takePreparedWords } from './stage-prepared.ts';
import { meterNumber, numberOf, type StagedWords } from './staged-words.ts';

export interface Staged {
  readonly rows: number;
  readonly refused: readonly QuarantinedRow[];
  readonly refusedCount: number;
  /** Credits among the refused rows, by "day currency", as far as they could be read: the lines lack them, the source's total does not. */
  readonly refusedCredits: ReadonlyMap<string, Amounts>;
  readonly words: StagedWords;
  /** No two lines name the same thing. */
  readonly isDistinct: boolean;
}

export interface Amounts {
  readonly billedCost: Exact;
  readonly effectiveCost: Exact;
}

export const NOTHING: Amounts = { billedCost: new Exact(0), effectiveCost: new Exact(0) };

/** Refused rows are all counted; this many are kept to be looked at. */
const REFUSED_KEPT = 1_000;
const ROW_CHARACTERS = 2_000;

export const STAGE = `
  create temp table staged (
    day date not null, account integer not null, meter integer not null, resource integer not null,
    charge_category text, charge_type text, currency text not null,
    billed_cost numeric not null, effective_cost numeric not null, list_cost numeric, contracted_cost numeric, usage_quantity numeric
  ) on commit drop;
  create temp table staged_meter (
    n integer not null, key text not null, service_name text, usage_type text, operation text, usage_unit text, region_id text
  ) on commit drop;
  create temp table staged_account (n integer not null, account_id text not null) on commit drop;
  create temp table staged_resource (n integer not null, resource_id text not null) on commit drop`;

/** Streams a window's charges into the transaction's own temporary tables. Rows that may not enter are set aside, never dropped unseen. */
export async function stageCharges(
  client: pg.ClientBase,
  input: Pick<WindowInput, 'charges' | 'prepared' | 'window'>,
): Promise<Staged> {
  await client.query(STAGE);
  const gate = chargeGate(input.window);
  const words: StagedWords = { meters: new Map(), accounts: new Map(), resources: new Map() };
  const refused: QuarantinedRow[] = [];
  const refusedCredits = new Map<string, Amounts>();
  let rows = 0;
  let preparedRows = 0;
  let refusedCount = 0;

  if (input.prepared) {
    await takePreparedWords(words, input.prepared);
    await copyInto(client, 'pg_temp.staged', input.prepared.lines());
    preparedRows = await countPrepared(client, words, input.window);
    rows += preparedRows;
  }

  async function* lines(): AsyncGenerator<string> {
    for await (const batch of input.charges) {
      for (const charge of batch) {
        const reason = gate(charge);
        if (reason === null) {
          rows += 1;
          yield stagedLine(charge, words);
          continue;
        }
        refusedCount += 1;
        addRefusedCredit(refusedCredits, charge);
        if (refused.length < REFUSED_KEPT) refused.push({ reason, row: oneLine(JSON.stringify(charge), ROW_CHARACTERS) });
      }
    }
  }
  await copyInto(client, 'pg_temp.staged', lines());
  await stageWords(client, words);
  await client.query('analyze pg_temp.staged (day, account, meter, resource, currency)');
  return {
    rows,
    refused,
    refusedCount,
    refusedCredits,
    words,
    isDistinct: input.prepared !== undefined && rows === preparedRows,
  };
}

function addRefusedCredit(credits: Map<string, Amounts>, { day, currency, billedCost, effectiveCost }: Charge): void {
  if (!isPlainDecimal(billedCost) || !isPlainDecimal(effectiveCost)) return;
  const key = `${day} ${currency}`;
  const before = credits.get(key) ?? NOTHING;
  credits.set(key, {
    billedCost: before.billedCost.plus(Exact.min(0, billedCost)),
    effectiveCost: before.effectiveCost.plus(Exact.min(0, effectiveCost)),
  });
}

function stagedLine(charge: Charge, words: StagedWords): string {
  return copyLine([
    charge.day,
    numberOf(words.accounts, charge.subAccountId),
    meterNumber(words, [charge.serviceName, charge.usageType, charge.operation, charge.usageUnit, charge.regionId]),
    numberOf(words.resources, charge.resourceId),
    charge.chargeCategory,
    charge.chargeType,
    charge.currency,
    charge.billedCost,
    charge.effectiveCost,
    charge.listCost,
    charge.contractedCost,
    charge.usageQuantity,
  ]);
}

async function stageWords(client: pg.ClientBase, words: StagedWords): Promise<void> {
  const meters = words.meters.values();
  await copyInto(
    client,
    'pg_temp.staged_meter',
    meters.map(({ n, parts }) => copyLine([n, fingerprint('meter', ...parts), ...parts])),
  );
  await copyInto(
    client,
    'pg_temp.staged_account',
    words.accounts.entries().map(([word, n]) => copyLine([n, word])),
  );
  await copyInto(
    client,
    'pg_temp.staged_resource',
    words.resources.entries().map(([word, n]) => copyLine([n, word])),
  );
  await client.query('analyze pg_temp.staged_meter, pg_temp.staged_account, pg_temp.staged_resource');
}

/** The meter of a line that names nothing: what a source's total has and its lines have not. */
export async function stageNamelessMeter(client: pg.ClientBase, words: StagedWords): Promise<number> {
  const parts: MeterParts = [null, null, null, null, null];
  const before = words.meters.size;
  const n = meterNumber(words, parts);
  if (words.meters.size > before) {
    await client.query('insert into pg_temp.staged_meter (n, key) values ($1, $2)', [n, fingerprint('meter', ...parts)]);
  }
  return n;
}
