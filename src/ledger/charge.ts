import type { Day } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';

/** FOCUS 1.0 ChargeCategory. `Unknown` is a charge type we have not met: never treated as usage. */
export const CHARGE_CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment', 'Unknown'] as const;
export type ChargeCategory = (typeof CHARGE_CATEGORIES)[number];

/** Whose price it is. Views are never added; customers see `customerBilled` alone where both exist. */
export type PriceView = 'awsBilled' | 'customerBilled';

/**
 * One line of the ledger at daily grain, in FOCUS nouns. A dimension outside the line's slice is null (unknown), which differs
 * from '' (the source said "none"). Amounts are exact decimals; `billedCost` is cash basis, `effectiveCost` amortised.
 */
export interface Charge {
  readonly day: Day;
  readonly subAccountId: string | null;
  readonly serviceName: string | null;
  /** As on the bill, with its region prefix: "APN1-BoxUsage:m5.large". */
  readonly usageType: string | null;
  readonly operation: string | null;
  readonly regionId: string | null;
  readonly resourceId: string | null;
  readonly chargeCategory: ChargeCategory | null;
  /**
   * The source's own word: Cost Explorer RECORD_TYPE, CUR line_item_line_item_type, FOCUS ChargeCategory (but for usage under a commitment,
   * which FOCUS tells by a column of its own: `COMMITTED_USAGE`, `UNUSED_COMMITMENT`).
   */
  readonly chargeType: string | null;
  readonly billedCost: DecimalString;
  readonly effectiveCost: DecimalString;
  /** Absent where the source gives none (Cost Explorer): never guessed. */
  readonly listCost: DecimalString | null;
  readonly contractedCost: DecimalString | null;
  readonly usageQuantity: DecimalString | null;
  readonly usageUnit: string | null;
  readonly currency: string;
}

/** FOCUS: usage that a commitment covers, and a commitment that nothing used. Both are ChargeCategory Usage and neither is on-demand usage. */
export const COMMITTED_USAGE = 'CommitmentDiscountUsed';
export const UNUSED_COMMITMENT = 'CommitmentDiscountUnused';

/** AWS charge types (Cost Explorer RECORD_TYPE and CUR line types) and FOCUS's own words to FOCUS categories. Read 2026-11 in the CUR and Cost Explorer guides. */
const CATEGORY_OF_CHARGE_TYPE: ReadonlyMap<string, ChargeCategory> = new Map([
  ['Usage', 'Usage'],
  ['DiscountedUsage', 'Usage'],
  ['SavingsPlanCoveredUsage', 'Usage'],
  ['SavingsPlanNegation', 'Usage'],
  ['SavingsPlanRecurringFee', 'Purchase'],
  ['SavingsPlanUpfrontFee', 'Purchase'],
  ['RIFee', 'Purchase'],
  ['Fee', 'Purchase'],
  ['Recurring', 'Purchase'],
  ['Upfront', 'Purchase'],
  ['Support', 'Purchase'],
  ['Tax', 'Tax'],
  ['Credit', 'Credit'],
  ['Refund', 'Credit'],
  ['EdpDiscount', 'Adjustment'],
  ['PrivateRateDiscount', 'Adjustment'],
  ['BundledDiscount', 'Adjustment'],
  ['Discount', 'Adjustment'],
  ['Enterprise Discount Program Discount', 'Adjustment'],
  ['Private Rate Card Discount', 'Adjustment'],
  ['Solution Provider Program Discount', 'Adjustment'],
  ['Distributor Discount', 'Adjustment'],
  [COMMITTED_USAGE, 'Usage'],
  [UNUSED_COMMITMENT, 'Usage'],
  ['Purchase', 'Purchase'],
  ['Adjustment', 'Adjustment'],
]);

export function chargeCategoryOf(chargeType: string): ChargeCategory {
  return CATEGORY_OF_CHARGE_TYPE.get(chargeType) ?? 'Unknown';
}

/** Charge types that `runningCost` leaves out (DESIGN: net amortised without tax, credits, refunds and support). */
export const NOT_RUNNING_CHARGE_TYPES = ['Credit', 'Refund', 'Support', 'Tax'] as const;

export function isRunning(charge: Pick<Charge, 'chargeType' | 'serviceName'>): boolean {
  if (charge.serviceName !== null && /^AWS Support\b/.test(charge.serviceName)) return false;
  return !(NOT_RUNNING_CHARGE_TYPES as readonly string[]).includes(charge.chargeType ?? '');
}
