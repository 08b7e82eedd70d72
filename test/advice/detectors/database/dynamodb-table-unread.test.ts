import { describe, expect, it } from 'vitest';
import { dynamodbTableUnread } from '../../../../src/advice/detectors/database/dynamodb-table-unread.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const meter = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.dynamoDb, meterKind, usageQuantity, billedCost });
const storage = (billedCost = '2.85') => meter('TimedStorage-ByteHrs', '10', billedCost);
const withUse = (meterKind: string, quantity: string, thresholds?: unknown) =>
  judged(dynamodbTableUnread, { resource: { lines: [...storage(), ...meter(meterKind, quantity, '0.001')] }, thresholds });

describe('DynamoDB table unread', () => {
  it('finds storage without any request; only people know whether the data may go', () => {
    const finding = findingOf(judged(dynamodbTableUnread));
    expect(finding.savings).toEqual({ low: '0', expected: '85.5', high: '85.5' });
    expect(finding.effect.component).toBe('*');
  });

  it.each(['ReadRequestUnits', 'IA-WriteRequestUnits', 'ReplWriteRequestUnits', 'ReadCapacityUnit-Hrs'])(
    'leaves a table with %s alone',
    (meterKind) => {
      expect(withUse(meterKind, '1')).toEqual({ kind: 'healthy' });
    },
  );

  it('takes the limit of a tenant: below it is next to nothing', () => {
    expect(withUse('ReadRequestUnits', '9', { maximumUsePerDay: 10 }).kind).toBe('finding');
    expect(withUse('ReadRequestUnits', '10', { maximumUsePerDay: 10 })).toEqual({ kind: 'healthy' });
  });

  it('leaves a small table alone, at the edge of 1 a month by default', () => {
    const at = (cost: string) => judged(dynamodbTableUnread, { resource: { lines: storage(cost) } });
    expect(at('0.0333')).toEqual({ kind: 'healthy' });
    expect(at('0.0334').kind).toBe('finding');
  });

  it('cannot tell where the days that we hold are fewer than the look-back', () => {
    expect(judged(dynamodbTableUnread, { thresholds: { lookbackDays: 60 } })).toEqual({
      kind: 'unknown',
      missing: ['shortHistory'],
    });
  });
});
