import { Exact } from '../kernel/money.ts';
import { servicesPlannedAs } from '../ledger/service.ts';
import type { ExpectedLine } from './expected.ts';
import { splitByQuantity } from './quantity-split.ts';

/**
 * From plan to actual. `notPlanned`: services that the plan lacks, and what no workload has. `idle`, `oversized`, `alwaysOn`: waste that the
 * advice found in planned services. `growth`, `priceAndMix`, `discountNotBought`: where the plan names quantities. `plannedServices`: what
 * planned services cost more or less where it names none. `parallelRun`: before the cut-over, and left-overs of the migration.
 */
export const STEP_IDS = [
  'notPlanned',
  'idle',
  'oversized',
  'alwaysOn',
  'growth',
  'plannedServices',
  'priceAndMix',
  'discountNotBought',
  'parallelRun',
  'licences',
  'creditsRefundsTaxSupport',
  'exchangeRate',
  'remainder',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** What a workload really paid for a service in the month, on the running basis, in the bill's currency. */
export interface ActualCost {
  /** null: no workload of the plan has it. */
  readonly workload: string | null;
  readonly serviceName: string;
  readonly cost: Exact;
  /** The part of `cost` from days before the wave's cut-over. */
  readonly costBeforeCutOver: Exact;
}

/** What a workload used of one usage type since the cut-over. */
export interface ActualUsage {
  readonly workload: string;
  readonly serviceName: string;
  /** Without region. */
  readonly meterKind: string;
  readonly quantity: Exact;
  readonly effectiveCost: Exact;
  /** At on-demand prices; null: not known. */
  readonly onDemandCost: Exact | null;
}

/** Money of the month that the advice explains, in the bill's currency. The caller says which; this room does not know the advice. */
export interface Waste {
  readonly workload: string | null;
  readonly serviceName: string;
  readonly kind: 'idle' | 'oversized' | 'alwaysOn' | 'parallelRun' | 'licences';
  readonly cost: Exact;
  readonly recommendationId: string;
}

/** A piece of a step, in the bill's currency: what to open to see where it comes from. */
export interface StepPart {
  readonly stepId: StepId;
  readonly workload: string | null;
  readonly serviceName: string | null;
  readonly amount: Exact;
  readonly recommendationIds: readonly string[];
}

export interface BridgeFacts {
  /** In the bill's currency. */
  readonly expected: readonly ExpectedLine[];
  readonly actual: readonly ActualCost[];
  readonly usage: readonly ActualUsage[];
  readonly wastes: readonly Waste[];
}

interface Cell {
  readonly workload: string | null;
  readonly serviceName: string | null;
  readonly cost: Exact;
  readonly expected: readonly ExpectedLine[];
  readonly usage: readonly ActualUsage[];
  readonly wastes: readonly Waste[];
}

const NOTHING = new Exact(0);

/**
 * The pieces that lead from the expected cost of `aws` lines to the actual running cost of one month: their exact sum is the difference. A
 * workload whose plan is one figure for everything has no unplanned services; each service of the others stands for itself.
 */
export function bridgeParts(facts: BridgeFacts): readonly StepPart[] {
  const early = facts.actual.filter(({ workload, costBeforeCutOver }) => workload !== null && !costBeforeCutOver.isZero());
  return [
    ...early.map(({ workload, serviceName, costBeforeCutOver }) =>
      part('parallelRun', { workload, serviceName }, costBeforeCutOver),
    ),
    ...cellsOf(facts).flatMap(partsOf),
  ];
}

function cellsOf({ expected, actual, usage, wastes }: BridgeFacts): readonly Cell[] {
  const planned = expected.filter(({ line }) => line.kind === 'aws');
  const namesOf = plannedNames(planned);
  const keyOf = (workload: string | null, serviceName: string): string =>
    JSON.stringify([workload, namesOf(workload, serviceName)]);
  const groups = {
    expected: Map.groupBy(planned, ({ workload, line }) => JSON.stringify([workload, namesOf(workload, line.serviceName ?? '')])),
    actual: Map.groupBy(actual, ({ workload, serviceName }) => keyOf(workload, serviceName)),
    usage: Map.groupBy(usage, ({ workload, serviceName }) => keyOf(workload, serviceName)),
    wastes: Map.groupBy(wastes, ({ workload, serviceName }) => keyOf(workload, serviceName)),
  };
  return [...new Set([...groups.expected.keys(), ...groups.actual.keys()])].sort().map((key) => {
    const [workload = null, serviceName = null] = JSON.parse(key) as [string | null, string | null];
    return {
      workload,
      serviceName,
      cost: (groups.actual.get(key) ?? []).reduce((sum, item) => sum.plus(costSince(item)), NOTHING),
      expected: groups.expected.get(key) ?? [],
      usage: groups.usage.get(key) ?? [],
      wastes: groups.wastes.get(key) ?? [],
    };
  });
}

/**
 * Under which of the plan's names a workload's service stands: null where the plan has one figure for everything, the plan's own name where
 * that is another or takes several together, else the bill's name.
 */
function plannedNames(planned: readonly ExpectedLine[]): (workload: string | null, serviceName: string) => string | null {
  const wholes = new Set(planned.filter(({ line }) => line.serviceName === null).map(({ workload }) => workload));
  const names = new Map<string, string>();
  for (const { workload, line } of planned) {
    for (const service of servicesPlannedAs(line.serviceName ?? '')) {
      const key = JSON.stringify([workload, service]);
      if (!names.has(key)) names.set(key, line.serviceName ?? '');
    }
  }
  return (workload, serviceName) => {
    if (workload !== null && wholes.has(workload)) return null;
    const [first = serviceName] = servicesPlannedAs(serviceName);
    return names.get(JSON.stringify([workload, first])) ?? serviceName;
  };
}

/** What no workload has has no cut-over either. */
function costSince({ workload, cost, costBeforeCutOver }: ActualCost): Exact {
  return workload === null ? cost : cost.minus(costBeforeCutOver);
}

function partsOf(cell: Cell): readonly StepPart[] {
  const { cost, expected } = cell;
  if (expected.length === 0) return [part('notPlanned', cell, cost, cell.wastes)];
  const wastes = cappedWastes(cell);
  const plannedCost = expected.reduce((sum, line) => sum.plus(line.cost), NOTHING);
  const split = splitByQuantity(expected, cell.usage);
  const explained = split.growth.plus(split.priceAndMix).plus(split.discountNotBought ?? NOTHING);
  const rest = cost.minus(plannedCost).minus(explained);
  const wasted = wastes.reduce((sum, waste) => sum.plus(waste.amount), NOTHING);
  const [growth, others] = split.isKnown ? [split.growth.minus(wasted), rest] : [NOTHING, rest.minus(wasted)];
  return [
    ...wastes,
    ...(split.isKnown ? [part('growth', cell, growth), part('priceAndMix', cell, split.priceAndMix)] : []),
    ...(split.discountNotBought === null ? [] : [part('discountNotBought', cell, split.discountNotBought)]),
    ...(others.isZero() ? [] : [part('plannedServices', cell, others)]),
  ];
}

/** Waste explains at most what was paid: of a service that cost less than the advice would save, in proportion. */
function cappedWastes(cell: Cell): readonly StepPart[] {
  const total = cell.wastes.reduce((sum, { cost }) => sum.plus(cost), NOTHING);
  const room = Exact.max(0, cell.cost);
  const scale = total.gt(room) ? room.div(total) : new Exact(1);
  return [...Map.groupBy(cell.wastes, ({ kind }) => kind)].map(([kind, own]) => {
    const amount = own.reduce((sum, { cost }) => sum.plus(cost), NOTHING).mul(scale);
    return part(kind, cell, amount.toDecimalPlaces(10), own);
  });
}

function part(
  stepId: StepId,
  { workload, serviceName }: Pick<StepPart, 'workload' | 'serviceName'>,
  amount: Exact,
  wastes: readonly Waste[] = [],
): StepPart {
  return { stepId, workload, serviceName, amount, recommendationIds: wastes.map((waste) => waste.recommendationId) };
}
