import { describe, expect, it } from 'vitest';
import { ec2CpuCreditsSurplus } from '../../../../src/advice/detectors/compute/ec2-cpu-credits-surplus.ts';
import { instancePrice } from '../../../../src/advice/detectors/shared/ec2.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { anInstance, aPrice } from '../../../support/builders.ts';
import { findingOf, judged } from '../support.ts';

const ask = (instanceType: string) => instancePrice({ regionId: 'ap-northeast-1', instanceType, operatingSystem: 'Linux' });
const credits = (billedCost: string, kind = 'CPUCredits:t3') =>
  dailyLines({ serviceName: SERVICE.ec2Other, meterKind: kind, usageQuantity: '10', billedCost });
const bursting = (instanceType: string, hourly: string, cost: string, effectiveHourly = hourly) => ({
  lines: [...anInstance({ instanceType, hourly, effectiveHourly }).lines, ...credits(cost)],
});

describe('EC2 CPU credits beyond the baseline', () => {
  it('saves the credits less what fixed performance costs more', () => {
    const { savings, effect } = findingOf(judged(ec2CpuCreditsSurplus));
    // (1.2 - 24 x (0.124 - 0.1088)) a day.
    expect(savings.expected).toBe('25.404');
    expect(savings.high).toBe('36.5');
    expect(effect).toMatchObject({ component: 'compute', targetMeterKind: 'BoxUsage:m6i.large', monthlyCost: '115.924' });
  });

  it('leaves it alone where bursting is cheaper than fixed performance, and finds it from 5 %', () => {
    const at = (cost: string) => judged(ec2CpuCreditsSurplus, { resource: bursting('t3.large', '0.1088', cost) });
    expect(at('0.2')).toEqual({ kind: 'healthy' });
    // 5 % of 2.6112 + credits, beyond the 0.3648 that m6i.large costs more.
    expect(at('0.52')).toEqual({ kind: 'healthy' });
    expect(at('0.523').kind).toBe('finding');
  });

  it('has nothing to say of a machine without credits', () => {
    const { lines } = anInstance({ instanceType: 't3.large', hourly: '0.1088' });
    expect(judged(ec2CpuCreditsSurplus, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it.each([
    ['t3.medium', 'c6i.large'],
    ['t3a.xlarge', 'm6a.xlarge'],
    ['t4g.2xlarge', 'm6g.2xlarge'],
  ])('names for %s the type with the same vCPUs and memory: %s', (now, then) => {
    const prices = [aPrice(ask(now), '0.1'), aPrice(ask(then), '0.11')];
    const outcome = judged(ec2CpuCreditsSurplus, { resource: bursting(now, '0.1', '2'), snapshot: () => ({ prices }) });
    expect(findingOf(outcome).evidence).toMatchObject({ instanceType: now, targetType: then });
  });

  it.each(['t3.small', 't3.nano'])('knows nothing as small as %s with fixed performance', (instanceType) => {
    expect(judged(ec2CpuCreditsSurplus, { resource: bursting(instanceType, '0.02', '2') })).toEqual({
      kind: 'notApplicable',
      because: 'noSameSize',
    });
  });

  it('is sure of nothing where a plan pays for the hours', () => {
    const { savings, confidence } = findingOf(
      judged(ec2CpuCreditsSurplus, { resource: bursting('t3.large', '0.1088', '1.2', '0.0855') }),
    );
    expect(savings.low).toBe('0');
    expect(confidence.because).toContain('commitmentFloats');
  });

  it('leaves bound licences and groups alone, and takes the limit of a tenant', () => {
    expect(judged(ec2CpuCreditsSurplus, { hearing: { licenceBound: true } })).toMatchObject({ because: 'licenceBound' });
    const tags = [{ key: 'aws:autoscaling:groupName', value: 'web' }];
    expect(judged(ec2CpuCreditsSurplus, { resource: { tags } })).toMatchObject({ because: 'autoScalingGroup' });
    expect(judged(ec2CpuCreditsSurplus, { thresholds: { minimumSavingsPercent: 30 } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where the platform is not known', () => {
    expect(judged(ec2CpuCreditsSurplus, { resource: { operation: null } })).toEqual({ kind: 'unknown', missing: ['platform'] });
  });
});
