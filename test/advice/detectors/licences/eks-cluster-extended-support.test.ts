import { describe, expect, it } from 'vitest';
import { eksClusterExtendedSupport } from '../../../../src/advice/detectors/licences/eks-cluster-extended-support.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const hours = (meterKind: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.eks, meterKind, usageQuantity: '24', billedCost });

describe('EKS cluster in extended support', () => {
  it('saves the surcharge and nothing of the cluster itself', () => {
    const { savings, effect } = findingOf(judged(eksClusterExtendedSupport));
    expect(savings).toEqual({ low: '365', expected: '365', high: '365' });
    expect(effect).toEqual({ component: 'extendedSupport', monthlyCost: '365' });
  });

  it('has nothing to say of a cluster in standard support', () => {
    const lines = hours('AmazonEKS-Hours:perCluster', '2.4');
    expect(judged(eksClusterExtendedSupport, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('is content once the upgrade is done', () => {
    const before = hours('AmazonEKS-Hours:extendedSupport', '12').filter(({ day }) => day < '2026-11-10');
    const lines = [...hours('AmazonEKS-Hours:perCluster', '2.4'), ...before];
    expect(judged(eksClusterExtendedSupport, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant, and finds it just at it', () => {
    const at = (minimumMonthlySavings: number) => judged(eksClusterExtendedSupport, { thresholds: { minimumMonthlySavings } });
    expect(at(365.01)).toEqual({ kind: 'healthy' });
    expect(at(365).kind).toBe('finding');
  });

  it('says so where the workload was called critical', () => {
    expect(findingOf(judged(eksClusterExtendedSupport, { hearing: { criticality: 'high' } })).confidence.because).toContain(
      'criticalWorkload',
    );
  });
});
