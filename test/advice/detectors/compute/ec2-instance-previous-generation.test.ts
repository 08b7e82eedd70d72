import { describe, expect, it } from 'vitest';
import { ec2InstancePreviousGeneration } from '../../../../src/advice/detectors/compute/ec2-instance-previous-generation.ts';
import { instancePrice } from '../../../../src/advice/detectors/shared/ec2.ts';
import { anAwsRecommendation, anInstance, aPrice } from '../../../support/builders.ts';
import { findingOf, judged } from '../support.ts';

const ask = (instanceType: string, operatingSystem = 'Linux') =>
  instancePrice({ regionId: 'ap-northeast-1', instanceType, operatingSystem });
const linesOf = (instanceType: string) => anInstance({ instanceType, hourly: '0.2' }).lines;

describe('EC2 instance of a previous generation', () => {
  it.each([
    ['t2.large', 't3.large'],
    ['m3.xlarge', 'm6i.xlarge'],
    ['c4.2xlarge', 'c6i.2xlarge'],
    ['r4.16xlarge', 'r6i.16xlarge'],
  ])('names the current equivalent of %s: %s, never Graviton', (old, current) => {
    const prices = [aPrice(ask(old), '0.2'), aPrice(ask(current), '0.19')];
    const finding = findingOf(
      judged(ec2InstancePreviousGeneration, { resource: { lines: linesOf(old) }, snapshot: () => ({ prices }) }),
    );
    expect(finding.evidence).toMatchObject({
      instanceType: old,
      targetType: current,
      savingsPercent: '5',
      monthlySavings: '7.3',
    });
  });

  it('leaves it alone where the current type is not cheaper, and finds it from 1 %', () => {
    const at = (target: string) =>
      judged(ec2InstancePreviousGeneration, {
        snapshot: () => ({ prices: [aPrice(ask('m4.xlarge'), '0.26'), aPrice(ask('m6i.xlarge'), target)] }),
      });
    expect(at('0.26')).toEqual({ kind: 'healthy' });
    expect(at('0.2575')).toEqual({ kind: 'healthy' });
    expect(at('0.2574').kind).toBe('finding');
  });

  it('takes the limit of a tenant', () => {
    expect(judged(ec2InstancePreviousGeneration, { thresholds: { minimumSavingsPercent: 4 } })).toEqual({ kind: 'healthy' });
  });

  it.each(['m5.large', 'm6i.large', 't3.micro', 'c7g.large', 'x1e.xlarge'])('has nothing to say of %s', (instanceType) => {
    expect(judged(ec2InstancePreviousGeneration, { resource: { lines: linesOf(instanceType) } })).toEqual({ kind: 'healthy' });
  });

  it.each(['m3.medium', 'm4.10xlarge', 'c4.8xlarge'])(
    'does not pretend that %s has a current type of the same size',
    (instanceType) => {
      expect(judged(ec2InstancePreviousGeneration, { resource: { lines: linesOf(instanceType) } })).toEqual({
        kind: 'notApplicable',
        because: 'noSameSize',
      });
    },
  );

  it('leaves Windows to its owner, and a machine whose licence is bound to it', () => {
    expect(judged(ec2InstancePreviousGeneration, { resource: { operation: 'RunInstances:0002' } })).toEqual({
      kind: 'notApplicable',
      because: 'windows',
    });
    expect(judged(ec2InstancePreviousGeneration, { hearing: { licenceBound: true } })).toEqual({
      kind: 'notApplicable',
      because: 'licenceBound',
    });
  });

  it('is less sure of RHEL, whose vendor has to be asked, and of lost local disks', () => {
    const red = [aPrice(ask('m4.xlarge', 'RHEL'), '0.318'), aPrice(ask('m6i.xlarge', 'RHEL'), '0.308')];
    const rhel = judged(ec2InstancePreviousGeneration, {
      resource: { operation: 'RunInstances:0010' },
      snapshot: () => ({ prices: red }),
    });
    expect(findingOf(rhel).confidence.because).toContain('vendorSupport');
    const old = [aPrice(ask('m3.xlarge'), '0.385'), aPrice(ask('m6i.xlarge'), '0.248')];
    const disks = judged(ec2InstancePreviousGeneration, {
      resource: { lines: linesOf('m3.xlarge') },
      snapshot: () => ({ prices: old }),
    });
    expect(findingOf(disks).confidence.because).toContain('instanceStoreLost');
  });

  it('does not take a machine for Linux that is billed above the Linux price', () => {
    const at = (hourly: string) =>
      judged(ec2InstancePreviousGeneration, { resource: { lines: anInstance({ instanceType: 'm4.xlarge', hourly }).lines } });
    expect(at('0.442')).toEqual({ kind: 'unknown', missing: ['platform'] });
    expect(at('0.2').kind).toBe('finding');
  });

  it('believes a reseller who bills above list', () => {
    const { lines } = anInstance({ instanceType: 'm4.xlarge', hourly: '0.442' });
    const snapshot = () => ({ priceView: 'customerBilled' as const });
    expect(judged(ec2InstancePreviousGeneration, { resource: { lines }, snapshot }).kind).toBe('finding');
  });

  it('may save nothing under a Savings Plan, which discounts each generation differently', () => {
    const { lines } = anInstance({ instanceType: 'm4.xlarge', hourly: '0.258', effectiveHourly: '0.2' });
    expect(findingOf(judged(ec2InstancePreviousGeneration, { resource: { lines } })).savings.low).toBe('0');
  });

  it('cannot tell where the platform is not known', () => {
    expect(judged(ec2InstancePreviousGeneration, { resource: { operation: null } })).toEqual({
      kind: 'unknown',
      missing: ['platform'],
    });
  });

  it('does not count the step twice when a smaller type of a newer family is proposed anyway', () => {
    const said = (target: string) => ({
      snapshot: () => ({
        awsRecommendations: [
          anAwsRecommendation({
            kind: 'ec2Instance',
            resourceId: 'i-0123456789abcdef2',
            finding: 'Overprovisioned' as const,
            options: [
              {
                rank: 1,
                target,
                performanceRisk: 1,
                migrationEffort: null,
                platformDifferences: ['Hypervisor'],
                projectedCpuMaximumPercent: 50,
                estimatedMonthlySavings: null,
                currency: null,
              },
            ],
          }),
        ],
      }),
    });
    expect(judged(ec2InstancePreviousGeneration, said('m5.large'))).toEqual({
      kind: 'notApplicable',
      because: 'rightsizingChangesGeneration',
    });
    expect(judged(ec2InstancePreviousGeneration, said('m4.large')).kind).toBe('finding');
  });
});
