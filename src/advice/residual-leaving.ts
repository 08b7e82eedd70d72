import { addDays } from '../kernel/calendar.ts';
import { Exact, exact } from '../kernel/money.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import type { MeterSeries } from '../ledger/snapshot.ts';
import { changeOf } from './benefit.ts';
import { DAYS_PER_MONTH, effectiveMonthly, type MeterCost, monthlyCosts } from './costing.ts';
import { isLive } from './deduplicate.ts';
import { machineMeter } from './floating/size-units.ts';
import type { Recommendation } from './recommendation.ts';
import { ALL_OF_IT, floatingSaving } from './savings.ts';
import { isAccountOfYoungWorkload, isOfYoungWorkload } from './sizing/coming-waves.ts';
import type { SnapshotView } from './snapshot-view.ts';

export type Place = Pick<MeterSeries, 'accountId' | 'regionId' | 'serviceName' | 'meterKind'>;

/** What leaves the on-demand bill with one machine or database, dollars a day. */
export interface Leaving {
  readonly from: Place;
  /** Of its own usage. */
  readonly own: Exact;
  /** Of others' usage, which the commitment that it sets free takes over. */
  readonly landed: Exact;
  /** Null: it stays in its family, or is gone. Else where it goes (null: nobody knows), and what it costs on demand there. */
  readonly move: { readonly meterKind: string | null; readonly cost: Exact } | null;
}

const ZERO = new Exact(0);
/** Of a year, as AWS counts the seconds of a term (offering's `durationSeconds`, read 2026-11). */
const DAYS_PER_YEAR = 365;

/**
 * What leaves when the advice is followed and planned ends within `termYears` have come; and what a workload of the plan uses that is too young
 * to be sized, though it stays. What has no usage of its own kind is left out.
 */
export function leavingOf(
  recommendations: readonly Recommendation[],
  view: SnapshotView,
  resourceType: 'Ec2Instance' | 'RdsDbInstance',
  termYears: number,
): Leaving[] {
  const followed = recommendations.filter((item) => isLive(item) && item.supersededBy === null && isOfUsage(item));
  const byResource = Map.groupBy(followed, (item) => `${item.accountId}\n${item.resourceId}`);
  return view.snapshot.resources.flatMap((resource) => {
    if (resource.resourceType !== resourceType) return [];
    const from = placeOf(resource);
    const items = (byResource.get(`${resource.accountId}\n${resource.resourceId}`) ?? []).filter(
      (item) => exact(item.netMonthlySavings).gt(0) || (from !== undefined && leavesFamily(item, from)),
    );
    const isEnding = endsWithin(resource, view, termYears);
    if (from === undefined) return [];
    if (isTooYoung(resource, view)) return [young(from, monthlyCosts(resource, view, isUsageKind), view)];
    if (!isEnding && items.length === 0) return [];
    return [leaving(from, items, isEnding, monthlyCosts(resource, view, isUsageKind), view)];
  });
}

/** Accounts that are young as a whole are left out whole. */
function isTooYoung(resource: ResourceFacts, { snapshot }: SnapshotView): boolean {
  return isOfYoungWorkload(resource, snapshot) && !isAccountOfYoungWorkload(resource.accountId, snapshot);
}

/** What pays for it goes on paying: nothing is set free. */
function young(from: Place, costs: readonly MeterCost[], view: SnapshotView): Leaving {
  const { own } = floatingSaving(costs, ALL_OF_IT, view);
  const onDemand = effectiveMonthly(costs.filter(({ coveredBy }) => coveredBy === 'none')).plus(own);
  return { from, own: onDemand.div(DAYS_PER_MONTH), landed: ZERO, move: null };
}

export function isUsageKind(meterKind: string): boolean {
  return /^(BoxUsage|InstanceUsage|Multi-AZUsage)(IOOptimized)?:/.test(meterKind);
}

function leaving(
  from: Place,
  items: readonly Recommendation[],
  isEnding: boolean,
  costs: readonly MeterCost[],
  view: SnapshotView,
): Leaving {
  const whole = floatingSaving(costs, ALL_OF_IT, view);
  const onDemand = effectiveMonthly(costs.filter(({ coveredBy }) => coveredBy === 'none')).plus(whole.own);
  // Deleting a database saves its disks too, which no commitment pays.
  const savedBy = ({ effect, netMonthlySavings }: Recommendation): Exact =>
    effect.component === '*' ? Exact.min(netMonthlySavings, onDemand.plus(whole.landed)) : exact(netMonthlySavings);
  const saved = items.reduce((sum, item) => sum.plus(savedBy(item)), ZERO);
  const daily = (own: Exact, landed: Exact, move: Leaving['move'] = null): Leaving => ({
    from,
    own: own.div(DAYS_PER_MONTH),
    landed: Exact.max(0, landed).div(DAYS_PER_MONTH),
    move,
  });
  if (isEnding) return daily(onDemand, Exact.max(whole.landed, saved.minus(onDemand)));
  const mover = items.find((item) => leavesFamily(item, from));
  if (mover === undefined) return daily(Exact.min(saved, onDemand), saved.minus(Exact.min(saved, onDemand)));
  const freed = floatingSaving(costs, changeOf(mover.effect, mover.savings), view).landed;
  const cost = Exact.max(0, onDemand.minus(saved).plus(freed)).div(DAYS_PER_MONTH);
  const meterKind = mover.effect.targetMeterKind ?? null;
  return daily(onDemand, Exact.max(freed, saved.minus(onDemand)), { meterKind, cost });
}

/** A newer generation or another processor is another family, whether or not its name is told. */
function leavesFamily({ effect, actionType }: Recommendation, { meterKind }: Place): boolean {
  if (effect.targetMeterKind === undefined) return actionType === 'Upgrade' || actionType === 'MigrateToGraviton';
  return machineMeter(effect.targetMeterKind)?.family !== machineMeter(meterKind)?.family;
}

/** Storage and support beside a machine's hours are no usage that a commitment covers; an organisation's own rule may save nothing at all. */
function isOfUsage({ effect }: Recommendation): boolean {
  const { component, share } = effect;
  return component === '*' || component === 'compute' || component === 'hours' || (component.startsWith('own:') && share !== '0');
}

function endsWithin(resource: ResourceFacts, view: SnapshotView, termYears: number): boolean {
  const endDate = view.hearing(resource)?.endDate ?? null;
  return endDate !== null && endDate < addDays(view.snapshot.asOf, termYears * DAYS_PER_YEAR);
}

/** The usage type that the machine or database has now. */
function placeOf({ accountId, regionId, lines }: ResourceFacts): Place | undefined {
  const last = lines.findLast(({ meterKind }) => isUsageKind(meterKind));
  return last && { accountId, regionId, serviceName: last.serviceName, meterKind: last.meterKind };
}
