import { describe, expect, it } from 'vitest';
import { kinesisStreamIdle } from '../../../../src/advice/detectors/database/kinesis-stream-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const meter = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.kinesis, meterKind, usageQuantity, billedCost });
const shards = meter('Storage-ShardHour', '96', '1.872');
const withUse = (meterKind: string, quantity: string, thresholds?: unknown) =>
  judged(kinesisStreamIdle, { resource: { lines: [...shards, ...meter(meterKind, quantity, '0.0001')] }, thresholds });

describe('Kinesis stream idle', () => {
  it('finds shards without a record, from the bill alone, and all of it goes', () => {
    const finding = findingOf(judged(kinesisStreamIdle));
    expect(finding.savings.expected).toBe('56.94');
    expect(finding.effect).toEqual({ component: '*', monthlyCost: '56.94' });
  });

  it('finds a stream on demand, with its longer retention', () => {
    const lines = [...meter('OnDemand-StreamHour', '24', '1.248'), ...meter('Extended-ShardHour', '24', '0.6')];
    expect(findingOf(judged(kinesisStreamIdle, { resource: { lines } })).savings.expected).toBe('56.21');
  });

  it.each([
    'PutRequestPayloadUnits',
    'OnDemand-BilledIncomingBytes',
    'OnDemand-BilledOutgoingBytes',
    'OnDemand-BilledOutgoingEFOBytes',
  ])('leaves a stream with %s alone', (meterKind) => {
    expect(withUse(meterKind, '0.5')).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant: a health check is no use', () => {
    expect(withUse('PutRequestPayloadUnits', '99', { maximumUsePerDay: 100 }).kind).toBe('finding');
    expect(withUse('PutRequestPayloadUnits', '100', { maximumUsePerDay: 100 })).toEqual({ kind: 'healthy' });
  });

  it('leaves one alone that was not there on each day', () => {
    const lines = shards.filter(({ day }) => day !== '2026-11-15');
    expect(judged(kinesisStreamIdle, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where the days that we hold are fewer than the look-back', () => {
    expect(judged(kinesisStreamIdle, { thresholds: { lookbackDays: 60 } })).toEqual({
      kind: 'unknown',
      missing: ['shortHistory'],
    });
  });
});
