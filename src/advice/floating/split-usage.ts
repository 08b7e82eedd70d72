import type { Day } from '../../kernel/calendar.ts';
import { Exact } from '../../kernel/money.ts';
import type { Commitment, PlanType } from '../../ledger/commitment.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import type { MeterUsage } from './meter-usage.ts';
import { planUnitPrice } from './plan-rates.ts';
import { type FloatingPlanType, floatingPlanOf, mayPay } from './plan-reach.ts';
import { machineMeter } from './size-units.ts';

/** Which commitment pays: a plan over all families, one family's plan, or a reservation within its family. */
export type Bucket =
  | { readonly kind: 'pool'; readonly planType: FloatingPlanType | null }
  | { readonly kind: 'family'; readonly regionId: string; readonly family: string }
  | { readonly kind: 'units'; readonly serviceName: string; readonly regionId: string; readonly flexGroup: string };

/** One day's usage, taken apart into what was on demand and what a commitment paid. */
export interface SplitDay {
  readonly day: Day;
  readonly quantity: Exact;
  /** At on-demand prices as far as the bill tells them, covered or not. */
  readonly cost: Exact;
  readonly onDemand: Exact;
  readonly bucket: Bucket;
  /** Dollars of commitment that it takes. */
  readonly committed: Exact;
  /** Commitment per on-demand dollar. */
  readonly rate: Exact;
  /** Of reservations: normalised units that the commitment pays; null where sizes do not say. */
  readonly units: Exact | null;
}

const ZERO = new Exact(0);
/** Rates have few digits: usage that is covered but for so little is covered. */
const NEARLY = new Exact('0.9995');

/**
 * A Savings Plan leaves the on-demand price on covered usage, so billed less effective cost is what it saved, and with the plan's rate
 * that tells how much is covered. Where the rate is not known, all of it counts as covered.
 * A reservation leaves nothing, so what it pays is known and what it replaces is not.
 */
export function splitDays(usage: MeterUsage, commitments: readonly Commitment[], view: SnapshotView): readonly SplitDay[] {
  const total = usage.days.reduce((sum, item) => sum.plus(item.billed), ZERO);
  const effective = usage.days.reduce((sum, item) => sum.plus(item.effective), ZERO);
  if (total.lt(effective)) return usage.days.map((item) => ofReservation(item, usage));
  const bucket = planBucket(usage, commitments, view);
  const listed = planRate(usage, bucket.kind === 'pool' ? bucket.planType : 'EC2Instance', commitments, view);
  const rate = listed ?? effective.div(total);
  return usage.days.map(({ day, quantity, billed, effective: paid }) => {
    const saved = billed.minus(paid);
    const all = saved.lte(0) || rate.gte(1) ? ZERO : Exact.min(billed, saved.div(new Exact(1).minus(rate)));
    const covered = all.gte(billed.mul(NEARLY)) ? billed : all;
    const onDemand = billed.minus(covered);
    return { day, quantity, cost: billed, onDemand, bucket, committed: paid.minus(onDemand), rate, units: null };
  });
}

function ofReservation({ day, quantity, billed, effective }: MeterUsage['days'][number], usage: MeterUsage): SplitDay {
  const { serviceName, regionId, meterKind } = usage;
  const machine = machineMeter(meterKind);
  const amount = Exact.max(0, effective.minus(billed));
  // The hours that were on demand are not told apart from those that were reserved but by what they cost.
  const reserved = effective.gt(0) ? quantity.mul(amount).div(effective) : quantity;
  const bucket = { kind: 'units', serviceName, regionId, flexGroup: machine?.flexGroup ?? meterKind } as const;
  const units = machine?.unitsPerHour ? reserved.mul(machine.unitsPerHour) : null;
  return { day, quantity, cost: effective, onDemand: billed, bucket, committed: amount, rate: new Exact(1), units };
}

/** A family's own plan goes first; where both kinds are owned, the discount tells which one it was. */
function planBucket(usage: MeterUsage, commitments: readonly Commitment[], view: SnapshotView): Bucket {
  const family = machineMeter(usage.meterKind)?.family;
  const own = commitments.some(
    (plan) => plan.planType === 'EC2Instance' && plan.instanceFamily === family && plan.regionId === usage.regionId,
  );
  const pool = { kind: 'pool', planType: floatingPlanOf(usage.serviceName) } as const;
  if (family === undefined || !own) return pool;
  const bucket = { kind: 'family', regionId: usage.regionId, family } as const;
  if (!commitments.some((plan) => mayPay(plan, pool.planType))) return bucket;
  const seen = shareLeft(usage);
  const [bound, floating] = [
    planRate(usage, 'EC2Instance', commitments, view),
    planRate(usage, pool.planType, commitments, view),
  ];
  if (bound === null || floating === null) return bucket;
  return bound.minus(seen).abs().lte(floating.minus(seen).abs()) ? bucket : pool;
}

function planRate(
  usage: MeterUsage,
  planType: PlanType | null,
  commitments: readonly Commitment[],
  view: SnapshotView,
): Exact | null {
  const [cost, quantity] = [sumOf(usage, 'billed'), sumOf(usage, 'quantity')];
  if (quantity.lte(0) || planType === null) return null;
  const onDemandUnitPrice = cost.div(quantity);
  const price = planUnitPrice({ ...usage, onDemandUnitPrice }, planType, commitments, view);
  return price?.div(onDemandUnitPrice) ?? null;
}

function shareLeft(usage: MeterUsage): Exact {
  const billed = sumOf(usage, 'billed');
  return billed.gt(0) ? sumOf(usage, 'effective').div(billed) : new Exact(1);
}

function sumOf({ days }: MeterUsage, amount: 'billed' | 'effective' | 'quantity'): Exact {
  return days.reduce((sum, item) => sum.plus(item[amount]), ZERO);
}
