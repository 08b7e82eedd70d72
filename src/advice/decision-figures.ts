import { daysBetween } from '../kernel/calendar.ts';
import { type DecimalString, Exact, exact, HOURS_PER_MONTH, plain } from '../kernel/money.ts';
import { settled } from './costing.ts';
import { isLive } from './deduplicate.ts';
import type { Recommendation } from './recommendation.ts';

/** What doing it and not doing it cost. */
export interface DecisionFigures {
  /** Months of 730 h in which what is saved pays for doing it. Null: nobody said what it costs, in this currency, or it saves nothing now. */
  readonly paybackMonths: DecimalString | null;
  /** What has gone since it was first seen, had it saved then what it saves now. Null of what is neither open nor accepted. */
  readonly costOfWaiting: DecimalString | null;
}

const NOTHING = new Exact(0);

export function decisionFigures(item: Recommendation): DecisionFigures {
  if (!isLive(item)) return { paybackMonths: null, costOfWaiting: null };
  const net = exact(item.netMonthlySavings);
  const cost = item.decision?.implementationCost;
  const pays = cost && cost.currency === item.currency && net.gt(NOTHING);
  const days = Math.max(0, daysBetween(item.firstSeen, item.lastSeen));
  return {
    paybackMonths: pays ? plain(exact(cost.amount).div(net).toDecimalPlaces(1)) : null,
    costOfWaiting: plain(settled(net.mul(days).mul(24).div(HOURS_PER_MONTH))),
  };
}
