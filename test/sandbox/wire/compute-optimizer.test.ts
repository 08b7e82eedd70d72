import {
  GetEBSVolumeRecommendationsCommand,
  GetEC2InstanceRecommendationsCommand,
  type GetEC2InstanceRecommendationsCommandInput,
  GetEnrollmentStatusCommand,
  GetIdleRecommendationsCommand,
  type GetIdleRecommendationsCommandInput,
  GetLambdaFunctionRecommendationsCommand,
  GetRDSDatabaseRecommendationsCommand,
} from '@aws-sdk/client-compute-optimizer';
import { describe, expect, it } from 'vitest';
import type { EstateResource, SandboxPrice } from '../../../src/sandbox/estate/types.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { aResource, LEDGER, SHOP, type TinyEstate, tinyEstate, usd } from './tiny-estate.ts';

const REGION = 'ap-northeast-1';

function machine(
  instanceType: string,
  vcpu: number,
  memory: number,
  onDemand: string,
  more: Record<string, string> = {},
): SandboxPrice {
  const attributes = { instanceType, vcpu: String(vcpu), memory: `${memory} GiB`, operatingSystem: 'Linux', ...more };
  const offers = { reserved1yNoUpfrontStandard: null, reserved1yNoUpfrontConvertible: null };
  return { serviceCode: 'AmazonEC2', regionId: REGION, attributes, unit: 'Hrs', onDemand, ...offers, source: 'invented' };
}
const database = (instanceType: string, vcpu: number, onDemand: string): SandboxPrice => ({
  ...machine(instanceType, vcpu, vcpu * 8, onDemand, { databaseEngine: 'PostgreSQL', deploymentOption: 'Single-AZ' }),
  serviceCode: 'AmazonRDS',
});
const volumePrice = (volumeApiName: string, unit: string, onDemand: string): SandboxPrice => ({
  ...machine('', 0, 0, onDemand),
  attributes: { volumeApiName, usagetype: `APN1-EBS:VolumeUsage.${volumeApiName}` },
  unit,
});
const PRICES = [
  machine('m5.large', 2, 8, '0.1', { usagetype: 'APN1-BoxUsage:m5.large' }),
  machine('m5.xlarge', 4, 16, '0.2', { usagetype: 'APN1-BoxUsage:m5.xlarge' }),
  machine('m5.2xlarge', 8, 32, '0.4', { usagetype: 'APN1-BoxUsage:m5.2xlarge' }),
  machine('m4.2xlarge', 8, 32, '0.5', { usagetype: 'APN1-BoxUsage:m4.2xlarge' }),
  machine('c5.large', 2, 4, '0.08'),
  machine('m5.xlarge', 4, 16, '0.9', { operatingSystem: 'Windows' }),
  database('db.r5.large', 2, '0.3'),
  database('db.r5.xlarge', 4, '0.6'),
  volumePrice('gp2', 'GB-Mo', '0.12'),
  volumePrice('gp3', 'GB-Mo', '0.096'),
  volumePrice('gp3', 'IOPS-Mo', '0.006'),
];

type Given = Partial<EstateResource>;
const base = aResource();
const measured = (change: Partial<NonNullable<EstateResource['utilization']>>): Given => ({
  utilization: { ...(base.utilization as NonNullable<EstateResource['utilization']>), ...change },
});
const serve = (resources: readonly Given[], more: TinyEstate = {}) =>
  serveForTest(tinyEstate({ prices: PRICES, resources, ...more }));
const clientFor = async (resources: readonly Given[], more?: TinyEstate) =>
  clientsOf(await serve(resources, more)).computeOptimizer;

async function ec2(resources: readonly Given[], input: GetEC2InstanceRecommendationsCommandInput = {}, more?: TinyEstate) {
  return (await clientFor(resources, more)).send(new GetEC2InstanceRecommendationsCommand({ accountIds: [SHOP], ...input }));
}
async function idle(resources: readonly Given[], input: GetIdleRecommendationsCommandInput = {}, more?: TinyEstate) {
  return (await clientFor(resources, more)).send(new GetIdleRecommendationsCommand({ accountIds: [SHOP], ...input }));
}

