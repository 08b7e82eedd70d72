import { addDays } from '../../../kernel/calendar.ts';
import type { System } from '../company.ts';
import { OFFICE_HOURS } from '../prices/meters.ts';
import { database } from './database.ts';
import { countOf, type Drafts, diceFor } from './drafts.ts';
import { systemsFor } from './fleet.ts';
import { around, machine } from './machine.ts';
import { loadBalancer, natGateway, publicIpv4 } from './network.ts';
import { replicationInstance } from './service.ts';
import { busyBurstable, idle, idleDatabase, light, lightDatabase } from './utilization.ts';
import { volume } from './volume.ts';

const isMigrated = ({ wave }: System): boolean => wave > 0;
const isPlainLinux = ({ wave, operatingSystem }: System): boolean => wave > 0 && operatingSystem === 'Linux';

/** Every waste the company has, spread over its accounts and regions. */
export function plantedWastes(drafts: Drafts): void {
  idleMachines(drafts);
  oversizedMachines(drafts);
  previousGeneration(drafts);
  looseVolumes(drafts);
  oldVolumes(drafts);
  databaseWastes(drafts);
  networkWastes(drafts);
  migrationLeftOvers(drafts);
}

function places(drafts: Drafts, what: string, count: number, filter = isMigrated): System[] {
  return systemsFor(drafts, what, count, filter);
}

function idleMachines(drafts: Drafts): void {
  for (const [index, system] of places(drafts, 'idle', countOf(drafts, 0.006, 3)).entries()) {
    const size = diceFor(drafts, 'idle size', String(index)).pick(['large', 'xlarge', '2xlarge']);
    const instance = machine(drafts, system, {
      role: 'old',
      instanceType: `${index % 2 ? 'c5' : 'm5'}.${size}`,
      utilization: idle,
      waste: 'ec2InstanceIdle',
    });
    // Some of the idle machines also hang on to an old disk; the machine's waste is its compute alone.
    if (index % 3 === 0) volume(drafts, system, { sizeGib: 200, volumeType: 'gp2', attachedTo: instance, waste: 'ebsVolumeGp2' });
  }
}

function oversizedMachines(drafts: Drafts): void {
  for (const [index, system] of places(drafts, 'oversized', countOf(drafts, 0.008, 3)).entries()) {
    const family = system.operatingSystem === 'RHEL' ? 'r5' : (['m5', 'r5', 'c5'][index % 3] ?? 'm5');
    machine(drafts, system, {
      role: 'ap',
      instanceType: `${family}.${index % 2 ? '2xlarge' : '4xlarge'}`,
      utilization: light,
      waste: 'ec2InstanceOversized',
      ...(index % 5 === 4 ? { hours: OFFICE_HOURS } : {}),
    });
  }
}

function previousGeneration(drafts: Drafts): void {
  const types = ['m4.xlarge', 'r4.large', 'c4.2xlarge', 't2.large', 'm4.2xlarge', 'c4.xlarge', 'r4.xlarge', 't2.xlarge'];
  for (const [index, system] of places(drafts, 'old', countOf(drafts, 0.006, 4), isPlainLinux).entries()) {
    const instanceType = types[index % types.length] ?? 'm4.xlarge';
    machine(drafts, system, { role: 'ap', instanceType, waste: 'ec2InstancePreviousGeneration' });
  }
}

function looseVolumes(drafts: Drafts): void {
  for (const [index, system] of places(drafts, 'loose', countOf(drafts, 0.008, 3)).entries()) {
    const dice = diceFor(drafts, 'loose volume', String(index));
    const { from } = around(drafts, system, dice.whole(5, 25), 0);
    const common = {
      attachedTo: null,
      from,
      unattachedSince: addDays(from, dice.whole(26, 40)),
      waste: 'ebsVolumeUnattached',
    } as const;
    const sizeGib = dice.whole(10, 80) * 10;
    if (index % 6 === 5) volume(drafts, system, { ...common, sizeGib, volumeType: 'io1', provisionedIops: 2000 });
    else volume(drafts, system, { ...common, sizeGib, volumeType: 'gp3' });
  }
}

