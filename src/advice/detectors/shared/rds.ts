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

export function engineOf({ operation }: Pick<ResourceFacts, 'operation'>): string | undefined {
  return operation === null ? undefined : ENGINE_OF_OPERATION.get(operation);
}

export interface DatabaseHours {
  readonly meterKind: string;
  readonly instanceClass: string;
  readonly deploymentOption: 'Single-AZ' | 'Multi-AZ';
}

/** What is paid for the instance by the hour; undefined for storage, backups, extended support and the like. */
export function databaseHours(meterKind: string): DatabaseHours | undefined {
  const [, usage, instanceClass] = /^(InstanceUsage|Multi-AZUsage):(db\..+)$/.exec(meterKind) ?? [];
  if (instanceClass === undefined) return undefined;
  return { meterKind, instanceClass, deploymentOption: usage === 'InstanceUsage' ? 'Single-AZ' : 'Multi-AZ' };
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
