import { DAILY_SLICE_ID } from '../../../ledger/slice.ts';
import { needsOf } from './needs.ts';
import { Purse, type Wanted } from './purse.ts';
import { leftOut, type PlanQuestion, type RequestPlan } from './request.ts';
import { daysLeftOut, staleDays } from './stale-days.ts';

/**
 * The requests of one connection and day that cost least: the daily slice where days are new or changed, the others when they are due or
 * a month has closed. In a fixed order; where the budget ends a detail is asked of the dearest accounts alone and the rest is left out,
 * so that more money never buys less. What was left out before comes last.
 */
export function planRequests(question: PlanQuestion): RequestPlan {
  const isEverythingWanted = question.isEverythingWanted ?? false;
  const { needs, unread } = needsOf({ ...question, isEverythingWanted });
  const stale = needs.map((need) => ({ need, days: staleDays(need, DAILY_SLICE_ID, { ...question, isEverythingWanted }) }));
  const wanted = stale.flatMap(({ need, days }): Wanted[] =>
    days === null ? [] : [{ need, ...days, isExempt: days.because === 'firstLoad' || days.because === 'monthClose' }],
  );
  const cut = stale.flatMap(({ need, days }): Wanted[] => {
    const left = daysLeftOut(need, { ...question, isEverythingWanted }, days?.days ?? []);
    return left.length === 0 ? [] : [{ need, because: 'leftOut', days: left, isExempt: false }];
  });
  const purse = new Purse(question, [...wanted, ...cut]);
  for (const item of wanted.filter(({ isExempt }) => isExempt)) purse.take(item);
  if (question.probe) purse.offerProbe(question.probe);
  for (const item of wanted.filter(({ isExempt }) => !isExempt)) purse.offer(item);
  for (const item of cut) purse.offer(item);
  const waiting = stale.filter(
    ({ need, days }) => days === null && need.id !== 'daily' && !cut.some((item) => item.need === need),
  );
  return purse.plan([
    ...waiting.flatMap(({ need }) => need.slices.map((slice) => leftOut(slice, 'notDue'))),
    ...unread.map((slice) => leftOut(slice, 'nothingReadsIt')),
  ]);
}
