import { describe, expect, it } from 'vitest';
import { residualView } from '../../../src/advice/residual-usage.ts';
import { comingWaves } from '../../../src/advice/sizing/coming-waves.ts';
import { coverableSeries } from '../../../src/advice/sizing/coverable-series.ts';
import { viewOf } from '../../../src/advice/snapshot-view.ts';
import { sumOf } from '../../../src/commitments/usage.ts';
import type { PlannedWorkload, Snapshot } from '../../../src/ledger/snapshot.ts';
import { aMeterSeries, anAccount, anInstance, aSavingsPlan, aSnapshot, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { ALL_DAYS, PERIOD } from './support.ts';

const GROUP = EXAMPLE_ACCOUNT_ID;
const OTHER = '444455556666';
const accounts = [GROUP, OTHER].map((accountId) => anAccount({ accountId, sharingGroupId: GROUP }));
/** Settled until 2026-11-21: thirty settled days begin on 2026-10-22. */
const aWorkload = (cutOver: string, matches: Partial<PlannedWorkload['matches']>, workload = 'shop'): PlannedWorkload => ({
  ...{ workload, wave: 'wave 2', cutOver, owner: null, serviceNames: null },
  matches: { accountIds: [], resourceIds: [], tags: [], ...matches },
});
const machines = (dailyCost: string, accountId = GROUP) => ({
  ...aMeterSeries({ accountId }),
  days: ALL_DAYS.map((day) => ({ day, usageQuantity: dailyCost, billedCost: dailyCost, effectiveCost: dailyCost })),
});
function sized(given: Partial<Snapshot>) {
  const view = viewOf(aSnapshot({ accounts, ...given }));
  const { series, arriving } = coverableSeries(GROUP, residualView([], view), PERIOD);
  return { whole: series.reduce((sum, { hours }) => sum + sumOf(hours), 0) / 30, arriving };
}

describe('a workload of the plan whose cut-over lies ahead or less than 30 settled days back', () => {
  const onDemandMeters = [machines('240'), machines('48', OTHER)];

  it('is not sized where the plan gives it an account, however long that has had usage', () => {
    const at = (cutOver: string) => sized({ onDemandMeters, workloads: [aWorkload(cutOver, { accountIds: [OTHER] })] });
    const left = { whole: 240, arriving: { accountIds: [OTHER], hourlyCost: 2 } };
    expect(at('2027-02-01')).toEqual(left);
    expect(at('2026-10-23')).toEqual(left);
    expect(at('2026-10-22')).toEqual({ whole: 288, arriving: { accountIds: [], hourlyCost: 0 } });
  });

  it('is taken off machine by machine where the plan names machines', () => {
    const machine = anInstance({ resourceId: 'i-new', hourly: '1' });
    const at = (cutOver: string) =>
      sized({ onDemandMeters, resources: [machine], workloads: [aWorkload(cutOver, { resourceIds: ['i-new'] })] }).whole;
    expect(at('2026-12-01')).toBeCloseTo(264, 6);
    expect(at('2026-10-01')).toBe(288);
  });

  it('sets no commitment free: what pays for it goes on paying', () => {
    const covered = anInstance({ resourceId: 'i-new', hourly: '1', effectiveHourly: '0.8' });
    const workloads = [aWorkload('2026-12-01', { resourceIds: ['i-new'] })];
    const plan = aSavingsPlan({ start: '2026-01-01T00:00:00.000Z' });
    expect(sized({ onDemandMeters, resources: [covered], commitments: [plan], workloads }).whole).toBe(288);
  });

  it('is that of the first workload in list order', () => {
    const old = aWorkload('2026-01-01', { resourceIds: ['i-new'] }, 'old');
    const workloads = [old, aWorkload('2026-12-01', { resourceIds: ['i-new'] })];
    expect(sized({ onDemandMeters, resources: [anInstance({ resourceId: 'i-new', hourly: '1' })], workloads }).whole).toBe(288);
  });
});

describe('coming waves', () => {
  it('are listed with the day from which they can be sized, the next one first', () => {
    const workloads = [
      { ...aWorkload('2027-03-01', {}, 'last'), wave: 'wave 3' },
      aWorkload('2026-12-10', {}, 'shop'),
      aWorkload('2026-12-01', {}, 'store'),
      { ...aWorkload('2026-01-01', {}, 'long ago'), wave: 'wave 1' },
    ];
    // Figures settle three days late, so that thirty days are settled on the 33rd.
    expect(comingWaves(aSnapshot({ workloads }))).toEqual([
      { wave: 'wave 2', cutOver: '2026-12-10', workloads: ['shop', 'store'], sizedFrom: '2027-01-12' },
      { wave: 'wave 3', cutOver: '2027-03-01', workloads: ['last'], sizedFrom: '2027-04-03' },
    ]);
  });

  it('are none without a plan', () => {
    expect(comingWaves(aSnapshot())).toEqual([]);
  });
});
