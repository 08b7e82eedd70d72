import { describe, expect, it } from 'vitest';
import { opensearchInstancePreviousGeneration } from '../../../../src/advice/detectors/database/opensearch-instance-previous-generation.ts';
import { dailyLines } from '../../../../src/advice/example-facts.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged } from '../support.ts';

const nodes = (type: string, billedCost: string, usageQuantity = '72') =>
  dailyLines({ serviceName: SERVICE.openSearch, meterKind: `ESInstance:${type}`, usageQuantity, billedCost });
const withMasters = ({ prices }: Snapshot): Partial<Snapshot> => ({
  prices: prices.flatMap((price) => {
    const { usagetype = '' } = price.question.attributes;
    const answer = { kind: 'price', amountPerUnit: '0.19', unit: 'Hrs', currency: 'USD', sku: 'M' } as const;
    const question = { ...price.question, attributes: { usagetype: usagetype.replace('m4', 'c4').replace('m5', 'c5') } };
    return [price, { ...price, question, answer }];
  }),
});

describe('OpenSearch instance of a previous generation', () => {
  it('finds it, and moves to the same size', () => {
    const finding = findingOf(judged(opensearchInstancePreviousGeneration));
    expect(finding.savings.expected).toBe('35.04');
    expect(finding.effect).toMatchObject({ component: 'compute', share: '0.08', targetMeterKind: 'ESInstance:m5.large' });
  });

  it('looks at each type of the domain, and leaves out what would save nothing', () => {
    const lines = [...nodes('m4.large', '14.4'), ...nodes('c4.large', '13.68')];
    const finding = findingOf(judged(opensearchInstancePreviousGeneration, { resource: { lines }, snapshot: withMasters }));
    expect(finding.evidence.instanceType).toBe('m4.large.search');
    expect(finding.savings.expected).toBe('35.04');
  });

  it('cannot tell of any where the price of one is not known', () => {
    const lines = [...nodes('m4.large', '14.4'), ...nodes('c4.large', '13.68')];
    expect(judged(opensearchInstancePreviousGeneration, { resource: { lines } })).toEqual({
      kind: 'unknown',
      missing: ['prices.notAsked'],
    });
  });

  it.each(['m5.large', 'r6g.large', 'i3.large', 'm3.medium', 'r4.16xlarge'])('leaves %s alone', (type) => {
    expect(judged(opensearchInstancePreviousGeneration, { resource: { lines: nodes(type, '14.4') } })).toEqual({
      kind: 'healthy',
    });
  });

  it('takes the limit of a tenant, at 8 %', () => {
    expect(judged(opensearchInstancePreviousGeneration, { thresholds: { minimumSavingsPercent: 8 } }).kind).toBe('finding');
    expect(judged(opensearchInstancePreviousGeneration, { thresholds: { minimumSavingsPercent: 8.1 } })).toEqual({
      kind: 'healthy',
    });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(opensearchInstancePreviousGeneration, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
