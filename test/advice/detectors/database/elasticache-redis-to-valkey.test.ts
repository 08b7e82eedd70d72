import { describe, expect, it } from 'vitest';
import { elasticacheRedisToValkey } from '../../../../src/advice/detectors/database/elasticache-redis-to-valkey.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged } from '../support.ts';

const lines = (billedCost: string, effectiveCost = billedCost) =>
  dailyLines({
    serviceName: SERVICE.elastiCache,
    meterKind: 'NodeUsage:cache.r6g.large',
    usageQuantity: '24',
    billedCost,
    effectiveCost,
  });
const valkeyAt = (amountPerUnit: string) => (snapshot: Snapshot) => ({
  prices: snapshot.prices.map((price) =>
    price.question.attributes.cacheEngine === 'Valkey' && price.answer.kind === 'price'
      ? { ...price, answer: { ...price.answer, amountPerUnit } }
      : price,
  ),
});

describe('ElastiCache Redis OSS to Valkey', () => {
  it('finds a Redis OSS node, at the ratio of the list prices', () => {
    const finding = findingOf(judged(elasticacheRedisToValkey));
    expect(finding.savings.expected).toBe('36.062');
    expect(finding.effect).toMatchObject({ component: 'compute', monthlyCost: '180.31', share: '0.2' });
  });

  it('saves the same share of what the bill really charges', () => {
    expect(findingOf(judged(elasticacheRedisToValkey, { resource: { lines: lines('4') } })).savings.expected).toBe('24.333333');
  });

  it('finds it at the limit of a tenant and not beyond', () => {
    expect(judged(elasticacheRedisToValkey, { thresholds: { minimumSavingsPercent: 20 } }).kind).toBe('finding');
    expect(judged(elasticacheRedisToValkey, { thresholds: { minimumSavingsPercent: 20.1 } })).toEqual({ kind: 'healthy' });
  });

  it('leaves Redis OSS alone where Valkey costs the same', () => {
    expect(judged(elasticacheRedisToValkey, { snapshot: valkeyAt('0.247') })).toEqual({ kind: 'healthy' });
  });

  it.each(['CreateCacheCluster:Valkey', 'CreateCacheCluster:0001'])('leaves %s alone', (operation) => {
    expect(judged(elasticacheRedisToValkey, { resource: { operation } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell without the engine, and does not take Memcached for Redis', () => {
    expect(judged(elasticacheRedisToValkey, { resource: { operation: null } })).toEqual({
      kind: 'unknown',
      missing: ['cacheEngine'],
    });
  });

  it('cannot tell where the bill charges more than the list price of such a node', () => {
    expect(judged(elasticacheRedisToValkey, { resource: { lines: lines('9') } })).toEqual({
      kind: 'unknown',
      missing: ['cacheEngine'],
    });
  });

  it('is not for reserved nodes, whose reservation covers Valkey too', () => {
    expect(judged(elasticacheRedisToValkey, { resource: { lines: lines('0', '4') } })).toEqual({
      kind: 'notApplicable',
      because: 'reserved',
    });
  });

  it('is not for a serverless cache', () => {
    const serverless = dailyLines({
      serviceName: SERVICE.elastiCache,
      meterKind: 'ElastiCacheProcessingUnits',
      usageQuantity: '1000',
      billedCost: '3',
    });
    expect(judged(elasticacheRedisToValkey, { resource: { lines: serverless } })).toEqual({
      kind: 'notApplicable',
      because: 'noInstanceHours',
    });
  });
});
