import { describe, expect, it } from 'vitest';
import { ec2InstanceGraviton } from '../../../../src/advice/detectors/compute/ec2-instance-graviton.ts';
import { instancePrice } from '../../../../src/advice/detectors/shared/ec2.ts';
import { anAwsRecommendation, anInstance, aPrice } from '../../../support/builders.ts';
import { findingOf, judged } from '../support.ts';

const ask = (instanceType: string, operatingSystem = 'Linux') =>
  instancePrice({ regionId: 'ap-northeast-1', instanceType, operatingSystem });
const linesOf = (instanceType: string) => anInstance({ instanceType, hourly: '0.2' }).lines;

describe('EC2 instance that could run on Graviton', () => {
  it.each([
    ['t3.medium', 't4g.medium'],
    ['m5.2xlarge', 'm6g.2xlarge'],
    ['c6i.large', 'c6g.large'],
    ['r5d.xlarge', 'r6gd.xlarge'],
    ['m7i.large', 'm7g.large'],
  ])('names the same size for %s: %s', (now, then) => {
    const prices = [aPrice(ask(now), '0.2'), aPrice(ask(then), '0.18')];
    const outcome = judged(ec2InstanceGraviton, { resource: { lines: linesOf(now) }, snapshot: () => ({ prices }) });
    expect(findingOf(outcome).evidence).toMatchObject({
      instanceType: now,
      targetType: then,
      savingsPercent: '10',
      monthlySavings: '14.6',
    });
    expect(findingOf(outcome).effect).toMatchObject({ component: 'compute', targetMeterKind: `BoxUsage:${then}` });
  });

  it('leaves it alone below 5 %, and finds it from there', () => {
    const at = (target: string) =>
      judged(ec2InstanceGraviton, {
        snapshot: () => ({ prices: [aPrice(ask('m5.xlarge'), '0.26'), aPrice(ask('m6g.xlarge'), target)] }),
      });
    expect(at('0.2471')).toEqual({ kind: 'healthy' });
    expect(at('0.247').kind).toBe('finding');
    expect(at('0.27')).toEqual({ kind: 'healthy' });
  });

  it('takes the limit of a tenant', () => {
    expect(judged(ec2InstanceGraviton, { thresholds: { minimumSavingsPercent: 25 } })).toEqual({ kind: 'healthy' });
  });

  it('counts on nothing: whether the programs exist for it, no bill tells', () => {
    expect(findingOf(judged(ec2InstanceGraviton)).confidence.because).toContain('architectureDiffers');
  });

  it.each(['RunInstances:0002', 'RunInstances:0010'])('has nothing for %s', (operation) => {
    expect(judged(ec2InstanceGraviton, { resource: { operation } })).toEqual({
      kind: 'notApplicable',
      because: 'platformNotOffered',
    });
  });

  it.each(['m6g.large', 'm4.large', 'x2idn.16xlarge', 'g5.xlarge'])('has nothing to say of %s', (instanceType) => {
    expect(judged(ec2InstanceGraviton, { resource: { lines: linesOf(instanceType) } })).toEqual({ kind: 'healthy' });
  });

  it('does not pretend that there is a type of each size', () => {
    expect(judged(ec2InstanceGraviton, { resource: { lines: linesOf('m5.metal') } })).toEqual({
      kind: 'notApplicable',
      because: 'noSameSize',
    });
  });

  it.each([
    ['licenceBound', { hearing: { licenceBound: true } }],
    ['disasterRecoveryStandby', { hearing: { disasterRecoveryRole: 'standby' } }],
    ['autoScalingGroup', { resource: { tags: [{ key: 'aws:autoscaling:groupName', value: 'web' }] } }],
  ] as const)('leaves it alone: %s', (because, change) => {
    expect(judged(ec2InstanceGraviton, change)).toEqual({ kind: 'notApplicable', because });
  });

  it('waits where AWS would make it smaller in another family first', () => {
    const option = {
      rank: 1,
      performanceRisk: 1,
      migrationEffort: null,
      platformDifferences: [],
      projectedCpuMaximumPercent: 50,
    };
    const said = (target: string) => ({
      snapshot: () => ({
        awsRecommendations: [
          anAwsRecommendation({
            kind: 'ec2Instance',
            resourceId: 'i-0123456789abcdef3',
            finding: 'Overprovisioned' as const,
            options: [{ ...option, target, estimatedMonthlySavings: null, currency: null }],
          }),
        ],
      }),
    });
    const outcome = judged(ec2InstanceGraviton, said('m6i.large'));
    expect(outcome).toEqual({ kind: 'notApplicable', because: 'rightsizingChangesFamily' });
    expect(judged(ec2InstanceGraviton, said('m5.large')).kind).toBe('finding');
  });

  it('cannot tell where the platform is not known, or the bill charges more than its list price', () => {
    const unknown = { kind: 'unknown', missing: ['platform'] };
    expect(judged(ec2InstanceGraviton, { resource: { operation: null } })).toEqual(unknown);
    const { lines } = anInstance({ instanceType: 'm5.xlarge', hourly: '0.432' });
    expect(judged(ec2InstanceGraviton, { resource: { lines } })).toEqual(unknown);
  });
});
