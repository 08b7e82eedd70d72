import type { Day } from '../../../kernel/calendar.ts';
import { ONE } from '../amounts.ts';
import { NOTHING, type PlainMeter, type Usage, type WasteKind } from '../asset.ts';
import { accountIdOf, type System } from '../company.ts';
import { plainMeter } from '../prices/meters.ts';
import type { EstateResource, EstateUtilization } from '../types.ts';
import { type Drafts, diceFor, hexId, plainResource, startOf, tagsOf } from './drafts.ts';
import { measured } from './utilization.ts';

/** gp2 gives 3 operations a second for each GiB, up to 16,000; gp3 gives 3,000 whatever its size. */
const GP2_IOPS_PER_GIB = 3;
const GP2_IOPS_MAXIMUM = 16_000;
const GP3_IOPS_INCLUDED = 3000;
const GP3_MIBPS_INCLUDED = 125;
/** What gp2 gives all the time from this size on. */
const GP2_MIBPS = 250;
const GP2_STEADY_FROM_GIB = 334;
/** io1 moves 256 KiB with each operation, at most 500 MiB/s; throughput is sold by the GiB/s. */
const IO1_MIBPS_MAXIMUM = 500;
const MIBPS_PER_UNIT = 1024n;

export interface VolumeOptions {
  readonly sizeGib: number;
  readonly volumeType: 'gp2' | 'gp3' | 'io1' | 'io2' | 'standard';
  readonly provisionedIops?: number;
  readonly attachedTo: EstateResource | null;
  readonly unattachedSince?: Day;
  readonly from?: Day;
  readonly until?: Day | null;
  readonly waste?: WasteKind;
  /** What acting on the waste leaves; by its kind unless told otherwise. */
  readonly after?: Usage;
  /** Charged beside size and provisioned operations. */
  readonly more?: readonly PlainMeter[];
  /** Highest reads, and writes, a second; of an attached volume between 5 and 700 unless told otherwise. */
  readonly operations?: readonly [number, number];
  readonly decoy?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export function volume(drafts: Drafts, system: System, options: VolumeOptions): EstateResource {
  const name = drafts.name(system, 'vol');
  const dice = diceFor(drafts, 'volume', name);
  const accountId = accountIdOf(system.account);
  const resourceId = hexId(drafts, 'vol', name);
  const resource = plainResource({
    accountId,
    regionId: system.regionId,
    resourceId,
    arn: `arn:aws:ec2:${system.regionId}:${accountId}:volume/${resourceId}`,
    kind: 'ebs',
    description: `${options.volumeType} ${options.sizeGib} GiB`,
    sizeGib: options.sizeGib,
    volumeType: options.volumeType,
    provisionedIops: options.provisionedIops ?? null,
    attachedTo: options.attachedTo?.resourceId ?? null,
    unattachedSince: options.unattachedSince ?? null,
    tags: tagsOf(system, name, options.tags),
    from: options.from ?? options.attachedTo?.from ?? startOf(drafts, system, dice),
    until: options.until ?? null,
    utilization: operationsOf(dice, options),
  });
  const usage = { hourly: [], plain: [...volumeMeters(system, options), ...(options.more ?? [])] };
  const waste = options.waste ? { kind: options.waste, after: options.after ?? afterActing(options, system) } : null;
  drafts.assets.push({ resource, system, usage, reservation: null, waste, decoy: options.decoy ?? null });
  return resource;
}

type Shape = Pick<VolumeOptions, 'volumeType' | 'sizeGib' | 'provisionedIops'>;
const IOPS_KEY = { io1: 'io1Iops', io2: 'io2Iops', gp3: 'gp3Iops' } as const;

export function volumeMeters(system: System, { volumeType, sizeGib, provisionedIops = 0 }: Shape): PlainMeter[] {
  const storage = plainMeter(volumeType, system.regionId, 'month', BigInt(sizeGib) * ONE);
  if (volumeType === 'gp2' || volumeType === 'standard') return [storage];
  const extra = volumeType === 'gp3' ? provisionedIops - GP3_IOPS_INCLUDED : provisionedIops;
  if (extra <= 0) return [storage];
  const key = IOPS_KEY[volumeType];
  return [storage, plainMeter(key, system.regionId, 'month', BigInt(extra) * ONE)];
}

/** gp2 and io1 become gp3 of the same size, with the operations and the throughput that they gave where these are more than gp3's own. */
function afterActing(options: VolumeOptions, system: System): Usage {
  const { waste, sizeGib } = options;
  if (waste !== 'ebsVolumeGp2' && waste !== 'ebsVolumeIo1') return NOTHING;
  const isIo1 = waste === 'ebsVolumeIo1';
  const provisionedIops = isIo1 ? (options.provisionedIops ?? 0) : Math.min(GP2_IOPS_MAXIMUM, sizeGib * GP2_IOPS_PER_GIB);
  const givenMibps = isIo1 ? Math.min(IO1_MIBPS_MAXIMUM, provisionedIops / 4) : sizeGib >= GP2_STEADY_FROM_GIB ? GP2_MIBPS : 0;
  const extraMibps = BigInt(Math.floor(givenMibps) - GP3_MIBPS_INCLUDED);
  const throughput = plainMeter('gp3Throughput', system.regionId, 'month', (extraMibps * ONE) / MIBPS_PER_UNIT);
  const plain = volumeMeters(system, { sizeGib, volumeType: 'gp3', provisionedIops });
  return { hourly: [], plain: extraMibps > 0n ? [...plain, throughput] : plain };
}

function operationsOf(dice: ReturnType<typeof diceFor>, { attachedTo, operations }: VolumeOptions): EstateUtilization {
  const range = operations ?? (attachedTo ? [5, 700] : [0, 0]);
  return measured(dice, { cpu: [0, 0], memory: null, network: [0, 0], operations: range });
}
