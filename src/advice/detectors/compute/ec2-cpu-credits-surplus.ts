import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import {
  amountOf,
  effectiveMonthly,
  effectOn,
  isCovered,
  monthlyCosts,
  onDemandEquivalentMonthly,
  rangeOf,
} from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { instancePrice, instanceTypesOf, isOwnLicence, platformOf } from '../shared/ec2.ts';
import { instanceType, monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { exampleInstancePrice } from '../shared/other-family.ts';
import { concluded, isAboveList, type Priced, questionsOf } from '../shared/priced.ts';
import { isCritical, isInAutoScalingGroup, isLicenceBound, isPurposeKnown, notApplicable } from '../shared/purpose.ts';

/**
 * Fixed performance with the same vCPUs and memory: medium is as large as a c large, from large on as the m of the same size (EC2 instance types
 * guide, read 2026-11). Smaller ones have no like.
 */
const FIXED: ReadonlyMap<string, { readonly m: string; readonly c: string }> = new Map([
  ['t2', { m: 'm6i', c: 'c6i' }],
  ['t3', { m: 'm6i', c: 'c6i' }],
  ['t3a', { m: 'm6a', c: 'c6a' }],
  ['t4g', { m: 'm6g', c: 'c6g' }],
]);
/** "CPUCredits:t3": what bursts beyond the baseline cost (bills and price list in public repositories, read 2026-11). */
const isCredits = (kind: string): boolean => kind.startsWith('CPUCredits');

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(5)
    .describe('The type with fixed performance costs at least this much less than instance and credits together.'),
});

const evidence = z.strictObject({
  instanceType,
  targetType: z.string().describe('The same vCPUs and memory with fixed performance.'),
  creditsMonthlyCost: z.string().describe('What bursting costs a month beside the instance itself.'),
  savingsPercent: z.string().describe('How much less the other type costs than instance and credits together.'),
  monthlyCost,
  monthlySavings,
});

export type Ec2CpuCreditsSurplusEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<Ec2CpuCreditsSurplusEvidence> | Priced<'current' | 'target', Ec2CpuCreditsSurplusEvidence>;

const machine = exampleResource({
  resourceId: 'i-0123456789abcdef6',
  resourceType: 'Ec2Instance',
  operation: 'RunInstances',
  tags: [{ key: 'System', value: 'order' }],
  lines: [
    ...dailyLines({ serviceName: SERVICE.ec2Compute, meterKind: 'BoxUsage:t3.large', usageQuantity: '24', billedCost: '2.6112' }),
    ...dailyLines({ serviceName: SERVICE.ec2Other, meterKind: 'CPUCredits:t3', usageQuantity: '24', billedCost: '1.2' }),
  ],
});

export const ec2CpuCreditsSurplus = defineDetector({
  id: 'ec2-cpu-credits-surplus',
  revision: 1,
  category: 'compute',
  bestPractices: ['COST06-BP02', 'COST06-BP03'],
  resourceType: 'Ec2Instance',
  actionType: 'Rightsize',
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
      exampleSnapshot({
        resources: [machine],
        prices: [exampleInstancePrice('t3.large', '0.1088'), exampleInstancePrice('m6i.large', '0.124')],
      }),
    ),
    evidence: {
      instanceType: 't3.large',
      targetType: 'm6i.large',
      creditsMonthlyCost: '36.5',
      savingsPercent: '21.9',
      monthlyCost: '115.924',
      monthlySavings: '25.404',
    },
  },
  pricesNeeded: (machine, context) => questionsOf(examine(machine, context)),
  evaluate: (machine, context) => concluded(examine(machine, context), context.view),
});

function examine(machine: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const types = instanceTypesOf(machine, judgedPeriod(view, limits.lookbackDays).start);
  const current = types.at(-1) ?? '';
  if (effectiveMonthly(monthlyCosts(machine, view, isCredits)).lte(0)) return { kind: 'healthy' };
  if (types.length > 1) return notApplicable('typeChangedRecently');
  if (isInAutoScalingGroup(machine)) return notApplicable('autoScalingGroup');
  if (isOwnLicence(machine) || isLicenceBound(machine, view)) return notApplicable('licenceBound');
  const byAge = answerByAge(machine, view, limits.lookbackDays);
  if (byAge) return byAge;
  const target = fixedLike(current);
  if (target === null) return notApplicable('noSameSize');
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
    conclude: (price) => conclude(machine, { current, target, price }, { thresholds: limits, view }),
  };
}

function fixedLike(current: string): string | null {
  const [family = '', size = ''] = current.split('.');
  const fixed = FIXED.get(family);
  if (fixed === undefined) return null;
  if (size === 'medium') return `${fixed.c}.large`;
  return /^(large|xlarge|2xlarge)$/.test(size) ? `${fixed.m}.${size}` : null;
}

interface Proposal {
  readonly current: string;
  readonly target: string;
  readonly price: Readonly<Record<'current' | 'target', Exact>>;
}

/** The discount that the bill shows on the instance is taken to hold for the other one too; credits go altogether. */
function conclude(
  machine: ResourceSubject,
  { current, target, price }: Proposal,
  { thresholds: limits, view }: Pick<Context, 'thresholds' | 'view'>,
): Outcome<Ec2CpuCreditsSurplusEvidence> {
  const hours = monthlyCosts(machine, view, (kind) => kind === `BoxUsage:${current}`);
  if (isAboveList(hours, price.current, view)) return { kind: 'unknown', missing: ['platform'] };
  const credits = monthlyCosts(machine, view, isCredits);
  const costs = [...hours, ...credits];
  const dearer = onDemandEquivalentMonthly(hours).mul(price.target.div(price.current).minus(1));
  const saved = effectiveMonthly(credits).minus(dearer);
  const share = saved.div(onDemandEquivalentMonthly(costs));
  if (share.lte(0) || share.mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };
  // A plan discounts each type differently: what it pays of the hours now may be more.
  const savings = rangeOf(isCovered(hours) ? new Exact(0) : saved, saved, effectiveMonthly(credits));
  return {
    kind: 'finding',
    evidence: {
      instanceType: current,
      targetType: target,
      creditsMonthlyCost: amountOf(effectiveMonthly(credits)),
      savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.95, {
      platformDiffers: current.startsWith('t2.'),
      purposeUnknown: !isPurposeKnown(machine, view),
      criticalWorkload: isCritical(machine, view),
      commitmentFloats: isCovered(hours),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'derived',
    effect: effectOn('compute', costs, { share, targetMeterKind: `BoxUsage:${target}` }),
  };
}
