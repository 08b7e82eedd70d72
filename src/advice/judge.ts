import { type AdvisorError, isAdvisorError } from '../kernel/failure.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import type { Detector, Outcome, Subject } from './detector.ts';
import { forbiddenBecause } from './policy/forbidden.ts';
import type { DetectorSettings, Settings } from './policy/settings.ts';
import type { Advice, NotJudged } from './recommendation.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** What one detector said of one subject. Only answers that lead somewhere are kept; the others are counted. */
export interface Judgement {
  readonly detector: Detector;
  readonly subject: Subject | ResourceFacts;
  readonly outcome: Extract<Outcome, { kind: 'finding' | 'unknown' }>;
}

export interface Judged {
  readonly judgements: readonly Judgement[];
  readonly counts: Omit<Advice['judged'], 'belowMinimumSaving'>;
  readonly notJudged: readonly NotJudged[];
  /** The first failure of each detector that threw, for the log: such a subject counts as unknown. */
  readonly failures: readonly { readonly detectorId: string; readonly message: string }[];
}

/**
 * Asks every detector about its subjects: one pass over the resources, grouped by type, then the subjects that detectors select
 * themselves, each with the settings that the organisation's policy has for it. A detector that throws makes that subject "unknown" and nothing
 * else. INVALID_INPUT when thresholds are not of their schema. `resources` may be a stream that is read once.
 */
export function judge(
  view: SnapshotView,
  detectors: readonly Detector[],
  resources: Iterable<ResourceFacts> = view.snapshot.resources,
): Judged {
  const tally = new Tally(view, detectors);
  const desksByType = Map.groupBy(
    tally.desks.filter(({ detector }) => detector.select === null),
    ({ detector }) => detector.resourceType,
  );
  for (const resource of resources) {
    const desks = desksByType.get(resource.resourceType);
    if (desks === undefined) continue;
    const settings = view.policy.settingsFor(resource);
    for (const desk of desks) tally.ask(desk, resource, settings);
  }
  for (const desk of tally.desks) if (desk.detector.select) tally.askSelected(desk, desk.detector.select);
  return tally.result();
}

/** One detector at work, and the accounts in which it had something to judge. */
interface Desk {
  readonly detector: Detector;
  readonly accounts: Set<string>;
}

class Tally {
  readonly desks: readonly Desk[];
  readonly #view: SnapshotView;
  readonly #judgements: Judgement[] = [];
  readonly #counts = { findings: 0, healthy: 0, notApplicable: 0, unknown: 0 };
  readonly #missing = new Map<string, NotJudged>();
  readonly #failures = new Map<string, string>();

  constructor(view: SnapshotView, detectors: readonly Detector[]) {
    this.#view = view;
    this.desks = detectors.map((detector) => ({ detector, accounts: new Set() }));
  }

  ask(desk: Desk, subject: Subject | ResourceFacts, of: Settings): void {
    const { detector } = desk;
    const settings = of.detectors.get(detector.id);
    if (settings?.isOff) {
      desk.accounts.add(subject.accountId);
      this.#switchedOff(detector.id, settings, 1);
      return;
    }
    const outcome = this.#answer(detector, subject, of);
    switch (outcome.kind) {
      case 'healthy':
        this.#counts.healthy += 1;
        break;
      case 'notApplicable':
        this.#counts.notApplicable += 1;
        return;
      case 'finding':
        this.#counts.findings += 1;
        this.#judgements.push({ detector, subject, outcome });
        break;
      case 'unknown':
        this.#counts.unknown += 1;
        this.#judgements.push({ detector, subject, outcome });
        for (const because of new Set(outcome.missing)) this.#miss(detector.id, because, 1);
    }
    desk.accounts.add(subject.accountId);
  }

  askSelected(desk: Desk, select: NonNullable<Detector['select']>): void {
    try {
      for (const subject of select(this.#view)) this.ask(desk, subject, this.#view.policy.settingsFor(subject));
    } catch (error) {
      if (isWrongSetting(error)) throw error;
      this.#fail(desk.detector.id, error);
      this.#miss(desk.detector.id, 'detectorFailed', 1);
    }
  }

  result(): Judged {
    for (const desk of this.desks) {
      const settings = this.#view.policy.everywhere.detectors.get(desk.detector.id);
      if (settings?.isOff) this.#switchedOff(desk.detector.id, settings, 0);
      else this.#noteGaps(desk);
    }
    return {
      judgements: this.#judgements,
      counts: this.#counts,
      notJudged: [...this.#missing.values()].sort(byDetectorAndReason),
      failures: [...this.#failures].map(([detectorId, message]) => ({ detectorId, message })),
    };
  }

  #answer(detector: Detector, subject: Subject | ResourceFacts, settings: Settings): Outcome {
    return answerOf(detector, subject, { view: this.#view, settings, onFailure: (error) => this.#fail(detector.id, error) });
  }

  /** Accounts where the detector had no subject at all because a fact that it reads is not there: said, since silence looks like health. */
  #noteGaps({ detector, accounts }: Desk): void {
    for (const { accountId } of this.#view.snapshot.accounts) {
      if (accounts.has(accountId)) continue;
      for (const { fact } of detector.reads) {
        const states = this.#view.snapshot.coverage.filter((item) => item.fact === fact && item.accountId === accountId);
        if (states.some((item) => item.state === 'covered')) continue;
        this.#miss(detector.id, `${fact}.${states[0]?.state ?? 'notPulled'}`, 1);
      }
    }
  }

  /** Said also where it would have had nothing to judge: whoever reads the advice shall know what it does not look for. */
  #switchedOff(detectorId: string, { offBecause }: DetectorSettings, count: number): void {
    this.#miss(detectorId, 'policy.switchedOff', count, offBecause);
  }

  #miss(detectorId: string, because: string, count: number, note: string | null = null): void {
    const key = `${detectorId}\n${because}\n${note ?? ''}`;
    const before = this.#missing.get(key)?.count ?? 0;
    this.#missing.set(key, { detectorId, because, count: before + count, ...(note !== null && { note }) });
  }

  #fail(detectorId: string, error: unknown): void {
    if (!this.#failures.has(detectorId)) this.#failures.set(detectorId, error instanceof Error ? error.message : String(error));
  }
}

/** What one detector says of one subject; what it throws makes the answer "unknown" and is told to `onFailure`. */
export function answerOf(
  detector: Detector,
  subject: Subject | ResourceFacts,
  how: { readonly view: SnapshotView; readonly settings?: Settings; readonly onFailure?: (error: unknown) => void },
): Outcome {
  const { view, settings = view.policy.settingsFor(subject) } = how;
  const own = settings.detectors.get(detector.id);
  if (own?.isOff) return { kind: 'notApplicable', because: 'policy.switchedOff' };
  try {
    const outcome = detector.evaluate(subject, view, own?.thresholds);
    const because = outcome.kind === 'finding' ? forbiddenBecause(outcome, detector, subject, view.policy) : null;
    return because === null ? outcome : { kind: 'notApplicable', because };
  } catch (error) {
    if (isWrongSetting(error)) throw error;
    how.onFailure?.(error);
    return { kind: 'unknown', missing: ['detectorFailed'] };
  }
}

function isWrongSetting(error: unknown): error is AdvisorError {
  return isAdvisorError(error) && error.code === 'INVALID_INPUT';
}

function byDetectorAndReason(a: NotJudged, b: NotJudged): number {
  const [left, right] = [a, b].map(({ detectorId, because, note = '' }) => `${detectorId}\n${because}\n${note}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
