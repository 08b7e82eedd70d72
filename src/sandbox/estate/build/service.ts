import { ONE, units } from '../amounts.ts';
import { NOTHING } from '../asset.ts';
import type { System } from '../company.ts';
import { EVENING_PEAK, plainMeter, serverlessMeter } from '../prices/meters.ts';
import type { TariffKey } from '../prices/tariff.ts';
import { type Drafts, diceFor, hexId, salt, uuid } from './drafts.ts';
import { addThing, arnIn } from './thing.ts';

/** Everything without a rule of its own: it makes the bill a bill. */
export function lambdaFunction(drafts: Drafts, system: System): void {
  const name = drafts.name(system, 'fn');
  const dice = diceFor(drafts, 'lambda', name);
  const secondsPerHour = units(String(dice.whole(40, 2500)));
  const requests = units(String(dice.whole(2000, 400_000)));
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'lambda', `function:${name}`),
    kind: 'lambda',
    description: `Lambda function ${name}`,
    hourly: [serverlessMeter('lambdaArmSeconds', system.regionId, secondsPerHour, EVENING_PEAK)],
    plain: [plainMeter('lambdaArmRequests', system.regionId, 'day', requests, { noisePerMille: 200, salt: salt(drafts, name) })],
  });
}

export function fargateTask(drafts: Drafts, system: System, hours: Uint16Array): void {
  const name = drafts.name(system, 'task');
  const half = diceFor(drafts, 'fargate', name).pick([1n, 2n, 4n]);
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'ecs', `task/${system.id}/${uuid(drafts, name).replaceAll('-', '')}`),
    kind: 'fargate',
    description: `Fargate task of ${system.id}`,
    hourly: [
      serverlessMeter('fargateArmVcpu', system.regionId, (half * ONE) / 2n, hours),
      serverlessMeter('fargateArmGb', system.regionId, half * ONE, hours),
    ],
  });
}

export function bucket(drafts: Drafts, system: System): void {
  const name = `yamabuki-${drafts.name(system, 's3')}`;
  const dice = diceFor(drafts, 'bucket', name);
  const noise = { noisePerMille: 180, salt: salt(drafts, name), discountPerMille: 50 };
  const gigabytes = units(String(dice.whole(20, 4000)));
  addThing(drafts, system, {
    name,
    resourceId: name,
    kind: 's3',
    description: `S3 bucket ${name}`,
    plain: [
      plainMeter('s3Storage', system.regionId, 'month', gigabytes, { growthPerDayPpm: 900, discountPerMille: 50 }),
      plainMeter('s3Put', system.regionId, 'day', units(String(dice.whole(500, 90_000))), noise),
      plainMeter('s3Get', system.regionId, 'day', units(String(dice.whole(5000, 900_000))), noise),
    ],
  });
}

export function snapshot(drafts: Drafts, system: System): void {
  const name = drafts.name(system, 'snap');
  const gigabytes = units(String(diceFor(drafts, 'snapshot', name).whole(8, 220)));
  const plain = [plainMeter('snapshot', system.regionId, 'month', gigabytes)];
  const resourceId = arnIn(system, 'ec2', `snapshot/${hexId(drafts, 'snap', name)}`);
  addThing(drafts, system, { name, resourceId, kind: 'snapshot', description: 'EBS snapshot', plain });
}

export function logGroup(drafts: Drafts, system: System): void {
  const name = drafts.name(system, 'log');
  const dice = diceFor(drafts, 'log', name);
  const noise = { noisePerMille: 220, weekendPerMille: 850, salt: salt(drafts, name) };
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'logs', `log-group:/${system.id}/${name}`),
    kind: 'other',
    description: `log group ${name}`,
    plain: [
      plainMeter('logIngest', system.regionId, 'day', units(String(dice.whole(1, 40) / 10)), noise),
      // Kept for a set time: level, but for the days.
      plainMeter('logStorage', system.regionId, 'month', units(String(dice.whole(5, 300))), {
        ...noise,
        noisePerMille: 4,
        weekendPerMille: 999,
      }),
    ],
  });
}

/** Secrets, keys and the line to the old data centre: one meter each. */
export function smallThing(
  drafts: Drafts,
  system: System,
  key: Extract<TariffKey, 'secret' | 'kmsKey' | 'vpn' | 'metrics'>,
): void {
  const name = drafts.name(system, key.toLowerCase());
  const shapes = {
    secret: [arnIn(system, 'secretsmanager', `secret:${name}`), 'secret'],
    kmsKey: [arnIn(system, 'kms', `key/${uuid(drafts, name)}`), 'encryption key'],
    vpn: [arnIn(system, 'ec2', `vpn-connection/${hexId(drafts, 'vpn', name)}`), 'VPN connection to the data centre'],
    metrics: [arnIn(system, 'cloudwatch', `metric-stream/${name}`), 'custom metrics'],
  } as const;
  const [resourceId, description] = shapes[key];
  const quantity = key === 'metrics' ? 60n * ONE : ONE;
  const plain = [plainMeter(key, system.regionId, key === 'vpn' ? 'hour' : 'month', quantity)];
  addThing(drafts, system, { name, resourceId, kind: 'other', description, plain });
}

/** A DMS replication instance: hourly, with or without a task. Nobody needs it once the databases have moved. */
export function replicationInstance(drafts: Drafts, system: System, life: { from: string; until: string | null }): void {
  const name = drafts.name(system, 'dms');
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'dms', `rep:${name}`),
    kind: 'other',
    description: 'DMS replication instance dms.r5.large',
    instanceType: 'dms.r5.large',
    plain: [plainMeter('dmsInstance', system.regionId, 'hour', ONE)],
    ...life,
    ...(life.until === null ? { waste: { kind: 'dmsInstanceIdle', after: NOTHING } } : {}),
  });
}
