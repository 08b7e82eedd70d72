import { describe, expect, it } from 'vitest';
import { advise } from '../../../../src/advice/advise.ts';
import { computeOptimizerOff } from '../../../../src/advice/detectors/governance/compute-optimizer-off.ts';
import type { Coverage, Snapshot } from '../../../../src/ledger/snapshot.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const inState = (...states: Coverage['state'][]) => ({
  snapshot: ({ coverage }: Snapshot): Partial<Snapshot> => ({
    coverage: coverage.flatMap((item) => states.map((state, index) => ({ ...item, regionId: `region-${index}`, state }))),
  }),
});

describe('Compute Optimizer switched off', () => {
  it('is found, without a saving of its own', () => {
    expect(findingOf(judged(computeOptimizerOff)).savings).toEqual({ low: '0', expected: '0', high: '0' });
  });

  it('is no finding where one region is measured', () => {
    expect(judged(computeOptimizerOff, inState('notEnrolled', 'covered'))).toEqual({ kind: 'healthy' });
  });

  it('is not guessed where it could not be read', () => {
    expect(judged(computeOptimizerOff, inState('accessDenied'))).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.accessDenied'],
    });
    expect(judged(computeOptimizerOff, { snapshot: () => ({ coverage: [] }) })).toEqual({
      kind: 'unknown',
      missing: ['computeOptimizer.notPulled'],
    });
  });

  it('leaves an account alone below 50 a month, and speaks from there', () => {
    const costing = (runningCost: string) =>
      judged(computeOptimizerOff, {
        snapshot: ({ accounts }) => ({ accounts: accounts.map((account) => ({ ...account, runningCost })) }),
      }).kind;
    expect([costing('49.3'), costing('49.4')]).toEqual(['healthy', 'finding']);
  });

  it('is ranked last and adds nothing to the totals', () => {
    const { snapshot } = exampleOf(computeOptimizerOff).view;
    const { totals, recommendations } = advise({ snapshot, detectors: [computeOptimizerOff], previous: [] });
    expect(recommendations).toHaveLength(1);
    expect(totals).toMatchObject({ gross: '0', overlap: '0', net: '0' });
  });
});
