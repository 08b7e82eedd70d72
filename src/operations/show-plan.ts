import { type Month, periodOfMonth } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { type DecimalString, plain, sumExact } from '../kernel/money.ts';
import { type Overlap, overlapsIn } from '../plan/overlaps.ts';
import type { Plan } from '../plan/plan.ts';
import type { Context } from './context.ts';
import type { PlanVersion } from './ports/plans.ts';
import type { UnassignedAccount, WorkloadCost } from './ports/workload-facts.ts';
import { type WorkloadWithoutCost, workloadsWithoutCost } from './workloads-without-cost.ts';

/** Of one currency in the last closed month. */
export interface UnassignedCost {
  readonly currency: string;
  /** runningCost of all accounts below; null: not known. */
  readonly runningCost: DecimalString | null;
  readonly accounts: readonly UnassignedAccount[];
}

export interface PlanCoverage {
  readonly overlaps: readonly Overlap[];
  /** The last closed month; null: none has closed, so no cost is told. */
  readonly month: Month | null;
  readonly unassigned: readonly UnassignedCost[];
  readonly withoutCost: readonly WorkloadWithoutCost[];
}

export interface ShownPlan extends PlanVersion {
  readonly plan: Plan;
  readonly coverage: PlanCoverage;
}

/** The newest version, and how it fits the bill. NOT_FOUND without a plan. */
export async function showPlan(context: Context): Promise<ShownPlan> {
  const { scope, ports } = context;
  const kept = await ports.plans.latest(scope);
  if (kept === null)
    throw new AdvisorError('NOT_FOUND', 'There is no migration plan yet.', 'Import one with "cost-pillar plan import <file>".');
  const { closedMonths, currencies } = await ports.ledgerReader.freshness(scope);
  const month = closedMonths.toSorted().at(-1) ?? null;
  const costs: WorkloadCost[] = [];
  const unassigned: UnassignedCost[] = [];
  for (const currency of month === null ? [] : currencies) {
    const question = { currency, period: periodOfMonth(month as Month) };
    costs.push(...(await ports.ledgerReader.workloadCosts(scope, question)));
    const accounts = await ports.ledgerReader.unassignedAccounts(scope, question);
    if (accounts.length > 0) unassigned.push({ currency, runningCost: sumOf(accounts), accounts });
  }
  const { plan } = kept;
  return {
    ...kept,
    coverage: { overlaps: overlapsIn(plan), month, unassigned, withoutCost: workloadsWithoutCost(plan, month, costs) },
  };
}

function sumOf(accounts: readonly UnassignedAccount[]): DecimalString | null {
  const known = accounts.flatMap(({ runningCost }) => (runningCost === null ? [] : [runningCost]));
  return known.length === 0 ? null : plain(sumExact(known));
}
