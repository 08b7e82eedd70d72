import { addDays } from '../../../kernel/calendar.ts';
import type { EstateResource } from '../../estate/types.ts';
import type { World } from '../world.ts';
import { isMeasured, isOlderThan, LOOKBACK_DAYS, type Measured } from './measured.ts';

/** An idle verdict as Compute Optimizer words it. Criteria: its guide, "Viewing idle resource recommendations", read 2026-11. */
export interface IdleVerdict {
  readonly resourceType:
    | 'EC2Instance'
    | 'AutoScalingGroup'
    | 'EBSVolume'
    | 'ECSService'
    | 'RDSDBInstance'
    | 'NatGateway'
    | (typeof ASKED)[keyof typeof ASKED][0];
  readonly finding: 'Idle' | 'Unattached' | 'Unused';
  readonly description: string;
  readonly lookBackDays: number;
}

/** What the estate counts the use of as connections; of a table requests, of an endpoint calls. */
const ASKED = {
  sageMakerEndpoint: ['SageMakerEndpoint', 'The endpoint had no invocations over the look-back period.'],
  elastiCache: ['ElastiCacheCluster', 'There were no new connections and no key was read or written over the look-back period.'],
  memoryDb: ['MemoryDBCluster', 'There were no new connections and no key was read over the look-back period.'],
  dynamoDb: ['DynamoDBTable', 'No read or write capacity was consumed over the look-back period.'],
} as const;

function isAsked(kind: EstateResource['kind']): kind is keyof typeof ASKED {
  return Object.hasOwn(ASKED, kind);
}

const SECONDS_PER_DAY = 86_400;
const LONG_LOOKBACK_DAYS = 32;
const IDLE_CPU_PERCENT = 5;
const IDLE_NETWORK_BYTES_PER_DAY = 5_000_000;

/** null: in use, or not one of the kinds that can be idle. */
export function idleVerdict(resource: EstateResource, world: World): IdleVerdict | null {
  if (resource.kind === 'ebs') return volumeVerdict(resource, world);
  if (!isMeasured(resource)) return null;
  if (resource.kind === 'ec2' && isOlderThan(LOOKBACK_DAYS, resource, world) && isIdleInstance(resource)) {
    return idle('EC2Instance', 'Peak CPU utilization was below 5% and network I/O below 5 MB per day over the look-back period.');
  }
  if (resource.kind === 'autoScalingGroup' && isOlderThan(LOOKBACK_DAYS, resource, world) && isIdleInstance(resource)) {
    return idle('AutoScalingGroup', 'No instance of the group had more than 5% peak CPU or 5 MB of network I/O per day.');
  }
  if (resource.kind === 'ecsService' && isOlderThan(LOOKBACK_DAYS, resource, world) && isIdleService(resource)) {
    return idle('ECSService', 'Peak CPU and memory utilization were below 1% over the look-back period.');
  }
  if (resource.kind === 'rds' && isOlderThan(LOOKBACK_DAYS, resource, world) && isIdleDatabase(resource)) {
    return idle('RDSDBInstance', 'The DB instance had no database connections and low CPU and I/O over the look-back period.');
  }
  if (isAsked(resource.kind) && isOlderThan(LOOKBACK_DAYS, resource, world) && resource.utilization.connectionsMaximum === 0) {
    const [resourceType, description] = ASKED[resource.kind];
    return idle(resourceType, description);
  }
  if (resource.kind === 'nat' && isOlderThan(LONG_LOOKBACK_DAYS, resource, world) && isIdleGateway(resource)) {
    return {
      resourceType: 'NatGateway',
      finding: 'Unused',
      description: 'The NAT gateway is in no route table and had no active connections and no packets.',
      lookBackDays: LONG_LOOKBACK_DAYS,
    };
  }
  return null;
}

function idle(resourceType: IdleVerdict['resourceType'], description: string): IdleVerdict {
  return { resourceType, finding: 'Idle', description, lookBackDays: LOOKBACK_DAYS };
}

/** A volume is unattached after 32 days, whatever the look-back; attached, it is idle below one operation a day. */
function volumeVerdict(resource: EstateResource, world: World): IdleVerdict | null {
  if (resource.attachedTo === null) {
    const since = resource.unattachedSince;
    if (since === null || since > addDays(world.estate.asOf, -LONG_LOOKBACK_DAYS)) return null;
    return {
      resourceType: 'EBSVolume',
      finding: 'Unattached',
      description: 'The volume was not attached to an instance for 32 days.',
      lookBackDays: LONG_LOOKBACK_DAYS,
    };
  }
  if (!isMeasured(resource) || !isOlderThan(LOOKBACK_DAYS, resource, world)) return null;
  const { ebsReadOpsPerSecondMaximum: reads, ebsWriteOpsPerSecondMaximum: writes } = resource.utilization;
  if ((reads + writes) * SECONDS_PER_DAY >= 1) return null;
  return idle('EBSVolume', 'The volume had less than one read and write operation per day over the look-back period.');
}

/** A day's traffic is at most its highest rate all day: the estate knows maxima only. */
export function isIdleInstance({ utilization }: Measured): boolean {
  const bytesPerDay =
    (utilization.networkInMaximumBytesPerSecond + utilization.networkOutMaximumBytesPerSecond) * SECONDS_PER_DAY;
  return utilization.cpuMaximumPercent < IDLE_CPU_PERCENT && bytesPerDay < IDLE_NETWORK_BYTES_PER_DAY;
}

const IDLE_SERVICE_PERCENT = 1;

function isIdleService({ utilization }: Measured): boolean {
  return Math.max(utilization.cpuMaximumPercent, utilization.memoryMaximumPercent ?? 100) < IDLE_SERVICE_PERCENT;
}

const LOW_DATABASE_OPERATIONS_PER_SECOND = 5;

export function isIdleDatabase({ utilization }: Measured): boolean {
  const operations = utilization.ebsReadOpsPerSecondMaximum + utilization.ebsWriteOpsPerSecondMaximum;
  return (
    utilization.connectionsMaximum === 0 &&
    utilization.cpuMaximumPercent < IDLE_CPU_PERCENT &&
    operations < LOW_DATABASE_OPERATIONS_PER_SECOND
  );
}

function isIdleGateway({ utilization }: Measured): boolean {
  const bytes = utilization.networkInMaximumBytesPerSecond + utilization.networkOutMaximumBytesPerSecond;
  return (utilization.connectionsMaximum ?? 0) === 0 && bytes === 0;
}
