import type { EstateCharge } from '../estate/types.ts';
import { amountText as amount } from '../wire/cost-explorer/amount.ts';
import { type Column, endOf, periodEnd, periodStart, productOf, startOf } from './csv.ts';

/** Support is a fee in the report; Cost Explorer alone has a record type for it. */
const lineType = ({ recordType }: EstateCharge): string => (recordType === 'Support' ? 'Fee' : recordType);
const only =
  (recordType: string, value: (line: EstateCharge) => bigint) =>
  (line: EstateCharge): string =>
    line.recordType === recordType ? amount(value(line)) : '';
const none = (): string => '';

/** Columns of a legacy report in CSV, as far as this bill has something to say in them (data dictionary of the user guide, read 2026-11). */
export const CUR_COLUMNS: readonly Column[] = [
  ['identity/LineItemId', (_line, { month }, number) => `${month.replace('-', '')}${String(number).padStart(10, '0')}`],
  ['identity/TimeInterval', (line) => `${startOf(line)}/${endOf(line)}`],
  ['bill/InvoiceId', none],
  ['bill/BillingEntity', () => 'AWS'],
  ['bill/BillType', ({ recordType }) => (recordType === 'RIFee' ? 'Purchase' : 'Anniversary')],
  ['bill/PayerAccountId', (_line, { payerAccountId }) => payerAccountId],
  ['bill/BillingPeriodStartDate', (_line, context) => periodStart(context)],
  ['bill/BillingPeriodEndDate', (_line, context) => periodEnd(context)],
  ['lineItem/UsageAccountId', ({ accountId }) => accountId],
  ['lineItem/LineItemType', lineType],
  ['lineItem/UsageStartDate', startOf],
  ['lineItem/UsageEndDate', endOf],
  ['lineItem/ProductCode', (line) => productOf(line)[0]],
  ['lineItem/UsageType', ({ usageType }) => usageType],
  ['lineItem/Operation', ({ operation }) => operation],
  ['lineItem/ResourceId', ({ resourceId }) => resourceId ?? ''],
  ['lineItem/UsageAmount', ({ usageQuantity }) => amount(usageQuantity)],
  ['lineItem/CurrencyCode', (_line, { currency }) => currency],
  ['lineItem/UnblendedCost', ({ unblendedCost }) => amount(unblendedCost)],
  ['lineItem/NetUnblendedCost', ({ netUnblendedCost }) => amount(netUnblendedCost)],
  ['product/ProductName', (line) => productOf(line)[1]],
  ['product/region', ({ regionId }) => regionId],
  ['pricing/unit', ({ usageUnit }) => usageUnit],
  ['reservation/EffectiveCost', only('DiscountedUsage', (line) => line.amortizedCost)],
  ['reservation/NetEffectiveCost', only('DiscountedUsage', (line) => line.netAmortizedCost)],
  ['reservation/ReservationARN', (line) => (line.recordType === 'RIFee' ? (line.resourceId ?? '') : '')],
  ['reservation/UnusedAmortizedUpfrontFeeForBillingPeriod', only('RIFee', () => 0n)],
  ['reservation/UnusedRecurringFee', only('RIFee', (line) => line.amortizedCost)],
  ['savingsPlan/SavingsPlanEffectiveCost', only('SavingsPlanCoveredUsage', (line) => line.amortizedCost)],
  ['savingsPlan/NetSavingsPlanEffectiveCost', only('SavingsPlanCoveredUsage', (line) => line.netAmortizedCost)],
  ['savingsPlan/TotalCommitmentToDate', only('SavingsPlanRecurringFee', (line) => line.unblendedCost)],
  ['savingsPlan/UsedCommitment', only('SavingsPlanRecurringFee', (line) => line.unblendedCost - line.amortizedCost)],
];

/** Columns that CUR 2.0 keeps inside the map `product`. */
const IN_PRODUCT = new Set(['product/ProductName', 'product/region']);

/**
 * CUR 2.0 (table dictionary of the Data Exports guide, read 2026-11): the same facts under names in snake case, with the account's name,
 * and tags and product attributes as maps, which are JSON in CSV.
 */
export const CUR2_COLUMNS: readonly Column[] = [
  ...CUR_COLUMNS.filter(([name]) => !IN_PRODUCT.has(name)).map(([name, text]): Column => [snakeCase(name), text]),
  ['bill_payer_account_name', (_line, { payerAccountId, accountNames }) => accountNames.get(payerAccountId) ?? ''],
  ['line_item_usage_account_name', ({ accountId }, { accountNames }) => accountNames.get(accountId) ?? ''],
  ['product', (line) => JSON.stringify({ product_name: productOf(line)[1], ...(line.regionId && { region: line.regionId }) })],
  ['product_region_code', ({ regionId }) => regionId],
  ['resource_tags', ({ accountId, resourceId }, { tags }) => tagsText(resourceId === null ? {} : tags(accountId, resourceId))],
];

function tagsText(tags: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(tags).map(([key, value]) => [`user_${key}`, value])));
}

function snakeCase(name: string): string {
  return name
    .replace('ARN', 'A_R_N')
    .replaceAll('/', '_')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
