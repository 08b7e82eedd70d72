import { type Canonical, number, text } from './canonical.ts';
import { columnOf, type Readable } from './recognise.ts';

const REQUIRED = [
  'billing_account_id',
  'billing_currency',
  'billed_cost',
  'effective_cost',
  'charge_category',
  'charge_period_start',
  'service_name',
] as const;

export function isFocus(file: Readable): boolean {
  return file.columns.has('charge_category') && file.columns.has('billed_cost');
}

export function missingOfFocus(file: Readable): readonly string[] {
  return REQUIRED.filter((name) => !file.columns.has(name));
}

/** FOCUS 1.0 columns (focus.finops.org, v1.0); `x_` columns are AWS's own additions in its FOCUS export. */
export function canonicalOfFocus(file: Readable): Canonical {
  const column = (name: string): string | null => columnOf(file, name);
  return {
    payer: text(column('billing_account_id')),
    account: `coalesce(${text(column('sub_account_id'))}, ${text(column('billing_account_id'))})`,
    day: text(column('charge_period_start')),
    period_start: text(column('billing_period_start')),
    period_end: text(column('billing_period_end')),
    charge_type: text(column('charge_category')),
    service: text(column('service_name')),
    usage_type: text(column('x_usage_type')),
    operation: text(column('x_operation')),
    region: text(column('region_id')),
    resource: text(column('resource_id')),
    billed: number(column('billed_cost')),
    effective: number(column('effective_cost')),
    list: number(column('list_cost')),
    contracted: number(column('contracted_cost')),
    quantity: number(column('consumed_quantity')),
    unit: text(column('consumed_unit')),
    currency: text(column('billing_currency')),
  };
}
