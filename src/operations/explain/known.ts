import { effectiveMonthly, isStillBilled, type MeterCost, monthlyCosts, settled } from '../../advice/costing.ts';
import type { NamedResource } from '../../advice/find-subject.ts';
import type { Recommendation } from '../../advice/recommendation.ts';
import { sharingGroupOf } from '../../advice/sharing-group.ts';
import type { SnapshotView } from '../../advice/snapshot-view.ts';
import { type Day, daysIn } from '../../kernel/calendar.ts';
import { type DecimalString, exact, HOURS_PER_MONTH, plain, sumExact } from '../../kernel/money.ts';
import type { ResourceFacts, Tag } from '../../ledger/resource.ts';
import type { Utilization } from '../../ledger/utilization.ts';

/** What one usage type costs a month, at the pace of the last week. */
export interface UsageCost {
  readonly serviceName: string;
  /** Without the region's prefix: "BoxUsage:m5.large". */
  readonly usageType: string;
  readonly unitsMonthly: DecimalString;
  readonly monthlyCost: DecimalString;
  /** The same without commitments. */
  readonly onDemandEquivalentMonthlyCost: DecimalString;
  readonly coveredBy: MeterCost['coveredBy'];
}

export interface ResourceKnown extends NamedResource {
  readonly accountName: string | null;
  /** Null where the resource left the bill so long ago that only advice about it is left. */
  readonly bill: {
    readonly firstBilledDay: Day;
    readonly lastBilledDay: Day;
    /** It may be older: the days that we hold begin on its first one. */
    readonly mayBeOlder: boolean;
    readonly isStillBilled: boolean;
    readonly monthlyCost: DecimalString;
    readonly usage: readonly UsageCost[];
  } | null;
  readonly tags: readonly Tag[];
  /** Null: nothing measured it. */
  readonly utilization: Utilization | null;
}

export interface AccountKnown {
  readonly accountId: string;
  readonly accountName: string | null;
  /** A month of 730 h, at the pace of the last 30 settled days; null: not an account on the bill. */
  readonly monthlyCost: DecimalString | null;
  readonly resources: number;
  /** Other accounts of its sharing group. */
  readonly sharesCommitmentsWith: number;
  readonly liveRecommendations: { readonly count: number; readonly netMonthlySavings: DecimalString };
}

export function resourceKnown(named: NamedResource, facts: ResourceFacts | undefined, view: SnapshotView): ResourceKnown {
  const { accountId, regionId, resourceId, resourceType } = facts ?? named;
  return {
    resourceId,
    resourceType,
    accountId,
    accountName: accountNameOf(accountId, view),
    regionId,
    bill: facts ? billOf(facts, view) : null,
    tags: facts?.tags ?? [],
    utilization: facts?.utilization ?? null,
  };
}

function billOf(facts: ResourceFacts, view: SnapshotView): NonNullable<ResourceKnown['bill']> {
  const costs = monthlyCosts(facts, view);
  const dearestFirst = costs.toSorted((a, b) => b.effectiveMonthly.cmp(a.effectiveMonthly));
  return {
    firstBilledDay: facts.firstBilledDay,
    lastBilledDay: facts.lastBilledDay,
    mayBeOlder: facts.firstBilledDay <= view.snapshot.lineWindow.start,
    isStillBilled: isStillBilled(facts, view),
    monthlyCost: plain(effectiveMonthly(costs)),
    usage: dearestFirst.map((cost) => ({
      serviceName: cost.serviceName,
      usageType: cost.meterKind,
      unitsMonthly: plain(cost.unitsMonthly),
      monthlyCost: plain(cost.effectiveMonthly),
      onDemandEquivalentMonthlyCost: plain(cost.onDemandEquivalentMonthly),
      coveredBy: cost.coveredBy,
    })),
  };
}

/** `live`: what is open or accepted in the account. */
export function accountKnown(accountId: string, live: readonly Recommendation[], view: SnapshotView): AccountKnown {
  const { accounts, resources, spendWindow } = view.snapshot;
  const group = sharingGroupOf(accountId, view);
  const account = accounts.find((item) => item.accountId === accountId);
  const days = daysIn(spendWindow);
  const monthly = account && days > 0 ? exact(account.runningCost).div(days).mul(HOURS_PER_MONTH).div(24) : null;
  return {
    accountId,
    accountName: accountNameOf(accountId, view),
    monthlyCost: monthly && plain(settled(monthly)),
    resources: resources.filter((resource) => resource.accountId === accountId).length,
    sharesCommitmentsWith: accounts.filter(
      (item) => item.accountId !== accountId && sharingGroupOf(item.accountId, view) === group,
    ).length,
    liveRecommendations: {
      count: live.length,
      netMonthlySavings: plain(sumExact(live.map((item) => item.netMonthlySavings))),
    },
  };
}

function accountNameOf(accountId: string, { snapshot }: SnapshotView): string | null {
  return snapshot.accounts.find((account) => account.accountId === accountId)?.accountName ?? null;
}
