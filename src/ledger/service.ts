/** Service names as Cost Explorer writes them: ours, whatever a source calls them (`serviceNameOf`). Read 2026-11. */
export const SERVICE = {
  ec2Compute: 'Amazon Elastic Compute Cloud - Compute',
  ec2Other: 'EC2 - Other',
  rds: 'Amazon Relational Database Service',
  elb: 'Amazon Elastic Load Balancing',
  vpc: 'Amazon Virtual Private Cloud',
  lambda: 'AWS Lambda',
  ecs: 'Amazon Elastic Container Service',
  eks: 'Amazon Elastic Container Service for Kubernetes',
  ecr: 'Amazon EC2 Container Registry (ECR)',
  s3: 'Amazon Simple Storage Service',
  glacier: 'Amazon Glacier',
  efs: 'Amazon Elastic File System',
  fsx: 'Amazon FSx',
  backup: 'AWS Backup',
  cloudWatch: 'AmazonCloudWatch',
  cloudTrail: 'AWS CloudTrail',
  config: 'AWS Config',
  dms: 'AWS Database Migration Service',
  elastiCache: 'Amazon ElastiCache',
  memoryDb: 'Amazon MemoryDB',
  redshift: 'Amazon Redshift',
  openSearch: 'Amazon OpenSearch Service',
  dynamoDb: 'Amazon DynamoDB',
  documentDb: 'Amazon DocumentDB (with MongoDB compatibility)',
  neptune: 'Amazon Neptune',
  kinesis: 'Amazon Kinesis',
  msk: 'Amazon Managed Streaming for Apache Kafka',
  sageMaker: 'Amazon SageMaker',
  workSpaces: 'Amazon WorkSpaces',
  directConnect: 'AWS Direct Connect',
  networkFirewall: 'AWS Network Firewall',
  waf: 'AWS WAF',
  secretsManager: 'AWS Secrets Manager',
  kms: 'AWS Key Management Service',
  migration: 'AWS Application Migration Service',
  disasterRecovery: 'AWS Elastic Disaster Recovery',
  dataSync: 'AWS DataSync',
  storageGateway: 'AWS Storage Gateway',
  transferFamily: 'AWS Transfer Family',
  tax: 'Tax',
  costExplorer: 'AWS Cost Explorer',
} as const;

export type ServiceName = (typeof SERVICE)[keyof typeof SERVICE];

/** Product codes of CUR, names of FOCUS and of the console, and what Cost Explorer called them once. */
const OTHER_NAMES: ReadonlyMap<string, ServiceName> = new Map([
  ['AmazonRDS', SERVICE.rds],
  ['AWSELB', SERVICE.elb],
  ['Elastic Load Balancing', SERVICE.elb],
  ['AmazonVPC', SERVICE.vpc],
  ['AWSLambda', SERVICE.lambda],
  ['AmazonECS', SERVICE.ecs],
  ['AmazonEKS', SERVICE.eks],
  ['Amazon Elastic Kubernetes Service', SERVICE.eks],
  ['AmazonECR', SERVICE.ecr],
  ['Amazon Elastic Container Registry', SERVICE.ecr],
  ['AmazonS3', SERVICE.s3],
  ['AmazonGlacier', SERVICE.glacier],
  ['Amazon Simple Storage Service Glacier', SERVICE.glacier],
  ['AmazonEFS', SERVICE.efs],
  ['AmazonFSx', SERVICE.fsx],
  ['AWSBackup', SERVICE.backup],
  ['Amazon CloudWatch', SERVICE.cloudWatch],
  ['AWSCloudTrail', SERVICE.cloudTrail],
  ['AWSConfig', SERVICE.config],
  ['AWSDatabaseMigrationSvc', SERVICE.dms],
  ['AmazonElastiCache', SERVICE.elastiCache],
  ['AmazonMemoryDB', SERVICE.memoryDb],
  ['AmazonRedshift', SERVICE.redshift],
  ['AmazonES', SERVICE.openSearch],
  ['Amazon Elasticsearch Service', SERVICE.openSearch],
  ['AmazonDynamoDB', SERVICE.dynamoDb],
  ['AmazonDocDB', SERVICE.documentDb],
  ['Amazon DocumentDB', SERVICE.documentDb],
  ['AmazonNeptune', SERVICE.neptune],
  ['AmazonKinesis', SERVICE.kinesis],
  ['Amazon Kinesis Data Streams', SERVICE.kinesis],
  ['AmazonMSK', SERVICE.msk],
  ['AmazonSageMaker', SERVICE.sageMaker],
  ['AmazonWorkSpaces', SERVICE.workSpaces],
  ['AWSDirectConnect', SERVICE.directConnect],
  ['AWSNetworkFirewall', SERVICE.networkFirewall],
  ['awswaf', SERVICE.waf],
  ['AWSSecretsManager', SERVICE.secretsManager],
  ['awskms', SERVICE.kms],
  ['AWSApplicationMigrationSvc', SERVICE.migration],
  ['AWSElasticDisasterRecovery', SERVICE.disasterRecovery],
  ['AWSDataSync', SERVICE.dataSync],
  ['AWSStorageGateway', SERVICE.storageGateway],
  ['AWSTransfer', SERVICE.transferFamily],
  ['AWSCostExplorer', SERVICE.costExplorer],
]);

