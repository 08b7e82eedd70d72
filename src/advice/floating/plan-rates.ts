import { Exact, exact } from '../../kernel/money.ts';
import type { Commitment, PlanType } from '../../ledger/commitment.ts';
import { usageTypeOf } from '../../ledger/meter.ts';
import type { SavingsPlanRate } from '../../ledger/savings-plan-rate.ts';
import type { SnapshotView } from '../snapshot-view.ts';

/** Which usage, at which on-demand price a unit. */
export interface RatedUsage {
  readonly regionId: string;
  readonly meterKind: string;
  /** Null: not known, so it is told from the price. */
  readonly operation: string | null;
  readonly onDemandUnitPrice: Exact;
}

const indexes = new WeakMap<SnapshotView, Map<string, SavingsPlanRate[]>>();

/**
 * Plan price per unit of the usage; null where no rate is known. Of several owned terms and payments the dearest is taken, so that nothing is
 * promised that a cheaper plan alone would bring. Where the operation is not known it is the one whose rate lies next below the price: a
 * plan takes nothing off a licence, so Windows at a plan still costs more than Linux on demand.
 */
export function planUnitPrice(
  usage: RatedUsage,
  planType: PlanType,
  owned: readonly Commitment[],
  view: SnapshotView,
): Exact | null {
  const usageType = usageTypeOf({ kind: usage.meterKind, regionId: usage.regionId });
  if (usageType === undefined || usage.onDemandUnitPrice.lte(0)) return null;
  const known = ratesByUsage(view).get(`${planType}\n${usageType}`) ?? [];
  const own = known.filter(({ operation }) => usage.operation !== null && operation === usage.operation);
  const candidates = (own.length > 0 ? own : known).flatMap((rate) => ownedRate(rate, planType, owned));
  const below = candidates.filter((rate) => rate.lt(usage.onDemandUnitPrice));
  return below.reduce<Exact | null>((best, rate) => (best === null || rate.gt(best) ? rate : best), null);
}

function ownedRate({ rates }: SavingsPlanRate, planType: PlanType, owned: readonly Commitment[]): Exact[] {
  const terms = owned.filter((plan) => plan.planType === planType);
  const isOwned = ({ termYears, paymentOption }: SavingsPlanRate['rates'][number]): boolean =>
    terms.some((plan) => plan.termYears === termYears && plan.paymentOption === paymentOption);
  const found = rates.filter((rate) => terms.length === 0 || isOwned(rate)).map(({ rate }) => exact(rate));
  return found.length === 0 ? [] : [found.reduce((most, rate) => Exact.max(most, rate))];
}

function ratesByUsage(view: SnapshotView): Map<string, SavingsPlanRate[]> {
  const known = indexes.get(view);
  if (known) return known;
  const index = new Map<string, SavingsPlanRate[]>();
  for (const rate of view.snapshot.savingsPlanRates) {
    if (rate.currency !== view.snapshot.currency || (rate.tenancy !== null && rate.tenancy !== 'shared')) continue;
    const key = `${rate.planType}\n${rate.usageType}`;
    const group = index.get(key);
    if (group) group.push(rate);
    else index.set(key, [rate]);
  }
  indexes.set(view, index);
  return index;
}
