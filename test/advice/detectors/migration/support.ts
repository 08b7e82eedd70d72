import { describe, expect, it } from 'vitest';
import type { Detector } from '../../../../src/advice/detector.ts';
import { addDays } from '../../../../src/kernel/calendar.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { judged } from '../support.ts';

/** The plan with its waves cut over so many days before the day of looking. */
export const cutOverDaysAgo =
  (days: number) =>
  ({ workloads, asOf }: Snapshot): Partial<Snapshot> => ({
    workloads: workloads.map((workload) => ({ ...workload, cutOver: addDays(asOf, -days) })),
  });

/** What holds for every rule that wakes at a wave's cut-over. */
export function describeLeftOver(detector: Detector, graceDays: number): void {
  describe('after the cut-over', () => {
    it('sleeps until the days for going back are over, and finds it on the day after', () => {
      expect(judged(detector, { snapshot: cutOverDaysAgo(graceDays - 1) })).toEqual({
        kind: 'notApplicable',
        because: 'waveNotCutOver',
      });
      expect(judged(detector, { snapshot: cutOverDaysAgo(graceDays) }).kind).toBe('finding');
    });

    it('sleeps while the wave is still to come', () => {
      expect(judged(detector, { snapshot: cutOverDaysAgo(-30) })).toMatchObject({ kind: 'notApplicable' });
    });

    it('cannot tell without a plan', () => {
      expect(judged(detector, { snapshot: () => ({ workloads: [] }) })).toEqual({ kind: 'unknown', missing: ['plan.notPulled'] });
    });

    it('is not for what the plan does not name', () => {
      const elsewhere = ({ workloads }: Snapshot): Partial<Snapshot> => ({
        workloads: workloads.map((workload) => ({
          ...workload,
          matches: { accountIds: ['444455556666'], resourceIds: [], tags: [] },
        })),
      });
      expect(judged(detector, { snapshot: elsewhere })).toEqual({ kind: 'notApplicable', because: 'notInPlan' });
    });

    it('follows an organisation that wants to be able to go back for longer', () => {
      expect(judged(detector, { thresholds: { minimumDaysAfterCutOver: 365 } })).toMatchObject({ kind: 'notApplicable' });
    });

    it('leaves a standby for disasters alone', () => {
      expect(judged(detector, { hearing: { disasterRecoveryRole: 'standby' } })).toEqual({
        kind: 'notApplicable',
        because: 'disasterRecoveryStandby',
      });
    });
  });
}
