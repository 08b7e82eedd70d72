import type { Detector, Evidence, Outcome, Subject } from '../../../src/advice/detector.ts';
import { type SnapshotView, viewOf } from '../../../src/advice/snapshot-view.ts';
import type { HearingFact } from '../../../src/ledger/hearing.ts';
import type { ResourceFacts } from '../../../src/ledger/resource.ts';
import type { Snapshot } from '../../../src/ledger/snapshot.ts';
import { aHearingFact } from '../../support/builders.ts';

export function exampleOf(detector: Detector): { subject: Subject; view: SnapshotView; evidence: Evidence } {
  const { subject, view, expected } = detector.runExample();
  return { subject, view, evidence: expected };
}

/** The detector's own example, with only what the test names changed. */
export function judged(
  detector: Detector,
  change: {
    readonly resource?: Partial<ResourceFacts>;
    readonly snapshot?: (snapshot: Snapshot) => Partial<Snapshot>;
    readonly hearing?: Partial<HearingFact>;
    readonly thresholds?: unknown;
  } = {},
): Outcome {
  const { subject, view } = exampleOf(detector);
  const resource = { ...subject, ...change.resource };
  const hearing = change.hearing ? [aHearingFact(change.hearing)] : view.snapshot.hearing;
  const snapshot = { ...view.snapshot, hearing, ...change.snapshot?.(view.snapshot) };
  return detector.evaluate(resource, viewOf(snapshot), change.thresholds);
}

/** The finding, or a failure that shows what came instead. */
export function findingOf(outcome: Outcome): Extract<Outcome, { kind: 'finding' }> {
  if (outcome.kind !== 'finding') throw new Error(`expected a finding, got ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Compute Optimizer was not switched on, and said nothing. */
export const notEnrolled = (snapshot: Snapshot): Partial<Snapshot> => ({
  awsRecommendations: [],
  coverage: snapshot.coverage.map((item) => (item.fact === 'computeOptimizer' ? { ...item, state: 'notEnrolled' } : item)),
});

/** Compute Optimizer looked at everything, and had nothing to say. */
export const silent = (): Partial<Snapshot> => ({ awsRecommendations: [] });
