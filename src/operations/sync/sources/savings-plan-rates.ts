import { familyOf } from '../../../advice/sizing/commitment-family.ts';
import { databaseServiceCode } from '../../../advice/sizing/database-plans.ts';
import { addDays, daysBetween } from '../../../kernel/calendar.ts';
import { isAdvisorError } from '../../../kernel/failure.ts';
import { meterOf, usageTypeOf } from '../../../ledger/meter.ts';
import { ratesOn, savingsPlanRateFact, savingsPlanRatesAsked } from '../../../ledger/savings-plan-rate.ts';
import { SERVICE } from '../../../ledger/service.ts';
import type { Snapshot } from '../../../ledger/snapshot.ts';
import type { Context } from '../../context.ts';
import type { PullOptions } from '../../ports/cost-source.ts';
import { attempt } from '../attempt.ts';
import type { Outcome } from '../entry.ts';
import { orGap } from '../gap.ts';
import type { Source, SourcePlan } from '../source.ts';

const RATES = 'savingsPlanRates';
const FRESH_DAYS = 7;

/** What Savings Plans charge for the machines, database nodes and serverless usage that the ledger knows. A rate is asked again when it is a week old. */
export const savingsPlanRates: Source = {
  id: 'savingsPlanRates',
  phase: 'prices',
  steps: 1,
  runSources: [RATES],
  pull: async (context, plan) => {
    plan.step(RATES);
    const job = { connection: plan.connection, source: RATES, window: null, budget: null, onFailure: plan.onFailure };
    return { entries: [await attempt(context, job, (options, runId) => orGap(() => askRates(context, plan, options, runId)))] };
  },
};

async function askRates(
  context: Context,
  { connection, asOf }: SourcePlan,
  options: PullOptions,
  runId: string,
): Promise<Outcome> {
  const { scope, ports } = context;
  const wanted = await usageInLedger(context, asOf);
  const [known] = (await ports.facts.read(scope, savingsPlanRatesAsked)).filter((fact) => fact.connectionId === connection.id);
  const fresh = known && daysBetween(known.body.since, asOf) < FRESH_DAYS ? known.body : null;
  const isNew = (usageType: string): boolean => !fresh?.usageTypes.includes(usageType);
  const usageTypes = wanted.usageTypes.filter(isNew);
  const nodeUsageTypes = wanted.nodeUsageTypes.filter(isNew);
  const regionIds = wanted.regionIds.filter((regionId) => !fresh?.regionIds.includes(regionId));
  if (usageTypes.length + nodeUsageTypes.length + regionIds.length === 0) return { rows: 0 };
  const question = { usageTypes, nodeUsageTypes, regionIds, asOf };
  const pulled = await ports.costSource.commitments.planRates(connection, question, options);
  const all = (await ports.facts.read(scope, savingsPlanRateFact)).filter((fact) => fact.connectionId === connection.id);
  const before = new Map(ratesOn(addDays(asOf, -1), all).map(({ effectiveFrom: _, ...rate }) => [JSON.stringify(rate), true]));
  const asked = new Set(pulled.facts.map((fact) => fact.key));
  // What was read earlier today stays: only what is asked now is replaced.
  const ofToday = all
    .filter((fact) => fact.day === asOf && !asked.has(fact.key))
    .map(({ accountId, day, key, body }) => ({ accountId, day, key, body }));
  const changed = pulled.facts.filter((fact) => !before.has(JSON.stringify(fact.body)));
  const today = { start: asOf, end: addDays(asOf, 1) };
  const written = { connectionId: connection.id, runId };
  await ports.facts.replace(scope, { ...written, type: savingsPlanRateFact, window: today, facts: [...ofToday, ...changed] });
  const body = {
    since: fresh?.since ?? asOf,
    // A node without a rate is said to be covered by no plan: not where a row could not be read.
    usageTypes: [...(fresh?.usageTypes ?? []), ...usageTypes, ...(pulled.unread.length === 0 ? nodeUsageTypes : [])].sort(),
    regionIds: [...(fresh?.regionIds ?? []), ...regionIds].sort(),
  };
  const mark = { accountId: null, day: null, key: 'asked', body };
  await ports.facts.replace(scope, { ...written, type: savingsPlanRatesAsked, window: null, facts: [mark] });
  return { rows: pulled.facts.length, quarantined: pulled.unread.length };
}

/** Usage types of machines and nodes, and the regions in which anything runs. */
async function usageInLedger({ scope, ports }: Context, asOf: string) {
  const { currencies } = await ports.ledgerReader.freshness(scope);
  const snapshots: (RatedFacts | null)[] = [];
  for (const currency of currencies) {
    snapshots.push(await snapshotOrNone(() => ports.snapshots.snapshot(scope, { asOf, currency })));
  }
  return planRateQuestion(snapshots.filter((snapshot) => snapshot !== null));
}

type RatedFacts = Pick<Snapshot, 'onDemandMeters' | 'resources' | 'commitmentFacts'>;

/** Whose rates are asked: every usage type of machines and of nodes that Database plans may take, and the serverless ones by region. */
export function planRateQuestion(snapshots: readonly RatedFacts[]) {
  const meters = snapshots.flatMap(machineMeters);
  const nodes = new Set(snapshots.flatMap(nodeUsageTypesOf));
  const usageTypes = new Set(meters.flatMap((meter) => usageTypeOf(meter) ?? []));
  const regionIds = new Set(meters.map(({ regionId }) => regionId));
  return { usageTypes: [...usageTypes].sort(), nodeUsageTypes: [...nodes].sort(), regionIds: [...regionIds].sort() };
}

async function snapshotOrNone(read: () => Promise<Snapshot>): Promise<Snapshot | null> {
  try {
    return await read();
  } catch (error) {
    if (isAdvisorError(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** What is sized is known by the hour; what is not is not asked. */
function nodeUsageTypesOf({ commitmentFacts }: RatedFacts): readonly string[] {
  return commitmentFacts.hourly.usage.flatMap(({ serviceName, usageType }) => {
    const { kind, regionId } = meterOf(usageType);
    return databaseServiceCode(familyOf(serviceName, regionId, kind)) === null ? [] : [usageType];
  });
}

function machineMeters(
  snapshot: Pick<Snapshot, 'onDemandMeters' | 'resources'>,
): { readonly kind: string; readonly regionId: string }[] {
  const onDemand = snapshot.onDemandMeters.map(({ meterKind, regionId }) => ({ kind: meterKind, regionId }));
  const byResource = snapshot.resources.flatMap(({ regionId, lines }) =>
    lines.filter((line) => line.serviceName === SERVICE.ec2Compute).map((line) => ({ kind: line.meterKind, regionId })),
  );
  return [...onDemand, ...byResource].filter(({ kind }) => /^(BoxUsage|UnusedBox|DedicatedUsage|HostBoxUsage)\b/.test(kind));
}
