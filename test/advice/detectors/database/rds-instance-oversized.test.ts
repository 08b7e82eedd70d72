import { describe, expect, it } from 'vitest';
import { rdsInstanceOversized } from '../../../../src/advice/detectors/database/rds-instance-oversized.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { exampleOf, findingOf, judged, notEnrolled, silent } from '../support.ts';

const cpu = (cpuMaximumPercent: number, memoryMaximumPercent?: number) => ({
  utilization: {
    source: 'ComputeOptimizer' as const,
    lookbackDays: 14,
    asOf: '2026-11-24',
    cpuMaximumPercent,
    ...(memoryMaximumPercent === undefined ? {} : { memoryMaximumPercent }),
  },
});
const proposes = (target: string) => ({
  snapshot: ({ awsRecommendations }: Snapshot) => ({
    awsRecommendations: awsRecommendations.map((item) => ({
      ...item,
      options: item.options.map((option) => ({ ...option, target })),
    })),
  }),
});

describe('RDS instance oversized', () => {
  it('finds the smaller class on the same engine and deployment', () => {
    const finding = findingOf(judged(rdsInstanceOversized));
    expect(finding.savings.expected).toBe('876');
    expect(finding.effect).toEqual({ component: 'compute', monthlyCost: '1752', share: '0.5' });
    expect(finding.confidence.because).toContain('memoryNotMeasured');
  });

  it('asks for the engine, the class and the deployment that the bill names', () => {
    const { subject, view } = exampleOf(rdsInstanceOversized);
    expect(rdsInstanceOversized.pricesNeeded(subject, view).map(({ attributes }) => attributes)).toEqual(
      ['db.r5.2xlarge', 'db.r5.xlarge'].map((instanceType) => ({
        instanceType,
        databaseEngine: 'PostgreSQL',
        deploymentOption: 'Multi-AZ',
        licenseModel: 'No license required',
      })),
    );
  });

  it('reads the shortened sizes of the bill, and asks by the whole class', () => {
    const { subject, view } = exampleOf(rdsInstanceOversized);
    const lines = (view.snapshot.resources[0]?.lines ?? []).map((line) => ({ ...line, meterKind: 'Multi-AZUsage:db.r5.2xl' }));
    expect(rdsInstanceOversized.pricesNeeded({ ...subject, lines } as never, view)).toEqual(
      rdsInstanceOversized.pricesNeeded(subject, view),
    );
    expect(findingOf(judged(rdsInstanceOversized, { resource: { lines } })).savings.expected).toBe('876');
  });

  it('leaves storage, backups and extended support out of it', () => {
    const { view } = exampleOf(rdsInstanceOversized);
    const others = ['RDS:Multi-AZ-GP3-Storage', 'ExtendedSupport:Yr1-Yr2:PostgreSQL12'].flatMap((meterKind) =>
      dailyLines({ serviceName: SERVICE.rds, meterKind, usageQuantity: '1', billedCost: '9' }),
    );
    const lines = [...(view.snapshot.resources[0]?.lines ?? []), ...others];
    expect(findingOf(judged(rdsInstanceOversized, { resource: { lines } })).effect.monthlyCost).toBe('1752');
  });

  it('leaves it alone when half the size would reach 80 % of CPU, and finds it just below', () => {
    expect(judged(rdsInstanceOversized, { resource: cpu(40) })).toEqual({ kind: 'healthy' });
    expect(judged(rdsInstanceOversized, { resource: cpu(39.9) }).kind).toBe('finding');
  });

  it('leaves one with full memory alone, and is surer where memory fits', () => {
    expect(judged(rdsInstanceOversized, { resource: cpu(18, 60) })).toEqual({ kind: 'healthy' });
    expect(findingOf(judged(rdsInstanceOversized, { resource: cpu(18, 30) })).confidence.because).not.toContain(
      'memoryNotMeasured',
    );
  });

  it('does not move to Graviton', () => {
    expect(judged(rdsInstanceOversized, proposes('db.r6g.xlarge'))).toEqual({ kind: 'healthy' });
  });

  it('cannot tell what a commercial or unnamed engine would cost', () => {
    for (const operation of [null, 'CreateDBInstance:0015', 'CreateDBInstance:0016']) {
      expect(judged(rdsInstanceOversized, { resource: { operation } })).toEqual({
        kind: 'unknown',
        missing: ['databaseEngine'],
      });
    }
  });

  it('takes the engine from Compute Optimizer where the bill names none', () => {
    const snapshot = ({ awsRecommendations }: Snapshot) => ({
      awsRecommendations: awsRecommendations.map((item) => ({ ...item, engine: 'postgres' })),
    });
    expect(findingOf(judged(rdsInstanceOversized, { resource: { operation: null }, snapshot })).evidence.databaseEngine).toBe(
      'PostgreSQL',
    );
    const oracle = (before: Snapshot) => ({
      awsRecommendations: snapshot(before).awsRecommendations.map((item) => ({ ...item, engine: 'oracle-ee' })),
    });
    expect(judged(rdsInstanceOversized, { resource: { operation: null }, snapshot: oracle })).toMatchObject({
      missing: ['databaseEngine'],
    });
  });

  it('cannot tell where Compute Optimizer is off, or did not look at this one', () => {
    expect(judged(rdsInstanceOversized, { snapshot: notEnrolled })).toMatchObject({ missing: ['computeOptimizer.notEnrolled'] });
    expect(judged(rdsInstanceOversized, { snapshot: silent })).toMatchObject({ missing: ['computeOptimizer.notAnalysed'] });
  });

  it('leaves a standby for disasters at its size: it must carry the whole load', () => {
    expect(judged(rdsInstanceOversized, { hearing: { disasterRecoveryRole: 'standby' } })).toEqual({
      kind: 'notApplicable',
      because: 'disasterRecoveryStandby',
    });
  });

  it('takes the limit of a tenant', () => {
    expect(judged(rdsInstanceOversized, { thresholds: { projectedCpuMaximumPercent: 36 } })).toEqual({ kind: 'healthy' });
    expect(judged(rdsInstanceOversized, { thresholds: { projectedCpuMaximumPercent: 37 } }).kind).toBe('finding');
  });
});
