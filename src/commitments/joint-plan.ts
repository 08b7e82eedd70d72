import { applyCommitments, type Commitments } from './apply.ts';
import { familyLevel } from './family-plan.ts';
import { coverOrder, poolCommitment } from './pool-plan.ts';
import { type HourlyUsage, hoursOf } from './usage.ts';

export interface JointPlan extends Commitments {
  /** Dollars an hour under these commitments in AWS's order. */
  readonly cost: number;
  /** No commitments whatever can cost less: the proof of how good these are. */
  readonly lowerBound: number;
  /** (cost - lowerBound) / cost. */
  readonly certifiedGap: number;
}

/** Where there is time for it: a rounding error in the cost of a year, and no better plan. */
const TARGET_GAP = 1e-7;
/** For years of many families. */
const ENOUGH_GAP = 5e-5;
/** Work spent on closing the last of the gap: small cases are solved to the last digit, large ones to a thousandth of a percent. */
const WORK = 4e8;
const LEAST_ROUNDS = 40;
const MOST_ROUNDS = 4_000;

/**
 * Family plans and one pool plan together. Buying them one after the other is not optimal: what a family plan is worth depends on how
 * often the pool overflows. In turns: the weights of the hours (what a dollar of pool commitment is worth in each, mean 1) give each
 * family's best level as a weighted quantile and, summed, a lower bound for every possible purchase; averaged levels give the best pool
 * and new weights. Ends when cost and bound meet. Rates per family: NaN where there is no such plan.
 */
export function jointPlan(usage: HourlyUsage, familyRates: Float64Array, poolRates: Float64Array): JointPlan {
  const sorted = descendingHours(usage);
  const n = usage.families.length;
  let best: JointPlan | null = null;
  let lowerBound = 0;
  const consider = (levels: Float64Array): Float64Array => {
    const pool = bestPool(usage, levels, poolRates);
    const plan = { familyRates, poolRates, familyLevels: levels.slice(), poolCommitment: pool.commitment };
    const { cost } = applyCommitments(usage, plan);
    if (best === null || cost < best.cost) best = { ...plan, cost, lowerBound: 0, certifiedGap: 0 };
    return pool.weights;
  };
  consider(new Float64Array(n));
  const averaged = Float64Array.from({ length: n }, (_, family) =>
    familyLevel(hoursOf(usage, family), familyRates[family] as number),
  );
  const weights = consider(averaged).slice();
  const levels = new Float64Array(n);
  const rounds = Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, Math.floor(WORK / (n * usage.hours + 1))));
  for (let round = 1; round <= rounds; round += 1) {
    lowerBound = Math.max(lowerBound, bestLevels(usage, sorted, { familyRates, poolRates, weights }, levels));
    const gap = gapOf((best as JointPlan | null)?.cost ?? 0, lowerBound);
    if (gap <= (rounds < MOST_ROUNDS ? ENOUGH_GAP : TARGET_GAP)) break;
    const step = 2 / (round + 2);
    for (let family = 0; family < n; family += 1)
      averaged[family] = toward(averaged[family] as number, levels[family] as number, step);
    const answer = consider(averaged);
    for (let hour = 0; hour < usage.hours; hour += 1)
      weights[hour] = toward(weights[hour] as number, answer[hour] as number, step);
  }
  const found = best as JointPlan | null;
  if (found === null) throw new Error('a plan was considered and none was kept');
  const bound = Math.min(lowerBound, found.cost);
  return { ...found, lowerBound: bound, certifiedGap: gapOf(found.cost, bound) };
}

const toward = (from: number, to: number, step: number): number => from + step * (to - from);
const gapOf = (cost: number, bound: number): number => (cost > 0 ? Math.max(0, (cost - bound) / cost) : 0);

/** Each family's hours from the highest usage down. */
function descendingHours(usage: HourlyUsage): Uint32Array {
  const sorted = new Uint32Array(usage.families.length * usage.hours);
  for (let family = 0; family < usage.families.length; family += 1) {
    const own = hoursOf(usage, family);
    const order = Uint32Array.from(own.keys()).sort((a, b) => (own[b] as number) - (own[a] as number));
    sorted.set(order, family * usage.hours);
  }
  return sorted;
}

