import { sharingGroupOf, sharingGroups } from '../../advice/sharing-group.ts';
import { type DatabasePlanRates, databaseUsage } from '../../advice/sizing/database-plans.ts';
import { RESERVED } from '../../advice/sizing/node-rates.ts';
import { commitmentAlone, type PurchasePolicy, type Sizing, sizeGroup } from '../../advice/sizing/size.ts';
import type { SnapshotView } from '../../advice/snapshot-view.ts';
import { type DecimalString, exact, plain } from '../../kernel/money.ts';
import { PLAN_TYPES } from '../../ledger/commitment.ts';
import type { PlanPurchaseAdvice } from '../../ledger/purchase-advice.ts';
import { decimal, HOURS_PER_YEAR, percent } from './figures.ts';

/** How the figures of one group of accounts that share commitments came about. */
export interface GroupBasis {
  readonly sharingGroupId: string;
  /** Message ids of what is missing; then there is no advice for the group. */
  readonly missing: readonly string[];
  /** Settled days that it was sized on. */
  readonly lookbackDays: number;
  readonly resolution: Sizing['resolution'];
  readonly knownByHourPercent: DecimalString;
  /** Share of the usage whose rate under some plan is known. */
  readonly pricedPercent: DecimalString;
  readonly rateSources: readonly string[];
  /** Dollars an hour on demand, after the other advice; the usage of accounts that moved in during the look-back is not in it. */
  readonly hourlyOnDemandCost: DecimalString;
  readonly arriving: { readonly accountIds: readonly string[]; readonly hourlyCost: DecimalString };
  readonly unknownServices: readonly string[];
  /** Nodes of services with Database Savings Plans: only what has rates is sized under one. */
  readonly databases: readonly {
    readonly planRates: DatabasePlanRates['kind'];
    readonly hourlyOnDemandCost: DecimalString;
  }[];
  /** Commitments that began within the look-back or are queued: what they will cover is not sized yet. */
  readonly recentCommitments: readonly string[];
  /** Other ways to buy for the same usage, at their optimum: alternatives, not to be added up. */
  readonly alternatives: readonly {
    readonly planTypes: readonly string[];
    readonly hourlyCommitment: DecimalString;
    readonly yearlySavings: DecimalString;
  }[];
  /** AWS's own figure for the same plan and as many days, and the steps from it to ours; none where AWS's is not known. */
  readonly aws: readonly {
    readonly planType: string;
    readonly lookbackDays: number;
    readonly hourlyCommitment: DecimalString;
    readonly estimatedMonthlySavings: DecimalString | null;
    readonly steps: readonly { readonly reason: StepReason; readonly hourlyCommitment: DecimalString }[];
    readonly proposedHourlyCommitment: DecimalString;
  }[];
}

/** daysAndRates: other days and our rates, and usage that we do not size (serverless databases, young accounts, dedicated machines); otherAdvice: what is idle, oversized, planned to end or newly moved taken off first; otherPlans: plans of other types beside it. */
export type StepReason = 'daysAndRates' | 'otherAdvice' | 'otherPlans' | 'firstTranche';

export function basisOf(own: Sizing, raw: Sizing, residual: SnapshotView, policy: PurchasePolicy): GroupBasis {
  return {
    sharingGroupId: own.groupId,
    missing: [],
    lookbackDays: policy.lookbackDays,
    resolution: own.resolution,
    knownByHourPercent: percent(own.coverable.knownByHour),
    pricedPercent: percent(own.card.pricedShare),
    rateSources: [...own.card.sources].sort(),
    hourlyOnDemandCost: decimal(own.optimum.onDemandCost),
    arriving: { accountIds: own.coverable.arriving.accountIds, hourlyCost: decimal(own.coverable.arriving.hourlyCost) },
    unknownServices: own.coverable.unknownServices,
    databases: databasesOf(own, residual),
    recentCommitments: own.coverable.recentCommitments,
    alternatives: alternativesOf(own.groupId, residual, policy),
    aws: PLAN_TYPES.flatMap((planType) => besideAws(planType, own, raw, residual, policy)),
  };
}

