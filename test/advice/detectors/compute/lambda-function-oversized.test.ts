import { describe, expect, it } from 'vitest';
import { lambdaFunctionOversized } from '../../../../src/advice/detectors/compute/lambda-function-oversized.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import type { AwsRecommendation } from '../../../../src/ledger/aws-recommendation.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged, notEnrolled, silent } from '../support.ts';

const said =
  (change: Partial<AwsRecommendation>, option: Partial<AwsRecommendation['options'][number]> = {}) =>
  ({ awsRecommendations }: Snapshot): Partial<Snapshot> => ({
    awsRecommendations: awsRecommendations.map((item) => ({
      ...item,
      options: item.options.map((one) => ({ ...one, ...option })),
      ...change,
    })),
  });
const line = (meterKind: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.lambda, meterKind, usageQuantity: '120000', billedCost });

describe('Lambda function with more memory than it needs', () => {
  it('expects what AWS projects, and at most what the memory alone would save', () => {
    const { savings, effect } = findingOf(judged(lambdaFunctionOversized));
    expect(savings).toEqual({ low: '0', expected: '24.5', high: '30.416667' });
    expect(effect.component).toBe('compute');
    const more = judged(lambdaFunctionOversized, { snapshot: said({}, { estimatedMonthlySavings: '50' }) });
    expect(findingOf(more).savings.expected).toBe('30.416667');
  });

  it('counts the time alone, on either processor', () => {
    const lines = [...line('Lambda-GB-Second-ARM', '2'), ...line('Request', '3')];
    expect(findingOf(judged(lambdaFunctionOversized, { resource: { lines } })).evidence.monthlyCost).toBe('60.833333');
  });

  it('is content with what AWS calls optimized, and where AWS proposes more memory', () => {
    expect(judged(lambdaFunctionOversized, { snapshot: said({ finding: 'Optimized' }) })).toEqual({ kind: 'healthy' });
    expect(judged(lambdaFunctionOversized, { snapshot: said({}, { target: '2048 MB' }) })).toEqual({ kind: 'healthy' });
    expect(judged(lambdaFunctionOversized, { snapshot: said({ options: [] }) })).toEqual({ kind: 'healthy' });
  });

  it('leaves alone what saves less than a dollar, and finds it from there', () => {
    const at = (estimatedMonthlySavings: string) =>
      judged(lambdaFunctionOversized, { snapshot: said({}, { estimatedMonthlySavings }) });
    expect(at('0.99')).toEqual({ kind: 'healthy' });
    expect(at('1.01').kind).toBe('finding');
    expect(judged(lambdaFunctionOversized, { thresholds: { minimumMonthlySavings: 30 } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where AWS did not look, gives no figure, or gives it in another currency', () => {
    const notAnalysed = { kind: 'unknown', missing: ['computeOptimizer.notAnalysed'] };
    expect(judged(lambdaFunctionOversized, { snapshot: silent })).toEqual(notAnalysed);
    expect(judged(lambdaFunctionOversized, { snapshot: said({ finding: 'Unavailable' }) })).toEqual(notAnalysed);
    expect(judged(lambdaFunctionOversized, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
    const noFigure = { kind: 'unknown', missing: ['durationNotProjected'] };
    expect(judged(lambdaFunctionOversized, { snapshot: said({}, { estimatedMonthlySavings: null }) })).toEqual(noFigure);
    expect(judged(lambdaFunctionOversized, { snapshot: said({}, { currency: 'JPY' }) })).toEqual(noFigure);
  });
});
