import type { Period } from '../../../kernel/calendar.ts';
import { type Exact, exact } from '../../../kernel/money.ts';
import type { EstateSavingsPlan } from '../../estate/types.ts';
import type { Bill } from '../cost-explorer/bill.ts';
import { compileExpression, type Expression, type Readers } from '../cost-explorer/expression.ts';
import { invalid } from '../refusal.ts';
import type { World } from '../world.ts';
import { percent, type Sum, sumsOf, text, total } from './sums.ts';

/** What one plan did in one part of the period, in dollars. */
export interface PlanUse {
  readonly part: number;
  readonly arn: string;
  readonly commitment: Exact;
  readonly used: Exact;
  /** What the covered usage would have cost on demand. */
  readonly onDemandEquivalent: Exact;
}

/**
 * Plan by plan, out of the bill: the recurring fee is the commitment, and what of it is amortized was not used. The bill does not say which
 * plan covered which usage, so on-demand cost is shared out by used commitment; the last plan takes what rounding leaves.
 */
export function planUses(bill: Bill, parts: readonly Period[], filter: Expression | undefined, world: World): PlanUse[] {
  const isWanted = filter ? compileExpression(filter, planReaders(bill, world)) : () => true;
  const series = new Map(bill.table.series.map((item) => [item.resourceId ?? '', item]));
  const fees = sumsOf(bill, parts, [(item) => item.resourceId ?? ''], isFee);
  const covered = sumsOf(bill, parts, [], ({ recordType }) => recordType === 'SavingsPlanCoveredUsage');
  return parts.flatMap((_, part) => {
    const ofPart = fees.filter((sum) => sum.part === part);
    const onDemand = total(
      covered.filter((sum) => sum.part === part),
      (sum) => sum.unblended,
    );
    return shared(ofPart, onDemand).filter(({ arn }) => {
      const line = series.get(arn);
      return line !== undefined && isWanted(line);
    });
  });
}

const isFee = ({ recordType }: { readonly recordType: string }): boolean => recordType === 'SavingsPlanRecurringFee';

function shared(fees: readonly Sum[], onDemand: Exact): PlanUse[] {
  const allUsed = total(fees, usedOf);
  let left = onDemand;
  return fees.map((fee, index) => {
    const used = usedOf(fee);
    const isLast = index === fees.length - 1;
    const share = isLast || allUsed.isZero() ? left : onDemand.mul(used).div(allUsed).toDecimalPlaces(10);
    left = left.minus(share);
    return { part: fee.part, arn: fee.keys[0] ?? '', commitment: fee.unblended, used, onDemandEquivalent: share };
  });
}

const usedOf = ({ unblended, amortized }: Sum): Exact => unblended.minus(amortized);

function planReaders(bill: Bill, { payerAccountId }: World): Readers {
  const known: Readonly<Record<string, (line: { readonly resourceId: string | null }) => string>> = {
    LINKED_ACCOUNT: () => payerAccountId,
    SAVINGS_PLAN_ARN: (line) => line.resourceId ?? '',
    SAVINGS_PLANS_TYPE: () => PLAN_TYPE,
    PAYMENT_OPTION: () => 'No Upfront',
    REGION: () => ANY_REGION,
    INSTANCE_TYPE_FAMILY: () => '',
  };
  return {
    ...bill.readers,
    dimension: (key) => {
      const reader = known[key];
      if (!reader) throw invalid(`Dimension ${key} is not allowed.`);
      return reader;
    },
  };
}

const PLAN_TYPE = 'ComputeSavingsPlans';
const ANY_REGION = 'Any';

/** The three blocks of figures that utilisation answers are made of. All plans here are paid by the hour, so no upfront fee is spread. */
export function figuresOf(uses: readonly PlanUse[]) {
  const sum = (of: (use: PlanUse) => Exact): Exact => uses.reduce((all, use) => all.plus(of(use)), exact(0));
  const [commitment, used, onDemand] = [
    sum((use) => use.commitment),
    sum((use) => use.used),
    sum((use) => use.onDemandEquivalent),
  ];
  return {
    Utilization: {
      TotalCommitment: text(commitment),
      UsedCommitment: text(used),
      UnusedCommitment: text(commitment.minus(used)),
      UtilizationPercentage: percent(used, commitment),
    },
    Savings: { NetSavings: text(onDemand.minus(commitment)), OnDemandCostEquivalent: text(onDemand) },
    AmortizedCommitment: {
      AmortizedRecurringCommitment: text(commitment),
      AmortizedUpfrontCommitment: '0',
      TotalAmortizedCommitment: text(commitment),
    },
  };
}

/** The spelling is the real answers' (seen in public recordings, read 2026-11). */
export function attributesOf(plan: EstateSavingsPlan, { estate, payerAccountId }: World): Record<string, string> {
  const fee = text(exact(plan.hourlyCommitment).div(10_000_000_000));
  return {
    AccountId: payerAccountId,
    AccountName: estate.accounts.find((account) => account.isPayer)?.accountName ?? '',
    StartDateTime: `${plan.start}T00:00:00.000Z`,
    EndDateTime: new Date(Date.parse(`${plan.end}T00:00:00Z`) - 1000).toISOString(),
    HourlyCommitment: fee,
    RecurringHourlyFee: fee,
    UpfrontFee: '0.0',
    PaymentOption: 'No Upfront',
    PurchaseTerm: '1yr',
    SavingsPlansType: PLAN_TYPE,
    SavingsPlanARN: plan.arn,
    InstanceFamily: '',
    Region: ANY_REGION,
    Status: estate.asOf < plan.end ? 'Active' : 'Retired',
  };
}
