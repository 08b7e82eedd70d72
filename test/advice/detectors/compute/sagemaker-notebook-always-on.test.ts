import { describe, expect, it } from 'vitest';
import { sagemakerNotebookAlwaysOn } from '../../../../src/advice/detectors/compute/sagemaker-notebook-always-on.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const running = (hours: string) =>
  dailyLines({ serviceName: SERVICE.sageMaker, meterKind: 'Notebk:ml.m5.xlarge', usageQuantity: hours, billedCost: '7.152' });

describe('SageMaker notebook always on', () => {
  it('saves the hours that nobody works, more or less by holidays and by those who stay late', () => {
    const { savings, effect } = findingOf(judged(sagemakerNotebookAlwaysOn));
    // 168 hours, of which 45 are worked in a week without holidays, 55 with the margin of two hours a day.
    expect(Number(savings.low)).toBeCloseTo((217.54 * (168 - 55)) / 168, 2);
    expect(Number(savings.low)).toBeLessThan(Number(savings.expected));
    expect(Number(savings.expected)).toBeLessThan(Number(savings.high));
    expect(Number(savings.high)).toBeLessThan(217.54 * 0.76);
    expect(effect.component).toBe('hours');
  });

  it('leaves one alone that slept for an hour and more, and finds it at 23 hours', () => {
    const at = (hours: string) => judged(sagemakerNotebookAlwaysOn, { resource: { lines: running(hours) } });
    expect(at('22.9')).toEqual({ kind: 'healthy' });
    expect(at('23').kind).toBe('finding');
  });

  it('leaves one alone that slept on a single day', () => {
    const lines = running('24').map((line) => (line.day === '2026-11-15' ? { ...line, usageQuantity: '0' } : line));
    expect(judged(sagemakerNotebookAlwaysOn, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('keeps the disk: only hours are saved', () => {
    const disk = dailyLines({
      serviceName: SERVICE.sageMaker,
      meterKind: 'Notebk:VolumeUsage.gp2',
      usageQuantity: '0.1',
      billedCost: '1',
    });
    const { evidence } = findingOf(judged(sagemakerNotebookAlwaysOn, { resource: { lines: [...running('24'), ...disk] } }));
    expect(evidence).toMatchObject({ instanceType: 'ml.m5.xlarge', monthlyCost: '217.54' });
  });

  it('takes the margin of a tenant', () => {
    const { evidence } = findingOf(judged(sagemakerNotebookAlwaysOn, { thresholds: { marginHours: 0 } }));
    expect(evidence).toMatchObject({ workingHoursPerWeek: '45' });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    const outcome = judged(sagemakerNotebookAlwaysOn, {
      thresholds: { lookbackDays: 90 },
      resource: { firstBilledDay: '2026-01-01' },
    });
    expect(outcome).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });
});
