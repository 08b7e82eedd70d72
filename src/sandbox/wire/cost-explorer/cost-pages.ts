import type { Period } from '../../../kernel/calendar.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import type { CostCells } from './cost-cells.ts';
import type { GroupDefinition } from './group-by.ts';
import { isEstimated } from './time-period.ts';

export interface Paging {
  /** What the token is bound to. */
  readonly identity: string;
  readonly token: string | undefined;
  /** A page without rows comes next, as Cost Explorer sometimes sends. */
  readonly emptyPageNext: () => boolean;
}

interface Slice {
  readonly from: number;
  readonly to: number;
  readonly nextToken: string | undefined;
}

/** One page of an answer with groups: `groupsPerPage` cells, cut wherever that falls, even inside a period. */
export function groupedPage(
  cells: CostCells,
  periods: readonly Period[],
  definitions: readonly GroupDefinition[],
  world: World,
  paging: Paging,
) {
  const { from, to, nextToken } = cut(cells.cells.length, world, paging);
  const byPeriod = Map.groupBy(cells.cells.subarray(from, to), cells.periodOf);
  // A period in which nothing was active has no cell of its own: it is told where its first cell would have been.
  const isHere = (start: number): boolean => start >= from && (start < to || nextToken === undefined);
  const shown = periods.entries().filter(([index]) => byPeriod.has(index) || isHere(cells.starts[index] ?? 0));
  const results = Array.from(shown, ([index, period]) => ({
    TimePeriod: { Start: period.start, End: period.end },
    Total: {},
    Groups: (byPeriod.get(index) ?? []).map((cell) => ({ Keys: cells.keysOf(cell), Metrics: cells.metricsOf(cell) })),
    Estimated: isEstimated(period, world.estate.asOf),
  }));
  return {
    ...(nextToken === undefined ? {} : { NextPageToken: nextToken }),
    GroupDefinitions: definitions,
    ResultsByTime: results,
    DimensionValueAttributes: accountAttributes(results, definitions, world),
  };
}

/** All periods with their totals: one page. */
export function ungroupedAnswer(cells: CostCells, periods: readonly Period[], world: World) {
  const totals = new Map(Array.from(cells.cells, (cell) => [cells.periodOf(cell), cell]));
  return {
    ResultsByTime: periods.map((period, number) => {
      const cell = totals.get(number);
      return {
        TimePeriod: { Start: period.start, End: period.end },
        Total: cell === undefined ? cells.nothing() : cells.metricsOf(cell),
        Groups: [],
        Estimated: isEstimated(period, world.estate.asOf),
      };
    }),
    DimensionValueAttributes: [],
  };
}

function cut(count: number, world: World, { identity, token, emptyPageNext }: Paging): Slice {
  const place = token === undefined ? { offset: 0, afterEmptyPage: false } : world.tokens.read(identity, token);
  if (place === 'garbage') throw new Refusal('InvalidNextTokenException', 'Invalid page token');
  if (place === 'changed') throw new Refusal('RequestChangedException', 'Your request parameters changed between pages');
  const from = place.offset;
  if (from > 0 && !place.afterEmptyPage && emptyPageNext()) {
    return { from, to: from, nextToken: world.tokens.issue(identity, { offset: from, afterEmptyPage: true }) };
  }
  const to = Math.min(count, from + world.groupsPerPage);
  const more = to < count;
  return { from, to, nextToken: more ? world.tokens.issue(identity, { offset: to, afterEmptyPage: false }) : undefined };
}

function accountAttributes(
  results: readonly { readonly Groups: readonly { readonly Keys: readonly string[] }[] }[],
  definitions: readonly GroupDefinition[],
  { estate }: World,
) {
  const position = definitions.findIndex(({ Type: type, Key: key }) => type === 'DIMENSION' && key === 'LINKED_ACCOUNT');
  if (position < 0) return [];
  const shown = new Set(results.flatMap((result) => result.Groups.map((group) => group.Keys[position])));
  return estate.accounts
    .filter((account) => shown.has(account.accountId))
    .map((account) => ({ Value: account.accountId, Attributes: { description: account.accountName } }));
}
