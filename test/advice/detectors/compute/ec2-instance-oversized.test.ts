import { describe, expect, it } from 'vitest';
import { ec2InstanceOversized } from '../../../../src/advice/detectors/compute/ec2-instance-oversized.ts';
import { instancePrice } from '../../../../src/advice/detectors/shared/ec2.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import type { AwsRecommendationOption } from '../../../../src/ledger/aws-recommendation.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import type { Utilization } from '../../../../src/ledger/utilization.ts';
import { aPrice } from '../../../support/builders.ts';
import { findingOf, judged, notEnrolled, silent } from '../support.ts';

const measured = (given: Partial<Utilization>): Utilization => ({
  source: 'ComputeOptimizer',
  lookbackDays: 14,
  asOf: '2026-11-24',
  ...given,
});
const options = (...given: Partial<AwsRecommendationOption>[]) => ({
  snapshot: ({ awsRecommendations: [said] }: Snapshot): Partial<Snapshot> => {
    const [first] = said?.options ?? [];
    if (!said || !first) throw new Error('the example has an option');
    return {
      awsRecommendations: [{ ...said, options: given.map((option, index) => ({ ...first, rank: index + 1, ...option })) }],
    };
  },
});

describe('EC2 instance oversized', () => {
  it('finds the smaller type that AWS proposes, at its list price and the discount of today', () => {
    const lines = dailyLines({
      serviceName: SERVICE.ec2Compute,
      meterKind: 'BoxUsage:m5.2xlarge',
      usageQuantity: '24',
      // 10 % below list.
      billedCost: '10.7136',
    });
    const finding = findingOf(judged(ec2InstanceOversized, { resource: { lines } }));
    expect(finding.savings.expected).toBe('162.936');
    expect(finding.priceBasis).toBe('derived');
    expect(finding.effect).toEqual({
      component: 'compute',
      monthlyCost: '325.872',
      share: '0.5',
      targetMeterKind: 'BoxUsage:m5.xlarge',
    });
  });

  it('leaves it alone when half the size would reach 80 % of CPU, and finds it just below', () => {
    const at = (cpuMaximumPercent: number) =>
      judged(ec2InstanceOversized, { resource: { utilization: measured({ cpuMaximumPercent, memoryMaximumPercent: 30 }) } });
    expect(at(40)).toEqual({ kind: 'healthy' });
    expect(findingOf(at(39.9)).evidence.projectedCpuMaximumPercent).toBe(79.8);
  });

  it('believes the higher of the two projections, ours and that of AWS', () => {
    expect(judged(ec2InstanceOversized, options({ projectedCpuMaximumPercent: 81 }))).toEqual({ kind: 'healthy' });
  });

  it('leaves a cache with full memory alone, however little CPU it needs', () => {
    const utilization = measured({ cpuMaximumPercent: 12, memoryMaximumPercent: 85 });
    expect(judged(ec2InstanceOversized, { resource: { utilization } })).toEqual({ kind: 'healthy' });
  });

  it('takes another option that has the memory, when the first has not', () => {
    const utilization = measured({ cpuMaximumPercent: 12, memoryMaximumPercent: 60 });
    const change = options({ target: 'm5.xlarge' }, { target: 'r5.xlarge' });
    const snapshot = (before: Snapshot) => ({
      ...change.snapshot(before),
      prices: [
        ...before.prices,
        aPrice(instancePrice({ regionId: 'ap-northeast-1', instanceType: 'r5.xlarge', operatingSystem: 'Linux' }), '0.304'),
      ],
    });
    const finding = findingOf(judged(ec2InstanceOversized, { resource: { utilization }, snapshot }));
    expect(finding.evidence).toMatchObject({ targetType: 'r5.xlarge', savingsPercent: '39' });
  });

  it('is less sure where memory is not measured', () => {
    const finding = findingOf(judged(ec2InstanceOversized, { resource: { utilization: measured({ cpuMaximumPercent: 22 }) } }));
    expect(finding.confidence).toEqual({ level: 0.95, because: ['shortHistory', 'memoryNotMeasured'] });
  });

  it.each([
    ['another architecture by its name', { target: 'm7g.xlarge' }],
    ['another architecture by AWS word', { platformDifferences: ['Architecture'] }],
    ['lost local disks', { platformDifferences: ['InstanceStoreAvailability'] }],
    ['another image format', { platformDifferences: ['VirtualizationType'] }],
  ])('does not take %s for the same machine', (_, option) => {
    expect(judged(ec2InstanceOversized, options(option))).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where neither AWS nor we know the CPU', () => {
    const change = options({ projectedCpuMaximumPercent: null });
    expect(judged(ec2InstanceOversized, { ...change, resource: { utilization: null } })).toEqual({
      kind: 'unknown',
      missing: ['cpuNotMeasured'],
    });
  });

  it('cannot tell where Compute Optimizer is off or silent, or the platform is not known', () => {
    expect(judged(ec2InstanceOversized, { snapshot: notEnrolled })).toMatchObject({ missing: ['computeOptimizer.notEnrolled'] });
    expect(judged(ec2InstanceOversized, { snapshot: silent })).toMatchObject({ missing: ['computeOptimizer.notAnalysed'] });
    for (const operation of [null, 'RunInstances:0006']) {
      expect(judged(ec2InstanceOversized, { resource: { operation } })).toEqual({ kind: 'unknown', missing: ['platform'] });
    }
  });

  it('prices Windows as Windows', () => {
    const priceOf = (instanceType: string, amount: string) =>
      aPrice(instancePrice({ regionId: 'ap-northeast-1', instanceType, operatingSystem: 'Windows' }), amount);
    const prices = [priceOf('m5.2xlarge', '0.864'), priceOf('m5.xlarge', '0.432')];
    const finding = findingOf(
      judged(ec2InstanceOversized, { resource: { operation: 'RunInstances:0002' }, snapshot: () => ({ prices }) }),
    );
    expect(finding.evidence.operatingSystem).toBe('Windows');
  });

  it('leaves a machine alone whose licence is bound to it', () => {
    const bound = { kind: 'notApplicable', because: 'licenceBound' };
    expect(judged(ec2InstanceOversized, { hearing: { licenceBound: true } })).toEqual(bound);
    expect(judged(ec2InstanceOversized, { resource: { tags: [{ key: 'licence', value: 'host-bound' }] } })).toEqual(bound);
    expect(judged(ec2InstanceOversized, { resource: { operation: 'RunInstances:0800' } })).toEqual(bound);
  });

  it('leaves a standby for disasters at its size: it must carry the whole load', () => {
    expect(judged(ec2InstanceOversized, { resource: { tags: [{ key: 'dr-role', value: 'standby' }] } })).toEqual({
      kind: 'notApplicable',
      because: 'disasterRecoveryStandby',
    });
  });

  it('waits after a change of type: the measurements are of the old one', () => {
    const earlier = { serviceName: SERVICE.ec2Compute, meterKind: 'BoxUsage:m5.4xlarge', usageQuantity: '24', billedCost: '23' };
    const now = { ...earlier, meterKind: 'BoxUsage:m5.2xlarge', billedCost: '11.904' };
    const lines = [...dailyLines(earlier, { days: 5, end: '2026-11-16' }), ...dailyLines(now, { days: 5 })];
    expect(judged(ec2InstanceOversized, { resource: { lines } })).toEqual({
      kind: 'notApplicable',
      because: 'typeChangedRecently',
    });
  });

  it('takes the limit of a tenant', () => {
    expect(judged(ec2InstanceOversized, { thresholds: { projectedCpuMaximumPercent: 44 } })).toEqual({ kind: 'healthy' });
    expect(judged(ec2InstanceOversized, { thresholds: { projectedCpuMaximumPercent: 45 } }).kind).toBe('finding');
  });
});
