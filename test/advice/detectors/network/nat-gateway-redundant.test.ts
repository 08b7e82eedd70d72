import { describe, expect, it } from 'vitest';
import { natGatewayRedundant } from '../../../../src/advice/detectors/network/nat-gateway-redundant.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import type { ResourceFacts } from '../../../../src/ledger/resource.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const [busier, quieter] = exampleOf(natGatewayRedundant).view.snapshot.resources as [ResourceFacts, ResourceFacts];
const line = (meterKind: string, usageQuantity: string, billedCost: string) =>
  dailyLines({ serviceName: SERVICE.ec2Other, meterKind, usageQuantity, billedCost });
const carrying = (gigabytes: string, cost: string) => [
  ...line('NatGateway-Hours', '24', '1.488'),
  ...line('NatGateway-Bytes', gigabytes, cost),
];
const beside = (other: Partial<ResourceFacts>) =>
  judged(natGatewayRedundant, { snapshot: () => ({ resources: [{ ...busier, ...other }, quieter] }) });

describe('NAT gateway redundant', () => {
  it('finds the quieter of two; what leaves for the other zone is taken off, and people may refuse', () => {
    expect(findingOf(judged(natGatewayRedundant)).savings).toEqual({ low: '0', expected: '42.997', high: '45.26' });
  });

  it('keeps the busiest', () => {
    expect(judged(natGatewayRedundant, { resource: busier })).toEqual({ kind: 'healthy' });
  });

  it('counts only gateways in use of the same account and region', () => {
    expect(beside({ regionId: 'us-east-1' })).toEqual({ kind: 'healthy' });
    expect(beside({ accountId: '444455556666' })).toEqual({ kind: 'healthy' });
    expect(beside({ lines: carrying('0.0009', '0.0000558') })).toEqual({ kind: 'healthy' });
  });

  it('leaves production alone, and does not guess what is production', () => {
    const tagged = (value: string) => judged(natGatewayRedundant, { resource: { tags: [{ key: 'env', value }] } });
    expect(tagged('prod')).toEqual({ kind: 'notApplicable', because: 'production' });
    expect(tagged('blue')).toEqual({ kind: 'unknown', missing: ['environmentUnknown'] });
  });

  it('leaves it alone where the traffic reaches 10 % of the hours, and finds it just below', () => {
    const traffic = (cost: string) => judged(natGatewayRedundant, { resource: { lines: carrying('2.4', cost) } }).kind;
    expect([traffic('0.1488'), traffic('0.1487')]).toEqual(['healthy', 'finding']);
  });

  it('leaves very little traffic to the rule for it', () => {
    expect(judged(natGatewayRedundant, { resource: { lines: carrying('0.2', '0.0124') } })).toEqual({
      kind: 'notApplicable',
      because: 'littleTraffic',
    });
  });

  it('follows an organisation with a stricter limit', () => {
    expect(judged(natGatewayRedundant, { thresholds: { maximumTrafficCostPercent: 4 } })).toEqual({ kind: 'healthy' });
  });
});
