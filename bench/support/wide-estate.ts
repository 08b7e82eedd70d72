import { addDays, type Day, dayNumber, eachDay, type Period } from '../../src/kernel/calendar.ts';
import type { Estate, EstateCharge } from '../../src/sandbox/estate/types.ts';

/** Usage types of one account, the resources of each, or none. 25 pairs of service and usage type, as a middling account has. */
const METERS: readonly (readonly [service: string, usageType: string, operation: string, resources: number, prefix: string])[] = [
  ['Amazon Elastic Compute Cloud - Compute', 'APN1-BoxUsage:m5.large', 'RunInstances', 4, 'i-0a'],
  ['Amazon Elastic Compute Cloud - Compute', 'APN1-BoxUsage:c5.large', 'RunInstances', 2, 'i-0b'],
  ['Amazon Elastic Compute Cloud - Compute', 'APN1-BoxUsage:t3.medium', 'RunInstances:0002', 2, 'i-0c'],
  ['EC2 - Other', 'APN1-EBS:VolumeUsage.gp3', 'CreateVolume-Gp3', 8, 'vol-0a'],
  ['EC2 - Other', 'APN1-EBS:VolumeUsage.gp2', 'CreateVolume-Gp2', 2, 'vol-0b'],
  ['EC2 - Other', 'APN1-EBS:SnapshotUsage', 'CreateSnapshot', 2, 'arn:aws:ec2:ap-northeast-1::snapshot/snap-0'],
  ['EC2 - Other', 'APN1-NatGateway-Hours', 'NatGateway', 1, 'nat-0'],
  ['EC2 - Other', 'APN1-NatGateway-Bytes', 'NatGateway', 1, 'nat-0'],
  ['EC2 - Other', 'APN1-DataTransfer-Out-Bytes', 'RunInstances', 4, 'i-0a'],
  [
    'Amazon Relational Database Service',
    'APN1-InstanceUsage:db.m5.large',
    'CreateDBInstance:0002',
    1,
    'arn:aws:rds:ap-northeast-1::db:d',
  ],
  ['Amazon Relational Database Service', 'APN1-RDS:GP3-Storage', 'CreateDBInstance', 1, 'arn:aws:rds:ap-northeast-1::db:d'],
  ['Amazon Elastic Load Balancing', 'APN1-LoadBalancerUsage', 'LoadBalancing:Application', 1, 'loadbalancer/app/l'],
  ['Amazon Elastic Load Balancing', 'APN1-LCUUsage', 'LoadBalancing:Application', 1, 'loadbalancer/app/l'],
  ['Amazon Virtual Private Cloud', 'APN1-PublicIPv4:InUseAddress', 'RunInstances', 2, 'eni-0'],
  ...['TimedStorage-ByteHrs', 'Requests-Tier1', 'Requests-Tier2', 'DataTransfer-Out-Bytes'].map(
    (kind) => ['Amazon Simple Storage Service', `APN1-${kind}`, 'StandardStorage', 0, ''] as const,
  ),
  ...['MetricMonitorUsage', 'DataProcessing-Bytes', 'Requests'].map(
    (kind) => ['AmazonCloudWatch', `APN1-CW:${kind}`, 'Metric', 0, ''] as const,
  ),
  ...['Lambda-GB-Second', 'Request'].map((kind) => ['AWS Lambda', `APN1-${kind}`, 'Invoke', 0, ''] as const),
  ['AWS Key Management Service', 'APN1-KMS-Keys', 'KMS', 0, ''],
  ['AWS Secrets Manager', 'APN1-AWSSecretsManager-Secrets', 'Secret', 0, ''],
];

/** Every account gets a new volume each week, so that a pull by resource always meets resources that it does not know. */
const CHURN_DAYS = 7;

/** A company of many accounts of one shape, whose today is `day()`: it moves on while the wire stays up. */
export function wideEstate({ accounts, from, day }: { accounts: number; from: Day; day: () => Day }): Estate {
  const ids = Array.from({ length: accounts }, (_, index) => String(100_000_000_000 + index));
  return {
    seed: accounts,
    get asOf() {
      return day();
    },
    currency: 'USD',
    accounts: ids.map((accountId, index) => ({
      accountId,
      accountName: `account ${index}`,
      email: `a${index}@example.com`,
      isPayer: index === 0,
    })),
    regionIds: ['ap-northeast-1'],
    resources: () => [],
    charges: (period) => chargesOf(ids, from, period),
    wastes: () => [],
    decoys: () => [],
    prices: () => [],
    allocationTags: () => [],
    // One, as most payers have: three values by account.
    costCategories: () => [{ name: 'Unit', effectiveFrom: from, valueFor: (accountId) => `unit ${Number(accountId) % 3}` }],
    // The whole day in its first hour: the bench asks for no shape.
    hours: (day) => [[...chargesOf(ids, from, { start: day, end: addDays(day, 1) })], ...Array.from({ length: 23 }, () => [])],
    savingsPlans: () => [],
    reservations: () => [],
    savingsPlanRates: () => [],
    coverableUsage: () => [],
    plan: () => ({}),
  };
}

function* chargesOf(ids: readonly string[], from: Day, period: Period): Generator<EstateCharge> {
  for (const day of eachDay({ start: period.start > from ? period.start : from, end: period.end })) {
    for (const accountId of ids) {
      for (const [serviceName, usageType, operation, resources, prefix] of METERS) {
        if (resources === 0) yield lineOf(day, accountId, { serviceName, usageType, operation, resourceId: null });
        for (let n = 0; n < resources; n++) {
          yield lineOf(day, accountId, { serviceName, usageType, operation, resourceId: `${prefix}${accountId.slice(-9)}${n}` });
        }
      }
      const week = Math.floor(dayNumber(day) / CHURN_DAYS);
      const volume = { serviceName: 'EC2 - Other', usageType: 'APN1-EBS:VolumeUsage.gp3', operation: 'CreateVolume-Gp3' };
      yield lineOf(day, accountId, { ...volume, resourceId: `vol-0c${accountId.slice(-9)}${week}` });
      if (day.endsWith('-01')) {
        yield {
          ...lineOf(day, accountId, { serviceName: 'Tax', usageType: '', operation: '', resourceId: null }),
          recordType: 'Tax',
        };
      }
    }
  }
}

type Place = Pick<EstateCharge, 'serviceName' | 'usageType' | 'operation' | 'resourceId'>;

function lineOf(day: Day, accountId: string, place: Place): EstateCharge {
  const cost = 10_000_000_000n + BigInt(dayNumber(day) % 7) * 100_000_000n;
  const costs = { unblendedCost: cost, amortizedCost: cost, netUnblendedCost: cost, netAmortizedCost: cost };
  return {
    day,
    accountId,
    ...place,
    regionId: 'ap-northeast-1',
    recordType: 'Usage',
    usageQuantity: cost,
    usageUnit: 'Hrs',
    ...costs,
  };
}
