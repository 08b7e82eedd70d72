import {
  addDays,
  addMonths,
  type Day,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  daysIn,
  firstDay,
  type Month,
  monthOf,
  type Period,
} from '../../../kernel/calendar.ts';
import { ARRIVING_DAYS, costExplorerWindow } from '../../../ledger/billing-horizon.ts';
import { DAILY_SLICE_ID } from '../../../ledger/slice.ts';
import type { Context } from '../../context.ts';
import type { Connection } from '../../ports/connections.ts';
import type { ControlTotal } from '../../ports/ledger.ts';
import type { AccountSpend } from '../../ports/pull-state.ts';
import type { RunHistory } from '../last-good.ts';
import { ASSUMED_GROUPS_PER_PAGE, type PageSizes } from './pages.ts';
import { type Refusal, refusalsOf } from './refusals.ts';
import { PROBE_SOURCE } from './request.ts';
import { isSame, type KnownBySlice, knownBySlice, type SourceDay } from './stale-days.ts';

/** What the ledger and the run log say before anything is asked. */
export interface PlanFacts {
  readonly known: KnownBySlice;
  readonly sizes: PageSizes;
  readonly spend: readonly AccountSpend[];
  readonly probe: Period | null;
  readonly hasContract: boolean;
  readonly refusals: readonly Refusal[];
}

/** Long enough to show which accounts cost most, short enough to be of today. */
const SPEND_DAYS = 30;

export async function readPlanFacts(
  { scope, ports, now }: Context,
  { connection, asOf, history }: { readonly connection: Connection; readonly asOf: Day; readonly history: RunHistory },
): Promise<PlanFacts> {
  const { start, end } = costExplorerWindow(asOf);
  const known = knownBySlice(
    (await ports.pullState.knownDays(scope, connection.id)).filter(({ day }) => day >= start && day < end),
  );
  const isKnown = known.has(DAILY_SLICE_ID);
  const period = { start: addDays(asOf, -SPEND_DAYS), end: asOf };
  const spend = await ports.pullState.spendByAccount(scope, { connectionId: connection.id, sliceId: DAILY_SLICE_ID, period });
  return {
    known,
    spend,
    refusals: refusalsOf(history.runs(connection.id), dayOf(now())),
    hasContract: await ports.contracts.anyOver(scope, { connectionId: connection.id, since: start }),
    sizes: pageSizes(connection.id, history),
    probe: isKnown ? probeOf(asOf, history.lastGood(connection.id, PROBE_SOURCE)) : null,
  };
}

function pageSizes(connectionId: string, history: RunHistory): PageSizes {
  const isOfGroups = (source: string): boolean => /^costExplorer:account-/.test(source);
  return {
    groupsPerPage: Math.max(ASSUMED_GROUPS_PER_PAGE, history.mostRowsOnPage(connectionId, isOfGroups) ?? 0),
    groupsPerDay: (source) => {
      const run = history.lastRun(connectionId, source);
      return run?.window ? run.rows / Math.max(1, daysIn(run.window)) : null;
    },
  };
}

/**
 * The days of a month on which earlier months are compared by their sums, and how many of them: two every week, three on the days 8 and 15,
 * since support and refunds land after the close (CUR guide, read 2026-11). A day that was missed is made up for.
 */
const PROBE_DAYS: readonly (readonly [day: number, months: number])[] = [
  [22, 2],
  [15, 3],
  [8, 3],
  [1, 2],
];

/** The months to compare today; null when that was done. `last` ends on the day of looking. */
export function probeOf(asOf: Day, last: Period | null): Period | null {
  const month = monthOf(asOf);
  for (const [number, months] of PROBE_DAYS) {
    const day = `${month}-${String(number).padStart(2, '0')}`;
    if (day > asOf) continue;
    const isDone = last !== null && last.end >= day;
    return isDone ? null : { start: firstDay(addMonths(month, -months)), end: firstDay(month) };
  }
  return null;
}

/** What the source says now, against the daily slice in the ledger. */
export function sourceDays(totals: readonly ControlTotal[], known: KnownBySlice): readonly SourceDay[] {
  const before = known.get(DAILY_SLICE_ID);
  return [...Map.groupBy(totals, (total) => total.day)]
    .map(([day, own]) => ({
      day,
      estimated: own.some((total) => total.estimated),
      isChanged: !isSame(own, before?.get(day) ?? []),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** AWS usually closes a month between its successor's third and fifth day. */
const USUAL_CLOSE_DAY = 5;

/** What the source will probably say: the arriving days have changed, the month before closes on its usual day. For a plan before asking. */
export function expectedDays(asOf: Day, known: KnownBySlice): readonly SourceDay[] {
  const daily = known.get(DAILY_SLICE_ID);
  const { start, end } = costExplorerWindow(asOf);
  const closed = (month: Month): boolean => {
    if (month >= monthOf(asOf)) return false;
    return month < addMonths(monthOf(asOf), -1) || dayNumber(asOf) - dayNumber(firstDay(monthOf(asOf))) + 1 >= USUAL_CLOSE_DAY;
  };
  const days: SourceDay[] = [];
  for (let number = dayNumber(start); number < dayNumber(end); number++) {
    const day = dayFromNumber(number);
    const before = daily?.get(day);
    const isArriving = daysBetween(day, asOf) <= ARRIVING_DAYS && isNewDay(daily, asOf);
    days.push({ day, estimated: !closed(monthOf(day)), isChanged: before === undefined || isArriving });
  }
  return days;
}

/** A second look on the same day finds what the first one found. */
function isNewDay(daily: ReadonlyMap<Day, unknown> | undefined, asOf: Day): boolean {
  const last = [...(daily?.keys() ?? [])].sort().at(-1);
  return last === undefined || daysBetween(last, asOf) > 1;
}

/** Whether a month that the ledger calls an estimate has passed: its close may come on any of these days, and no budget stops it. */
export function isCloseExpected(asOf: Day, known: KnownBySlice): boolean {
  const daily = known.get(DAILY_SLICE_ID);
  return [...(daily ?? [])].some(([day, own]) => monthOf(day) < monthOf(asOf) && own.some(({ estimated }) => estimated));
}
