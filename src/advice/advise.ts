import type { Snapshot } from '../ledger/snapshot.ts';
import { withAcceptedCost } from './accepted-cost.ts';
import type { Decision } from './decision.ts';
import { deduplicate } from './deduplicate.ts';
import type { Detector } from './detector.ts';
import { type ExemptInput, exempt } from './exempt.ts';
import { follow, withDecisions } from './follow.ts';
import { hubReconciliationOf } from './hub-reconciliation.ts';
import { type Judged, judge } from './judge.ts';
import { byMinimumSaving } from './policy/minimum-saving.ts';
import { NO_POLICY, type Policy, policyViewOf } from './policy/policy-view.ts';
import { rank } from './rank.ts';
import type { Advice, NotJudged, Recommendation } from './recommendation.ts';
import { reconcile } from './reconcile.ts';
import { residualView } from './residual-usage.ts';
import { type SnapshotView, viewOf } from './snapshot-view.ts';
import { stack } from './stack.ts';
import { totalsOf } from './totals.ts';
import { waterfallOf } from './waterfall.ts';

export interface AdviceInput {
  readonly snapshot: Snapshot;
  readonly detectors: readonly Detector[];
  /** What the last turn left, with people's answers. */
  readonly previous: readonly Recommendation[];
  /** What the organisation decided; left out: nothing. */
  readonly policy?: Policy;
  /** What the organisation lives with, and the day on which that is asked; left out: nothing. */
  readonly exemptions?: Pick<ExemptInput, 'exemptions' | 'day'>;
  /** The last of each recommendation; left out: none but those that `previous` carries. */
  readonly decisions?: readonly Decision[];
}

/** Advice, and what went wrong inside detectors on the way (for the log; those subjects are already counted as unknown). */
export interface AdviceTurn extends Advice {
  readonly failures: Judged['failures'];
}

/**
 * One turn, from facts to ranked advice. First the detectors that judge facts; their savings, stacked, are taken off the on-demand usage;
 * what is left is judged for commitments; then all of it is stacked and ranked together.
 */
export function advise({
  snapshot,
  detectors,
  policy = NO_POLICY,
  exemptions,
  decisions = [],
  ...input
}: AdviceInput): AdviceTurn {
  const previous = withDecisions(input.previous, decisions);
  const exempting = exemptions ?? { exemptions: [], day: snapshot.asOf };
  const byKind = Object.groupBy(detectors, (detector) => detector.judges);
  const onUsage = byKind.stackedUsage ?? [];
  const commitments = new Set(onUsage.map((detector) => detector.id));
  const turn = (view: SnapshotView, asked: readonly Detector[], before: readonly Recommendation[]) => {
    const judged = judge(view, asked);
    const { shown, hiddenIds, belowMinimumSaving } = byMinimumSaving(judged.judgements, before, view);
    const reconciled = reconcile(before, shown, { view, detectors: asked, hiddenIds });
    const followed = follow(reconciled, { previous: before, day: exempting.day, view });
    return { judged, belowMinimumSaving, recommendations: exempt(followed, { ...exempting, previous: before, view }) };
  };

  const view = viewOf(snapshot, undefined, undefined, policyViewOf(policy, snapshot.hearing));
  const facts = turn(
    view,
    byKind.facts ?? [],
    previous.filter((item) => !commitments.has(item.detectorId)),
  );
  const stacked = stack(deduplicate(facts.recommendations), view);
  const rest = turn(
    residualView(stacked, view),
    onUsage,
    previous.filter((item) => commitments.has(item.detectorId)),
  );
  const belowMinimumSaving = [...facts.belowMinimumSaving, ...rest.belowMinimumSaving];
  const hidden = belowMinimumSaving.reduce((sum, { count }) => sum + count, 0);
  const both = stack(deduplicate([...facts.recommendations, ...rest.recommendations]), view);
  const recommendations = rank(withAcceptedCost(both, view));
  return {
    asOf: snapshot.asOf,
    dataAsOf: snapshot.dataAsOf,
    currency: snapshot.currency,
    totals: totalsOf(recommendations),
    waterfall: waterfallOf(recommendations),
    hubReconciliation: hubReconciliationOf(recommendations, view),
    recommendations,
    notJudged: merged(facts.judged.notJudged, rest.judged.notJudged),
    judged: {
      findings: facts.judged.counts.findings + rest.judged.counts.findings - hidden,
      healthy: facts.judged.counts.healthy + rest.judged.counts.healthy,
      notApplicable: facts.judged.counts.notApplicable + rest.judged.counts.notApplicable,
      unknown: facts.judged.counts.unknown + rest.judged.counts.unknown,
      belowMinimumSaving: hidden,
    },
    belowMinimumSaving,
    policyVersions: policy.versions,
    failures: [...facts.judged.failures, ...rest.judged.failures],
  };
}

function merged(...lists: readonly (readonly NotJudged[])[]): NotJudged[] {
  return lists.flat().sort((a, b) => {
    const [left, right] = [`${a.detectorId}\n${a.because}`, `${b.detectorId}\n${b.because}`];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}
