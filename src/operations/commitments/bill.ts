import { type PurchaseWish, purchasePolicyOf } from '../../advice/policy/purchase.ts';
import { sharingGroupOf, sharingGroups } from '../../advice/sharing-group.ts';
import { type ComingWave, comingWaves } from '../../advice/sizing/coming-waves.ts';
import { coverableSeries, lookbackOf } from '../../advice/sizing/coverable-series.ts';
import { type CommitmentGap, gapsOf } from '../../advice/sizing/gaps.ts';
import { type CommitmentPosition, positionOf } from '../../advice/sizing/position.ts';
import { type PlanProposal, type PurchasePolicy, type Sizing, sizeGroup } from '../../advice/sizing/size.ts';
import type { SnapshotView } from '../../advice/snapshot-view.ts';
import type { WhatIf } from '../../commitments/what-if.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { Context } from '../context.ts';
import {
  type CommitmentAdvice,
  type CommitmentReport,
  commitmentAdviceOf,
  decimal,
  HOURS_PER_YEAR,
  percent,
  riskOf,
} from './figures.ts';
import { basisOf, type GroupBasis, unknownBasis } from './group-basis.ts';
import { type JudgedFacts, type JudgedInput, judgedFacts, viewsOf } from './judged-facts.ts';

export interface BillCommitmentsInput extends JudgedInput {
  /** What is left out, the tenant's policy decides. */
  readonly policy: PurchaseWish;
}

/** A purchase with its place: only accounts of one sharing group share it. */
export interface GroupAdvice extends CommitmentAdvice {
  readonly sharingGroupId: string;
  /** What the proposal saves a year, if the coming year goes like the look-back. */
  readonly proposedYearlySavings: DecimalString;
  /** How the optimum is reached: each step is worked out again before it is bought. */
  readonly ladder: readonly { readonly inMonths: number; readonly hourlyCommitment: DecimalString }[];
}

export interface BillCommitmentsReport extends Omit<CommitmentReport, 'advice'> {
  readonly asOf: Day;
  readonly currency: string;
  readonly advice: readonly GroupAdvice[];
  readonly groups: readonly GroupBasis[];
  readonly position: CommitmentPosition;
  readonly gaps: readonly CommitmentGap[];
  /** Waves of the plan of which something is not sized yet; what the optimum would be after them is not known. */
  readonly comingWaves: readonly ComingWave[];
}

/**
 * What to commit to, from the bill: sized on the on-demand usage that is left after all other open advice and planned ends, group by group of
 * accounts that share commitments. NOT_FOUND while the ledger is empty; INVALID_INPUT for a wrong day or currency.
 */
export async function billCommitments(context: Context, input: BillCommitmentsInput): Promise<BillCommitmentsReport> {
  const { lookbackDays } = input.policy;
  return commitmentsOn(await judgedFacts(context, { ...input, lookbackDays }), input.policy);
}

export function commitmentsOn(judged: JudgedFacts, wish: PurchaseWish): BillCommitmentsReport {
  const policy = purchasePolicyOf(judged.policy.documents, wish);
  const { raw, residual, recommendations } = viewsOf(judged, policy);
  const { snapshot } = raw;
  const position = positionOf(snapshot);
  const groupIds = sharingGroups(raw);
  const groups = groupIds.map((groupId) => ({ groupId, missing: missingOf(residual, groupId, policy) }));
  const known = groups.filter(({ missing }) => missing.length === 0).map(({ groupId }) => groupId);
  const sized = withinCeiling(known, residual, policy).map((own) => ({
    groupId: own.groupId,
    own,
    raw: sizeGroup(own.groupId, raw, policy),
  }));
  const room = roomOf(
    sized.map(({ own }) => own),
    policy,
  );
  const bases = groups.map(({ groupId, missing }) => {
    const found = sized.find((item) => item.groupId === groupId);
    return found ? basisOf(found.own, found.raw, residual, policy) : unknownBasis(groupId, missing, policy.lookbackDays);
  });
  return {
    asOf: snapshot.asOf,
    currency: snapshot.currency,
    advice: sized.flatMap(({ own }) => own.proposals.map((proposal) => adviceOf(own, proposal, room))),
    ...totalsOf(
      sized.map(({ own }) => own),
      policy,
      snapshot.settledUntil,
    ),
    groups: bases,
    position,
    comingWaves: comingWaves(snapshot),
    gaps: gapsOf({ position, sized: sized.map(({ own }) => own), recommendations, residual, policy }),
  };
}

