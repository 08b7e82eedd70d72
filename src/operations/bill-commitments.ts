import { advise as adviseOn } from '../advice/advise.ts';
import { sharingGroupOf } from '../advice/costing.ts';
import type { Detector } from '../advice/detector.ts';
import { residualView } from '../advice/residual-usage.ts';
import { RESERVED } from '../advice/sizing/plan-rates.ts';
import { type CommitmentPosition, positionOf } from '../advice/sizing/position.ts';
import { commitmentAlone, type PlanProposal, type PurchasePolicy, type Sizing, sizeGroup } from '../advice/sizing/size.ts';
import { type SnapshotView, viewOf } from '../advice/snapshot-view.ts';
import { offerKey, scopeOf } from '../commitments/rates.ts';
import type { Purchase, WhatIf } from '../commitments/what-if.ts';
import { addDays, type Day } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { type DecimalString, exact, HOURS_PER_MONTH, plain } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import { PLAN_TYPES } from '../ledger/commitment.ts';
import { dayToLook } from './advise.ts';
import {
  type CommitmentAdvice,
  type CommitmentReport,
  commitmentAdviceOf,
  decimal,
  HOURS_PER_YEAR,
  percent,
  riskOf,
} from './commitments.ts';
import type { Context } from './context.ts';

export interface BillCommitmentsInput {
  readonly asOf?: Day | null;
  readonly currency?: string | null;
  readonly detectors: readonly Detector[];
  readonly policy: PurchasePolicy;
}

/** A purchase with its place: only accounts of one sharing group share it. */
export interface GroupAdvice extends CommitmentAdvice {
  readonly sharingGroupId: string;
  /** What the proposal saves a year, if the coming year goes like the look-back. */
  readonly proposedYearlySavings: DecimalString;
  /** How the optimum is reached: each step is worked out again before it is bought. */
  readonly ladder: readonly { readonly inMonths: number; readonly hourlyCommitment: DecimalString }[];
}

/** How the figures of one group of accounts that share commitments came about. */
export interface GroupBasis {
  readonly sharingGroupId: string;
  /** Message ids of what is missing; then there is no advice for the group. */
  readonly missing: readonly string[];
  readonly resolution: Sizing['resolution'];
  readonly knownByHourPercent: DecimalString;
  /** Share of the usage whose rate under some plan is known. */
  readonly pricedPercent: DecimalString;
  readonly rateSources: readonly string[];
  /** Dollars an hour on demand, after the other advice; the usage of accounts that moved in during the look-back is not in it. */
  readonly hourlyOnDemandCost: DecimalString;
  readonly arriving: { readonly accountIds: readonly string[]; readonly hourlyCost: DecimalString };
  readonly unknownServices: readonly string[];
  /** Other ways to buy for the same usage, at their optimum: alternatives, not to be added up. */
  readonly alternatives: readonly {
    readonly planTypes: readonly string[];
    readonly hourlyCommitment: DecimalString;
    readonly yearlySavings: DecimalString;
  }[];
  /** AWS's own figure for the same plan, and the steps from it to ours. */
  readonly aws: readonly {
    readonly planType: string;
    readonly lookbackDays: number;
    readonly hourlyCommitment: DecimalString;
    readonly estimatedMonthlySavings: DecimalString | null;
    readonly steps: readonly { readonly reason: StepReason; readonly hourlyCommitment: DecimalString }[];
    readonly proposedHourlyCommitment: DecimalString;
  }[];
}

/** daysAndRates: other days and our rates; otherAdvice: what is idle or oversized taken off first; otherPlans: plans of other types beside it. */
export type StepReason = 'daysAndRates' | 'otherAdvice' | 'otherPlans' | 'firstTranche';

export interface BillCommitmentsReport extends Omit<CommitmentReport, 'advice'> {
  readonly asOf: Day;
  readonly currency: string;
  readonly advice: readonly GroupAdvice[];
  readonly groups: readonly GroupBasis[];
  readonly position: CommitmentPosition;
}

