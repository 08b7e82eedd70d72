import { sumOf } from '../../commitments/usage.ts';
import { meterOf, usageTypeOf } from '../../ledger/meter.ts';
import type { SavingsPlanRate } from '../../ledger/savings-plan-rate.ts';
import { SERVICE } from '../../ledger/service.ts';
import type { Snapshot } from '../../ledger/snapshot.ts';
import { sharingGroupOf } from '../sharing-group.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import { type CommitmentFamily, familyOf } from './commitment-family.ts';
import type { CoverableSeries } from './coverable-series.ts';

/**
 * Services with nodes that Database Savings Plans take, by their code in the rates; Redshift and MemoryDB are not among them (Savings Plans
 * user guide, "types", and SavingsPlanRateServiceCode in the service model of 2026-08, read 2026-11).
 */
const SERVICE_CODES: ReadonlyMap<string, string> = new Map([
  [SERVICE.rds, 'AmazonRDS'],
  [SERVICE.elastiCache, 'AmazonElastiCache'],
  [SERVICE.openSearch, 'AmazonES'],
]);
/** Their nodes have no engine, so that the operation of one is the operation of all. */
const WITHOUT_ENGINE: ReadonlySet<string> = new Set([SERVICE.openSearch]);

export const databaseServiceCode = (family: CommitmentFamily | null): string | null =>
  family?.kind === 'node' ? (SERVICE_CODES.get(family.serviceName) ?? null) : null;

/**
 * notCovered: AWS was asked and sells no plan for it, as for older generations. engineUnknown: rates differ by engine, or there are some for
 * other engines only, and the bill does not tell which engines ran. notAsked: nobody asked AWS yet.
 */
export type DatabasePlanRates =
  | { readonly kind: 'rates'; readonly rates: SavingsPlanRate['rates'] }
  | { readonly kind: 'notCovered' | 'engineUnknown' | 'notAsked' };

/** What nodes of such services cost on demand, dollars an hour, by what is known of the rates of Database plans for them. */
export function databaseUsage(
  groupId: string,
  series: readonly CoverableSeries[],
  view: SnapshotView,
): ReadonlyMap<DatabasePlanRates['kind'], number> {
  const costs = new Map<DatabasePlanRates['kind'], number>();
  for (const item of series) {
    const kind = databasePlanRates(item, groupId, view)?.kind;
    if (kind !== undefined) costs.set(kind, (costs.get(kind) ?? 0) + sumOf(item.hours) / item.hours.length);
  }
  return costs;
}

/** What a Database plan charges for a usage type of nodes in a sharing group; null: no service of such plans. */
export function databasePlanRates(
  { family, meterKind }: Pick<CoverableSeries, 'family' | 'meterKind'>,
  groupId: string,
  { snapshot }: SnapshotView,
): DatabasePlanRates | null {
  const serviceCode = databaseServiceCode(family);
  const usageType = usageTypeOf({ kind: meterKind, regionId: family.regionId });
  if (serviceCode === null || usageType === undefined) return null;
  const known = snapshot.savingsPlanRates.filter(
    (rate) =>
      rate.planType === 'Database' &&
      rate.serviceCode === serviceCode &&
      rate.usageType === usageType &&
      rate.currency === snapshot.currency,
  );
  if (known.length === 0) {
    return { kind: snapshot.commitmentFacts.planRatesAsked.includes(usageType) ? 'notCovered' : 'notAsked' };
  }
  if (WITHOUT_ENGINE.has(family.serviceName)) return oneOf(known);
  const operations = operationsOf(groupId, family, meterKind, snapshot);
  if (operations === null) return { kind: 'engineUnknown' };
  const own = operations.map((operation) => known.find((rate) => rate.operation === operation));
  if (own.every((rate) => rate === undefined)) return { kind: 'notCovered' };
  return own.includes(undefined) ? { kind: 'engineUnknown' } : oneOf(own.filter((rate) => rate !== undefined));
}

/** One rate for all, or none: which engine ran in which hour nobody can tell. */
function oneOf(rates: readonly SavingsPlanRate[]): DatabasePlanRates {
  const [first, ...others] = rates.map((rate) => JSON.stringify(rate.rates));
  const [rate] = rates;
  if (rate === undefined || others.some((other) => other !== first)) return { kind: 'engineUnknown' };
  return { kind: 'rates', rates: rate.rates };
}

interface Runs {
  /** Of the resources that the bill shows with this usage type; null is not known. */
  readonly operations: Set<string | null>;
  /** Accounts with such resources, and accounts with such usage: where some has no resource, nobody knows its engine. */
  readonly accountsOfResources: Set<string>;
  readonly accountsOfUsage: Set<string>;
}

/** The operations that ran; null where the bill tells not all of them. */
function operationsOf(
  groupId: string,
  { serviceName, regionId }: CommitmentFamily,
  meterKind: string,
  snapshot: Snapshot,
): readonly string[] | null {
  const runs = runsIn(snapshot).get(runKey(groupId, serviceName, regionId, meterKind));
  if (!runs || runs.accountsOfUsage.difference(runs.accountsOfResources).size > 0) return null;
  const operations = [...runs.operations].filter((operation) => operation !== null);
  return operations.length === runs.operations.size && operations.length > 0 ? operations.sort() : null;
}

const runKey = (...parts: readonly string[]): string => JSON.stringify(parts);
const cache = new WeakMap<Snapshot, ReadonlyMap<string, Runs>>();

/** Read once a snapshot, whatever the number of groups. */
function runsIn(snapshot: Snapshot): ReadonlyMap<string, Runs> {
  const known = cache.get(snapshot) ?? readRuns(snapshot);
  cache.set(snapshot, known);
  return known;
}

function readRuns(snapshot: Snapshot): ReadonlyMap<string, Runs> {
  const all = new Map<string, Runs>();
  const runsOf = (accountId: string, serviceName: string, regionId: string, meterKind: string): Runs | null => {
    if (databaseServiceCode(familyOf(serviceName, regionId, meterKind)) === null) return null;
    const key = runKey(sharingGroupOf(accountId, { snapshot }), serviceName, regionId, meterKind);
    const runs = all.get(key) ?? { operations: new Set(), accountsOfResources: new Set(), accountsOfUsage: new Set() };
    all.set(key, runs);
    return runs;
  };
  for (const { accountId, regionId, operation, lines } of snapshot.resources) {
    for (const { serviceName, meterKind } of lines) {
      const runs = runsOf(accountId, serviceName, regionId, meterKind);
      runs?.operations.add(operation);
      runs?.accountsOfResources.add(accountId);
    }
  }
  for (const { accountId, serviceName, usageType } of snapshot.commitmentFacts.hourly.usage) {
    const { kind, regionId } = meterOf(usageType);
    runsOf(accountId, serviceName, regionId, kind)?.accountsOfUsage.add(accountId);
  }
  return all;
}
