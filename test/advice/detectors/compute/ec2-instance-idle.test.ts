import { describe, expect, it } from 'vitest';
import { ec2InstanceIdle } from '../../../../src/advice/detectors/compute/ec2-instance-idle.ts';
import type { Utilization } from '../../../../src/ledger/utilization.ts';
import { aMeterSeries, anAwsRecommendation, anInstance } from '../../../support/builders.ts';
import { exampleOf, findingOf, judged, notEnrolled, silent } from '../support.ts';

const measured = (given: Partial<Utilization>): Utilization => ({
  source: 'ComputeOptimizer',
  lookbackDays: 14,
  asOf: '2026-11-24',
  ...given,
});
/** 5 MB a day is 57.87 bytes a second. */
const quiet = { networkInMaximumBytesPerSecond: 20, networkOutMaximumBytesPerSecond: 20 };

describe('EC2 instance idle', () => {
  it('finds an instance that AWS calls idle, and saves its hours', () => {
    const finding = findingOf(judged(ec2InstanceIdle));
    expect(finding.savings).toEqual({ low: '90.52', expected: '90.52', high: '90.52' });
    expect(finding.effect).toEqual({ component: 'compute', monthlyCost: '90.52', share: '1' });
    expect(finding.priceBasis).toBe('observed');
  });

  it('leaves it alone at 5 % of CPU, and finds it just below', () => {
    const at = (cpuMaximumPercent: number) =>
      judged(ec2InstanceIdle, { resource: { utilization: measured({ cpuMaximumPercent, ...quiet }) } });
    expect(at(5)).toEqual({ kind: 'healthy', measured: { cpuMaximumPercent: 5, maximumCpuPercent: 5 } });
    expect(findingOf(at(4.9)).evidence.cpuMaximumPercent).toBe(4.9);
  });

  it('leaves it alone at 5 MB a day where AWS says nothing, and finds it just below', () => {
    const at = (networkInMaximumBytesPerSecond: number) =>
      judged(ec2InstanceIdle, {
        snapshot: silent,
        resource: {
          utilization: measured({ cpuMaximumPercent: 2, networkInMaximumBytesPerSecond, networkOutMaximumBytesPerSecond: 0 }),
        },
      });
    expect(at(58)).toMatchObject({ kind: 'healthy' });
    expect(at(57).kind).toBe('finding');
  });

  it('leaves a weekly batch alone: one busy night is in its highest CPU', () => {
    expect(judged(ec2InstanceIdle, { resource: { utilization: measured({ cpuMaximumPercent: 92, ...quiet }) } })).toMatchObject({
      kind: 'healthy',
    });
  });

  it('leaves an instance alone that AWS looked at and did not call idle', () => {
    const awsRecommendations = [
      anAwsRecommendation({ kind: 'ec2Instance', resourceId: 'i-0123456789abcdef0', finding: 'Optimized' }),
    ];
    expect(judged(ec2InstanceIdle, { snapshot: () => ({ awsRecommendations }) })).toMatchObject({ kind: 'healthy' });
  });

  it('cannot tell where Compute Optimizer is off, or did not look at this one', () => {
    expect(judged(ec2InstanceIdle, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
    expect(judged(ec2InstanceIdle, { snapshot: silent })).toEqual({ kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] });
  });

  it('takes the limit of a tenant, and does not take AWS for stricter than it is', () => {
    const resource = { utilization: measured({ cpuMaximumPercent: 4, ...quiet }) };
    expect(judged(ec2InstanceIdle, { resource, thresholds: { maximumCpuPercent: 3 } })).toMatchObject({ kind: 'healthy' });
    expect(judged(ec2InstanceIdle, { thresholds: { maximumCpuPercent: 3 } })).toEqual({
      kind: 'unknown',
      missing: ['cpuNotMeasured'],
    });
  });

  it('has nothing to say of one that is stopped: only its disk is billed', () => {
    expect(judged(ec2InstanceIdle, { resource: { lines: [] } })).toMatchObject({ kind: 'healthy' });
  });

  it('leaves members of an Auto Scaling group alone: another one would start', () => {
    const tags = [{ key: 'aws:autoscaling:groupName', value: 'web' }];
    expect(judged(ec2InstanceIdle, { resource: { tags } })).toEqual({ kind: 'notApplicable', because: 'autoScalingGroup' });
  });

  it('does not believe a tag when a person said that it is no standby', () => {
    const resource = { tags: [{ key: 'dr', value: 'true' }] };
    expect(judged(ec2InstanceIdle, { resource, hearing: { disasterRecoveryRole: 'none' } }).kind).toBe('finding');
  });

  it('is careful with a critical workload', () => {
    expect(findingOf(judged(ec2InstanceIdle, { hearing: { criticality: 'high' } })).confidence.because).toContain(
      'criticalWorkload',
    );
  });

  it('gives a range where a Savings Plan pays for it: what the freed commitment finds to do decides', () => {
    const covered = anInstance({ hourly: '1', effectiveHourly: '0.7', resourceId: 'i-0123456789abcdef0' });
    const nobodyElse = { resource: { lines: covered.lines }, snapshot: () => ({ resources: [] }) };
    const alone = findingOf(judged(ec2InstanceIdle, nobodyElse));
    expect(alone.savings).toEqual({ low: '0', expected: '511', high: '511' });
    expect(alone.confidence.because).toContain('commitmentFloats');
    const onDemandMeters = [aMeterSeries({ dailyCost: '100' })];
    expect(
      findingOf(judged(ec2InstanceIdle, { resource: { lines: covered.lines }, snapshot: () => ({ onDemandMeters }) })).savings
        .expected,
    ).toBe('730');
  });

  it('judges the oldest resource that the data knows, even when the data is only 14 days old', () => {
    const { view } = exampleOf(ec2InstanceIdle);
    const start = '2026-11-10';
    const snapshot = () => ({ lineWindow: { start, end: view.snapshot.settledUntil } });
    expect(judged(ec2InstanceIdle, { snapshot, resource: { firstBilledDay: start } }).kind).toBe('finding');
    expect(judged(ec2InstanceIdle, { snapshot, resource: { firstBilledDay: '2026-11-11' } })).toEqual({
      kind: 'notApplicable',
      because: 'tooYoung',
    });
  });
});
