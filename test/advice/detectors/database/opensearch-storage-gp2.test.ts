import { describe, expect, it } from 'vitest';
import { opensearchStorageGp2 } from '../../../../src/advice/detectors/database/opensearch-storage-gp2.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged } from '../support.ts';

const storage = (meterKind: string) =>
  dailyLines({ serviceName: SERVICE.openSearch, meterKind, usageQuantity: '20', billedCost: '3.24' });

describe('OpenSearch storage on gp2', () => {
  it('finds it, at the ratio of the list prices; a node that bursts may need more', () => {
    const finding = findingOf(judged(opensearchStorageGp2));
    expect(finding.savings).toEqual({ low: '0', expected: '9.36', high: '9.36' });
    expect(finding.effect).toEqual({ component: 'storage', monthlyCost: '97.2' });
    expect(finding.confidence.because).toContain('burstThroughput');
  });

  it.each(['ES:GP3-Storage', 'ES:Managed-Storage', 'ESInstance:m5.large'])('leaves %s alone', (meterKind) => {
    expect(judged(opensearchStorageGp2, { resource: { lines: storage(meterKind) } })).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, at 9.6 %', () => {
    expect(judged(opensearchStorageGp2, { thresholds: { minimumSavingsPercent: 9.6 } }).kind).toBe('finding');
    expect(judged(opensearchStorageGp2, { thresholds: { minimumSavingsPercent: 9.7 } })).toEqual({ kind: 'healthy' });
  });

  it('leaves it alone where gp3 costs the same', () => {
    const same = ({ prices }: Snapshot) => ({
      prices: prices.map((price) => ({ ...price, answer: prices[0]?.answer ?? price.answer })),
    });
    expect(judged(opensearchStorageGp2, { snapshot: same })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(opensearchStorageGp2, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
