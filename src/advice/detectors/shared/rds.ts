import type { AwsRecommendation } from '../../../ledger/aws-recommendation.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';

/**
 * The billing operation tells the engine; only the open-source ones outside Aurora, whose price follows from class and deployment alone.
 * Codes as on real bills (MySQL, PostgreSQL) and in the price list's attribute `operation`, read 2026-11.
 */
const ENGINE_OF_OPERATION: ReadonlyMap<string, string> = new Map([
  ['CreateDBInstance:0002', 'MySQL'],
  ['CreateDBInstance:0014', 'PostgreSQL'],
  ['CreateDBInstance:0018', 'MariaDB'],
]);

/** Compute Optimizer's words for the same engines (service model of 2026-08: "The engine of the DB instance"). */
const ENGINE_OF_WORD: ReadonlyMap<string, string> = new Map([
  ['mysql', 'MySQL'],
  ['postgres', 'PostgreSQL'],
  ['postgresql', 'PostgreSQL'],
  ['mariadb', 'MariaDB'],
]);

/** As the price list writes it. The bill's word goes first; by resource, Cost Explorer often gives none. */
export function engineOf({ operation }: Pick<ResourceFacts, 'operation'>, said?: AwsRecommendation): string | undefined {
  if (operation !== null) return ENGINE_OF_OPERATION.get(operation);
  return ENGINE_OF_WORD.get(said?.engine?.toLowerCase() ?? '');
}

export interface DatabaseHours {
  /** As the bill writes it, which shortens most sizes: "InstanceUsage:db.r7i.2xl". */
  readonly meterKind: string;
  /** As everything else writes it: "db.r7i.2xlarge". */
  readonly instanceClass: string;
  readonly deploymentOption: 'Single-AZ' | 'Multi-AZ';
}

/**
 * What is paid for the instance by the hour, with the class that the usage type is of: AWS's rates of Database Savings Plans pair "db.r7i.2xl" with
 * db.r7i.2xlarge (2026-04, read 2026-11), and older bills write it out. Undefined for storage, backups, extended support and the like.
 */
export function databaseHours(meterKind: string): DatabaseHours | undefined {
  const [, usage, billed] = /^(InstanceUsage|Multi-AZUsage):(db\..+)$/.exec(meterKind) ?? [];
  if (billed === undefined) return undefined;
  const instanceClass = billed.replace(/xl$/, 'xlarge');
  return { meterKind, instanceClass, deploymentOption: usage === 'InstanceUsage' ? 'Single-AZ' : 'Multi-AZ' };
}

/** What the same deployment in another class is billed as, its size spelt as this one's. */
export function billedAs({ meterKind }: Pick<DatabaseHours, 'meterKind'>, instanceClass: string): string {
  const usage = meterKind.slice(0, meterKind.indexOf(':'));
  return `${usage}:${meterKind.endsWith('xl') ? instanceClass.replace(/xlarge$/, 'xl') : instanceClass}`;
}

/** What it ran as since `since`, oldest first. */
export function databaseHoursOf({ lines }: Pick<ResourceFacts, 'lines'>, since: string): readonly DatabaseHours[] {
  const kinds = new Set(lines.filter((line) => line.day >= since).map((line) => line.meterKind));
  return [...kinds].flatMap((kind) => databaseHours(kind) ?? []);
}

export function databasePrice(
  regionId: string,
  databaseEngine: string,
  { instanceClass, deploymentOption }: Pick<DatabaseHours, 'instanceClass' | 'deploymentOption'>,
): PriceQuestion {
  return {
    serviceCode: 'AmazonRDS',
    regionId,
    attributes: { instanceType: instanceClass, databaseEngine, deploymentOption, licenseModel: 'No license required' },
    term: 'onDemand',
  };
}
