import { describe, expect, it } from 'vitest';
import { sagemakerEndpointIdle } from '../../../../src/advice/detectors/compute/sagemaker-endpoint-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged, notEnrolled, silent } from '../support.ts';

describe('SageMaker endpoint idle', () => {
  it('takes the word of Compute Optimizer, and the money of the bill', () => {
    const finding = findingOf(judged(sagemakerEndpointIdle));
    expect(finding.savings.expected).toBe('217.54');
    expect(finding.effect).toMatchObject({ component: '*', share: '1' });
  });

  it('takes silence for health only where Compute Optimizer looked', () => {
    expect(judged(sagemakerEndpointIdle, { snapshot: silent })).toEqual({ kind: 'healthy' });
    expect(judged(sagemakerEndpointIdle, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
  });

  it('does not call a working endpoint idle, whatever else is said of it', () => {
    const optimized = judged(sagemakerEndpointIdle, {
      snapshot: ({ awsRecommendations }) => ({
        awsRecommendations: awsRecommendations.map((item) => ({ ...item, finding: 'Optimized' })),
      }),
    });
    expect(optimized).toEqual({ kind: 'healthy' });
  });

  it('counts on nothing for sure where a plan pays for it and nobody said what it is for', () => {
    const line = { serviceName: SERVICE.sageMaker, meterKind: 'Host:ml.m5.xlarge', usageQuantity: '24', billedCost: '7.152' };
    const lines = dailyLines({ ...line, effectiveCost: '5' });
    const { savings, confidence } = findingOf(judged(sagemakerEndpointIdle, { resource: { lines, tags: [] } }));
    expect(confidence.because).toEqual(['purposeUnknown', 'shortHistory', 'commitmentFloats']);
    expect(Number(savings.low)).toBeLessThan(Number(savings.high));
  });

  it('takes the longer look-back of a tenant', () => {
    const outcome = judged(sagemakerEndpointIdle, {
      thresholds: { lookbackDays: 90 },
      resource: { firstBilledDay: '2026-11-01' },
    });
    expect(outcome).toEqual({ kind: 'notApplicable', because: 'tooYoung' });
  });
});