/** The ceiling is the tenant's, whatever its number of groups: each gets its share of it. */
function withinCeiling(groupIds: readonly string[], residual: SnapshotView, policy: PurchasePolicy): readonly Sizing[] {
  const free = groupIds.map((groupId) => sizeGroup(groupId, residual, { ...policy, hourlyCeiling: null }));
  const ceiling = policy.hourlyCeiling;
  const wanted = free.reduce((sum, sizing) => sum + proposedOf(sizing), 0);
  if (ceiling === null || wanted <= ceiling) return free;
  return free.map((sizing) =>
    sizeGroup(sizing.groupId, residual, { ...policy, hourlyCeiling: (ceiling * proposedOf(sizing)) / wanted }),
  );
}

function proposedOf({ proposals }: Sizing): number {
  return proposals.reduce((sum, { proposedHourlyCommitment }) => sum + proposedHourlyCommitment, 0);
}

/** How many times what is bought now may ever be bought under the ceiling; null: as much as is optimal. */
function roomOf(sized: readonly Sizing[], { hourlyCeiling }: PurchasePolicy): number | null {
  const first = sized.reduce((sum, sizing) => sum + proposedOf(sizing), 0);
  return hourlyCeiling === null || first === 0 ? null : hourlyCeiling / first;
}

export function missingOf(view: SnapshotView, groupId: string, { lookbackDays }: PurchasePolicy): string[] {
  const { snapshot, coverage } = view;
  const members = snapshot.accounts.filter(({ accountId }) => sharingGroupOf(accountId, view) === groupId);
  const states = members
    .map(({ accountId }) => coverage('usageByAccount', accountId, null))
    .filter((state) => state !== 'covered');
  const { machineDays, period } = coverableSeries(groupId, view, lookbackOf(view, lookbackDays));
  const isShort = snapshot.spendWindow.start > period.start || (machineDays !== null && machineDays < lookbackDays);
  return [...new Set(states.map((state) => `usageByAccount.${state}`)), ...(isShort ? ['shortHistory'] : [])];
}

/** Quarters; each half of what the first purchase leaves. */
const LATER_STEPS = 2;
const MONTHS_PER_STEP = 3;

function adviceOf({ groupId }: Sizing, proposal: PlanProposal, room: number | null): GroupAdvice {
  const { optimal, proposedHourlyCommitment: first, coveredOnDemand, breakEvenMonth } = proposal;
  const most = room === null ? optimal.hourlyCommitment : Math.min(optimal.hourlyCommitment, first * room);
  const step = Math.floor((Math.max(0, most - first) / LATER_STEPS) * 1000 + 1e-6) / 1000;
  const later = Array.from({ length: step > 0 ? LATER_STEPS : 0 }, (_, index) => ({
    inMonths: (index + 1) * MONTHS_PER_STEP,
    hourlyCommitment: decimal(step, 3),
  }));
  return {
    sharingGroupId: groupId,
    ...commitmentAdviceOf(optimal),
    proposedHourlyCommitment: decimal(first, 3),
    breakEvenMonth,
    proposedYearlySavings: decimal((coveredOnDemand - first) * HOURS_PER_YEAR, 2),
    ladder: first > 0 ? [{ inMonths: 0, hourlyCommitment: decimal(first, 3) }, ...later] : [],
  };
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
