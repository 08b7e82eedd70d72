import { addDays, type Day } from '../../kernel/calendar.ts';
import { Exact } from '../../kernel/money.ts';
import type { Commitment, PlanType } from '../../ledger/commitment.ts';
import { isCommittable } from '../../ledger/hourly-usage.ts';
import type { ResourceFacts, UsageLine } from '../../ledger/resource.ts';
import { sharingGroupOf } from '../sharing-group.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import { type MeterUsage, usageDay } from './meter-usage.ts';
import { planUnitPrice } from './plan-rates.ts';
import { floatingPlanOf, mayPay } from './plan-reach.ts';
import { type MachineMeter, machineMeter } from './size-units.ts';
import { splitDays } from './split-usage.ts';

/** Machine usage of one account, region and usage type, by day: what no commitment paid, or what a Savings Plan did. */
export interface PooledUsage {
  readonly key: string;
  readonly accountId: string;
  readonly serviceName: string;
  readonly regionId: string;
  readonly meterKind: string;
  /** Tells the licence; null: not known. */
  readonly operation: string | null;
  readonly machine: MachineMeter | null;
  /** At on-demand prices. */
  readonly costOn: ReadonlyMap<Day, Exact>;
  readonly quantityOn: ReadonlyMap<Day, Exact>;
  /** Plan price per on-demand price; null: no such rate is known, so the rate of what is freed stands in. */
  readonly poolRate: Exact | null;
  readonly familyRate: Exact | null;
}

/** The accounts that share commitments, over the recent days: what they own, what is still on demand, what plans already pay. */
export interface SharingPool {
  readonly commitments: readonly Commitment[];
  /** Whether the usage is of an account whose own plans pay it first. */
  readonly isOwners: (usage: Pick<PooledUsage, 'accountId' | 'serviceName'>) => boolean;
  /** In AWS's order: the owners' usage first, then highest saving first, then lowest rate (Savings Plans guide, read 2026-11). */
  readonly onDemand: readonly PooledUsage[];
  /** Usage under plans that float over families: a reservation or a family's plan goes before them and sets them free. */
  readonly covered: readonly PooledUsage[];
}

/** Bills round each line: rates that differ beyond these are the same, and must not change the order. */
const RATE_DECIMALS = 6;
/** As `RECENT_DAYS` of the costing, which looks at no day before. */
const DAYS = 7;
const pools = new WeakMap<SnapshotView, Map<string, SharingPool>>();

export function sharingPoolOf(accountId: string, view: SnapshotView): SharingPool {
  const group = sharingGroupOf(accountId, view);
  const known = pools.get(view) ?? new Map<string, SharingPool>();
  pools.set(view, known);
  const pool = known.get(group) ?? makePool(group, view);
  known.set(group, pool);
  return pool;
}

interface Draft extends About {
  readonly key: string;
  readonly costOn: Map<Day, Exact>;
  readonly quantityOn: Map<Day, Exact>;
}

function makePool(group: string, view: SnapshotView): SharingPool {
  const inGroup = (accountId: string): boolean => sharingGroupOf(accountId, view) === group;
  const commitments = view.snapshot.commitments.filter((item) => item.ownerAccountId === null || inGroup(item.ownerAccountId));
  const start = addDays(view.snapshot.lineWindow.end, -DAYS);
  const onDemand = new Map<string, Draft>();
  const covered = new Map<string, Draft>();
  for (const resource of view.snapshot.resources) {
    if (!inGroup(resource.accountId)) continue;
    const lines = resource.lines.filter((line) => line.day >= start && isCommittable(line.meterKind));
    for (const usage of usagesOf(resource, lines)) {
      for (const { day, cost, onDemand: plainly, quantity, bucket } of splitDays(usage, commitments, view)) {
        const share = cost.gt(0) ? plainly.div(cost) : new Exact(0);
        add(onDemand, usage, day, plainly, quantity.mul(share));
        if (bucket.kind === 'pool') add(covered, usage, day, cost.minus(plainly), quantity.mul(new Exact(1).minus(share)));
      }
    }
  }
  addWithoutResource(onDemand, view, start, inGroup);
  const asUsage = (drafts: Map<string, Draft>): PooledUsage[] =>
    [...drafts.values()].map((draft) => rated(draft, commitments, view));
  const isOwners: SharingPool['isOwners'] = ({ accountId, serviceName }) =>
    commitments.some((plan) => plan.ownerAccountId === accountId && mayPay(plan, floatingPlanOf(serviceName)));
  return { commitments, isOwners, onDemand: inOrder(asUsage(onDemand), isOwners), covered: inOrder(asUsage(covered), isOwners) };
}

/**
 * The accounts' own series know of on-demand machine hours that no resource line tells (detail reaches back less far, or not at all). Where
 * they know of less than the lines, the lines stand.
 */
