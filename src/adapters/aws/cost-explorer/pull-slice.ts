import type { Period } from '../../../kernel/calendar.ts';
import { chunksOf } from '../../../ledger/billing-horizon.ts';
import type { Charge } from '../../../ledger/charge.ts';
import type { Slice } from '../../../ledger/slice.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions, SlicePull } from '../../../operations/ports/cost-source.ts';
import type { ControlTotal, QuarantinedRow } from '../../../operations/ports/ledger.ts';
import { readWindow } from '../pages.ts';
import type { Aws } from '../request.ts';
import { askCosts } from './ask.ts';
import { ChargeCollector, ControlCollector } from './collector.ts';
import { controlQuestion, groupedQuestion } from './question.ts';

/** A slice without resources: asked in chunks, each whole before it is handed on. */
export function pullCostSlice(aws: Aws, connection: Connection, slice: Slice, window: Period, options: PullOptions): SlicePull {
  const quarantined: QuarantinedRow[] = [];
  const accountNames = new Map<string, string>();

  async function* charges(): AsyncGenerator<readonly Charge[]> {
    for (const chunk of chunksOf(window)) {
      const ask = askCosts(aws, connection, 'GetCostAndUsage', groupedQuestion(slice, chunk), options);
      const collected = await readWindow(
        ask,
        'Cost Explorer',
        () => new ChargeCollector(slice, chunk),
        (collector, answer) => collector.add(answer),
      );
      quarantined.push(...collected.quarantined);
      for (const [accountId, name] of collected.accountNames) accountNames.set(accountId, name);
      yield collected.charges;
    }
  }

  return {
    charges: charges(),
    controls: () => pullControls(aws, connection, slice, window, options),
    quarantined: () => quarantined,
    observed: () => ({
      resources: [],
      accounts: [...accountNames].map(([accountId, accountName]) => ({ accountId, accountName })),
    }),
  };
}

/** The window's ungrouped totals by day. Always by GetCostAndUsage: by resource, AWS allows no question without a resource. */
export async function pullControls(
  aws: Aws,
  connection: Connection,
  slice: Slice,
  window: Period,
  options: PullOptions,
): Promise<readonly ControlTotal[]> {
  const collected = await readWindow(
    askCosts(aws, connection, 'GetCostAndUsage', controlQuestion(slice, window), options),
    'Cost Explorer',
    () => new ControlCollector(window),
    (collector, answer) => collector.add(answer),
  );
  return collected.totals;
}
