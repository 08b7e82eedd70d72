import { describe, expect, it } from 'vitest';
import { rdsInstanceOffHours } from '../../../../src/advice/detectors/database/rds-instance-off-hours.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import type { UsageLine } from '../../../../src/ledger/resource.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const lines = (usageQuantity: string): UsageLine[] =>
  dailyLines({ serviceName: SERVICE.rds, meterKind: 'InstanceUsage:db.m5.large', usageQuantity, billedCost: '5.928' });
const STAGING = [{ key: 'Environment', value: 'staging' }];
/** `judged` takes the facts alone, without the example's policy. */
const staging = (change: Parameters<typeof judged>[1] = {}) =>
  judged(rdsInstanceOffHours, { ...change, resource: { tags: STAGING, ...change.resource } });

describe('RDS instance off hours', () => {
  it('finds a database for tests that never rests; whether nobody needs it at night only people can tell', () => {
    const finding = findingOf(staging());
    expect(finding.confidence.because).toContain('billOnly');
    expect(Number(finding.savings.expected)).toBeCloseTo(130.29, 2);
    expect(Number(finding.savings.high)).toBeGreaterThan(Number(finding.savings.expected));
    expect(finding.effect.component).toBe('hours');
  });

  it('takes what a person said of the hours before the policy, and leaves alone what is needed at all hours', () => {
    const heard = (operatingHours: string) => staging({ hearing: { environment: 'staging', operatingHours } });
    expect(findingOf(heard('weekdays 08:00-21:00 JST')).evidence).toMatchObject({ hoursPerWeek: 65, timeZone: 'Asia/Tokyo' });
    expect(findingOf(heard('平日 10:00-12:00')).evidence.hoursPerWeek).toBe(10);
    expect(findingOf(heard('nobody knows')).evidence.hoursPerWeek).toBe(45);
    for (const always of ['24x7', '24/7', '24時間', 'always']) {
      expect(heard(always), always).toEqual({ kind: 'notApplicable', because: 'neededAlways' });
    }
  });

  it('leaves a margin around each working day, as wide as a tenant says', () => {
    const saved = (marginHours: number) => Number(findingOf(staging({ thresholds: { marginHours } })).savings.expected);
    expect(saved(0)).toBeGreaterThan(saved(1));
    expect(saved(1)).toBeGreaterThan(saved(2));
  });

  it('leaves production alone, and cannot tell where nobody said', () => {
    expect(judged(rdsInstanceOffHours, { resource: { tags: [{ key: 'env', value: 'prod' }] } })).toEqual({
      kind: 'notApplicable',
      because: 'production',
    });
    expect(judged(rdsInstanceOffHours)).toEqual({ kind: 'unknown', missing: ['environmentUnknown'] });
  });

  it('leaves one alone that rests on a single day, or at night', () => {
    const sunday = lines('24').map((line) => (line.day === '2026-11-15' ? { ...line, usageQuantity: '12' } : line));
    expect(staging({ resource: { lines: sunday } })).toEqual({ kind: 'healthy' });
    expect(staging({ resource: { lines: lines('13') } })).toEqual({ kind: 'healthy' });
  });

  it('takes a restart for none', () => {
    const restarted = lines('24').map((line) => (line.day === '2026-11-15' ? { ...line, usageQuantity: '23.9' } : line));
    expect(staging({ resource: { lines: restarted } }).kind).toBe('finding');
  });

  it('leaves a read replica alone, which cannot be stopped', () => {
    const tags = [...STAGING, { key: 'role', value: 'read-replica' }];
    expect(staging({ resource: { tags } })).toEqual({ kind: 'notApplicable', because: 'readReplica' });
  });

  it('is not for what has no instance hours', () => {
    const storage = dailyLines({
      serviceName: SERVICE.rds,
      meterKind: 'RDS:GP3-Storage',
      usageQuantity: '20',
      billedCost: '0.1',
    });
    expect(staging({ resource: { lines: storage } })).toEqual({ kind: 'notApplicable', because: 'noInstanceHours' });
  });
});
