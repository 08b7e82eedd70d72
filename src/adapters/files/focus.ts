import { COMMITTED_USAGE, UNUSED_COMMITMENT } from '../../ledger/charge.ts';
import { type Canonical, moment, NULL_TEXT, number, text } from './canonical.ts';
import { type Column, columnsOf, has, type Readable } from './readable.ts';

const REQUIRED = [
  'BillingAccountId',
  'BillingCurrency',
  'BilledCost',
  'EffectiveCost',
  'ChargeCategory',
  'ChargePeriodStart',
  'ServiceName',
] as const;

/** Columns that a version brought (focus.finops.org, v1.1 and v1.2); the newest one that is there tells the version. */
const BROUGHT_BY = [
  ['1.2', ['InvoiceId', 'PricingCurrency', 'BillingAccountType', 'SubAccountType']],
  ['1.1', ['CapacityReservationId', 'CommitmentDiscountQuantity', 'ServiceSubcategory', 'SkuMeter', 'SkuPriceDetails']],
] as const;

export function isFocus(file: Readable): boolean {
  return has(file, 'ChargeCategory') && has(file, 'BilledCost');
}

export function missingOfFocus(file: Readable): readonly string[] {
  return REQUIRED.filter((name) => !has(file, name));
}

export function versionOfFocus(file: Readable): string {
  return BROUGHT_BY.find(([, names]) => names.some((name) => has(file, name)))?.[0] ?? '1.0';
}

/** FOCUS 1.0 to 1.2; `x_` columns are AWS's own additions in its FOCUS export. */
export function canonicalOfFocus(file: Readable): Canonical {
  const column = columnsOf(file);
  const isAws = isAwsSql(column);
  const own = (id: string): string => prefixed(column, isAws, id);
  const payer = text(column('BillingAccountId'));
  const awsUsageType = text(column('x_UsageType'));
  const meter = `coalesce(${text(column('SkuMeter'))}, ${text(column('SkuId'))})`;
  return {
    payer: own(payer),
    account: own(`coalesce(${text(column('SubAccountId'))}, ${payer})`),
    moment: date(column, 'ChargePeriodStart'),
    period_start: date(column, 'BillingPeriodStart'),
    period_end: date(column, 'BillingPeriodEnd'),
    invoice: text(column('InvoiceId')),
    charge_type: chargeType(column),
    service: text(column('ServiceName')),
    usage_type: `case when ${isAws} then ${awsUsageType} else coalesce(${awsUsageType}, ${meter}) end`,
    operation: text(column('x_Operation')),
    region: text(column('RegionId')),
    resource: text(column('ResourceId')),
    tags: column('Tags'),
    billed: number(column('BilledCost')),
    effective: number(column('EffectiveCost')),
    list: number(column('ListCost')),
    contracted: number(column('ContractedCost')),
    quantity: number(column('ConsumedQuantity')),
    unit: text(column('ConsumedUnit')),
    currency: text(column('BillingCurrency')),
  };
}

/**
 * FOCUS calls an hour under a commitment "Usage" like any other and says the rest in CommitmentDiscountStatus: without it covered hours
 * would be taken for on-demand ones and commitments advised for them again.
 */
function chargeType(column: (name: string) => Column | null): string {
  const category = text(column('ChargeCategory'));
  const status = text(column('CommitmentDiscountStatus'));
  const isCommitted = `(${status} = 'Used' or ${text(column('PricingCategory'))} = 'Committed' or ${text(column('CommitmentDiscountId'))} is not null)`;
  return `case when ${category} <> 'Usage' then ${category} when ${status} = 'Unused' then '${UNUSED_COMMITMENT}' when ${isCommitted} then '${COMMITTED_USAGE}' else ${category} end`;
}

/** A file that names no provider is taken as it is. */
function isAwsSql(column: (name: string) => Column | null): string {
  const provider = text(column('ProviderName'));
  return provider === NULL_TEXT ? 'true' : `(${provider} is null or regexp_matches(${provider}, '^(aws|amazon)\\b', 'i'))`;
}

/** Ids of another provider carry its name, so that account "1" of one is never account "1" of another. */
function prefixed(column: (name: string) => Column | null, isAws: string, id: string): string {
  return isAws === 'true' ? id : `case when ${isAws} then ${id} else ${text(column('ProviderName'))} || '/' || ${id} end`;
}

/**
 * FOCUS dates are ISO 8601. A spreadsheet saves them again as "4/1/25", which alone could be the 4th of January; only a line whose own
 * billing period then runs from the first of one month to the first of the next is read so, month first.
 */
function date(column: (name: string) => Column | null, name: string): string {
  const given = column(name);
  const [start, end] = [column('BillingPeriodStart'), column('BillingPeriodEnd')];
  if (given?.type !== 'VARCHAR' || start?.type !== 'VARCHAR' || end?.type !== 'VARCHAR') return moment(given);
  const monthFirst = (sql: string): string => `coalesce(try_strptime(${sql}, '%m/%d/%y'), try_strptime(${sql}, '%m/%d/%Y'))`;
  const isWholeMonth = `day(${monthFirst(start.sql)}) = 1 and ${monthFirst(end.sql)} = ${monthFirst(start.sql)} + interval 1 month`;
  return `case when contains(${given.sql}, '/') then case when ${isWholeMonth} then ${monthFirst(given.sql)} end else ${moment(given)} end`;
}
