import { addDays, type Day } from '../kernel/calendar.ts';
import { exact } from '../kernel/money.ts';
import type { Decision, ReopenedAfterDecision } from './decision.ts';
import { isLive } from './deduplicate.ts';
import type { Recommendation } from './recommendation.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** What was dismissed comes back when what it is about costs this many times what it cost then: its cost has grown by half. */
const GROWTH_THAT_REOPENS = '1.5';

/** What is said to be done and still found after so many settled days may not be done after all. */
export const STILL_SEEN_DAYS = 7;

/** The recommendation as somebody decided. What is put aside or done saves nothing more; what opens again counts from the next turn. */
export function withDecision(item: Recommendation, decision: Decision): Recommendation {
  const decided = {
    ...item,
    status: decision.to,
    decision,
    closedBecause: null,
    exemption: null,
    reopened: null,
    reopenedAfterDecision: null,
    stillSeen: null,
  };
  return isLive(decided) ? decided : { ...decided, netMonthlySavings: '0', reductions: [], supersededBy: null };
}

/** The last turn's answer with what was decided since: the last decision of each is read once. Twice is once. */
export function withDecisions(previous: readonly Recommendation[], decisions: readonly Decision[]): readonly Recommendation[] {
  const last = new Map(decisions.map((decision) => [decision.recommendationId, decision]));
  return previous.map((item) => {
    const decision = last.get(item.id);
    return decision && decision.number > (item.decision?.number ?? 0) ? withDecision(item, decision) : item;
  });
}

export interface FollowInput {
  /** What the last turn left, with what was decided since. */
  readonly previous: readonly Recommendation[];
  /** The day of the decision, not of the figures. */
  readonly day: Day;
  readonly view: SnapshotView;
}

/**
 * What becomes of what people decided: a snooze ends on its day, what was dismissed and has grown comes back, and so does what was done and is
 * found again; what is said to be done and is still found is marked. Laws: the order does not matter; twice is once.
 */
export function follow(recommendations: readonly Recommendation[], input: FollowInput): Recommendation[] {
  const before = new Map(input.previous.map((item) => [item.id, item]));
  return recommendations.map((item) => {
    const last = before.get(item.id);
    const because = reopenedBecause(item, last, input.day);
    if (because !== null)
      return { ...item, status: 'open', stillSeen: null, reopenedAfterDecision: reopened(item, because, input.day) };
    const reopenedAfterDecision = isLive(item) && last && isLive(last) ? last.reopenedAfterDecision : null;
    return { ...item, reopenedAfterDecision, stillSeen: stillSeen(item, last, input) };
  });
}

function reopenedBecause(
  item: Recommendation,
  last: Recommendation | undefined,
  day: Day,
): ReopenedAfterDecision['because'] | null {
  const { status, decision } = item;
  if (status === 'snoozed' && decision?.snoozedUntil && decision.snoozedUntil <= day) return 'snoozeEnded';
  if (status === 'dismissed' && decision && hasGrown(decision.monthlyCost, item.effect.monthlyCost)) return 'costGrown';
  const wasDone = last?.closedBecause === 'implemented' || last?.closedBecause === 'seenAsDone';
  return status === 'open' && last?.status === 'closed' && wasDone ? 'seenAgain' : null;
}

function hasGrown(then: string, now: string): boolean {
  return exact(now).gt(then) && exact(now).gte(exact(then).mul(GROWTH_THAT_REOPENS));
}

function reopened(
  { decision, effect }: Recommendation,
  because: ReopenedAfterDecision['because'],
  day: Day,
): ReopenedAfterDecision {
  return {
    because,
    day,
    decisionNumber: decision?.number ?? null,
    monthlyCostThen: decision?.monthlyCost ?? null,
    monthlyCost: effect.monthlyCost,
  };
}

/** What could not be judged this time stays as it was. */
function stillSeen(item: Recommendation, last: Recommendation | undefined, { day, view }: FollowInput): Day | null {
  const doneOn = item.status === 'implemented' ? item.decision?.implementedOn : null;
  if (!doneOn) return null;
  const known = last?.status === 'implemented' ? last.stillSeen : null;
  const isSettled = view.snapshot.lineWindow.end > addDays(doneOn, STILL_SEEN_DAYS);
  return known ?? (item.lastSeen >= view.snapshot.asOf && isSettled ? day : null);
}
