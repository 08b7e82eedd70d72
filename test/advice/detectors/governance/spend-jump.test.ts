import { describe, expect, it } from 'vitest';
import { spendJump } from '../../../../src/advice/detectors/governance/spend-jump.ts';
import { exampleService } from '../../../../src/advice/example-facts.ts';
import type { ServiceSpend, Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged } from '../support.ts';

/** A service by what it cost a day before, and in the last 28 days. */
const moving = (serviceName: string, before: string, now: string): ServiceSpend => {
  const { days, ...rest } = exampleService(serviceName, before);
  return { ...rest, days: days.map((item, index) => (index < days.length - 28 ? item : { ...item, runningCost: now })) };
};
const paying = (...spendByService: ServiceSpend[]) => ({ snapshot: (): Partial<Snapshot> => ({ spendByService }) });

describe('spend jump', () => {
  it('names the service with both figures and claims nothing', () => {
    const found = findingOf(judged(spendJump));
    expect(found.evidence).toMatchObject({ costBefore: '304.166667', costNow: '760.416667', riseCost: '456.25' });
    expect(found.savings).toEqual({ low: '0', expected: '0', high: '0' });
  });

  it('sees a rise although another service fell by as much', () => {
    const found = findingOf(judged(spendJump, paying(moving('AWS Lambda', '10', '30'), moving('Amazon DynamoDB', '30', '10'))));
    expect(found.evidence.services).toBe('AWS Lambda');
  });

  it('leaves a rise alone below 40 %, and says it from there', () => {
    expect(judged(spendJump, paying(moving('AWS Lambda', '100', '139.9')))).toEqual({ kind: 'healthy' });
    expect(judged(spendJump, paying(moving('AWS Lambda', '100', '140'))).kind).toBe('finding');
  });

  it('leaves a rise alone below 100 a month, also of what cost nothing before', () => {
    expect(judged(spendJump, paying(moving('AWS Lambda', '0', '3.28')))).toEqual({ kind: 'healthy' });
    expect(judged(spendJump, paying(moving('AWS Lambda', '0', '3.3'))).kind).toBe('finding');
  });

  it('follows an organisation that wants to hear of less', () => {
    const thresholds = { minimumRiseMonthly: 1_000 };
    expect(judged(spendJump, { thresholds })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell of an account that has just joined', () => {
    const { days, ...rest } = exampleService('AWS Lambda', '30');
    expect(judged(spendJump, paying({ ...rest, days: days.slice(-30) }))).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });
});
