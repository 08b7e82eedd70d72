import { describe, expect, it } from 'vitest';
import { rdsInstancePreviousGeneration } from '../../../../src/advice/detectors/database/rds-instance-previous-generation.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const meter = (meterKind: string, billedCost = '12.48') =>
  dailyLines({ serviceName: SERVICE.rds, meterKind, usageQuantity: '24', billedCost });
const of = (instanceClass: string) =>
  judged(rdsInstancePreviousGeneration, { resource: { lines: meter(`InstanceUsage:${instanceClass}`) } });
const oversized = (target: string) => (): Partial<Snapshot> => {
  const { subject } = exampleOf(rdsInstancePreviousGeneration);
  return {
    awsRecommendations: [
      {
        source: 'ComputeOptimizer',
        kind: 'rdsInstance',
        arn: subject.resourceId ?? '',
        accountId: subject.accountId,
        regionId: 'ap-northeast-1',
        resourceId: subject.resourceId ?? '',
        resourceType: 'RdsDbInstance',
        finding: 'Overprovisioned',
        findingReasonCodes: [],
        current: 'db.m4.xlarge',
        lookbackDays: 14,
        refreshedOn: '2026-11-24',
        options: [
          {
            rank: 1,
            target,
            performanceRisk: 1,
            migrationEffort: null,
            platformDifferences: [],
            projectedCpuMaximumPercent: 40,
            estimatedMonthlySavings: null,
            currency: null,
          },
        ],
      },
    ],
  };
};

describe('RDS instance of a previous generation', () => {
  it('finds it, and moves to the same size', () => {
    const finding = findingOf(judged(rdsInstancePreviousGeneration));
    expect(finding.savings.expected).toBe('18.98');
    expect(finding.effect).toMatchObject({ component: 'compute', share: '0.05', targetMeterKind: 'InstanceUsage:db.m5.xlarge' });
  });

  it('spells the size as the bill does', () => {
    const finding = findingOf(judged(rdsInstancePreviousGeneration, { resource: { lines: meter('InstanceUsage:db.m4.xl') } }));
    expect(finding.evidence).toMatchObject({ instanceType: 'db.m4.xlarge', targetType: 'db.m5.xlarge' });
    expect(finding.effect.targetMeterKind).toBe('InstanceUsage:db.m5.xl');
  });

  it.each(['db.m5.large', 'db.r6g.xlarge', 'db.t3.medium', 'db.serverless'])('leaves %s alone', (instanceClass) => {
    expect(of(instanceClass)).toEqual({ kind: 'healthy' });
  });

  it.each(['db.m3.medium', 'db.m4.10xlarge'])('knows no twin of %s', (instanceClass) => {
    expect(of(instanceClass)).toEqual({ kind: 'notApplicable', because: 'noSameSize' });
  });

  it('takes the limit of a tenant, at 5 %', () => {
    expect(judged(rdsInstancePreviousGeneration, { thresholds: { minimumSavingsPercent: 5 } }).kind).toBe('finding');
    expect(judged(rdsInstancePreviousGeneration, { thresholds: { minimumSavingsPercent: 5.1 } })).toEqual({ kind: 'healthy' });
  });

  it('leaves the step to the advice to make it smaller where that brings the new generation', () => {
    expect(judged(rdsInstancePreviousGeneration, { snapshot: oversized('db.m5.large') })).toEqual({
      kind: 'notApplicable',
      because: 'rightsizingChangesGeneration',
    });
    expect(judged(rdsInstancePreviousGeneration, { snapshot: oversized('db.m4.large') }).kind).toBe('finding');
  });

  it('cannot tell without the engine, nor of one whose price follows from more than its class', () => {
    const unknown = { kind: 'unknown', missing: ['databaseEngine'] };
    expect(judged(rdsInstancePreviousGeneration, { resource: { operation: null } })).toEqual(unknown);
    expect(judged(rdsInstancePreviousGeneration, { resource: { operation: 'CreateDBInstance:0005' } })).toEqual(unknown);
    const lines = meter('InstanceUsage:db.m4.xlarge', '30');
    expect(judged(rdsInstancePreviousGeneration, { resource: { lines } })).toEqual(unknown);
  });

  it('leaves one alone that a licence is bound to', () => {
    expect(judged(rdsInstancePreviousGeneration, { hearing: { licenceBound: true } })).toEqual({
      kind: 'notApplicable',
      because: 'licenceBound',
    });
  });
});