describe('GetEC2InstanceRecommendations', () => {
  it('proposes smaller sizes of the same class, cheapest first, in capitals', async () => {
    const answer = await ec2([{ tags: { Name: 'web', 'x"y': '<b>' } }]);
    expect(answer.instanceRecommendations).toMatchObject([
      {
        instanceArn: base.arn,
        accountId: SHOP,
        instanceName: 'web',
        currentInstanceType: 'm5.2xlarge',
        finding: 'OVER_PROVISIONED',
        findingReasonCodes: ['CPUOverprovisioned'],
        lookBackPeriodInDays: 14,
        idle: 'False',
        tags: [
          { key: 'Name', value: 'web' },
          { key: 'x"y', value: '<b>' },
        ],
        lastRefreshTimestamp: new Date('2026-11-20T04:00:00.218Z'),
        recommendationOptions: [
          {
            instanceType: 'm5.large',
            rank: 1,
            performanceRisk: 2,
            projectedUtilizationMetrics: [{ name: 'CPU', statistic: 'MAXIMUM', value: 80 }],
          },
          { instanceType: 'm5.xlarge', rank: 2, performanceRisk: 0, migrationEffort: 'VeryLow', platformDifferences: [] },
        ],
      },
    ]);
    expect(answer.instanceRecommendations?.[0]?.utilizationMetrics?.map(({ name }) => name)).not.toContain('MEMORY');
  });

  it('saves the running hours at 730 a month, at list price and at what is paid', async () => {
    const lines = [
      {
        resourceId: base.resourceId,
        usageType: 'APN1-BoxUsage:m5.2xlarge',
        usageQuantity: usd('12'),
        unblendedCost: usd('4.8'),
        netAmortizedCost: usd('3.6'),
      },
    ];
    const answer = await ec2([{}], {}, { lines });
    // Half of the time at 0.4: 146 a month at list, 109.5 as paid; m5.large costs a quarter.
    expect(answer.instanceRecommendations?.[0]?.recommendationOptions?.[0]).toMatchObject({
      savingsOpportunity: { savingsOpportunityPercentage: 75, estimatedMonthlySavings: { currency: 'USD', value: 109.5 } },
      savingsOpportunityAfterDiscounts: { estimatedMonthlySavings: { value: 82.125 } },
    });
  });

  it('keeps measured memory under 80 % too', async () => {
    const answer = await ec2([measured({ memoryMaximumPercent: 30 })]);
    expect(answer.instanceRecommendations?.[0]).toMatchObject({
      findingReasonCodes: ['CPUOverprovisioned', 'MemoryOverprovisioned'],
      recommendationOptions: [
        {
          instanceType: 'm5.xlarge',
          projectedUtilizationMetrics: [
            { name: 'CPU', value: 40 },
            { name: 'MEMORY', value: 60 },
          ],
        },
      ],
    });
  });

  it.each([
    [{ cpuMaximumPercent: 40 }, 'OVER_PROVISIONED'],
    [{ cpuMaximumPercent: 40.1 }, 'OPTIMIZED'],
    [{ cpuMaximumPercent: 80 }, 'OPTIMIZED'],
    [{ cpuMaximumPercent: 80.1 }, 'UNDER_PROVISIONED'],
    [{ memoryMaximumPercent: 81 }, 'UNDER_PROVISIONED'],
  ])('of an m5.xlarge at %o it says %s', async (utilization, finding) => {
    const answer = await ec2([{ instanceType: 'm5.xlarge', ...measured(utilization) }]);
    expect(answer.instanceRecommendations?.[0]?.finding).toBe(finding);
  });

  it('calls no larger size a saving', async () => {
    const answer = await ec2([{ instanceType: 'm5.xlarge', ...measured({ cpuMaximumPercent: 90 }) }]);
    expect(answer.instanceRecommendations?.[0]?.recommendationOptions?.[0]).toMatchObject({
      instanceType: 'm5.2xlarge',
      savingsOpportunity: { savingsOpportunityPercentage: 0, estimatedMonthlySavings: { value: 0 } },
    });
  });

  it('says what changes when a generation is left', async () => {
    const answer = await ec2([{ instanceType: 'm4.2xlarge' }]);
    expect(answer.instanceRecommendations?.[0]?.recommendationOptions?.[0]?.platformDifferences).toEqual([
      'Hypervisor',
      'NetworkInterface',
      'StorageInterface',
    ]);
  });

  it('needs thirty hours of metrics: too few are an error, none at all is silence', async () => {
    const answer = await ec2([
      { resourceId: 'i-29', ...measured({ hoursMeasured: 29 }) },
      { resourceId: 'i-30', ...measured({ hoursMeasured: 30 }) },
      { resourceId: 'i-none', utilization: null },
    ]);
    expect(answer.instanceRecommendations?.map(({ instanceArn }) => instanceArn?.split('/')[1])).toEqual(['i-30']);
    expect(answer.errors).toMatchObject([
      { identifier: expect.stringMatching(/i-29$/), code: 'InsufficientData', message: expect.stringMatching(/29 hours/) },
    ]);
  });

  it('speaks of one account and of the region that the request was signed for', async () => {
    const resources = [{}, { resourceId: 'i-other', accountId: LEDGER }, { resourceId: 'i-far', regionId: 'us-east-1' }];
    expect((await ec2(resources)).instanceRecommendations).toHaveLength(1);
    expect((await ec2(resources, { accountIds: [LEDGER] })).instanceRecommendations).toHaveLength(1);
    expect((await ec2(resources, { accountIds: [] })).instanceRecommendations).toEqual([]);
  });

  it('forgets what is gone', async () => {
    expect((await ec2([{ until: '2026-11-20' }, { resourceId: 'i-young', from: '2026-11-20' }])).instanceRecommendations).toEqual(
      [],
    );
  });

  it('filters by finding, however that is spelt', async () => {
    const resources = [{}, { resourceId: 'i-2', ...measured({ cpuMaximumPercent: 70 }) }];
    const having = async (value: string) =>
      (await ec2(resources, { filters: [{ name: 'Finding', values: [value] }] })).instanceRecommendations?.length;
    expect(await Promise.all(['Overprovisioned', 'OVER_PROVISIONED', 'Optimized', 'Underprovisioned'].map(having))).toEqual([
      1, 1, 1, 0,
    ]);
  });

  it('tells errors on the last of its pages', async () => {
    const resources = ['i-1', 'i-2', 'i-3'].map((resourceId) => ({ resourceId }));
    const sender = await clientFor([...resources, { resourceId: 'i-4', ...measured({ hoursMeasured: 2 }) }]);
    const input = { accountIds: [SHOP], maxResults: 2 };
    const first = await sender.send(new GetEC2InstanceRecommendationsCommand(input));
    const last = await sender.send(new GetEC2InstanceRecommendationsCommand({ ...input, nextToken: first.nextToken }));
    expect([first.instanceRecommendations?.length, first.errors?.length]).toEqual([2, 0]);
    expect([last.instanceRecommendations?.length, last.errors?.length, last.nextToken]).toEqual([1, 1, undefined]);
    const other = sender.send(new GetEC2InstanceRecommendationsCommand({ accountIds: [LEDGER], nextToken: first.nextToken }));
    await expect(other).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('answers for the ARNs asked for and says which it does not find', async () => {
    const gone = 'arn:aws:ec2:ap-northeast-1:222222222222:instance/i-gone';
    const answer = await ec2([{}, { resourceId: 'i-2' }], { instanceArns: [base.arn, gone] });
    expect(answer.instanceRecommendations?.map(({ instanceArn }) => instanceArn)).toEqual([base.arn]);
    expect(answer.errors).toMatchObject([{ identifier: gone }]);
  });

  it.each([
    ['two accounts at once', { accountIds: [SHOP, LEDGER] }, 'Only one account ID can be specified per request.'],
    ['a stranger’s account', { accountIds: ['999988887777'] }, 'The account 999988887777 is not a member of the organization.'],
    ['pages of more than a thousand', { maxResults: 1001 }, 'maxResults must be at most 1000.'],
    [
      'a filter that it does not know',
      { filters: [{ name: 'Colour' as 'Finding', values: ['x'] }] },
      'The filter Colour is not supported by this operation.',
    ],
    ['a token that is none', { nextToken: 'x' }, 'The specified next token is not valid.'],
  ])('refuses %s', async (_what, input, message) => {
    await expect(ec2([], input)).rejects.toMatchObject({ name: 'InvalidParameterValueException', message });
  });
});

describe('GetEBSVolumeRecommendations', () => {
  const volume: Given = {
    kind: 'ebs',
    resourceId: 'vol-1',
    volumeType: 'gp2',
    sizeGib: 100,
    attachedTo: 'i-1',
    instanceType: null,
  };
  const ask = async (resources: readonly Given[]) =>
    (await clientFor(resources)).send(new GetEBSVolumeRecommendationsCommand({ accountIds: [SHOP] }));

  it('proposes gp3 for gp2, with the operations that were seen', async () => {
    const answer = await ask([
      { ...volume, ...measured({ ebsReadOpsPerSecondMaximum: 2000, ebsWriteOpsPerSecondMaximum: 600 }) },
    ]);
    // 12.00 a month against 9.60 and 250 paid operations at 0.006.
    expect(answer.volumeRecommendations).toMatchObject([
      {
        finding: 'NotOptimized',
        currentConfiguration: { volumeType: 'gp2', volumeSize: 100, volumeBaselineIOPS: 300, volumeBurstIOPS: 3000 },
        volumeRecommendationOptions: [
          {
            configuration: { volumeType: 'gp3', volumeSize: 100, volumeBaselineIOPS: 3250 },
            rank: 1,
            savingsOpportunity: { savingsOpportunityPercentage: 7.5, estimatedMonthlySavings: { value: 0.9 } },
          },
        ],
      },
    ]);
  });

  it('is content with gp3, and with gp2 whose operations would cost more', async () => {
    const busy = measured({ ebsReadOpsPerSecondMaximum: 3000, ebsWriteOpsPerSecondMaximum: 1000 });
    const answer = await ask([
      { ...volume, volumeType: 'gp3' },
      { ...volume, resourceId: 'vol-2', ...busy },
    ]);
    expect(answer.volumeRecommendations?.map(({ finding }) => finding)).toEqual(['Optimized', 'Optimized']);
  });

  it('leaves unattached volumes to the idle advice', async () => {
    expect((await ask([{ ...volume, attachedTo: null, unattachedSince: '2026-01-01' }])).volumeRecommendations).toEqual([]);
  });
});

describe('GetRDSDatabaseRecommendations', () => {
  const db: Given = {
    kind: 'rds',
    arn: 'arn:aws:rds:ap-northeast-1:222222222222:db:ledger',
    instanceType: 'db.r5.xlarge',
    operatingSystem: null,
    engine: { name: 'postgres', version: '15.5', multiAz: false },
    sizeGib: 200,
  };
  const ask = async (resources: readonly Given[]) =>
    (await clientFor(resources)).send(new GetRDSDatabaseRecommendationsCommand({ accountIds: [SHOP] }));

  it('proposes a smaller class, in camel case', async () => {
    expect((await ask([{ ...db, ...measured({ connectionsMaximum: 12 }) }])).rdsDBRecommendations).toMatchObject([
      {
        resourceArn: db.arn,
        engine: 'postgres',
        currentDBInstanceClass: 'db.r5.xlarge',
        instanceFinding: 'Overprovisioned',
        instanceFindingReasonCodes: ['CPUOverprovisioned'],
        idle: 'False',
        lookbackPeriodInDays: 14,
        instanceRecommendationOptions: [
          { dbInstanceClass: 'db.r5.large', rank: 1, savingsOpportunity: { savingsOpportunityPercentage: 50 } },
        ],
      },
    ]);
  });

  it('has nothing to say of a deployment that the price list does not know', async () => {
    expect((await ask([{ ...db, engine: { name: 'postgres', version: '15.5', multiAz: true } }])).rdsDBRecommendations).toEqual(
      [],
    );
  });
});

describe('GetLambdaFunctionRecommendations', () => {
  it('says that it could not judge a function of which nothing is known', async () => {
    const lambda: Given = { kind: 'lambda', arn: 'arn:aws:lambda:ap-northeast-1:222222222222:function:f', utilization: null };
    const answer = await (await clientFor([lambda])).send(new GetLambdaFunctionRecommendationsCommand({ accountIds: [SHOP] }));
    expect(answer.lambdaFunctionRecommendations).toMatchObject([
      { functionArn: `${lambda.arn}:$LATEST`, finding: 'Unavailable', findingReasonCodes: ['InsufficientData'] },
    ]);
  });
});

describe('GetIdleRecommendations', () => {
  const quiet = { cpuMaximumPercent: 4.9, networkInMaximumBytesPerSecond: 28, networkOutMaximumBytesPerSecond: 29 };
  const volume: Given = { kind: 'ebs', attachedTo: null, unattachedSince: '2026-10-19', resourceId: 'vol-1' };

  it.each<[string, Given, string | undefined]>([
    ['an instance below 5 % and 5 MB a day', measured(quiet), 'Idle'],
    ['an instance at 5 %', measured({ ...quiet, cpuMaximumPercent: 5 }), undefined],
    ['an instance at 5 MB a day', measured({ ...quiet, networkInMaximumBytesPerSecond: 29 }), undefined],
    ['a quiet instance younger than the look-back', { ...measured(quiet), from: '2026-11-07' }, undefined],
    ['a quiet instance as old as the look-back', { ...measured(quiet), from: '2026-11-06' }, 'Idle'],
    ['a volume unattached for 32 days', volume, 'Unattached'],
    ['a volume unattached for 31 days', { ...volume, unattachedSince: '2026-10-20' }, undefined],
    [
      'an attached volume without operations',
      { ...volume, attachedTo: 'i-1', ...measured({ ebsReadOpsPerSecondMaximum: 0, ebsWriteOpsPerSecondMaximum: 0 }) },
      'Idle',
    ],
    [
      'an attached volume with one operation a day',
      { ...volume, attachedTo: 'i-1', ...measured({ ebsReadOpsPerSecondMaximum: 1 / 86_400, ebsWriteOpsPerSecondMaximum: 0 }) },
      undefined,
    ],
    [
      'a database without connections',
      {
        kind: 'rds',
        ...measured({
          cpuMaximumPercent: 2,
          connectionsMaximum: 0,
          ebsReadOpsPerSecondMaximum: 1,
          ebsWriteOpsPerSecondMaximum: 1,
        }),
      },
      'Idle',
    ],
    [
      'a database with one connection',
      {
        kind: 'rds',
        ...measured({
          cpuMaximumPercent: 2,
          connectionsMaximum: 1,
          ebsReadOpsPerSecondMaximum: 1,
          ebsWriteOpsPerSecondMaximum: 1,
        }),
      },
      undefined,
    ],
    [
      'a NAT gateway without packets',
      {
        kind: 'nat',
        ...measured({ connectionsMaximum: 0, networkInMaximumBytesPerSecond: 0, networkOutMaximumBytesPerSecond: 0 }),
      },
      'Unused',
    ],
    [
      'a NAT gateway with few',
      {
        kind: 'nat',
        ...measured({ connectionsMaximum: 0, networkInMaximumBytesPerSecond: 1, networkOutMaximumBytesPerSecond: 0 }),
      },
      undefined,
    ],
    ['an instance of which nothing is measured', { utilization: null }, undefined],
  ])('%s', async (_what, resource, finding) => {
    expect((await idle([resource])).idleRecommendations?.[0]?.finding).toBe(finding);
  });

  it('saves all that the resource costs, at list price and as paid', async () => {
    const gp2 = {
      resourceId: 'vol-1',
      usageType: 'APN1-EBS:VolumeUsage.gp2',
      usageQuantity: usd('3'),
      unblendedCost: usd('0.3'),
    };
    const answer = await idle([volume], {}, { lines: [gp2] });
    // 14 days x 3 GB-months x 0.12, and x 0.3 / 3 as paid, brought to 730 hours.
    expect(answer.idleRecommendations?.[0]).toMatchObject({
      resourceId: 'vol-1',
      resourceType: 'EBSVolume',
      lookBackPeriodInDays: 32,
      savingsOpportunity: { savingsOpportunityPercentage: 100, estimatedMonthlySavings: { value: 10.95 } },
      savingsOpportunityAfterDiscounts: { estimatedMonthlySavings: { value: 9.125 } },
    });
  });

  it('filters by type, sorts by saving, and gives at most a hundred', async () => {
    const lines = [
      { resourceId: 'vol-1', usageType: 'x', unblendedCost: usd('1') },
      { resourceId: 'vol-2', usageType: 'x', unblendedCost: usd('2') },
    ];
    const resources = [volume, { ...volume, resourceId: 'vol-2' }, measured(quiet)];
    const filters = [{ name: 'ResourceType' as const, values: ['EBSVolume'] }];
    const orderBy = { dimension: 'SavingsValueAfterDiscount' as const, order: 'Desc' as const };
    const answer = await idle(resources, { filters, orderBy }, { lines });
    expect(answer.idleRecommendations?.map(({ resourceId }) => resourceId)).toEqual(['vol-2', 'vol-1']);
    await expect(idle(resources, { maxResults: 101 })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('GetEnrollmentStatus', () => {
  it('is active, with every member', async () => {
    expect(await (await clientFor([])).send(new GetEnrollmentStatusCommand({}))).toMatchObject({
      status: 'Active',
      memberAccountsEnrolled: true,
      numberOfMemberAccountsOptedIn: 2,
    });
  });
});
