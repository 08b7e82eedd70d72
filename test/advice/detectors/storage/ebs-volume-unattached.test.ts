import { describe, expect, it } from 'vitest';
import { ebsVolumeUnattached } from '../../../../src/advice/detectors/storage/ebs-volume-unattached.ts';
import type { AwsFinding } from '../../../../src/ledger/aws-recommendation.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { aVolume } from '../../../support/builders.ts';
import { findingOf, judged, notEnrolled, silent } from '../support.ts';

const says = (finding: AwsFinding, lookbackDays = 32) => ({
  snapshot: ({ awsRecommendations }: Snapshot) => ({
    awsRecommendations: awsRecommendations.map((item) => ({ ...item, finding, lookbackDays })),
  }),
});

describe('EBS volume unattached', () => {
  it('finds a volume that has hung on nothing for 32 days, and gives the kept snapshot its due', () => {
    const finding = findingOf(judged(ebsVolumeUnattached));
    expect(finding.savings).toEqual({ low: '7.104', expected: '19.2', high: '19.2' });
    expect(finding.effect).toEqual({ component: '*', monthlyCost: '19.2' });
  });

  it('may save nothing on a hard disk whose snapshot is kept', () => {
    const { lines } = aVolume({ sizeGb: 500, volumeType: 'sc1', pricePerGb: '0.018' });
    expect(findingOf(judged(ebsVolumeUnattached, { resource: { lines } })).savings).toEqual({
      low: '0',
      expected: '9',
      high: '9',
    });
  });

  it('counts provisioned operations and throughput in: they go with the volume', () => {
    const base = aVolume({ sizeGb: 100, volumeType: 'piops', pricePerGb: '0.142' }).lines;
    const operations = base.map((line) => ({
      ...line,
      meterKind: 'EBS:VolumeP-IOPS.piops',
      billedCost: '5',
      effectiveCost: '5',
    }));
    const finding = findingOf(judged(ebsVolumeUnattached, { resource: { lines: [...base, ...operations] } }));
    expect(Number(finding.savings.expected)).toBeCloseTo(14.2 + 150, 3);
    expect(finding.evidence).toMatchObject({ volumeType: 'piops', sizeGib: '100' });
  });

  it('waits while the volume is younger than 32 days, and finds it on that day', () => {
    const bornOn = (firstBilledDay: string) => judged(ebsVolumeUnattached, { resource: { firstBilledDay } });
    expect(bornOn('2026-10-24')).toEqual({ kind: 'notApplicable', because: 'tooYoung' });
    expect(bornOn('2026-10-23').kind).not.toBe('healthy');
    expect(bornOn('2026-10-23').kind).toBe('finding');
  });

  it('leaves an attached but quiet volume alone: that is another question', () => {
    expect(judged(ebsVolumeUnattached, says('Idle'))).toEqual({ kind: 'healthy' });
    expect(judged(ebsVolumeUnattached, { snapshot: silent })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where Compute Optimizer is off', () => {
    expect(judged(ebsVolumeUnattached, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
  });

  it('takes the longer wait of a tenant, and cannot tell where AWS looked for less', () => {
    const thresholds = { minimumDetachedDays: 60 };
    const resource = { firstBilledDay: '2026-01-01' };
    expect(judged(ebsVolumeUnattached, { resource, thresholds })).toEqual({ kind: 'unknown', missing: ['detachedDays'] });
    expect(judged(ebsVolumeUnattached, { resource, thresholds, ...says('Unattached', 60) }).kind).toBe('finding');
  });
});
