import { describe, expect, it } from 'vitest';
import { vpcEndpointIdle } from '../../../../src/advice/detectors/network/vpc-endpoint-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string) =>
  dailyLines({ serviceName: SERVICE.vpc, meterKind, usageQuantity, billedCost: '0.672' });

describe('VPC endpoint idle', () => {
  it('finds one that carries nothing, in two zones', () => {
    expect(findingOf(judged(vpcEndpointIdle)).savings.expected).toBe('20.44');
  });

  it('leaves it alone at 1 MB a day, and finds it just below', () => {
    const carrying = (gigabytes: string) =>
      judged(vpcEndpointIdle, {
        resource: { lines: [...line('VpcEndpoint-Hours', '24'), ...line('VpcEndpoint-Bytes', gigabytes)] },
      });
    expect(carrying('0.001')).toEqual({ kind: 'healthy' });
    expect(carrying('0.00099').kind).toBe('finding');
  });

  it('knows the endpoints of Gateway Load Balancers', () => {
    const lines = line('VpcEndpoint-GWLBE-Hours', '24');
    expect(judged(vpcEndpointIdle, { resource: { lines } }).kind).toBe('finding');
    expect(judged(vpcEndpointIdle, { resource: { lines: [...lines, ...line('VpcEndpoint-GWLBE-Bytes', '2')] } })).toEqual({
      kind: 'healthy',
    });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    const outcome = judged(vpcEndpointIdle, { thresholds: { lookbackDays: 90 }, resource: { firstBilledDay: '2026-01-01' } });
    expect(outcome).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });

  it('leaves the second site alone', () => {
    expect(judged(vpcEndpointIdle, { hearing: { disasterRecoveryRole: 'standby' } })).toEqual({
      kind: 'notApplicable',
      because: 'disasterRecoveryStandby',
    });
  });
});
