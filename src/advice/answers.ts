import type { ResourceFacts } from '../ledger/resource.ts';
import type { ResourceType } from '../ledger/resource-type.ts';
import type { Detector, Outcome, Subject } from './detector.ts';
import { answerOf } from './judge.ts';
import { recommendationId } from './reconcile.ts';
import { sharingGroupOf } from './sharing-group.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** What one rule says of one thing, worked out now; `id` is that of the recommendation that it makes or would make. */
export interface Answer {
  readonly id: string;
  readonly detector: Detector;
  readonly outcome: Outcome;
}

export interface Answers {
  readonly answers: readonly Answer[];
  /** Rules that are about other kinds of things. */
  readonly otherRules: number;
}

export interface Asked {
  readonly detectors: readonly Detector[];
  readonly view: SnapshotView;
  /** What the other advice leaves; asked only where a rule judges that. */
  readonly residual: () => SnapshotView;
}

/** Every rule for this kind of resource, and every rule that picks it. Nothing is stored: the one resource is judged again. */
export function answersOnResource(resource: ResourceFacts, asked: Asked): Answers {
  const isIt = (subject: Subject): boolean =>
    subject.resourceId === resource.resourceId &&
    subject.accountId === resource.accountId &&
    subject.regionId === resource.regionId;
  return answersOf(asked, (detector, view) => {
    const isOfItsType = detector.resourceType === resource.resourceType;
    if (detector.select === null) return isOfItsType ? [resource] : null;
    const picked = selected(detector, view).filter(isIt);
    if (picked.length > 0) return picked;
    return isOfItsType ? notPicked(resource) : null;
  });
}

/** Kinds of advice that name no resource. */
const OF_ACCOUNTS: ReadonlySet<ResourceType> = new Set(['ComputeSavingsPlans', 'Account']);

/** Every rule that judges accounts, or groups of accounts that share commitments, where this account is one of them. */
export function answersOnAccount(accountId: string, asked: Asked): Answers {
  return answersOf(asked, (detector, view) => {
    if (detector.select === null) return null;
    const group = sharingGroupOf(accountId, view);
    const own = selected(detector, view).filter(
      (subject) => subject.resourceId === null && sharingGroupOf(subject.accountId, view) === group,
    );
    if (own.length > 0) return own;
    if (!OF_ACCOUNTS.has(detector.resourceType)) return null;
    const subject = { accountId, regionId: null, resourceId: null, resourceType: detector.resourceType };
    const missing = gapsOf(detector, accountId, view);
    return missing.length > 0 ? [{ ...subject, outcome: { kind: 'unknown', missing } }] : notPicked(subject);
  });
}

type Settled = Subject & { readonly outcome: Outcome };

function answersOf(
  { detectors, view, residual }: Asked,
  subjectsOf: (detector: Detector, view: SnapshotView) => readonly (Subject | Settled)[] | null,
): Answers {
  let otherRules = 0;
  const answers: Answer[] = [];
  for (const detector of detectors) {
    const seen = detector.judges === 'stackedUsage' ? residual() : view;
    const subjects = subjectsOf(detector, seen);
    if (subjects === null) otherRules += 1;
    for (const subject of subjects ?? []) {
      const outcome = 'outcome' in subject ? subject.outcome : answerOf(detector, subject, { view: seen });
      answers.push({ id: recommendationId(view.snapshot.tenantId, detector.id, subject), detector, outcome });
    }
  }
  return { answers, otherRules };
}

function selected({ select }: Detector, view: SnapshotView): readonly Subject[] {
  return select ? [...select(view)] : [];
}

function notPicked(subject: Subject): readonly Settled[] {
  const { accountId, regionId, resourceId, resourceType } = subject;
  return [{ accountId, regionId, resourceId, resourceType, outcome: { kind: 'notApplicable', because: 'notPicked' } }];
}

/** Facts that the rule reads and that are not there for the account: why it found nothing to look at. */
function gapsOf({ reads }: Detector, accountId: string, { snapshot }: SnapshotView): readonly string[] {
  return reads.flatMap(({ fact }) => {
    const states = snapshot.coverage.filter((item) => item.fact === fact && item.accountId === accountId);
    return states.some(({ state }) => state === 'covered') ? [] : [`${fact}.${states[0]?.state ?? 'notPulled'}`];
  });
}
