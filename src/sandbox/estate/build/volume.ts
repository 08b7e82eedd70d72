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

export interface VolumeOptions {
  readonly sizeGib: number;
  readonly volumeType: 'gp2' | 'gp3' | 'io1';
  readonly provisionedIops?: number;
  readonly attachedTo: EstateResource | null;
  readonly unattachedSince?: Day;
  readonly from?: Day;
  readonly until?: Day | null;
  readonly waste?: Extract<WasteKind, 'ebsVolumeUnattached' | 'ebsVolumeGp2'>;
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
  const usage = { hourly: [], plain: volumeMeters(system, options) };
  const waste = options.waste ? { kind: options.waste, after: afterActing(options, system) } : null;
  drafts.assets.push({ resource, system, usage, reservation: null, waste, decoy: options.decoy ?? null });
  return resource;
}

function volumeMeters(system: System, { volumeType, sizeGib, provisionedIops = 0 }: VolumeOptions): PlainMeter[] {
  const storage = plainMeter(volumeType, system.regionId, 'month', BigInt(sizeGib) * ONE);
  if (volumeType === 'gp2') return [storage];
  const extra = volumeType === 'io1' ? provisionedIops : provisionedIops - GP3_IOPS_INCLUDED;
  if (extra <= 0) return [storage];
  const key = volumeType === 'io1' ? 'io1Iops' : 'gp3Iops';
  return [storage, plainMeter(key, system.regionId, 'month', BigInt(extra) * ONE)];
}

/** A gp2 volume becomes gp3 of the same size, with the operations that gp2 gave it where these are more than gp3's own. */
function afterActing(options: VolumeOptions, system: System): Usage {
  if (options.waste === 'ebsVolumeUnattached') return NOTHING;
  const provisionedIops = Math.min(GP2_IOPS_MAXIMUM, options.sizeGib * GP2_IOPS_PER_GIB);
  return { hourly: [], plain: volumeMeters(system, { ...options, volumeType: 'gp3', provisionedIops }) };
}

function operationsOf(dice: ReturnType<typeof diceFor>, { attachedTo }: VolumeOptions): EstateUtilization {
  return measured(dice, { cpu: [0, 0], memory: null, network: [0, 0], operations: attachedTo ? [5, 700] : [0, 0] });
}
