import { describe, expect, it } from 'vitest';
import { clientVpnEndpointIdle } from '../../../../src/advice/detectors/network/client-vpn-endpoint-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string, days = 30) =>
  dailyLines({ serviceName: SERVICE.vpc, meterKind, usageQuantity, billedCost: '3.6' }, { days });
const hours = line('ClientVPN-EndpointHours', '24');

describe('Client VPN endpoint idle', () => {
  it('finds one that nobody connects to, in two subnets', () => {
    expect(findingOf(judged(clientVpnEndpointIdle)).savings.expected).toBe('219');
  });

  it('leaves it alone once a single client was connected for a quarter of an hour', () => {
    const lines = [...hours, ...line('ClientVPN-ConnectionHours', '0.25', 1)];
    expect(judged(clientVpnEndpointIdle, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('follows an organisation for which an hour a day is not worth an endpoint', () => {
    const used = (perDay: string) =>
      judged(clientVpnEndpointIdle, {
        thresholds: { maximumUsePerDay: 1 },
        resource: { lines: [...hours, ...line('ClientVPN-ConnectionHours', perDay)] },
      }).kind;
    expect([used('0.99'), used('1')]).toEqual(['finding', 'healthy']);
  });

  it('finds nothing on one without a subnet: it costs nothing', () => {
    expect(judged(clientVpnEndpointIdle, { resource: { lines: [] } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    expect(judged(clientVpnEndpointIdle, { thresholds: { lookbackDays: 90 } })).toEqual({
      kind: 'unknown',
      missing: ['shortHistory'],
    });
  });
});
