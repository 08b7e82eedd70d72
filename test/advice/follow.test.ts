import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import type { Decision } from '../../src/advice/decision.ts';
import type { Detector } from '../../src/advice/detector.ts';
import { STILL_SEEN_DAYS, withDecision } from '../../src/advice/follow.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import { aDecision } from '../support/advice-arbitraries.ts';
import { aDetector, anInstance, aSnapshot } from '../support/builders.ts';

const snapshot = aSnapshot({ resources: [anInstance()] });
const TODAY = snapshot.asOf;
const healthy = aDetector({ outcome: () => ({ kind: 'healthy' }) });
const blind = aDetector({ outcome: () => ({ kind: 'unknown', missing: ['computeOptimizer'] }) });
const costing = (monthlyCost: string) => aDetector({ effect: { component: 'compute', monthlyCost } });

interface Turn {
  readonly previous?: readonly Recommendation[];
  readonly decisions?: readonly Decision[];
  readonly day?: string;
  readonly facts?: Snapshot;
  readonly detector?: Detector;
}

function turn({
  previous = [],
  decisions = [],
  day = TODAY,
  facts = snapshot,
  detector = aDetector(),
}: Turn = {}): Recommendation {
  const exemptions = { exemptions: [], day };
  const [item] = advise({ snapshot: facts, detectors: [detector], previous, decisions, exemptions }).recommendations;
  if (!item) throw new Error('one');
  return item;
}

const first = turn();
const decided = (given: Partial<Decision>) => aDecision({ recommendationId: first.id, ...given });

describe('a decision', () => {
  it('is read on the next turn, once', () => {
    const decision = decided({ to: 'dismissed', dismissedBecause: 'notOurs' });
    const next = turn({ previous: [first], decisions: [decision] });
    expect(next).toMatchObject({ status: 'dismissed', decision: { dismissedBecause: 'notOurs' }, netMonthlySavings: '0' });
    expect(turn({ previous: [next], decisions: [decision] })).toEqual(next);
  });

  it('holds where the turn does not know the facts beside the recommendation, too', () => {
    const decision = decided({ to: 'accepted', owner: 'Web team' });
    expect(turn({ previous: [withDecision(first, decision)] })).toEqual(turn({ previous: [first], decisions: [decision] }));
  });

  it('taken while a thing left the data is kept as what it was', () => {
    const decision = decided({ to: 'accepted', owner: 'Web team' });
    const gone = turn({ previous: [first], decisions: [decision], detector: healthy });
    expect(gone).toMatchObject({ status: 'closed', closedBecause: 'seenAsDone', decision: { owner: 'Web team' } });
  });
});

describe('what nobody looked at for a while', () => {
  it.each([
    ['accepted', 'accepted', {}],
    ['dismissed', 'dismissed', {}],
    ['snoozed', 'open', { snoozedUntil: TODAY }],
  ] as const)('is %s before and %s after', (to, status, given) => {
    const before = turn({ previous: [withDecision(first, decided({ to, ...given }))] });
    const [closed] = advise({ snapshot, detectors: [], previous: [before] }).recommendations;
    expect(closed).toMatchObject({ status: 'closed', closedBecause: 'notJudged' });
    expect(turn({ previous: closed ? [closed] : [] }).status).toBe(status);
  });
});

describe('what was snoozed', () => {
  const until = addDays(TODAY, 30);
  const snoozed = turn({ previous: [first], decisions: [decided({ to: 'snoozed', snoozedUntil: until })] });

  it('comes back on its day, not before, and counts again', () => {
    expect(turn({ previous: [snoozed], day: addDays(until, -1) }).status).toBe('snoozed');
    const back = turn({ previous: [snoozed], day: until });
    expect(back).toMatchObject({
      status: 'open',
      netMonthlySavings: '20',
      reopenedAfterDecision: { because: 'snoozeEnded', day: until, decisionNumber: 1 },
    });
    expect(turn({ previous: [back], day: addDays(until, 5) })).toEqual(back);
  });
});

describe('what was dismissed', () => {
  const dismissed = turn({
    previous: [first],
    decisions: [decided({ to: 'dismissed', dismissedBecause: 'tooSmall', monthlyCost: '100' })],
    detector: costing('100'),
  });

  it('stays so while its cost has not grown by half', () => {
    expect(dismissed.status).toBe('dismissed');
    expect(turn({ previous: [dismissed], detector: costing('149.99'), day: addDays(TODAY, 300) }).status).toBe('dismissed');
  });

  it('comes back when it has, with both figures, and stays when it shrinks again', () => {
    const back = turn({ previous: [dismissed], detector: costing('150') });
    expect(back).toMatchObject({
      status: 'open',
      reopenedAfterDecision: { because: 'costGrown', monthlyCostThen: '100', monthlyCost: '150' },
    });
    expect(turn({ previous: [back], detector: costing('90') }).status).toBe('open');
  });

  it('is over once it is no longer true', () => {
    const closed = turn({ previous: [dismissed], detector: healthy });
    expect(closed).toMatchObject({ status: 'closed', closedBecause: 'noLongerTrue' });
    expect(turn({ previous: [closed] })).toMatchObject({ status: 'open', reopenedAfterDecision: null });
  });
});

describe('what was said to be done', () => {
  const implementedOn = addDays(snapshot.lineWindow.end, -STILL_SEEN_DAYS);
  const done = (day: string) =>
    turn({ previous: [first], decisions: [decided({ to: 'implemented', implementer: 'M. Tanaka', implementedOn: day })] });

  it('is doubted when seven settled days have gone by and it is still found', () => {
    expect(done(implementedOn)).toMatchObject({ status: 'implemented', stillSeen: null });
    const doubted = done(addDays(implementedOn, -1));
    expect(doubted).toMatchObject({ status: 'implemented', stillSeen: TODAY });
    expect(turn({ previous: [doubted], day: addDays(TODAY, 3) }).stillSeen).toBe(TODAY);
  });

  it('is not doubted because it could not be judged', () => {
    const later = { ...snapshot, asOf: addDays(TODAY, 20) };
    expect(turn({ previous: [done(implementedOn)], detector: blind, facts: later }).stillSeen).toBeNull();
  });

  it('closes as implemented when it is gone, and is open with the reason when it returns', () => {
    const closed = turn({ previous: [done(implementedOn)], detector: healthy });
    expect(closed).toMatchObject({ status: 'closed', closedBecause: 'implemented', stillSeen: null });
    expect(turn({ previous: [closed] })).toMatchObject({
      status: 'open',
      reopenedAfterDecision: { because: 'seenAgain', decisionNumber: 1 },
    });
  });
});
