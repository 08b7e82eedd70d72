import { ONE, units } from '../amounts.ts';
import { HOURS_PER_WEEK, type HourlyMeter, type MeterName, type PlainMeter } from '../asset.ts';
import { type RegionId, TOKYO } from '../company.ts';
import type { TenBillionths } from '../types.ts';
import { ec2Rates, type OperatingSystem } from './ec2.ts';
import { type RdsEngine, rdsRate } from './rds.ts';
import { TARIFFS, type TariffKey } from './tariff.ts';

/** As AWS writes it: Tokyo has a prefix, us-east-1 has none. */
export function usageTypeIn(regionId: RegionId, kind: string): string {
  return regionId === TOKYO ? `APN1-${kind}` : kind;
}

export const EC2_OPERATION: Readonly<Record<OperatingSystem, string>> = {
  Linux: 'RunInstances',
  Windows: 'RunInstances:0002',
  RHEL: 'RunInstances:0010',
  WindowsSqlStandard: 'RunInstances:0006',
  WindowsSqlEnterprise: 'RunInstances:0102',
};
export const RDS_OPERATION: Readonly<Record<RdsEngine, string>> = {
  MySQL: 'CreateDBInstance:0002',
  PostgreSQL: 'CreateDBInstance:0014',
};
export const EC2_SERVICE = 'Amazon Elastic Compute Cloud - Compute';
export const RDS_SERVICE = 'Amazon Relational Database Service';

/** Compute Savings Plan, 1 year, no upfront: 22 % off Fargate, 17 % off Lambda (AWS's public pages); EC2 "similar to Convertible RI". */
const FARGATE_PLAN_PERCENT = 78n;
const LAMBDA_PLAN_PERCENT = 83n;

export const ALWAYS = levels(() => 1000);
/** Weekdays 08:00-21:00 in Japan. */
export const OFFICE_HOURS = levels((day, hour) => (day < 5 && hour >= 8 && hour < 21 ? 1000 : 0));
/** Weekdays 08:00-19:00 in Japan: working hours with an hour around them, which is what a schedule leaves. */
export const SCHEDULED = levels((day, hour) => (day < 5 && hour >= 8 && hour < 19 ? 1000 : 0));
/** Every day 09:00-23:00 in Japan: what scales out while shops are open. */
export const SHOP_HOURS = levels((_, hour) => (hour >= 9 && hour < 23 ? 1000 : 0));
/** Quiet nights and busy evenings in Japan, never off. */
export const EVENING_PEAK = levels((_, hour) => (hour >= 18 && hour < 23 ? 1000 : hour >= 8 ? 600 : 250));

/** `levelOf` speaks Japanese time (day 0 is Monday), the table speaks UTC. */
function levels(levelOf: (day: number, hour: number) => number): Uint16Array {
  return Uint16Array.from({ length: HOURS_PER_WEEK }, (_, hourUtc) => {
    const hourInJapan = (hourUtc + 9) % HOURS_PER_WEEK;
    return levelOf(Math.floor(hourInJapan / 24), hourInJapan % 24);
  });
}

export function instanceMeter(
  instanceType: string,
  regionId: RegionId,
  operatingSystem: OperatingSystem,
  hours: Uint16Array = ALWAYS,
): HourlyMeter {
  const rates = ec2Rates(instanceType, regionId, operatingSystem);
  if (!rates) throw new Error(`no price for ${instanceType} ${operatingSystem} in ${regionId}`);
  return {
    name: {
      serviceName: EC2_SERVICE,
      usageType: usageTypeIn(regionId, `BoxUsage:${instanceType}`),
      operation: EC2_OPERATION[operatingSystem],
      usageUnit: 'Hrs',
    },
    onDemandRate: rates.onDemand,
    savingsPlanRate: rates.reservedConvertible,
    quantityPerHour: ONE,
    levels: hours,
  };
}

/** RDS shortens most sizes on the bill and in usage types of the price list: "db.r5.2xl". */
export function billedClass(instanceClass: string): string {
  return instanceClass.replace(/xlarge$/, 'xl');
}

export function databaseMeter(instanceClass: string, engine: RdsEngine, regionId: RegionId, multiAz: boolean): HourlyMeter {
  return {
    name: {
      serviceName: RDS_SERVICE,
      usageType: usageTypeIn(regionId, `${multiAz ? 'Multi-AZUsage' : 'InstanceUsage'}:${billedClass(instanceClass)}`),
      operation: RDS_OPERATION[engine],
      usageUnit: 'Hrs',
    },
    onDemandRate: rdsRate(instanceClass, engine, regionId, multiAz),
    savingsPlanRate: null,
    quantityPerHour: ONE,
    levels: ALWAYS,
  };
}

/** Usage of containers and functions that Compute Savings Plans cover. */
export const SERVERLESS = [
  'fargateVcpu',
  'fargateGb',
  'fargateArmVcpu',
  'fargateArmGb',
  'lambdaSeconds',
  'lambdaArmSeconds',
  'lambdaProvisioned',
  'lambdaProvisionedSeconds',
] as const satisfies readonly TariffKey[];
export type ServerlessKey = (typeof SERVERLESS)[number];

/** Fargate and Lambda: a fraction or a multiple of a unit each hour. */
export function serverlessMeter(
  key: ServerlessKey,
  regionId: RegionId,
  quantityPerHour: TenBillionths,
  hours: Uint16Array,
): HourlyMeter {
  const onDemandRate = tariffRate(key, regionId);
  const percent = key.startsWith('lambda') ? LAMBDA_PLAN_PERCENT : FARGATE_PLAN_PERCENT;
  return {
    name: tariffName(key, regionId),
    onDemandRate,
    savingsPlanRate: (onDemandRate * percent) / 100n,
    quantityPerHour,
    levels: hours,
  };
}

export function tariffRate(key: TariffKey, regionId: RegionId): TenBillionths {
  return units(TARIFFS[key].rate[regionId]);
}

export function tariffName(key: TariffKey, regionId: RegionId): MeterName {
  const { serviceName, kind, operation, usageUnit } = TARIFFS[key];
  return { serviceName, usageType: usageTypeIn(regionId, kind), operation, usageUnit };
}

type Options = Partial<Pick<PlainMeter, 'noisePerMille' | 'weekendPerMille' | 'growthPerDayPpm' | 'salt' | 'discountPerMille'>>;

/** `quantity` of a tariff per `basis`; steady unless told otherwise. */
export function plainMeter(
  key: TariffKey,
  regionId: RegionId,
  basis: PlainMeter['basis'],
  quantity: TenBillionths,
  options: Options = {},
): PlainMeter {
  return {
    name: tariffName(key, regionId),
    rate: tariffRate(key, regionId),
    basis,
    quantity,
    noisePerMille: 0,
    weekendPerMille: 1000,
    growthPerDayPpm: 0,
    salt: 0,
    discountPerMille: 0,
    ...options,
  };
}
