import { describe, expect, it } from 'vitest';
import { efsInfrequentAccessMissing } from '../../../../src/advice/detectors/storage/efs-infrequent-access-missing.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE, type ServiceName } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string, billedCost: string, serviceName: ServiceName = SERVICE.efs) =>
  dailyLines({ serviceName, meterKind, usageQuantity, billedCost });
const stored = line('TimedStorage-ByteHrs', '50', '18');
/** 1,500 GB, of which at most so many GB are read or written a day. */
const touching = (gigabytesPerDay: string, thresholds?: unknown) =>
  judged(efsInfrequentAccessMissing, {
    resource: { lines: [...stored, ...line('ETDataAccess-Bytes', gigabytesPerDay, '0.1')] },
    thresholds,
  });

describe('EFS infrequent access missing', () => {
  it('moves what cannot have been touched within a month, even if no byte was touched twice', () => {
    const { savings, evidence, effect } = findingOf(judged(efsInfrequentAccessMissing));
    expect(evidence.unreadPercent).toBe('90');
    // 540 x 0.9 x (1 - 0.0192/0.36); at most all of it.
    expect(savings).toEqual({ low: '0', expected: '460.08', high: '511.2' });
    expect(effect).toMatchObject({ component: 'storage', monthlyCost: '540' });
  });

  it('leaves it alone where most may have been touched, and finds it at the limit', () => {
    expect(touching('35').kind).toBe('finding');
    expect(touching('35.1')).toEqual({ kind: 'healthy' });
    expect(touching('45', { minimumUnreadPercent: 10 }).kind).toBe('finding');
    expect(touching('60', { minimumUnreadPercent: 0 })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where reading and writing are not billed', () => {
    expect(judged(efsInfrequentAccessMissing, { resource: { lines: stored } })).toEqual({
      kind: 'unknown',
      missing: ['fileAccessNotBilled'],
    });
  });

  it('leaves one alone that moves its files already, and small ones', () => {
    const moves = [...stored, ...line('IATimedStorage-ET-ByteHrs', '10', '0.19'), ...line('ETDataAccess-Bytes', '1', '0.1')];
    expect(judged(efsInfrequentAccessMissing, { resource: { lines: moves } })).toEqual({ kind: 'healthy' });
    expect(judged(efsInfrequentAccessMissing, { thresholds: { minimumGigabytes: 2000 } })).toEqual({ kind: 'healthy' });
  });

  it('does not take FSx for EFS, whose ids look alike', () => {
    const lines = line('TimedStorage-ByteHrs', '50', '18', SERVICE.fsx);
    expect(judged(efsInfrequentAccessMissing, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(efsInfrequentAccessMissing, { resource: { regionId: 'mars-north-1' } })).toMatchObject({
      missing: ['regionPrefix'],
    });
  });
});
