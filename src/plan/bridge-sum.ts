import type { Month } from '../kernel/calendar.ts';
import { fractionDigits } from '../kernel/locale.ts';
import { type DecimalString, Exact, plain, rounded } from '../kernel/money.ts';
import { type BridgeFacts, bridgeParts, STEP_IDS, type StepId, type StepPart } from './bridge.ts';
import type { ExpectedLine } from './expected.ts';

/** One month on both sides: the plan in its own currency, everything else in the bill's. */
export interface BridgeMonth extends BridgeFacts {
  readonly month: Month;
  /** Invoice less running cost: credits, refunds, tax, support, and commitments paid at another time than used. null: on the running basis. */
  readonly besideRunning: readonly { readonly workload: string | null; readonly cost: Exact }[] | null;
  /** Units of the plan's currency for one of the bill's in this month; null: not known. Without meaning where both are one. */
  readonly rate: Exact | null;
}

export interface BridgeInput {
  readonly currency: string;
  /** Units of the plan's currency for one of the bill's; null: both are one. */
  readonly planningRate: Exact | null;
  readonly months: readonly BridgeMonth[];
}

/** A piece of a step in the plan's currency, not rounded. */
export interface BridgePart extends Omit<StepPart, 'amount' | 'stepId'> {
  readonly amount: DecimalString;
}

export interface BridgeStep {
  readonly id: StepId;
  /** In whole minor units of the currency. plan + all steps = actual. */
  readonly amount: DecimalString;
  /** Largest first. Their exact sum, rounded, is `amount`. */
  readonly parts: readonly BridgePart[];
}

export interface Bridge {
  readonly plan: DecimalString;
  readonly actual: DecimalString;
  readonly currency: string;
  /** True: some month's exchange rate is not known, so `actual` is at the planning rate. */
  readonly isAtPlanningRate: boolean;
  readonly steps: readonly BridgeStep[];
}

const NOTHING = new Exact(0);

/**
 * The bridge over one or more months, each worked out by itself. Every step is rounded by itself and `remainder` takes what rounding leaves,
 * so the printed figures sum exactly. Steps that nothing supports are left out.
 */
export function bridgeOver({ currency, planningRate, months }: BridgeInput): Bridge {
  const isAtPlanningRate = planningRate !== null && months.some(({ rate }) => rate === null);
  const given = months.map((month) =>
    planningRate === null
      ? converted({ ...month, rate: null }, new Exact(1), false)
      : converted(month, planningRate, isAtPlanningRate),
  );
  const parts = given.flatMap((month) => month.parts);
  const digits = fractionDigits(currency);
  const plan = rounded(sumOf(given.map((month) => month.plan)), digits);
  const actual = rounded(sumOf(given.map((month) => month.actual)), digits);
  const named = STEP_IDS.filter((id) => id !== 'remainder').flatMap((id) => stepOf(id, parts, digits));
  const remainder = named.reduce((left, { amount }) => left.minus(amount), new Exact(actual).minus(plan));
  return {
    plan,
    actual,
    currency,
    isAtPlanningRate,
    steps: [...named, { id: 'remainder', amount: rounded(remainder, digits), parts: [] }],
  };
}

/** Bill amounts at the planning rate; what the month's own rate makes of them is a step of its own. */
function converted(
  month: BridgeMonth,
  planningRate: Exact,
  isAtPlanningRate: boolean,
): { readonly plan: Exact; readonly actual: Exact; readonly parts: readonly StepPart[] } {
  const scaled = scaledFacts(month, planningRate);
  const expected = month.expected.filter(({ line }) => line.kind === 'aws');
  const tax = month.besideRunning === null ? NOTHING : sumOf(expected.map((line) => line.tax));
  const besideRunning = sumOf((month.besideRunning ?? []).map(({ cost }) => cost));
  const plan = sumOf(expected.map(({ cost }) => cost)).plus(tax);
  const billed = sumOf(month.actual.map(({ cost }) => cost)).plus(besideRunning);
  const actual = billed.mul(isAtPlanningRate ? planningRate : (month.rate ?? planningRate));
  const whole = { workload: null, serviceName: null, recommendationIds: [] };
  const parts: StepPart[] = [...bridgeParts(scaled)];
  if (month.besideRunning !== null) {
    parts.push({ ...whole, stepId: 'creditsRefundsTaxSupport', amount: besideRunning.mul(planningRate).minus(tax) });
  }
  const exchange = actual.minus(billed.mul(planningRate));
  if (!exchange.isZero()) parts.push({ ...whole, stepId: 'exchangeRate', amount: exchange });
  return { plan, actual, parts };
}

function scaledFacts({ expected, actual, usage, wastes }: BridgeFacts, rate: Exact): BridgeFacts {
  return {
    expected,
    actual: actual.map((item) => ({
      ...item,
      cost: item.cost.mul(rate),
      costBeforeCutOver: item.costBeforeCutOver.mul(rate),
    })),
    usage: usage.map((item) => ({
      ...item,
      effectiveCost: item.effectiveCost.mul(rate),
      onDemandCost: item.onDemandCost?.mul(rate) ?? null,
    })),
    wastes: wastes.map((item) => ({ ...item, cost: item.cost.mul(rate) })),
  };
}

function stepOf(id: StepId, parts: readonly StepPart[], digits: number): readonly BridgeStep[] {
  const own = parts.filter((part) => part.stepId === id);
  if (own.length === 0) return [];
  return [{ id, amount: rounded(sumOf(own.map(({ amount }) => amount)), digits), parts: gathered(own) }];
}

/** Over months: the same workload and service are one piece. */
function gathered(parts: readonly StepPart[]): readonly BridgePart[] {
  const pieces = Map.groupBy(parts, ({ workload, serviceName }) => JSON.stringify([workload, serviceName]));
  return [...pieces.values()]
    .map((own) => {
      const { workload = null, serviceName = null } = own[0] ?? {};
      const recommendationIds = [...new Set(own.flatMap((part) => part.recommendationIds))];
      return { workload, serviceName, recommendationIds, amount: sumOf(own.map(({ amount }) => amount)) };
    })
    .toSorted((a, b) => b.amount.abs().comparedTo(a.amount.abs()) || (nameOf(a) < nameOf(b) ? -1 : 1))
    .map((piece) => ({ ...piece, amount: plain(piece.amount) }));
}

function nameOf({ workload, serviceName }: Pick<StepPart, 'workload' | 'serviceName'>): string {
  return JSON.stringify([workload, serviceName]);
}

function sumOf(amounts: readonly Exact[]): Exact {
  return amounts.reduce((sum, amount) => sum.plus(amount), NOTHING);
}

/** Where only part of the plan is asked for: its own lines, and the actual cost that it has. */
export function onlyWorkload(month: BridgeMonth, workload: string): BridgeMonth {
  const isOwn = (item: { readonly workload: string | null }): boolean => item.workload === workload;
  return {
    ...month,
    expected: month.expected.filter((line: ExpectedLine) => isOwn(line)),
    actual: month.actual.filter(isOwn),
    usage: month.usage.filter(isOwn),
    wastes: month.wastes.filter(isOwn),
    besideRunning: month.besideRunning?.filter(isOwn) ?? null,
  };
}
