import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineDetector } from '../../src/advice/define-detector.ts';
import type { Subject } from '../../src/advice/detector.ts';
import { judge } from '../../src/advice/judge.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { aDetector, anAccount, anInstance, aPolicy, aSnapshot, aView, aViewUnder, aVolume } from '../support/builders.ts';

const snapshot = aSnapshot({ resources: [anInstance(), aVolume(), anInstance({ resourceId: 'i-0bbbbbbbbbbbbbbb2' })] });

describe('judge', () => {
  it('asks each detector about the resources of its type, and no others', () => {
    const seen: (string | null)[] = [];
    const detector = aDetector({
      outcome: (subject) => {
        seen.push(subject.resourceId);
        return { kind: 'healthy' };
      },
    });
    expect(judge(viewOf(snapshot), [detector]).counts).toEqual({ findings: 0, healthy: 2, notApplicable: 0, unknown: 0 });
    expect(seen).toEqual(['i-0aaaaaaaaaaaaaaa1', 'i-0bbbbbbbbbbbbbbb2']);
  });

  it('asks a detector that selects for itself about what it selected', () => {
    const account: Subject = { accountId: '111122223333', regionId: null, resourceId: null, resourceType: 'Account' };
    const { judgements } = judge(viewOf(snapshot), [aDetector({ select: () => [account] })]);
    expect(judgements.map(({ subject }) => subject)).toEqual([account]);
  });

  it('goes on when a detector throws: that subject is unknown, and why is kept for the log', () => {
    const detector = aDetector({
      outcome: (subject) => {
        if (subject.resourceId === 'i-0aaaaaaaaaaaaaaa1') throw new Error('division by zero');
        return { kind: 'healthy' };
      },
    });
    const judged = judge(viewOf(snapshot), [detector]);
    expect(judged.counts).toMatchObject({ healthy: 1, unknown: 1 });
    expect(judged.notJudged).toEqual([{ detectorId: 'test-detector', because: 'detectorFailed', count: 1 }]);
    expect(judged.failures).toEqual([{ detectorId: 'test-detector', message: 'division by zero' }]);
  });

  it('goes on when a detector throws while it selects', () => {
    const broken = aDetector({
      select: () => {
        throw new Error('no such index');
      },
    });
    const judged = judge(viewOf(snapshot), [broken, aDetector({ id: 'sound' })]);
    expect(judged.counts.findings).toBe(2);
    expect(judged.notJudged).toContainEqual({ detectorId: 'test-detector', because: 'detectorFailed', count: 1 });
  });

  it('counts what could not be told by its reason', () => {
    const detector = aDetector({ outcome: () => ({ kind: 'unknown', missing: ['memory', 'computeOptimizer'] }) });
    expect(judge(viewOf(snapshot), [detector]).notJudged).toEqual([
      { detectorId: 'test-detector', because: 'computeOptimizer', count: 2 },
      { detectorId: 'test-detector', because: 'memory', count: 2 },
    ]);
  });

  it('says in how many accounts a detector had nothing to look at because a fact was missing', () => {
    const bill = aSnapshot({
      accounts: [anAccount(), anAccount({ accountId: '222233334444' })],
      coverage: [
        { fact: 'usageByResource', accountId: '111122223333', regionId: null, state: 'tooOld', detail: null },
        { fact: 'usageByResource', accountId: '222233334444', regionId: null, state: 'tooOld', detail: null },
      ],
    });
    const detector = aDetector({
      reads: [
        { fact: 'usageByResource', lookbackDays: 14 },
        { fact: 'computeOptimizer', lookbackDays: 14 },
      ],
    });
    expect(judge(viewOf(bill), [detector]).notJudged).toEqual([
      { detectorId: 'test-detector', because: 'computeOptimizer.notPulled', count: 2 },
      { detectorId: 'test-detector', because: 'usageByResource.tooOld', count: 2 },
    ]);
  });

  it('is silent about an account that has all the facts and nothing of that type', () => {
    expect(judge(aView({ resources: [] }), [aDetector()]).notJudged).toEqual([]);
  });

  it('stops at a wrong threshold, naming detector and field, since that is a setting and not a fact', () => {
    const policy = aPolicy({ detectors: { 'test-detector': { thresholds: { minimumDays: 3 } } } });
    expect(() => judge(aViewUnder(policy, snapshot), [aDetector()])).toThrow(/Thresholds of test-detector.*minimumDays/s);
  });
});

describe('defineDetector', () => {
  const define = (outcome: object) =>
    defineDetector({
      ...aDetector(),
      id: 'x-y',
      thresholds: z.strictObject({ minimumDays: z.number().int().default(14).describe('Days to wait before judging.') }),
      evidence: z.strictObject({ days: z.number() }),
      example: { subject: anInstance(), evidence: { days: 14 }, view: aView() },
      select: undefined,
      pricesNeeded: undefined,
      evaluate: (_subject: Subject, { thresholds }) => ({
        kind: 'finding' as const,
        evidence: { days: thresholds.minimumDays },
        savings: { low: '1', expected: '2', high: '3' },
        confidence: { level: 0.5, because: [] },
        priceBasis: 'observed' as const,
        effect: { component: 'compute' as const, monthlyCost: '5' },
        ...outcome,
      }),
    });

  it('uses the defaults, and the override that it is given', () => {
    expect(define({}).evaluate(anInstance(), aView())).toMatchObject({ evidence: { days: 14 } });
    expect(define({}).evaluate(anInstance(), aView(), { minimumDays: 30 })).toMatchObject({ evidence: { days: 30 } });
  });

  it('does not let a misspelt override pass', () => {
    expect(() => define({}).evaluate(anInstance(), aView(), { minimumDay: 30 })).toThrow(/minimumDay/);
  });

  it.each([
    ['evidence that was not promised', { evidence: { weeks: 2 } }],
    ['a range that is not in order', { savings: { low: '3', expected: '2', high: '1' } }],
    ['a negative saving', { savings: { low: '-1', expected: '2', high: '3' } }],
    ['more than certain', { confidence: { level: 1.1, because: [] } }],
  ])('throws on %s', (_what, outcome) => {
    expect(() => define(outcome).evaluate(anInstance(), aView())).toThrow();
  });
});
