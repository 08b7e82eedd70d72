import { describe, expect, it } from 'vitest';
import { opensearchExtendedSupport } from '../../../../src/advice/detectors/database/opensearch-extended-support.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged, notEnrolled } from '../support.ts';

const lines = (meterKind: string, billedCost = '2.496') =>
  dailyLines({ serviceName: SERVICE.openSearch, meterKind, usageQuantity: '384', billedCost });

describe('OpenSearch extended support', () => {
  it('finds the surcharge, from the bill alone, and saves just that', () => {
    const finding = findingOf(judged(opensearchExtendedSupport, { snapshot: notEnrolled }));
    expect(finding.savings.expected).toBe('75.92');
    expect(finding.effect).toEqual({ component: 'extendedSupport', monthlyCost: '75.92' });
  });

  it.each(['ESInstance:m5.xlarge', 'ES:GP3-Storage'])('leaves %s alone', (meterKind) => {
    expect(judged(opensearchExtendedSupport, { resource: { lines: lines(meterKind) } })).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, at the edge of 1 a month by default', () => {
    const at = (cost: string, thresholds?: unknown) =>
      judged(opensearchExtendedSupport, { resource: { lines: lines('OpenSearchExtendedSupport', cost) }, thresholds });
    expect(at('0.032')).toEqual({ kind: 'healthy' });
    expect(at('0.033').kind).toBe('finding');
    expect(at('2.496', { minimumMonthlySavings: 76 })).toEqual({ kind: 'healthy' });
  });

  it('finds it on a standby for disasters too: that has to be upgraded as well', () => {
    expect(judged(opensearchExtendedSupport, { hearing: { disasterRecoveryRole: 'standby' } }).kind).toBe('finding');
  });
});
