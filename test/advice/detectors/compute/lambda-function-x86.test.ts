import { describe, expect, it } from 'vitest';
import { lambdaFunctionX86 } from '../../../../src/advice/detectors/compute/lambda-function-x86.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, billedCost: string, effectiveCost = billedCost) =>
  dailyLines({ serviceName: SERVICE.lambda, meterKind, usageQuantity: '60000', billedCost, effectiveCost });

describe('Lambda function on x86', () => {
  it('saves by the two list prices of a GB-second, on the time that is billed', () => {
    const { savings, effect, confidence } = findingOf(judged(lambdaFunctionX86));
    expect(savings.expected).toBe('6.083273');
    expect(effect).toMatchObject({ component: 'compute', monthlyCost: '30.416728' });
    expect(confidence.because).toContain('architectureDiffers');
  });

  it('touches neither requests nor what is kept warm', () => {
    const lines = [...line('Lambda-GB-Second', '1'), ...line('Request', '5'), ...line('Lambda-Provisioned-Concurrency', '9')];
    expect(findingOf(judged(lambdaFunctionX86, { resource: { lines } })).evidence.monthlyCost).toBe('30.416667');
  });

  it.each(['Lambda-GB-Second-ARM', 'Lambda-Edge-GB-Second', 'Request'])('has nothing to say of %s', (meterKind) => {
    expect(judged(lambdaFunctionX86, { resource: { lines: line(meterKind, '1') } })).toEqual({ kind: 'healthy' });
  });

  it('leaves alone what saves less than a dollar, and finds it from there', () => {
    // A fifth of 0.1644 a day is a dollar a month.
    const at = (billedCost: string) => judged(lambdaFunctionX86, { resource: { lines: line('Lambda-GB-Second', billedCost) } });
    expect(at('0.164')).toEqual({ kind: 'healthy' });
    expect(at('0.1645').kind).toBe('finding');
  });

  it('takes the limit of a tenant', () => {
    expect(judged(lambdaFunctionX86, { thresholds: { minimumMonthlySavings: 10 } })).toEqual({ kind: 'healthy' });
  });

  it('follows the commitment where a plan pays for it', () => {
    const outcome = judged(lambdaFunctionX86, { resource: { lines: line('Lambda-GB-Second', '1', '0.83') } });
    expect(findingOf(outcome).confidence.because).toContain('commitmentFloats');
  });

  it('cannot tell in a region whose usage types it does not know', () => {
    expect(judged(lambdaFunctionX86, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
