import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ebsVolumeGp2 } from '../../../../src/advice/detectors/storage/ebs-volume-gp2.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { aVolume } from '../../../support/builders.ts';
import { findingOf, judged } from '../support.ts';

const ofSize = (sizeGb: number, thresholds?: unknown) =>
  judged(ebsVolumeGp2, { resource: { lines: aVolume({ sizeGb, pricePerGb: '0.12' }).lines }, thresholds });
const numbers = (sizeGb: number): number[] => {
  const { low, expected, high } = findingOf(ofSize(sizeGb)).savings;
  return [low, expected, high].map((amount) => Math.round(Number(amount) * 100) / 100);
};

describe('EBS volume gp2', () => {
  it('finds a small volume: gp3 includes more than gp2 gave', () => {
    expect(numbers(100)).toEqual([2.4, 2.4, 2.4]);
    expect(findingOf(ofSize(100)).effect.component).toBe('storage');
  });

  it('pays for bursts above 170 GiB in the careful figure only', () => {
    expect(numbers(170)).toEqual([4.08, 4.08, 4.08]);
    // 171 GiB: 4.10 less 125 MiB/s at 0.048.
    expect(numbers(171)).toEqual([0, 4.1, 4.1]);
    expect(findingOf(ofSize(171)).confidence.because).toContain('burstThroughput');
  });

  it('pays for 250 MiB/s from 334 GiB, where gp2 gives it all the time', () => {
    expect(numbers(333)).toEqual([1.99, 7.99, 7.99]);
    expect(numbers(334)).toEqual([2.02, 2.02, 8.02]);
    expect(findingOf(ofSize(334)).evidence.targetThroughputMibps).toBe(250);
  });

  it('pays for operations above 3,000, which gp2 gives from 1,000 GiB', () => {
    expect(findingOf(ofSize(1000)).evidence).toMatchObject({ gp2Iops: 3000, targetIops: 3000 });
    // 1,500 GiB: 36.00 less 1,500 operations at 0.006 and 125 MiB/s at 0.048.
    expect(numbers(1500)).toEqual([21, 21, 36]);
    expect(findingOf(ofSize(1500)).evidence.targetIops).toBe(4500);
  });

  it('stops at 16,000 operations', () => {
    expect(findingOf(ofSize(8000)).evidence).toMatchObject({ gp2Iops: 16_000, targetIops: 16_000 });
  });

  it('never saves more than gp3 at its bare price, nor more than the volume costs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16_384 }), (sizeGb) => {
        const outcome = ofSize(sizeGb);
        if (outcome.kind !== 'finding') return;
        expect(Number(outcome.savings.expected)).toBeLessThanOrEqual(sizeGb * 0.024 + 0.001);
        expect(Number(outcome.savings.high)).toBeLessThanOrEqual(Number(outcome.effect.monthlyCost));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves gp3 and others alone', () => {
    const { lines } = aVolume({ volumeType: 'gp3' });
    expect(judged(ebsVolumeGp2, { resource: { lines } })).toEqual({ kind: 'healthy' });
  });

  it('leaves it alone where gp3 is not cheaper by the limit of a tenant', () => {
    expect(ofSize(100, { minimumSavingsPercent: 20 }).kind).toBe('finding');
    expect(ofSize(100, { minimumSavingsPercent: 20.1 })).toEqual({ kind: 'healthy' });
  });

  it('leaves it alone where gp3 costs the same', () => {
    const snapshot = ({ prices }: Snapshot) => ({
      prices: prices.map((price) => ({
        ...price,
        answer: { kind: 'price' as const, amountPerUnit: '0.12', unit: 'GB-Mo', currency: 'USD', sku: 'S' },
      })),
    });
    expect(judged(ebsVolumeGp2, { snapshot })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell in a region whose usage types it cannot name', () => {
    expect(judged(ebsVolumeGp2, { resource: { regionId: 'mars-north-1' } })).toEqual({
      kind: 'unknown',
      missing: ['regionPrefix'],
    });
  });
});
