import type { Estate } from '../../estate/types.ts';
import type { Series } from './charge-table.ts';

/** One way to look at a line of the bill. */
export type Reader = (series: Series) => string;

/** Cost Explorer's words for "this line has none". */
const NONE = {
  OPERATION: 'NoOperation',
  USAGE_TYPE: 'NoUsageType',
  REGION: 'NoRegion',
  RESOURCE_ID: 'NoResourceId',
  INSTANCE_TYPE: 'NoInstanceType',
  INSTANCE_TYPE_FAMILY: 'NoInstanceTypeFamily',
  OPERATING_SYSTEM: 'NoOperatingSystem',
  PLATFORM: 'NoOperatingSystem',
  DATABASE_ENGINE: 'NoDatabaseEngine',
  TENANCY: 'NoTenancy',
  PURCHASE_TYPE: 'NoPurchaseType',
} as const;

/** Instances are named in usage types: "APN1-BoxUsage:m5.large", "Multi-AZUsage:db.r5.2xl", whose size databases shorten. */
const INSTANCE =
  /(?:BoxUsage|HeavyUsage|SpotUsage|DedicatedUsage|InstanceUsage|Multi-AZUsage|NodeUsage):((?:db|cache)\.)?([\w-]+)\.([\w-]+)$/;

export function instanceTypeOf(usageType: string): string | undefined {
  const match = INSTANCE.exec(usageType);
  return match ? `${match[1] ?? ''}${match[2]}.${match[3]}`.replace(/xl$/, 'xlarge') : undefined;
}

const EC2_OPERATING_SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['RunInstances', 'Linux'],
  ['RunInstances:0002', 'Windows'],
  ['RunInstances:0010', 'Red Hat Enterprise Linux'],
  ['RunInstances:000g', 'SUSE Linux'],
]);

const DATABASE_ENGINES: ReadonlyMap<string, string> = new Map([
  ['0002', 'MySQL'],
  ['0014', 'PostgreSQL'],
  ['0016', 'Aurora MySQL'],
  ['0018', 'MariaDB'],
  ['0021', 'Aurora PostgreSQL'],
]);

const PURCHASE_TYPES: ReadonlyMap<string, string> = new Map([
  ['DiscountedUsage', 'Standard Reserved Instances'],
  ['SavingsPlanCoveredUsage', 'Savings Plans'],
  ['SavingsPlanNegation', 'Savings Plans'],
  ['SavingsPlanRecurringFee', 'Savings Plans'],
  ['SavingsPlanUpfrontFee', 'Savings Plans'],
]);

function operatingSystemOf(series: Series): string {
  return EC2_OPERATING_SYSTEMS.get(series.operation) ?? NONE.OPERATING_SYSTEM;
}

function engineOf(series: Series): string {
  const code = /^CreateDBInstance:(\d{4})/.exec(series.operation)?.[1];
  return DATABASE_ENGINES.get(code ?? '') ?? NONE.DATABASE_ENGINE;
}

function purchaseTypeOf(series: Series): string {
  const covered = PURCHASE_TYPES.get(series.recordType);
  if (covered) return covered;
  if (series.recordType !== 'Usage' || !instanceTypeOf(series.usageType)) return NONE.PURCHASE_TYPE;
  return /SpotUsage/.test(series.usageType) ? 'Spot Instances' : 'On Demand Instances';
}

/** The dimensions of Cost Explorer that the sandbox's bill can tell. */
export function dimensionReaders(estate: Estate): ReadonlyMap<string, Reader> {
  const names = new Map(estate.accounts.map((account) => [account.accountId, account.accountName]));
  const payer = estate.accounts.find((account) => account.isPayer)?.accountId ?? '';
  return new Map<string, Reader>([
    ['LINKED_ACCOUNT', (series) => series.accountId],
    ['LINKED_ACCOUNT_NAME', (series) => names.get(series.accountId) ?? series.accountId],
    ['PAYER_ACCOUNT', () => payer],
    ['SERVICE', (series) => series.serviceName],
    ['USAGE_TYPE', (series) => series.usageType || NONE.USAGE_TYPE],
    ['OPERATION', (series) => series.operation || NONE.OPERATION],
    ['RECORD_TYPE', (series) => series.recordType],
    ['REGION', (series) => series.regionId || NONE.REGION],
    ['RESOURCE_ID', (series) => series.resourceId ?? NONE.RESOURCE_ID],
    ['INSTANCE_TYPE', (series) => instanceTypeOf(series.usageType) ?? NONE.INSTANCE_TYPE],
    ['INSTANCE_TYPE_FAMILY', (series) => familyOf(instanceTypeOf(series.usageType)) ?? NONE.INSTANCE_TYPE_FAMILY],
    ['PURCHASE_TYPE', purchaseTypeOf],
    ['OPERATING_SYSTEM', operatingSystemOf],
    ['PLATFORM', operatingSystemOf],
    ['DATABASE_ENGINE', engineOf],
    ['TENANCY', (series) => (/BoxUsage:/.test(series.usageType) ? 'Shared' : NONE.TENANCY)],
    ['BILLING_ENTITY', () => 'AWS'],
    ['LEGAL_ENTITY_NAME', () => 'Amazon Web Services Japan G.K.'],
    ['INVOICING_ENTITY', () => 'Amazon Web Services Japan G.K.'],
  ]);
}

function familyOf(instanceType: string | undefined): string | undefined {
  return instanceType?.slice(0, instanceType.lastIndexOf('.')).replace(/^(db|cache)\./, '');
}

/** Tags hang on resources; a line without a resource has none. '' is "not tagged". */
export function tagReader(estate: Estate): (key: string) => Reader {
  const tags = new Map(
    estate
      .resources()
      .map((resource) => [`${resource.accountId} ${resource.resourceId}`, new Map(Object.entries(resource.tags))]),
  );
  return (key) => (series) => tags.get(`${series.accountId} ${series.resourceId}`)?.get(key) ?? '';
}

/** '' is "in no value of it", and also what a category says that nobody defined. */
export function costCategoryReader(estate: Estate): (name: string) => Reader {
  const categories = new Map(estate.costCategories().map((category) => [category.name, category.valueFor]));
  return (name) => (series) => categories.get(name)?.(series.accountId) ?? '';
}

/** Normalization factors of the EC2 and RDS guides (reserved instances, size flexibility), in quarters: nano is 0.25. Read 2026-11. */
const FACTOR_QUARTERS: ReadonlyMap<string, number> = new Map([
  ['nano', 1],
  ['micro', 2],
  ['small', 4],
  ['medium', 8],
  ['large', 16],
  ['xlarge', 32],
]);

/** Quarters of a normalised unit for one unit of usage; 0 where usage is not of an instance. */
export function normalizationQuarters(series: Series): number {
  const size = instanceTypeOf(series.usageType)?.split('.').at(-1) ?? '';
  const multiple = /^(\d+)xlarge$/.exec(size)?.[1];
  return multiple ? Number(multiple) * 32 : (FACTOR_QUARTERS.get(size) ?? 0);
}
