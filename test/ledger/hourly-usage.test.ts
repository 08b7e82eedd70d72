import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCommittable, reconcileHours } from '../../src/ledger/hourly-usage.ts';

describe('what a commitment can cover', () => {
  it.each([
    'BoxUsage:m5.large',
    'DedicatedUsage:m5.large',
    'InstanceUsage:db.r5.large',
    'Multi-AZUsage:db.r5.large',
    'NodeUsage:cache.m5.large',
    'Node:ra3.xlplus',
    'ESInstance:m5.large',
    'Fargate-vCPU-Hours:perCPU',
    'Lambda-GB-Second',
    'ReadCapacityUnit-Hrs',
  ])('%s', (kind) => {
    expect(isCommittable(kind)).toBe(true);
  });

  it.each(['SpotUsage:m5.large', 'DataTransfer-Out-Bytes', 'RDS:GP2-Storage', 'EBS:VolumeUsage.gp3', 'TimedStorage-ByteHrs', ''])(
    'not %s',
    (kind) => {
      expect(isCommittable(kind)).toBe(false);
    },
  );
});

describe('hours against their totals', () => {
  const control = (lines: string, total: string) => ({ day: '2026-11-10', currency: 'USD', lines, total });

  it('may lack up to one percent of a day, which is told', () => {
    expect(reconcileHours([control('99', '100'), control('10', '10')])).toEqual({ residual: '1', broken: null });
    expect(reconcileHours([control('10', '10'), { ...control('98.99', '100'), day: '2026-11-11' }]).broken).toBe('2026-11-11');
    expect(reconcileHours([control('0', '0.004')]).broken).toBe(null);
    expect(reconcileHours([control('0', '0.01')]).broken).toBe('2026-11-10');
  });

  it('always tell the whole difference', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer())), (days) => {
        const { residual } = reconcileHours(days.map(([lines, total]) => control(String(lines), String(total))));
        expect(Number(residual)).toBe(days.reduce((sum, [lines, total]) => sum + total - lines, 0));
      }),
    );
  });
});
