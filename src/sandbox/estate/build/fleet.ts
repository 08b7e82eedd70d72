import { SYSTEMS, type System } from '../company.ts';
import type { Dice } from '../dice.ts';
import { diceOf } from '../dice.ts';
import { ALWAYS, OFFICE_HOURS, SHOP_HOURS } from '../prices/meters.ts';
import type { EstateResource } from '../types.ts';
import { database } from './database.ts';
import { countOf, type Drafts, diceFor } from './drafts.ts';
import { around, machine } from './machine.ts';
import { loadBalancer, natGateway, publicIpv4 } from './network.ts';
import { bucket, fargateTask, lambdaFunction, logGroup, smallThing, snapshot } from './service.ts';
import { volume } from './volume.ts';

const TOTAL_WEIGHT = SYSTEMS.reduce((sum, { weight }) => sum + weight, 0);

/** Has no factor in common with the number of systems that any filter leaves, so a walk in these steps meets every system once. */
const STRIDE = 7;

/** `count` systems: each once, from a place that differs by `what`, then as often as their weight says. */
export function systemsFor(
  drafts: Drafts,
  what: string,
  count: number,
  filter: (system: System) => boolean = () => true,
): System[] {
  const list = SYSTEMS.filter(filter);
  const dice = diceOf('systems', drafts.seed, what);
  const start = dice.whole(0, list.length - 1);
  const walk = list.flatMap((_, index) => list[(start + index * STRIDE) % list.length] ?? []);
  return Array.from({ length: count }, (_, index) => walk[index] ?? weighted(list, dice));
}

function weighted(list: readonly System[], dice: Dice): System {
  let left = dice.next() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const system of list) {
    left -= system.weight;
    if (left < 0) return system;
  }
  return dice.pick(list);
}

export function systemNamed(id: string): System {
  const found = SYSTEMS.find((system) => system.id === id);
  if (!found) throw new Error(`no system "${id}"`);
  return found;
}

/** The healthy part of the estate: works, is sized well, is of the current generation. */
export function healthyFleet(drafts: Drafts): void {
  for (const system of SYSTEMS) serversOf(drafts, system);
  reservedServers(drafts);
  databases(drafts);
  network(drafts);
  services(drafts);
  testCutOvers(drafts);
}

function serversOf(drafts: Drafts, system: System): void {
  const count = Math.max(1, Math.round((drafts.resources * 0.15 * system.weight) / TOTAL_WEIGHT));
  for (let index = 0; index < count; index++) {
    const dice = diceFor(drafts, 'server', `${system.id} ${index}`);
    const hours = hoursFor(system, dice);
    const role = hours === SHOP_HOURS ? 'scaleout' : dice.pick(['web', 'ap', 'ap', 'batch']);
    const instance = machine(drafts, system, { role, instanceType: typeFor(system, dice), hours });
    if (dice.next() < 0.35) dataVolume(drafts, system, instance, dice);
  }
}

function hoursFor(system: System, dice: Dice): Uint16Array {
  if (system.environment !== 'production') return dice.next() < 0.6 ? OFFICE_HOURS : ALWAYS;
  return system.wave > 0 && dice.next() < 0.2 ? SHOP_HOURS : ALWAYS;
}

function typeFor(system: System, dice: Dice): string {
  const family = dice.pick(system.families);
  const sizes = family === 't3' ? ['medium', 'large', 'large', 'xlarge'] : ['large', 'large', 'xlarge', 'xlarge', '2xlarge'];
  return `${family}.${dice.pick(sizes)}`;
}

function dataVolume(drafts: Drafts, system: System, attachedTo: EstateResource, dice: Dice): void {
  if (system.environment === 'production' && dice.next() < 0.15) {
    volume(drafts, system, {
      sizeGib: dice.whole(100, 400),
      volumeType: 'io1',
      provisionedIops: dice.whole(20, 60) * 100,
      attachedTo,
      // Chosen before gp3 was there: the same operations cost a part of it today.
      waste: 'ebsVolumeIo1',
    });
    return;
  }
  const isFast = dice.next() < 0.1;
  volume(drafts, system, {
    sizeGib: dice.whole(10, 60) * 10,
    volumeType: 'gp3',
    provisionedIops: isFast ? 6000 : 3000,
    // What is bought is used.
    ...(isFast ? { operations: [2300, 2900] } : {}),
    attachedTo,
  });
}

