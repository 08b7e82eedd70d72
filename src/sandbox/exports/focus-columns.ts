import type { EstateCharge } from '../estate/types.ts';
import { amountText as amount } from '../wire/cost-explorer/amount.ts';
import { type Column, endOf, periodEnd, periodStart, productOf, startOf } from './csv.ts';

const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['RIFee', 'Purchase'],
  ['SavingsPlanRecurringFee', 'Purchase'],
  ['Support', 'Purchase'],
  ['Tax', 'Tax'],
  ['Credit', 'Credit'],
]);

/**
 * Covered usage is billed through the commitment's fee: FOCUS shows it at no billed cost and at its effective cost, and has no negation.
 * What the negation takes back in CUR is therefore taken off the covered lines themselves.
 */
export function isInFocus({ recordType }: EstateCharge): boolean {
  return recordType !== 'SavingsPlanNegation';
}

const billed = (line: EstateCharge): bigint => (line.recordType === 'SavingsPlanCoveredUsage' ? 0n : line.netUnblendedCost);
const isUsage = ({ recordType }: EstateCharge): boolean => !CATEGORIES.has(recordType);

/** FOCUS 1.0 with the columns of AWS's own (table "FOCUS 1.0 with AWS columns" of the Data Exports guide, read 2026-11). */
export const FOCUS_COLUMNS: readonly Column[] = [
  ['BilledCost', (line) => amount(billed(line))],
  ['BillingAccountId', (_line, { payerAccountId }) => payerAccountId],
  ['BillingAccountName', (_line, { payerAccountId, accountNames }) => accountNames.get(payerAccountId) ?? ''],
  ['BillingCurrency', (_line, { currency }) => currency],
  ['BillingPeriodStart', (_line, context) => periodStart(context)],
  ['BillingPeriodEnd', (_line, context) => periodEnd(context)],
  ['ChargeCategory', ({ recordType }) => CATEGORIES.get(recordType) ?? 'Usage'],
  ['ChargeClass', () => ''],
  ['ChargeDescription', ({ usageType }) => usageType],
  ['ChargeFrequency', (line) => (isUsage(line) ? 'Usage-Based' : 'Recurring')],
  ['ChargePeriodStart', startOf],
  ['ChargePeriodEnd', endOf],
  ['ConsumedQuantity', (line) => (isUsage(line) ? amount(line.usageQuantity) : '')],
  ['ConsumedUnit', (line) => (isUsage(line) ? line.usageUnit : '')],
  ['EffectiveCost', ({ netAmortizedCost }) => amount(netAmortizedCost)],
  ['InvoiceIssuerName', () => 'Amazon Web Services Japan G.K.'],
  ['ProviderName', () => 'AWS'],
  ['PublisherName', () => 'AWS'],
  ['RegionId', ({ regionId }) => regionId],
  ['ResourceId', ({ resourceId }) => resourceId ?? ''],
  ['ServiceName', (line) => productOf(line)[1]],
  ['SubAccountId', ({ accountId }) => accountId],
  ['SubAccountName', ({ accountId }, { accountNames }) => accountNames.get(accountId) ?? ''],
  ['Tags', ({ accountId, resourceId }, { tags }) => (resourceId === null ? '' : JSON.stringify(tags(accountId, resourceId)))],
  ['x_Operation', ({ operation }) => operation],
  ['x_ServiceCode', (line) => productOf(line)[0]],
  ['x_UsageType', ({ usageType }) => usageType],
];
