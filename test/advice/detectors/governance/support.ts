import { expect, it } from 'vitest';
import { advise } from '../../../../src/advice/advise.ts';
import type { Detector } from '../../../../src/advice/detector.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

/** What holds for every rule that points at something and claims no money. */
export function claimsNothing(detector: Detector): void {
  it('claims nothing, stands last and adds nothing to the totals', () => {
    expect(findingOf(judged(detector)).savings).toEqual({ low: '0', expected: '0', high: '0' });
    const { snapshot } = exampleOf(detector).view;
    const { totals, recommendations } = advise({ snapshot, detectors: [detector], previous: [] });
    expect(recommendations).toHaveLength(1);
    expect(totals).toMatchObject({ gross: '0', overlap: '0', net: '0' });
  });
}

/** The payer's accounts cost this much in the thirty days of the example. */
export const costing =
  (runningCost: string) =>
  ({ accounts }: ReturnType<typeof exampleOf>['view']['snapshot']) => ({
    accounts: accounts.map((account) => ({ ...account, runningCost })),
  });
