import { describe, expect, it } from 'vitest';
import { lambdaProvisionedConcurrencyIdle } from '../../../../src/advice/detectors/compute/lambda-provisioned-concurrency-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string, billedCost: string, effectiveCost = billedCost) =>
  dailyLines({ serviceName: SERVICE.lambda, meterKind, usageQuantity, billedCost, effectiveCost });
const warm = line('Lambda-Provisioned-Concurrency', '100000', '0.41667');
const working = (seconds: string) => line('Lambda-Provisioned-GB-Second', seconds, '0.05');

describe('Lambda provisioned concurrency idle', () => {
  it('saves what is kept warm, less what the same work costs without', () => {
    const { savings, effect, evidence } = findingOf(judged(lambdaProvisionedConcurrencyIdle));
    // (3.6 + 0.084 - 8640 x 0.0000166667) a day.
    expect(savings.expected).toBe(evidence.monthlySavings);
    expect(Number(savings.expected)).toBeCloseTo((3.684 - 8640 * 0.0000166667) * (730 / 24), 4);
    expect(effect.component).toBe('concurrency');
  });

  it('leaves it alone at 5 % of use, and finds it just below', () => {
    const at = (seconds: string) =>
      judged(lambdaProvisionedConcurrencyIdle, { resource: { lines: [...warm, ...working(seconds)] } });
    expect(at('5000')).toEqual({ kind: 'healthy' });
    expect(at('4990').kind).toBe('finding');
  });

  it('finds what does not work at all', () => {
    const { evidence } = findingOf(judged(lambdaProvisionedConcurrencyIdle, { resource: { lines: warm } }));
    expect(evidence.usedPercent).toBe('0');
  });

  it('has nothing to say of a function without it, or with it for some days only', () => {
    const plain = line('Lambda-GB-Second', '5000', '0.08');
    expect(judged(lambdaProvisionedConcurrencyIdle, { resource: { lines: plain } })).toEqual({ kind: 'healthy' });
    const lines = warm.filter(({ day }) => day !== '2026-11-15');
    expect(judged(lambdaProvisionedConcurrencyIdle, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('asks the price of Graviton for a function that runs on it', () => {
    const lines = line('Lambda-Provisioned-Concurrency-ARM', '100000', '0.33334');
    expect(judged(lambdaProvisionedConcurrencyIdle, { resource: { lines } })).toEqual({
      kind: 'unknown',
      missing: ['prices.notAsked'],
    });
  });

  it('is sure of nothing where a plan pays for some of it', () => {
    const lines = line('Lambda-Provisioned-Concurrency', '100000', '0.41667', '0.35');
    const { savings, confidence } = findingOf(judged(lambdaProvisionedConcurrencyIdle, { resource: { lines } }));
    expect(savings.low).toBe('0');
    expect(confidence.because).toContain('commitmentFloats');
  });

  it('takes the limit of a tenant, and cannot tell on a short history', () => {
    expect(judged(lambdaProvisionedConcurrencyIdle, { thresholds: { maximumUsedPercent: 1 } })).toEqual({ kind: 'healthy' });
    const outcome = judged(lambdaProvisionedConcurrencyIdle, {
      thresholds: { lookbackDays: 90 },
      resource: { firstBilledDay: '2026-01-01' },
    });
    expect(outcome).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });
});
