import { describe, expect, it } from 'vitest';
import { rdsInstanceIdle } from '../../../../src/advice/detectors/database/rds-instance-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { anAwsRecommendation } from '../../../support/builders.ts';
import { exampleOf, findingOf, judged, notEnrolled, silent } from '../support.ts';

const connections = (connectionsMaximum: number) => ({
  utilization: { source: 'ComputeOptimizer' as const, lookbackDays: 14, asOf: '2026-11-24', connectionsMaximum },
});

describe('RDS instance idle', () => {
  it('finds one without connections, with its storage, and keeps the snapshot in mind', () => {
    const { view } = exampleOf(rdsInstanceIdle);
    const storage = dailyLines({
      serviceName: SERVICE.rds,
      meterKind: 'RDS:GP3-Storage',
      usageQuantity: '0.6666666667',
      billedCost: '0.092',
    });
    const lines = [...(view.snapshot.resources[0]?.lines ?? []), ...storage];
    const finding = findingOf(judged(rdsInstanceIdle, { resource: { lines } }));
    expect(finding.savings).toEqual({ low: '180.31', expected: '183.07', high: '183.07' });
    expect(finding.effect).toEqual({ component: '*', monthlyCost: '183.07' });
    expect(finding.confidence.because).toContain('snapshotKept');
  });

  it('leaves one alone with a single connection, and finds it with none', () => {
    expect(judged(rdsInstanceIdle, { resource: connections(1) })).toEqual({
      kind: 'healthy',
      measured: { connectionsMaximum: 1 },
    });
    expect(findingOf(judged(rdsInstanceIdle, { resource: connections(0) })).evidence.connectionsMaximum).toBe(0);
  });

  it('takes the limit of a tenant, for a monitor that stays connected', () => {
    expect(judged(rdsInstanceIdle, { resource: connections(1), thresholds: { maximumConnections: 1 } }).kind).toBe('finding');
  });

  it('leaves one alone that AWS looked at and did not call idle', () => {
    const { subject } = exampleOf(rdsInstanceIdle);
    const awsRecommendations = [
      anAwsRecommendation({ kind: 'rdsInstance', resourceId: subject.resourceId ?? '', finding: 'Optimized' }),
    ];
    expect(judged(rdsInstanceIdle, { snapshot: () => ({ awsRecommendations }) })).toMatchObject({ kind: 'healthy' });
  });

  it('cannot tell where Compute Optimizer is off, or did not look at this one', () => {
    expect(judged(rdsInstanceIdle, { snapshot: notEnrolled })).toMatchObject({ missing: ['computeOptimizer.notEnrolled'] });
    expect(judged(rdsInstanceIdle, { snapshot: silent })).toMatchObject({ missing: ['computeOptimizer.notAnalysed'] });
  });

  it('leaves read replicas alone, and what has no instance', () => {
    expect(judged(rdsInstanceIdle, { resource: { tags: [{ key: 'role', value: 'read-replica' }] } })).toEqual({
      kind: 'notApplicable',
      because: 'readReplica',
    });
    expect(judged(rdsInstanceIdle, { resource: { lines: [] } })).toEqual({ kind: 'notApplicable', because: 'noInstanceHours' });
  });
});
