import { describe, expect, it } from 'vitest';
import { anomalyMonitorMissing } from '../../../../src/advice/detectors/governance/anomaly-monitor-missing.ts';
import { EXAMPLE_ACCOUNT_ID } from '../../../../src/advice/example-facts.ts';
import { NO_SAFETY_NETS, type SafetyNets } from '../../../../src/ledger/safety-nets.ts';
import { judged } from '../support.ts';
import { claimsNothing, costing } from './support.ts';

const having = (anomalyMonitors: SafetyNets['anomalyMonitors']) =>
  judged(anomalyMonitorMissing, { snapshot: () => ({ safetyNets: { ...NO_SAFETY_NETS, anomalyMonitors } }) });

describe('anomaly monitor missing', () => {
  claimsNothing(anomalyMonitorMissing);

  it('is no finding with one monitor', () => {
    expect(having([{ accountId: EXAMPLE_ACCOUNT_ID, count: 1 }])).toEqual({ kind: 'healthy' });
  });

  it('is not guessed where nobody asked this payer', () => {
    expect(having([])).toEqual({ kind: 'unknown', missing: ['anomalyMonitors'] });
    expect(having([{ accountId: '444455556666', count: 0 }])).toEqual({ kind: 'unknown', missing: ['anomalyMonitors'] });
  });

  it('is no matter below 100 a month, and is from there', () => {
    expect(judged(anomalyMonitorMissing, { snapshot: costing('98.6') })).toEqual({ kind: 'healthy' });
    expect(judged(anomalyMonitorMissing, { snapshot: costing('98.7') }).kind).toBe('finding');
  });

  it('follows an organisation that asks later', () => {
    expect(judged(anomalyMonitorMissing, { thresholds: { minimumMonthlyCost: 200_000 } })).toEqual({ kind: 'healthy' });
  });
});
