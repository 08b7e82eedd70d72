import type { Recommendation } from '../../advice/recommendation.ts';
import { addDays, type Day, hoursInMonth, type Month, monthOf, monthsIn, type Period } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { type DecimalString, Exact, exact, HOURS_PER_MONTH, plain } from '../../kernel/money.ts';
import type { Waste } from '../../plan/bridge.ts';
import { type Bridge, type BridgeMonth, bridgeOver, onlyWorkload } from '../../plan/bridge-sum.ts';
import { expectedIn } from '../../plan/expected.ts';
import { LINE_KINDS, type Plan } from '../../plan/plan.ts';
import type { Context } from '../context.ts';
import type { CostBasis } from '../ports/ledger.ts';
import type { WorkloadCost, WorkloadUsage } from '../ports/workload-facts.ts';
import { workloadsWithoutCost } from '../workloads-without-cost.ts';
import {
  type BridgeQuestion,
  billCurrencyOf,
  periodOf,
  planningRateOf,
  refuseUnknownMonth,
  refuseUnknownWorkload,
  refuseUntoldWorkload,
} from './question.ts';
import { type WhereCost, wasteKindOf, whereCostLies } from './wastes.ts';

/** The bridge with what a reader must know beside it. */
export interface BridgeReport extends Bridge {
  readonly planVersion: number;
  readonly planName: string;
  readonly basis: CostBasis;
  readonly workload: string | null;
  readonly period: Period;
  readonly billCurrency: string;
  readonly planningRate: DecimalString | null;
  /** Where `exchangeRate` comes from. */
  readonly rates: readonly { readonly month: Month; readonly rate: DecimalString | null }[];
  /** True while some month is open or still arriving: figures change. */
  readonly isProvisional: boolean;
  /** The day on which the waste was judged; null: no advice yet, so idle, oversized and always-on are not told apart. */
  readonly wasteAsOf: Day | null;
  /** First month that it is taken to hold for. */
  readonly wasteFrom: Month | null;
  /** They name resources or tags of which no cost is told: it stands with the workloads that have their accounts, not as nothing. */
  readonly untoldWorkloads: readonly string[];
  /** Planned, and not AWS cost: kept apart. In the plan's currency. */
  readonly besides: readonly { readonly kind: 'oneOff' | 'reserve' | 'operations'; readonly planned: DecimalString }[];
}

/** What is wasted today is taken to have been so for about two months; of earlier months nobody has judged anything. */
const WASTE_HOLDS_DAYS = 62;

/**
 * From what the plan expected of the months to what they cost. NOT_FOUND without a plan or figures; INVALID_INPUT for a month that is not
 * known, an unknown workload, and a plan in another currency than the bill that states no planning rate.
 */
export async function bridge(context: Context, question: BridgeQuestion): Promise<BridgeReport> {
  const { scope, ports } = context;
  const kept = await ports.plans.latest(scope);
  if (kept === null)
    throw new AdvisorError('NOT_FOUND', 'There is no migration plan yet.', 'Import one with "cost-pillar plan import <file>".');
  const { plan, version } = kept;
  refuseUnknownWorkload(plan, question.workload);
  const freshness = await ports.ledgerReader.freshness(scope);
  const period = periodOf(question, freshness);
  const billCurrency = billCurrencyOf(question.currency, freshness.currencies);
  const planningRate = planningRateOf(plan, billCurrency, question.rates);
  const facts = { currency: billCurrency, period };
  const costs = await ports.ledgerReader.workloadCosts(scope, facts);
  const untoldWorkloads = workloadsWithoutCost(plan, monthsIn(period).at(-1) ?? null, costs)
    .filter(({ because }) => because === 'noResourceCost')
    .map(({ workload }) => workload);
  refuseUntoldWorkload(untoldWorkloads, question.workload);
  const usage = namesQuantities(plan) ? await ports.ledgerReader.workloadUsage(scope, facts) : [];
  const advice = await ports.recommendations.latest(scope);
  const wastes = advice === null ? [] : await wastesNow(context, billCurrency);
  const holdsFrom = advice === null ? null : monthOf(addDays(advice.asOf, -WASTE_HOLDS_DAYS));
  const months = monthsIn(period).map((month) => {
    const known = holdsFrom !== null && month >= holdsFrom ? wastes : [];
    const whole = monthOfFacts({ plan, month, basis: question.basis, costs, usage, wastes: known, rates: question.rates });
    return question.workload === null ? whole : onlyWorkload(whole, question.workload);
  });
  const result = bridgeOver({ currency: plan.currency, planningRate, months });
  return {
    ...result,
    planVersion: version,
    planName: plan.name,
    basis: question.basis,
    workload: question.workload,
    period,
    billCurrency,
    planningRate: planningRate === null ? null : plain(planningRate),
    rates: planningRate === null ? [] : months.map(({ month, rate }) => ({ month, rate: rate === null ? null : plain(rate) })),
    isProvisional: monthsIn(period).some((month) => !freshness.closedMonths.includes(month)),
    wasteAsOf: advice?.asOf ?? null,
    wasteFrom: holdsFrom,
    besides: besidesOf(months),
    untoldWorkloads: question.workload === null ? untoldWorkloads : [],
  };
}

