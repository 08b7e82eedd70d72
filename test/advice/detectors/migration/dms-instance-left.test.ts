import { describe, expect, it } from 'vitest';
import { dmsInstanceLeft } from '../../../../src/advice/detectors/migration/dms-instance-left.ts';
import { findingOf, judged } from '../support.ts';
import { describeLeftOver } from './support.ts';

describe('DMS replication instance left', () => {
  it('finds one that is still paid after the cut-over; whether it replicates for good only people know', () => {
    const found = findingOf(judged(dmsInstanceLeft));
    expect(found.savings.expected).toBe('169.36');
    expect(found.confidence.because).toContain('billOnly');
  });
});

describeLeftOver(dmsInstanceLeft, 14);
