import { describe, expect, it } from 'vitest';
import { ebsSnapshotOld } from '../../../../src/advice/detectors/storage/ebs-snapshot-old.ts';
import { addDays } from '../../../../src/kernel/calendar.ts';
import { EXAMPLE_AS_OF } from '../../../support/builders.ts';
import { findingOf, judged } from '../support.ts';

const aged = (days: number, thresholds?: unknown) =>
  judged(ebsSnapshotOld, { resource: { firstBilledDay: addDays(EXAMPLE_AS_OF, -days) }, thresholds });

describe('EBS snapshot old', () => {
  it('promises half of what is billed, nothing at least and all of it at most', () => {
    const { savings, confidence } = findingOf(judged(ebsSnapshotOld));
    expect(savings).toEqual({ low: '0', expected: '10', high: '20' });
    expect(confidence.because).toContain('sharedBlocks');
    expect(findingOf(aged(365, { ownBlocksPercent: 100 })).savings.expected).toBe('20');
  });

  it('finds it on the day of the limit, and cannot tell a day before, since it may be older than our data', () => {
    expect(aged(180).kind).toBe('finding');
    expect(aged(179)).toEqual({ kind: 'unknown', missing: ['shortHistory'] });
    expect(aged(179, { minimumAgeDays: 90 }).kind).toBe('finding');
  });

  it('knows that it is young where it appeared within our data', () => {
    expect(aged(20)).toEqual({ kind: 'notApplicable', because: 'tooYoung' });
  });

  it('leaves alone what a backup plan deletes on its date, and the second site', () => {
    const tags = [{ key: 'aws:backup:source-resource', value: 'arn:aws:ec2:ap-northeast-1:111122223333:volume/vol-1' }];
    expect(judged(ebsSnapshotOld, { resource: { tags } })).toEqual({ kind: 'notApplicable', because: 'managedByBackup' });
    expect(judged(ebsSnapshotOld, { hearing: { disasterRecoveryRole: 'standby' } })).toMatchObject({
      because: 'disasterRecoveryStandby',
    });
  });

  it('leaves archived ones alone', () => {
    expect(judged(ebsSnapshotOld, { resource: { lines: [] } })).toEqual({ kind: 'healthy' });
  });
});