function namesQuantities({ waves }: Plan): boolean {
  const lines = waves.flatMap(({ workloads }) => workloads.flatMap((workload) => workload.lines));
  return lines.some(({ usageType, quantity }) => usageType !== null && quantity !== null);
}

interface MonthQuestion {
  readonly plan: Plan;
  readonly month: Month;
  readonly basis: CostBasis;
  readonly costs: readonly WorkloadCost[];
  readonly usage: readonly WorkloadUsage[];
  readonly wastes: readonly Waste[];
  readonly rates: ReadonlyMap<Month, DecimalString>;
}

function monthOfFacts({ plan, month, basis, costs, usage, wastes, rates }: MonthQuestion): BridgeMonth {
  const own = costs.filter((item) => item.month === month);
  refuseUnknownMonth(own, month, basis);
  const hours = new Exact(hoursInMonth(month)).div(HOURS_PER_MONTH);
  const rate = rates.get(month);
  return {
    month,
    expected: expectedIn(plan, month),
    actual: own.map(({ workload, serviceName, runningCost, runningCostBeforeCutOver }) => ({
      workload,
      serviceName,
      cost: exact(runningCost ?? '0'),
      costBeforeCutOver: exact(runningCostBeforeCutOver),
    })),
    usage: usage
      .filter((item) => item.month === month)
      .map(({ usageQuantity, effectiveCost, onDemandCost, ...rest }) => ({
        ...rest,
        quantity: exact(usageQuantity),
        effectiveCost: exact(effectiveCost),
        onDemandCost: onDemandCost === null ? null : exact(onDemandCost),
      })),
    wastes: wastes.map((waste) => ({ ...waste, cost: waste.cost.mul(hours) })),
    besideRunning: basis === 'invoiceCost' ? own.map(besideRunningOf) : null,
    rate: rate === undefined ? null : exact(rate),
  };
}

function besideRunningOf({ workload, billedCost, runningCost }: WorkloadCost): {
  readonly workload: string | null;
  readonly cost: Exact;
} {
  return { workload, cost: exact(billedCost ?? '0').minus(runningCost ?? '0') };
}

/** What is open now, for as long as it is: a month of 730 h of each, after overlap. */
async function wastesNow({ scope, ports }: Context, currency: string): Promise<readonly Waste[]> {
  const open = (await ports.recommendations.current(scope)).filter((item) => isWaste(item, currency));
  if (open.length === 0) return [];
  const lies: WhereCost = await whereCostLies(scope, ports, { currency, recommendations: open });
  return open.flatMap((item) => {
    const [kind, place] = [wasteKindOf(item), lies(item)];
    if (kind === null || place === null) return [];
    return [{ ...place, kind, cost: exact(item.netMonthlySavings), recommendationId: item.id }];
  });
}

function isWaste({ status, currency, supersededBy, netMonthlySavings }: Recommendation, billCurrency: string): boolean {
  const isLive = status === 'open' || status === 'accepted' || status === 'snoozed' || status === 'exempted';
  return isLive && currency === billCurrency && supersededBy === null && exact(netMonthlySavings).gt(0);
}

function besidesOf(months: readonly BridgeMonth[]): BridgeReport['besides'] {
  const lines = months.flatMap(({ expected }) => expected);
  return LINE_KINDS.filter((kind) => kind !== 'aws').flatMap((kind) => {
    const own = lines.filter(({ line }) => line.kind === kind);
    if (own.length === 0) return [];
    return [{ kind, planned: plain(own.reduce((sum, { cost }) => sum.plus(cost), new Exact(0))) }];
  });
}
