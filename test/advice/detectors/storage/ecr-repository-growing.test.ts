import { describe, expect, it } from 'vitest';
import { ecrRepositoryGrowingProse } from '../../../../src/advice/detectors/storage/ecr-repository-growing.prose.ts';
import { ecrRepositoryGrowing } from '../../../../src/advice/detectors/storage/ecr-repository-growing.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { daysInMonth, monthOf } from '../../../../src/kernel/calendar.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const holding = (gigabytesOn: (daysAgo: number) => number) =>
  dailyLines({ serviceName: SERVICE.ecr, meterKind: 'TimedStorage-ByteHrs', usageQuantity: '0', billedCost: '0' }).map(
    (line, index, all) => {
      const gigabyteMonths = gigabytesOn(all.length - 1 - index) / daysInMonth(monthOf(line.day));
      const cost = (gigabyteMonths * 0.1).toFixed(10);
      return { ...line, usageQuantity: gigabyteMonths.toFixed(10), billedCost: cost, effectiveCost: cost };
    },
  );

describe('ECR repository growing', () => {
  it('saves the images that are older than the days worth keeping, and nothing at least', () => {
    const { savings, effect } = findingOf(judged(ecrRepositoryGrowing));
    // At most as much as keeping a month of them would leave.
    expect(savings).toEqual({ low: '0', expected: '20.79', high: '26.73' });
    expect(effect.component).toBe('storage');
  });

  it('finds one that grows on working days only', () => {
    // Nothing is pushed on some days: it never shrinks all the same.
    const lines = holding((ago) => 300 - Math.floor(ago / 2) * 2);
    expect(judged(ecrRepositoryGrowing, { resource: { lines } }).kind).toBe('finding');
  });

  it('leaves it alone up to the days worth keeping, and once images go', () => {
    expect(judged(ecrRepositoryGrowing, { resource: { lines: holding((ago) => 89 - ago) } })).toEqual({ kind: 'healthy' });
    expect(judged(ecrRepositoryGrowing, { resource: { lines: holding((ago) => 120 - ago) } }).kind).toBe('finding');
    expect(
      judged(ecrRepositoryGrowing, { resource: { lines: holding((ago) => 120 - ago) }, thresholds: { keptDays: 365 } }),
    ).toEqual({
      kind: 'healthy',
    });
    expect(judged(ecrRepositoryGrowing, { resource: { lines: holding((ago) => (ago === 5 ? 310 : 300 - ago)) } })).toEqual({
      kind: 'healthy',
    });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    const old = { firstBilledDay: '2026-01-01' };
    expect(judged(ecrRepositoryGrowing, { thresholds: { lookbackDays: 90 }, resource: old })).toMatchObject({ kind: 'unknown' });
  });

  it('names the repository with its path', () => {
    const { subject, evidence } = exampleOf(ecrRepositoryGrowing);
    const nested = { ...subject, resourceId: 'arn:aws:ecr:ap-northeast-1:111122223333:repository/team/order' };
    expect(ecrRepositoryGrowingProse.cli?.({ subject: nested, evidence })).toContain('--repository-name team/order');
  });
});
