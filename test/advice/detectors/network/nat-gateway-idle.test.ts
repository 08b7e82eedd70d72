import { describe, expect, it } from 'vitest';
import { natGatewayIdle } from '../../../../src/advice/detectors/network/nat-gateway-idle.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { anAwsRecommendation } from '../../../support/builders.ts';
import { exampleOf, findingOf, judged, notEnrolled } from '../support.ts';

const hours = (prefix = '') =>
  dailyLines({
    serviceName: SERVICE.ec2Other,
    meterKind: `${prefix}NatGateway-Hours`,
    usageQuantity: '24',
    billedCost: '1.488',
  });
const bytes = (gigabytes: string, prefix = '') =>
  dailyLines({
    serviceName: SERVICE.ec2Other,
    meterKind: `${prefix}NatGateway-Bytes`,
    usageQuantity: gigabytes,
    billedCost: '0.0001',
  });
const withTraffic = (gigabytes: string, thresholds?: unknown) =>
  judged(natGatewayIdle, { resource: { lines: [...hours(), ...bytes(gigabytes)] }, thresholds });

describe('NAT gateway idle', () => {
  it('finds one that carries nothing, from the bill alone', () => {
    const finding = findingOf(judged(natGatewayIdle, { resource: { lines: hours() }, snapshot: notEnrolled }));
    expect(finding.savings.expected).toBe('45.26');
    expect(finding.evidence.megabytesPerDay).toBe('0');
    expect(finding.confidence.because).toContain('billOnly');
  });

  it('leaves it alone at 1 MB a day, and finds it just below', () => {
    expect(withTraffic('0.001')).toMatchObject({ kind: 'healthy' });
    expect(withTraffic('0.00099').kind).toBe('finding');
  });

  it('leaves one alone that carries little and is needed: hundreds of MB a day', () => {
    expect(withTraffic('0.42')).toMatchObject({ kind: 'healthy' });
  });

  it('leaves one alone that works one day a week', () => {
    const busy = bytes('3').filter(({ day }) => day === '2026-11-15');
    expect(judged(natGatewayIdle, { resource: { lines: [...hours(), ...busy] } })).toMatchObject({ kind: 'healthy' });
  });

  it('leaves one alone that was not there on every day', () => {
    const lines = hours().filter(({ day }) => day !== '2026-11-15');
    expect(judged(natGatewayIdle, { resource: { lines } })).toMatchObject({ kind: 'healthy' });
  });

  it('knows the regional kind', () => {
    expect(judged(natGatewayIdle, { resource: { lines: [...hours('Regional'), ...bytes('0', 'Regional')] } }).kind).toBe(
      'finding',
    );
    expect(judged(natGatewayIdle, { resource: { lines: [...hours('Regional'), ...bytes('1', 'Regional')] } }).kind).toBe(
      'healthy',
    );
  });

  it('is surer when Compute Optimizer says the same', () => {
    const { subject } = exampleOf(natGatewayIdle);
    const awsRecommendations = [anAwsRecommendation({ kind: 'idle', resourceId: subject.resourceId ?? '', finding: 'Unused' })];
    const both = findingOf(judged(natGatewayIdle, { snapshot: () => ({ awsRecommendations }) }));
    expect(both.evidence.awsSaysUnused).toBe(true);
    expect(both.confidence.level).toBeGreaterThan(findingOf(judged(natGatewayIdle)).confidence.level);
  });

  it('cannot tell while the history is shorter than the look-back', () => {
    expect(judged(natGatewayIdle, { thresholds: { lookbackDays: 90 }, resource: { firstBilledDay: '2026-01-01' } })).toEqual({
      kind: 'unknown',
      missing: ['shortHistory'],
    });
  });

  it('takes the limit of a tenant', () => {
    expect(withTraffic('0.42', { maximumMegabytesPerDay: 500 }).kind).toBe('finding');
    expect(withTraffic('0.0001', { maximumMegabytesPerDay: 0 })).toMatchObject({ kind: 'healthy' });
  });
});
