import { z } from 'zod';
import { AdvisorError } from '../kernel/failure.ts';
import { type DecimalString, exact } from '../kernel/money.ts';
import type { Detector, DetectorDefinition, EvaluateContext, Evidence, Outcome, SavingsRange, Subject } from './detector.ts';
import type { SnapshotView } from './snapshot-view.ts';

/**
 * Closes over the author's types, so that detectors over different subjects can stand in one list. Thresholds are read strictly
 * (INVALID_INPUT names the one that is wrong); an answer that breaks its own contract is a bug and throws, which the judge turns
 * into "unknown".
 */
export function defineDetector<const Id extends string, S extends Subject, T extends z.ZodObject, E extends Evidence>(
  definition: DetectorDefinition<Id, S, T, E>,
): Detector & { readonly id: Id } {
  const { select, evaluate, example, pricesNeeded, ...described } = definition;
  const thresholdsOf = thresholdReader(definition.id, definition.thresholds);
  // Made once for each of the few settings of a run; layers of a policy take turns from subject to subject.
  let ofRun: { readonly view: SnapshotView; readonly contexts: Map<unknown, EvaluateContext<z.infer<T>>> } | null = null;
  const contextOf = (view: SnapshotView, given: unknown): EvaluateContext<z.infer<T>> => {
    if (ofRun?.view !== view) ofRun = { view, contexts: new Map() };
    const known = ofRun.contexts.get(given);
    if (known) return known;
    const context = { thresholds: thresholdsOf(given), view, asOf: view.snapshot.asOf };
    ofRun.contexts.set(given, context);
    return context;
  };
  const answer = (subject: Subject, view: SnapshotView, given?: unknown): Outcome =>
    checked(definition, evaluate(asSubjectOf<S>(subject), contextOf(view, given)));
  return {
    ...described,
    judges: definition.judges ?? 'facts',
    select: select ?? null,
    evaluate: answer,
    pricesNeeded: (subject, view, given) => pricesNeeded?.(asSubjectOf<S>(subject), contextOf(view, given)) ?? [],
    runExample: () => ({
      subject: example.subject,
      view: example.view,
      outcome: answer(example.subject, example.view),
      expected: example.evidence,
    }),
  };
}

/**
 * The one cast: a subject reaches a detector either from its own `select`, or from the pass over the resources of its `resourceType`,
 * which are the subjects its author wrote it for.
 */
function asSubjectOf<S extends Subject>(subject: Subject): S {
  return subject as S;
}

function thresholdReader<T extends z.ZodObject>(detectorId: string, schema: T): (given: unknown) => z.infer<T> {
  return (given) => {
    const result = schema.safeParse(given ?? {});
    if (result.success) return result.data;
    throw new AdvisorError(
      'INVALID_INPUT',
      `Thresholds of ${detectorId} cannot be used: ${z.prettifyError(result.error)}`,
      `Look up the thresholds of ${detectorId} with "cost-pillar catalogue ${detectorId}".`,
    );
  };
}

function checked<Id extends string, S extends Subject, T extends z.ZodObject, E extends Evidence>(
  { id, evidence }: DetectorDefinition<Id, S, T, E>,
  outcome: Outcome<E>,
): Outcome {
  if (outcome.kind !== 'finding') return outcome;
  if (!isOrdered(outcome.savings)) throw new Error(`${id}: savings must be 0 <= low <= expected <= high`);
  if (outcome.confidence.level < 0 || outcome.confidence.level > 1) throw new Error(`${id}: confidence is 0..1`);
  return { ...outcome, evidence: evidence.parse(outcome.evidence) };
}

function isOrdered({ low, expected, high }: SavingsRange): boolean {
  return isAtMost('0', low) && isAtMost(low, expected) && isAtMost(expected, high);
}

/** Rounding to a float keeps the order, so where the floats differ no exact comparison is needed. */
function isAtMost(a: DecimalString, b: DecimalString): boolean {
  return Number(a) < Number(b) || exact(a).lte(b);
}
