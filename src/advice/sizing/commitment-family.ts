import { SERVICE } from '../../ledger/service.ts';

/** What one can commit to: usage that one plan or reservation covers at about one discount, whatever its size (where sizes are flexible). */
export interface CommitmentFamily {
  /** "m5 in ap-northeast-1", "Fargate in ap-northeast-1", "RDS db.r5 in us-east-1". */
  readonly name: string;
  readonly kind: 'machine' | 'serverless' | 'node';
  readonly serviceName: string;
  readonly regionId: string;
  /** "m5", "db.r5"; of services without size flexibility the whole type, "ra3.4xlarge"; null for serverless usage. */
  readonly instanceFamily: string | null;
}

/** Shared machines alone: plans cover dedicated ones at other rates, and hosts by another unit. */
const MACHINE = /^BoxUsage:(.+)$/;
const NODE = /^(?:InstanceUsage|Multi-AZUsage|Mirror-?Usage|NodeUsage|Node|ESInstance)(?:IOOptimized)?:(.+)$/;
/** vCPU and memory; storage and Windows licences beside them are not covered. */
const FARGATE = /^Fargate-(?!EphemeralStorage|Windows-OS)/;
/** Their reservations cover one node type alone (Redshift and OpenSearch guides, read 2026-11). */
const BOUND_TO_TYPE: ReadonlySet<string> = new Set([SERVICE.redshift, SERVICE.openSearch]);
/** Services whose nodes reservations cover, with the word before the node's type. */
const NODE_SERVICES: ReadonlyMap<string, string> = new Map([
  [SERVICE.rds, 'RDS'],
  [SERVICE.elastiCache, 'ElastiCache'],
  [SERVICE.memoryDb, 'MemoryDB'],
  [SERVICE.redshift, 'Redshift'],
  [SERVICE.openSearch, 'OpenSearch'],
]);

/** Null: usage that none of the commitments that we size covers. */
export function familyOf(serviceName: string, regionId: string, meterKind: string): CommitmentFamily | null {
  const machine = serviceName === SERVICE.ec2Compute ? MACHINE.exec(meterKind)?.[1] : undefined;
  if (machine !== undefined) return named('machine', serviceName, regionId, '', typeFamily(machine));
  if (serviceName === SERVICE.ecs && FARGATE.test(meterKind)) return named('serverless', serviceName, regionId, 'Fargate', null);
  if (serviceName === SERVICE.lambda && meterKind.startsWith('Lambda-'))
    return named('serverless', serviceName, regionId, 'Lambda', null);
  const service = NODE_SERVICES.get(serviceName);
  const node = service === undefined ? undefined : NODE.exec(meterKind)?.[1];
  if (service === undefined || node === undefined) return null;
  return named('node', serviceName, regionId, service, BOUND_TO_TYPE.has(serviceName) ? node : typeFamily(node));
}

function named(
  kind: CommitmentFamily['kind'],
  serviceName: string,
  regionId: string,
  word: string,
  instanceFamily: string | null,
): CommitmentFamily {
  const what = [word, instanceFamily ?? ''].filter((part) => part !== '').join(' ');
  return { name: `${what} in ${regionId}`, kind, serviceName, regionId, instanceFamily };
}

/** "m5.large" is of "m5", "db.r5.2xlarge" of "db.r5": all but the size. */
function typeFamily(instanceType: string): string {
  const parts = instanceType.split('.');
  return parts.length > 1 ? parts.slice(0, -1).join('.') : instanceType;
}
