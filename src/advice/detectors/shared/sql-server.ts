import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import type { Price, PriceQuestion } from '../../../ledger/price.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import { dailyLines, EXAMPLE_AS_OF, exampleResource } from '../../example-facts.ts';
import { savingsOf } from '../../savings.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { confidenceOf } from './confidence.ts';
import { instanceTypesOf } from './ec2.ts';
import { instanceType, monthlyCost, monthlySavings } from './evidence.ts';
import { isHistoryShort, judgedPeriod } from './lookback.ts';
import { isAboveList, type Priced } from './priced.ts';
import { isCritical, isPurposeKnown, notApplicable } from './purpose.ts';

export type Edition = 'Enterprise' | 'Standard' | 'Web';

/** A licence that is paid by the hour with the machine: "AMI billing information fields", EC2 user guide, read 2026-11. */
export interface SqlServer {
  readonly operatingSystem: 'Windows' | 'Linux';
  readonly edition: Edition;
}

const OF_OPERATION: ReadonlyMap<string, SqlServer> = new Map([
  ['RunInstances:0006', { operatingSystem: 'Windows', edition: 'Standard' }],
  ['RunInstances:0102', { operatingSystem: 'Windows', edition: 'Enterprise' }],
  ['RunInstances:0202', { operatingSystem: 'Windows', edition: 'Web' }],
  ['RunInstances:0004', { operatingSystem: 'Linux', edition: 'Standard' }],
  ['RunInstances:0100', { operatingSystem: 'Linux', edition: 'Enterprise' }],
  ['RunInstances:0200', { operatingSystem: 'Linux', edition: 'Web' }],
]);
const SOFTWARE = { Enterprise: 'SQL Ent', Standard: 'SQL Std', Web: 'SQL Web', none: 'NA' } as const;

export function sqlServerOf({ operation }: Pick<ResourceFacts, 'operation'>): SqlServer | undefined {
  return operation === null ? undefined : OF_OPERATION.get(operation);
}

export const sqlServerEvidence = z.strictObject({
  instanceType,
  edition: z.string().describe('The edition that the bill names.'),
  targetEdition: z.string().describe('The edition that would do.'),
  savingsPercent: z.string().describe('How much less the machine costs an hour with it, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type SqlServerEvidence = z.infer<typeof sqlServerEvidence>;

interface Change {
  readonly sql: SqlServer;
  /** `Developer` costs nothing: what is left is the machine. */
  readonly target: Exclude<Edition, 'Enterprise'> | 'Developer';
  readonly lookbackDays: number;
  readonly confidence: number;
}

/** The same machine with another edition: both prices are in the list, and what the bill shows shrinks in their proportion. */
export function examineEdition(
  machine: ResourceFacts,
  view: SnapshotView,
  { sql, target, lookbackDays, confidence }: Change,
): Outcome<SqlServerEvidence> | Priced<'current' | 'target', SqlServerEvidence> {
  const types = instanceTypesOf(machine, judgedPeriod(view, lookbackDays).start);
  const current = types.at(-1);
  if (current === undefined) return notApplicable('noOnDemandHours');
  if (types.length > 1) return notApplicable('typeChangedRecently');
  const ask = (software: keyof typeof SOFTWARE): PriceQuestion =>
    sqlPrice(machine.regionId, current, sql.operatingSystem, SOFTWARE[software]);
  return {
    kind: 'priced',
    questions: { current: ask(sql.edition), target: ask(target === 'Developer' ? 'none' : target) },
    conclude: (price) => {
      const costs = monthlyCosts(machine, view, (kind) => kind === `BoxUsage:${current}`);
      if (isAboveList(costs, price.current, view)) return { kind: 'unknown', missing: ['platform'] };
      const share = new Exact(1).minus(price.target.div(price.current));
      if (share.lte(0)) return { kind: 'healthy' };
      const savings = savingsOf(costs, view, { share });
      return {
        kind: 'finding',
        evidence: {
          instanceType: current,
          edition: sql.edition,
          targetEdition: target,
          savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
          monthlyCost: amountOf(effectiveMonthly(costs)),
          monthlySavings: savings.expected,
        },
        savings,
        confidence: confidenceOf(confidence, {
          purposeUnknown: !isPurposeKnown(machine, view),
          criticalWorkload: isCritical(machine, view),
          commitmentFloats: isCovered(costs),
          shortHistory: isHistoryShort(view, lookbackDays),
        }),
        priceBasis: 'derived',
        effect: effectOn('compute', costs, { share }),
      };
    },
  };
}

function sqlPrice(regionId: string, type: string, operatingSystem: string, preInstalledSw: string): PriceQuestion {
  const place = { tenancy: 'Shared', capacitystatus: 'Used', licenseModel: 'No License required' };
  return {
    serviceCode: 'AmazonEC2',
    regionId,
    attributes: { instanceType: type, operatingSystem, preInstalledSw, ...place },
    term: 'onDemand',
  };
}

/** For examples: a Windows machine in Tokyo with SQL Server Enterprise on it. */
export const exampleSqlMachine = exampleResource({
  resourceId: 'i-0123456789abcdef7',
  resourceType: 'Ec2Instance',
  operation: 'RunInstances:0102',
  tags: [{ key: 'Environment', value: 'staging' }],
  lines: dailyLines({
    serviceName: SERVICE.ec2Compute,
    meterKind: 'BoxUsage:m5.xlarge',
    usageQuantity: '24',
    billedCost: '46.368',
  }),
});

export function exampleSqlPrice(preInstalledSw: string, amountPerUnit: string): Price {
  return {
    question: sqlPrice('ap-northeast-1', 'm5.xlarge', 'Windows', preInstalledSw),
    answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' },
    readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
  };
}
