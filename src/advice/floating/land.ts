import type { Day } from '../../kernel/calendar.ts';
import { Exact } from '../../kernel/money.ts';
import { type FloatingPlanType, floatingPlanOf } from './plan-reach.ts';
import type { PooledUsage, SharingPool } from './sharing-pool.ts';
import type { Bucket } from './split-usage.ts';

/** Dollars of commitment that one day's usage no longer takes. */
export interface Release {
  readonly bucket: Bucket;
  readonly amount: Exact;
  /** Commitment per on-demand dollar, for usage whose own rate is not known. */
  readonly rate: Exact;
  /** Of reservations: normalised units that the amount pays; null where sizes do not say. */
  readonly units: Exact | null;
}

/** On-demand cost that others no longer pay, by account and by the usage that took it up; and commitment that nobody takes. */
export interface Landed {
  readonly byUsage: ReadonlyMap<PooledUsage, Exact>;
  readonly total: Exact;
  readonly stranded: Exact;
}

/** What is left of each usage on the day, while releases land one after the other. */
export type Room = (usage: PooledUsage) => Exact;

const ZERO = new Exact(0);
/** Beyond the last digit of any bill. */
const NOTHING = new Exact('1e-12');

/**
 * Lands one release on a day, as AWS applies commitments: a reservation or a family's plan goes to usage of its kind, first what is on
 * demand, then what a floating plan pays, which sets that plan free; a floating plan goes down its list. What finds no usage is stranded.
 * `take` notes what is no longer on demand, so that the next release finds it gone.
 */
export function land(
  release: Release,
  day: Day,
  pool: Pick<SharingPool, 'onDemand' | 'covered'>,
  room: Room,
  take: (usage: PooledUsage, cost: Exact) => void,
): Landed {
  const byUsage = new Map<PooledUsage, Exact>();
  const { bucket } = release;
  const onto = (
    list: readonly PooledUsage[],
    amount: Exact,
    rateOf: (usage: PooledUsage) => Exact,
    note: (usage: PooledUsage, cost: Exact) => void,
  ) => {
    let left = amount;
    for (const usage of list) {
      if (left.lte(NOTHING)) break;
      const [cost, rate] = [room(usage), rateOf(usage)];
      if (cost.lte(0) || rate.lte(0)) continue;
      const used = Exact.min(left, cost.mul(rate));
      left = left.minus(used);
      note(usage, used.div(rate));
    }
    return left;
  };
  const save = (usage: PooledUsage, cost: Exact): void => {
    take(usage, cost);
    byUsage.set(usage, (byUsage.get(usage) ?? ZERO).plus(cost));
  };
  const poolRate = (usage: PooledUsage): Exact => usage.poolRate ?? release.rate;
  let floating = release.amount;
  let stranded = ZERO;
  if (bucket.kind !== 'pool') {
    const matching = (usage: PooledUsage): boolean => isOf(usage, bucket);
    const rateOf = (usage: PooledUsage): Exact => restrictedRate(usage, release, day);
    const rest = onto(pool.onDemand.filter(matching), release.amount, rateOf, save);
    floating = ZERO;
    stranded = onto(pool.covered.filter(matching), rest, rateOf, (usage, cost) => {
      take(usage, cost);
      floating = floating.plus(cost.mul(poolRate(usage)));
    });
  }
  const planType = floatingTypeOf(bucket);
  const payable = pool.onDemand.filter((usage) => planType !== null && floatingPlanOf(usage.serviceName) === planType);
  stranded = stranded.plus(onto(payable, floating, poolRate, save));
  return { byUsage, total: [...byUsage.values()].reduce((sum, cost) => sum.plus(cost), ZERO), stranded };
}

/** The plan that floats in the end: the freed one itself, or the one that a reservation or a family's plan sets free. */
function floatingTypeOf(bucket: Bucket): FloatingPlanType | null {
  if (bucket.kind === 'pool') return bucket.planType;
  return bucket.kind === 'units' ? floatingPlanOf(bucket.serviceName) : 'Compute';
}

function isOf(usage: PooledUsage, bucket: Exclude<Bucket, { kind: 'pool' }>): boolean {
  if (usage.regionId !== bucket.regionId) return false;
  if (bucket.kind === 'family') return usage.machine?.family === bucket.family && !usage.meterKind.includes('db.');
  return usage.serviceName === bucket.serviceName && usage.machine?.flexGroup === bucket.flexGroup;
}

/** Commitment per on-demand dollar of the usage, for a plan or a reservation that is bound to its family. */
function restrictedRate(usage: PooledUsage, { bucket, rate, amount, units }: Release, day: Day): Exact {
  if (bucket.kind === 'family') return usage.familyRate ?? rate;
  const [hours, cost, perHour] = [usage.quantityOn.get(day), usage.costOn.get(day), usage.machine?.unitsPerHour];
  if (units === null || units.lte(0) || !perHour || !hours || !cost || cost.lte(0)) return rate;
  return hours.mul(perHour).div(cost).mul(amount.div(units));
}
