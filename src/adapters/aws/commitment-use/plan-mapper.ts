import type { Period } from '../../../kernel/calendar.ts';
import { exact } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { PlanCoverage, PlanUtilization } from '../../../ledger/commitment-use.ts';
import type { Fact } from '../../../ledger/fact.ts';
import { decimalOf, neededDecimal, UnreadableFact } from '../decimals.ts';
import { attributeOf, percentOf, periodOf } from './attributes.ts';
import type { PlanCoverageRow, PlanDetail, PlanFigures } from './schema.ts';

const ACCOUNT_OF_PLAN = /^arn:aws[\w-]*:savingsplans:[\w-]*:(\d{12}):savingsplan\//;

/** All plans together, one day. The payer's figure: of no single account. */
export function dayOfPlans(row: PlanFigures): Fact<PlanUtilization> {
  const { start, end } = periodOf(row.TimePeriod);
  return { accountId: null, day: start, key: 'all', body: utilizationOf(row, null, end) };
}

/** One plan over a month, or as much of it as was asked for. */
export function monthOfPlan(row: PlanDetail, { start, end }: Period): Fact<PlanUtilization> {
  const arn = oneLine(row.SavingsPlanArn ?? '', 500);
  const accountId = ACCOUNT_OF_PLAN.exec(arn)?.[1];
  if (!accountId) throw new UnreadableFact('no plan that can be read');
  return { accountId, day: start, key: arn, body: utilizationOf(row, arn, end) };
}

/** AWS's figures carry the noise of floats; more than this apart is not noise. */
const NOISE = '0.000001';

function utilizationOf(
  row: Pick<PlanFigures, 'Utilization' | 'Savings'>,
  commitmentId: string | null,
  until: string,
): PlanUtilization {
  const commitment = neededDecimal(row.Utilization.TotalCommitment, 'commitment');
  const used = neededDecimal(row.Utilization.UsedCommitment, 'used commitment');
  const unused = neededDecimal(row.Utilization.UnusedCommitment, 'unused commitment');
  if (exact(used).plus(unused).minus(commitment).abs().gt(NOISE)) {
    throw new UnreadableFact('used and unused that are the commitment');
  }
  return {
    commitmentId,
    until,
    commitment,
    used,
    unused,
    utilizationPercent: percentOf(row.Utilization.UtilizationPercentage, used, commitment),
    onDemandEquivalent: decimalOf(row.Savings?.OnDemandCostEquivalent),
    netSavings: decimalOf(row.Savings?.NetSavings),
  };
}

/** By time for all together, or over a month by family, region and service. */
export function planCoverageOf(row: PlanCoverageRow): Fact<PlanCoverage> {
  const { start, end } = periodOf(row.TimePeriod);
  const covered = neededDecimal(row.Coverage.SpendCoveredBySavingsPlans, 'covered spend');
  const onDemand = neededDecimal(row.Coverage.OnDemandCost, 'on-demand cost');
  const group = {
    serviceName: attributeOf(row.Attributes, 'SERVICE'),
    regionId: attributeOf(row.Attributes, 'REGION'),
    instanceFamily: attributeOf(row.Attributes, 'INSTANCE_FAMILY', 'INSTANCE_TYPE_FAMILY'),
  };
  const coveragePercent = percentOf(row.Coverage.CoveragePercentage, covered, exact(covered).plus(onDemand).toFixed());
  const key = JSON.stringify([group.serviceName, group.regionId, group.instanceFamily]);
  return { accountId: null, day: start, key, body: { ...group, until: end, covered, onDemand, coveragePercent } };
}
