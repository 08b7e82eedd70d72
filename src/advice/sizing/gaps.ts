import { addDays, type Day } from '../../kernel/calendar.ts';
import { type DecimalString, Exact, exact, HOURS_PER_MONTH, plain } from '../../kernel/money.ts';
import { isLive } from '../deduplicate.ts';
import type { Recommendation } from '../recommendation.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import { type DatabasePlanRates, databaseUsage } from './database-plans.ts';
import type { CommitmentPosition, OwnedCommitment } from './position.ts';
import { type PurchasePolicy, type Sizing, sizeGroup } from './size.ts';

/**
 * What is not as it should be with commitments. No saving: amounts are what a month of 730 h costs for nothing, will cost more, or could cost
 * less, in dollars; null is not known. None is added to the advice, whose purchases already count what is uncovered.
 */
export type CommitmentGap =
  | {
      /** Steady usage on demand that a plan would cover at its optimum. */
      readonly kind: 'uncovered';
      readonly sharingGroupId: string;
      readonly hourlyCommitment: DecimalString;
      readonly monthlyCost: DecimalString;
    }
  | {
      /** Paid and not used, in the last month that is known. */
      readonly kind: 'unused';
      readonly commitmentId: string;
      readonly ownerAccountId: string | null;
      readonly utilizationPercent: DecimalString;
      readonly monthlyCost: DecimalString | null;
    }
  | {
      /** What the bill grows by when it ends and the usage goes on. */
      readonly kind: 'expiring';
      readonly commitmentId: string;
      readonly ownerAccountId: string | null;
      readonly endsOn: Day;
      readonly withinDays: (typeof EXPIRY_DAYS)[number];
      readonly monthlyCost: DecimalString | null;
    }
  | {
      /** Planned advice takes away usage that a commitment pays for, and no other usage takes it up before it ends. */
      readonly kind: 'strandedByAdvice';
      readonly accountId: string;
      readonly resourceId: string | null;
      readonly recommendationId: string;
      readonly until: Day | null;
      readonly monthlyCost: DecimalString;
    }
  | {
      /** Flexible plans alone would cost this much more than plans bound to families beside them, for the same usage. */
      readonly kind: 'betterPlanType';
      readonly sharingGroupId: string;
      readonly planTypes: readonly string[];
      readonly monthlyCost: DecimalString;
    }
  | {
      /**
       * Databases on demand, of services that Database Savings Plans cover, of which nobody can tell whether such a plan covers them: the
       * amount is what this usage costs on demand, not what a plan would save.
       */
      readonly kind: 'databasePlans';
      readonly sharingGroupId: string;
      readonly because: (typeof UNTOLD)[number];
      readonly monthlyCost: DecimalString;
    };

export const EXPIRY_DAYS = [30, 60, 90] as const;
/** A commitment that is used less than this is looked at. AWS's own budget template alerts below 80 %; we say it earlier. */
const WELL_USED_PERCENT = 95;

export interface GapFacts {
  readonly position: CommitmentPosition;
  readonly sized: readonly Sizing[];
  readonly recommendations: readonly Recommendation[];
  readonly residual: SnapshotView;
  readonly policy: PurchasePolicy;
}

/** The dearest first; those whose amount is not known before all, since nobody can say that they are small. */
export function gapsOf(facts: GapFacts): readonly CommitmentGap[] {
  const { position, sized, recommendations, residual, policy } = facts;
  const gaps: CommitmentGap[] = [
    ...sized.flatMap(uncovered),
    ...position.owned.flatMap(unused),
    ...position.owned.flatMap((item) => expiring(item, residual.snapshot.asOf)),
    ...recommendations.filter((item) => isLive(item) && item.supersededBy === null).flatMap(stranded),
    ...sized.flatMap((sizing) => betterPlanType(sizing, residual, policy)),
    ...sized.flatMap((sizing) => databasePlans(sizing, residual)),
  ];
  const rank = ({ monthlyCost }: CommitmentGap): Exact =>
    monthlyCost === null ? new Exact(Number.POSITIVE_INFINITY) : exact(monthlyCost);
  return gaps.sort((a, b) => rank(b).cmp(rank(a)) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const monthly = (hourly: number): DecimalString => plain(exact(hourly).mul(HOURS_PER_MONTH).toDecimalPlaces(2));

function uncovered({ groupId, optimum }: Sizing): CommitmentGap[] {
  const saved = optimum.advice.reduce((sum, plan) => sum + plan.hourlySavings, 0);
  const commitment = optimum.advice.reduce((sum, plan) => sum + plan.hourlyCommitment, 0);
  if (saved <= 0) return [];
  const hourlyCommitment = plain(exact(commitment).toDecimalPlaces(3));
  return [{ kind: 'uncovered', sharingGroupId: groupId, hourlyCommitment, monthlyCost: monthly(saved) }];
}

function unused({ commitmentId, ownerAccountId, lastMonth }: OwnedCommitment): CommitmentGap[] {
  if (lastMonth === null || exact(lastMonth.utilizationPercent).gte(WELL_USED_PERCENT)) return [];
  const { utilizationPercent, unusedMonthlyCost: monthlyCost } = lastMonth;
  return [{ kind: 'unused', commitmentId, ownerAccountId, utilizationPercent, monthlyCost }];
}

function expiring({ commitmentId, ownerAccountId, endsOn, lastMonth }: OwnedCommitment, asOf: Day): CommitmentGap[] {
  const withinDays = EXPIRY_DAYS.find((days) => endsOn <= addDays(asOf, days));
  if (withinDays === undefined) return [];
  return [
    { kind: 'expiring', commitmentId, ownerAccountId, endsOn, withinDays, monthlyCost: lastMonth?.monthlyNetSavings ?? null },
  ];
}

function stranded({ id, accountId, resourceId, freedCommitment }: Recommendation): CommitmentGap[] {
  if (freedCommitment === null || exact(freedCommitment.strandedMonthly).lte(0)) return [];
  const { strandedMonthly: monthlyCost, strandedUntil: until } = freedCommitment;
  return [{ kind: 'strandedByAdvice', accountId, resourceId, recommendationId: id, until, monthlyCost }];
}

/** Only where both ways are for sale to this tenant. */
function betterPlanType({ groupId }: Sizing, residual: SnapshotView, policy: PurchasePolicy): CommitmentGap[] {
  if (!['Compute', 'EC2Instance'].every((type) => policy.planTypes.includes(type))) return [];
  const costOf = (planTypes: readonly string[]): number => sizeGroup(groupId, residual, { ...policy, planTypes }).optimum.cost;
  const both = ['Compute', 'EC2Instance'];
  const more = costOf(['Compute']) - costOf(both);
  const monthlyCost = monthly(more);
  return exact(monthlyCost).gt(0) ? [{ kind: 'betterPlanType', sharingGroupId: groupId, planTypes: both, monthlyCost }] : [];
}

/** What keeps us from telling; what is covered is sized, and what no plan covers is no gap. */
const UNTOLD = ['notAsked', 'engineUnknown'] as const satisfies DatabasePlanRates['kind'][];

function databasePlans({ groupId, coverable }: Sizing, residual: SnapshotView): CommitmentGap[] {
  const costs = databaseUsage(groupId, coverable.series, residual);
  return UNTOLD.flatMap((because) => {
    const hourly = costs.get(because) ?? 0;
    return hourly > 0 ? [{ kind: 'databasePlans', sharingGroupId: groupId, because, monthlyCost: monthly(hourly) }] : [];
  });
}
