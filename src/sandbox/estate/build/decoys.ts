import { addDays, dayFromNumber, dayNumber } from '../../../kernel/calendar.ts';
import { VIRGINIA } from '../company.ts';
import type { EstateResource } from '../types.ts';
import { database } from './database.ts';
import { countOf, type Drafts } from './drafts.ts';
import { systemNamed } from './fleet.ts';
import { machine } from './machine.ts';
import { loadBalancer, natGateway, publicIpv4 } from './network.ts';
import { busy, idle, idleDatabase, measured } from './utilization.ts';
import { volume } from './volume.ts';

/** Resources whose harmlessness is told only in the plan's hearing facts, for the plan to name. */
export interface HeardOf {
  readonly standby: readonly EstateResource[];
  readonly licenceBound: readonly EstateResource[];
}

/** Everything that looks like waste and is not. */
export function decoys(drafts: Drafts, horizon: string): HeardOf {
  const heard = { standby: standby(drafts), licenceBound: licenceBound(drafts) };
  busyNow(drafts);
  needed(drafts);
  youngMachines(drafts, horizon);
  youngVolumes(drafts, horizon);
  return heard;
}

const STANDBY = { 'dr-role': 'standby' };

/** The second site in Virginia: off duty until Tokyo fails. Some say so in a tag, the others only where people were asked. */
function standby(drafts: Drafts): EstateResource[] {
  const system = { ...systemNamed('online-kaigai'), regionId: VIRGINIA, id: 'online-dr' } as const;
  const tagged = 'standby of the second site, tagged dr-role=standby';
  const heard = 'standby of the second site, said so in the hearing facts of the plan';
  for (let index = 0; index < countOf(drafts, 0.0015, 2); index++) {
    machine(drafts, system, { role: 'ap', instanceType: 'm5.xlarge', utilization: idle, tags: STANDBY, decoy: tagged });
  }
  const engine = { engine: 'MySQL', version: '8.0.36', multiAz: false, storageGib: 100, utilization: idleDatabase } as const;
  database(drafts, system, { ...engine, instanceClass: 'db.r5.large', tags: STANDBY, decoy: tagged });
  return [
    machine(drafts, system, { role: 'batch', instanceType: 'c5.xlarge', utilization: idle, decoy: heard }),
    machine(drafts, system, { role: 'batch', instanceType: 'm5.large', utilization: idle, decoy: heard }),
    database(drafts, system, { ...engine, instanceClass: 'db.m5.large', decoy: heard }),
    loadBalancer(drafts, system, { capacityUnits: '0.0004', decoy: heard }),
  ];
}

/** Older machines that must stay what they are: the licence is bound to them, or they run Windows. */
function licenceBound(drafts: Drafts): EstateResource[] {
  const wms = systemNamed('butsuryu-wms');
  const portal = systemNamed('tenpo-portal');
  const why =
    'older generation on purpose: the package licence is bound to this machine, said so in the hearing facts of the plan';
  const windows = 'older generation on purpose: Windows, where the vendor supports only this machine type';
  machine(drafts, portal, { role: 'report', instanceType: 'm4.xlarge', decoy: windows });
  machine(drafts, systemNamed('kyotsu-ad'), { role: 'filesv', instanceType: 'm4.large', decoy: windows });
  return [
    machine(drafts, wms, { role: 'package', instanceType: 'm4.xlarge', decoy: why, tags: { licence: 'host-bound' } }),
    machine(drafts, wms, { role: 'package', instanceType: 'r4.large', decoy: why }),
  ];
}

