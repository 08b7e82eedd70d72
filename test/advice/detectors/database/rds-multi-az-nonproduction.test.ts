import { describe, expect, it } from 'vitest';
import { rdsMultiAzNonproduction } from '../../../../src/advice/detectors/database/rds-multi-az-nonproduction.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const lines = (meterKind: string) =>
  dailyLines({ serviceName: SERVICE.rds, meterKind, usageQuantity: '24', billedCost: '11.856' });

describe('RDS Multi-AZ outside production', () => {
  it('finds it, and counts the hours alone', () => {
    const storage = dailyLines({
      serviceName: SERVICE.rds,
      meterKind: 'RDS:Multi-AZ-GP3-Storage',
      usageQuantity: '3',
      billedCost: '0.9',
    });
    const both = [...lines('Multi-AZUsage:db.m5.large'), ...storage];
    const finding = findingOf(judged(rdsMultiAzNonproduction, { resource: { lines: both } }));
    expect(finding.savings.expected).toBe('180.31');
    expect(finding.effect).toMatchObject({ component: 'compute', monthlyCost: '360.62', share: '0.5' });
  });

  it('leaves a database without a standby alone', () => {
    expect(judged(rdsMultiAzNonproduction, { resource: { lines: lines('InstanceUsage:db.m5.large') } })).toEqual({
      kind: 'healthy',
    });
  });

  it('leaves production alone, and cannot tell where nobody said', () => {
    expect(judged(rdsMultiAzNonproduction, { resource: { tags: [{ key: 'env', value: 'production' }] } })).toEqual({
      kind: 'notApplicable',
      because: 'production',
    });
    expect(judged(rdsMultiAzNonproduction, { resource: { tags: [] } })).toEqual({
      kind: 'unknown',
      missing: ['environmentUnknown'],
    });
  });

  it('believes people before tags', () => {
    expect(judged(rdsMultiAzNonproduction, { hearing: { environment: 'production' } })).toEqual({
      kind: 'notApplicable',
      because: 'production',
    });
  });

  it('leaves a standby for disasters alone', () => {
    expect(judged(rdsMultiAzNonproduction, { hearing: { environment: 'staging', disasterRecoveryRole: 'standby' } })).toEqual({
      kind: 'notApplicable',
      because: 'disasterRecoveryStandby',
    });
  });

  it('cannot tell without the engine', () => {
    expect(judged(rdsMultiAzNonproduction, { resource: { operation: null } })).toEqual({
      kind: 'unknown',
      missing: ['databaseEngine'],
    });
  });

  it('takes the limit of a tenant, at 50 %', () => {
    expect(judged(rdsMultiAzNonproduction, { thresholds: { minimumSavingsPercent: 50 } }).kind).toBe('finding');
    expect(judged(rdsMultiAzNonproduction, { thresholds: { minimumSavingsPercent: 50.1 } })).toEqual({ kind: 'healthy' });
  });
});