interface Prices {
  readonly familyRates: Float64Array;
  readonly poolRates: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Each family's cheapest level when an uncovered dollar costs `min(1, poolRate x weight)` in its hour, and the sum of what that costs:
 * a lower bound of the whole. Writes the levels.
 */
function bestLevels(usage: HourlyUsage, sorted: Uint32Array, prices: Prices, levels: Float64Array): number {
  const { hours, onDemandCost } = usage;
  let bound = 0;
  for (let family = 0; family < levels.length; family += 1) {
    const start = family * hours;
    const rate = prices.familyRates[family] as number;
    const poolRate = prices.poolRates[family] as number;
    const needed = Number.isNaN(rate) ? Number.POSITIVE_INFINITY : rate * hours;
    let seen = 0;
    let paid = 0;
    levels[family] = 0;
    for (let place = 0; place < hours; place += 1) {
      const hour = sorted[start + place] as number;
      const cost = onDemandCost[start + hour] as number;
      const viaPool = poolRate * (prices.weights[hour] as number);
      const weight = viaPool < 1 ? viaPool : 1;
      if (seen + weight >= needed) {
        levels[family] = cost;
        paid += (needed - seen) * cost;
        break;
      }
      seen += weight;
      paid += weight * cost;
    }
    bound += paid / hours;
  }
  return bound;
}

/** The best pool over what the families' own plans leave, and what a dollar of it is worth in each hour: mean 1 at the optimum. */
function bestPool(
  usage: HourlyUsage,
  levels: Float64Array,
  poolRates: Float64Array,
): { readonly commitment: number; readonly weights: Float64Array } {
  const { hours } = usage;
  const left = overLevels(usage, levels);
  const commitment = poolCommitment(left, poolRates, hours);
  const order = coverOrder(poolRates).filter((family) => (poolRates[family] as number) < 1);
  const weights = new Float64Array(hours);
  const edge = new Float64Array(hours);
  let sum = 0;
  let spread = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    const [low, high] = worthAt(left, poolRates, order, { hour, hours, commitment });
    weights[hour] = low;
    edge[hour] = high - low;
    sum += low;
    spread += high - low;
  }
  // On the edge of an item an hour's dollar is worth anything between the item and the next: shared out so that the mean is 1.
  const share = spread > 0 ? Math.max(0, Math.min(1, (hours - sum) / spread)) : 0;
  let total = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    weights[hour] = (weights[hour] as number) + share * (edge[hour] as number);
    total += weights[hour] as number;
  }
  if (total > hours) for (let hour = 0; hour < hours; hour += 1) weights[hour] = ((weights[hour] as number) * hours) / total;
  return { commitment, weights };
}

function overLevels({ hours, onDemandCost }: HourlyUsage, levels: Float64Array): Float64Array {
  const left = new Float64Array(onDemandCost.length);
  for (let family = 0; family < levels.length; family += 1) {
    const level = levels[family] as number;
    const end = (family + 1) * hours;
    for (let at = family * hours; at < end; at += 1) {
      const over = (onDemandCost[at] as number) - level;
      if (over > 0) left[at] = over;
    }
  }
  return left;
}

const ON_THE_EDGE = 1e-12;

/** What the last and the next dollar of the commitment save in an hour; both 0 where all is covered with room to spare. */
function worthAt(
  left: Float64Array,
  rates: Float64Array,
  order: readonly number[],
  { hour, hours, commitment }: { readonly hour: number; readonly hours: number; readonly commitment: number },
): readonly [number, number] {
  let room = commitment;
  let last = 0;
  for (const family of order) {
    const over = left[family * hours + hour] as number;
    if (over <= 0) continue;
    const rate = rates[family] as number;
    const worth = 1 / rate;
    const needed = rate * over;
    if (room <= ON_THE_EDGE * commitment) return [worth, last > 0 ? last : worth];
    if (needed > room * (1 + ON_THE_EDGE)) return [worth, worth];
    room -= needed;
    last = worth;
  }
  return room <= ON_THE_EDGE * commitment ? [0, last] : [0, 0];
}
