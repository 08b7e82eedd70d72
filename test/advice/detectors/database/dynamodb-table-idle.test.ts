import { describe, expect, it } from 'vitest';
import { dynamodbTableIdle } from '../../../../src/advice/detectors/database/dynamodb-table-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged, notEnrolled, silent } from '../support.ts';

const lines = (meterKind: string) =>
  dailyLines({ serviceName: SERVICE.dynamoDb, meterKind, usageQuantity: '4800', billedCost: '1' });

describe('DynamoDB table idle', () => {
  it('takes AWS at its word: the capacity goes, the data stays', () => {
    const finding = findingOf(judged(dynamodbTableIdle));
    expect(finding.savings.expected).toBe('129.9984');
    expect(finding.effect).toEqual({ component: 'compute', monthlyCost: '129.9984', share: '1' });
  });

  it.each(['IA-WriteCapacityUnit-Hrs', 'ReplWriteCapacityUnit-Hrs'])('counts %s', (meterKind) => {
    expect(findingOf(judged(dynamodbTableIdle, { resource: { lines: lines(meterKind) } })).savings.expected).toBe('30.416667');
  });

  it('leaves a table on demand alone, which pays for storage alone', () => {
    expect(judged(dynamodbTableIdle, { resource: { lines: lines('TimedStorage-ByteHrs') } })).toEqual({ kind: 'healthy' });
  });

  it('takes silence for use only where AWS looked', () => {
    expect(judged(dynamodbTableIdle, { snapshot: silent })).toEqual({ kind: 'healthy' });
    expect(judged(dynamodbTableIdle, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
  });

  it('leaves a standby for disasters alone', () => {
    expect(judged(dynamodbTableIdle, { hearing: { disasterRecoveryRole: 'standby' } })).toEqual({
      kind: 'notApplicable',
      because: 'disasterRecoveryStandby',
    });
  });

  it('takes the longer look-back of a tenant', () => {
    expect(judged(dynamodbTableIdle, { thresholds: { lookbackDays: 60 } }).kind).toBe('finding');
    expect(judged(dynamodbTableIdle, { resource: { firstBilledDay: '2026-11-01' }, thresholds: { lookbackDays: 60 } }).kind).toBe(
      'notApplicable',
    );
  });
});
