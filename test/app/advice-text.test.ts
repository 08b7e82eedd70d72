import { beforeAll, describe, expect, it } from 'vitest';
import { TRUTH_AS_OF } from '../../bench/advice-against-truth.ts';
import { estateSnapshot } from '../../bench/support/estate-snapshot.ts';
import { adviceDocument } from '../../src/advice/advice-document.ts';
import { type AdviceTurn, advise } from '../../src/advice/advise.ts';
import { catalogue, detectors } from '../../src/advice/detectors/index.ts';
import { adviceText } from '../../src/app/advice-text.ts';
import { exact, sumExact } from '../../src/kernel/money.ts';
import { createEstate } from '../../src/sandbox/estate/index.ts';

/** Commitments have goldens of their own. */
const rules = detectors.filter(({ category }) => category !== 'commitments');
let turn: AdviceTurn;

beforeAll(async () => {
  const estate = createEstate({ seed: 7, asOf: TRUTH_AS_OF, resources: 200 });
  turn = advise({ snapshot: await estateSnapshot(estate, rules), detectors: rules, previous: [] });
}, 60_000);

describe('advice on a terminal', () => {
  it.each(['en', 'ja'] as const)('leads from gross to net and from the Hub to ours, in %s', async (locale) => {
    const text = adviceText(adviceDocument(turn, catalogue, locale), locale, 5);
    await expect(`${text}\n`).toMatchFileSnapshot(`../golden/advise-${locale}.txt`);
  });

  it('adds up in both tables, to the last digit', () => {
    const { waterfall, hubReconciliation: hub, totals } = turn;
    expect(
      exact(waterfall.gross)
        .minus(sumExact(waterfall.reductions.map(({ amount }) => amount)))
        .eq(totals.net),
    ).toBe(true);
    expect(sumExact([hub?.hubTotal ?? '', ...(hub?.rows ?? []).map(({ amount }) => amount)]).eq(totals.net)).toBe(true);
  });
});
