import { describe, expect, it } from 'vitest';
import { ebsVolumeIdle } from '../../../../src/advice/detectors/storage/ebs-volume-idle.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { aVolume } from '../../../support/builders.ts';
import { findingOf, judged, notEnrolled, silent } from '../support.ts';

const said = (change: Partial<Snapshot['awsRecommendations'][number]>) => (snapshot: Snapshot) => ({
  awsRecommendations: snapshot.awsRecommendations.map((item) => ({ ...item, ...change })),
});

describe('EBS volume idle', () => {
  it('finds one that Compute Optimizer calls idle, less the snapshot that may be kept', () => {
    const { savings, effect } = findingOf(judged(ebsVolumeIdle));
    expect([savings.low, savings.expected, savings.high]).toEqual(['17.76', '48', '48']);
    expect(effect.component).toBe('*');
  });

  it('expects nothing at least of a hard disk, whose snapshot costs as much', () => {
    const { lines } = aVolume({ volumeType: 'sc1', pricePerGb: '0.018' });
    expect(findingOf(judged(ebsVolumeIdle, { resource: { lines } })).savings.low).toBe('0');
  });

  it('leaves it alone where Compute Optimizer looked and said nothing, or that it is unattached', () => {
    expect(judged(ebsVolumeIdle, { snapshot: silent })).toEqual({ kind: 'healthy' });
    expect(judged(ebsVolumeIdle, { snapshot: said({ finding: 'Unattached' }) })).toEqual({ kind: 'healthy' });
  });

  it('cannot tell where Compute Optimizer is not switched on, or looked at fewer days than a tenant asks for', () => {
    expect(judged(ebsVolumeIdle, { snapshot: notEnrolled })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notEnrolled'],
    });
    expect(judged(ebsVolumeIdle, { thresholds: { lookbackDays: 15 } })).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
    expect(judged(ebsVolumeIdle, { thresholds: { lookbackDays: 15 }, snapshot: said({ lookbackDays: 32 }) }).kind).toBe(
      'finding',
    );
  });

  it('leaves the second site alone', () => {
    expect(judged(ebsVolumeIdle, { hearing: { disasterRecoveryRole: 'standby' } })).toEqual({
      kind: 'notApplicable',
      because: 'disasterRecoveryStandby',
    });
  });
});
