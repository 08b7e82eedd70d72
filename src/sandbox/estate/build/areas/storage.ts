import { ONE, units } from '../../amounts.ts';
import type { System } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import type { EstateResource } from '../../types.ts';
import { countOf, type Drafts, diceFor, hexId } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { machine } from '../machine.ts';
import { addThing, arnIn } from '../thing.ts';
import { volume, volumeMeters } from '../volume.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const storageWastes = {
  ebsVolumeIo1: 'ebs-volume-io1',
  ebsVolumeMagnetic: 'ebs-volume-magnetic',
  ebsVolumeIopsOverprovisioned: 'ebs-volume-iops-overprovisioned',
  ebsVolumeIdle: 'ebs-volume-idle',
  ebsFastSnapshotRestore: 'ebs-fast-snapshot-restore',
} as const;

const isMigrated = ({ wave }: System): boolean => wave > 0;

export function storageArea(drafts: Drafts): void {
  provisionedVolumes(drafts);
  magneticVolumes(drafts);
  idleVolumes(drafts);
  fastRestores(drafts);
}

/** A healthy machine to hang disks on. */
function host(drafts: Drafts, system: System): EstateResource {
  return machine(drafts, system, { role: 'db', instanceType: system.operatingSystem === 'RHEL' ? 'r5.xlarge' : 'm5.xlarge' });
}

function provisionedVolumes(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'io1', countOf(drafts, 0.002, 2), isMigrated).entries()) {
    const provisionedIops = index % 2 ? 400 : 5000;
    const shape = { sizeGib: 100 + 50 * (index % 4), volumeType: 'io1', provisionedIops } as const;
    volume(drafts, system, { ...shape, attachedTo: host(drafts, system), waste: 'ebsVolumeIo1' });
  }
  for (const [index, system] of systemsFor(drafts, 'operations', countOf(drafts, 0.003, 3), isMigrated).entries()) {
    const peak = 200 + 300 * (index % 4);
    const io2 = { sizeGib: 200, volumeType: 'io2', provisionedIops: 8000, target: peak * 2.6 } as const;
    const gp3 = { sizeGib: 400, volumeType: 'gp3', provisionedIops: 10_000, target: Math.max(3000, peak * 2.6) } as const;
    const { target, ...shape } = index % 2 ? io2 : gp3;
    volume(drafts, system, {
      ...shape,
      attachedTo: host(drafts, system),
      operations: [peak, peak],
      waste: 'ebsVolumeIopsOverprovisioned',
      after: { hourly: [], plain: volumeMeters(system, { ...shape, provisionedIops: target }) },
    });
  }
  const busy = systemNamed('online-order');
  const decoy = 'many provisioned operations, and nearly all of them used at the peak';
  const fast = { sizeGib: 300, provisionedIops: 9000, operations: [3400, 3800], attachedTo: host(drafts, busy), decoy } as const;
  volume(drafts, busy, { ...fast, volumeType: 'gp3' });
  volume(drafts, busy, { ...fast, volumeType: 'io2' });
}

/** Old disks that came along with an image: dear where much is read, cheap where little is. */
function magneticVolumes(drafts: Drafts): void {
  const operations = (system: System, aDay: string) =>
    plainMeter('standardOperations', system.regionId, 'day', units(aDay), { noisePerMille: 100, salt: 7 });
  for (const [index, system] of systemsFor(drafts, 'magnetic', countOf(drafts, 0.001, 2), isMigrated).entries()) {
    const sizeGib = 100 + 40 * (index % 5);
    volume(drafts, system, {
      sizeGib,
      volumeType: 'standard',
      more: [operations(system, String(8_000_000 + 2_000_000 * (index % 3)))],
      attachedTo: host(drafts, system),
      waste: 'ebsVolumeMagnetic',
      after: { hourly: [], plain: volumeMeters(system, { sizeGib, volumeType: 'gp3', provisionedIops: 3000 }) },
    });
  }
  const quiet = systemNamed('kyotsu-kanshi');
  volume(drafts, quiet, {
    sizeGib: 400,
    volumeType: 'standard',
    more: [operations(quiet, '60000')],
    attachedTo: host(drafts, quiet),
    decoy: 'magnetic, and so little read that gp3 would cost more',
  });
}

function idleVolumes(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'idle volume', countOf(drafts, 0.003, 3), isMigrated).entries()) {
    const sizeGib = diceFor(drafts, 'idle volume', String(index)).whole(10, 100) * 10;
    const shape = { sizeGib, volumeType: 'gp3', attachedTo: host(drafts, system), operations: [0, 0] } as const;
    volume(drafts, system, { ...shape, waste: 'ebsVolumeIdle' });
  }
  const system = systemNamed('online-kaigai');
  volume(drafts, system, {
    sizeGib: 300,
    volumeType: 'gp3',
    attachedTo: host(drafts, system),
    operations: [0, 0],
    tags: { 'dr-role': 'standby' },
    decoy: 'disk of the second site, tagged dr-role=standby: it fills when Tokyo fails',
  });
}

function fastRestores(drafts: Drafts): void {
  const restored = (system: System, hoursPerDay: bigint, decoy?: string): void => {
    const name = drafts.name(system, 'golden');
    const storage = plainMeter('snapshot', system.regionId, 'month', 60n * ONE);
    addThing(drafts, system, {
      name,
      resourceId: arnIn(system, 'ec2', `snapshot/${hexId(drafts, 'snap', name)}`),
      kind: 'snapshot',
      description: 'EBS snapshot with fast restore',
      plain: [storage, plainMeter('fastSnapshotRestore', system.regionId, 'day', hoursPerDay * ONE)],
      ...(decoy === undefined
        ? { waste: { kind: 'ebsFastSnapshotRestore', after: { hourly: [], plain: [storage] } } }
        : { decoy }),
    });
  };
  for (const [index, system] of systemsFor(drafts, 'fast restore', countOf(drafts, 0.001, 2), isMigrated).entries()) {
    restored(system, index % 2 ? 48n : 24n);
  }
  restored(systemNamed('mart-dev'), 3n, 'fast restore for three hours of each morning, when desktops are made from it');
}