function addWithoutResource(
  onDemand: Map<string, Draft>,
  view: SnapshotView,
  start: Day,
  inGroup: (accountId: string) => boolean,
): void {
  const told = Map.groupBy(onDemand.values(), (draft) => usageKey({ ...draft, operation: null }));
  for (const series of view.snapshot.onDemandMeters) {
    if (!inGroup(series.accountId) || !isCommittable(series.meterKind)) continue;
    const known = told.get(usageKey({ ...series, operation: null })) ?? [];
    for (const { day, billedCost, usageQuantity } of series.days) {
      if (day < start) continue;
      const [cost, quantity] = [less(billedCost, known, 'costOn', day), less(usageQuantity, known, 'quantityOn', day)];
      if (cost.gt(ROUNDING)) add(onDemand, { ...series, operation: null }, day, cost, quantity);
    }
  }
}

/** Shares of a day are rounded, so that so little is nothing. */
const ROUNDING = new Exact('0.01');

function less(whole: string, known: readonly Draft[], amounts: 'costOn' | 'quantityOn', day: Day): Exact {
  return known.reduce((left, draft) => left.minus(draft[amounts].get(day) ?? 0), new Exact(whole));
}

function usagesOf(resource: ResourceFacts, lines: readonly UsageLine[]): MeterUsage[] {
  const { accountId, regionId, operation } = resource;
  return [...Map.groupBy(lines, (line) => `${line.serviceName}\n${line.meterKind}`).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { serviceName, meterKind } = first;
    return [{ accountId, regionId, operation, serviceName, meterKind, days: group.map(usageDay) }];
  });
}

export type About = Pick<MeterUsage, 'accountId' | 'serviceName' | 'regionId' | 'meterKind' | 'operation'>;

export function usageKey({ accountId, serviceName, regionId, meterKind, operation }: About): string {
  return `${accountId}\n${serviceName}\n${regionId}\n${meterKind}\n${operation ?? ''}`;
}

function add(drafts: Map<string, Draft>, about: About, day: Day, cost: Exact, quantity: Exact): void {
  if (cost.lte(0)) return;
  const key = usageKey(about);
  const { accountId, serviceName, regionId, meterKind, operation } = about;
  const fresh = { key, accountId, serviceName, regionId, meterKind, operation, costOn: new Map(), quantityOn: new Map() };
  const draft: Draft = drafts.get(key) ?? fresh;
  drafts.set(key, draft);
  draft.costOn.set(day, (draft.costOn.get(day) ?? new Exact(0)).plus(cost));
  draft.quantityOn.set(day, (draft.quantityOn.get(day) ?? new Exact(0)).plus(quantity));
}

function rated(draft: Draft, commitments: readonly Commitment[], view: SnapshotView): PooledUsage {
  const [cost, quantity] = [totalOf(draft.costOn), totalOf(draft.quantityOn)];
  const onDemandUnitPrice = quantity.gt(0) ? cost.div(quantity) : new Exact(0);
  const rateOf = (planType: PlanType | null): Exact | null => {
    if (planType === null) return null;
    const price = planUnitPrice({ ...draft, onDemandUnitPrice }, planType, commitments, view);
    return price?.div(onDemandUnitPrice).toDecimalPlaces(RATE_DECIMALS) ?? null;
  };
  const poolRate = rateOf(floatingPlanOf(draft.serviceName));
  return { ...draft, machine: machineMeter(draft.meterKind), poolRate, familyRate: rateOf('EC2Instance') };
}

function totalOf(amounts: ReadonlyMap<Day, Exact>): Exact {
  return [...amounts.values()].reduce((sum, amount) => sum.plus(amount), new Exact(0));
}

function inOrder(usage: readonly PooledUsage[], isOwners: SharingPool['isOwners']): PooledUsage[] {
  const place = (item: PooledUsage) => ({ item, owner: isOwners(item) ? 0 : 1, unit: unitPriceOf(item) });
  return usage
    .map(place)
    .sort(
      (a, b) =>
        a.owner - b.owner ||
        compare(a.item.poolRate, b.item.poolRate) ||
        compare(a.unit, b.unit) ||
        (a.item.key < b.item.key ? -1 : 1),
    )
    .map(({ item }) => item);
}

function unitPriceOf({ costOn, quantityOn, poolRate }: PooledUsage): Exact | null {
  const quantity = totalOf(quantityOn);
  return poolRate === null || quantity.lte(0) ? null : totalOf(costOn).div(quantity).mul(poolRate).toDecimalPlaces(RATE_DECIMALS);
}

/** What is not known comes last. */
function compare(a: Exact | null, b: Exact | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.cmp(b);
}
