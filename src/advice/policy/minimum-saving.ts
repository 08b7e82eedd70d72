import { type DecimalString, exact, plain } from '../../kernel/money.ts';
import type { SavingsRange } from '../detector.ts';
import type { Judgement } from '../judge.ts';
import type { Recommendation } from '../recommendation.ts';
import { recommendationId } from '../reconcile.ts';
import type { SnapshotView } from '../snapshot-view.ts';

/** What saves less than the organisation wants to hear of: counted with its money, and not shown. */
export interface BelowMinimumSaving {
  readonly detectorId: string;
  readonly count: number;
  /** Together a month of 730 h, each on its own. */
  readonly monthlySavings: DecimalString;
}

export interface ByMinimumSaving {
  readonly shown: readonly Judgement[];
  readonly hiddenIds: ReadonlySet<string>;
  readonly belowMinimumSaving: readonly BelowMinimumSaving[];
}

/** A finding that is not about money at all (a rule of the organisation's own) is not small. */
function savesEnough({ expected, high }: SavingsRange, minimum: DecimalString): boolean {
  return high === '0' || exact(expected).gte(minimum);
}

/** What people have answered already (accepted, snoozed, …) stays, however small it has become: an answer is not forgotten. */
export function byMinimumSaving(
  judgements: readonly Judgement[],
  previous: readonly Recommendation[],
  view: SnapshotView,
): ByMinimumSaving {
  const { tenantId, currency } = view.snapshot;
  const answered = new Set(previous.filter(({ status }) => status !== 'open' && status !== 'closed').map(({ id }) => id));
  const shown: Judgement[] = [];
  const hiddenIds = new Set<string>();
  const hidden = new Map<string, { count: number; sum: ReturnType<typeof exact> }>();
  for (const judgement of judgements) {
    const { detector, subject, outcome } = judgement;
    const minimum = view.policy.settingsFor(subject).minimumMonthlySavings.get(currency);
    const id = minimum === undefined ? '' : recommendationId(tenantId, detector.id, subject);
    if (outcome.kind !== 'finding' || minimum === undefined || savesEnough(outcome.savings, minimum) || answered.has(id)) {
      shown.push(judgement);
      continue;
    }
    const { count, sum } = hidden.get(detector.id) ?? { count: 0, sum: exact('0') };
    hidden.set(detector.id, { count: count + 1, sum: sum.plus(outcome.savings.expected) });
    hiddenIds.add(id);
  }
  const belowMinimumSaving = [...hidden]
    .map(([detectorId, { count, sum }]) => ({ detectorId, count, monthlySavings: plain(sum) }))
    .sort((a, b) => (a.detectorId < b.detectorId ? -1 : 1));
  return { shown, hiddenIds, belowMinimumSaving };
}
