import { describe, expect, it } from 'vitest';
import { rdsStorageIo1 } from '../../../../src/advice/detectors/database/rds-storage-io1.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

/** November has 30 days. */
const meter = (meterKind: string, quantity: number, price: number) =>
  dailyLines({
    serviceName: SERVICE.rds,
    meterKind,
    usageQuantity: String(quantity / 30),
    billedCost: String((quantity * price) / 30),
  });
const of = (sizeGib: number, iops: number, thresholds?: unknown) =>
  judged(rdsStorageIo1, {
    resource: { lines: [...meter('RDS:PIOPS-Storage', sizeGib, 0.15), ...meter('RDS:PIOPS', iops, 0.12)] },
    thresholds,
  });

describe('RDS storage on io1', () => {
  it('finds it: gp3 includes 12,000 operations from 400 GiB on', () => {
    const finding = findingOf(judged(rdsStorageIo1));
    // 600 GiB at 0.15 and 6,000 at 0.12, less 600 GiB at 0.138.
    expect(finding.savings).toEqual({ low: '0', expected: '727.2', high: '727.2' });
    expect(finding.effect).toEqual({ component: 'storage', monthlyCost: '810' });
  });

  it('pays for operations beyond those included', () => {
    // 20,000 at 0.12 and 600 GiB: 2,490; gp3: 82.80 and 8,000 at 0.024.
    expect(Number(findingOf(of(600, 20_000)).savings.expected)).toBeCloseTo(2_215.2, 4);
    expect(findingOf(of(600, 20_000)).evidence.targetIops).toBe(20_000);
  });

  it('leaves it alone where gp3 has not as many: 3,000 below 400 GiB, 64,000 above', () => {
    expect(of(399, 3_000).kind).toBe('finding');
    expect(of(399, 3_001)).toEqual({ kind: 'healthy' });
    expect(of(400, 3_001).kind).toBe('finding');
    expect(of(4_000, 64_000).kind).toBe('finding');
    expect(of(4_000, 64_001)).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, at 89.8 %', () => {
    expect(of(600, 6_000, { minimumSavingsPercent: 89.7 }).kind).toBe('finding');
    expect(of(600, 6_000, { minimumSavingsPercent: 89.9 })).toEqual({ kind: 'healthy' });
  });

  it('asks for the prices of the deployment that it has', () => {
    const lines = [...meter('RDS:Multi-AZ-PIOPS-Storage', 600, 0.3), ...meter('RDS:Multi-AZ-PIOPS', 6_000, 0.24)];
    expect(judged(rdsStorageIo1, { resource: { lines } })).toEqual({ kind: 'unknown', missing: ['prices.notAsked'] });
  });

  it('cannot tell without the engine: others are striped otherwise', () => {
    for (const operation of [null, 'CreateDBInstance:0005']) {
      expect(judged(rdsStorageIo1, { resource: { operation } })).toEqual({ kind: 'unknown', missing: ['databaseEngine'] });
    }
  });

  it.each(['RDS:GP3-Storage', 'RDS:PIOPS-Storage-IO2'])('leaves %s alone', (meterKind) => {
    expect(judged(rdsStorageIo1, { resource: { lines: meter(meterKind, 600, 0.15) } })).toEqual({ kind: 'healthy' });
  });
});