/** The few machines and databases that were bought for a year, all of them always on and needed. */
function reservedServers(drafts: Drafts): void {
  const system = systemNamed('online-order');
  for (let index = 0; index < countOf(drafts, 0.002, 2); index++) {
    machine(drafts, system, { role: 'core', instanceType: 'm5.2xlarge', reserved: true });
  }
  const engine = { engine: 'PostgreSQL', version: '15.5', multiAz: true, storageGib: 300 } as const;
  for (let index = 0; index < countOf(drafts, 0.001, 1); index++) {
    database(drafts, system, { ...engine, instanceClass: 'db.r5.xlarge', reserved: true });
  }
}

function databases(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'databases', countOf(drafts, 0.016, 4)).entries()) {
    const dice = diceFor(drafts, 'database kind', String(index));
    const isProduction = system.environment === 'production';
    const engine = dice.pick(['MySQL', 'PostgreSQL', 'PostgreSQL'] as const);
    database(drafts, system, {
      engine,
      version: engine === 'MySQL' ? '8.0.36' : '15.5',
      multiAz: isProduction && dice.next() < 0.7,
      instanceClass: `db.${dice.pick(isProduction ? ['r5', 'm5'] : ['m5', 't3'])}.${dice.pick(isProduction ? ['large', 'xlarge', '2xlarge'] : ['large'])}`,
      storageGib: dice.whole(5, 60) * 10,
      // Nobody switches those of staging and development off.
      ...(isProduction ? {} : { waste: 'rdsInstanceOffHours' }),
    });
  }
}

function network(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'nat', countOf(drafts, 0.008, 3)).entries()) {
    const gigabytesPerDay = String(diceFor(drafts, 'nat traffic', String(index)).whole(15, 260));
    natGateway(drafts, system, { gigabytesPerDay });
  }
  for (const [index, system] of systemsFor(drafts, 'load balancer', countOf(drafts, 0.018, 4)).entries()) {
    const dice = diceFor(drafts, 'load', String(index));
    loadBalancer(drafts, system, { capacityUnits: String(dice.whole(15, 700) / 100), isInternal: dice.next() < 0.3 });
  }
  for (const system of systemsFor(drafts, 'ipv4', countOf(drafts, 0.035, 8))) publicIpv4(drafts, system, { isIdle: false });
}

function services(drafts: Drafts): void {
  const many = (what: string, share: number, add: (system: System) => void): void => {
    for (const system of systemsFor(drafts, what, countOf(drafts, share, 2))) add(system);
  };
  many('lambda', 0.075, (system) => lambdaFunction(drafts, system));
  many('fargate', 0.03, (system) => fargateTask(drafts, system, system.environment === 'production' ? ALWAYS : OFFICE_HOURS));
  many('bucket', 0.06, (system) => bucket(drafts, system));
  many('snapshot', 0.15, (system) => snapshot(drafts, system));
  many('log', 0.07, (system) => logGroup(drafts, system));
  many('secret', 0.02, (system) => smallThing(drafts, system, 'secret'));
  many('key', 0.015, (system) => smallThing(drafts, system, 'kmsKey'));
  many('metrics', 0.01, (system) => smallThing(drafts, system, 'metrics'));
  for (const id of ['kyotsu-kanshi', 'pos-gateway']) smallThing(drafts, systemNamed(id), 'vpn');
}

/** Machines that lived for one rehearsal of a cut-over and were put away: they are history on the bill, and nothing else. */
function testCutOvers(drafts: Drafts): void {
  for (const system of SYSTEMS.filter(({ wave, environment }) => wave > 0 && environment === 'production')) {
    const count = Math.max(1, Math.round((drafts.resources * 0.02 * system.weight) / TOTAL_WEIGHT));
    for (let index = 0; index < count; index++) {
      const life = around(drafts, system, 24 + (index % 30), -10);
      machine(drafts, system, { role: 'rehearsal', instanceType: 'm5.large', tags: { purpose: 'test-cutover' }, ...life });
    }
  }
}
