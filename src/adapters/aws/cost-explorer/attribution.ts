import type { Period } from '../../../kernel/calendar.ts';
import { oneLine } from '../../../kernel/text.ts';
import { type AttributionKey, type AttributionLine, stateWithoutValue } from '../../../ledger/attribution.ts';
import { chunksOf } from '../../../ledger/billing-horizon.ts';
import { NOT_RUNNING_CHARGE_TYPES } from '../../../ledger/charge.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { AttributionPull, PullOptions } from '../../../operations/ports/cost-source.ts';
import type { QuarantinedRow } from '../../../operations/ports/ledger.ts';
import { readWindow } from '../pages.ts';
import { type Aws, unreadable } from '../request.ts';
import { askCosts } from './ask.ts';
import { accountOf, readGroup } from './charge-mapper.ts';
import { COST_METRICS, costsOf, dayOfRow, UnreadableRow } from './costs.ts';
import { type CostQuestion, filterOf } from './question.ts';
import type { Answer } from './schema.ts';

/** runningCost by account and the values of one key, chunk by chunk. */
export async function pullAttribution(
  aws: Aws,
  connection: Connection,
  { key, window }: { readonly key: AttributionKey; readonly window: Period },
  options: PullOptions,
): Promise<AttributionPull> {
  const lines: AttributionLine[] = [];
  const quarantined: QuarantinedRow[] = [];
  for (const chunk of chunksOf(window)) {
    const collected = await readWindow(
      askCosts(aws, connection, 'GetCostAndUsage', questionOf(key, chunk), options),
      'Cost Explorer',
      () => new AttributionCollector(key, chunk),
      (collector, answer) => collector.add(answer),
    );
    lines.push(...collected.lines);
    quarantined.push(...collected.quarantined);
  }
  return { lines, quarantined };
}

function questionOf({ kind, key }: AttributionKey, window: Period): CostQuestion {
  const group = { type: kind === 'tag' ? 'TAG' : 'COST_CATEGORY', key } as const;
  const filter = filterOf({ exceptChargeTypes: NOT_RUNNING_CHARGE_TYPES });
  return { window, granularity: 'DAILY', groupBy: ['LINKED_ACCOUNT', group], metrics: COST_METRICS, filter };
}

/** Groups read "Key$value"; "Key$" alone is cost without a value (Cost Explorer guide, read 2026-11). */
export class AttributionCollector {
  readonly lines: AttributionLine[] = [];
  readonly quarantined: QuarantinedRow[] = [];
  readonly #seen = new Set<string>();
  readonly #key: AttributionKey;
  readonly #window: Period;

  constructor(key: AttributionKey, window: Period) {
    this.#key = key;
    this.#window = window;
  }

  add(answer: Answer): void {
    for (const { TimePeriod, Groups } of answer.ResultsByTime) {
      for (const row of Groups ?? []) {
        try {
          this.lines.push(this.#lineOf(row, TimePeriod));
        } catch (error) {
          if (!(error instanceof UnreadableRow)) throw error;
          this.quarantined.push({ reason: error.message, row: oneLine(JSON.stringify({ TimePeriod, row }) ?? '', 2000) });
        }
      }
    }
  }

  #lineOf(row: unknown, period: Answer['ResultsByTime'][number]['TimePeriod']): AttributionLine {
    const day = dayOfRow(period, this.#window);
    const { Keys, Metrics } = readGroup(row, 2);
    const accountId = accountOf(Keys[0] ?? '');
    const prefix = `${this.#key.key}$`;
    const group = Keys[1] ?? '';
    if (!group.startsWith(prefix)) throw new UnreadableRow('the group is not of the key that was asked for');
    const value = group.slice(prefix.length);
    const costs = costsOf(Metrics);
    const key = JSON.stringify([day, accountId, value, costs.currency]);
    if (this.#seen.has(key)) throw unreadable('Cost Explorer', `two pages hold the same line of ${day}`);
    this.#seen.add(key);
    if (value !== '') return { day, accountId, state: 'value', value, ...costs };
    return { day, accountId, state: stateWithoutValue(day, this.#key), value: null, ...costs };
  }
}
