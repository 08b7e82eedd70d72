import { describe, expect, it } from 'vitest';
import { ec2CapacityReservationUnused } from '../../../../src/advice/detectors/compute/ec2-capacity-reservation-unused.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const unused = (hours: string, billedCost: string, meterKind = 'UnusedBox:m5.large') =>
  dailyLines({ serviceName: SERVICE.ec2Compute, meterKind, usageQuantity: hours, billedCost });

describe('EC2 capacity reservation unused', () => {
  it('finds the places that are empty all the time', () => {
    const { savings, effect, evidence } = findingOf(judged(ec2CapacityReservationUnused));
    expect(savings.expected).toBe('181.04');
    expect(effect).toMatchObject({ component: 'compute', share: '1' });
    expect(evidence.unusedInstances).toBe(2);
  });

  it('gives back whole places only: what is empty for a part of the day stays', () => {
    const lines = unused('36', '4.464');
    const { savings, evidence } = findingOf(judged(ec2CapacityReservationUnused, { resource: { lines } }));
    expect(evidence).toMatchObject({ unusedInstances: 1, monthlyCost: '135.78' });
    expect(savings.expected).toBe('90.52');
  });

  it('needs one place around the clock on each day', () => {
    expect(judged(ec2CapacityReservationUnused, { resource: { lines: unused('23.9', '2.96') } })).toEqual({ kind: 'healthy' });
    const lines = unused('48', '5.952').filter(({ day }) => day !== '2026-11-15');
    expect(judged(ec2CapacityReservationUnused, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('knows dedicated ones', () => {
    const lines = unused('24', '3.1', 'UnusedDed:m5.large');
    expect(findingOf(judged(ec2CapacityReservationUnused, { resource: { lines } })).evidence.instanceType).toBe('m5.large');
  });

  it('leaves those for the second site alone', () => {
    expect(judged(ec2CapacityReservationUnused, { hearing: { disasterRecoveryRole: 'standby' } })).toEqual({
      kind: 'notApplicable',
      because: 'disasterRecoveryStandby',
    });
  });

  it('takes the limit of a tenant, and cannot tell on a short history', () => {
    expect(judged(ec2CapacityReservationUnused, { thresholds: { minimumUnusedInstances: 3 } })).toEqual({ kind: 'healthy' });
    const outcome = judged(ec2CapacityReservationUnused, {
      thresholds: { lookbackDays: 90 },
      resource: { firstBilledDay: '2026-01-01' },
    });
    expect(outcome).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });
});
