import type { Period } from '../../../kernel/calendar.ts';
import type { Charge } from '../../../ledger/charge.ts';
import type { Slice } from '../../../ledger/slice.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions, ResourceBook, SlicePull } from '../../../operations/ports/cost-source.ts';
import type { ObservedResource, QuarantinedRow } from '../../../operations/ports/ledger.ts';
import { readWindow } from '../pages.ts';
import type { Aws } from '../request.ts';
import { askCosts } from './ask.ts';
import { ChargeCollector } from './collector.ts';
import { pullControls } from './pull-slice.ts';
import { groupedQuestion } from './question.ts';
import { isToldByOperation, observedOperations, withAccounts } from './resource-join.ts';

interface ResourceSliceWork {
  readonly slice: Slice;
  readonly window: Period;
  readonly book: ResourceBook;
}

/**
 * A slice by resource. Two keys a request do not name the account of a line, so that comes from the book and is joined by resource id;
 * for EC2 and RDS the operation too.
 */
export function pullResourceSlice(
  aws: Aws,
  connection: Connection,
  { slice, window, book }: ResourceSliceWork,
  options: PullOptions,
): SlicePull {
  const quarantined: QuarantinedRow[] = [];
  const resources: ObservedResource[] = [];

  async function* charges(): AsyncGenerator<readonly Charge[]> {
    const collected = await readWindow(
      askCosts(aws, connection, 'GetCostAndUsageWithResources', groupedQuestion(slice, window), options),
      'Cost Explorer',
      () => new ChargeCollector(slice, window),
      (collector, answer) => collector.add(answer),
    );
    quarantined.push(...collected.quarantined);
    const ids = new Set(collected.charges.flatMap(({ resourceId }) => resourceId ?? []));
    const lines = withAccounts(collected.charges, await book.accounts(ids, options));
    const isNamed = slice.onlyServices?.some(isToldByOperation) ?? false;
    if (isNamed) resources.push(...observedOperations(lines, await book.platforms(ids, options)));
    yield lines;
  }

  return {
    charges: charges(),
    controls: () => pullControls(aws, connection, slice, window, options),
    quarantined: () => quarantined,
    observed: () => ({ resources, accounts: [] }),
  };
}