/**
 * What to commit to, from the bill: sized on the on-demand usage that is left after all other open advice and planned ends, group by group of
 * accounts that share commitments. NOT_FOUND while the ledger is empty; INVALID_INPUT for a wrong day or currency.
 */
export async function billCommitments(context: Context, input: BillCommitmentsInput): Promise<BillCommitmentsReport> {
  const { raw, residual } = await viewsOf(context, input);
  const { snapshot } = raw;
  const groupIds = [...new Set(snapshot.accounts.map(({ accountId }) => sharingGroupOf(accountId, raw)))].sort();
  const groups = groupIds.map((groupId) => ({ groupId, missing: missingOf(residual, groupId, input.policy) }));
  const sized = groups
    .filter(({ missing }) => missing.length === 0)
    .map(({ groupId }) => ({
      groupId,
      own: sizeGroup(groupId, residual, input.policy),
      raw: sizeGroup(groupId, raw, input.policy),
    }));
  const bases = groups.map(({ groupId, missing }) => {
    const found = sized.find((item) => item.groupId === groupId);
    return found ? basisOf(found.own, found.raw, residual, input.policy) : unknownBasis(groupId, missing);
  });
  return {
    asOf: snapshot.asOf,
    currency: snapshot.currency,
    advice: sized.flatMap(({ own }) => own.proposals.flatMap((proposal) => adviceOf(own, proposal))),
    ...totalsOf(
      sized.map(({ own }) => own),
      input.policy,
      snapshot.settledUntil,
    ),
    groups: bases,
    position: positionOf(snapshot),
  };
}

export interface WhatIfInput extends BillCommitmentsInput {
  readonly sharingGroupId: string | null;
  readonly purchases: readonly Purchase[];
  /** -20: a fifth less usage than in the look-back. */
  readonly usageChangePercent: number;
}

export interface WhatIfReport {
  readonly sharingGroupId: string;
  readonly hourlyOnDemandCost: DecimalString;
  readonly hourlyCost: DecimalString;
  readonly yearlySavings: DecimalString;
  readonly coveragePercent: DecimalString;
  readonly utilizationPercent: DecimalString;
  readonly effectiveSavingsRatePercent: DecimalString;
  readonly unusedMonthlyCost: DecimalString;
}

/** The same replay for purchases of one's own choice. NOT_FOUND for a group that is not there or that cannot be sized. */
export async function billWhatIf(context: Context, input: WhatIfInput): Promise<WhatIfReport> {
  const { residual } = await viewsOf(context, input);
  const groups = [...new Set(residual.snapshot.accounts.map(({ accountId }) => sharingGroupOf(accountId, residual)))].sort();
  const groupId = input.sharingGroupId ?? groups[0];
  if (groupId === undefined || !groups.includes(groupId)) {
    throw new AdvisorError('NOT_FOUND', 'There is no such group of accounts', `Name one of ${groups.join(', ')}.`);
  }
  const sizing = sizeGroup(groupId, residual, input.policy);
  const purchases = input.purchases.filter(({ hourlyCommitment }) => hourlyCommitment > 0);
  for (const purchase of purchases) requireRate(purchase, sizing);
  return whatIfOf(groupId, sizing.replay(input.usageChangePercent / 100, purchases));
}

function requireRate(purchase: Purchase, { card, usage }: Sizing): void {
  const offers = card.rates.filter((rate) => offerKey(rate) === offerKey(purchase));
  const isPool = scopeOf(purchase.planType) === 'pool';
  if (isPool ? offers.length > 0 : offers.some((rate) => rate.family === purchase.family)) return;
  const families = offers.map((rate) => rate.family).filter((family) => usage.families.includes(family));
  throw new AdvisorError(
    'INVALID_INPUT',
    `No rate of ${purchase.planType} is known for ${isPool ? 'this usage' : `"${oneLine(purchase.family, 60)}"`}`,
    families.length > 0
      ? `Name one of: ${families.join('; ')}.`
      : 'Choose another plan, term or payment, or run "cost-pillar sync" first.',
  );
}

