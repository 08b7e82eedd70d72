import { describe, expect, it } from 'vitest';
import { advise } from '../../../../src/advice/advise.ts';
import { natGatewayHeavyTraffic } from '../../../../src/advice/detectors/network/nat-gateway-heavy-traffic.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.ec2Other, meterKind, usageQuantity, billedCost });
const carrying = (gigabytes: string) => ({
  resource: { lines: [...line('NatGateway-Hours', '24', '1.488'), ...line('NatGateway-Bytes', gigabytes, '31')] },
});

describe('NAT gateway with very much traffic', () => {
  it('points at it, and claims nothing before somebody looked', () => {
    expect(findingOf(judged(natGatewayHeavyTraffic)).savings).toEqual({ low: '0', expected: '0', high: '1697.25' });
  });

  it('adds nothing to the totals', () => {
    const { snapshot } = exampleOf(natGatewayHeavyTraffic).view;
    const { totals, recommendations } = advise({ snapshot, detectors: [natGatewayHeavyTraffic], previous: [] });
    expect(recommendations).toHaveLength(1);
    expect(totals).toMatchObject({ gross: '0', overlap: '0', net: '0' });
  });

  it('leaves it alone below 500 GB a day, and points at it from there', () => {
    expect(judged(natGatewayHeavyTraffic, carrying('499.9'))).toEqual({ kind: 'healthy' });
    expect(judged(natGatewayHeavyTraffic, carrying('500')).kind).toBe('finding');
  });

  it('follows an organisation that wants to look earlier', () => {
    expect(judged(natGatewayHeavyTraffic, { ...carrying('120'), thresholds: { minimumGigabytesPerDay: 100 } }).kind).toBe(
      'finding',
    );
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    expect(judged(natGatewayHeavyTraffic, { thresholds: { lookbackDays: 90 } })).toEqual({
      kind: 'unknown',
      missing: ['shortHistory'],
    });
  });
});
