import { ONE, units } from '../amounts.ts';
import { type HourlyMeter, NOTHING, type PlainMeter } from '../asset.ts';
import { accountIdOf, type System } from '../company.ts';
import { EVENING_PEAK, plainMeter, serverlessMeter } from '../prices/meters.ts';
import type { TariffKey } from '../prices/tariff.ts';
import type { EstateResource } from '../types.ts';
import { type Drafts, diceFor, hexId, plainResource, salt, startOf, tagsOf, uuid } from './drafts.ts';

/** Everything without a rule of its own: it makes the bill a bill. */
interface Shape {
  readonly name: string;
  readonly resourceId: string;
  readonly kind: EstateResource['kind'];
  readonly description: string;
  readonly hourly?: readonly HourlyMeter[];
  readonly plain?: readonly PlainMeter[];
}

function add(drafts: Drafts, system: System, shape: Shape): void {
  const resource = plainResource({
    accountId: accountIdOf(system.account),
    regionId: system.regionId,
    resourceId: shape.resourceId,
    arn: shape.resourceId.startsWith('arn:') ? shape.resourceId : `arn:aws:s3:::${shape.resourceId}`,
    kind: shape.kind,
    description: shape.description,
    tags: tagsOf(system, shape.name),
    from: startOf(drafts, system, diceFor(drafts, shape.kind, shape.name)),
  });
  const usage = { hourly: shape.hourly ?? [], plain: shape.plain ?? [] };
  drafts.assets.push({ resource, system, usage, reservation: null, waste: null, decoy: null });
}

const arnOf = (system: System, service: string, path: string): string =>
  `arn:aws:${service}:${system.regionId}:${accountIdOf(system.account)}:${path}`;

export function lambdaFunction(drafts: Drafts, system: System): void {
  const name = drafts.name(system, 'fn');
  const dice = diceFor(drafts, 'lambda', name);
  const secondsPerHour = units(String(dice.whole(40, 2500)));
  const requests = units(String(dice.whole(2000, 400_000)));
  add(drafts, system, {
    name,
    resourceId: arnOf(system, 'lambda', `function:${name}`),
    kind: 'lambda',
    description: `Lambda function ${name}`,
    hourly: [serverlessMeter('lambdaSeconds', system.regionId, secondsPerHour, EVENING_PEAK)],
    plain: [plainMeter('lambdaRequests', system.regionId, 'day', requests, { noisePerMille: 200, salt: salt(drafts, name) })],
  });
}

export function fargateTask(drafts: Drafts, system: System, hours: Uint16Array): void {
  const name = drafts.name(system, 'task');
  const half = diceFor(drafts, 'fargate', name).pick([1n, 2n, 4n]);
  add(drafts, system, {
    name,
    resourceId: arnOf(system, 'ecs', `task/${system.id}/${uuid(drafts, name).replaceAll('-', '')}`),
    kind: 'fargate',
    description: `Fargate task of ${system.id}`,
    hourly: [
      serverlessMeter('fargateVcpu', system.regionId, (half * ONE) / 2n, hours),
      serverlessMeter('fargateGb', system.regionId, half * ONE, hours),
    ],
  });
}

export function bucket(drafts: Drafts, system: System): void {
  const name = `yamabuki-${drafts.name(system, 's3')}`;
  const dice = diceFor(drafts, 'bucket', name);
  const noise = { noisePerMille: 180, salt: salt(drafts, name), discountPerMille: 50 };
  const gigabytes = units(String(dice.whole(20, 4000)));
  add(drafts, system, {
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
  const resourceId = arnOf(system, 'ec2', `snapshot/${hexId(drafts, 'snap', name)}`);
  add(drafts, system, { name, resourceId, kind: 'snapshot', description: 'EBS snapshot', plain });
}

export function logGroup(drafts: Drafts, system: System): void {
  const name = drafts.name(system, 'log');
  const dice = diceFor(drafts, 'log', name);
  const noise = { noisePerMille: 220, weekendPerMille: 850, salt: salt(drafts, name) };
  add(drafts, system, {
    name,
    resourceId: arnOf(system, 'logs', `log-group:/${system.id}/${name}`),
    kind: 'other',
    description: `log group ${name}`,
    plain: [
      plainMeter('logIngest', system.regionId, 'day', units(String(dice.whole(1, 40) / 10)), noise),
      plainMeter('logStorage', system.regionId, 'month', units(String(dice.whole(5, 300))), { growthPerDayPpm: 2500 }),
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
    secret: [arnOf(system, 'secretsmanager', `secret:${name}`), 'secret'],
    kmsKey: [arnOf(system, 'kms', `key/${uuid(drafts, name)}`), 'encryption key'],
    vpn: [arnOf(system, 'ec2', `vpn-connection/${hexId(drafts, 'vpn', name)}`), 'VPN connection to the data centre'],
    metrics: [arnOf(system, 'cloudwatch', `metric-stream/${name}`), 'custom metrics'],
  } as const;
  const [resourceId, description] = shapes[key];
  const quantity = key === 'metrics' ? 60n * ONE : ONE;
  const plain = [plainMeter(key, system.regionId, key === 'vpn' ? 'hour' : 'month', quantity)];
  add(drafts, system, { name, resourceId, kind: 'other', description, plain });
}

/** A DMS replication instance: hourly, with or without a task. Nobody needs it once the databases have moved. */
export function replicationInstance(drafts: Drafts, system: System, life: { from: string; until: string | null }): void {
  const name = drafts.name(system, 'dms');
  const resourceId = arnOf(system, 'dms', `rep:${name}`);
  const resource = plainResource({
    accountId: accountIdOf(system.account),
    regionId: system.regionId,
    resourceId,
    arn: resourceId,
    kind: 'other',
    description: 'DMS replication instance dms.r5.large',
    instanceType: 'dms.r5.large',
    tags: tagsOf(system, name),
    ...life,
  });
  const usage = { hourly: [], plain: [plainMeter('dmsInstance', system.regionId, 'hour', ONE)] };
  const waste = life.until === null ? ({ kind: 'dmsInstanceIdle', after: NOTHING } as const) : null;
  drafts.assets.push({ resource, system, usage, reservation: null, waste, decoy: null });
}
