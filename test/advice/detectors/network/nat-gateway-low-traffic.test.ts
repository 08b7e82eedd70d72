import { describe, expect, it } from 'vitest';
import { natGatewayIdle } from '../../../../src/advice/detectors/network/nat-gateway-idle.ts';
import { natGatewayLowTraffic } from '../../../../src/advice/detectors/network/nat-gateway-low-traffic.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.ec2Other, meterKind, usageQuantity, billedCost });
const carrying = (gigabytes: string, cost: string) => ({
  resource: { lines: [...line('NatGateway-Hours', '24', '1.488'), ...line('NatGateway-Bytes', gigabytes, cost)] },
});

describe('NAT gateway with little traffic', () => {
  it('finds one whose traffic another can carry: its hours are saved, if people agree', () => {
    expect(findingOf(judged(natGatewayLowTraffic)).savings).toEqual({ low: '0', expected: '45.26', high: '45.26' });
  });

  it('leaves it alone from 1 % of the hours, and finds it just below', () => {
    expect(judged(natGatewayLowTraffic, carrying('0.24', '0.01488'))).toEqual({ kind: 'healthy' });
    expect(judged(natGatewayLowTraffic, carrying('0.2399', '0.0148738')).kind).toBe('finding');
  });

  it('begins where the rule for unused ones ends, so that one gateway is never found by both', () => {
    for (const [gigabytes, cost] of [
      ['0.00099', '0.00006138'],
      ['0.001', '0.000062'],
    ] as const) {
      const [idle, low] = [natGatewayIdle, natGatewayLowTraffic].map((rule) => judged(rule, carrying(gigabytes, cost)).kind);
      expect([idle, low].filter((kind) => kind === 'finding')).toHaveLength(1);
    }
    expect(judged(natGatewayLowTraffic, carrying('0.0005', '0.000031'))).toEqual({
      kind: 'notApplicable',
      because: 'unusedGateway',
    });
  });

  it('follows an organisation with a stricter limit', () => {
    expect(judged(natGatewayLowTraffic, { thresholds: { maximumTrafficCostPercent: 0.5 } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    expect(judged(natGatewayLowTraffic, { thresholds: { lookbackDays: 90 } })).toEqual({
      kind: 'unknown',
      missing: ['shortHistory'],
    });
  });
});
