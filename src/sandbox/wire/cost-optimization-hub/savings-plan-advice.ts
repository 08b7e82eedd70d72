import { addDays } from '../../../kernel/calendar.ts';
import { type Exact, exact, HOURS_PER_MONTH } from '../../../kernel/money.ts';
import { refreshedAt } from '../compute-optimizer/question.ts';
import { addUp } from '../cost-explorer/cost-cells.ts';
import type { World } from '../world.ts';
import { type HubAdvice, recommendationId } from './hub-advice.ts';

const LOOKBACK_DAYS = 14;
/** A Compute Savings Plan of a year without upfront saves about so much; AWS's own rate differs by machine. Invented. */
const DISCOUNT = exact('0.22');
const MACHINES = new Set(['Amazon Elastic Compute Cloud - Compute', 'AWS Lambda', 'Amazon Elastic Container Service']);
const MACHINE_TYPES = new Set(['Ec2Instance', 'Ec2AutoScalingGroup', 'EcsService']);

/**
 * One purchase for the payer: what is used on demand on every day of the look-back, less what the other advice takes away from it. That
 * is how the Hub counts commitments: after everything else.
 */
export async function savingsPlanAdvice(world: World, others: readonly HubAdvice[]): Promise<HubAdvice[]> {
  const { estate, payerAccountId } = world;
  const freed = others
    .filter(({ listed }) => MACHINE_TYPES.has(listed.currentResourceType))
    .reduce((sum, { savedBeforeDiscounts }) => sum.plus(savedBeforeDiscounts), exact(0));
  const onDemand = (await steadyDay(world)).mul(HOURS_PER_MONTH).div(24).minus(freed);
  if (!onDemand.gt(0)) return [];
  const saved = number(onDemand.mul(DISCOUNT));
  const hourlyCommitment = onDemand.minus(saved).div(HOURS_PER_MONTH).toDecimalPlaces(3).toFixed(3);
  const listed = {
    recommendationId: recommendationId(payerAccountId, 'ComputeSavingsPlans'),
    accountId: payerAccountId,
    region: estate.regionIds[0] ?? '',
    resourceId: '',
    resourceArn: '',
    currentResourceType: 'ComputeSavingsPlans',
    recommendedResourceType: 'ComputeSavingsPlans',
    estimatedMonthlySavings: saved,
    estimatedSavingsPercentage: 22,
    estimatedMonthlyCost: number(onDemand.minus(saved)),
    currencyCode: 'USD',
    implementationEffort: 'VeryLow',
    restartNeeded: false,
    actionType: 'PurchaseSavingsPlans',
    rollbackPossible: false,
    currentResourceSummary: '',
    recommendedResourceSummary: `Compute Savings Plans, $${hourlyCommitment} an hour`,
    lastRefreshTimestamp: refreshedAt(world),
    recommendationLookbackPeriodInDays: LOOKBACK_DAYS,
    source: 'CostExplorer' as const,
    tags: [],
  };
  const cost = number(onDemand);
  return [{ listed, costBeforeDiscounts: cost, costAfterDiscounts: cost, savedBeforeDiscounts: saved, hourlyCommitment }];
}

/** The least that machines cost on demand on any day, in dollars. */
async function steadyDay(world: World): Promise<Exact> {
  const { asOf } = world.estate;
  const charges = await world.charges();
  const costs = Array.from({ length: LOOKBACK_DAYS }, (_, index) => {
    const day = addDays(asOf, index - LOOKBACK_DAYS);
    const cells = addUp(
      charges,
      { added: [], hides: null },
      {
        periods: [{ start: day, end: addDays(day, 1) }],
        metrics: ['UnblendedCost'],
        groupBy: [],
        accepts: (series) => MACHINES.has(series.serviceName) && series.recordType === 'Usage',
      },
    );
    return cells.cells.reduce((sum, cell) => sum.plus(cells.metricsOf(cell).UnblendedCost?.Amount ?? '0'), exact(0));
  });
  return costs.reduce((least, cost) => (cost.lt(least) ? cost : least));
}

function number(amount: Exact): number {
  return amount.toDecimalPlaces(8).toNumber();
}
