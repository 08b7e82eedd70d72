import { describe, expect, it } from 'vitest';
import { elasticacheNodeGraviton } from '../../../../src/advice/detectors/database/elasticache-node-graviton.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const lines = (nodeType: string, billedCost = '3.8208', effectiveCost = billedCost) =>
  dailyLines({
    serviceName: SERVICE.elastiCache,
    meterKind: `NodeUsage:${nodeType}`,
    usageQuantity: '24',
    billedCost,
    effectiveCost,
  });
const of = (nodeType: string) => judged(elasticacheNodeGraviton, { resource: { lines: lines(nodeType) } });

describe('ElastiCache node on Graviton', () => {
  it('finds an x86 node whose twin is cheaper', () => {
    const finding = findingOf(judged(elasticacheNodeGraviton));
    expect(finding.savings.expected).toBe('7.008');
    expect(finding.effect).toMatchObject({ component: 'compute', targetMeterKind: 'NodeUsage:cache.m6g.large' });
  });

  it.each(['cache.m6g.large', 'cache.t4g.small', 'cache.m4.large', 'cache.c7gn.large'])('leaves %s alone', (nodeType) => {
    expect(of(nodeType)).toEqual({ kind: 'healthy' });
  });

  it('knows no twin of the largest', () => {
    expect(of('cache.r5.24xlarge')).toEqual({ kind: 'notApplicable', because: 'noSameSize' });
    expect(of('cache.r5.12xlarge')).toEqual({ kind: 'unknown', missing: ['prices.notAsked'] });
  });

  it('takes the limit of a tenant, at 6.03 %', () => {
    expect(judged(elasticacheNodeGraviton, { thresholds: { minimumSavingsPercent: 6 } }).kind).toBe('finding');
    expect(judged(elasticacheNodeGraviton, { thresholds: { minimumSavingsPercent: 6.1 } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell without the engine, whose price it needs', () => {
    expect(judged(elasticacheNodeGraviton, { resource: { operation: null } })).toEqual({
      kind: 'unknown',
      missing: ['cacheEngine'],
    });
  });

  it('is not for reserved nodes, whose reservation is of the old family', () => {
    expect(judged(elasticacheNodeGraviton, { resource: { lines: lines('cache.m5.large', '0', '2') } })).toEqual({
      kind: 'notApplicable',
      because: 'reserved',
    });
  });
});
