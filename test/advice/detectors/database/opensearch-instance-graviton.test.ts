import { describe, expect, it } from 'vitest';
import { opensearchInstanceGraviton } from '../../../../src/advice/detectors/database/opensearch-instance-graviton.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const nodes = (type: string, billedCost = '13.248') =>
  dailyLines({ serviceName: SERVICE.openSearch, meterKind: `ESInstance:${type}`, usageQuantity: '72', billedCost });

describe('OpenSearch instance on Graviton', () => {
  it('finds x86 nodes whose twin is cheaper', () => {
    const finding = findingOf(judged(opensearchInstanceGraviton));
    expect(finding.savings.expected).toBe('39.42');
    expect(finding.effect).toMatchObject({ component: 'compute', targetMeterKind: 'ESInstance:m6g.large' });
  });

  it.each(['m6g.large', 'or1.large', 'i3.large', 't3.small', 'm4.large', 'r5.24xlarge'])('leaves %s alone', (type) => {
    expect(judged(opensearchInstanceGraviton, { resource: { lines: nodes(type) } })).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, at 9.78 %', () => {
    expect(judged(opensearchInstanceGraviton, { thresholds: { minimumSavingsPercent: 9.7 } }).kind).toBe('finding');
    expect(judged(opensearchInstanceGraviton, { thresholds: { minimumSavingsPercent: 9.8 } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell of masters whose price is not known', () => {
    const lines = [...nodes('m5.large'), ...nodes('c5.large')];
    expect(judged(opensearchInstanceGraviton, { resource: { lines } })).toEqual({
      kind: 'unknown',
      missing: ['prices.notAsked'],
    });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(opensearchInstanceGraviton, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
