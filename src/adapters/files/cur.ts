import { type Canonical, NULL_TEXT, number, text } from './canonical.ts';
import { columnOf, type Readable } from './recognise.ts';

const REQUIRED = [
  'bill_payer_account_id',
  'line_item_usage_account_id',
  'line_item_line_item_type',
  'line_item_usage_start_date',
  'line_item_unblended_cost',
  'line_item_currency_code',
] as const;

export function isCur(file: Readable): boolean {
  return file.columns.has('line_item_line_item_type');
}

export function missingOfCur(file: Readable): readonly string[] {
  return REQUIRED.filter((name) => !file.columns.has(name));
}

/** Cost and Usage Report columns (legacy names; user guide, read 2026-11). */
export function canonicalOfCur(file: Readable): Canonical {
  const column = (name: string): string | null => columnOf(file, name);
  const first = (...names: string[]): string => `coalesce(${names.map((name) => text(column(name))).join(', ')})`;
  const unblended = column('line_item_net_unblended_cost')
    ? `coalesce(${number(column('line_item_net_unblended_cost'))}, ${number(column('line_item_unblended_cost'))})`
    : number(column('line_item_unblended_cost'));
  return {
    payer: text(column('bill_payer_account_id')),
    account: text(column('line_item_usage_account_id')),
    day: text(column('line_item_usage_start_date')),
    period_start: text(column('bill_billing_period_start_date')),
    period_end: text(column('bill_billing_period_end_date')),
    charge_type: text(column('line_item_line_item_type')),
    service: first('product_product_name', 'line_item_product_code'),
    usage_type: text(column('line_item_usage_type')),
    operation: text(column('line_item_operation')),
    region: first('product_region', 'product_region_code'),
    resource: text(column('line_item_resource_id')),
    billed: unblended,
    effective: effectiveCost(column, unblended),
    list: number(column('pricing_public_on_demand_cost')),
    contracted: `cast(null as decimal(38, 15))`,
    quantity: number(column('line_item_usage_amount')),
    unit: column('pricing_unit') ? text(column('pricing_unit')) : NULL_TEXT,
    currency: text(column('line_item_currency_code')),
  };
}

/**
 * Amortised cost of a line, after the user guide's description of the reservation and savings plan columns (read 2026-11): covered usage at
 * its effective rate, fees as what of them went unused, everything else as billed.
 */
function effectiveCost(column: (name: string) => string | null, unblended: string): string {
  const or0 = (name: string): string => `coalesce(${number(column(name))}, 0)`;
  const has = (name: string): boolean => column(name) !== null;
  const cases: string[] = [];
  if (has('reservation_effective_cost')) cases.push(`when 'DiscountedUsage' then ${or0('reservation_effective_cost')}`);
  if (has('reservation_unused_recurring_fee'))
    cases.push(
      `when 'RIFee' then ${or0('reservation_unused_amortized_upfront_fee_for_billing_period')} + ${or0('reservation_unused_recurring_fee')}`,
    );
  if (has('savings_plan_savings_plan_effective_cost'))
    cases.push(
      `when 'SavingsPlanCoveredUsage' then ${or0('savings_plan_savings_plan_effective_cost')}`,
      `when 'SavingsPlanRecurringFee' then ${or0('savings_plan_total_commitment_to_date')} - ${or0('savings_plan_used_commitment')}`,
      `when 'SavingsPlanNegation' then 0`,
      `when 'SavingsPlanUpfrontFee' then 0`,
    );
  if (has('reservation_reservation_a_r_n'))
    cases.push(`when 'Fee' then case when ${text(column('reservation_reservation_a_r_n'))} is null then ${unblended} else 0 end`);
  if (cases.length === 0) return unblended;
  return `case ${text(column('line_item_line_item_type'))} ${cases.join(' ')} else ${unblended} end`;
}