/** Quiet most of the time, and right as they are. */
function busyNow(drafts: Drafts): void {
  machine(drafts, systemNamed('dwh-etl'), {
    role: 'weekly',
    instanceType: 'c5.2xlarge',
    utilization: (dice, hours) => {
      const night = measured(
        dice,
        { cpu: [88, 96], memory: null, network: [9_000_000, 40_000_000], operations: [300, 900] },
        hours,
      );
      return { ...night, cpuAveragePercent: 3.1 };
    },
    // Strangers' text: whoever shows tags must be able to carry this one.
    tags: { memo: '"><img src=x onerror=alert(1)> =1+1 週次バッチ' },
    decoy: 'weekly batch: busy one night a week, its highest CPU says so',
  });
  const cache = { cpu: [10, 14], memory: [82, 88], network: [400_000, 900_000], operations: [5, 40] } as const;
  for (const id of ['online-search', 'pos-gateway']) {
    machine(drafts, systemNamed(id), {
      role: 'cache',
      instanceType: 'r5.2xlarge',
      operatingSystem: 'Linux',
      utilization: (dice, hours) => measured(dice, cache, hours),
      decoy: 'little CPU but full memory (measured by the agent): half the size would not hold it',
    });
  }
  const bastion = { cpu: [6, 8], memory: null, network: [3000, 9000], operations: [1, 6] } as const;
  machine(drafts, systemNamed('kyotsu-kanshi'), {
    role: 'bastion',
    instanceType: 't3.nano',
    operatingSystem: 'Linux',
    rootGib: 8,
    utilization: (dice, hours) => measured(dice, bastion, hours),
    decoy: 'a small bastion that people use; there is no smaller size',
  });
}

/** Little traffic, and needed all the same. */
function needed(drafts: Drafts): void {
  for (const [id, gigabytesPerDay] of [
    ['kyotsu-kanshi', '0.42'],
    ['log-kiban', '0.55'],
  ] as const) {
    natGateway(drafts, systemNamed(id), {
      gigabytesPerDay,
      decoy: 'little but steady traffic: patches and licence checks go out here',
    });
  }
  const why = 'internal load balancer with little but steady traffic';
  loadBalancer(drafts, systemNamed('zaiko-kanri'), { capacityUnits: '0.09', isInternal: true, decoy: why });
  publicIpv4(drafts, systemNamed('kyotsu-kanshi'), { isIdle: false, decoy: 'address of the bastion, in use' });
}

const MACHINE_EVERY_DAYS = 5;
const MACHINE_LIFE_DAYS = 11;

/**
 * Trial machines come every few days, do nothing yet and are gone after eleven: whenever one looks, some are younger than any look-back.
 * They hang on the calendar, not on the day of looking, so that history stays.
 */
function youngMachines(drafts: Drafts, horizon: string): void {
  const system = systemNamed('mart-dev');
  for (const from of everyDays(drafts, horizon, MACHINE_EVERY_DAYS)) {
    const age = Math.max(0, Math.min(MACHINE_LIFE_DAYS, dayNumber(horizon) - dayNumber(from)));
    machine(drafts, system, {
      role: `trial-${from.replaceAll('-', '')}`,
      instanceType: 'm5.large',
      from,
      until: addDays(from, MACHINE_LIFE_DAYS),
      utilization: (dice) => idle(dice, age * 24),
      tags: { purpose: 'poc' },
      decoy: 'younger than the look-back: a trial that has just begun',
    });
  }
}

const VOLUME_EVERY_DAYS = 4;
const ATTACHED_DAYS = 12;
const UNATTACHED_DAYS = 9;

/** Restore tests: a volume hangs on a machine for twelve days and is deleted nine days after it came off. */
function youngVolumes(drafts: Drafts, horizon: string): void {
  const system = systemNamed('online-web-stg');
  const restore = machine(drafts, system, { role: 'restore', instanceType: 'm5.large', utilization: busy });
  for (const from of everyDays(drafts, horizon, VOLUME_EVERY_DAYS)) {
    if (from < addDays(restore.from, 1)) continue;
    volume(drafts, system, {
      sizeGib: 120,
      volumeType: 'gp3',
      attachedTo: restore,
      from,
      unattachedSince: addDays(from, ATTACHED_DAYS),
      until: addDays(from, ATTACHED_DAYS + UNATTACHED_DAYS),
      tags: { purpose: 'restore-test' },
      decoy: 'unattached for a few days only: a restore test that cleans up after itself',
    });
  }
}

function everyDays(drafts: Drafts, horizon: string, days: number): string[] {
  const first = Math.ceil(dayNumber(addDays(drafts.calendar.cutOver[2], 10)) / days) * days;
  const found: string[] = [];
  for (let number = first; number < dayNumber(horizon); number += days) found.push(dayFromNumber(number));
  return found;
}
