import { type Tariff, tariff } from './tariff-line.ts';
import { computeTariffs } from './tariffs/compute.ts';
import { databaseTariffs } from './tariffs/database.ts';
import { licenceTariffs } from './tariffs/licences.ts';
import { migrationTariffs } from './tariffs/migration.ts';
import { networkTariffs } from './tariffs/network.ts';
import { networkHubTariffs } from './tariffs/network-hub.ts';
import { objectTariffs } from './tariffs/objects.ts';
import { observabilityTariffs } from './tariffs/observability.ts';
import { serverlessTariffs } from './tariffs/serverless.ts';
import { storageTariffs } from './tariffs/storage.ts';

const EC2_OTHER = ['EC2 - Other', 'AmazonEC2'] as const;
const ELB = ['Amazon Elastic Load Balancing', 'AWSELB'] as const;
const VPC = ['Amazon Virtual Private Cloud', 'AmazonVPC'] as const;
const S3 = ['Amazon Simple Storage Service', 'AmazonS3'] as const;
const LAMBDA = ['AWS Lambda', 'AWSLambda'] as const;
const ECS = ['Amazon Elastic Container Service', 'AmazonECS'] as const;
const CLOUDWATCH = ['AmazonCloudWatch', 'AmazonCloudWatch'] as const;
const RDS = ['Amazon Relational Database Service', 'AmazonRDS'] as const;
const DMS = ['AWS Database Migration Service', 'AWSDatabaseMigrationSvc'] as const;

const volume = (volumeApiName: string, volumeType: string) => ({ volumeApiName, volumeType });

