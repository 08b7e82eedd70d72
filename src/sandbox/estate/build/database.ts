import type { Day } from '../../../kernel/calendar.ts';
import { ONE } from '../amounts.ts';
import { NOTHING, type PlainMeter, type Reservation, type Usage, type WasteKind } from '../asset.ts';
import { accountIdOf, type System } from '../company.ts';
import type { Dice } from '../dice.ts';
import { ALWAYS, billedClass, databaseMeter, OFFICE_HOURS, plainMeter, usageTypeIn } from '../prices/meters.ts';
import { halfOfClass, type RdsEngine, rdsClass, rdsReservedRate } from '../prices/rds.ts';
import type { TariffKey } from '../prices/tariff.ts';
import type { EstateResource, EstateUtilization } from '../types.ts';
import { type Drafts, diceFor, oneYearAfter, plainResource, salt, startOf, tagsOf, uuid } from './drafts.ts';
import { busyDatabase } from './utilization.ts';

type DatabaseWaste = Extract<
  WasteKind,
  | 'rdsInstanceIdle'
  | 'rdsInstanceOversized'
  | 'rdsExtendedSupport'
  | 'rdsInstancePreviousGeneration'
  | 'rdsInstanceOffHours'
  | 'rdsMultiAzNonproduction'
  | 'rdsStorageIo1'
>;

export interface DatabaseOptions {
  readonly instanceClass: string;
  readonly engine: RdsEngine;
  /** "5.7.44" is on extended support, everything else is not. */
  readonly version: string;
  readonly multiAz: boolean;
  readonly storageGib: number;
  /** On io1 with as many operations a second; left out: gp3. */
  readonly io1Iops?: number;
  /** Left out: day and night. */
  readonly hours?: Uint16Array;
  readonly utilization?: (dice: Dice) => EstateUtilization;
  readonly tags?: Readonly<Record<string, string>>;
  readonly from?: Day;
  readonly waste?: DatabaseWaste;
  readonly decoy?: string;
  readonly reserved?: boolean;
}

const ON_EXTENDED_SUPPORT = /^5\.7\./;

export function database(drafts: Drafts, system: System, options: DatabaseOptions): EstateResource {
  const name = drafts.name(system, 'db');
  const dice = diceFor(drafts, 'database', name);
  const accountId = accountIdOf(system.account);
  const arn = `arn:aws:rds:${system.regionId}:${accountId}:db:${name}`;
  const { engine, version, multiAz, instanceClass } = options;
  const resource = plainResource({
    accountId,
    regionId: system.regionId,
    resourceId: arn,
    arn,
    kind: 'rds',
    description: `${instanceClass} ${engine} ${version}${multiAz ? ' Multi-AZ' : ''}`,
    instanceType: instanceClass,
    engine: { name: engine === 'MySQL' ? 'mysql' : 'postgres', version, multiAz },
    sizeGib: options.storageGib,
    tags: tagsOf(system, name, options.tags),
    from: options.from ?? startOf(drafts, system, dice),
    utilization: (options.utilization ?? busyDatabase)(dice),
  });
  const usage = databaseUsage(drafts, system, name, options);
  drafts.assets.push({
    resource,
    system,
    usage,
    reservation: options.reserved ? reservationOf(drafts, system, name, options) : null,
    waste: options.waste ? { kind: options.waste, after: afterActing(options, usage, system) } : null,
    decoy: options.decoy ?? null,
  });
  return resource;
}

function databaseUsage(drafts: Drafts, system: System, name: string, options: DatabaseOptions): Usage {
  const { engine, multiAz, instanceClass, storageGib, version, hours = ALWAYS } = options;
  const { regionId } = system;
  const backup = plainMeter('rdsBackup', regionId, 'month', (BigInt(storageGib) * ONE) / 4n, {
    noisePerMille: 60,
    salt: salt(drafts, `backup ${name}`),
  });
  const copies = multiAz ? 2 : 1;
  const supported = plainMeter('rdsExtendedMySql', regionId, 'hour', BigInt(rdsClass(instanceClass).vcpu * copies) * ONE);
  const isIdle = options.waste === 'rdsInstanceIdle';
  const plain = [
    ...storageOf(options, regionId),
    ...(isIdle ? [] : [backup]),
    ...(ON_EXTENDED_SUPPORT.test(version) ? [supported] : []),
  ];
  return { hourly: [{ ...databaseMeter(instanceClass, engine, regionId, multiAz), levels: hours }], plain };
}

