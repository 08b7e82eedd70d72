import { describe, expect, it } from 'vitest';
import { logGroupRetentionMissingProse } from '../../../../src/advice/detectors/observability/log-group-retention-missing.prose.ts';
import { logGroupRetentionMissing } from '../../../../src/advice/detectors/observability/log-group-retention-missing.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { daysInMonth, monthOf } from '../../../../src/kernel/calendar.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

/** `gigabytes` on the last settled day, and what is told on the days before it. */
const holding = (gigabytesOn: (daysAgo: number) => number, meterKind = 'TimedStorage-ByteHrs') =>
  dailyLines({ serviceName: SERVICE.cloudWatch, meterKind, usageQuantity: '0', billedCost: '0' }).map((line, index, all) => {
    const gigabyteMonths = gigabytesOn(all.length - 1 - index) / daysInMonth(monthOf(line.day));
    const cost = (gigabyteMonths * 0.033).toFixed(10);
    return { ...line, usageQuantity: gigabyteMonths.toFixed(10), billedCost: cost, effectiveCost: cost };
  });
const heldFor = (days: number, thresholds?: unknown) =>
  judged(logGroupRetentionMissing, { resource: { lines: holding((ago) => 2 * (days - ago)) }, thresholds });

describe('log group retention missing', () => {
  it('reads from stored data and its growth how many days are held, and saves what is too old', () => {
    const { evidence, savings, effect } = findingOf(heldFor(730));
    expect(evidence).toMatchObject({ storedGigabytes: '1460', growthPerDayGigabytes: '2', heldDays: 730 });
    // 1,460 GB at 0.033, of which half is older than a year.
    expect(Number(savings.expected)).toBeCloseTo(24.0, 1);
    expect(savings.low).toBe('0');
    expect(effect.component).toBe('storage');
  });

  it('leaves it alone up to the days that are worth keeping', () => {
    expect(heldFor(364)).toEqual({ kind: 'healthy' });
    expect(heldFor(364, { keptDays: 90 }).kind).toBe('finding');
    expect(heldFor(420, { minimumMonthlySavings: 0 }).kind).toBe('finding');
    expect(heldFor(420, { minimumMonthlySavings: 10 })).toEqual({ kind: 'healthy' });
  });

  it('leaves one alone that shrank on a single day, or does not grow', () => {
    const shrunk = holding((ago) => (ago === 4 ? 1400 : 1460 - ago));
    expect(judged(logGroupRetentionMissing, { resource: { lines: shrunk } })).toEqual({ kind: 'healthy' });
    expect(judged(logGroupRetentionMissing, { resource: { lines: holding(() => 900) } })).toEqual({ kind: 'healthy' });
    expect(judged(logGroupRetentionMissing, { resource: { lines: holding((ago) => 300 + ago) } })).toEqual({ kind: 'healthy' });
  });

  it('is not led astray by a longer month', () => {
    // Level storage costs less a day in a month of 31 days.
    const lines = holding(() => 500);
    expect(judged(logGroupRetentionMissing, { thresholds: { lookbackDays: 30 }, resource: { lines } })).toEqual({
      kind: 'healthy',
    });
  });

  it('looks at what is stored, not at what comes in', () => {
    const lines = holding((ago) => 100 - ago, 'DataProcessing-Bytes');
    expect(judged(logGroupRetentionMissing, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    const outcome = judged(logGroupRetentionMissing, {
      thresholds: { lookbackDays: 90 },
      resource: { firstBilledDay: '2026-01-01' },
    });
    expect(outcome).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });

  it('names the whole log group in its code, slashes and all, and deletes nothing by itself', () => {
    const { subject, evidence } = exampleOf(logGroupRetentionMissing);
    const cli = logGroupRetentionMissingProse.cli?.({ subject, evidence }) ?? '';
    expect(cli).toContain('# aws logs put-retention-policy --log-group-name /aws/lambda/order');
  });
});