const EC2_IN_FILES: ReadonlySet<string> = new Set(['AmazonEC2', 'Amazon Elastic Compute Cloud']);
/** What Cost Explorer keeps under "Compute"; everything else of EC2 is "EC2 - Other" there (cost allocation guide, read 2026-11). */
const EC2_COMPUTE =
  /^(BoxUsage|DedicatedUsage|HostBoxUsage|HostUsage|SpotUsage|UnusedBox|UnusedDed|ReservedHostUsage|HeavyUsage|DedicatedRes)(:|$)/;

/**
 * One name for a service, Cost Explorer's: files call them otherwise, and put all of EC2 together (without a usage type it stays together,
 * under Compute). An unknown name stays as it is.
 */
export function serviceNameOf(serviceName: string, meterKind: string | null): string {
  if (EC2_IN_FILES.has(serviceName))
    return meterKind === null || EC2_COMPUTE.test(meterKind) ? SERVICE.ec2Compute : SERVICE.ec2Other;
  return OTHER_NAMES.get(serviceName) ?? serviceName;
}

/** What people who plan call one service, and bills call several (AWS Pricing Calculator, read 2026-11). */
const SERVICE_GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Amazon EC2', [SERVICE.ec2Compute, SERVICE.ec2Other]],
  ['Amazon Elastic Compute Cloud', [SERVICE.ec2Compute, SERVICE.ec2Other]],
  ['AmazonEC2', [SERVICE.ec2Compute, SERVICE.ec2Other]],
  ['AWS Fargate', [SERVICE.ecs, SERVICE.eks]],
]);
/** Short names that consoles, calculators and people use. */
const SHORT_NAMES: ReadonlyMap<string, ServiceName> = new Map([
  ['Amazon RDS', SERVICE.rds],
  ['Amazon S3', SERVICE.s3],
  ['Amazon ECS', SERVICE.ecs],
  ['Amazon EKS', SERVICE.eks],
  ['Amazon EFS', SERVICE.efs],
  ['Amazon VPC', SERVICE.vpc],
  ['Application Load Balancer', SERVICE.elb],
  ['Network Load Balancer', SERVICE.elb],
  ['AWS Web Application Firewall', SERVICE.waf],
]);
/** Names of the AWS Pricing Calculator that name an engine or a class of one service (published exports, read 2026-11). */
const FAMILIES: readonly (readonly [RegExp, ServiceName])[] = [
  [/^Amazon RDS for /, SERVICE.rds],
  [/^Amazon Aurora (MySQL|PostgreSQL)-Compatible/, SERVICE.rds],
  [/^S3 (Standard|Intelligent|One Zone)/, SERVICE.s3],
];
const KNOWN: ReadonlySet<string> = new Set(Object.values(SERVICE));

/** The services of the bill that a planned service stands for: itself, unless people call several by one name. */
export function servicesPlannedAs(name: string): readonly string[] {
  const known = plannedAs(name);
  if (known !== null) return known;
  // "Amazon Simple Queue Service (SQS)": the calculator adds short forms that the bill mostly leaves out.
  const withoutShortForm = name.replace(/ \([A-Z0-9]{2,5}\)$/, '');
  return withoutShortForm === name ? [name] : (plannedAs(withoutShortForm) ?? [withoutShortForm, name]);
}

function plannedAs(name: string): readonly string[] | null {
  const group = SERVICE_GROUPS.get(name);
  if (group) return group;
  const one = SHORT_NAMES.get(name) ?? FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? serviceNameOf(name, null);
  return KNOWN.has(one) ? [one] : null;
}

/** The namespace of an ARN, for lines that are told by resource without their service (service authorisation reference, read 2026-11). */
const NAMESPACE: ReadonlyMap<string, readonly ServiceName[]> = new Map([
  ['rds', [SERVICE.rds, SERVICE.documentDb, SERVICE.neptune]],
  ['lambda', [SERVICE.lambda]],
  ['ecs', [SERVICE.ecs]],
  ['eks', [SERVICE.eks]],
  ['ecr', [SERVICE.ecr]],
  ['glacier', [SERVICE.glacier]],
  ['elasticfilesystem', [SERVICE.efs]],
  ['fsx', [SERVICE.fsx]],
  ['logs', [SERVICE.cloudWatch]],
  ['cloudwatch', [SERVICE.cloudWatch]],
  ['dms', [SERVICE.dms]],
  ['elasticache', [SERVICE.elastiCache]],
  ['memorydb', [SERVICE.memoryDb]],
  ['redshift', [SERVICE.redshift]],
  ['es', [SERVICE.openSearch]],
  ['dynamodb', [SERVICE.dynamoDb]],
  ['kinesis', [SERVICE.kinesis]],
  ['kafka', [SERVICE.msk]],
  ['sagemaker', [SERVICE.sageMaker]],
  ['workspaces', [SERVICE.workSpaces]],
  ['directconnect', [SERVICE.directConnect]],
  ['network-firewall', [SERVICE.networkFirewall]],
  ['backup', [SERVICE.backup]],
]);

/** The one service of `among` whose ARNs look like this; null where the id is none, or could be of two. */
export function serviceOfArn(resourceId: string, among: readonly string[]): ServiceName | null {
  const [scheme, , namespace = ''] = resourceId.split(':');
  const [only, ...others] = (scheme === 'arn' ? (NAMESPACE.get(namespace) ?? []) : []).filter((name) => among.includes(name));
  return only !== undefined && others.length === 0 ? only : null;
}
