import {
  GetAutoScalingGroupRecommendationsCommand,
  GetECSServiceRecommendationsCommand,
  GetEffectiveRecommendationPreferencesCommand,
  GetEnrollmentStatusesForOrganizationCommand,
  GetIdleRecommendationsCommand,
  GetLicenseRecommendationsCommand,
  GetRDSDatabaseRecommendationsCommand,
  GetRecommendationSummariesCommand,
} from '@aws-sdk/client-compute-optimizer';
import { expect, it } from 'vitest';
import type { EstateResource, SandboxPrice } from '../../../src/sandbox/estate/types.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { aResource, LEDGER, PAYER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const REGION = 'ap-northeast-1';
const utilization = aResource().utilization as NonNullable<EstateResource['utilization']>;
const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${SHOP}:${name}`;

const GROUP = { kind: 'autoScalingGroup', arn: arn('autoscaling', 'autoScalingGroup:6f:autoScalingGroupName/web') } as const;
const SERVICE = { kind: 'ecsService', arn: arn('ecs', 'service/shop/checkout'), instanceType: '1024/2048' } as const;
const SQL = { resourceId: 'i-1111', engine: { name: 'sqlserver-ee', version: '2019', multiAz: false } };
const DATABASE = {
  kind: 'rds',
  resourceId: arn('rds', 'db:orders'),
  arn: arn('rds', 'db:orders'),
  instanceType: 'db.r5.large',
  engine: { name: 'postgres', version: '15', multiAz: false },
  volumeType: 'gp2',
  sizeGib: 100,
} as const;

const price = (serviceCode: string, attributes: Record<string, string>, onDemand: string): SandboxPrice => ({
  serviceCode,
  regionId: REGION,
  attributes,
  unit: 'Hrs',
  onDemand,
  reserved1yNoUpfrontStandard: null,
  reserved1yNoUpfrontConvertible: null,
  source: 'invented',
});
const size = { operatingSystem: 'Linux', vcpu: '8', memory: '32 GiB' };
const PRICES = [
  price('AmazonEC2', { ...size, instanceType: 'm5.2xlarge', usagetype: 'APN1-BoxUsage:m5.2xlarge' }, '0.4'),
  price('AmazonEC2', { ...size, instanceType: 'm5.xlarge', vcpu: '4', memory: '16 GiB' }, '0.2'),
  price(
    'AmazonRDS',
    { instanceType: 'db.r5.large', vcpu: '2', memory: '16 GiB', databaseEngine: 'PostgreSQL', deploymentOption: 'Single-AZ' },
    '0.3',
  ),
  price('AmazonRDS', { usagetype: 'APN1-RDS:GP2-Storage' }, '0.138'),
  price('AmazonRDS', { usagetype: 'APN1-RDS:GP3-Storage' }, '0.115'),
];
const LINES = [
  {
    resourceId: SERVICE.arn,
    usageType: 'APN1-Fargate-vCPU-Hours:perCPU',
    unblendedCost: usd('1.2'),
    netAmortizedCost: usd('1.2'),
  },
  {
    resourceId: DATABASE.resourceId,
    usageType: 'APN1-RDS:GP2-Storage',
    usageQuantity: usd('3.2'),
    netAmortizedCost: usd('0.4416'),
  },
];

type Given = Partial<EstateResource>;
async function client(resources: readonly Given[], options: { credentials?: never } = {}) {
  const given = resources.map((resource) => ({ resourceId: resource.arn ?? 'i-0000000000000001', ...resource }));
  const sandbox = await serveForTest(tinyEstate({ resources: given, lines: LINES, prices: PRICES }));
  return Object.assign(clientsOf(sandbox, options).computeOptimizer, { sandbox });
}
const FOR = { accountIds: [SHOP] };

it('judges a group of machines by the machine, and says only whether it is right', async () => {
  const answer = await (await client([GROUP])).send(new GetAutoScalingGroupRecommendationsCommand(FOR));
  expect(answer.autoScalingGroupRecommendations).toMatchObject([
    {
      autoScalingGroupName: 'web',
      finding: 'NotOptimized',
      recommendationOptions: [{ configuration: { instanceType: 'm5.xlarge' }, rank: 1 }],
    },
  ]);
});

it('proposes half a task where both halves stay under 80 %, and what that saves', async () => {
  const send = async (change: Partial<typeof utilization>) =>
    (await client([{ ...SERVICE, utilization: { ...utilization, ...change } }])).send(
      new GetECSServiceRecommendationsCommand(FOR),
    );
  const [half] = (await send({ cpuMaximumPercent: 40, memoryMaximumPercent: 40 })).ecsServiceRecommendations ?? [];
  expect(half).toMatchObject({ finding: 'Overprovisioned', serviceRecommendationOptions: [{ cpu: 512, memory: 1024 }] });
  // 1.2 a day is 36.5 a month of 730 hours; half of it.
  expect(half?.serviceRecommendationOptions?.[0]?.savingsOpportunityAfterDiscounts?.estimatedMonthlySavings?.value).toBe(18.25);
  const [full] = (await send({ cpuMaximumPercent: 40, memoryMaximumPercent: 41 })).ecsServiceRecommendations ?? [];
  expect(full).toMatchObject({ finding: 'Optimized', serviceRecommendationOptions: [] });
});

it('says of an SQL Server licence that nothing watches it', async () => {
  const answer = await (await client([SQL, {}])).send(new GetLicenseRecommendationsCommand(FOR));
  expect(answer.licenseRecommendations).toMatchObject([
    {
      resourceArn: expect.stringMatching(/i-1111$/),
      finding: 'InsufficientMetrics',
      currentLicenseConfiguration: { licenseEdition: 'Enterprise', licenseName: 'SQLServer' },
    },
  ]);
});

it('finds the storage of a database apart from its instance', async () => {
  const answer = await (await client([DATABASE])).send(new GetRDSDatabaseRecommendationsCommand(FOR));
  expect(answer.rdsDBRecommendations).toMatchObject([
    {
      storageFinding: 'NotOptimized',
      storageFindingReasonCodes: ['NewGenerationStorageTypeAvailable'],
      storageRecommendationOptions: [{ storageConfiguration: { storageType: 'gp3', allocatedStorage: 100 }, rank: 1 }],
    },
  ]);
});

it('calls groups and services that do nothing idle', async () => {
  const quiet = {
    ...utilization,
    cpuMaximumPercent: 0.5,
    memoryMaximumPercent: 0.9,
    networkInMaximumBytesPerSecond: 1,
    networkOutMaximumBytesPerSecond: 1,
  };
  const answer = await (
    await client([
      { ...GROUP, utilization: quiet },
      { ...SERVICE, utilization: quiet },
    ])
  ).send(new GetIdleRecommendationsCommand(FOR));
  expect(answer.idleRecommendations?.map(({ resourceType, finding }) => [resourceType, finding])).toEqual([
    ['AutoScalingGroup', 'Idle'],
    ['ECSService', 'Idle'],
  ]);
});

it('counts what the other operations say, once', async () => {
  const answer = await (await client([{}, GROUP, DATABASE])).send(new GetRecommendationSummariesCommand(FOR));
  const counts = answer.recommendationSummaries?.map(({ recommendationResourceType: type, summaries }) => [
    type,
    summaries?.filter(({ value }) => value).map(({ name, value }) => `${name} ${value}`),
  ]);
  expect(counts).toEqual([
    ['Ec2Instance', ['Overprovisioned 1']],
    ['AutoScalingGroup', ['NotOptimized 1']],
    ['RdsDBInstance', ['Optimized 1']],
  ]);
});

it('tells the management account who takes part, and nobody else', async () => {
  const asked = await client([]);
  asked.sandbox.faults.add({ kind: 'optInRequired', accountId: LEDGER });
  const answer = await asked.send(new GetEnrollmentStatusesForOrganizationCommand({}));
  expect(answer.accountEnrollmentStatuses?.map(({ accountId, status }) => [accountId, status])).toEqual([
    [PAYER, 'Active'],
    [SHOP, 'Active'],
    [LEDGER, 'Inactive'],
  ]);
});

it('says how a machine is judged, and knows only machines that are there', async () => {
  const asked = await client([{}]);
  const command = (resourceArn: string) => new GetEffectiveRecommendationPreferencesCommand({ resourceArn });
  expect(await asked.send(command(arn('ec2', 'instance/i-0000000000000001')))).toMatchObject({ lookBackPeriod: 'DAYS_14' });
  await expect(asked.send(command(arn('ec2', 'instance/i-none')))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
