import { fingerprintUuid } from '../kernel/fingerprint.ts';
import { exact } from '../kernel/money.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import { benefitOf } from './benefit.ts';
import { isStillBilled } from './costing.ts';
import type { Detector, Outcome, Subject } from './detector.ts';
import type { Judgement } from './judge.ts';
import type { ClosedBecause, Recommendation, RecommendationStatus } from './recommendation.ts';
import { secondSourceOf, secondSourcesOf } from './second-source.ts';
import type { SnapshotView } from './snapshot-view.ts';
import { spreadOf } from './spread.ts';

/** The name that a proposal keeps from run to run. */
export function recommendationId(tenantId: string, detectorId: string, subject: Omit<Subject, 'resourceType'>): string {
  return fingerprintUuid(tenantId, detectorId, subject.accountId, subject.regionId, subject.resourceId);
}

/**
 * Joins what was known with what was judged now. What is found again keeps its first day and what people answered; a closed one opens
 * again. What is not found again closes with its reason; what could not be judged stays as it was, since not knowing is no answer. Where the
 * organisation switched the detector off or does not want to hear of so small a saving (`hiddenIds`), what people answered stays as it was.
 * Law: the same judgements twice change nothing.
 */
export function reconcile(
  previous: readonly Recommendation[],
  judgements: readonly Judgement[],
  facts: ReconcileFacts,
): Recommendation[] {
  const { view } = facts;
  const { tenantId, asOf } = view.snapshot;
  const known = new Map(previous.map((item) => [item.id, item]));
  const found = new Map<string, Recommendation>();
  const undecided = new Set<string>();
  for (const { detector, subject, outcome } of judgements) {
    const id = recommendationId(tenantId, detector.id, subject);
    if (outcome.kind === 'unknown') undecided.add(id);
    else found.set(id, larger(found.get(id), recommendationOf(id, detector, subject, outcome, view)));
  }
  const reasons = closingReasons(facts);
  const kept = previous
    .filter((item) => !found.has(item.id))
    .map((item) => {
      if (item.status === 'closed' || undecided.has(item.id) || (item.status !== 'open' && reasons.isSwitchedOff(item)))
        return item;
      return {
        ...item,
        status: 'closed' as const,
        closedBecause: reasons.closedBecause(item),
        netMonthlySavings: '0',
        reductions: [],
        supersededBy: null,
        exemption: null,
        reopened: null,
        reopenedAfterDecision: null,
        stillSeen: null,
      };
    });
  const current = [...found.values()].map((item) => withHistory(item, known.get(item.id), asOf));
  return [...current, ...kept].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function withHistory(now: Recommendation, before: Recommendation | undefined, asOf: string): Recommendation {
  if (!before) return now;
  return {
    ...now,
    status: before.status === 'closed' ? statusOfReturned(before) : before.status,
    firstSeen: before.firstSeen < asOf ? before.firstSeen : asOf,
    lastSeen: before.lastSeen > asOf ? before.lastSeen : asOf,
    decision: before.decision,
  };
}

/** What was closed because nobody looked is as people decided; what was not true for a while is new. */
function statusOfReturned({ closedBecause, decision }: Recommendation): RecommendationStatus {
  const nobodyLooked =
    closedBecause === 'sourceDisconnected' || closedBecause === 'notJudged' || closedBecause === 'policyChanged';
  return nobodyLooked && decision ? decision.to : 'open';
}

/** One detector may meet a subject twice; the larger saving stays, whatever the order. */
function larger(a: Recommendation | undefined, b: Recommendation): Recommendation {
  if (!a) return b;
  const difference = exact(a.savings.expected).cmp(b.savings.expected);
  if (difference !== 0) return difference > 0 ? a : b;
  return JSON.stringify(a) <= JSON.stringify(b) ? a : b;
}

interface ReconcileFacts {
  readonly view: SnapshotView;
  readonly detectors: readonly Detector[];
  readonly hiddenIds?: ReadonlySet<string>;
}

function closingReasons({ view, detectors, hiddenIds }: ReconcileFacts) {
  const accounts = new Set(view.snapshot.accounts.map((account) => account.accountId));
  let resources: Map<string, ResourceFacts> | null = null;
  const resourceOf = (item: Recommendation): ResourceFacts | undefined => {
    resources ??= new Map(view.snapshot.resources.map((resource) => [resourceKey(resource), resource]));
    return resources.get(resourceKey(item));
  };
  const byId = new Map(detectors.map((detector) => [detector.id, detector]));
  const settingsOf = (item: Recommendation) => view.policy.settingsFor(resourceOf(item) ?? item).detectors.get(item.detectorId);
  const closedBecause = (item: Recommendation): ClosedBecause => {
    const detector = byId.get(item.detectorId);
    if (!detector) return 'notJudged';
    if (!accounts.has(item.accountId)) return 'sourceDisconnected';
    if (hiddenIds?.has(item.id) || settingsOf(item)?.isOff) return 'policyChanged';
    const done = doneBecause(item);
    if (item.resourceId === null) return done ?? 'noLongerTrue';
    const resource = resourceOf(item);
    if (!resource || !isStillBilled(resource, view)) return done ?? 'resourceGone';
    if (settingsOf(item)?.thresholds && wouldBeFound(detector, resource, view)) return 'policyChanged';
    return done ?? 'noLongerTrue';
  };
  return { closedBecause, isSwitchedOff: (item: Recommendation) => settingsOf(item)?.isOff === true };
}

/** What people said was done, is; what they only meant to do is proposed as done, never assumed. */
function doneBecause({ status }: Recommendation): ClosedBecause | null {
  if (status === 'implemented') return 'implemented';
  return status === 'accepted' ? 'seenAsDone' : null;
}

function wouldBeFound(detector: Detector, subject: Subject, view: SnapshotView): boolean {
  try {
    return detector.evaluate(subject, view).kind === 'finding';
  } catch {
    return false;
  }
}

function resourceKey({ accountId, regionId, resourceId }: Pick<Subject, 'accountId' | 'regionId' | 'resourceId'>): string {
  return `${accountId}\n${regionId}\n${resourceId}`;
}

function recommendationOf(
  id: string,
  detector: Detector,
  subject: Judgement['subject'],
  outcome: Extract<Outcome, { kind: 'finding' }>,
  view: SnapshotView,
): Recommendation {
  const { currency, asOf } = view.snapshot;
  const { savings, confidence } = spreadOf(subject, outcome, view);
  return {
    id,
    detectorId: detector.id,
    detectorRevision: detector.revision,
    category: detector.category,
    actionType: detector.actionType,
    bestPractices: detector.bestPractices,
    accountId: subject.accountId,
    regionId: subject.regionId,
    resourceId: subject.resourceId,
    resourceType: subject.resourceType,
    status: 'open',
    effort: detector.effort,
    rollbackPossible: detector.rollbackPossible,
    restartNeeded: detector.restartNeeded,
    confidence,
    currency,
    savings,
    netMonthlySavings: savings.expected,
    reductions: [],
    effect: outcome.effect,
    evidence: outcome.evidence,
    supersededBy: null,
    ...benefitOf(subject, outcome.effect, savings, view),
    priceBasis: outcome.priceBasis,
    secondSource: outcome.secondSource ?? secondSourceOf(subject, detector.actionType, view),
    secondSources: secondSourcesOf(subject, detector.actionType, view),
    firstSeen: asOf,
    lastSeen: asOf,
    closedBecause: null,
    exemption: null,
    reopened: null,
    decision: null,
    reopenedAfterDecision: null,
    stillSeen: null,
  };
}
