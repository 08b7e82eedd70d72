import { SERVICE, type ServiceName } from './service.ts';

interface Told {
  /** Its id says it, or one of its usage types. */
  readonly id?: RegExp;
  readonly meterKind?: RegExp;
  /** Where other services have the same ids or usage types: one of its lines is of this one. */
  readonly service?: ServiceName;
}

/**
 * How a resource is told, since a bill names no type: the first row that fits. Names are Cost Optimization Hub's where it has one (service
 * model 2026-08), ours for what it does not cover. Ids: service authorisation reference; usage types: AWS price lists; read 2026-11.
 */
const TOLD = {
  Ec2Instance: { id: /(^|\/)i-[0-9a-f]+$/ },
  EbsVolume: { id: /(^|\/)vol-[0-9a-f]+$/ },
  EbsSnapshot: { id: /snap-[0-9a-f]+$/ },
  CapacityReservation: { id: /(^|\/)cr-[0-9a-f]+$/ },
  NatGateway: { meterKind: /^(Regional)?NatGateway-/ },
  VpcEndpoint: { id: /(^|\/)vpce-[0-9a-f]+$/ },
  VpnConnection: { id: /(^|\/)vpn-[0-9a-f]+$/ },
  ClientVpnEndpoint: { id: /(^|\/)cvpn-endpoint-[0-9a-f]+$/ },
  TransitGatewayAttachment: { id: /(^|\/)tgw-attach-[0-9a-f]+$/ },
  LoadBalancer: { meterKind: /^(LoadBalancerUsage|LCUUsage)/ },
  PublicIpv4Address: { meterKind: /^(PublicIPv4:|ElasticIP:)/ },
  DirectConnectPort: { id: /^arn:[^:]*:directconnect:/ },
  NetworkFirewallEndpoint: { id: /^arn:[^:]*:network-firewall:/ },
  DocumentDBCluster: { id: /:rds:/, service: SERVICE.documentDb },
  AuroraDbClusterStorage: { id: /:rds:[^:]*:[^:]*:cluster:/ },
  RdsSnapshot: { id: /:rds:[^:]*:[^:]*:(cluster-)?snapshot:/ },
  RdsDbInstance: { id: /:rds:[^:]*:[^:]*:db:/, meterKind: /^(InstanceUsage|Multi-AZUsage):db\./, service: SERVICE.rds },
  LambdaFunction: { id: /^arn:[^:]*:lambda:[^:]*:[^:]*:function:/ },
  EksCluster: { id: /^arn:[^:]*:eks:[^:]*:[^:]*:cluster\// },
  EcsTask: { id: /^arn:[^:]*:ecs:[^:]*:[^:]*:task\// },
  EcsService: { id: /^arn:[^:]*:ecs:[^:]*:[^:]*:service\// },
  EcrRepository: { id: /^arn:[^:]*:ecr:[^:]*:[^:]*:repository\// },
  FileSystem: { id: /(^|\/)fs-[0-9a-f]+$/ },
  GlacierVault: { id: /^arn:[^:]*:glacier:[^:]*:[^:]*:vaults\// },
  LogGroup: { id: /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/ },
  DynamoDBTable: { id: /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\// },
  KinesisStream: { id: /^arn:[^:]*:kinesis:[^:]*:[^:]*:stream\// },
  ElastiCacheCluster: { id: /^arn:[^:]*:elasticache:/ },
  MemoryDBCluster: { id: /^arn:[^:]*:memorydb:/ },
  OpenSearchDomain: { id: /^arn:[^:]*:es:[^:]*:[^:]*:domain\// },
  RedshiftCluster: { id: /^arn:[^:]*:redshift:[^:]*:[^:]*:cluster:/ },
  MskCluster: { id: /^arn:[^:]*:kafka:/ },
  DmsReplicationInstance: { id: /^arn:[^:]*:dms:[^:]*:[^:]*:rep:/ },
  SageMakerEndpoint: { id: /^arn:[^:]*:sagemaker:[^:]*:[^:]*:endpoint\// },
  SageMakerNotebook: { id: /^arn:[^:]*:sagemaker:[^:]*:[^:]*:notebook-instance\// },
  WorkSpaces: { id: /(^|\/)ws-[0-9a-z]+$/ },
  S3Bucket: { meterKind: /^(TimedStorage-|Requests-Tier|Requests-INT|Requests-SIA|EarlyDelete-)/, service: SERVICE.s3 },
} as const satisfies Readonly<Record<string, Told>>;

/** Of what a recommendation is about that is no single resource of the bill. */
type Wider = 'ComputeSavingsPlans' | 'Account' | 'Other';
export type ResourceType = keyof typeof TOLD | Wider;

/** Every kind that one resource of the bill may be. */
export const RESOURCE_TYPES = [...(Object.keys(TOLD) as (keyof typeof TOLD)[]), 'Other'] as const;

const ROWS: readonly (readonly [ResourceType, Told])[] = Object.entries(TOLD).map(([type, told]) => [
  type as keyof typeof TOLD,
  told,
]);

export function resourceTypeOf(
  resourceId: string,
  lines: Iterable<{ readonly serviceName: string; readonly meterKind: string }>,
): ResourceType {
  const services = new Set<string>();
  const kinds = new Set<string>();
  for (const { serviceName, meterKind } of lines) {
    services.add(serviceName);
    kinds.add(meterKind);
  }
  const isSuch = ({ id, meterKind, service }: Told): boolean =>
    (service === undefined || services.has(service)) &&
    (id?.test(resourceId) || (meterKind !== undefined && kinds.values().some((kind) => meterKind.test(kind))));
  return ROWS.find(([, told]) => isSuch(told))?.[0] ?? 'Other';
}