export const TARIFFS = {
  ...computeTariffs,
  ...licenceTariffs,
  ...serverlessTariffs,
  ...databaseTariffs,
  ...migrationTariffs,
  ...networkTariffs,
  ...objectTariffs,
  ...observabilityTariffs,
  ...storageTariffs,
  ...networkHubTariffs,
  gp2: tariff(
    EC2_OTHER,
    'Storage',
    ['EBS:VolumeUsage.gp2', 'CreateVolume-Gp2', 'GB-Mo'],
    ['*0.10', '*0.12'],
    volume('gp2', 'General Purpose'),
  ),
  gp3: tariff(
    EC2_OTHER,
    'Storage',
    ['EBS:VolumeUsage.gp3', 'CreateVolume-Gp3', 'GB-Mo'],
    ['*0.08', '0.096'],
    volume('gp3', 'General Purpose'),
  ),
  io1: tariff(
    EC2_OTHER,
    'Storage',
    ['EBS:VolumeUsage.piops', 'CreateVolume-P-IOPS', 'GB-Mo'],
    ['0.125', '0.142'],
    volume('io1', 'Provisioned IOPS'),
  ),
  io1Iops: tariff(
    EC2_OTHER,
    'System Operation',
    ['EBS:VolumeP-IOPS.piops', 'CreateVolume-P-IOPS', 'IOPS-Mo'],
    ['0.065', '0.074'],
    {
      ...volume('io1', 'Provisioned IOPS'),
      group: 'EBS IOPS',
    },
  ),
  gp3Iops: tariff(EC2_OTHER, 'System Operation', ['EBS:VolumeP-IOPS.gp3', 'CreateVolume-Gp3', 'IOPS-Mo'], ['*0.005', '0.006'], {
    ...volume('gp3', 'General Purpose'),
    group: 'EBS IOPS',
  }),
  gp3Throughput: tariff(
    EC2_OTHER,
    'Provisioned Throughput',
    ['EBS:VolumeP-Throughput.gp3', 'CreateVolume-Gp3', 'GiBps-mo'],
    ['*40.96', '49.152'],
    { ...volume('gp3', 'General Purpose'), group: 'EBS Throughput' },
  ),
  snapshot: tariff(EC2_OTHER, 'Storage Snapshot', ['EBS:SnapshotUsage', 'CreateSnapshot', 'GB-Mo'], ['*0.05', '*0.05']),
  natHours: tariff(EC2_OTHER, 'NAT Gateway', ['NatGateway-Hours', 'NatGateway', 'Hrs'], ['0.045', '*0.062'], {
    group: 'NGW:NatGateway',
  }),
  natBytes: tariff(EC2_OTHER, 'NAT Gateway', ['NatGateway-Bytes', 'NatGateway', 'GB'], ['*0.045', '0.062'], {
    group: 'NGW:NatGateway',
  }),
  transferOut: tariff(EC2_OTHER, 'Data Transfer', ['DataTransfer-Out-Bytes', 'RunInstances', 'GB'], ['*0.09', '*0.114']),
  transferRegional: tariff(EC2_OTHER, 'Data Transfer', ['DataTransfer-Regional-Bytes', 'InterZone-Out', 'GB'], ['*0.01', '0.01']),
  albHours: tariff(
    ELB,
    'Load Balancer-Application',
    ['LoadBalancerUsage', 'LoadBalancing:Application', 'Hrs'],
    ['*0.0225', '0.0243'],
  ),
  albLcu: tariff(ELB, 'Load Balancer-Application', ['LCUUsage', 'LoadBalancing:Application', 'LCU-Hrs'], ['0.008', '0.008']),
  ipv4InUse: tariff(VPC, 'VpcIpAddress', ['PublicIPv4:InUseAddress', 'RunInstances', 'Hrs'], ['*0.005', '*0.005'], {
    group: 'VPCPublicIPv4Address',
  }),
  ipv4Idle: tariff(VPC, 'VpcIpAddress', ['PublicIPv4:IdleAddress', 'AllocateAddressVPC', 'Hrs'], ['*0.005', '0.005'], {
    group: 'VPCPublicIPv4Address',
  }),
  vpn: tariff(VPC, 'Cloud Connectivity', ['VPN-Usage-Hours:ipsec.1', 'CreateVpnConnection', 'Hrs'], ['0.05', '0.048']),
  s3Storage: tariff(S3, 'Storage', ['TimedStorage-ByteHrs', 'StandardStorage', 'GB-Mo'], ['*0.023', '0.025'], {
    storageClass: 'General Purpose',
  }),
  s3Put: tariff(S3, 'API Request', ['Requests-Tier1', 'PutObject', 'Requests'], ['0.000005', '0.0000047']),
  s3Get: tariff(S3, 'API Request', ['Requests-Tier2', 'GetObject', 'Requests'], ['*0.0000004', '0.00000037']),
  lambdaSeconds: tariff(LAMBDA, 'Serverless', ['Lambda-GB-Second', 'Invoke', 'Seconds'], ['*0.0000166667', '0.0000166667']),
  lambdaRequests: tariff(LAMBDA, 'Serverless', ['Request', 'Invoke', 'Requests'], ['*0.0000002', '0.0000002']),
  fargateVcpu: tariff(ECS, 'Compute', ['Fargate-vCPU-Hours:perCPU', 'FargateTask', 'hours'], ['0.04048', '0.05056'], {
    cputype: 'perCPU',
  }),
  fargateGb: tariff(ECS, 'Compute', ['Fargate-GB-Hours', 'FargateTask', 'hours'], ['0.004445', '0.00553'], {
    memorytype: 'perGB',
  }),
  logIngest: tariff(CLOUDWATCH, 'Data Payload', ['DataProcessing-Bytes', 'PutLogEvents', 'GB'], ['*0.50', '0.76']),
  logStorage: tariff(
    CLOUDWATCH,
    'Storage Snapshot',
    ['TimedStorage-ByteHrs', 'HourlyStorageMetering', 'GB-Mo'],
    ['0.03', '0.033'],
  ),
  metrics: tariff(CLOUDWATCH, 'Metric', ['CW:MetricMonitorUsage', 'MetricStorage:AWS/CWAgent', 'Metrics'], ['0.30', '0.30']),
  rdsGp3: tariff(RDS, 'Database Storage', ['RDS:GP3-Storage', 'CreateDBInstance:Gp3', 'GB-Mo'], ['0.115', '0.138'], {
    volumeType: 'General Purpose-GP3',
    deploymentOption: 'Single-AZ',
  }),
  rdsGp3MultiAz: tariff(
    RDS,
    'Database Storage',
    ['RDS:Multi-AZ-GP3-Storage', 'CreateDBInstance:Gp3', 'GB-Mo'],
    ['0.23', '0.276'],
    {
      volumeType: 'General Purpose-GP3',
      deploymentOption: 'Multi-AZ',
    },
  ),
  rdsBackup: tariff(RDS, 'Storage Snapshot', ['RDS:ChargedBackupUsage', 'CreateDBInstance', 'GB-Mo'], ['0.095', '0.095']),
  rdsExtendedMySql: tariff(
    RDS,
    'Database Instance',
    ['ExtendedSupport:Yr1-Yr2:MySQL5.7', 'CreateDBInstance:0002', 'vCPU-Hours'],
    ['0.10', '0.12'],
    { databaseEngine: 'MySQL', engineMajorVersion: '5.7', extendedSupportPricingYear: 'Year 1, Year 2' },
  ),
  dmsInstance: tariff(DMS, 'Replication Server', ['InstanceUsg:dms.r5.large', 'CreateDMSInstance', 'Hrs'], ['0.192', '0.232'], {
    instanceType: 'dms.r5.large',
  }),
  secret: tariff(
    ['AWS Secrets Manager', 'AWSSecretsManager'],
    'Secret',
    ['AWSSecretsManager-Secrets', 'None', 'Secrets'],
    ['0.40', '0.40'],
  ),
  kmsKey: tariff(['AWS Key Management Service', 'awskms'], 'Encryption Key', ['KMS-Keys', 'Unknown', 'Keys'], ['1', '1']),
  costExplorer: tariff(
    ['AWS Cost Explorer', 'AWSCostExplorer'],
    'API Request',
    ['APIRequest', 'GetCostAndUsage', 'Request'],
    ['0.01', '0.01'],
  ),
} as const satisfies Record<string, Tariff>;

export type TariffKey = keyof typeof TARIFFS;
