import { addDays } from '../../../kernel/calendar.ts';
import { type Exact, exact, HOURS_PER_MONTH } from '../../../kernel/money.ts';
import type { EstateResource, SandboxPrice } from '../../estate/types.ts';
import { addUp, type CostCells } from '../cost-explorer/cost-cells.ts';
import type { World } from '../world.ts';
import { LOOKBACK_DAYS, LOOKBACK_HOURS } from './measured.ts';

/** What one usage type of a resource cost and used over the look-back. */
interface RecentLine {
  readonly usageType: string;
  readonly quantity: Exact;
  readonly paid: Exact;
}

export type RecentCosts = (resource: EstateResource) => readonly RecentLine[];

const known = new WeakMap<World, Promise<RecentCosts>>();

/** The last 14 days of usage, resource by resource: what savings are measured against. Read once. */
export function recentCosts(world: World): Promise<RecentCosts> {
  const costs = known.get(world) ?? readRecentCosts(world);
  known.set(world, costs);
  return costs;
}

const USAGE = new Set(['Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage']);

async function readRecentCosts(world: World): Promise<RecentCosts> {
  const { asOf } = world.estate;
  const cells = addUp(
    await world.charges(),
    { added: [], hides: null },
    {
      periods: [{ start: addDays(asOf, -LOOKBACK_DAYS), end: asOf }],
      metrics: ['UsageQuantity', 'NetAmortizedCost'],
      groupBy: [(series) => `${series.accountId} ${series.resourceId}`, (series) => series.usageType],
      accepts: (series) => series.resourceId !== null && USAGE.has(series.recordType),
    },
  );
  const lines = Map.groupBy(cells.cells, (cell) => cells.keysOf(cell)[0]);
  return ({ accountId, resourceId }) => (lines.get(`${accountId} ${resourceId}`) ?? []).map((cell) => lineOf(cells, cell));
}

function lineOf(cells: CostCells, cell: number): RecentLine {
  const { UsageQuantity: usage, NetAmortizedCost: cost } = cells.metricsOf(cell);
  return { usageType: cells.keysOf(cell)[1] ?? '', quantity: exact(usage?.Amount ?? '0'), paid: exact(cost?.Amount ?? '0') };
}

export interface Savings {
  readonly savingsOpportunity: Opportunity;
  readonly savingsOpportunityAfterDiscounts: Opportunity;
}
interface Opportunity {
  readonly savingsOpportunityPercentage: number;
  readonly estimatedMonthlySavings: { readonly currency: 'USD'; readonly value: number };
}

/** A saving of `share` of a monthly cost, at list price and at what is paid. Never negative: a larger size is no saving. */
export function savingsOf(monthlyList: Exact, monthlyPaid: Exact, share: Exact): Savings {
  const positive = share.isNegative() ? exact(0) : share;
  const opportunity = (monthly: Exact): Opportunity => ({
    savingsOpportunityPercentage: positive.mul(100).toDecimalPlaces(4).toNumber(),
    estimatedMonthlySavings: { currency: 'USD', value: monthly.mul(positive).toDecimalPlaces(8).toNumber() },
  });
  return { savingsOpportunity: opportunity(monthlyList), savingsOpportunityAfterDiscounts: opportunity(monthlyPaid) };
}

/** AWS states months of 730 hours. */
export function perMonth(overLookback: Exact): Exact {
  return overLookback.mul(HOURS_PER_MONTH).div(LOOKBACK_HOURS);
}

/** What usage of a resource costs a month: at list price (what is paid where there is none) and as paid. */
export function monthlyCostOf(
  resource: EstateResource,
  costs: RecentCosts,
  prices: readonly SandboxPrice[],
  isMeant: (usageType: string) => boolean = () => true,
): { list: Exact; paid: Exact } {
  let [list, paid] = [exact(0), exact(0)];
  for (const line of costs(resource).filter(({ usageType }) => isMeant(usageType))) {
    const price = prices.find(
      ({ regionId, attributes }) =>
        regionId === resource.regionId && attributes.usagetype === line.usageType && fits(attributes, resource),
    );
    list = list.plus(price ? line.quantity.mul(price.onDemand) : line.paid);
    paid = paid.plus(line.paid);
  }
  return { list: perMonth(list), paid: perMonth(paid) };
}

/** One usage type may have several prices: by operating system, by engine. */
function fits(attributes: SandboxPrice['attributes'], { operatingSystem, engine }: EstateResource): boolean {
  if (attributes.operatingSystem !== undefined && operatingSystem !== null && attributes.operatingSystem !== operatingSystem)
    return false;
  return attributes.databaseEngine === undefined || engine === null || isEngine(attributes.databaseEngine, engine.name);
}

/** The price list says "PostgreSQL", the service "postgres". */
export function isEngine(databaseEngine: string, engineName: string): boolean {
  return databaseEngine.toLowerCase().replaceAll(' ', '-').startsWith(engineName.toLowerCase());
}
