import { describe, expect, it } from 'vitest';
import { ecsTaskX86 } from '../../../../src/advice/detectors/compute/ecs-task-x86.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const line = (meterKind: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.ecs, meterKind, usageQuantity: '24', billedCost });

describe('Fargate task on x86', () => {
  it('saves on vCPUs and memory, each by its own two prices', () => {
    const { savings, effect } = findingOf(judged(ecsTaskX86));
    // 24 x (0.05056 - 0.04045) + 48 x (0.00553 - 0.00442) a day.
    expect(Number(savings.expected)).toBeCloseTo(((24 * 0.01011 + 48 * 0.00111) * 730) / 24, 3);
    expect(effect.component).toBe('compute');
  });

  it.each(['Fargate-ARM-vCPU-Hours:perCPU', 'Fargate-Windows-vCPU-Hours:perCPU', 'Fargate-EphemeralStorage-GB-Hours'])(
    'has nothing to say of %s',
    (meterKind) => {
      expect(judged(ecsTaskX86, { resource: { lines: line(meterKind, '1') } })).toEqual({ kind: 'healthy' });
    },
  );

  it('leaves a small one alone, and takes the limit of a tenant', () => {
    const lines = line('Fargate-vCPU-Hours:perCPU', '0.16');
    expect(judged(ecsTaskX86, { resource: { lines } })).toEqual({ kind: 'healthy' });
    expect(judged(ecsTaskX86, { resource: { lines }, thresholds: { minimumMonthlySavings: 0.5 } }).kind).toBe('finding');
  });

  it('asks for prices as Virginia writes them: with a prefix', () => {
    const { subject, view } = exampleOf(ecsTaskX86);
    const asked = ecsTaskX86.pricesNeeded({ ...subject, regionId: 'us-east-1' }, view);
    expect(asked.map(({ attributes }) => attributes.usagetype).sort()).toEqual([
      'USE1-Fargate-ARM-GB-Hours',
      'USE1-Fargate-ARM-vCPU-Hours:perCPU',
      'USE1-Fargate-GB-Hours',
      'USE1-Fargate-vCPU-Hours:perCPU',
    ]);
  });

  it('cannot tell in a region whose usage types it does not know', () => {
    expect(judged(ecsTaskX86, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
