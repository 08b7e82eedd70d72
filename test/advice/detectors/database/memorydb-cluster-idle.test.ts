import { describe, expect, it } from 'vitest';
import { memorydbClusterIdle } from '../../../../src/advice/detectors/database/memorydb-cluster-idle.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { exampleOf, findingOf, judged, notEnrolled, silent } from '../support.ts';

const saying = (finding: Snapshot['awsRecommendations'][number]['finding']) => (snapshot: Snapshot) => ({
  awsRecommendations: snapshot.awsRecommendations.map((said) => ({ ...said, finding })),
});

describe('MemoryDB cluster idle', () => {
  it('takes AWS at its word, and all of it goes', () => {
    const finding = findingOf(judged(memorydbClusterIdle));
    expect(finding.savings.expected).toBe('540.2');
    expect(finding.effect).toEqual({ component: '*', monthlyCost: '540.2', share: '1' });
    expect(finding.confidence.because).toContain('snapshotKept');
  });

  it('takes silence for use only where AWS looked', () => {
    expect(judged(memorydbClusterIdle, { snapshot: silent })).toEqual({ kind: 'healthy' });
    expect(judged(memorydbClusterIdle, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
  });

  it('leaves alone what AWS calls by another word', () => {
    expect(judged(memorydbClusterIdle, { snapshot: saying('Optimized') })).toEqual({ kind: 'healthy' });
  });

  it('takes the longer look-back of a tenant: what is younger is left alone', () => {
    const firstBilledDay = '2026-11-02';
    const { subject } = exampleOf(memorydbClusterIdle);
    const lines = 'lines' in subject ? (subject.lines as { day: string }[]).filter(({ day }) => day >= firstBilledDay) : [];
    const resource = { firstBilledDay, lines: lines as never };
    expect(judged(memorydbClusterIdle, { resource }).kind).toBe('finding');
    expect(judged(memorydbClusterIdle, { resource, thresholds: { lookbackDays: 28 } })).toEqual({
      kind: 'notApplicable',
      because: 'tooYoung',
    });
  });
});
