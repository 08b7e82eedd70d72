import { addDays, type Day } from '../../../kernel/calendar.ts';
import { units } from '../amounts.ts';
import { type HourlyMeter, NOTHING, type Reservation, type Usage, type WasteKind } from '../asset.ts';
import { accountIdOf, type System } from '../company.ts';
import type { Dice } from '../dice.ts';
import { ec2Rates, halfOf, type OperatingSystem, otherProcessorOf, successorOf } from '../prices/ec2.ts';
import { ALWAYS, instanceMeter, plainMeter, SCHEDULED, usageTypeIn } from '../prices/meters.ts';
import type { EstateResource, EstateUtilization } from '../types.ts';
import { type Drafts, diceFor, hexId, oneYearAfter, plainResource, salt, startOf, tagsOf, uuid } from './drafts.ts';
import { busy, busyBurstable, hoursMeasuredOf } from './utilization.ts';
import { volume } from './volume.ts';

/** What acting on a machine leaves: nothing running, half the size, or the same size of the current generation. */
type MachineWaste = Extract<
  WasteKind,
  | 'ec2InstanceIdle'
  | 'ec2InstanceOversized'
  | 'ec2InstancePreviousGeneration'
  | 'ec2InstanceGraviton'
  | 'ec2InstanceAmd'
  | 'ec2InstanceOffHours'
  | 'ec2CpuCreditsSurplus'
  | 'sqlServerOversized'
  | 'sqlServerNonproduction'
  | 'mgnReplicationServer'
  | 'testCutOverInstance'
  | 'mapTagMissing'
>;

export interface MachineOptions {
  readonly role: string;
  readonly instanceType: string;
  readonly operatingSystem?: OperatingSystem;
  readonly hours?: Uint16Array;
  readonly utilization?: (dice: Dice, hours: number) => EstateUtilization;
  readonly tags?: Readonly<Record<string, string>>;
  readonly from?: Day;
  readonly until?: Day;
  readonly waste?: MachineWaste;
  readonly decoy?: string;
  readonly reserved?: boolean;
  readonly rootGib?: number;
  /** CPU beyond the baseline of a T type: vCPU hours an hour. */
  readonly creditsPerHour?: string;
  readonly editionNeeded?: 'Standard' | 'Enterprise';
}

/** Adds an EC2 instance with its root volume; returns the instance. */
export function machine(drafts: Drafts, system: System, options: MachineOptions): EstateResource {
  const name = drafts.name(system, options.role);
  const dice = diceFor(drafts, 'machine', name);
  const accountId = accountIdOf(system.account);
  const operatingSystem = options.operatingSystem ?? system.operatingSystem;
  const hours = options.hours ?? ALWAYS;
  const resourceId = hexId(drafts, 'i', name);
  const from = options.from ?? startOf(drafts, system, dice);
  const resource = plainResource({
    accountId,
    regionId: system.regionId,
    resourceId,
    arn: `arn:aws:ec2:${system.regionId}:${accountId}:instance/${resourceId}`,
    kind: 'ec2',
    description: `${options.instanceType} ${operatingSystem}`,
    instanceType: options.instanceType,
    operatingSystem: isWindows(operatingSystem) ? 'Windows' : operatingSystem,
    engine: sqlServerOf(operatingSystem, options.editionNeeded),
    tags: tagsOf(system, name, options.tags),
    from,
    until: options.until ?? null,
    utilization: (options.utilization ?? (/^t\d/.test(options.instanceType) ? busyBurstable : busy))(
      dice,
      hoursMeasuredOf(hours),
    ),
  });
  const hourly = [instanceMeter(options.instanceType, system.regionId, operatingSystem, hours)];
  const credits = options.creditsPerHour
    ? [plainMeter('cpuCreditsT3', system.regionId, 'hour', units(options.creditsPerHour))]
    : [];
  const plain = [...transferOf(drafts, system, name, dice, options.utilization === undefined), ...credits];
  const usage = { hourly, plain };
  const waste = options.waste ?? (neverSleeps(system, options) ? 'ec2InstanceOffHours' : null);
  drafts.assets.push({
    resource,
    system,
    usage,
    reservation: options.reserved ? reservationOf(drafts, system, name, options.instanceType) : null,
    waste: waste && {
      kind: waste,
      after: afterActing(waste, usage, options, system),
      ...(waste === 'mapTagMissing' && { isOfAccount: true }),
    },
    decoy: options.decoy ?? null,
  });
  const sizeGib = options.rootGib ?? dice.pick([30, 50, 80, 100]);
  volume(drafts, system, { sizeGib, volumeType: 'gp3', attachedTo: resource, from, until: options.until ?? null });
  return resource;
}

