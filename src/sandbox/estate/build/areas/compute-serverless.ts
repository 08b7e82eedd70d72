import { ONE, units } from '../../amounts.ts';
import type { HourlyMeter } from '../../asset.ts';
import { type System, TOKYO } from '../../company.ts';
import { ALWAYS, EVENING_PEAK, plainMeter, serverlessMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, diceFor, salt, uuid } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn, type Thing } from '../thing.ts';
import { measured } from '../utilization.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const computeServerlessWastes = {
  lambdaProvisionedIdle: 'lambda-provisioned-concurrency-idle',
  lambdaFunctionX86: 'lambda-function-x86',
  fargateTaskX86: 'ecs-task-x86',
  lambdaFunctionOversized: 'lambda-function-oversized',
} as const;

const SECONDS_PER_HOUR = 3600n;

/** Functions and containers: the fleet runs on Graviton already, some were left behind. */
export function computeServerlessArea(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'x86 function', countOf(drafts, 0.006, 3))) {
    x86Function(drafts, system, { secondsPerHour: '9000' });
  }
  for (const system of systemsFor(drafts, 'large function', countOf(drafts, 0.003, 2)))
    sizedFunction(drafts, system, { memory: [18, 34] });
  for (const system of systemsFor(drafts, 'right function', countOf(drafts, 0.003, 2)))
    sizedFunction(drafts, system, { memory: [55, 75] });
  sizedFunction(drafts, systemNamed('zaiko-kanri'), {
    memory: [43, 46],
    decoy: 'uses less than half its memory, and half of it would not hold that',
  });
  const small = 'on x86, but so small that Graviton would save some cents a month';
  x86Function(drafts, systemNamed('kyotsu-kanshi'), { secondsPerHour: '60', decoy: small });
  const isInTokyo = ({ regionId, environment }: System): boolean => regionId === TOKYO && environment === 'production';
  for (const system of systemsFor(drafts, 'x86 task', countOf(drafts, 0.004, 2), isInTokyo)) x86Task(drafts, system);
  for (const [index, system] of systemsFor(drafts, 'warm', countOf(drafts, 0.002, 2)).entries()) {
    warmFunction(drafts, system, { environments: 5n, busyPerMille: BigInt(index % 2) * 20n });
  }
  for (const system of systemsFor(drafts, 'used warm', countOf(drafts, 0.002, 2))) {
    warmFunction(drafts, system, { environments: 5n, busyPerMille: 620n });
  }
  const decoy = 'kept warm for a caller that cannot wait: little used, but used';
  warmFunction(drafts, systemNamed('pos-gateway'), { environments: 4n, busyPerMille: 80n, decoy });
}

function x86Function(drafts: Drafts, system: System, given: { secondsPerHour: string; decoy?: string }): void {
  const name = drafts.name(system, 'x86-fn');
  const plain = [
    plainMeter('lambdaRequests', system.regionId, 'day', units('40000'), { noisePerMille: 200, salt: salt(drafts, name) }),
  ];
  const on = (key: 'lambdaSeconds' | 'lambdaArmSeconds') => [
    serverlessMeter(key, system.regionId, units(given.secondsPerHour), EVENING_PEAK),
  ];
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'lambda', `function:${name}`),
    kind: 'lambda',
    description: `Lambda function ${name} on x86`,
    hourly: on('lambdaSeconds'),
    plain,
    ...(given.decoy
      ? { decoy: given.decoy }
      : { waste: { kind: 'lambdaFunctionX86', after: { hourly: on('lambdaArmSeconds'), plain } } }),
  });
}

/** On Graviton, with 1 GB. */
function sizedFunction(drafts: Drafts, system: System, given: { memory: readonly [number, number]; decoy?: string }): void {
  const name = drafts.name(system, 'sized-fn');
  const seconds = units('12000');
  const of = (quantity: bigint) => [serverlessMeter('lambdaArmSeconds', system.regionId, quantity, EVENING_PEAK)];
  const plain = [plainMeter('lambdaArmRequests', system.regionId, 'day', units('30000'))];
  const isLarge = given.memory[1] <= 40;
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'lambda', `function:${name}`),
    kind: 'lambda',
    description: `Lambda function ${name} with 1,024 MB`,
    instanceType: '1024',
    hourly: of(seconds),
    plain,
    utilization: measured(diceFor(drafts, 'sized', name), {
      cpu: [0, 0],
      memory: given.memory,
      network: [0, 0],
      operations: [0, 0],
    }),
    ...(isLarge ? { waste: { kind: 'lambdaFunctionOversized', after: { hourly: of(seconds / 2n), plain } } } : {}),
    ...(given.decoy ? { decoy: given.decoy } : {}),
  });
}

function x86Task(drafts: Drafts, system: System): void {
  const name = drafts.name(system, 'x86-task');
  const of = (vcpu: 'fargateVcpu' | 'fargateArmVcpu', memory: 'fargateGb' | 'fargateArmGb') => [
    serverlessMeter(vcpu, system.regionId, 2n * ONE, ALWAYS),
    serverlessMeter(memory, system.regionId, 4n * ONE, ALWAYS),
  ];
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'ecs', `task/${system.id}/${uuid(drafts, name).replaceAll('-', '')}`),
    kind: 'fargate',
    description: `Fargate task of ${system.id} on x86`,
    hourly: of('fargateVcpu', 'fargateGb'),
    waste: { kind: 'fargateTaskX86', after: { hourly: of('fargateArmVcpu', 'fargateArmGb'), plain: [] } },
  });
}

interface Warm {
  /** Of 1 GB each. */
  readonly environments: bigint;
  /** How much of the time each works. Below 50 it is a waste. */
  readonly busyPerMille: bigint;
  readonly decoy?: string;
}

function warmFunction(drafts: Drafts, system: System, { environments, busyPerMille, decoy }: Warm): void {
  const name = drafts.name(system, 'warm-fn');
  const kept = environments * SECONDS_PER_HOUR * ONE;
  const work = (kept * busyPerMille) / 1000n;
  const meter = (key: Parameters<typeof serverlessMeter>[0], quantity: bigint): HourlyMeter[] =>
    quantity === 0n ? [] : [serverlessMeter(key, system.regionId, quantity, ALWAYS)];
  const noise = { noisePerMille: 200, salt: salt(drafts, name) };
  const plain = [plainMeter('lambdaRequests', system.regionId, 'day', units('5000'), noise)];
  const after = { hourly: meter('lambdaSeconds', work), plain };
  const waste: Thing['waste'] = busyPerMille < 50n ? { kind: 'lambdaProvisionedIdle', after } : undefined;
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'lambda', `function:${name}`),
    kind: 'lambda',
    description: `Lambda function ${name} with provisioned concurrency`,
    hourly: [...meter('lambdaProvisioned', kept), ...meter('lambdaProvisionedSeconds', work)],
    plain,
    ...(waste ? { waste } : {}),
    ...(decoy ? { decoy } : {}),
  });
}
