import { describe, expect, it } from 'vitest';
import { publicIpv4Idle } from '../../../../src/advice/detectors/network/public-ipv4-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const lines = (meterKind: string, usageQuantity = '24') =>
  dailyLines({ serviceName: SERVICE.vpc, meterKind, usageQuantity, billedCost: '0.12' });
const idle = lines('PublicIPv4:IdleAddress');

describe('public IPv4 address idle', () => {
  it('finds one that AWS bills as idle on every day', () => {
    expect(findingOf(judged(publicIpv4Idle)).savings).toEqual({ low: '3.65', expected: '3.65', high: '3.65' });
  });

  it('knows the name from before February 2024', () => {
    expect(judged(publicIpv4Idle, { resource: { lines: lines('ElasticIP:IdleAddress') } }).kind).toBe('finding');
  });

  it('leaves one alone that was not idle on one of the days', () => {
    const resource = { lines: idle.filter(({ day }) => day !== '2026-11-10') };
    expect(judged(publicIpv4Idle, { resource })).toEqual({ kind: 'healthy' });
    expect(judged(publicIpv4Idle, { resource: { lines: idle.filter(({ day }) => day !== '2026-11-09') } }).kind).toBe('finding');
  });

  it('leaves one alone that is in use at night only', () => {
    const lineOfNight = lines('PublicIPv4:InUseAddress', '2').slice(-1);
    expect(judged(publicIpv4Idle, { resource: { lines: [...idle, ...lineOfNight] } })).toEqual({ kind: 'healthy' });
  });

  it('leaves one in use alone', () => {
    expect(judged(publicIpv4Idle, { resource: { lines: lines('PublicIPv4:InUseAddress') } })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    const change = { thresholds: { lookbackDays: 60 }, resource: { firstBilledDay: '2026-01-01' } };
    expect(judged(publicIpv4Idle, change)).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });

  it('takes the shorter look-back of a tenant, and says that little is behind it', () => {
    const change = { thresholds: { lookbackDays: 7 }, resource: { firstBilledDay: '2026-11-17', lines: idle.slice(-4) } };
    const finding = findingOf(judged(publicIpv4Idle, change));
    expect(finding.evidence.settledDays).toBe(4);
    expect(finding.confidence.because).toContain('shortHistory');
  });
});