export function unknownBasis(sharingGroupId: string, missing: readonly string[], lookbackDays: number): GroupBasis {
  return {
    sharingGroupId,
    missing,
    lookbackDays,
    resolution: 'daily',
    knownByHourPercent: '0',
    pricedPercent: '0',
    rateSources: [],
    hourlyOnDemandCost: '0',
    arriving: { accountIds: [], hourlyCost: '0' },
    unknownServices: [],
    databases: [],
    recentCommitments: [],
    alternatives: [],
    aws: [],
  };
}

function databasesOf({ groupId, coverable }: Sizing, view: SnapshotView): GroupBasis['databases'] {
  return [...databaseUsage(groupId, coverable.series, view)]
    .map(([planRates, hourly]) => ({ planRates, hourlyOnDemandCost: decimal(hourly) }))
    .sort((a, b) => (a.planRates < b.planRates ? -1 : 1));
}

/** Flexible plans alone, plans of one family alone: what each way would reach. */
function alternativesOf(groupId: string, residual: SnapshotView, policy: PurchasePolicy): GroupBasis['alternatives'] {
  const ways = [['Compute'], ['EC2Instance'], ['Database'], [RESERVED]].filter((way) =>
    way.every((type) => policy.planTypes.includes(type)),
  );
  return ways.flatMap((planTypes) => {
    const { optimum } = sizeGroup(groupId, residual, { ...policy, planTypes });
    const hourlyCommitment = optimum.advice.reduce((sum, plan) => sum + plan.hourlyCommitment, 0);
    if (hourlyCommitment === 0) return [];
    const yearlySavings = decimal((optimum.onDemandCost - optimum.cost) * HOURS_PER_YEAR, 2);
    return [{ planTypes, hourlyCommitment: decimal(hourlyCommitment), yearlySavings }];
  });
}

/**
 * AWS looks at a plan type by itself, on what the bill shows; each step to ours has a reason of its own. A plan type that we have no rates for
 * was not sized, and nothing leads from AWS's figure to ours.
 */
function besideAws(planType: string, own: Sizing, raw: Sizing, view: SnapshotView, policy: PurchasePolicy): GroupBasis['aws'] {
  const said = view.snapshot.commitmentFacts.awsPlans.find(
    (advice) =>
      advice.planType === planType &&
      advice.accountScope === 'payer' &&
      advice.lookbackDays === policy.lookbackDays &&
      policy.termYears.includes(advice.termYears) &&
      policy.paymentOptions.includes(advice.paymentOption) &&
      isAbout(own.groupId, advice, view),
  );
  if (!said || !raw.card.rates.some((rate) => rate.planType === planType)) return [];
  const levels = [
    said.proposals.reduce((sum, one) => sum + Number(one.hourlyCommitment), 0),
    commitmentAlone({ usage: raw.usage, rates: raw.card.rates }, planType),
    commitmentAlone({ usage: own.usage, rates: own.card.rates }, planType),
    own.optimum.advice.filter((plan) => plan.planType === planType).reduce((sum, plan) => sum + plan.hourlyCommitment, 0),
    own.proposals
      .filter(({ optimal }) => optimal.planType === planType)
      .reduce((sum, proposal) => sum + proposal.proposedHourlyCommitment, 0),
  ].map((level) => exact(level).toDecimalPlaces(3));
  const reasons: readonly StepReason[] = ['daysAndRates', 'otherAdvice', 'otherPlans', 'firstTranche'];
  return [
    {
      planType,
      lookbackDays: said.lookbackDays,
      hourlyCommitment: plain(levels[0] ?? exact('0')),
      estimatedMonthlySavings: said.estimatedMonthlySavings,
      steps: reasons.map((reason, index) => ({
        reason,
        hourlyCommitment: plain((levels[index + 1] ?? exact('0')).minus(levels[index] ?? exact('0'))),
      })),
      proposedHourlyCommitment: plain(levels.at(-1) ?? exact('0')),
    },
  ];
}

/** An answer without proposals names no account, and could be about any group. So could one without an account, where there are more. */
function isAbout(groupId: string, { proposals }: PlanPurchaseAdvice, view: SnapshotView): boolean {
  const groups = sharingGroups(view);
  const isOurs = (accountId: string | null): boolean =>
    accountId === null ? groups.length === 1 : accountId === groupId || sharingGroupOf(accountId, view) === groupId;
  return proposals.length > 0 && proposals.every(({ accountId }) => isOurs(accountId));
}
