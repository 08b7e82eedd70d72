import { describe, expect, it } from 'vitest';
import { glacierVaultDeepArchive } from '../../../../src/advice/detectors/storage/glacier-vault-deep-archive.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const holding = (gigabytes: number) =>
  dailyLines({
    serviceName: SERVICE.glacier,
    meterKind: 'TimedStorage-ByteHrs',
    usageQuantity: String(gigabytes / 30),
    billedCost: String((gigabytes * 0.0045) / 30),
  });

describe('Glacier vault deep archive', () => {
  it('saves what Deep Archive is cheaper by, and nothing at least', () => {
    const { savings, effect } = findingOf(judged(glacierVaultDeepArchive));
    expect(savings).toEqual({ low: '0', expected: '150', high: '150' });
    expect(effect.component).toBe('storage');
  });

  it('leaves a small vault alone, and finds it from the limit on', () => {
    expect(judged(glacierVaultDeepArchive, { resource: { lines: holding(480) } })).toEqual({ kind: 'healthy' });
    expect(judged(glacierVaultDeepArchive, { resource: { lines: holding(510) } }).kind).toBe('finding');
    expect(
      judged(glacierVaultDeepArchive, { resource: { lines: holding(480) }, thresholds: { minimumGigabytes: 100 } }).kind,
    ).toBe('finding');
  });

  it('looks at what is stored, not at retrieval', () => {
    const lines = dailyLines({
      serviceName: SERVICE.glacier,
      meterKind: 'Standard-Retrieval-Bytes',
      usageQuantity: '900',
      billedCost: '9',
    });
    expect(judged(glacierVaultDeepArchive, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(glacierVaultDeepArchive, { resource: { regionId: 'mars-north-1' } })).toMatchObject({
      missing: ['regionPrefix'],
    });
  });
});