/** Only machines that serve somebody send enough to be seen on the bill. */
function transferOf(drafts: Drafts, system: System, name: string, dice: Dice, isBusy: boolean): Usage['plain'] {
  if (!isBusy || dice.next() > 0.45) return [];
  const options = { noisePerMille: 250, weekendPerMille: 1200, salt: salt(drafts, `transfer ${name}`) };
  const regional = plainMeter('transferRegional', system.regionId, 'day', units(String(dice.whole(5, 60))), options);
  if (dice.next() > 0.4) return [regional];
  return [plainMeter('transferOut', system.regionId, 'day', units(String(dice.whole(1, 25))), options), regional];
}

/** Nobody works on it at night or at the weekend, and it is not production: a waste wherever it stands, unless it has one already. */
function neverSleeps({ environment }: System, { hours, until, decoy }: MachineOptions): boolean {
  const isAlways = hours === undefined || hours === ALWAYS;
  return environment !== 'production' && isAlways && until === undefined && decoy === undefined;
}

function afterActing(kind: MachineWaste, usage: Usage, options: MachineOptions, system: System): Usage {
  if (kind === 'mgnReplicationServer' || kind === 'testCutOverInstance') return NOTHING;
  if (kind === 'mapTagMissing') return usage;
  if (kind === 'ec2InstanceIdle') return { hourly: [], plain: usage.plain };
  if (kind === 'ec2InstanceOffHours') {
    return { hourly: usage.hourly.map((meter) => ({ ...meter, levels: SCHEDULED })), plain: usage.plain };
  }
  const edition = EDITION_AFTER[kind];
  if (edition) {
    const cheaper = ({ levels }: HourlyMeter): HourlyMeter =>
      instanceMeter(options.instanceType, system.regionId, edition, levels);
    return { hourly: usage.hourly.map(cheaper), plain: usage.plain };
  }
  const target = targetOf(kind, options.instanceType);
  if (!target) throw new Error(`nothing to move ${options.instanceType} to`);
  const moved = (meter: HourlyMeter): HourlyMeter =>
    instanceMeter(target, system.regionId, options.operatingSystem ?? system.operatingSystem, meter.levels);
  const stays = usage.plain.filter(({ name }) => !name.usageType.includes('CPUCredits'));
  return { hourly: usage.hourly.map(moved), plain: stays };
}

const EDITION_AFTER: Readonly<Partial<Record<MachineWaste, OperatingSystem>>> = {
  sqlServerOversized: 'WindowsSqlStandard',
  sqlServerNonproduction: 'Windows',
};

function isWindows(platform: OperatingSystem): platform is Exclude<OperatingSystem, 'Linux' | 'RHEL'> {
  return platform !== 'Linux' && platform !== 'RHEL';
}

function sqlServerOf(platform: OperatingSystem, editionNeeded?: 'Standard' | 'Enterprise'): EstateResource['engine'] {
  const name = { WindowsSqlStandard: 'sqlserver-se', WindowsSqlEnterprise: 'sqlserver-ee' }[platform as string];
  return name ? { name, version: '2019', multiAz: false, ...(editionNeeded && { editionNeeded }) } : null;
}

function targetOf(kind: MachineWaste, instanceType: string): string | null {
  if (kind === 'ec2InstanceOversized') return halfOf(instanceType);
  if (kind === 'ec2CpuCreditsSurplus') return `m6i.${instanceType.split('.')[1]}`;
  if (kind === 'ec2InstancePreviousGeneration') return successorOf(instanceType);
  return otherProcessorOf(instanceType);
}

function reservationOf(drafts: Drafts, system: System, name: string, instanceType: string): Reservation {
  const rates = ec2Rates(instanceType, system.regionId, 'Linux');
  if (!rates) throw new Error(`no price for ${instanceType}`);
  return {
    arn: `arn:aws:ec2:${system.regionId}:${accountIdOf(system.account)}:reserved-instances/${uuid(drafts, `reservation ${name}`)}`,
    start: drafts.calendar.reservations,
    end: oneYearAfter(drafts.calendar.reservations),
    rate: rates.reservedStandard,
    feeUsageType: usageTypeIn(system.regionId, `HeavyUsage:${instanceType}`),
  };
}

/** Days before and after a cut-over, for what only lives around it. */
export function around(drafts: Drafts, system: System, before: number, after: number): { from: Day; until: Day } {
  const cutOver = drafts.calendar.cutOver[system.wave];
  return { from: addDays(cutOver, -before), until: addDays(cutOver, after) };
}
