import { describe, expect, it } from 'vitest';
import { elasticacheExtendedSupport } from '../../../../src/advice/detectors/database/elasticache-extended-support.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged, notEnrolled } from '../support.ts';

const surcharge = (meterKind: string, billedCost = '3.816') =>
  dailyLines({ serviceName: SERVICE.elastiCache, meterKind, usageQuantity: '24', billedCost });
const YEAR_ONE = 'ExtendedSupportYr1_Yr2-NodeUsage:cache.m5.large';

describe('ElastiCache extended support', () => {
  it('finds the surcharge, from the bill alone, and saves just that', () => {
    const finding = findingOf(judged(elasticacheExtendedSupport, { snapshot: notEnrolled }));
    expect(finding.savings).toEqual({ low: '116.07', expected: '116.07', high: '116.07' });
    expect(finding.effect).toEqual({ component: 'extendedSupport', monthlyCost: '116.07' });
  });

  it('reads the third year', () => {
    const lines = surcharge('ExtendedSupportYr3-NodeUsage:cache.r6g.xlarge');
    expect(findingOf(judged(elasticacheExtendedSupport, { resource: { lines } })).evidence).toMatchObject({
      instanceType: 'cache.r6g.xlarge',
      supportYear: 'Yr3',
    });
  });

  it.each(['NodeUsage:cache.m5.large', 'SyncDurability-NodeUsage:cache.m5.large'])('leaves %s alone', (meterKind) => {
    expect(judged(elasticacheExtendedSupport, { resource: { lines: surcharge(meterKind) } })).toEqual({ kind: 'healthy' });
  });

  it('leaves one alone that was upgraded more than a week ago', () => {
    const past = surcharge(YEAR_ONE).filter(({ day }) => day < '2026-11-14');
    const lines = [...surcharge('NodeUsage:cache.m5.large'), ...past];
    expect(judged(elasticacheExtendedSupport, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, at the edge of 1 a month by default', () => {
    const at = (cost: string, thresholds?: unknown) =>
      judged(elasticacheExtendedSupport, { resource: { lines: surcharge(YEAR_ONE, cost) }, thresholds });
    expect(at('0.032')).toEqual({ kind: 'healthy' });
    expect(at('0.033').kind).toBe('finding');
    expect(at('3.816', { minimumMonthlySavings: 117 })).toEqual({ kind: 'healthy' });
  });
});
