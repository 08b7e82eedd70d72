import { type AdvisorError, isAdvisorError } from '../kernel/failure.ts';
import type { ResourceFacts, ResourceType } from '../ledger/resource.ts';
import type { Detector, Outcome, Subject } from './detector.ts';
import type { Advice, NotJudged } from './recommendation.ts';
import type { SnapshotView } from './snapshot-view.ts';

/** Overrides by detector id; a detector without an entry runs on its defaults. */
export type ThresholdOverrides = Readonly<Record<string, unknown>>;

/** What one detector said of one subject. Only answers that lead somewhere are kept; the others are counted. */
export interface Judgement {
  readonly detector: Detector;
  readonly subject: Subject | ResourceFacts;
  readonly outcome: Extract<Outcome, { kind: 'finding' | 'unknown' }>;
}

export interface Judged {
  readonly judgements: readonly Judgement[];
  readonly counts: Advice['judged'];
  readonly notJudged: readonly NotJudged[];
  /** The first failure of each detector that threw, for the log: such a subject counts as unknown. */
  readonly failures: readonly { readonly detectorId: string; readonly message: string }[];
}

/**
 * Asks every detector about its subjects: one pass over the resources, grouped by type, then the subjects that detectors select
 * themselves. A detector that throws makes that subject "unknown" and nothing else. INVALID_INPUT when an override is not of its schema.
 */
export function judge(view: SnapshotView, detectors: readonly Detector[], thresholds: ThresholdOverrides = {}): Judged {
  const tally = new Tally(view, thresholds, detectors);
  const byType = detectorsByType(detectors);
  for (const resource of view.snapshot.resources) {
    for (const detector of byType.get(resource.resourceType) ?? []) tally.ask(detector, resource);
  }
  for (const detector of detectors) if (detector.select) tally.askSelected(detector, detector.select);
  return tally.result();
}

function detectorsByType(detectors: readonly Detector[]): Map<ResourceType, Detector[]> {
  const byType = new Map<ResourceType, Detector[]>();
  for (const detector of detectors) {
    if (detector.select) continue;
    byType.set(detector.resourceType, [...(byType.get(detector.resourceType) ?? []), detector]);
  }
  return byType;
}

class Tally {
  readonly #view: SnapshotView;
  readonly #thresholds: ThresholdOverrides;
  readonly #detectors: readonly Detector[];
  readonly #judgements: Judgement[] = [];
  readonly #counts = { findings: 0, healthy: 0, notApplicable: 0, unknown: 0 };
  readonly #missing = new Map<string, NotJudged>();
  readonly #failures = new Map<string, string>();
  readonly #accountsJudged = new Map<string, Set<string>>();

  constructor(view: SnapshotView, thresholds: ThresholdOverrides, detectors: readonly Detector[]) {
    this.#view = view;
    this.#thresholds = thresholds;
    this.#detectors = detectors;
    for (const { id } of detectors) this.#accountsJudged.set(id, new Set());
  }

  ask(detector: Detector, subject: Subject | ResourceFacts): void {
    const outcome = this.#answer(detector, subject);
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
    this.#accountsJudged.get(detector.id)?.add(subject.accountId);
  }

  askSelected(detector: Detector, select: NonNullable<Detector['select']>): void {
    try {
      for (const subject of select(this.#view)) this.ask(detector, subject);
    } catch (error) {
      if (isWrongSetting(error)) throw error;
      this.#fail(detector.id, error);
      this.#miss(detector.id, 'detectorFailed', 1);
    }
  }

  result(): Judged {
    for (const detector of this.#detectors) this.#noteGaps(detector);
    return {
      judgements: this.#judgements,
      counts: this.#counts,
      notJudged: [...this.#missing.values()].sort(byDetectorAndReason),
      failures: [...this.#failures].map(([detectorId, message]) => ({ detectorId, message })),
    };
  }

  #answer(detector: Detector, subject: Subject): Outcome {
    try {
      return detector.evaluate(subject, this.#view, this.#thresholds[detector.id]);
    } catch (error) {
      if (isWrongSetting(error)) throw error;
      this.#fail(detector.id, error);
      return { kind: 'unknown', missing: ['detectorFailed'] };
    }
  }

  /** Accounts where the detector had no subject at all because a fact that it reads is not there: said, since silence looks like health. */
  #noteGaps(detector: Detector): void {
    const judged = this.#accountsJudged.get(detector.id);
    for (const { accountId } of this.#view.snapshot.accounts) {
      if (judged?.has(accountId)) continue;
      for (const { fact } of detector.reads) {
        const states = this.#view.snapshot.coverage.filter((item) => item.fact === fact && item.accountId === accountId);
        if (states.some((item) => item.state === 'covered')) continue;
        this.#miss(detector.id, `${fact}.${states[0]?.state ?? 'notPulled'}`, 1);
      }
    }
  }

  #miss(detectorId: string, because: string, count: number): void {
    const key = `${detectorId}\n${because}`;
    const before = this.#missing.get(key)?.count ?? 0;
    this.#missing.set(key, { detectorId, because, count: before + count });
  }

  #fail(detectorId: string, error: unknown): void {
    if (!this.#failures.has(detectorId)) this.#failures.set(detectorId, error instanceof Error ? error.message : String(error));
  }
}

function isWrongSetting(error: unknown): error is AdvisorError {
  return isAdvisorError(error) && error.code === 'INVALID_INPUT';
}

function byDetectorAndReason(a: NotJudged, b: NotJudged): number {
  return a.detectorId < b.detectorId ? -1 : a.detectorId > b.detectorId ? 1 : a.because < b.because ? -1 : 1;
}
