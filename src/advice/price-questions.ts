import { type PriceQuestion, priceKey } from '../ledger/price.ts';
import type { Snapshot } from '../ledger/snapshot.ts';
import type { Detector, Subject } from './detector.ts';
import { NO_POLICY, type Policy, policyViewOf } from './policy/policy-view.ts';
import { type SnapshotView, viewOf } from './snapshot-view.ts';

/** The list prices that the advice would ask for, each once, in a fixed order. A detector that throws here asks nothing and will say unknown. */
export function priceQuestionsOf(
  snapshot: Snapshot,
  detectors: readonly Detector[],
  policy: Policy = NO_POLICY,
): PriceQuestion[] {
  const view = viewOf(snapshot, undefined, undefined, policyViewOf(policy, snapshot.hearing));
  const questions = new Map<string, PriceQuestion>();
  for (const detector of detectors) {
    for (const question of questionsOfDetector(detector, view)) questions.set(priceKey(question), question);
  }
  return [...questions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, question]) => question);
}

function* questionsOfDetector(detector: Detector, view: SnapshotView): Generator<PriceQuestion> {
  try {
    for (const subject of subjectsOf(detector, view)) {
      const settings = view.policy.settingsFor(subject).detectors.get(detector.id);
      if (!settings?.isOff) yield* detector.pricesNeeded(subject, view, settings?.thresholds);
    }
  } catch {
    return;
  }
}

function subjectsOf(detector: Detector, view: SnapshotView): Iterable<Subject> {
  if (detector.select) return detector.select(view);
  return view.snapshot.resources.filter((resource) => resource.resourceType === detector.resourceType);
}
