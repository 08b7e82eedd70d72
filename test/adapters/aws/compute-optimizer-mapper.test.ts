import { describe, expect, it } from 'vitest';
import { mapEbs, mapEc2, mapIdle, mapLambda, mapRds } from '../../../src/adapters/aws/compute-optimizer/mapper.ts';
import {
  mapAutoScalingGroup,
  mapEcs,
  mapLicense,
  mapRdsStorage,
} from '../../../src/adapters/aws/compute-optimizer/mapper-of-groups.ts';
import { mergedResources } from '../../../src/adapters/aws/compute-optimizer/merge.ts';
import { savingsOf } from '../../../src/adapters/aws/compute-optimizer/observation.ts';
import { placeOf } from '../../../src/adapters/aws/compute-optimizer/place.ts';
import { findingOf, utilizationOf } from '../../../src/adapters/aws/compute-optimizer/words.ts';
import { fixture } from './fixture.ts';

const AS_OF = '2026-11-24';
/** As the SDK hands it on: epoch seconds have become dates. */
const dated = (item: { lastRefreshTimestamp?: number }) =>
  item.lastRefreshTimestamp === undefined ? item : { ...item, lastRefreshTimestamp: new Date(item.lastRefreshTimestamp * 1000) };
const ec2 = () => fixture('compute-optimizer-ec2.json').instanceRecommendations.map(dated);
const others = (key: string) => fixture('compute-optimizer-others.json')[key].map(dated);

describe('an instance that Compute Optimizer judged', () => {
  const { recommendation, resource } = mapEc2(ec2()[0], AS_OF);

  it('carries the id of the bill and the finding in our spelling', () => {
    expect(recommendation).toMatchObject({
      kind: 'ec2Instance',
      resourceId: 'i-0aaaaaaaaaaaaaaa1',
      accountId: '111122223333',
      regionId: 'ap-northeast-1',
      finding: 'Overprovisioned',
      current: 'm5.2xlarge',
      lookbackDays: 14,
      refreshedOn: '2026-11-22',
    });
  });

  it('lists its options by rank, the saving after discounts where AWS gives one, and null where it gives none', () => {
    expect(
      recommendation.options.map(({ rank, target, estimatedMonthlySavings }) => [rank, target, estimatedMonthlySavings]),
    ).toEqual([
      [1, 'm5.xlarge', '140.16'],
      [2, 'm6g.xlarge', '190.1'],
      [3, 't3.xlarge', null],
    ]);
    expect(recommendation.options[0]).toMatchObject({ projectedCpuMaximumPercent: 22.5, migrationEffort: 'VeryLow' });
  });

  it('keeps what was measured, maxima only', () => {
    expect(resource.utilization).toEqual({
      source: 'ComputeOptimizer',
      lookbackDays: 14,
      asOf: '2026-11-22',
      cpuMaximumPercent: 11.25,
      memoryMaximumPercent: 42.5,
      networkInMaximumBytesPerSecond: 1200000.5,
      networkOutMaximumBytesPerSecond: 900,
      readWriteOperationsPerSecondMaximum: 30.5,
    });
  });

  it('keeps its tags as a list, so that any key is only text', () => {
    expect(resource.tags).toEqual([
      { key: 'Name', value: 'web-1' },
      { key: '__proto__', value: '</script>' },
    ]);
  });

  it('is unreadable without a finding', () => {
    expect(() => mapEc2(ec2()[1], AS_OF)).toThrow(/finding/);
  });
});

describe('the other kinds', () => {
  it('name a volume by its id and say its type in words', () => {
    const { recommendation } = mapEbs(others('volumeRecommendations')[0], AS_OF);
    expect(recommendation).toMatchObject({
      resourceId: 'vol-0bbbbbbbbbbbbbbb1',
      finding: 'NotOptimized',
      current: 'gp2 500 GiB 1500 IOPS 250 MiB/s',
    });
    expect(recommendation.options[0]?.target).toBe('gp3 500 GiB 3000 IOPS 125 MiB/s');
  });

  it('name a database by its ARN, with an unknown saving left unknown', () => {
    const { recommendation, resource } = mapRds(others('rdsDBRecommendations')[0], AS_OF);
    expect(recommendation.resourceId).toBe('arn:aws:rds:ap-northeast-1:111122223333:db:orders');
    expect(recommendation.options[0]?.estimatedMonthlySavings).toBeNull();
    expect(resource.utilization?.connectionsMaximum).toBe(12);
  });

  it('say of a database judged by storage alone that its instance was not', () => {
    expect(mapRds(others('rdsDBRecommendations')[1], AS_OF).recommendation.finding).toBe('Unavailable');
  });

  it('name a function without its version', () => {
    const { recommendation } = mapLambda(others('lambdaFunctionRecommendations')[0], AS_OF);
    expect(recommendation).toMatchObject({
      resourceId: 'arn:aws:lambda:ap-northeast-1:111122223333:function:resize',
      current: '1024 MB',
    });
  });

  it('keep the saving of an idle resource, and no option where AWS states none', () => {
    const [nat, volume] = others('idleRecommendations').map((item: unknown) => mapIdle(item, AS_OF).recommendation);
    expect(nat).toMatchObject({
      resourceId: 'arn:aws:ec2:ap-northeast-1:111122223333:natgateway/nat-0ccccccccccccccc1',
      resourceType: 'NatGateway',
      lookbackDays: 32,
      options: [{ target: 'none', estimatedMonthlySavings: '45.26', currency: 'USD' }],
    });
    expect(volume).toMatchObject({ resourceId: 'vol-0bbbbbbbbbbbbbbb2', finding: 'Unattached', options: [] });
  });
});

