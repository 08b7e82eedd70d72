import type { Period } from '../../../kernel/calendar.ts';
import type { Slice, SliceDimension } from '../../../ledger/slice.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { KnownResource, PullOptions, ResourceBook } from '../../../operations/ports/cost-source.ts';
import { readWindow } from '../pages.ts';
import type { Aws } from '../request.ts';
import { askCosts } from './ask.ts';
import { accountOf, readGroup } from './charge-mapper.ts';
import { UnreadableRow } from './costs.ts';
import { resourceFactQuestion } from './question.ts';
import { isToldByOperation, onlyValues, platformsOf, type ResourceFact } from './resource-join.ts';
import type { Answer } from './schema.ts';

interface BookQuestion {
  readonly slices: readonly Slice[];
  readonly window: Period;
  readonly known: readonly KnownResource[];
}

/**
 * What the ledger knows of resources; the rest is asked once, for all services of the slices together. A resource that the ledger knows
 * was asked for when it was new, so that one without a platform (a volume, an address) is not asked for again.
 */
export function resourceBook(aws: Aws, connection: Connection, { slices, window, known }: BookQuestion): ResourceBook {
  const services = slices.flatMap((slice) => slice.onlyServices ?? []);
  const ids = new Set(known.map((item) => item.resourceId));
  const ask = (dimension: SliceDimension, of: readonly string[], options: PullOptions) =>
    pullResourceFacts(aws, connection, { dimension, services: of, window }, options);
  return {
    accounts: onceWhenNew(ids, new Map(known.map((item) => [item.resourceId, item.accountId])), async (options) =>
      onlyValues(await ask('LINKED_ACCOUNT', services, options)),
    ),
    platforms: onceWhenNew(
      ids,
      new Map(known.flatMap((item) => (item.operation === null ? [] : [[item.resourceId, item.operation] as const]))),
      async (options) => platformsOf(await ask('OPERATION', services.filter(isToldByOperation), options)),
    ),
  };
}

type Facts = ReadonlyMap<string, string>;

function onceWhenNew(
  knownIds: ReadonlySet<string>,
  known: Facts,
  ask: (options: PullOptions) => Promise<Facts>,
): ResourceBook['accounts'] {
  let asked: Facts | null = null;
  return async (ids, options) => {
    if (asked === null && !ids.isSubsetOf(knownIds)) asked = new Map([...known, ...(await ask(options))]);
    return asked ?? known;
  };
}

async function pullResourceFacts(
  aws: Aws,
  connection: Connection,
  { dimension, services, window }: { dimension: SliceDimension; services: readonly string[]; window: Period },
  options: PullOptions,
): Promise<readonly ResourceFact[]> {
  const question = resourceFactQuestion(services, dimension, window);
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
