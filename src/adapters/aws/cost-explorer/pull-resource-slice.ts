import type { Period } from '../../../kernel/calendar.ts';
import type { Charge } from '../../../ledger/charge.ts';
import type { Slice, SliceDimension } from '../../../ledger/slice.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions, SlicePull } from '../../../operations/ports/cost-source.ts';
import type { ObservedResource, QuarantinedRow } from '../../../operations/ports/ledger.ts';
import { readWindow } from '../pages.ts';
import type { Aws } from '../request.ts';
import { askCosts } from './ask.ts';
import { accountOf, readGroup } from './charge-mapper.ts';
import { ChargeCollector } from './collector.ts';
import { UnreadableRow } from './costs.ts';
import { pullControls } from './pull-slice.ts';
import { groupedQuestion, resourceFactQuestion } from './question.ts';
import {
  isToldByOperation,
  observedOperations,
  onlyValues,
  platformsOf,
  type ResourceFact,
  withAccounts,
} from './resource-join.ts';
import type { Answer } from './schema.ts';

/**
 * A slice by resource. Two keys a request do not name the account of a line, so that is asked beside it and joined by resource id; for
 * EC2 and RDS the operation too.
 */
export function pullResourceSlice(
  aws: Aws,
  connection: Connection,
  slice: Slice,
  window: Period,
  options: PullOptions,
): SlicePull {
  const quarantined: QuarantinedRow[] = [];
  const resources: ObservedResource[] = [];
  const factsOf = (dimension: SliceDimension) => pullResourceFacts(aws, connection, slice, dimension, window, options);

  async function* charges(): AsyncGenerator<readonly Charge[]> {
    const accounts = onlyValues(await factsOf('LINKED_ACCOUNT'));
    const operations = slice.onlyServices?.some(isToldByOperation)
      ? platformsOf(await factsOf('OPERATION'))
      : new Map<string, string>();
    const collected = await readWindow(
      askCosts(aws, connection, 'GetCostAndUsageWithResources', groupedQuestion(slice, window), options),
      'Cost Explorer',
      () => new ChargeCollector(slice, window),
      (collector, answer) => collector.add(answer),
    );
    quarantined.push(...collected.quarantined);
    const lines = withAccounts(collected.charges, accounts);
    resources.push(...observedOperations(lines, operations));
    yield lines;
  }

  return {
    charges: charges(),
    controls: () => pullControls(aws, connection, slice, window, options),
    quarantined: () => quarantined,
    observed: () => ({ resources, accounts: [] }),
  };
}

async function pullResourceFacts(
  aws: Aws,
  connection: Connection,
  slice: Slice,
  dimension: SliceDimension,
  window: Period,
  options: PullOptions,
): Promise<readonly ResourceFact[]> {
  const question = resourceFactQuestion(slice, dimension, window);
  return readWindow(
    askCosts(aws, connection, 'GetCostAndUsageWithResources', question, options),
    'Cost Explorer',
    (): ResourceFact[] => [],
    (facts, answer) => facts.push(...resourceFactsOf(answer, dimension)),
  );
}

/** Pairs that can be read. One that cannot leaves its resource without the fact: the money of it is in the charges, not here. */
export function resourceFactsOf(answer: Answer, dimension: SliceDimension): ResourceFact[] {
  const facts: ResourceFact[] = [];
  for (const row of answer.ResultsByTime.flatMap((period) => period.Groups ?? [])) {
    try {
      const [resourceId = '', value = ''] = readGroup(row, 2).Keys;
      if (dimension === 'LINKED_ACCOUNT') accountOf(value);
      if (resourceId !== 'NoResourceId') facts.push({ resourceId, value });
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
    }
  }
  return facts;
}