function whatIfOf(sharingGroupId: string, replay: WhatIf): WhatIfReport {
  return {
    sharingGroupId,
    hourlyOnDemandCost: decimal(replay.onDemandCost),
    hourlyCost: decimal(replay.cost),
    yearlySavings: decimal((replay.onDemandCost - replay.cost) * HOURS_PER_YEAR, 2),
    coveragePercent: percent(replay.coverage),
    utilizationPercent: percent(replay.utilization),
    effectiveSavingsRatePercent: percent(replay.effectiveSavingsRate),
    unusedMonthlyCost: decimal(replay.hourlyCommitment * (1 - replay.utilization) * HOURS_PER_MONTH, 2),
  };
}

async function viewsOf(context: Context, { asOf, currency, detectors }: BillCommitmentsInput) {
  const { scope, ports } = context;
  const snapshot = await ports.snapshots.snapshot(scope, { asOf: await dayToLook(context, asOf), currency: currency ?? null });
  const previous = (await ports.recommendations.current(scope)).filter((item) => item.currency === snapshot.currency);
  const { recommendations } = adviseOn({ snapshot, detectors, previous });
  const raw = viewOf(snapshot);
  return { raw, residual: residualView(recommendations, raw) };
}

function missingOf({ snapshot, coverage }: SnapshotView, groupId: string, { lookbackDays }: PurchasePolicy): string[] {
  const members = snapshot.accounts.filter((account) => (account.sharingGroupId ?? account.accountId) === groupId);
  const states = members
    .map(({ accountId }) => coverage('usageByAccount', accountId, null))
    .filter((state) => state !== 'covered');
  const isShort = snapshot.spendWindow.start > addDays(snapshot.settledUntil, -lookbackDays);
  return [...new Set(states.map((state) => `usageByAccount.${state}`)), ...(isShort ? ['shortHistory'] : [])];
}

/** Quarters; each half of what the first purchase leaves. */
const LATER_STEPS = 2;
const MONTHS_PER_STEP = 3;

function adviceOf({ groupId }: Sizing, proposal: PlanProposal): GroupAdvice[] {
  const { optimal, proposedHourlyCommitment: first, coveredOnDemand, breakEvenMonth } = proposal;
  const optimum = optimal.hourlyCommitment;
  const later = Array.from({ length: LATER_STEPS }, (_, index) => ({
    inMonths: (index + 1) * MONTHS_PER_STEP,
    hourlyCommitment: decimal(Math.floor(((optimum - first) / LATER_STEPS) * 1000) / 1000, 3),
  }));
  return [
    {
      sharingGroupId: groupId,
      ...commitmentAdviceOf(optimal),
      proposedHourlyCommitment: decimal(first, 3),
      breakEvenMonth,
      proposedYearlySavings: decimal((coveredOnDemand - first) * HOURS_PER_YEAR, 2),
      ladder: first > 0 ? [{ inMonths: 0, hourlyCommitment: decimal(first, 3) }, ...later] : [],
    },
  ];
}

/** Over all groups; they never pool, so their figures add up. */
function totalsOf(sized: readonly Sizing[], policy: PurchasePolicy, settledUntil: Day) {
  const replayed = (change: number): WhatIf => sumOfReplays(sized.map((sizing) => sizing.replay(change)));
  const now = replayed(0);
  const cost = sized.reduce((sum, { optimum }) => sum + optimum.cost, 0);
  const bound = sized.reduce((sum, { optimum }) => sum + optimum.lowerBound, 0);
  const start = addDays(settledUntil, -policy.lookbackDays);
  return {
    certifiedGap: cost > 0 ? Math.max(0, (cost - bound) / cost) : 0,
    series: {
      from: `${start}T00:00:00Z`,
      to: `${addDays(settledUntil, -1)}T23:00:00Z`,
      hours: policy.lookbackDays * 24,
      families: new Set(sized.flatMap(({ usage }) => usage.families)).size,
      onDemandCost: decimal(now.onDemandCost),
      cost: decimal(cost),
    },
    coveragePercent: percent(now.coverage),
    utilizationPercent: percent(now.utilization),
    effectiveSavingsRatePercent: percent(now.effectiveSavingsRate),
    risk: riskOf(replayed),
  };
}

