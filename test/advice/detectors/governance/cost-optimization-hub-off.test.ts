import { describe, expect, it } from 'vitest';
import { costOptimizationHubOff } from '../../../../src/advice/detectors/governance/cost-optimization-hub-off.ts';
import { EXAMPLE_ACCOUNT_ID } from '../../../../src/advice/example-facts.ts';
import { NO_SAFETY_NETS, type SafetyNets } from '../../../../src/ledger/safety-nets.ts';
import { judged } from '../support.ts';
import { claimsNothing, costing } from './support.ts';

const saying = (hub: SafetyNets['hub']) =>
  judged(costOptimizationHubOff, { snapshot: () => ({ safetyNets: { ...NO_SAFETY_NETS, hub } }) });

describe('Cost Optimization Hub switched off', () => {
  claimsNothing(costOptimizationHubOff);

  it('is no finding where it is on', () => {
    expect(saying([{ accountId: EXAMPLE_ACCOUNT_ID, status: 'Active' }])).toEqual({ kind: 'healthy' });
  });

  it('is not guessed where nobody asked, or another payer answered', () => {
    const unknown = { kind: 'unknown', missing: ['hubEnrolment'] };
    expect(saying([])).toEqual(unknown);
    expect(saying([{ accountId: EXAMPLE_ACCOUNT_ID, status: 'Unknown' }])).toEqual(unknown);
    expect(saying([{ accountId: '444455556666', status: 'Inactive' }])).toEqual(unknown);
  });

  it('is no matter below 100 a month, and is from there', () => {
    expect(judged(costOptimizationHubOff, { snapshot: costing('98.6') })).toEqual({ kind: 'healthy' });
    expect(judged(costOptimizationHubOff, { snapshot: costing('98.7') }).kind).toBe('finding');
  });
});
