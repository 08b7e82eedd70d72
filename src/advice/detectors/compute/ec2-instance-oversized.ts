import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, type MeterCost, monthlyCosts } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, ResourceSubject } from '../../detector.ts';
import { dailyLines, EXAMPLE_ACCOUNT_ID, EXAMPLE_AS_OF, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { savingsOf } from '../../savings.ts';
import { viewOf } from '../../snapshot-view.ts';
import { answerByCoverage } from '../shared/compute-optimizer.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { instancePrice, instanceTypesOf, isOwnLicence, platformOf } from '../shared/ec2.ts';
import { instanceType, monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { concluded, isAboveList, type Priced, questionsOf } from '../shared/priced.ts';
import {
  isCritical,
  isDisasterRecoveryStandby,
  isInAutoScalingGroup,
  isLicenceBound,
  isPurposeKnown,
  notApplicable,
} from '../shared/purpose.ts';
import { chooseSmaller, type SmallerOption } from '../shared/smaller-option.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  projectedCpuMaximumPercent: z
    .number()
    .min(10)
    .max(95)
    .default(80)
    .describe('On the smaller type the highest CPU stays below this share (AWS keeps 20 % of headroom by default).'),
  projectedMemoryMaximumPercent: z
    .number()
    .min(10)
    .max(95)
    .default(80)
    .describe('Where memory is measured, its highest use on the smaller type stays below this share.'),
});

