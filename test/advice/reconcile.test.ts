import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import type { Detector } from '../../src/advice/detector.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import {
  aDetector,
  aMeterSeries,
  anAccount,
  anAwsRecommendation,
  anInstance,
  aPolicy,
  aSavingsPlan,
  aSnapshot,
  EXAMPLE_AS_OF,
} from '../support/builders.ts';

const before = aSnapshot({ resources: [anInstance()] });
const healthy = aDetector({ outcome: () => ({ kind: 'healthy' }) });
const turn = (snapshot: Snapshot, previous: readonly Recommendation[], detectors: readonly Detector[] = [aDetector()]) =>
  advise({ snapshot, detectors, previous }).recommendations;
const first = turn(before, []);
const answered = (status: Recommendation['status']) => first.map((item) => ({ ...item, status }));
const closedBecause = (items: readonly Recommendation[]) => items.map((item) => [item.status, item.closedBecause]);

describe('reconcile', () => {
  it('opens what is new, seen today', () => {
    expect(first).toMatchObject([{ status: 'open', firstSeen: EXAMPLE_AS_OF, lastSeen: EXAMPLE_AS_OF, closedBecause: null }]);
  });

  it('keeps the id and the first day of what is found again', () => {
    const later = { ...before, asOf: addDays(before.asOf, 7) };
    expect(turn(later, first)).toMatchObject([{ id: first[0]?.id, firstSeen: before.asOf, lastSeen: later.asOf }]);
  });

  it.each(['accepted', 'snoozed', 'dismissed', 'implemented'] as const)('keeps the answer "%s"', (status) => {
    expect(turn(before, answered(status))[0]?.status).toBe(status);
  });

  it('gives another id to another resource, account or tenant', () => {
    const others = [
      aSnapshot({ resources: [anInstance({ resourceId: 'i-0bbbbbbbbbbbbbbb2' })] }),
      aSnapshot({ resources: [anInstance({ accountId: '222233334444' })] }),
      { ...before, tenantId: 'another' },
    ].map((snapshot) => turn(snapshot, [])[0]?.id);
    expect(new Set([first[0]?.id, ...others]).size).toBe(4);
  });

  it('never closes what it could not judge', () => {
    const blind = aDetector({ outcome: () => ({ kind: 'unknown', missing: ['computeOptimizer'] }) });
    expect(turn(before, first, [blind])).toEqual(first);
  });

  it('closes what is no longer true', () => {
    expect(closedBecause(turn(before, first, [healthy]))).toEqual([['closed', 'noLongerTrue']]);
  });

  it('proposes as done what was accepted and is no longer true, and takes for done what people said was done', () => {
    expect(closedBecause(turn(before, answered('accepted'), [healthy]))).toEqual([['closed', 'seenAsDone']]);
    expect(closedBecause(turn(before, answered('implemented'), [healthy]))).toEqual([['closed', 'implemented']]);
  });

  it('closes what has no resource any more', () => {
    expect(closedBecause(turn({ ...before, resources: [] }, first))).toEqual([['closed', 'resourceGone']]);
  });

  it('closes what is no longer billed as gone', () => {
    const stopped = aSnapshot({ resources: [anInstance({ lastBilledDay: addDays(before.lineWindow.end, -3) })] });
    expect(closedBecause(turn(stopped, first, [healthy]))).toEqual([['closed', 'resourceGone']]);
  });

  it('closes what belongs to an account that we no longer read', () => {
    const other = aSnapshot({ accounts: [anAccount({ accountId: '222233334444' })] });
    expect(closedBecause(turn(other, first))).toEqual([['closed', 'sourceDisconnected']]);
  });

  it('closes what no detector judges any more', () => {
    expect(closedBecause(turn(before, first, []))).toEqual([['closed', 'notJudged']]);
  });

  it('says that the policy changed when only a threshold hides it', () => {
    const strict: Detector = {
      ...aDetector(),
      evaluate: (subject, view, thresholds) =>
        thresholds === undefined ? aDetector().evaluate(subject, view) : { kind: 'healthy' },
    };
    const policy = aPolicy({ detectors: { 'test-detector': { thresholds: {} } } });
    const after = advise({ snapshot: before, detectors: [strict], previous: first, policy });
    expect(closedBecause(after.recommendations)).toEqual([['closed', 'policyChanged']]);
  });

  it('opens a closed one again, with its first day', () => {
    const closed = turn(before, first, [healthy]);
    expect(turn(before, closed)).toEqual(first);
  });

  it('leaves closed ones as they were', () => {
    const closed = turn(before, first, [healthy]);
    expect(turn(before, closed, [healthy])).toEqual(closed);
  });
});

describe('beside our own figure', () => {
  it('keeps what AWS says of the same resource and never adds it', () => {
    const said = anAwsRecommendation({
      kind: 'ec2Instance',
      finding: 'Overprovisioned',
      options: [
        { rank: 2, estimatedMonthlySavings: '5' },
        { rank: 1, estimatedMonthlySavings: '33.5' },
      ].map((option) => ({
        target: 'm5.large',
        performanceRisk: 1,
        migrationEffort: null,
        platformDifferences: [],
        projectedCpuMaximumPercent: null,
        currency: 'USD',
        ...option,
      })),
    });
    const advice = advise({ snapshot: { ...before, awsRecommendations: [said] }, detectors: [aDetector()], previous: [] });
    expect(advice.recommendations[0]?.secondSource).toMatchObject({
      source: 'ComputeOptimizer',
      estimatedMonthlySavings: '33.5',
    });
    expect(advice.totals.gross).toBe('20');
  });

  it('names the account on whose bill a freed Savings Plan shows', () => {
    const accounts = ['111122223333', '222233334444'].map((accountId) => anAccount({ accountId, sharingGroupId: 'pool' }));
    const snapshot = aSnapshot({
      accounts,
      resources: [anInstance({ hourly: '1', effectiveHourly: '0.7' })],
      onDemandMeters: [aMeterSeries({ accountId: '222233334444', dailyCost: '90' })],
    });
    expect(turn(snapshot, [])[0]?.benefitAccountId).toBe('222233334444');
    expect(turn({ ...snapshot, resources: [anInstance()] }, [])[0]?.benefitAccountId).toBeNull();
    const own = { ...snapshot, onDemandMeters: [...snapshot.onDemandMeters, aMeterSeries({ dailyCost: '90' })] };
    expect(turn(own, [])[0]?.benefitAccountId).toBeNull();
  });

  it('names the day from which anything is saved where nobody can use a freed Savings Plan', () => {
    const plan = (commitmentId: string, hourlyCommitment: string, end: string) =>
      aSavingsPlan({ commitmentId, hourlyCommitment, end });
    const commitments = [
      plan('a', '0.01', '2026-12-31T23:59:59.000Z'),
      plan('b', '5', '2027-03-31T23:59:59.000Z'),
      plan('c', '5', '2027-06-30T23:59:59.000Z'),
    ];
    const found = turn(aSnapshot({ commitments, resources: [anInstance({ hourly: '1', effectiveHourly: '0.7' })] }), [])[0];
    // A fifth of it goes, 0.14 an hour: more than the first plan's end sets free.
    expect(found).toMatchObject({ fromDate: '2027-04-01', benefitAccountId: null });
    expect(found?.freedCommitment).toMatchObject({ landsMonthly: '0', strandedMonthly: '102.2', strandedUntil: '2027-04-01' });
  });
});
