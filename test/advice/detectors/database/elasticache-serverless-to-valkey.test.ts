import { describe, expect, it } from 'vitest';
import { elasticacheServerlessToValkey } from '../../../../src/advice/detectors/database/elasticache-serverless-to-valkey.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const meter = (meterKind: string, billedCost = '18') =>
  dailyLines({ serviceName: SERVICE.elastiCache, meterKind, usageQuantity: '120', billedCost });

describe('ElastiCache Serverless to Valkey', () => {
  it('finds data and requests, each at its own ratio of list prices', () => {
    const finding = findingOf(judged(elasticacheServerlessToValkey));
    // A third of 547.50 for the data, and 13/41 of 62.35 for requests.
    expect(Number(finding.savings.expected)).toBeCloseTo(182.5 + 62.354167 * (13 / 41), 4);
    expect(finding.effect).toMatchObject({ component: 'compute', monthlyCost: '609.854167' });
  });

  it('finds one that nobody asked anything', () => {
    const finding = findingOf(judged(elasticacheServerlessToValkey, { resource: { lines: meter('CachedData:Redis') } }));
    expect(finding.savings.expected).toBe('182.5');
  });

  it('asks by the usage types of us-east-1, which have a prefix there too', () => {
    const { subject, view } = exampleOf(elasticacheServerlessToValkey);
    const asked = elasticacheServerlessToValkey.pricesNeeded({ ...subject, regionId: 'us-east-1' }, view);
    expect(asked.map(({ attributes }) => attributes.usagetype)).toContain('USE1-CachedData:Valkey');
  });

  it('leaves Valkey and Memcached alone', () => {
    for (const engine of ['Valkey', 'Memcached']) {
      expect(judged(elasticacheServerlessToValkey, { resource: { lines: meter(`CachedData:${engine}`) } })).toEqual({
        kind: 'healthy',
      });
    }
  });

  it('is not for nodes', () => {
    expect(judged(elasticacheServerlessToValkey, { resource: { lines: meter('NodeUsage:cache.r6g.large') } })).toEqual({
      kind: 'notApplicable',
      because: 'notServerless',
    });
  });

  it('cannot tell without both prices', () => {
    expect(judged(elasticacheServerlessToValkey, { snapshot: () => ({ prices: [] }) })).toEqual({
      kind: 'unknown',
      missing: ['prices.notAsked'],
    });
  });

  it('takes the limit of a tenant, for each of the two', () => {
    const saved = (minimumSavingsPercent: number) =>
      judged(elasticacheServerlessToValkey, { thresholds: { minimumSavingsPercent } });
    expect(findingOf(saved(33)).evidence.instanceType).toBe('Redis OSS Serverless (data)');
    expect(saved(34)).toEqual({ kind: 'healthy' });
  });
});
