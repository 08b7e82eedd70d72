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
import { monthlyCost, monthlySavings } from '../shared/evidence.ts';
import { answerByAge, isHistoryShort, judgedPeriod, lookbackDays } from '../shared/lookback.ts';
import { concluded, isAboveList, type Priced, questionsOf } from '../shared/priced.ts';
import { isCritical, isDisasterRecoveryStandby, isLicenceBound, isPurposeKnown, notApplicable } from '../shared/purpose.ts';
import { type DatabaseHours, databaseHoursOf, databasePrice, engineOf } from '../shared/rds.ts';
import { chooseSmaller, type SmallerOption } from '../shared/smaller-option.ts';

const thresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  projectedCpuMaximumPercent: z
    .number()
    .min(10)
    .max(95)
    .default(80)
    .describe('On the smaller class the highest CPU stays below this share (AWS keeps 20 % of headroom by default).'),
  projectedMemoryMaximumPercent: z
    .number()
    .min(10)
    .max(95)
    .default(80)
    .describe('Where memory is measured, its highest use on the smaller class stays below this share.'),
});

const evidence = z.strictObject({
  instanceClass: z.string().describe('The present instance class.'),
  targetClass: z.string().describe('The smaller class: same engine and architecture.'),
  databaseEngine: z.string().describe('Engine, as the bill or Compute Optimizer names it.'),
  deploymentOption: z.string().describe('Single-AZ or Multi-AZ; it stays as it is.'),
  cpuMaximumPercent: z.number().nullable().describe('Highest CPU over the look-back; null where only AWS projected it.'),
  projectedCpuMaximumPercent: z.number().describe('Highest CPU to expect on the smaller class.'),
  lookbackDays: z.int().describe('Days behind the measurements.'),
  savingsPercent: z.string().describe('How much less the smaller class costs an hour, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type RdsInstanceOversizedEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;
type Examined = Outcome<RdsInstanceOversizedEvidence> | Priced<'current' | 'target', RdsInstanceOversizedEvidence>;

const database = exampleResource({
  resourceId: 'arn:aws:rds:ap-northeast-1:111122223333:db:order',
  resourceType: 'RdsDbInstance',
  operation: 'CreateDBInstance:0014',
  tags: [{ key: 'System', value: 'order' }],
  lines: dailyLines({
    serviceName: SERVICE.rds,
    meterKind: 'Multi-AZUsage:db.r5.2xlarge',
    usageQuantity: '24',
    billedCost: '57.6',
  }),
  utilization: { source: 'ComputeOptimizer', lookbackDays: 14, asOf: EXAMPLE_AS_OF, cpuMaximumPercent: 18 },
});
const priceOf = (instanceClass: string, amountPerUnit: string) => ({
  question: databasePrice('ap-northeast-1', 'PostgreSQL', { instanceClass, deploymentOption: 'Multi-AZ' }),
  answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' } as const,
  readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
});
const view = viewOf(
  exampleSnapshot({
    resources: [database],
    prices: [priceOf('db.r5.2xlarge', '2.4'), priceOf('db.r5.xlarge', '1.2')],
    awsRecommendations: [
      {
        source: 'ComputeOptimizer',
        kind: 'rdsInstance',
        arn: database.resourceId,
        accountId: EXAMPLE_ACCOUNT_ID,
        regionId: 'ap-northeast-1',
        resourceId: database.resourceId,
        resourceType: 'RdsDbInstance',
        finding: 'Overprovisioned',
        findingReasonCodes: ['CPUOverprovisioned'],
        current: 'db.r5.2xlarge',
        lookbackDays: 14,
        refreshedOn: EXAMPLE_AS_OF,
        options: [
          {
            rank: 1,
            target: 'db.r5.xlarge',
            performanceRisk: 1,
            migrationEffort: null,
            platformDifferences: [],
            projectedCpuMaximumPercent: 36,
            estimatedMonthlySavings: '876',
            currency: 'USD',
          },
        ],
      },
    ],
  }),
);

export const rdsInstanceOversized = defineDetector({
  id: 'rds-instance-oversized',
  revision: 2,
  category: 'database',
  bestPractices: ['COST06-BP02', 'COST06-BP03'],
  resourceType: 'RdsDbInstance',
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
    subject: database,
    view,
    evidence: {
      instanceClass: 'db.r5.2xlarge',
      targetClass: 'db.r5.xlarge',
      databaseEngine: 'PostgreSQL',
      deploymentOption: 'Multi-AZ',
      cpuMaximumPercent: 18,
      projectedCpuMaximumPercent: 36,
      lookbackDays: 14,
      savingsPercent: '50',
      monthlyCost: '1752',
      monthlySavings: '876',
    },
  },
  pricesNeeded: (database, context) => questionsOf(examine(database, context)),
  evaluate: (database, context) => concluded(examine(database, context), context.view),
});

function examine(database: ResourceSubject, { thresholds: limits, view }: Context): Examined {
  const kinds = databaseHoursOf(database, judgedPeriod(view, limits.lookbackDays).start);
  const current = kinds.at(-1);
  if (!current) return notApplicable('noInstanceHours');
  if (kinds.length > 1) return notApplicable('typeChangedRecently');
  // The standby must be able to take over the whole load of the other site.
  if (isDisasterRecoveryStandby(database, view)) return notApplicable('disasterRecoveryStandby');
  const byAge = answerByAge(database, view, limits.lookbackDays);
  if (byAge) return byAge;
  const uncovered = answerByCoverage(database, view);
  if (uncovered) return uncovered;
  const said = view.awsRecommendation(database.resourceId, 'rdsInstance');
  if (!said || said.finding === 'Unavailable') return { kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] };
  if (said.finding !== 'Overprovisioned') return { kind: 'healthy' };
  if (isLicenceBound(database, view)) return notApplicable('licenceBound');
  const choice = chooseSmaller(current.instanceClass, said, database.utilization, limits, (type) =>
    view.policy.mayUseType(database, type),
  );
  if (choice.kind === 'cpuUnknown') return { kind: 'unknown', missing: ['cpuNotMeasured'] };
  if (choice.kind === 'none') return { kind: 'healthy' };
  const engine = engineOf(database, said);
  if (!engine) return { kind: 'unknown', missing: ['databaseEngine'] };

  const target = { instanceClass: choice.option.target, deploymentOption: current.deploymentOption };
  return {
    kind: 'priced',
    questions: {
      current: databasePrice(database.regionId, engine, current),
      target: databasePrice(database.regionId, engine, target),
    },
    conclude: (price) => {
      const costs = monthlyCosts(database, view, (kind) => kind === current.meterKind);
      if (isAboveList(costs, price.current, view)) return { kind: 'unknown', missing: ['databaseEngine'] };
      const share = new Exact(1).minus(price.target.div(price.current));
      if (share.lte(0)) return { kind: 'healthy' };
      return finding(database, { current, engine, option: choice.option, share, costs }, { thresholds: limits, view });
    },
  };
}

interface Proposal {
  readonly current: DatabaseHours;
  readonly engine: string;
  readonly option: SmallerOption;
  readonly share: Exact;
  readonly costs: readonly MeterCost[];
}

function finding(
  database: ResourceSubject,
  { current, engine, option, share, costs }: Proposal,
  { thresholds: limits, view }: Pick<Context, 'thresholds' | 'view'>,
): Outcome<RdsInstanceOversizedEvidence> {
  const savings = savingsOf(costs, view, { share });
  return {
    kind: 'finding',
    evidence: {
      instanceClass: current.instanceClass,
      targetClass: option.target,
      databaseEngine: engine,
      deploymentOption: current.deploymentOption,
      cpuMaximumPercent: database.utilization?.cpuMaximumPercent ?? null,
      projectedCpuMaximumPercent: option.projectedCpuMaximumPercent,
      lookbackDays: limits.lookbackDays,
      savingsPercent: share.mul(100).toFixed(0),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(0.97, {
      memoryNotMeasured: option.projectedMemoryMaximumPercent === null,
      purposeUnknown: !isPurposeKnown(database, view),
      criticalWorkload: isCritical(database, view),
      platformDiffers: option.platformDiffers,
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'derived',
    effect: effectOn('compute', costs, { share }),
  };
}