const evidence = z.strictObject({
  instanceType,
  targetType: z.string().describe('The smaller type: same architecture and platform.'),
  operatingSystem: z.string().describe('Operating system as the bill tells it.'),
  cpuMaximumPercent: z.number().nullable().describe('Highest CPU over the look-back; null where only AWS projected it.'),
  projectedCpuMaximumPercent: z.number().describe('Highest CPU to expect on the smaller type.'),
  memoryMaximumPercent: z.number().nullable().describe('Highest memory use; null where no agent measures it.'),
  lookbackDays: z.int().describe('Days behind the measurements.'),
  savingsPercent: z.string().describe('How much less the smaller type costs an hour, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type Ec2InstanceOversizedEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<Ec2InstanceOversizedEvidence> | Priced<'current' | 'target', Ec2InstanceOversizedEvidence>;

const machine = exampleResource({
  resourceId: 'i-0123456789abcdef1',
  resourceType: 'Ec2Instance',
  operation: 'RunInstances',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.ec2Compute,
    meterKind: 'BoxUsage:m5.2xlarge',
    usageQuantity: '24',
    billedCost: '11.904',
  }),
  utilization: {
    source: 'ComputeOptimizer',
    lookbackDays: 14,
    asOf: EXAMPLE_AS_OF,
    cpuMaximumPercent: 22,
    memoryMaximumPercent: 30,
  },
});
const priceOf = (type: string, amountPerUnit: string) => ({
  question: instancePrice({ regionId: 'ap-northeast-1', instanceType: type, operatingSystem: 'Linux' }),
  answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const,
  readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
});
const view = viewOf(
  exampleSnapshot({
    resources: [machine],
    prices: [priceOf('m5.2xlarge', '0.496'), priceOf('m5.xlarge', '0.248')],
    awsRecommendations: [
      {
        source: 'ComputeOptimizer',
        kind: 'ec2Instance',
        arn: `arn:aws:ec2:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:instance/${machine.resourceId}`,
        accountId: EXAMPLE_ACCOUNT_ID,
        regionId: 'ap-northeast-1',
        resourceId: machine.resourceId,
        resourceType: 'Ec2Instance',
        finding: 'Overprovisioned',
        findingReasonCodes: ['CPUOverprovisioned', 'MemoryOverprovisioned'],
        current: 'm5.2xlarge',
        lookbackDays: 14,
        refreshedOn: EXAMPLE_AS_OF,
        options: [
          {
            rank: 1,
            target: 'm5.xlarge',
            performanceRisk: 1,
            migrationEffort: 'VeryLow',
            platformDifferences: [],
            projectedCpuMaximumPercent: 44,
            estimatedMonthlySavings: '181.04',
            currency: 'USD',
          },
        ],
      },
    ],
  }),
);

export const ec2InstanceOversized = defineDetector({
  id: 'ec2-instance-oversized',
  revision: 2,
  category: 'compute',
  bestPractices: ['COST06-BP02', 'COST06-BP03'],
  resourceType: 'Ec2Instance',
  actionType: 'Rightsize',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: true,
  reads: [
    { fact: 'usageByResource', lookbackDays: 14 },
    { fact: 'computeOptimizer', lookbackDays: 14 },
    { fact: 'prices', lookbackDays: 1 },
  ],
  worksWith: ['ComputeOptimizer'],
  thresholds,
  evidence,
  example: {
    subject: machine,
    view,
    evidence: {
      instanceType: 'm5.2xlarge',
      targetType: 'm5.xlarge',
      operatingSystem: 'Linux',
      cpuMaximumPercent: 22,
      projectedCpuMaximumPercent: 44,
      memoryMaximumPercent: 30,
      lookbackDays: 14,
      savingsPercent: '50',
      monthlyCost: '362.08',
      monthlySavings: '181.04',
    },
  },
  pricesNeeded: (machine, context) => questionsOf(examine(machine, context)),
  evaluate: (machine, context) => concluded(examine(machine, context), context.view),
});

function examine(machine: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  if (isInAutoScalingGroup(machine)) return notApplicable('autoScalingGroup');
  // The standby must be able to take over the whole load of the other site.
  if (isDisasterRecoveryStandby(machine, view)) return notApplicable('disasterRecoveryStandby');
  const byAge = answerByAge(machine, view, limits.lookbackDays);
  if (byAge) return byAge;
  const types = instanceTypesOf(machine, judgedPeriod(view, limits.lookbackDays).start);
  const current = types.at(-1);
  if (current === undefined) return notApplicable('noOnDemandHours');
  if (types.length > 1) return notApplicable('typeChangedRecently');
  const uncovered = answerByCoverage(machine, view);
  if (uncovered) return uncovered;
  const said = view.awsRecommendation(machine.resourceId, 'ec2Instance');
  if (!said || said.finding === 'Unavailable') return { kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] };
  if (said.finding !== 'Overprovisioned') return { kind: 'healthy' };
  if (isOwnLicence(machine) || isLicenceBound(machine, view)) return notApplicable('licenceBound');
  const choice = chooseSmaller(current, said, machine.utilization, limits, (type) => view.policy.mayUseType(machine, type));
  if (choice.kind === 'cpuUnknown') return { kind: 'unknown', missing: ['cpuNotMeasured'] };
  if (choice.kind === 'none') return { kind: 'healthy' };
  const platform = platformOf(machine);
  if (!platform) return { kind: 'unknown', missing: ['platform'] };

  const { operatingSystem } = platform;
  const { regionId } = machine;
  return {
    kind: 'priced',
    questions: {
      current: instancePrice({ regionId, instanceType: current, operatingSystem }),
      target: instancePrice({ regionId, instanceType: choice.option.target, operatingSystem }),
    },
    conclude: (price) => {
      const costs = monthlyCosts(machine, view, (kind) => kind === `BoxUsage:${current}`);
      if (isAboveList(costs, price.current, view)) return { kind: 'unknown', missing: ['platform'] };
      const share = new Exact(1).minus(price.target.div(price.current));
      if (share.lte(0)) return { kind: 'healthy' };
      return finding(machine, { current, operatingSystem, option: choice.option, share, costs }, { thresholds: limits, view });
    },
  };
}

interface Proposal {
  readonly current: string;
  readonly operatingSystem: string;
  readonly option: SmallerOption;
  readonly share: Exact;
  readonly costs: readonly MeterCost[];
}

function finding(
  machine: ResourceSubject,
  { current, operatingSystem, option, share, costs }: Proposal,
  { thresholds: limits, view }: Pick<Context, 'thresholds' | 'view'>,
): Outcome<Ec2InstanceOversizedEvidence> {
  const change = { share, targetMeterKind: `BoxUsage:${option.target}` };
  const savings = savingsOf(costs, view, change);
  return {
    kind: 'finding',
    evidence: {
      instanceType: current,
      targetType: option.target,
      operatingSystem,
      cpuMaximumPercent: machine.utilization?.cpuMaximumPercent ?? null,
      projectedCpuMaximumPercent: option.projectedCpuMaximumPercent,
      memoryMaximumPercent: machine.utilization?.memoryMaximumPercent ?? null,
      lookbackDays: limits.lookbackDays,
      savingsPercent: share.mul(100).toFixed(0),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.97, {
      memoryNotMeasured: option.projectedMemoryMaximumPercent === null,
      purposeUnknown: !isPurposeKnown(machine, view),
      criticalWorkload: isCritical(machine, view),
      platformDiffers: option.platformDiffers,
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'derived',
    effect: effectOn('compute', costs, change),
  };
}