type Storage = Pick<DatabaseOptions, 'storageGib' | 'io1Iops' | 'multiAz'>;

function storageOf({ storageGib, io1Iops, multiAz }: Storage, regionId: System['regionId']): PlainMeter[] {
  const meter = (key: TariffKey, quantity: number) => plainMeter(key, regionId, 'month', BigInt(quantity) * ONE);
  if (io1Iops === undefined) return [meter(multiAz ? 'rdsGp3MultiAz' : 'rdsGp3', storageGib)];
  return [meter(multiAz ? 'rdsIo1MultiAz' : 'rdsIo1', storageGib), meter(multiAz ? 'rdsIo1IopsMultiAz' : 'rdsIo1Iops', io1Iops)];
}

/** The same operations a second on gp3, which has 12,000 included from 400 GiB on. */
function onGp3({ storageGib, io1Iops = 0, multiAz }: Storage, regionId: System['regionId']): PlainMeter[] {
  const more = Math.max(0, io1Iops - (storageGib < 400 ? 3_000 : 12_000));
  const extra = plainMeter(multiAz ? 'rdsGp3IopsMultiAz' : 'rdsGp3Iops', regionId, 'month', BigInt(more) * ONE);
  return [...storageOf({ storageGib, multiAz }, regionId), ...(more > 0 ? [extra] : [])];
}

function afterActing(options: DatabaseOptions, usage: Usage, system: System): Usage {
  const { waste, instanceClass, engine, multiAz } = options;
  const { regionId } = system;
  const besideStorage = usage.plain.slice(storageOf(options, regionId).length);
  if (waste === 'rdsInstanceIdle') return NOTHING;
  if (waste === 'rdsInstanceOffHours') {
    return { hourly: usage.hourly.map((meter) => ({ ...meter, levels: OFFICE_HOURS })), plain: usage.plain };
  }
  if (waste === 'rdsStorageIo1') return { hourly: usage.hourly, plain: [...onGp3(options, regionId), ...besideStorage] };
  if (waste === 'rdsMultiAzNonproduction') {
    const single = { ...databaseMeter(instanceClass, engine, regionId, false), levels: options.hours ?? ALWAYS };
    return { hourly: [single], plain: [...storageOf({ ...options, multiAz: false }, regionId), ...besideStorage] };
  }
  if (waste === 'rdsExtendedSupport') {
    return { hourly: usage.hourly, plain: usage.plain.filter((meter) => !meter.name.usageType.includes('ExtendedSupport')) };
  }
  const isOld = waste === 'rdsInstancePreviousGeneration';
  const target = isOld ? instanceClass.replace('4.', '5.') : halfOfClass(instanceClass);
  if (!target) throw new Error(`nothing smaller than ${instanceClass}`);
  return { hourly: [databaseMeter(target, engine, regionId, multiAz)], plain: usage.plain };
}

function reservationOf(drafts: Drafts, system: System, name: string, options: DatabaseOptions): Reservation {
  const { onDemandRate } = databaseMeter(options.instanceClass, options.engine, system.regionId, options.multiAz);
  return {
    arn: `arn:aws:rds:${system.regionId}:${accountIdOf(system.account)}:ri:ri-${uuid(drafts, `reservation ${name}`)}`,
    start: drafts.calendar.reservations,
    end: oneYearAfter(drafts.calendar.reservations),
    rate: rdsReservedRate(onDemandRate),
    feeUsageType: usageTypeIn(system.regionId, `HeavyUsage:${billedClass(options.instanceClass)}`),
  };
}
