import { describe, expect, it } from 'vitest';
import type { PreparedCharges } from '../../../../src/operations/ports/ledger.ts';
import { testDatabase } from '../../../support/database.ts';
import { ACCOUNT, aCharge, aWorld, controlsOf, linesOf, pull } from './world.ts';

const db = testDatabase();

const CELLS = ['2026-10-01', '1', '1', '0', 'Usage', 'Usage', 'USD', '10.', '10', '\\N', '\\N', '\\N'];
const LINE = {
  day: 0,
  account: 1,
  meter: 2,
  category: 4,
  type: 5,
  currency: 6,
  billed: 7,
  effective: 8,
  list: 9,
  quantity: 11,
} as const;

/** A good line and the same with other cells. */
function prepared(cells: Partial<Record<keyof typeof LINE, string>> = {}): PreparedCharges {
  const other = [...CELLS];
  for (const [name, cell] of Object.entries(cells)) other[LINE[name as keyof typeof LINE]] = cell;
  return {
    accounts: async () => [ACCOUNT],
    resources: async function* () {},
    meters: async () => [['Amazon S3', null, null, null, null]],
    lines: async function* () {
      yield `${CELLS.join('\t')}\n${other.join('\t')}\n`;
    },
  };
}

const controls = controlsOf([aCharge(), aCharge({ billedCost: '2.5' })]);

describe('prepared lines', () => {
  it('are stored as they are', async () => {
    const world = await aWorld(db);
    const result = await pull(db, world, {
      charges: [],
      prepared: prepared({ type: '\\N', category: '\\N', billed: '2.5', effective: '2.5', quantity: '1000000000' }),
      controls,
    });
    expect(result).toMatchObject({ rows: 2, quarantined: 0, totals: [{ billedCost: '12.5', residual: '0' }] });
    expect((await linesOf(db, world.scope)).map((line) => line.billed).sort()).toEqual(['10', '2.5']);
  });

  it.each([
    ['a day outside the window', { day: '2026-11-01' }],
    ['an account without a word', { account: '2' }],
    ['no meter', { meter: '0' }],
    ['a category that does not exist', { category: 'Gift' }],
    ['a long charge type', { type: 'x'.repeat(129) }],
    ['a currency in small letters', { currency: 'usd' }],
    ['an amount of a thousand million', { billed: '1000000000' }],
    ['a credit of a thousand million', { effective: '-1000000000' }],
    ['a cost that is no number', { list: 'NaN' }],
    ['a cost without end', { billed: '-Infinity' }],
    ['a quantity that is no number', { quantity: 'NaN' }],
  ])('with %s are not believed: nothing is written', async (_what, cells) => {
    const world = await aWorld(db);
    const attempt = pull(db, world, { charges: [], prepared: prepared(cells), controls });
    await expect(attempt).rejects.toThrow('prepared lines do not pass the gate: 1 lines');
    expect(await linesOf(db, world.scope)).toEqual([]);
  });
});
