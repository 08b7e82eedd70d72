import { describe, expect, it } from 'vitest';
import { loadBalancerIdle } from '../../../../src/advice/detectors/network/load-balancer-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { findingOf, judged } from '../support.ts';

const lines = (meterKind: string, usageQuantity: string, billedCost = '0.01') =>
  dailyLines({ serviceName: SERVICE.elb, meterKind, usageQuantity, billedCost });
const hours = lines('LoadBalancerUsage', '24', '0.5832');
const withUnits = (perDay: string, thresholds?: unknown) =>
  judged(loadBalancerIdle, { resource: { lines: [...hours, ...lines('LCUUsage', perDay)] }, thresholds });

describe('load balancer idle', () => {
  it('finds one that only scanners reach', () => {
    const finding = findingOf(judged(loadBalancerIdle));
    expect(finding.evidence.averageLcu).toBe('0.0005');
    expect(finding.savings.expected).toBe('17.74192');
    expect(finding.effect.component).toBe('*');
  });

  it('finds one without any capacity units', () => {
    expect(judged(loadBalancerIdle, { resource: { lines: hours } }).kind).toBe('finding');
  });

  it('leaves it alone at 0.02 units an hour, and finds it just below', () => {
    expect(withUnits('0.48')).toMatchObject({ kind: 'healthy', measured: { averageLcu: '0.02' } });
    expect(withUnits('0.479').kind).toBe('finding');
  });

  it('leaves an internal one with little but steady traffic alone', () => {
    expect(withUnits('2.16')).toMatchObject({ kind: 'healthy' });
  });

  it('leaves one alone that works one day a week', () => {
    const busy = lines('LCUUsage', '12').filter(({ day }) => day === '2026-11-15');
    expect(judged(loadBalancerIdle, { resource: { lines: [...hours, ...busy] } })).toMatchObject({ kind: 'healthy' });
  });

  it('looks at the bytes of a Classic one, which has no units', () => {
    const classic = (gigabytes: string) =>
      judged(loadBalancerIdle, { resource: { lines: [...hours, ...lines('DataProcessing-Bytes', gigabytes)] } });
    expect(classic('0.01')).toMatchObject({ kind: 'healthy' });
    expect(classic('0.009').kind).toBe('finding');
  });

  it('leaves one alone that was not there on every day', () => {
    expect(judged(loadBalancerIdle, { resource: { lines: hours.filter(({ day }) => day !== '2026-11-12') } })).toEqual({
      kind: 'healthy',
    });
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    const change = { thresholds: { lookbackDays: 60 }, resource: { firstBilledDay: '2026-01-01' } };
    expect(judged(loadBalancerIdle, change)).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
  });

  it('takes the limit of a tenant', () => {
    expect(withUnits('2.16', { maximumAverageLcu: 0.1 }).kind).toBe('finding');
    expect(withUnits('0.012', { maximumAverageLcu: 0 })).toMatchObject({ kind: 'healthy' });
  });
});
