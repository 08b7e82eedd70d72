import { AdvisorError } from '../kernel/failure.ts';
import { applyCommitments, type Commitments } from './apply.ts';
import { jointPlan } from './joint-plan.ts';
import { cheapestOffers, type Offer, offersOf, type PlanRate, ratesOf, scopeOf } from './rates.ts';
import { type HourlyUsage, hourlyMean, onlyFamilies } from './usage.ts';

/** One commitment to buy. Amounts are dollars an hour, as means over the series. */
export interface PlanAdvice extends Offer {
  /** '' for a pool, which covers whichever family saves most. */
  readonly family: string;
  readonly hourlyCommitment: number;
  /** What it covers, priced on demand. */
  readonly coveredOnDemand: number;
  /** Share of the commitment that is used, 0 to 1. */
  readonly utilization: number;
  /** `coveredOnDemand` less the commitment. */
  readonly hourlySavings: number;
}

export interface Optimum {
  readonly advice: readonly PlanAdvice[];
  /** Dollars an hour before and after. */
  readonly onDemandCost: number;
  readonly cost: number;
  /** What no purchase from this rate card can go below. */
  readonly lowerBound: number;
  /** (cost - lowerBound) / cost over the usage that some plan can cover. */
  readonly certifiedGap: number;
}

/** Covering less than this a dollar is noise of the arithmetic and no advice. */
const LEAST_COMMITMENT = 1e-9;

/**
 * The best commitments over a series for a rate card: family plans and a pool plan jointly, pools that share no family each for itself.
 * Of several offers of a pool (terms, ways to pay) one is bought; the bound holds for any mixture of them. INVALID_INPUT for a rate that
 * is not between 0 and 1 or a plan type that does not exist.
 */
export function optimise(usage: HourlyUsage, rates: readonly PlanRate[]): Optimum {
  for (const { rate, planType } of rates) {
    scopeOf(planType);
    if (!(rate > 0 && rate <= 1)) throw oddRate(rate, planType);
  }
  const onDemandCost = hourlyMean(usage);
  const parts = componentsOf(usage, rates).map((component) => bestOf(component, rates));
  const covered = new Set(parts.flatMap((part) => part.families));
  const uncoverable = usage.families.filter((family) => !covered.has(family));
  const rest = hourlyMean(
    onlyFamilies(
      usage,
      uncoverable.map((family) => usage.families.indexOf(family)),
    ),
  );
  const cost = parts.reduce((sum, part) => sum + part.cost, 0);
  const lowerBound = parts.reduce((sum, part) => sum + part.lowerBound, 0);
  return {
    advice: parts.flatMap((part) => part.advice).sort(bySavings),
    onDemandCost,
    cost: cost + rest,
    lowerBound: lowerBound + rest,
    certifiedGap: cost > 0 ? Math.max(0, (cost - lowerBound) / cost) : 0,
  };
}

interface Component {
  readonly usage: HourlyUsage;
  readonly poolOffers: readonly Offer[];
}

/** Families that one pool offer ties together are solved together; a family that no pool covers stands alone. */
function componentsOf(usage: HourlyUsage, rates: readonly PlanRate[]): readonly Component[] {
  const poolOffers = offersOf(rates, 'pool').map((offer) => ({ offer, rates: ratesOf(rates, offer, usage.families) }));
  const family = cheapestOffers(rates, usage.families);
  const groups: { families: Set<number>; offers: Offer[] }[] = [];
  for (const { offer, rates: own } of poolOffers) {
    const members = [...own.keys()].filter((index) => Number.isFinite(own[index]));
    const touching = groups.filter((group) => members.some((index) => group.families.has(index)));
    const merged = { families: new Set(members), offers: [offer] };
    for (const group of touching) {
      for (const index of group.families) merged.families.add(index);
      merged.offers.unshift(...group.offers);
      groups.splice(groups.indexOf(group), 1);
    }
    if (members.length > 0) groups.push(merged);
  }
  const pooled = new Set(groups.flatMap((group) => [...group.families]));
  const alone = [...usage.families.keys()].filter((index) => !pooled.has(index) && Number.isFinite(family.rates[index]));
  return [
    ...groups.map((group) => ({
      usage: onlyFamilies(
        usage,
        [...group.families].sort((a, b) => a - b),
      ),
      poolOffers: group.offers,
    })),
    ...alone.map((index) => ({ usage: onlyFamilies(usage, [index]), poolOffers: [] })),
  ];
}

