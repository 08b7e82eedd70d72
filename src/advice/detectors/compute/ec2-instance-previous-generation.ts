import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, type MeterCost, monthlyCosts } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { savingsOf } from '../../savings.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { instancePrice, instanceTypesOf, isOwnLicence, platformOf } from '../shared/ec2.ts';
import { instanceType, monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { concluded, isAboveList, type Priced, questionsOf } from '../shared/priced.ts';
import { isCritical, isInAutoScalingGroup, isLicenceBound, isPurposeKnown, notApplicable } from '../shared/purpose.ts';
import { chooseSmaller } from '../shared/smaller-option.ts';

/**
 * Families that AWS lists as previous generation (aws.amazon.com/ec2/previous-generation, read 2026-11) and the current x86 family in which
 * the same size has at least the same vCPUs and memory. Never Graviton: that is another architecture and another decision.
 */
const CURRENT_FAMILY: ReadonlyMap<string, string> = new Map([
  ['t2', 't3'],
  ['m3', 'm6i'],
  ['m4', 'm6i'],
  ['c3', 'c6i'],
  ['c4', 'c6i'],
  ['r3', 'r6i'],
  ['r4', 'r6i'],
]);
const SAME_SIZES = /^(nano|micro|small|medium|large|xlarge|[248]xlarge|16xlarge)$/;
const WITH_LOCAL_DISKS = /^[mcr]3$/;

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(1)
    .describe('The current type is cheaper an hour by at least this share of the list price.'),
});

const evidence = z.strictObject({
  instanceType,
  targetType: z.string().describe('The same size in the current generation, same architecture.'),
  operatingSystem: z.string().describe('Operating system as the bill tells it.'),
  savingsPercent: z.string().describe('How much less the current type costs an hour, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type Ec2InstancePreviousGenerationEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined =
  | Outcome<Ec2InstancePreviousGenerationEvidence>
  | Priced<'current' | 'target', Ec2InstancePreviousGenerationEvidence>;

const machine = exampleResource({
  resourceId: 'i-0123456789abcdef2',
  resourceType: 'Ec2Instance',
  operation: 'RunInstances',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.ec2Compute,
    meterKind: 'BoxUsage:m4.xlarge',
    usageQuantity: '24',
    billedCost: '6.192',
  }),
});
const priceOf = (type: string, amountPerUnit: string) => ({
  question: instancePrice({ regionId: 'ap-northeast-1', instanceType: type, operatingSystem: 'Linux' }),
  answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const,
  readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
});

export const ec2InstancePreviousGeneration = defineDetector({
  id: 'ec2-instance-previous-generation',
  revision: 2,
  category: 'compute',
  bestPractices: ['COST01-BP07', 'COST06-BP02', 'COST10-BP02'],
  resourceType: 'Ec2Instance',
  actionType: 'Upgrade',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  example: {
    subject: machine,
    view: viewOf(
      exampleSnapshot({ resources: [machine], prices: [priceOf('m4.xlarge', '0.258'), priceOf('m6i.xlarge', '0.248')] }),
    ),
    evidence: {
      instanceType: 'm4.xlarge',
      targetType: 'm6i.xlarge',
      operatingSystem: 'Linux',
      savingsPercent: '3.9',
      monthlyCost: '188.34',
      monthlySavings: '7.3',
    },
  },
  pricesNeeded: (machine, context) => questionsOf(examine(machine, context)),
  evaluate: (machine, context) => concluded(examine(machine, context), context.view),
});

function examine(machine: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const types = instanceTypesOf(machine, judgedPeriod(view, limits.lookbackDays).start);
  const current = types.at(-1);
  const target = current && currentEquivalent(current);
  if (!current || target === undefined) return { kind: 'healthy' };
  if (types.length > 1) return notApplicable('typeChangedRecently');
  const notHere = answerByPlace(machine, view) ?? answerByAge(machine, view, limits.lookbackDays);
  if (notHere) return notHere;
  if (target === null) return notApplicable('noSameSize');
  if (rightsizingMovesIt(machine, current, view)) return notApplicable('rightsizingChangesGeneration');
  const platform = platformOf(machine);
  if (!platform) return { kind: 'unknown', missing: ['platform'] };

  const { operatingSystem } = platform;
  const { regionId } = machine;
  return {
    kind: 'priced',
    questions: {
      current: instancePrice({ regionId, instanceType: current, operatingSystem }),
      target: instancePrice({ regionId, instanceType: target, operatingSystem }),
    },
    conclude: (price) => {
      const costs = monthlyCosts(machine, view, (kind) => kind === `BoxUsage:${current}`);
      if (isAboveList(costs, price.current, view)) return { kind: 'unknown', missing: ['platform'] };
      const share = new Exact(1).minus(price.target.div(price.current));
      if (share.lte(0) || share.mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };
      return finding(machine, { current, target, operatingSystem, share, costs }, { thresholds: limits, view });
    },
  };
}

/** undefined: not a previous generation. null: one whose size the current family does not have. */
function currentEquivalent(instanceType: string): string | null | undefined {
  const [family = '', size = ''] = instanceType.split('.');
  const current = CURRENT_FAMILY.get(family);
  if (current === undefined) return undefined;
  const hasSize = SAME_SIZES.test(size) && instanceType !== 'm3.medium' && instanceType !== 'c4.8xlarge';
  return hasSize ? `${current}.${size}` : null;
}

/**
 * Windows needs new network and storage drivers before it starts on the current hypervisor, and its applications are often supported on
 * the old type alone: a decision for its owner, not for a bill.
 */
function answerByPlace(machine: ResourceSubject, view: SnapshotView) {
  if (isOwnLicence(machine) || isLicenceBound(machine, view)) return notApplicable('licenceBound');
  if (platformOf(machine)?.operatingSystem === 'Windows') return notApplicable('windows');
  return isInAutoScalingGroup(machine) ? notApplicable('autoScalingGroup') : null;
}

/** A smaller type that AWS proposes in a newer family brings the new generation with it: the same step is not counted twice. */
function rightsizingMovesIt(machine: ResourceSubject, current: string, view: SnapshotView): boolean {
  const said = view.awsRecommendation(machine.resourceId, 'ec2Instance');
  if (said?.finding !== 'Overprovisioned') return false;
  const limits = { projectedCpuMaximumPercent: 80, projectedMemoryMaximumPercent: 80 };
  const choice = chooseSmaller(current, said, machine.utilization, limits, (type) => view.policy.mayUseType(machine, type));
  return choice.kind === 'option' && currentEquivalent(choice.option.target) === undefined;
}

interface Proposal {
  readonly current: string;
  readonly target: string;
  readonly operatingSystem: string;
  readonly share: Exact;
  readonly costs: readonly MeterCost[];
}

function finding(
  machine: ResourceSubject,
  { current, target, operatingSystem, share, costs }: Proposal,
  { thresholds: limits, view }: Pick<Context, 'thresholds' | 'view'>,
): Outcome<Ec2InstancePreviousGenerationEvidence> {
  const change = { share, targetMeterKind: `BoxUsage:${target}` };
  const savings = savingsOf(costs, view, change);
  return {
    kind: 'finding',
    evidence: {
      instanceType: current,
      targetType: target,
      operatingSystem,
      savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.97, {
      platformDiffers: true,
      instanceStoreLost: WITH_LOCAL_DISKS.test(current.split('.')[0] ?? ''),
      vendorSupport: operatingSystem !== 'Linux',
      purposeUnknown: !isPurposeKnown(machine, view),
      criticalWorkload: isCritical(machine, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'derived',
    effect: effectOn('compute', costs, change),
  };
}
