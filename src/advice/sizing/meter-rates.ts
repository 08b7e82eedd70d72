import type { PaymentOption, PlanType } from '../../ledger/commitment.ts';
import { usageTypeOf } from '../../ledger/meter.ts';
import { instancePrice } from '../detectors/shared/ec2.ts';
import { listPrice } from '../detectors/shared/priced.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { CoverableSeries } from './coverable-series.ts';

/** What a rate was taken from: AWS's own rates of Savings Plans, the price of a reserved machine that stands in, or AWS's own advice. */
export type RateSource = 'savingsPlanRates' | 'reservedPrice' | 'awsAdvice';

/** What one offer costs per on-demand dollar of one usage type. */
export interface MeterRate {
  readonly planType: string;
  readonly termYears: 1 | 3;
  readonly paymentOption: PaymentOption;
  readonly rate: number;
  readonly source: RateSource;
}

/** Of machines, containers and functions: AWS's own rates, or what stands in for them. */
export function meterRates(series: CoverableSeries, view: SnapshotView): MeterRate[] {
  const told = toldRates(series, view);
  return told.length > 0 || series.family.kind !== 'machine' ? told : standInRates(series, view);
}

/** AWS's own rates. For machines those of Linux: a licence on the machine is not discounted. */
function toldRates(series: CoverableSeries, view: SnapshotView): MeterRate[] {
  const { family, meterKind, unitCost } = series;
  const usageType = usageTypeOf({ kind: meterKind, regionId: family.regionId });
  const machine = machineOf(series);
  const list = machine && listPrice(instancePrice(machine), view);
  if (unitCost === null || unitCost <= 0 || (machine && typeof list === 'string')) return [];
  return view.snapshot.savingsPlanRates
    .filter((rate) => rate.usageType === usageType && isPlain(rate.productDescription) && isShared(rate.tenancy))
    .flatMap((known) =>
      known.rates.map(({ termYears, paymentOption, rate }) => ({
        planType: known.planType satisfies PlanType,
        termYears,
        paymentOption,
        rate: list ? shareLeft(Number(rate), Number(list), unitCost) : Math.min(1, Number(rate) / unitCost),
        source: 'savingsPlanRates' as const,
      })),
    )
    .filter(({ rate }) => rate > 0);
}

const isPlain = (productDescription: string | null): boolean =>
  productDescription === null || productDescription === 'Linux/UNIX';
const isShared = (tenancy: string | null): boolean => tenancy === null || tenancy.toLowerCase() === 'shared';

function machineOf({ family, meterKind }: CoverableSeries) {
  const instanceType = family.kind === 'machine' ? meterKind.split(':')[1] : undefined;
  return instanceType === undefined ? null : { regionId: family.regionId, instanceType, operatingSystem: 'Linux' };
}

/** "Compute Savings Plans prices are similar to Convertible Reserved Instances" (Savings Plans user guide, read 2026-11). */
function standInRates(series: CoverableSeries, view: SnapshotView): MeterRate[] {
  const machine = machineOf(series);
  if (machine === null || series.unitCost === null || series.unitCost <= 0) return [];
  const list = listPrice(instancePrice(machine), view);
  const reserved = listPrice(instancePrice(machine, 'reserved1yNoUpfrontConvertible'), view);
  if (typeof list === 'string' || typeof reserved === 'string') return [];
  const rate = shareLeft(Number(reserved), Number(list), series.unitCost);
  return [{ planType: 'Compute', termYears: 1, paymentOption: 'NoUpfront', rate, source: 'reservedPrice' }];
}

/**
 * What is paid of each dollar on the bill. Plan and list differ by an amount an hour, whatever licence is on the machine; a discount that the
 * bill shows lowers both alike.
 */
function shareLeft(planPrice: number, listPriceOfLinux: number, unitCost: number): number {
  const saved = Math.max(0, 1 - planPrice / listPriceOfLinux);
  return 1 - saved / Math.max(1, unitCost / listPriceOfLinux);
}