interface Part {
  readonly families: readonly string[];
  readonly advice: readonly PlanAdvice[];
  readonly cost: number;
  readonly lowerBound: number;
}

function bestOf({ usage, poolOffers }: Component, rates: readonly PlanRate[]): Part {
  const { families } = usage;
  const own = cheapestOffers(rates, families);
  const none = new Float64Array(families.length).fill(Number.NaN);
  const pools = poolOffers.map((offer) => ({ offer, rates: ratesOf(rates, offer, families) }));
  const solved = (pools.length === 0 ? [{ offer: null, rates: none }] : pools).map((pool) => ({
    pool,
    plan: jointPlan(usage, own.rates, pool.rates),
  }));
  const best = solved.reduce((cheapest, item) => (item.plan.cost < cheapest.plan.cost ? item : cheapest));
  // Whoever could buy each family's cheapest rate of all pools in one plan would pay at most this little.
  const lowerBound =
    pools.length < 2 ? best.plan.lowerBound : Math.min(best.plan.cost, jointPlan(usage, own.rates, lowest(pools)).lowerBound);
  return { families, advice: adviceOf(usage, best.plan, own.offers, best.pool.offer), cost: best.plan.cost, lowerBound };
}

function lowest(pools: readonly { readonly rates: Float64Array }[]): Float64Array {
  const [first, ...others] = pools;
  return (first?.rates ?? new Float64Array()).map((rate, family) =>
    others.reduce((least, pool) => {
      const other = pool.rates[family] as number;
      return Number.isNaN(least) || other < least ? other : least;
    }, rate),
  );
}

function adviceOf(
  usage: HourlyUsage,
  plan: Commitments,
  offers: readonly (Offer | null)[],
  poolOffer: Offer | null,
): PlanAdvice[] {
  const applied = applyCommitments(usage, plan);
  const advice: PlanAdvice[] = [];
  let coveredByFamilies = 0;
  for (const [family, name] of usage.families.entries()) {
    const offer = offers[family];
    const level = plan.familyLevels[family] as number;
    const rate = plan.familyRates[family] as number;
    if (!offer || !(level * rate > LEAST_COMMITMENT)) continue;
    const used = applied.familyUsed[family] as number;
    coveredByFamilies += used / rate;
    advice.push({ ...offer, family: name, ...figures(level * rate, used / rate, used) });
  }
  if (poolOffer && plan.poolCommitment > LEAST_COMMITMENT) {
    const covered = hourlyMean(usage) - applied.stillOnDemand - coveredByFamilies;
    advice.push({ ...poolOffer, family: '', ...figures(plan.poolCommitment, covered, applied.poolUsed) });
  }
  return advice;
}

function figures(hourlyCommitment: number, coveredOnDemand: number, used: number) {
  const utilization = Math.min(1, used / hourlyCommitment);
  return { hourlyCommitment, coveredOnDemand, utilization, hourlySavings: coveredOnDemand - hourlyCommitment };
}

function bySavings(a: PlanAdvice, b: PlanAdvice): number {
  return b.hourlySavings - a.hourlySavings || (`${a.planType} ${a.family}` < `${b.planType} ${b.family}` ? -1 : 1);
}

function oddRate(rate: number, planType: string): AdvisorError {
  return new AdvisorError(
    'INVALID_INPUT',
    `The rate ${rate} of ${planType} is not between 0 and 1`,
    'Write what the plan costs per on-demand dollar: 0.72 for a discount of 28 %.',
  );
}