/** Mostly below 170 GiB, where gp3's included throughput is as good as gp2's; one beyond a TiB, where gp2 gave more operations. */
function oldVolumes(drafts: Drafts): void {
  for (const [index, system] of places(drafts, 'gp2', countOf(drafts, 0.012, 4)).entries()) {
    const dice = diceFor(drafts, 'old volume', String(index));
    const instance = machine(drafts, system, {
      role: 'db',
      instanceType: system.operatingSystem === 'RHEL' ? 'r5.xlarge' : 'm5.xlarge',
    });
    const sizeGib = index % 12 === 3 ? 1500 : dice.whole(8, 16) * 10;
    volume(drafts, system, { sizeGib, volumeType: 'gp2', attachedTo: instance, waste: 'ebsVolumeGp2' });
  }
}

function databaseWastes(drafts: Drafts): void {
  for (const [index, system] of places(drafts, 'idle database', countOf(drafts, 0.002, 2)).entries()) {
    const instanceClass = index % 2 ? 'db.r5.large' : 'db.m5.large';
    const kind = { engine: 'PostgreSQL', version: '14.10', multiAz: false, storageGib: 20 } as const;
    database(drafts, system, { ...kind, instanceClass, utilization: idleDatabase, waste: 'rdsInstanceIdle' });
  }
  for (const [index, system] of places(drafts, 'large database', countOf(drafts, 0.003, 2)).entries()) {
    const instanceClass = index % 2 ? 'db.m5.2xlarge' : 'db.r5.2xlarge';
    const kind = { engine: 'PostgreSQL', version: '15.5', multiAz: index % 2 === 0, storageGib: 200 } as const;
    database(drafts, system, { ...kind, instanceClass, utilization: lightDatabase, waste: 'rdsInstanceOversized' });
  }
  for (const [index, system] of places(drafts, 'extended', countOf(drafts, 0.003, 2)).entries()) {
    const kind = { engine: 'MySQL', version: '5.7.44', multiAz: index % 2 === 0, storageGib: 150 } as const;
    database(drafts, system, { ...kind, instanceClass: index % 3 ? 'db.r5.large' : 'db.m5.xlarge', waste: 'rdsExtendedSupport' });
  }
}

function networkWastes(drafts: Drafts): void {
  for (const [index, system] of places(drafts, 'idle nat', countOf(drafts, 0.002, 2)).entries()) {
    // Most carry nothing; a health check leaves about 100 KB a day on some.
    natGateway(drafts, system, { gigabytesPerDay: index % 2 ? '0.0001' : '0', waste: 'natGatewayIdle' });
  }
  for (const [index, system] of places(drafts, 'idle load balancer', countOf(drafts, 0.003, 2)).entries()) {
    loadBalancer(drafts, system, { capacityUnits: `0.000${(index % 8) + 1}`, waste: 'loadBalancerIdle' });
  }
  for (const system of places(drafts, 'idle address', countOf(drafts, 0.005, 3))) {
    publicIpv4(drafts, system, { isIdle: true, waste: 'publicIpv4Idle' });
  }
}

/** Servers of the Application Migration Service and DMS instances: most were put away after the cut-over, some were forgotten. */
function migrationLeftOvers(drafts: Drafts): void {
  const tags = {
    Name: 'AWS Application Migration Service Replication Server',
    AWSApplicationMigrationServiceManaged: 'mgn.amazonaws.com',
  };
  const server = {
    role: 'mgn-replication',
    instanceType: 't3.small',
    operatingSystem: 'Linux',
    rootGib: 30,
    tags,
    utilization: busyBurstable,
  } as const;
  for (const system of places(drafts, 'mgn done', countOf(drafts, 0.012, 6))) {
    machine(drafts, system, { ...server, ...around(drafts, system, 45, 8) });
  }
  for (const system of places(drafts, 'mgn', countOf(drafts, 0.002, 2))) {
    machine(drafts, system, { ...server, from: around(drafts, system, 45, 0).from, waste: 'mgnReplicationServer' });
  }
  for (const system of places(drafts, 'dms done', countOf(drafts, 0.002, 2))) {
    replicationInstance(drafts, system, around(drafts, system, 30, 10));
  }
  for (const system of places(drafts, 'dms', countOf(drafts, 0.001, 2))) {
    replicationInstance(drafts, system, { from: around(drafts, system, 30, 0).from, until: null });
  }
}
