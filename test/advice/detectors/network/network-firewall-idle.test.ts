import { describe, expect, it } from 'vitest';
import { networkFirewallIdle } from '../../../../src/advice/detectors/network/network-firewall-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string) =>
  dailyLines({ serviceName: SERVICE.networkFirewall, meterKind, usageQuantity, billedCost: '9.48' });
const inspecting = (meterKind: string, gigabytes: string, thresholds?: unknown) =>
  judged(networkFirewallIdle, {
    thresholds,
    resource: { lines: [...line('Endpoint-Hour', '24'), ...line(meterKind, gigabytes)] },
  });

describe('network firewall idle', () => {
  it('finds one that inspects nothing, in two zones', () => {
    expect(findingOf(judged(networkFirewallIdle)).savings.expected).toBe('576.7');
  });

  it('leaves it alone at 1 MB a day, and finds it just below', () => {
    expect(inspecting('Traffic-GB-Processed', '0.001')).toEqual({ kind: 'healthy' });
    expect(inspecting('Traffic-GB-Processed', '0.00099').kind).toBe('finding');
  });

  it('counts traffic under advanced inspection as traffic', () => {
    expect(inspecting('Advanced-Inspection-Traffic-GB-Processed', '40')).toEqual({ kind: 'healthy' });
  });

  it('follows an organisation that calls more than that idle', () => {
    expect(inspecting('Traffic-GB-Processed', '0.5', { maximumUsePerDay: 1 }).kind).toBe('finding');
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    expect(judged(networkFirewallIdle, { thresholds: { lookbackDays: 90 } })).toEqual({
      kind: 'unknown',
      missing: ['shortHistory'],
    });
  });
});
