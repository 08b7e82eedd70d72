import type { Day } from '../../kernel/calendar.ts';
import type { AREA_WASTES } from './build/areas/index.ts';
import type { System } from './company.ts';
import type { EstateResource, TenBillionths } from './types.ts';

export const HOURS_PER_WEEK = 168;

/** What is on the bill beside resource, day and amounts. */
export interface MeterName {
  readonly serviceName: string;
  readonly usageType: string;
  readonly operation: string;
  readonly usageUnit: string;
}

/** Usage that no commitment can cover. `quantity` is per month (spread over its days), per hour, or per day. */
export interface PlainMeter {
  readonly name: MeterName;
  readonly rate: TenBillionths;
  readonly basis: 'month' | 'hour' | 'day';
  readonly quantity: TenBillionths;
  /** How much a day may differ, in thousandths; 0 is steady. */
  readonly noisePerMille: number;
  /** What is left of it on Saturdays and Sundays (UTC), in thousandths. */
  readonly weekendPerMille: number;
  /** Growth since the resource's first day, in millionths a day, of the first day's quantity. */
  readonly growthPerDayPpm: number;
  readonly salt: number;
  /** Private discount on the service, in thousandths of the cost. */
  readonly discountPerMille: number;
}

/** Usage by the hour that Reserved Instances, and where it has a rate Savings Plans, can cover. */
export interface HourlyMeter {
  readonly name: MeterName;
  readonly onDemandRate: TenBillionths;
  /** What a Compute Savings Plan charges for one unit; null: no plan covers it. */
  readonly savingsPlanRate: TenBillionths | null;
  readonly quantityPerHour: TenBillionths;
  /** Thousandths of the quantity by hour of the week, Monday 00:00 UTC first. Shared between assets, never written to. */
  readonly levels: Uint16Array;
}

/** A Reserved Instance, 1 year, no upfront: bought for one always-on resource and used by it every hour. */
export interface Reservation {
  readonly arn: string;
  readonly start: Day;
  /** First day that it no longer covers. */
  readonly end: Day;
  readonly rate: TenBillionths;
  readonly feeUsageType: string;
}

export type WasteKind =
  | 'ec2InstanceIdle'
  | 'ec2InstanceOversized'
  | 'ebsVolumeUnattached'
  | 'ebsVolumeGp2'
  | 'rdsInstanceIdle'
  | 'rdsInstanceOversized'
  | 'natGatewayIdle'
  | 'loadBalancerIdle'
  | 'publicIpv4Idle'
  | 'ec2InstancePreviousGeneration'
  | 'rdsExtendedSupport'
  | 'computeUsageUncovered'
  | 'mgnReplicationServer'
  | 'dmsInstanceIdle'
  | keyof typeof AREA_WASTES;

/** What a resource is charged for. */
export interface Usage {
  readonly hourly: readonly HourlyMeter[];
  readonly plain: readonly PlainMeter[];
}

/** One resource with everything the sandbox knows of it: what is billed, what is wrong with it, and what acting would leave. */
export interface Asset {
  readonly resource: EstateResource;
  readonly system: System;
  readonly usage: Usage;
  readonly reservation: Reservation | null;
  readonly waste: {
    readonly kind: WasteKind;
    readonly after: Usage;
    /** The bill names no such resource to the product: the truth names the account. */
    readonly isOfAccount?: boolean;
  } | null;
  readonly decoy: string | null;
}

export const NOTHING: Usage = { hourly: [], plain: [] };

export function isOn(resource: Pick<EstateResource, 'from' | 'until'>, day: Day): boolean {
  return resource.from <= day && (resource.until === null || day < resource.until);
}