function sumOfReplays(all: readonly WhatIf[]): WhatIf {
  const sum = (of: (one: WhatIf) => number): number => all.reduce((total, one) => total + of(one), 0);
  const [onDemandCost, cost, hourlyCommitment] = [
    sum((one) => one.onDemandCost),
    sum((one) => one.cost),
    sum((one) => one.hourlyCommitment),
  ];
  const used = sum((one) => one.utilization * one.hourlyCommitment);
  return {
    onDemandCost,
    cost,
    hourlyCommitment,
    utilization: hourlyCommitment > 0 ? used / hourlyCommitment : 1,
    coverage: onDemandCost > 0 ? sum((one) => one.coverage * one.onDemandCost) / onDemandCost : 0,
    effectiveSavingsRate: onDemandCost > 0 ? 1 - cost / onDemandCost : 0,
    purchases: all.flatMap((one) => one.purchases),
  };
}

function basisOf(own: Sizing, raw: Sizing, residual: SnapshotView, policy: PurchasePolicy): GroupBasis {
  return {
    sharingGroupId: own.groupId,
    missing: [],
    resolution: own.resolution,
    knownByHourPercent: percent(own.coverable.knownByHour),
    pricedPercent: percent(own.card.pricedShare),
    rateSources: [...own.card.sources].sort(),
    hourlyOnDemandCost: decimal(own.optimum.onDemandCost),
    arriving: { accountIds: own.coverable.arriving.accountIds, hourlyCost: decimal(own.coverable.arriving.hourlyCost) },
    unknownServices: own.coverable.unknownServices,
    alternatives: alternativesOf(own.groupId, residual, policy),
    aws: PLAN_TYPES.flatMap((planType) => besideAws(planType, own, raw, residual, policy)),
  };
}

function unknownBasis(sharingGroupId: string, missing: readonly string[]): GroupBasis {
  return {
    sharingGroupId,
    missing,
    resolution: 'daily',
    knownByHourPercent: '0',
    pricedPercent: '0',
    rateSources: [],
    hourlyOnDemandCost: '0',
    arriving: { accountIds: [], hourlyCost: '0' },
    unknownServices: [],
    alternatives: [],
    aws: [],
  };
}

/** Flexible plans alone, plans of one family alone: what each way would reach. */
function alternativesOf(groupId: string, residual: SnapshotView, policy: PurchasePolicy): GroupBasis['alternatives'] {
  const ways = [['Compute'], ['EC2Instance'], [RESERVED]].filter((way) => way.every((type) => policy.planTypes.includes(type)));
  return ways.flatMap((planTypes) => {
    const { optimum } = sizeGroup(groupId, residual, { ...policy, planTypes });
    const hourlyCommitment = optimum.advice.reduce((sum, plan) => sum + plan.hourlyCommitment, 0);
    if (hourlyCommitment === 0) return [];
    const yearlySavings = decimal((optimum.onDemandCost - optimum.cost) * HOURS_PER_YEAR, 2);
    return [{ planTypes, hourlyCommitment: decimal(hourlyCommitment), yearlySavings }];
  });
}

/** AWS looks at a plan type by itself, on what the bill shows; each step to ours has a reason of its own. */
function besideAws(
  planType: string,
  own: Sizing,
  raw: Sizing,
  { snapshot }: SnapshotView,
  policy: PurchasePolicy,
): GroupBasis['aws'] {
  const said = snapshot.commitmentFacts.awsPlans.find(
    (advice) =>
      advice.planType === planType &&
      advice.accountScope === 'payer' &&
      policy.termYears.includes(advice.termYears) &&
      policy.paymentOptions.includes(advice.paymentOption) &&
      advice.proposals.every(({ accountId }) => accountId === null || accountId === own.groupId),
  );
  if (!said || said.proposals.length === 0) return [];
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