describe('groups, services, licences and storage', () => {
  it('name a group by its ARN, mixed types together, the saving after discounts', () => {
    const { recommendation, resource } = mapAutoScalingGroup(others('autoScalingGroupRecommendations')[0], AS_OF);
    expect(recommendation).toMatchObject({
      kind: 'autoScalingGroup',
      resourceType: 'Ec2AutoScalingGroup',
      resourceId: expect.stringMatching(/autoScalingGroupName\/web$/),
      finding: 'NotOptimized',
      current: 'm5.xlarge + m5a.xlarge',
      options: [{ rank: 1, target: 'm6i.large', estimatedMonthlySavings: '175.2', projectedCpuMaximumPercent: 37 }],
    });
    expect(resource.utilization?.cpuMaximumPercent).toBe(18.5);
  });

  it('say the size of a task, and project its upper bound', () => {
    const { recommendation, resource } = mapEcs(others('ecsServiceRecommendations')[0], AS_OF);
    expect(recommendation).toMatchObject({
      kind: 'ecsService',
      resourceId: 'arn:aws:ecs:ap-northeast-1:111122223333:service/shop/checkout',
      finding: 'Overprovisioned',
      current: '1024 CPU units 2048 MiB',
      options: [{ rank: 1, target: '512 CPU units 1024 MiB', projectedCpuMaximumPercent: 26, estimatedMonthlySavings: '18.02' }],
    });
    expect(resource.tags).toEqual([{ key: 'team', value: 'shop' }]);
  });

  it('keep a licence under the id of its machine; without metrics it was not judged', () => {
    const [judged, blind] = others('licenseRecommendations').map((item: unknown) => mapLicense(item, AS_OF).recommendation);
    expect(judged).toMatchObject({
      kind: 'license',
      resourceId: 'i-0ddddddddddddddd1',
      finding: 'NotOptimized',
      current: 'SQLServer Enterprise LicenseIncluded Windows',
      options: [{ target: 'SQLServer Standard LicenseIncluded Windows', estimatedMonthlySavings: '815.6' }],
    });
    expect(blind).toMatchObject({
      finding: 'Unavailable',
      findingReasonCodes: ['InvalidCloudWatchApplicationInsightsSetup'],
      options: [],
    });
  });

  it('find the storage of a database apart from its instance', () => {
    const [storage] = mapRdsStorage(others('rdsDBRecommendations')[1], AS_OF);
    expect(storage?.recommendation).toMatchObject({
      kind: 'rdsStorage',
      resourceType: 'RdsDbInstanceStorage',
      resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:storage-only',
      finding: 'NotOptimized',
      current: 'gp2 400 GiB',
      options: [{ target: 'gp3 400 GiB 3000 IOPS 125 MiB/s', estimatedMonthlySavings: '9.6' }],
    });
    expect(mapRdsStorage({ ...others('rdsDBRecommendations')[1], storageFinding: undefined }, AS_OF)).toEqual([]);
  });
});

describe('words of AWS', () => {
  it.each(['OVER_PROVISIONED', 'Overprovisioned', 'overprovisioned', 'OVERPROVISIONED'])('reads %s as one finding', (word) => {
    expect(findingOf(word)).toBe('Overprovisioned');
  });

  it('does not guess a finding that it does not know', () => {
    expect(findingOf('SLIGHTLY_PROVISIONED')).toBeUndefined();
    expect(findingOf(undefined)).toBeUndefined();
  });

  it('calls nothing measured null, and a measured zero zero', () => {
    const base = { lookbackDays: 14, asOf: AS_OF };
    expect(utilizationOf([{ name: 'CPU', statistic: 'AVERAGE', value: 1 }], base)).toBeNull();
    expect(utilizationOf([{ name: 'Cpu', statistic: 'Maximum', value: 0 }], base)?.cpuMaximumPercent).toBe(0);
    expect(utilizationOf([{ name: 'CPU', statistic: 'MAXIMUM', value: Number.NaN }], base)).toBeNull();
  });

  it('states a saving exactly as sent, and none as null', () => {
    expect(savingsOf({ savingsOpportunity: { estimatedMonthlySavings: { currency: 'USD', value: 0 } } })).toEqual({
      estimatedMonthlySavings: '0',
      currency: 'USD',
    });
    expect(
      savingsOf({ savingsOpportunity: { estimatedMonthlySavings: { currency: 'USD', value: Number.POSITIVE_INFINITY } } }),
    ).toEqual({
      estimatedMonthlySavings: null,
      currency: null,
    });
  });

  it('does not read an ARN that is none', () => {
    expect(() => placeOf('i-0aaaaaaaaaaaaaaa1')).toThrow(/ARN/);
  });
});

it('puts what two lists measured of one resource together', () => {
  const [resource] = [mapEc2(ec2()[0], AS_OF).resource];
  const idle = { ...resource, tags: [], operation: 'RunInstances', utilization: null };
  expect(mergedResources([idle, resource])).toEqual([{ ...resource, operation: 'RunInstances' }]);
});
