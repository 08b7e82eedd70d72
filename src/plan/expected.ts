import { type Day, daysBetween, daysIn, eachDay, type Month, periodOfMonth } from '../kernel/calendar.ts';
import { Exact, exact } from '../kernel/money.ts';
import type { Plan, PlannedLine } from './plan.ts';

/** One line of the plan in one month: what it came to by then, without tax, in the plan's currency. */
export interface ExpectedLine {
  readonly workload: string;
  readonly line: PlannedLine;
  /** 0..1: days of the month from the cut-over on, those of the ramp in part. */
  readonly share: Exact;
  readonly cost: Exact;
  /** What the plan's amounts include of tax beside `cost`. */
  readonly tax: Exact;
}

/**
 * The plan of a month. Nothing is expected of a workload before its wave's cut-over; over `rampDays` it grows by the same step each day; a
 * month that is only partly behind the cut-over has its days' part.
 */
export function expectedIn(plan: Plan, month: Month): readonly ExpectedLine[] {
  const taxShare = plan.taxIncluded ? exact(plan.taxPercent ?? '0').div(100) : new Exact(0);
  return plan.waves.flatMap(({ cutOver, rampDays, workloads }) => {
    const share = shareOf(month, cutOver, rampDays);
    return workloads.flatMap(({ name: workload, lines }) =>
      lines.map((line): ExpectedLine => {
        const stated = exact(line.expectedMonthlyCost).mul(share);
        const cost = stated.div(taxShare.plus(1)).toDecimalPlaces(10);
        return { workload, line, share, cost, tax: stated.minus(cost) };
      }),
    );
  });
}

function shareOf(month: Month, cutOver: Day, rampDays: number): Exact {
  const period = periodOfMonth(month);
  let days = new Exact(0);
  for (const day of eachDay(period)) if (day >= cutOver) days = days.plus(rampOn(day, cutOver, rampDays));
  return days.div(daysIn(period));
}

function rampOn(day: Day, cutOver: Day, rampDays: number): Exact {
  return Exact.min(1, new Exact(daysBetween(cutOver, day) + 1).div(rampDays + 1));
}
