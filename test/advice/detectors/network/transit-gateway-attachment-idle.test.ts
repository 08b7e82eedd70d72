import { describe, expect, it } from 'vitest';
import { transitGatewayAttachmentIdle } from '../../../../src/advice/detectors/network/transit-gateway-attachment-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const line = (meterKind: string, usageQuantity: string) =>
  dailyLines({ serviceName: SERVICE.vpc, meterKind, usageQuantity, billedCost: '1.68' });
const sending = (gigabytes: string, thresholds?: unknown) =>
  judged(transitGatewayAttachmentIdle, {
    thresholds,
    resource: { lines: [...line('TransitGateway-Hours', '24'), ...line('TransitGateway-Bytes', gigabytes)] },
  });

describe('transit gateway attachment idle', () => {
  it('finds one that nothing is sent over, with all that it costs', () => {
    expect(findingOf(judged(transitGatewayAttachmentIdle)).savings.expected).toBe('51.1');
  });

  it('leaves it alone at 1 MB a day, and finds it just below', () => {
    expect(sending('0.001')).toEqual({ kind: 'healthy' });
    expect(sending('0.00099').kind).toBe('finding');
  });

  it('follows an organisation that calls more than that idle', () => {
    expect(sending('0.5', { maximumUsePerDay: 1 }).kind).toBe('finding');
  });

  it('leaves one alone that was attached for a part of the days only', () => {
    const lines = dailyLines(
      { serviceName: SERVICE.vpc, meterKind: 'TransitGateway-Hours', usageQuantity: '24', billedCost: '1.68' },
      { days: 5 },
    );
    expect(judged(transitGatewayAttachmentIdle, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    expect(judged(transitGatewayAttachmentIdle, { thresholds: { lookbackDays: 90 } })).toEqual({
      kind: 'unknown',
      missing: ['shortHistory'],
    });
  });
});
