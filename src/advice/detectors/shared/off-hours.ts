import { addDays, type Day, eachDay } from '../../../kernel/calendar.ts';
import { Exact, HOURS_PER_MONTH } from '../../../kernel/money.ts';
import { type MeterCost, rangeOf, unitsMonthly } from '../../costing.ts';
import type { SavingsRange } from '../../detector.ts';
import type { WorkingCalendar } from '../../policy/working-calendar.ts';
import { savingsOf } from '../../savings.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

const DAYS_PER_YEAR = 365;
const DAYS_PER_WEEK = 7;

/** Hours a month of 730 h in which somebody works with it, at least and as a rule: holidays count as such in the year's mean alone. */
interface NeededHours {
  readonly withHolidaysWorked: Exact;
  readonly usual: Exact;
  readonly bare: Exact;
}

/** How a machine's hours compare with people's. All of a week. */
export interface OffHours {
  readonly runningPerWeek: Exact;
  readonly neededPerWeek: Exact;
  /** Of what it runs. */
  readonly idleShare: Exact;
  readonly savings: SavingsRange;
  /** Of the usage, that goes. */
  readonly share: Exact;
}

/**
 * What it saves to run only while people work, and `marginHours` around each working day. The bill tells how many hours a day it ran and not
 * which: whatever is more than people need was outside their hours. `machines` that run together share those hours. Null where it runs no more than that.
 */
export function offHoursOf(
  costs: readonly MeterCost[],
  calendar: WorkingCalendar,
  marginHours: number,
  view: SnapshotView,
  machines: Exact = new Exact(1),
): OffHours | null {
  const running = unitsMonthly(costs).div(machines);
  const needed = neededHours(calendar, marginHours, view.snapshot.asOf);
  if (running.lte(needed.withHolidaysWorked)) return null;
  const shareLeft = (hours: Exact): Exact => new Exact(1).minus(hours.div(running));
  const share = shareLeft(needed.usual);
  const saved = (part: Exact): SavingsRange => savingsOf(costs, view, { share: part });
  const [least, expected, most] = [saved(shareLeft(needed.withHolidaysWorked)), saved(share), saved(shareLeft(needed.bare))];
  return {
    runningPerWeek: perWeek(running),
    neededPerWeek: perWeek(needed.withHolidaysWorked),
    idleShare: shareLeft(needed.withHolidaysWorked),
    savings: rangeOf(new Exact(least.low), new Exact(expected.expected), new Exact(most.high)),
    share,
  };
}

function perWeek(monthly: Exact): Exact {
  return monthly.div(HOURS_PER_MONTH).mul(24 * DAYS_PER_WEEK);
}

const known = new WeakMap<WorkingCalendar, Map<string, NeededHours>>();

/** Over the year before `asOf`; worked out once for each calendar, since hundreds of machines share one. */
function neededHours(calendar: WorkingCalendar, marginHours: number, asOf: Day): NeededHours {
  const years = known.get(calendar) ?? new Map<string, NeededHours>();
  known.set(calendar, years);
  const key = `${asOf} ${marginHours}`;
  const found = years.get(key);
  if (found) return found;
  const worked = [...eachDay({ start: addDays(asOf, -DAYS_PER_YEAR), end: asOf })]
    .map((day) => calendar.hoursIn({ start: day, end: addDays(day, 1) }))
    .filter((hours) => hours > 0);
  const inYear = new Exact(worked.reduce((sum, hours) => sum + hours, 0));
  const perMonth = (hours: Exact, days: number): Exact => hours.mul(HOURS_PER_MONTH).div(24 * days);
  const daysPerWeek = Object.values(calendar.week).filter((spans) => spans.length > 0).length;
  const needed = {
    withHolidaysWorked: perMonth(new Exact(calendar.hoursPerWeek).plus(marginHours * daysPerWeek), DAYS_PER_WEEK),
    usual: perMonth(inYear.plus(marginHours * worked.length), DAYS_PER_YEAR),
    bare: perMonth(inYear, DAYS_PER_YEAR),
  };
  years.set(key, needed);
  return needed;
}
