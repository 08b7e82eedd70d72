import { describe, expect, it } from 'vitest';
import { logGroupInfrequentAccess } from '../../../../src/advice/detectors/observability/log-group-infrequent-access.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged } from '../support.ts';

const taking = (gigabytes: string, meterKind = 'DataProcessing-Bytes') =>
  dailyLines({
    serviceName: SERVICE.cloudWatch,
    meterKind,
    usageQuantity: gigabytes,
    billedCost: String(Number(gigabytes) * 0.76),
  });

describe('log group infrequent access', () => {
  it('saves half of what taking logs in costs, nothing at least', () => {
    const { savings, effect } = findingOf(judged(logGroupInfrequentAccess));
    expect(savings).toEqual({ low: '0', expected: '462.333334', high: '462.333334' });
    expect(effect.component).toBe('traffic');
  });

  it('leaves a small one alone, and finds it at the limit', () => {
    expect(judged(logGroupInfrequentAccess, { resource: { lines: taking('9.99') } })).toEqual({ kind: 'healthy' });
    expect(judged(logGroupInfrequentAccess, { resource: { lines: taking('10') } }).kind).toBe('finding');
    expect(
      judged(logGroupInfrequentAccess, { resource: { lines: taking('2') }, thresholds: { minimumGigabytesPerDay: 2 } }).kind,
    ).toBe('finding');
  });

  it('leaves the cheaper class and what AWS delivers itself alone', () => {
    for (const kind of ['DataProcessingIA-Bytes', 'VendedLog-Bytes']) {
      expect(judged(logGroupInfrequentAccess, { resource: { lines: taking('40', kind) } })).toEqual({ kind: 'healthy' });
    }
  });

  it('leaves it alone where the other class costs the same', () => {
    const snapshot = ({ prices }: Snapshot) => ({
      prices: prices.map((price) => ({
        ...price,
        answer: { kind: 'price' as const, amountPerUnit: '0.76', unit: 'GB', currency: 'USD', sku: 'S' },
      })),
    });
    expect(judged(logGroupInfrequentAccess, { snapshot })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(logGroupInfrequentAccess, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
