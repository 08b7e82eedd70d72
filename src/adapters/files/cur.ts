import { type Canonical, keyOf, moment, NO_AMOUNT, number, text } from './canonical.ts';
import { amortised } from './cur-amortised.ts';
import { literal } from './duckdb.ts';
import { type Column, columnsOf, has, type Readable } from './readable.ts';

const REQUIRED = [
  'bill_payer_account_id',
  'line_item_usage_account_id',
  'line_item_line_item_type',
  'line_item_usage_start_date',
  'line_item_unblended_cost',
  'line_item_currency_code',
] as const;

export function isCur(file: Readable): boolean {
  return has(file, 'line_item_line_item_type');
}

export function missingOfCur(file: Readable): readonly string[] {
  return REQUIRED.filter((name) => !has(file, name));
}

/** CUR 2.0 has the maps that the legacy report spreads over a column for each key. */
export function versionOfCur(file: Readable): string {
  return has(file, 'resource_tags') || has(file, 'product') ? '2.0' : 'legacy';
}

/** Cost and Usage Report columns, legacy and 2.0, told apart by what is there (table dictionaries of both, read 2026-11). */
export function canonicalOfCur(file: Readable): Canonical {
  const column = columnsOf(file);
  const product = column('product');
  const isSplit = splitLine(column);
  const unlessSplit = (amount: string): string =>
    isSplit === null ? amount : `case when ${isSplit} then null else ${amount} end`;
  const gross = number(column('line_item_unblended_cost'));
  const net = column('line_item_net_unblended_cost');
  const billed = net === null ? gross : `coalesce(${number(net)}, ${gross})`;
  const effective = amortised(column, billed);
  return {
    payer: text(column('bill_payer_account_id')),
    account: text(column('line_item_usage_account_id')),
    moment: moment(column('line_item_usage_start_date')),
    period_start: moment(column('bill_billing_period_start_date')),
    period_end: moment(column('bill_billing_period_end_date')),
    invoice: text(column('bill_invoice_id')),
    charge_type: text(column('line_item_line_item_type')),
    service: `coalesce(${text(column('product_product_name'))}, ${keyOf(product, 'product_name')}, ${text(column('line_item_product_code'))})`,
    usage_type: text(column('line_item_usage_type')),
    operation: text(column('line_item_operation')),
    region: regionOf(column, product),
    resource: text(column('line_item_resource_id')),
    tags: tagsOf(file),
    billed,
    effective: isSplit === null ? effective : `case when ${isSplit} then ${billed} else ${effective} end`,
    list: unlessSplit(number(column('pricing_public_on_demand_cost'))),
    contracted: NO_AMOUNT,
    quantity: unlessSplit(number(column('line_item_usage_amount'))),
    unit: text(column('pricing_unit')),
    currency: text(column('line_item_currency_code')),
  };
}

/** From the map only where the report has no column for it: a map is slow to read. */
function regionOf(column: (name: string) => Column | null, product: Column | null): string {
  const columns = [column('product_region'), column('product_region_code')].filter((each) => each !== null);
  return columns.length === 0 ? keyOf(product, 'region') : `coalesce(${columns.map(text).join(', ')}, null)`;
}

/**
 * With split cost allocation data a container's share of its machine comes as a line of its own, in the split columns; the machine's own line
 * still has all the money. Such a line carries what it says as unblended cost (nothing, as AWS writes it) and repeats neither usage nor list
 * cost nor amortised cost.
 */
function splitLine(column: (name: string) => Column | null): string | null {
  const parent = column('split_line_item_parent_resource_id');
  return parent === null ? null : `${text(parent)} is not null`;
}

const LEGACY_TAG = /^resource_?tags[/_](.+)$/i;
const MAX_TAG_COLUMNS = 500;

/** The map of 2.0, or an object out of the legacy report's column for each tag. */
function tagsOf(file: Readable): Column | null {
  const map = columnsOf(file)('resource_tags');
  if (map !== null) return map;
  const pairs = file.columns.flatMap((column) => {
    const key = LEGACY_TAG.exec(column.name)?.[1];
    return key === undefined ? [] : [`${literal(key)}, ${text(column)}`];
  });
  if (pairs.length === 0) return null;
  return { sql: `cast(json_object(${pairs.slice(0, MAX_TAG_COLUMNS).join(', ')}) as varchar)`, type: 'VARCHAR' };
}
